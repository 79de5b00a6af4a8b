"""The content model in words: names of kinds, labels of fields and what they mean, in each language (``words/<lang>.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language

FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class FieldWords:
    """The words of one language; ``language`` is English where there are none in the one that was asked for."""

    language: str
    kinds: Mapping[str, tuple[str, str]]  # one text of the kind, and all of them
    labels: Mapping[str, str]  # by name; "a.b" is b within a, where it means something else than elsewhere
    help: Mapping[str, str]

    def label(self, path: str) -> str:
        """Return the label of a field by its path: of ``translation.by`` that of its own, of ``cover.alt`` that of ``alt``.

        >>> from jisr.core.i18n.languages import build_languages
        >>> words = load_field_words(build_languages(["ckb"])["ckb"])
        >>> words.label("translation.by"), words.label("cover.alt")
        ('وەرگێڕان لەلایەن', 'چی تێدایە')
        """
        *_, name = path.split(".")
        return self.labels.get(path) or self.labels.get(name) or name


def load_field_words(language: Language) -> FieldWords:
    """Return the words of a language, or those of English where there are none in it.

    >>> from jisr.core.i18n.languages import build_languages
    >>> load_field_words(build_languages(["ar"])["ar"]).kinds["statements"][1]
    'البيانات'
    """
    return _load(language.tag)


@cache
def _load(tag: str) -> FieldWords:
    folder = files(__package__) / "words"
    file = folder / f"{tag}.yaml"
    if not file.is_file():
        return _load(FALLBACK_LANGUAGE)
    words = yaml.safe_load(file.read_text("utf-8"))
    kinds = {kind: (one, many) for kind, (one, many) in words["kinds"].items()}
    return FieldWords(tag, kinds, words["fields"], words["help"])
