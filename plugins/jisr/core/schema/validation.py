"""Validation of front matter against the content model: typed values, or problems that state a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from jisr.core.diagnostics.problems import Phrase, Problem, phrase
from jisr.core.schema import field_types
from jisr.core.schema.field_parsers import read_scalar
from jisr.core.schema.other_names import SEVERAL_FIELDS, split_joined_fields, suggest_field
from jisr.core.schema.raw_values import RawList, RawMapping, RawNode, RawScalar
from jisr.core.schema.validation_context import FrontMatterValidation
from jisr.core.schema.value_forms import format_items, format_value
from jisr.core.schema.yaml_text import ARABIC_COMMAS, format_scalar, quote_scalar, split_fields, split_names

_SEPARATED = (
    field_types.EntityName,
    field_types.TextId,
    field_types.LanguageTag,
    field_types.LegacyPath,
    field_types.ResolutionRef,
)
_GLUED_FIELD = re.compile(r"([a-z_]+)\s*[:=]\s*(.*)")
_PEOPLE = ("authors", "by", "speakers")


def validate(kind: field_types.Kind, entries: RawMapping, form: FrontMatterValidation) -> None:
    """Add the values of a file's front matter to ``form``; a field with an error is left out."""
    form.is_translation = any(key.text == "translation" for key, _ in entries)
    form.values.update(_validate_group(kind.fields, entries, form, lambda: phrase('a text of "{kind}"', kind=kind.name), ""))


def _validate_group(
    fields: tuple[field_types.Field, ...],
    entries: RawMapping,
    form: FrontMatterValidation,
    owner: Callable[[], Phrase],
    prefix: str,
) -> dict[str, Any]:
    """Return the values of a mapping with declared fields."""
    declared = {one.name: one for one in fields}
    values: dict[str, Any] = {}
    if prefix:
        entries = split_joined_fields(fields, entries, form)
    for key, node in entries:
        one = declared.get(key.text)
        name = f"{prefix}{key.text}"
        if one is None:
            _report_unknown(key, node, form, owner(), fields, entries, nested=bool(prefix))
            continue
        form.locations[name] = node.place
        if isinstance(node, RawScalar) and node.empty:
            _report_empty(one, node, form)
            continue
        value = _parse_value(one.type, node, form, name)
        if value is not None:
            values[one.name] = value
    return values


def _report_unknown(
    key: RawScalar,
    node: RawNode,
    form: FrontMatterValidation,
    owner: Phrase,
    fields: tuple[field_types.Field, ...],
    entries: RawMapping,
    nested: bool,
) -> None:
    names = tuple(one.name for one in fields)
    text, hint = '"{name}" is not a field of {owner}. {hint}It has: {fields}.', suggest_field(key, node, fields, entries, form)
    glued = _GLUED_FIELD.fullmatch(key.text)
    if glued and glued[1] in names and _is_empty(node):
        hint = phrase("Write {right}. ", right=f"{glued[1]}: {format_scalar(glued[2])}")
    elif nested and _is_empty(node) and " " in key.text:  # {alt: Rivers, and us}
        hint = phrase("Where it belongs to the value before it, put that value in quotes as a whole. ")
    form.error(key.place, "field", text, name=key.text, owner=owner, hint=hint, fields=", ".join(names))


def _report_empty(one: field_types.Field, node: RawScalar, form: FrontMatterValidation) -> None:
    if node.note is not None and _holds_words(one.type):
        text = '"{name}" is empty: behind a space, # begins a note that nobody sees. Write {name}: {right}.'
        form.error(node.place, "empty", text, name=one.name, right=_quote_whole(node))
        return
    text = '"{name}" is empty. Write its value after the colon, or take the line out.'
    if one.required:
        form.error(node.place, "empty", '"{name}" is empty. Write its value after the colon.', name=one.name)
    elif isinstance(one.type, field_types.FieldGroup) and any(inner.required for inner in one.type.fields):
        form.error(node.place, "empty", text, name=one.name)
    else:
        form.problems.append(Problem.warning(node.place, "empty", text, name=one.name))


def _holds_words(type_: field_types.FieldType) -> bool:
    """Whether a value is words, which a note behind it may have been a part of."""
    return isinstance(type_, field_types.Text | field_types.EntityName)


def _check_note(type_: field_types.FieldType, node: RawScalar, form: FrontMatterValidation) -> None:
    """Warn of words behind a ``#``, which YAML drops; what two spaces and one behind the sign set apart is meant as a note."""
    note = node.note
    if note is None or note.is_apart or not _holds_words(type_) or not note.text.lstrip("#").strip():
        return
    text = (
        '"{value}" is lost: behind a space, # begins a note that nobody sees. Put the whole value in quotes: {right}. A note '
        "stands on a line of its own."
    )
    form.problems.append(Problem.warning(note.place, "comment", text, value=note.text, right=_quote_whole(node)))


def _quote_whole(node: RawScalar) -> str:
    return quote_scalar(f"{node.text} {node.note.text if node.note else ''}".strip())


def _parse_value(type_: field_types.FieldType, node: RawNode, form: FrontMatterValidation, name: str) -> Any:
    """Return the value of a field, or None where it is invalid and a problem has been added."""
    if isinstance(type_, field_types.Either):
        if isinstance(type_.structured, field_types.FieldGroup) and _is_group(type_.structured, node):
            right = format_value(type_.structured, node, form)
            form.error(node.place, "type", SEVERAL_FIELDS, value=getattr(node, "text", ""), right=right)
            return None
        return _parse_value(type_.scalar if isinstance(node, RawScalar) else type_.structured, node, form, name)
    if isinstance(type_, field_types.FieldGroup):
        if isinstance(node, RawMapping):
            return _validate_group(type_.fields, node, form, lambda: phrase('"{name}"', name=name), f"{name}.")
        return _report_form(type_, node, form, name, _GROUP_TEXT, fields=", ".join(one.name for one in type_.fields))
    if isinstance(type_, field_types.ListOf):
        return _list(type_, node, form, name)
    if isinstance(node, RawScalar):
        _check_note(type_, node, form)
        return read_scalar(type_, node, form, name)
    shape = phrase("a list") if isinstance(node, RawList) else phrase("a mapping")
    text = '"{name}" takes one value, and {shape} stands here. Write {short}: {right}.'
    return _report_form(type_, node, form, name, text, shape=shape)


def _is_group(group: field_types.FieldGroup, node: RawNode) -> bool:
    """Whether a scalar is the fields of a mapping without the spaces that make them some: ``name:Sara``."""
    return isinstance(node, RawScalar) and not node.quoted and bool(split_fields(node.text, [one.name for one in group.fields]))


_GROUP_TEXT = '"{name}" takes fields of its own ({fields}). Write {short}: {right}.'


def _report_form(
    type_: field_types.FieldType, node: RawNode, form: FrontMatterValidation, name: str, text: str, **values: object
) -> None:
    """Report a value in another form than that of its field, and show it in that form."""
    right = format_value(type_, node, form)
    form.error(node.place, "type", text, name=name, short=name.rsplit(".", maxsplit=1)[-1], right=right, **values)


def _list(type_: field_types.ListOf, node: RawNode, form: FrontMatterValidation, name: str) -> tuple[Any, ...] | None:
    if isinstance(node, RawMapping):
        text = '"{name}" takes a list, and a mapping stands here. Write {short}: {right}.'
        _report_form(type_, node, form, name, text)
        return None
    if isinstance(node, RawScalar):
        text = '"{value}" is not a list. Write {short}: {right}.'
        _report_form(type_, node, form, name, text, value=node.text)
        return None
    if len(node.items) > type_.most:
        text = '"{name}" is a list of {length}. Write at most {most}.'
        form.error(node.place, "length", text, name=name, length=len(node.items), most=type_.most)
        return None
    others = [one for one in node.items if not isinstance(one, RawMapping) and not _is_empty(one)]
    if isinstance(type_.item, field_types.FieldGroup) and others:
        text = 'An item of "{name}" takes fields of its own ({fields}). Write {short}: {right}.'
        right, fields = format_value(type_, node, form), ", ".join(one.name for one in type_.item.fields)
        form.error(others[0].place, "type", text, name=name, fields=fields, short=name.rsplit(".", 1)[-1], right=right)
        return None
    if not _check_commas(type_, node, form, name):
        return None
    values = []
    for item in node.items:
        if isinstance(item, RawScalar) and item.empty:
            form.error(item.place, "empty", 'An item of "{name}" is empty. Write it, or take it out.', name=name)
        elif (value := _parse_value(type_.item, item, form, name)) is not None and _is_complete(type_.item, value, item, form):
            values.append(value)
    return tuple(values)


def _is_empty(node: RawNode) -> bool:
    return isinstance(node, RawScalar) and node.empty


def _check_commas(type_: field_types.ListOf, node: RawList, form: FrontMatterValidation, name: str) -> bool:
    """Report items that an Arabic comma joins, and names that a word for "and" joins: quotes say that it is one item."""
    scalar = type_.item.scalar if isinstance(type_.item, field_types.Either) else type_.item
    if not isinstance(scalar, _SEPARATED) and not (isinstance(scalar, field_types.Text) and node.flow):
        return True
    short = name.rsplit(".", maxsplit=1)[-1]
    items = [one for one in node.items if isinstance(one, RawScalar) and not one.quoted]
    for item in items:
        if comma := next((sign for sign in ARABIC_COMMAS if sign in item.text), ""):
            text = (
                '"{item}" is one item: "{comma}" separates none. Write {short}: {right}. If it is one item, put it in quotes.'
            )
            right = _join_items(format_items(type_.item, node, form), short)
            form.error(item.place, "comma", text, item=item.text, comma=comma, short=short, right=right)
            return False
    for item in items if short in _PEOPLE else ():
        if split_names(item.text):
            text = '"{item}" is one name here. Write {right} for two. If it is one name, put it in quotes.'
            right = _join_items([item.text], short)
            form.problems.append(Problem.warning(item.place, "comma", text, item=item.text, right=right))
    return True


def _join_items(items: list[str], name: str) -> str:
    names = [part for item in items for part in (split_names(item) if name in _PEOPLE else ()) or (item,)]
    return f"[{', '.join(names)}]"


def _is_complete(type_: field_types.FieldType, value: Any, node: RawNode, form: FrontMatterValidation) -> bool:
    """Whether an item of a list has its required fields: items are inherited with their list, never field by field."""
    group = type_.structured if isinstance(type_, field_types.Either) else type_
    if not isinstance(group, field_types.FieldGroup) or not isinstance(value, dict):
        return True
    missing = [one.name for one in group.fields if one.required and one.name not in value]
    for name in missing:
        form.error(node.place, name, 'An item has no "{name}". Add {name}: … to it.', name=name)
    return not missing
