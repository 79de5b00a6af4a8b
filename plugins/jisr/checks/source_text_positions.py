"""A file as typed, with the words in it: the values of its front matter that readers read, and those of its body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

import yaml

from jisr.checks.masking import LINE, OPAQUE, SYNTAX, mask, mask_body, mask_plain_text
from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.schema.kinds import Either, Field, FieldGroup, FieldType, Kind, ListOf, Text

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*(?:\r\n|\r|\n)(?P<yaml>(?:[^\r\n]*(?:\r\n|\r|\n))*?)---[ \t]*(?:\r\n|\r|\n|\Z)")
_QUOTES = ("'", '"')


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value of the front matter that readers read: where its characters begin and end, and what it says."""

    name: str
    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class MaskedFile:
    """A file: its text, the same text with all covered that is no word, where its body begins."""

    path: str
    kind: Kind
    language: Language
    text: str
    masked: str
    body_start: int
    front_matter: tuple[int, int]
    values: tuple[FieldValue, ...]
    scalars: dict[str, str]
    line_starts: tuple[int, ...]

    def place_at(self, at: int) -> SourceLocation:
        """Return the line and column of a character."""
        line = bisect_right(self.line_starts, at)
        return SourceLocation(self.path, line, at - self.line_starts[line - 1] + 1)

    def field_text(self, name: str) -> str:
        """Return what a field says, or nothing."""
        return next((one.text for one in self.values if one.name == name), "")

    @property
    def is_draft(self) -> bool:
        """Whether readers do not see it yet, so that it may be unfinished."""
        return self.scalars.get("status") == "draft"

    @property
    def lines(self) -> list[tuple[int, str, str]]:
        """The lines of the body without their ends: where each begins, as typed, and its words."""
        found = [
            one
            for one in zip(self.line_starts, (*self.line_starts[1:], len(self.text)), strict=True)
            if one[0] >= self.body_start
        ]
        return [
            (begin, self.text[begin:end].rstrip("\r\n"), self.masked[begin:end].rstrip("\r\n"))
            for begin, end in found
            if begin < end
        ]


def parse_masked_file(text: str, path: str, kind: Kind, language: Language) -> MaskedFile:
    """Return a file as a manuscript. Raises ValueError where it has no front matter that can be read.

    >>> from jisr.core.schema.kinds import Kinds
    >>> from jisr.core.i18n.languages import build_languages
    >>> page = parse_masked_file("---\\ntitle: ناو\\n---\\nدەق", "a.md", Kinds().get("pages"), build_languages(["ckb"])["ckb"])
    >>> page.field_text("title"), page.place_at(page.body_start).line
    ('ناو', 4)
    """
    found = _FRONT_MATTER.match(text)
    if found is None:
        raise ValueError(path)
    begin = found.start("yaml")
    # A no-break space is a plain one for those who read the fields, too.
    node = _compose_yaml(found["yaml"].replace("\u00a0", " "))
    values = tuple(_text_values(node, kind.fields, begin, text)) if isinstance(node, yaml.MappingNode) else ()
    words = mask(text[: found.end()], OPAQUE)
    for one in values:
        said = mask_plain_text(text[one.begin : one.end])
        if text[one.end : one.end + 1] in _QUOTES:
            said += SYNTAX  # so that the end of a value is one for its words, too
        words = words[: one.begin] + said + words[one.begin + len(said) :]
    return MaskedFile(
        path=path,
        kind=kind,
        language=language,
        text=text,
        masked=words + mask_body(text[found.end() :]),
        body_start=found.end(),
        front_matter=found.span("yaml"),
        values=values,
        scalars=_read_scalars(node),
        line_starts=(0, *accumulate(len(line) for line in LINE.findall(text) if line))[:-1] or (0,),
    )


def _compose_yaml(text: str) -> yaml.Node | None:
    """Return the fields. Raises ValueError where they are no YAML."""
    if re.search(r"(?m)[:\s\[{,-]\*\w", text):
        raise ValueError(text)  # an alias, which no front matter may have: composing it could take for ever
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        raise ValueError(text) from None


def _read_scalars(node: yaml.Node | None) -> dict[str, str]:
    """Return the fields that are single values, and those of ``translation``."""
    found: dict[str, str] = {}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(value, yaml.ScalarNode):
            found[str(key.value)] = value.value
        elif isinstance(value, yaml.MappingNode) and key.value == "translation":
            found.update({f"translation.{name}": text for name, text in _read_scalars(value).items()})
    return found


def _text_values(
    node: yaml.MappingNode, fields: tuple[Field, ...], at: int, text: str, above: str = ""
) -> Iterator[FieldValue]:
    """Return the values that are declared to be words for readers, in their order."""
    declared = {one.name: one.type for one in fields}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value in declared:
            yield from _node_values(value, declared[key.value], at, text, above + key.value)


def _node_values(node: yaml.Node, declared: FieldType, at: int, text: str, name: str) -> Iterator[FieldValue]:
    if isinstance(declared, Either):
        full = isinstance(node, yaml.MappingNode if isinstance(declared.structured, FieldGroup) else yaml.SequenceNode)
        declared = declared.structured if full else declared.scalar
    if isinstance(declared, Either):
        yield from _node_values(node, declared, at, text, name)
    elif isinstance(declared, FieldGroup) and isinstance(node, yaml.MappingNode):
        yield from _text_values(node, declared.fields, at, text, f"{name}.")
    elif isinstance(declared, ListOf) and isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _node_values(one, declared.item, at, text, name)
    elif isinstance(declared, Text) and isinstance(node, yaml.ScalarNode) and node.value.strip():
        begin, end = at + node.start_mark.index, at + node.end_mark.index
        if node.style in _QUOTES:
            begin, end = begin + 1, end - 1
        elif node.style is not None:  # | or >, whose lines begin below it
            begin = text.index("\n", begin) + 1
        yield FieldValue(name, begin, end, node.value)
