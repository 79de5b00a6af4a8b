"""Front matter against the content model: typed values, or problems that say what to write instead."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from plugins.core import kinds
from plugins.core.dates import DateError, parse_date
from plugins.core.direction import find_controls
from plugins.core.documents import Words
from plugins.core.languages import Language, Languages
from plugins.core.numbers import ascii_digits
from plugins.core.problems import Place, Problem
from plugins.core.values import Entries, Items, Node, Scalar


@dataclass(frozen=True, slots=True)
class Mention:
    """A file or another text that a field names, to be looked up when all texts are known."""

    kind: str  # empty: a file of the bundle
    name: str
    field: str
    place: Place


@dataclass(slots=True)
class Form:
    """The front matter of one file while it is read: values and places by field, mentions, problems."""

    language: Language
    languages: Languages
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def error(self, place: Place, code: str, text: str, **values: object) -> None:
        """Note an error."""
        self.problems.append(Problem.error(place, code, text, **values))


def near(word: str, words: Iterable[str]) -> str:
    """Give the word of ``words`` that ``word`` was most probably meant to be, or an empty string.

    >>> near("authrs", ["title", "authors"])
    'authors'
    """
    return next(iter(difflib.get_close_matches(word.lower(), list(words), n=1, cutoff=0.6)), "")


def hint(word: str, words: Iterable[str]) -> str:
    """Give ``Did you mean "x"? `` with the near match, or an empty string."""
    match = near(word, words)
    return f'Did you mean "{match}"? ' if match else ""


def validate(kind: kinds.Kind, entries: Entries, form: Form) -> None:
    """Fill ``form`` with the values of a file's front matter; a field with a problem stays out of its values."""
    form.values.update(_group(kind.fields, entries, form, f'a text of "{kind.name}"', ""))


def _group(fields: tuple[kinds.Field, ...], entries: Entries, form: Form, owner: str, prefix: str) -> dict[str, Any]:
    """Give the values of a mapping whose fields are declared."""
    declared = {one.name: one for one in fields}
    values: dict[str, Any] = {}
    for key, node in entries:
        one = declared.get(key.text)
        name = f"{prefix}{key.text}"
        if one is None:
            form.error(
                key.place,
                "field",
                '"{name}" is not a field of {owner}. {hint}It has: {fields}.',
                name=key.text,
                owner=owner,
                hint=hint(key.text, declared),
                fields=", ".join(declared),
            )
            continue
        form.places[name] = node.place
        if isinstance(node, Scalar) and node.empty:
            _note_empty(one, node, form)
            continue
        value = _value(one.type, node, form, name)
        if value is not None:
            values[one.name] = value
    return values


def _note_empty(one: kinds.Field, node: Scalar, form: Form) -> None:
    text = '"{name}" is empty. Write its value after the colon, or take the line out.'
    if one.required:
        form.error(node.place, "empty", text, name=one.name)
    else:
        form.problems.append(Problem.warning(node.place, "empty", text, name=one.name))


def _value(type_: kinds.FieldType, node: Node, form: Form, name: str) -> Any:
    """Give the value of a field, or None where it is wrong and a problem has been noted."""
    if isinstance(type_, kinds.Either):
        return _value(type_.simple if isinstance(node, Scalar) else type_.full, node, form, name)
    if isinstance(type_, kinds.Group):
        if isinstance(node, Entries):
            return _group(type_.fields, node, form, f'"{name}"', f"{name}.")
        form.error(
            node.place,
            "type",
            '"{name}" takes fields of its own ({fields}), each on an indented line. Write {name}: {{{first}: …}}.',
            name=name,
            fields=", ".join(one.name for one in type_.fields),
            first=type_.fields[0].name,
        )
        return None
    if isinstance(type_, kinds.ListOf):
        return _list(type_, node, form, name)
    if isinstance(node, Scalar):
        return _scalar(type_, node, form, name)
    shape = "a list" if isinstance(node, Items) else "a mapping"
    form.error(
        node.place,
        "type",
        '"{name}" takes one value, and {shape} stands here. Write {name}: followed by the value; put it in quotes where it '
        "has a colon, a bracket or a brace.",
        name=name,
        shape=shape,
    )
    return None


def _list(type_: kinds.ListOf, node: Node, form: Form, name: str) -> tuple[Any, ...] | None:
    if not isinstance(node, Items):
        shown = node.text if isinstance(node, Scalar) else "a mapping"
        form.error(
            node.place, "type", '"{value}" is not a list. Write {name}: [{value}].', name=name.split(".")[-1], value=shown
        )
        return None
    values = []
    for item in node.items:
        if isinstance(item, Scalar) and item.empty:
            form.error(item.place, "empty", 'An item of "{name}" is empty. Write it, or take it out.', name=name)
        elif (value := _value(type_.item, item, form, name)) is not None and _whole(type_.item, value, item, form):
            values.append(value)
    return tuple(values)


def _whole(type_: kinds.FieldType, value: Any, node: Node, form: Form) -> bool:
    """Whether an item of a list has all it needs: items are inherited with their list, never field by field."""
    group = type_.full if isinstance(type_, kinds.Either) else type_
    if not isinstance(group, kinds.Group) or not isinstance(value, dict):
        return True
    missing = [one.name for one in group.fields if one.required and one.name not in value]
    for name in missing:
        form.error(node.place, name, 'An item has no "{name}". Add {name}: … to it.', name=name)
    return not missing


def _scalar(type_: kinds.FieldType, node: Scalar, form: Form, name: str) -> Any:
    text = tidy(node.text, lines=isinstance(type_, kinds.Text) and type_.lines)
    if not _clean(node, form):
        return None
    if not text:
        form.error(node.place, "empty", '"{name}" is empty. Write its value after the colon, or take the line out.', name=name)
        return None
    reader = _READERS[type(type_)]
    return reader(type_, text, node, form, name)


def tidy(text: str, lines: bool = False) -> str:
    """Give words as a page shows them: one normal form, plain spaces, no marks of direction (pages use markup).

    >>> tidy("  بيان\\u00a0ختامي\\u200f ")
    'بيان ختامي'
    """
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN)
    return "\n".join(" ".join(line.split()) for line in plain.splitlines()) if lines else " ".join(plain.split())


_PLAIN = {ord(mark): None for mark in "\u200e\u200f\u061c\u2066\u2067\u2068\u2069\ufeff"} | {0xA0: " ", 0x202F: " "}


def french_spaces(text: str) -> str:
    """Give a French text with the no-break spaces of its punctuation, where a space stands.

    >>> french_spaces("Où ? « Ici »") == "Où\u202f? «\u00a0Ici\u00a0»"
    True
    """
    return re.sub(r"« ", "«\u00a0", re.sub(r" ([:»])", "\u00a0\\1", re.sub(r" ([;!?])", "\u202f\\1", text)))


def _clean(node: Scalar, form: Form) -> bool:
    """Whether a value holds no control that reorders or hides what follows it (Unicode TR 36, 2.6)."""
    found = find_controls(node.text)
    for _, character, name in found:
        form.error(
            node.place,
            "bidi" if unicodedata.category(character) == "Cf" else "control",
            'U+{point:} ({name}) stands in "{value}": it is invisible and changes what is read. Take it out.',
            point=f"{ord(character):04X}",
            name=name,
            value=node.text,
        )
    return not found


def _read_text(type_: kinds.Text, text: str, node: Scalar, form: Form, name: str) -> Words:
    return Words(french_spaces(text) if form.language.tag.split("-")[0] == "fr" else text, form.language)


def _read_plain(type_: kinds.FieldType, text: str, node: Scalar, form: Form, name: str) -> str:
    return text


def _read_choice(type_: kinds.Choice, text: str, node: Scalar, form: Form, name: str) -> str | None:
    if text in type_.values:
        return text
    form.error(
        node.place,
        name.split(".")[-1],
        '"{value}" is not a {name}. {hint}Write one of: {values}.',
        value=text,
        name=name,
        hint=hint(text, type_.values),
        values=", ".join(type_.values),
    )
    return None


_DATE_REMEDY = {
    "ambiguous": '"{value}" is ambiguous: which is the day, which the month? Write it as 2012-02-12.',
    "impossible": '"{value}" is a day that no calendar has. Write it as 2012-02-12.',
    "not-a-date": '"{value}" is not a date. Write it as 2012-02-12{inherit}.',
}


def _read_moment(type_: kinds.Moment, text: str, node: Scalar, form: Form, name: str) -> Any:
    try:
        return parse_date(text)
    except DateError as error:
        inherits = name == "date" and "translation" in form.places
        inherit = ", or leave it out: a translation takes the date of its original" if inherits else ""
        form.error(node.place, "date", _DATE_REMEDY[error.reason], value=text, inherit=inherit)
        return None


def _read_number(type_: kinds.Number, text: str, node: Scalar, form: Form, name: str) -> float | int | None:
    digits = ascii_digits(text)
    pattern = r"[+-]?\d{1,12}" if type_.whole else r"[+-]?\d{1,12}(\.\d{1,12})?"
    number = float(digits) if re.fullmatch(pattern, digits) else None
    if number is not None and type_.least <= number <= type_.most:
        return int(number) if type_.whole else number
    form.error(
        node.place,
        "number",
        '"{value}" is not a {whole}number from {least:} to {most:}. Write "{name}" in digits.',
        value=text,
        whole="whole " if type_.whole else "",
        least=f"{type_.least:g}",
        most=f"{type_.most:.12g}",
        name=name,
    )
    return None


def _read_web(type_: kinds.Web, text: str, node: Scalar, form: Form, name: str) -> str | None:
    try:
        parts = urlsplit(text)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"]", text)
    except ValueError:
        fine = False
    if fine:
        return text
    form.error(
        node.place, "url", '"{value}" is not a web address. Write it whole, as https://example.org/page.', value=text
    )
    return None


def _read_bundled(type_: kinds.Bundled, text: str, node: Scalar, form: Form, name: str) -> str:
    form.mentions.append(Mention("", text, name, node.place))
    return text


def _read_text_id(type_: kinds.TextId, text: str, node: Scalar, form: Form, name: str) -> str:
    form.mentions.append(Mention(type_.kind, text, name, node.place))
    return text


def _read_tag(type_: kinds.Tag, text: str, node: Scalar, form: Form, name: str) -> str | None:
    if text in form.languages or (type_.foreign and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text)):
        return text
    form.error(
        node.place,
        "language",
        '"{value}" is not a language of this site. {hint}It has: {tags}.',
        value=text,
        hint=hint(text, form.languages.tags),
        tags=", ".join(form.languages.tags),
    )
    return None


def _read_old_address(type_: kinds.OldAddress, text: str, node: Scalar, form: Form, name: str) -> str | None:
    fine = text.startswith("/") and not text.startswith("//") and not re.search(r"[?#\\\s]|(^|/)\.\.?(/|$)", text)
    if fine and text != "/":
        return text
    form.error(
        node.place,
        "alias",
        '"{value}" cannot be an old address. Write the path from the site\'s root, as /2012/02/statement/ or /old.html.',
        value=text,
    )
    return None


_Reader = Callable[[Any, str, Scalar, Form, str], Any]
_READERS: Mapping[type, _Reader] = {
    kinds.Text: _read_text,
    kinds.Plain: _read_plain,
    kinds.Name: _read_plain,
    kinds.Choice: _read_choice,
    kinds.Moment: _read_moment,
    kinds.Number: _read_number,
    kinds.Web: _read_web,
    kinds.Bundled: _read_bundled,
    kinds.TextId: _read_text_id,
    kinds.Tag: _read_tag,
    kinds.OldAddress: _read_old_address,
}
