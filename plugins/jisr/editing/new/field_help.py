"""What a new file says to its editor, in the language it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from jisr.core.i18n.languages import Language

FOLDER = Path(__file__).parent / "words"
SOURCE = "en"


def wording(language: Language) -> Mapping[str, str]:
    """Give the sentences in a language, or in English where there are none in it.

    >>> from jisr.core.i18n.languages import languages
    >>> wording(languages(["ckb"])["ckb"])["by"]
    'کێ وەریدەگێڕێت: ناوی خۆت.'
    """
    path = FOLDER / f"{language.tag}.yaml"
    words: dict[str, str] = yaml.safe_load((path if path.is_file() else FOLDER / f"{SOURCE}.yaml").read_text("utf-8"))
    return words
