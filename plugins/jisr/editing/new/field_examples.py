"""Example values of fields, for new files and snippets."""

from __future__ import annotations

from collections.abc import Mapping

from jisr.core.frozen import dataclass
from jisr.core.model.site import Site
from jisr.core.schema import field_types

_EXAMPLES_BY_NAME = {
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
_EXAMPLES_BY_TYPE: Mapping[type, str] = {
    field_types.WebUrl: "https://example.org/",
    field_types.LegacyPath: "/old/address.html",
    field_types.EmailAddress: "name@example.org",
    field_types.DialledNumber: '"+964 770 123 4567"',
    field_types.SignalAccount: "example.42",
    field_types.KeyFingerprint: '"0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567"',
    field_types.BooleanValue: "true",
    field_types.BundleFile: "photo.jpg",
}


@dataclass(frozen=True, slots=True)
class ExampleValues:
    """The source of examples: the date, time zone and text ids of a site, and the language of the file."""

    site: Site
    tag: str

    def field_lines(self, field: field_types.Field) -> list[str]:
        """Return a field as lines of YAML: nested mappings on a line each, anything else on one."""
        inner = field.type.fields if isinstance(field.type, field_types.FieldGroup) else ()
        if any(isinstance(one.type, field_types.FieldGroup) for one in inner):
            return [f"{field.name}:", *(f"  {one.name}: {self.example_value(one.type, one.name)}" for one in inner)]
        return [f"{field.name}: {self.example_value(field.type, field.name)}"]

    def example_value(self, type_: field_types.FieldType, name: str) -> str:
        """Return an example of a type as one line of YAML."""
        if name == "timezone":
            return self.site.timezone.key
        if name in _EXAMPLES_BY_NAME:
            return _EXAMPLES_BY_NAME[name]
        if isinstance(type_, field_types.Either):
            return self.example_value(type_.scalar, name)
        if isinstance(type_, field_types.ListOf):
            return f"[{self.example_value(type_.item, name)}]"
        if isinstance(type_, field_types.FieldGroup):
            return "{" + ", ".join(f"{one.name}: {self.example_value(one.type, one.name)}" for one in type_.fields) + "}"
        return self._single_value(type_)

    def _single_value(self, type_: field_types.FieldType) -> str:
        if isinstance(type_, field_types.DateValue):
            return self.site.today.isoformat()
        if isinstance(type_, field_types.ResolutionRef):
            return self._single_value(field_types.TextId("statements")) + "#r1"
        if isinstance(type_, field_types.LanguageTag):
            return self.tag
        if isinstance(type_, field_types.Enumeration):
            return type_.values[0]
        if isinstance(type_, field_types.Number):
            return f"{max(type_.minimum, 0):g}"
        if isinstance(type_, field_types.TextId):
            return next((texts.id for texts in self.site.of_kind(type_.kind)), "an-id")
        return _EXAMPLES_BY_TYPE.get(type(type_), '"…"')
