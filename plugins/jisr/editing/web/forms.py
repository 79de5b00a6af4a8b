"""A field of the content model as a field of the web editor's forms.

See https://sveltiacms.app/en/docs/fields for what each kind of field is called and may state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from jisr.core.bidi.marks import POP_ISOLATE, RIGHT_TO_LEFT_ISOLATE
from jisr.core.frozen import dataclass
from jisr.core.model.site import Site
from jisr.core.schema import kinds
from jisr.core.schema.kinds import Field, FieldType
from jisr.editing.model.vocabulary import Vocabulary

FormField = dict[str, Any]
PIN_PATH = "translation.pin"  # written by tools, and of no use to read
TAG_KEY, SOURCE_KEY = (
    "_tag",
    "_source",
)  # what program/format.js keeps beside the fields of a version: its language and front matter


@dataclass(frozen=True, slots=True)
class FormBuilder:
    """Makes forms for a site in the words of one language."""

    site: Site
    words: Vocabulary

    def isolate(self, sentence: str) -> str:
        """Return a sentence so that it reads right in a program that speaks another language, in the other direction perhaps."""
        has_language = self.words.language in self.site.languages
        if not has_language or self.site.languages[self.words.language].direction == "ltr":
            return sentence
        return f"{RIGHT_TO_LEFT_ISOLATE}{sentence}{POP_ISOLATE}"

    def field_forms(self, fields: Iterable[Field], above: str = "", whole: bool = False) -> list[FormField]:
        """Return the form of some fields; ``above`` is the path of the group that they stand in.

        ``whole``: the group is inherited with all that is in it, or not at all, as in a list.
        """
        return [self.field_form(one, f"{above}{one.name}", whole) for one in fields]

    def field_form(self, field: Field, path: str, whole: bool = False) -> FormField:
        """Return the form of a field. Any version may state any field; a translation leaves out what it inherits.

        What an original alone must say, no form can ask for: it does not know which version that is. ``inv check`` does.
        Nor is a translator asked for words of a picture or document that the editor copied: without them it is inherited.
        """
        form: FormField = {"name": field.name, "label": self.words.label(path), "i18n": True}
        if meaning := self.words.meaning(path) if "." not in path else "":
            form["hint"] = self.isolate(meaning)
        is_copied = isinstance(field.type, kinds.Text) and path != "title"
        form["required"] = field.required and not is_copied and (whole or not field.inherited)
        if path == PIN_PATH:
            return {"name": field.name, "widget": "hidden", "i18n": True}
        return form | self.widget_form(field.type, path)

    def widget_form(self, type_: FieldType, path: str) -> FormField:
        """Return what kind of field a type is shown as, and what may be chosen or typed there."""
        if isinstance(type_, kinds.FieldGroup):
            is_translation = path == "translation"
            return {
                "widget": "object",
                "collapsed": "auto",
                "fields": self.field_forms(type_.fields, f"{path}.", is_translation),
            }
        if isinstance(type_, kinds.Either):
            return self.widget_form(type_.structured, path)
        if isinstance(type_, kinds.ListOf):
            return self._list_widget(type_.item, path)
        if isinstance(type_, kinds.TextId):
            return self._relation_widget(type_)
        if isinstance(type_, kinds.LanguageTag) and not type_.any_language:
            options = [{"label": one.own_name, "value": one.tag} for one in self.site.languages]
            return {"widget": "select", "options": options}
        if isinstance(type_, kinds.Enumeration):
            options = [{"label": self.words.values[one], "value": one} for one in type_.values]
            return {"widget": "select", "options": options}
        return _WIDGETS[type(type_)](type_)

    def _list_widget(self, item: FieldType, path: str) -> FormField:
        shape = item.structured if isinstance(item, kinds.Either) else item
        if isinstance(shape, kinds.FieldGroup):
            return {"widget": "list", "collapsed": "auto", "fields": self.field_forms(shape.fields, f"{path}.", whole=True)}
        if isinstance(shape, kinds.TextId):
            return self._relation_widget(shape) | {"multiple": True}
        return {"widget": "list"}

    def _relation_widget(self, type_: kinds.TextId) -> FormField:
        """Return a choice among the texts of a kind, by their titles; posts are none that a field names."""
        return {"widget": "relation", "collection": type_.kind, "value_field": "{{slug}}", "display_fields": ["title"]}


def _number_field(type_: kinds.Number) -> FormField:
    cast = int if type_.integer else float
    return {"widget": "number", "value_type": cast.__name__, "min": cast(type_.minimum), "max": cast(type_.maximum)}


_WIDGETS: dict[type, Callable[[Any], FormField]] = {
    kinds.Text: lambda type_: {"widget": "text" if type_.multiline else "string"},
    kinds.RawString: lambda _: {"widget": "string"},
    kinds.EntityName: lambda _: {"widget": "string"},
    kinds.LanguageTag: lambda _: {"widget": "string"},
    kinds.ResolutionRef: lambda _: {"widget": "string"},
    kinds.LegacyPath: lambda _: {"widget": "string"},
    kinds.DateValue: lambda _: {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"},
    kinds.Number: _number_field,
    kinds.WebUrl: lambda _: {"widget": "string", "type": "url"},
    kinds.EmailAddress: lambda _: {"widget": "string", "type": "email"},
    kinds.BooleanValue: lambda _: {"widget": "boolean", "default": True},
    kinds.BundleFile: lambda _: {"widget": "file", "choose_url": False},
}


def shorthand_fields(fields: Iterable[Field], above: str = "") -> dict[str, str]:
    """Return where a bare value stands for a group, by path, and the field of the group that it stands for.

    >>> shorthand_fields(kinds.STATEMENT_FIELDS)
    {'signatories': 'name', 'answers': 'resolution'}
    """
    names: dict[str, str] = {}
    for field in fields:
        path = f"{above}{field.name}"
        if isinstance(field.type, kinds.FieldGroup):
            names |= shorthand_fields(field.type.fields, f"{path}.")
        elif group := _shorthand_group(field.type):
            names[path] = next(one.name for one in group.fields if one.required)
    return names


def _shorthand_group(type_: FieldType) -> kinds.FieldGroup | None:
    """Return the group for which a type has a shorter shape, too."""
    if isinstance(type_, kinds.ListOf):
        return _shorthand_group(type_.item)
    if isinstance(type_, kinds.Either):
        return type_.structured if isinstance(type_.structured, kinds.FieldGroup) else _shorthand_group(type_.structured)
    return None
