"""The help in a new file: sentences for its fields and for its editor, in the language of the file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from jisr.content.catalogs.field_words import FALLBACK_LANGUAGE, load_field_words
from jisr.core.i18n.languages import Language

FIELD_HELP_FOLDER = Path(__file__).parent / "words"


def load_field_help(language: Language) -> Mapping[str, str]:
    """Return the sentences of a language, or of English where it has none.

    >>> from jisr.core.i18n.languages import build_languages
    >>> load_field_help(build_languages(["ckb"])["ckb"])["by"]
    'کێ وەریدەگێڕێت: ناوی خۆت.'
    """
    path = FIELD_HELP_FOLDER / f"{language.tag}.yaml"
    words: dict[str, str] = yaml.safe_load(
        (path if path.is_file() else FIELD_HELP_FOLDER / f"{FALLBACK_LANGUAGE}.yaml").read_text("utf-8")
    )
    return {**load_field_words(language).help, **words}
