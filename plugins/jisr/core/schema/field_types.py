"""The types of declarations: types of fields; a field with its name, its type and where it is shown; a kind of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from jisr.core.frozen import dataclass
from jisr.core.model.document import Document

LONGEST_VALUE = 2000
"""Characters of a value whose type states no other limit: what is longer belongs into the text below."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words for a reader, in the language of the file that states them."""

    longest: int = LONGEST_VALUE  # in characters
    multiline: bool = False  # may hold line breaks
    plain: bool = False  # the value is a string, since its language is that of its version or of no interest


@dataclass(frozen=True, slots=True)
class RawString:
    """A string that is not read as language: an id of another system, a time zone."""

    longest: int = LONGEST_VALUE  # in characters


@dataclass(frozen=True, slots=True)
class EntityName:
    """The name of a person or organisation, which may also be a number or a word YAML takes for something else."""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """One of a few words."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateValue:
    """A day, with or without a time."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two bounds."""

    minimum: float
    maximum: float
    integer: bool = False


@dataclass(frozen=True, slots=True)
class WebUrl:
    """An absolute http or https address."""


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """An e-mail address."""


@dataclass(frozen=True, slots=True)
class DialledNumber:
    """A phone number, in a form that can be dialled from any country."""


@dataclass(frozen=True, slots=True)
class SignalAccount:
    """An account of Signal: a phone number, a username or its link."""


@dataclass(frozen=True, slots=True)
class KeyFingerprint:
    """The fingerprint of an OpenPGP key."""


@dataclass(frozen=True, slots=True)
class BooleanValue:
    """True or false; ``default`` is what a form offers."""

    default: bool = False


@dataclass(frozen=True, slots=True)
class ResolutionRef:
    """A resolution of another text, as ``2012-first-bloggers-conference#r6``."""


@dataclass(frozen=True, slots=True)
class BundleFile:
    """The name of a file that lies beside the text."""


@dataclass(frozen=True, slots=True)
class TextId:
    """The id of a text of a kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class LanguageTag:
    """The tag of one of the site's languages; any well-formed tag where ``foreign`` is set."""

    any_language: bool = False


@dataclass(frozen=True, slots=True)
class LegacyPath:
    """A path from the site's root at which a text stood before."""

    longest: int = 100_000  # in characters: how long a path can be is said where it is read


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; its items are all of one type, and so many at most."""

    item: FieldType
    most: int = 1000


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """A mapping with fields of its own; ``model`` makes its value from theirs."""

    fields: tuple[Field, ...]
    model: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Either:
    """One of two shapes: the second where a mapping (or list) stands, the first elsewhere."""

    scalar: FieldType
    structured: FieldType


FieldType = (
    Text | RawString | EntityName | Enumeration | DateValue | Number | WebUrl | EmailAddress | DialledNumber
    | SignalAccount | KeyFingerprint | BooleanValue | ResolutionRef | BundleFile | TextId | LanguageTag | LegacyPath
    | ListOf | FieldGroup | Either
)  # fmt: skip


def is_words(type_: FieldType) -> bool:
    """Whether a value is words, or may be: not an address, the name of a file, an id or a number."""
    return isinstance(type_, Text | RawString | EntityName)


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where a field is shown; an output that is not named does not show it, for the reason in ``why``.

    ``page``: the component of the theme, ``facts`` for a line that needs no component of its own. ``json_ld``: the property of
    schema.org, after a colon the type that wraps a name. ``data``: the key in ``/data/<lang>.json``, of a text or, within
    ``event``, of an event. ``record``: the key in its lists of members, organisations and people. ``feed``: the element of an
    Atom entry, with its prefix if it has one.
    """

    page: str = ""
    json_ld: str = ""
    data: str = ""
    record: str = ""
    feed: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the front matter: its name, its type, whether an original must have it, whether translations inherit it.

    ``part`` names the part of a document that holds its value (``profile``, ``provenance``); without it, the document does.
    """

    name: str
    type: FieldType
    outputs: Outputs
    required: bool = False
    inherited: bool = True
    part: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of text: the folder below ``content/``, how its texts are found, and its fields."""

    name: str
    fields: tuple[Field, ...]
    schema_type: str  # of schema.org: what a text of this kind is
    dated: bool = False  # its texts have a date, and are entries of feeds
    listed: bool = True  # has a page /<lang>/<kind>/
    in_menu: bool = False  # its listing is in the menu of the site
    is_entity: bool = False  # what its texts describe has a name, and a page that gathers the texts of others
    singular: str = ""
    kicker: str = ""  # over the title of one: a message of the theme (components/kind_singular.html)
    _by_name: Mapping[str, Field] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {one.name: one for one in self.fields})

    def get(self, name: str) -> Field | None:
        """Return the field of that name, or None."""
        return self._by_name.get(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its fields."""
        return tuple(self._by_name)


def field_value(one: Field, document: Document) -> Any:
    """Return the value of a field of a document."""
    return getattr(getattr(document, one.part) if one.part else document, one.name)
