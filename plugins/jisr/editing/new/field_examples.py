"""The fields of a kind as an editor finds them in a new file: each with a value that could stand there."""

from __future__ import annotations

from jisr.core.frozen import dataclass
from jisr.core.model.site import Site
from jisr.core.schema import kinds

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
_ELLIPSIS = '"…"'


@dataclass(frozen=True, slots=True)
class ExampleValues:
    """Values for examples, as the site has them: its day, its time zone, ids of its texts; the language of the file."""

    site: Site
    tag: str

    def field_lines(self, field: kinds.Field) -> list[str]:
        """Return a field as lines of YAML: a mapping with mappings in it a line for each, anything else on one."""
        if isinstance(field.type, kinds.FieldGroup) and any(
            isinstance(one.type, kinds.FieldGroup) for one in field.type.fields
        ):
            return [f"{field.name}:", *(f"  {one.name}: {self.example_value(one.type, one.name)}" for one in field.type.fields)]
        return [f"{field.name}: {self.example_value(field.type, field.name)}"]

    def example_value(self, type_: kinds.FieldType, name: str) -> str:
        """Return a value of a type on one line of YAML."""
        if name == "timezone":
            return self.site.timezone.key
        if name in _EXAMPLES_BY_NAME:
            return _EXAMPLES_BY_NAME[name]
        if isinstance(type_, kinds.Either):
            return self.example_value(type_.scalar, name)
        if isinstance(type_, kinds.ListOf):
            return f"[{self.example_value(type_.item, name)}]"
        if isinstance(type_, kinds.FieldGroup):
            return "{" + ", ".join(f"{one.name}: {self.example_value(one.type, one.name)}" for one in type_.fields) + "}"
        return self._single_value(type_)

    def _single_value(self, type_: kinds.FieldType) -> str:
        if isinstance(type_, kinds.DateValue):
            return self.site.today.isoformat()
        if isinstance(type_, kinds.WebUrl):
            return "https://example.org/"
        if isinstance(type_, kinds.LegacyPath):
            return "/old/address.html"
        if isinstance(type_, kinds.EmailAddress):
            return "name@example.org"
        if isinstance(type_, kinds.BooleanValue):
            return "true"
        if isinstance(type_, kinds.ResolutionRef):
            return self._single_value(kinds.TextId("statements")) + "#r1"
        if isinstance(type_, kinds.LanguageTag):
            return self.tag
        if isinstance(type_, kinds.Enumeration):
            return type_.values[0]
        if isinstance(type_, kinds.Number):
            return f"{max(type_.minimum, 0):g}"
        if isinstance(type_, kinds.BundleFile):
            return "photo.jpg"
        if isinstance(type_, kinds.TextId):
            return next((texts.id for texts in self.site.of_kind(type_.kind)), "an-id")
        return _ELLIPSIS
