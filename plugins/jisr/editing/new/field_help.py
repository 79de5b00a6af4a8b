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
    files = (FIELD_HELP_FOLDER / f"{tag}.yaml" for tag in (language.tag, FALLBACK_LANGUAGE))
    words: dict[str, str] = yaml.safe_load(next(filter(Path.is_file, files)).read_text("utf-8"))
    return {**load_field_words(language).help, **words}
