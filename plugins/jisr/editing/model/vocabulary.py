"""The words for kinds, fields and what may stand in them, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.site import Site
from jisr.core.schema import kinds
from jisr.core.schema.kinds import FieldType
from jisr.editing.new.field_help import FALLBACK_LANGUAGE, load_field_help

VOCABULARY_FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language; ``language`` is English where there are none in the one that was asked for."""

    language: str
    sentences: Mapping[str, str]  # what a field means, as ``inv new`` says it
    kinds: Mapping[str, tuple[str, str]]  # one text of the kind, and all of them
    fields: Mapping[str, str]
    values: Mapping[str, str]
    types: Mapping[str, str]
    table: Mapping[str, str]
    editor: Mapping[str, str]

    def singular(self, kind: str) -> str:
        """Return what a text of a kind is called."""
        return self.kinds[kind][0] if kind in self.kinds else kind

    def plural(self, kind: str) -> str:
        """Return what the texts of a kind are called."""
        return self.kinds[kind][1] if kind in self.kinds else kind

    def label(self, path: str) -> str:
        """Return the short name of a field by its path: of ``translation.by`` that of its own, of ``cover.alt`` that of ``alt``.

        >>> from jisr.core.i18n.languages import build_languages
        >>> words = load_vocabulary(build_languages(["ckb"])["ckb"])
        >>> words.label("translation.by"), words.label("cover.alt")
        ('وەرگێڕان لەلایەن', 'چی تێدایە')
        """
        *_, name = path.split(".")
        return self.fields.get(path) or self.fields.get(name) or name

    def meaning(self, path: str) -> str:
        """Return the sentence about a field, or nothing where its name says it all."""
        return self.editor["translation"] if path == "translation" else self.sentences.get(path, "")

    def type_description(self, type_: FieldType, site: Site) -> str:
        """Return what may stand in a field of a type."""
        if isinstance(type_, kinds.ListOf):
            return self.types["list"].format(item=self.type_description(type_.item, site))
        if isinstance(type_, kinds.Either):
            return self.types["either"].format(
                simple=self.type_description(type_.scalar, site), full=self.type_description(type_.structured, site)
            )
        if isinstance(type_, kinds.FieldGroup):
            return self.types["group"] + ": " + ", ".join(f"`{one.name}`" for one in type_.fields)
        return self._single_type_description(type_, site)

    def _single_type_description(self, type_: FieldType, site: Site) -> str:
        texts = self.types
        if isinstance(type_, kinds.Text):
            return texts["lines" if type_.multiline else "text"]
        if isinstance(type_, kinds.Enumeration):
            return texts["choice"].format(values=", ".join(f"`{one}`" for one in type_.values))
        if isinstance(type_, kinds.Number):
            return texts["number"].format(least=f"{type_.minimum:g}", most=f"{type_.maximum:.0f}")
        if isinstance(type_, kinds.TextId):
            return texts["id"].format(folder=f"`content/{type_.kind}/`")
        if isinstance(type_, kinds.LanguageTag):
            tags = ", ".join(f"`{tag}`" for tag in site.languages.tags)
            return texts["foreign"].format(example="`fa`") if type_.any_language else texts["tag"].format(tags=tags)
        name, example = _TYPE_EXAMPLES[type(type_)]
        return texts[name].format(**example)


_TYPE_EXAMPLES: Mapping[type, tuple[str, dict[str, str]]] = {
    kinds.RawString: ("plain", {}),
    kinds.EntityName: ("name", {}),
    kinds.DateValue: ("moment", {"day": "`2012-02-09`"}),
    kinds.WebUrl: ("web", {"address": "`https://example.org/`"}),
    kinds.EmailAddress: ("email", {}),
    kinds.BooleanValue: ("flag", {"yes": "`true`", "no": "`false`"}),
    kinds.ResolutionRef: ("cited", {"example": "`2012-first-bloggers-conference#r6`"}),
    kinds.BundleFile: ("file", {}),
    kinds.LegacyPath: ("old", {"example": "`/2012/02/x/`"}),
}


def load_vocabulary(language: Language) -> Vocabulary:
    """Return the words of a language, or those of English where there are none in it.

    >>> from jisr.core.i18n.languages import build_languages
    >>> load_vocabulary(build_languages(["ar"])["ar"]).plural("statements")
    'البيانات'
    """
    path = VOCABULARY_FOLDER / f"{language.tag}.yaml"
    tag = language.tag if path.is_file() else FALLBACK_LANGUAGE
    words = yaml.safe_load((VOCABULARY_FOLDER / f"{tag}.yaml").read_text("utf-8"))
    names = {kind: (one, many) for kind, (one, many) in words.pop("kinds").items()}
    return Vocabulary(language=tag, sentences=load_field_help(language), kinds=names, **words)
