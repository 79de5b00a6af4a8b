"""The fields of a kind as an editor finds them in a new file: each with a value that could stand there."""

from __future__ import annotations

import json
import re

from jisr.core.frozen import dataclass
from jisr.core.model.site import Site
from jisr.core.schema import kinds

_JOINERS = "\u200c\u200d"
_NAMED = {
    "file": "photo.jpg",
    "programme": "programme.pdf",
    "latitude": "36.19",
    "longitude": "44.01",
    "participants": "70",
    "participants_about": "100",
    "menu": "10",
    "limit": "50",
    "republish": "full",
    "status": "draft",
    "guid": '"https://example.org/?p=1"',
    "licence": '"CC BY 4.0"',
}
_DOTS = '"…"'


@dataclass(frozen=True, slots=True)
class Sampler:
    """Values for examples, as the site has them: its day, its time zone, ids of its texts; the language of the file."""

    site: Site
    tag: str

    def lines(self, field: kinds.Field) -> list[str]:
        """Give a field as lines of YAML: a mapping with mappings in it a line for each, anything else on one."""
        if isinstance(field.type, kinds.Group) and any(isinstance(one.type, kinds.Group) for one in field.type.fields):
            return [f"{field.name}:", *(f"  {one.name}: {self.value(one.type, one.name)}" for one in field.type.fields)]
        return [f"{field.name}: {self.value(field.type, field.name)}"]

    def value(self, type_: kinds.FieldType, name: str) -> str:
        """Give a value of a type on one line of YAML."""
        if name == "timezone":
            return self.site.timezone.key
        if name in _NAMED:
            return _NAMED[name]
        if isinstance(type_, kinds.Either):
            return self.value(type_.simple, name)
        if isinstance(type_, kinds.ListOf):
            return f"[{self.value(type_.item, name)}]"
        if isinstance(type_, kinds.Group):
            return "{" + ", ".join(f"{one.name}: {self.value(one.type, one.name)}" for one in type_.fields) + "}"
        return self._single(type_)

    def _single(self, type_: kinds.FieldType) -> str:
        if isinstance(type_, kinds.Moment):
            return self.site.today.isoformat()
        if isinstance(type_, kinds.Web):
            return "https://example.org/"
        if isinstance(type_, kinds.OldAddress):
            return "/old/address.html"
        if isinstance(type_, kinds.Email):
            return "name@example.org"
        if isinstance(type_, kinds.Flag):
            return "true"
        if isinstance(type_, kinds.Cited):
            return self._single(kinds.TextId("statements")) + "#r1"
        if isinstance(type_, kinds.Tag):
            return self.tag
        if isinstance(type_, kinds.Choice):
            return type_.values[0]
        if isinstance(type_, kinds.Number):
            return f"{max(type_.least, 0):g}"
        if isinstance(type_, kinds.Bundled):
            return "photo.jpg"
        if isinstance(type_, kinds.TextId):
            return next((texts.id for texts in self.site.of_kind(type_.kind)), "an-id")
        return _DOTS


def quoted(text: str) -> str:
    r"""Give words as a YAML value on one line; what cannot be seen is written as an escape.

    >>> print(quoted('بيان: "الماء"\n حقّ'))
    "بيان: \"الماء\" حقّ"
    """
    written = json.dumps(" ".join(text.split()), ensure_ascii=False)
    return re.sub(r"[^\n]", lambda found: _visible(found[0]), written)


def _visible(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    point = ord(character)
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"
