"""The forms of the web editor, from the fields of the content model.

See https://sveltiacms.app/en/docs/fields for its widgets and their options.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jisr.core.bidi.base_direction import title_direction
from jisr.core.bidi.control_characters import POP_ISOLATE
from jisr.core.bidi.marks import LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE, RIGHT_TO_LEFT_MARK, add_direction_marks
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.site import Site
from jisr.core.schema import field_types
from jisr.core.schema.field_types import Field, FieldType
from jisr.editing.model.vocabulary import Vocabulary

FormField = dict[str, Any]
PIN_PATH = "translation.pin"  # written by tools, and not for editors
TAG_KEY, SOURCE_KEY = "_tag", "_source"
"""Keys that ``program/format.js`` adds to the fields of a version: its language and front matter."""


@dataclass(frozen=True, slots=True)
class FormBuilder:
    """Builds forms for a site in the words of one language."""

    site: Site
    words: Vocabulary

    def hint(self, sentence: str) -> str:
        """Return a hint, in which the program shows code between signs of Markdown.

        A right-to-left one is an isolate, since the program may be in another language, and so are code and words in it.
        """
        language = self._right_to_left_language
        if language is None:
            return sentence
        return f"{RIGHT_TO_LEFT_ISOLATE}{''.join(_isolated_pieces(sentence, language))}{POP_ISOLATE}"

    def plain_hint(self, sentence: str) -> str:
        """Return a hint for a place where the program shows text as it is, such as a message."""
        return self.hint(sentence).replace("`", "")

    @property
    def _right_to_left_language(self) -> Language | None:
        tag, languages = self.words.language, self.site.languages
        return languages[tag] if tag in languages and languages[tag].direction == "rtl" else None

    def field_forms(self, fields: Iterable[Field], above: str = "", whole: bool = False) -> list[FormField]:
        """Return the forms of fields; ``above`` is the path of their group, with a dot at its end.

        ``whole``: the group is inherited as a whole or not at all, as in a list.
        """
        return [self.field_form(one, f"{above}{one.name}", whole) for one in fields]

    def field_form(self, field: Field, path: str, whole: bool = False) -> FormField:
        """Return the form of a field. Any version may have any field; a translation omits those that it inherits.

        What only an original needs is required in a list of all languages: ``program/versions.js`` asks for it there alone.
        So are the words of a picture or document: the editor copies that to a translation, where it is inherited without them.
        """
        form: FormField = {"name": field.name, "label": self.words.label(path), "i18n": True}
        if meaning := self.words.editor.get(path) or self.words.meaning(path) if "." not in path else "":
            form["hint"] = self.hint(meaning)
        is_copied = isinstance(field.type, field_types.Text) and path != "title"
        form["required"] = field.required and (
            not (is_copied or (field.inherited and not whole)) or list(self.site.languages.tags)
        )
        if path == PIN_PATH:
            return {"name": field.name, "widget": "hidden", "i18n": True}
        return form | self.widget_form(field.type, path)

    def widget_form(self, type_: FieldType, path: str) -> FormField:
        """Return the widget of a type, with its options and limits."""
        if isinstance(type_, field_types.FieldGroup):
            is_whole = path == "translation"
            return {"widget": "object", "collapsed": "auto", "fields": self.field_forms(type_.fields, f"{path}.", is_whole)}
        if isinstance(type_, field_types.Either):
            return self.widget_form(type_.structured, path)
        if isinstance(type_, field_types.ListOf):
            return self._list_widget(type_.item, path)
        if isinstance(type_, field_types.TextId):
            return self._relation_widget(type_)
        if isinstance(type_, field_types.LanguageTag) and not type_.any_language:
            options = [{"label": one.own_name, "value": one.tag} for one in self.site.languages]
            return {"widget": "select", "options": options}
        if isinstance(type_, field_types.Enumeration):
            options = [{"label": self.words.values[one], "value": one} for one in type_.values]
            return {"widget": "select", "options": options}
        return _WIDGETS[type(type_)](type_)

    def _list_widget(self, item: FieldType, path: str) -> FormField:
        shape = item.structured if isinstance(item, field_types.Either) else item
        if isinstance(shape, field_types.FieldGroup):
            return {"widget": "list", "collapsed": "auto", "fields": self.field_forms(shape.fields, f"{path}.", whole=True)}
        if isinstance(shape, field_types.TextId):
            return self._relation_widget(shape) | {"multiple": True}
        return {"widget": "list"}

    def _relation_widget(self, type_: field_types.TextId) -> FormField:
        """Return a choice among the texts of a kind, by title; no field refers to a post."""
        return {"widget": "relation", "collection": type_.kind, "value_field": "{{slug}}", "display_fields": ["title"]}


def _isolated_pieces(sentence: str, language: Language) -> Iterator[str]:
    """Return the parts of a right-to-left sentence with isolates: code between backticks in the direction of its letters."""
    for number, piece in enumerate(sentence.split("`")):
        if number % 2 == 0:
            yield add_direction_marks(piece, language).removeprefix(RIGHT_TO_LEFT_MARK)
        else:
            is_rtl = title_direction(piece, "ltr") == "rtl"
            yield f"`{RIGHT_TO_LEFT_ISOLATE if is_rtl else LEFT_TO_RIGHT_ISOLATE}{piece}{POP_ISOLATE}`"


def _number_field(type_: field_types.Number) -> FormField:
    cast = int if type_.integer else float
    return {"widget": "number", "value_type": cast.__name__, "min": cast(type_.minimum), "max": cast(type_.maximum)}


_WIDGETS: dict[type, Callable[[Any], FormField]] = {
    field_types.Text: lambda type_: {"widget": "text" if type_.multiline else "string"},
    field_types.RawString: lambda _: {"widget": "string"},
    field_types.EntityName: lambda _: {"widget": "string"},
    field_types.LanguageTag: lambda _: {"widget": "string"},
    field_types.ResolutionRef: lambda _: {"widget": "string"},
    field_types.LegacyPath: lambda _: {"widget": "string"},
    field_types.DateValue: lambda _: {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"},
    field_types.Number: _number_field,
    field_types.WebUrl: lambda _: {"widget": "string", "type": "url"},
    field_types.EmailAddress: lambda _: {"widget": "string", "type": "email"},
    field_types.DialledNumber: lambda _: {"widget": "string"},
    field_types.SignalAccount: lambda _: {"widget": "string"},
    field_types.KeyFingerprint: lambda _: {"widget": "string"},
    field_types.BooleanValue: lambda type_: {"widget": "boolean", "default": type_.default},
    field_types.BundleFile: lambda _: {"widget": "file", "choose_url": False},
}


def shorthand_fields(fields: Iterable[Field], above: str = "") -> dict[str, str]:
    """Return the paths where a scalar is a shorthand for a group, and the name of the field in the group.

    >>> from jisr.core.schema import kinds
    >>> shorthand_fields(kinds.STATEMENT_FIELDS)
    {'signatories': 'name', 'answers': 'resolution'}
    """
    names: dict[str, str] = {}
    for field in fields:
        path = f"{above}{field.name}"
        if isinstance(field.type, field_types.FieldGroup):
            names |= shorthand_fields(field.type.fields, f"{path}.")
        elif group := _shorthand_group(field.type):
            names[path] = next(one.name for one in group.fields if one.required)
    return names


def _shorthand_group(type_: FieldType) -> field_types.FieldGroup | None:
    """Return the group of a type that has a scalar shape, too."""
    if isinstance(type_, field_types.ListOf):
        return _shorthand_group(type_.item)
    if isinstance(type_, field_types.Either):
        return type_.structured if isinstance(type_.structured, field_types.FieldGroup) else _shorthand_group(type_.structured)
    return None
