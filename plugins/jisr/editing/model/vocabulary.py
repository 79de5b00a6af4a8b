"""The vocabulary of the content model in each language: names of kinds, labels and help of fields, descriptions of types."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from jisr.content.catalogs.field_words import FieldWords, load_field_words
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.site import Site
from jisr.core.schema import field_types
from jisr.core.schema.field_types import FieldType
from jisr.editing.new.field_help import load_field_help

VOCABULARY_FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language; ``language`` is English where the requested language has none."""

    words: FieldWords
    sentences: Mapping[str, str]  # the help of each field, as in ``inv new``
    values: Mapping[str, str]
    types: Mapping[str, str]
    table: Mapping[str, str]
    editor: Mapping[str, str]

    @property
    def language(self) -> str:
        """The tag of the language of the words."""
        return self.words.language

    def singular(self, kind: str) -> str:
        """Return the name of one text of a kind."""
        return self.words.kinds[kind][0] if kind in self.words.kinds else kind

    def plural(self, kind: str) -> str:
        """Return the name of the texts of a kind."""
        return self.words.kinds[kind][1] if kind in self.words.kinds else kind

    def label(self, path: str) -> str:
        """Return the label of a field by its path."""
        return self.words.label(path)

    def meaning(self, path: str) -> str:
        """Return the help of a field, or nothing where its label is enough."""
        return self.editor["translation"] if path == "translation" else self.sentences.get(path, "")

    def type_description(self, type_: FieldType, site: Site) -> str:
        """Return a description of the values of a type."""
        if isinstance(type_, field_types.ListOf):
            return self.types["list"].format(most=type_.most, item=self.type_description(type_.item, site))
        if isinstance(type_, field_types.Either):
            simple, full = (self.type_description(one, site) for one in (type_.scalar, type_.structured))
            return self.types["either"].format(simple=simple, full=full)
        if isinstance(type_, field_types.FieldGroup):
            return self.types["group"] + ": " + ", ".join(f"`{one.name}`" for one in type_.fields)
        return self._single_type_description(type_, site)

    def _single_type_description(self, type_: FieldType, site: Site) -> str:
        texts = self.types
        if isinstance(type_, field_types.Text):
            return texts["lines" if type_.multiline else "text"].format(longest=type_.longest)
        if isinstance(type_, field_types.Enumeration):
            return texts["choice"].format(values=", ".join(f"`{one}`" for one in type_.values))
        if isinstance(type_, field_types.Number):
            return texts["number"].format(least=f"{type_.minimum:g}", most=f"{type_.maximum:.0f}")
        if isinstance(type_, field_types.TextId):
            return texts["id"].format(folder=f"`content/{type_.kind}/`")
        if isinstance(type_, field_types.LanguageTag):
            tags = ", ".join(f"`{tag}`" for tag in site.languages.tags)
            return texts["foreign"].format(example="`fa`") if type_.any_language else texts["tag"].format(tags=tags)
        name, example = _TYPE_EXAMPLES[type(type_)]
        return texts[name].format(**example)


_TYPE_EXAMPLES: Mapping[type, tuple[str, dict[str, str]]] = {
    field_types.RawString: ("plain", {}),
    field_types.EntityName: ("name", {}),
    field_types.DateValue: ("moment", {"day": "`2012-02-09`"}),
    field_types.WebUrl: ("web", {"address": "`https://example.org/`"}),
    field_types.EmailAddress: ("email", {}),
    field_types.DialledNumber: ("phone", {"example": "`+964 770 123 4567`"}),
    field_types.SignalAccount: ("signal", {"example": "`+964 770 123 4567`", "name": "`example.42`"}),
    field_types.KeyFingerprint: ("fingerprint", {}),
    field_types.BooleanValue: ("flag", {"yes": "`true`", "no": "`false`"}),
    field_types.ResolutionRef: ("cited", {"example": "`2012-first-bloggers-conference#r6`"}),
    field_types.BundleFile: ("file", {}),
    field_types.LegacyPath: ("old", {"example": "`/2012/02/x/`"}),
}


def load_vocabulary(language: Language) -> Vocabulary:
    """Return the words of a language, or those of English where there are none in it.

    >>> from jisr.core.i18n.languages import build_languages
    >>> load_vocabulary(build_languages(["ar"])["ar"]).plural("statements")
    'البيانات'
    """
    words = load_field_words(language)
    own_words = yaml.safe_load((VOCABULARY_FOLDER / f"{words.language}.yaml").read_text("utf-8"))
    return Vocabulary(words=words, sentences=load_field_help(language), **own_words)
