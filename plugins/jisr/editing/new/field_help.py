"""What a new file says to its editor, in the language it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from jisr.core.i18n.languages import Language

FIELD_HELP_FOLDER = Path(__file__).parent / "words"
FALLBACK_LANGUAGE = "en"


def load_field_help(language: Language) -> Mapping[str, str]:
    """Return the sentences in a language, or in English where there are none in it.

    >>> from jisr.core.i18n.languages import build_languages
    >>> load_field_help(build_languages(["ckb"])["ckb"])["by"]
    'کێ وەریدەگێڕێت: ناوی خۆت.'
    """
    path = FIELD_HELP_FOLDER / f"{language.tag}.yaml"
    words: dict[str, str] = yaml.safe_load(
        (path if path.is_file() else FIELD_HELP_FOLDER / f"{FALLBACK_LANGUAGE}.yaml").read_text("utf-8")
    )
    return words
