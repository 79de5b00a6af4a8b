"""The YAML between the ``---`` lines: composed with line and column, never constructed."""

from __future__ import annotations

import re

import yaml

from jisr.content.read.plain_front_matter import NULL_VALUES, parse_simple_front_matter
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.schema.raw_values import RawList, RawMapping, RawNode, RawScalar

MAX_DEPTH = 20
_FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")
_TOO_DEEP = phrase("brackets are nested too deep")
_UNCLOSED = phrase("what opens here is not closed")
_ALIAS = phrase("a value begins with *")
_TAG = phrase("a value begins with !")
_ANCHOR = phrase("a value begins with &")
_FORBIDDEN_SIGNS = (_ALIAS, _TAG, _ANCHOR)  # YAML takes the word behind such a sign for its own, and it would be lost


@dataclass(frozen=True, slots=True)
class FrontMatterParts:
    """A file taken apart: the YAML (from line 2), the body and the line it begins at."""

    yaml: str
    body: str
    body_line: int


def split_front_matter(text: str, path: str) -> FrontMatterParts:
    """Take a file apart at its ``---`` lines.

    Raises ProblemsError where it doesn't begin with one, or the second is missing.
    """
    if not _FENCE.match(text):
        raise ProblemsError(
            Problem.error(
                SourceLocation(path),
                "frontmatter",
                "The file does not begin with front matter. Write --- alone on its first line, the fields "
                "(title: …) below it, and --- again.",
            )
        )
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise ProblemsError(
            Problem.error(
                SourceLocation(path),
                "frontmatter",
                "The front matter has no end. Write --- alone on a line below the last field.",
            )
        )
    return FrontMatterParts("\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2)


class _AliasError(yaml.MarkedYAMLError):
    """An alias (``*x``): it could blow a small file up to a large one, and nothing here needs it."""


class _Loader(yaml.SafeLoader):
    """Composes nodes; refuses aliases and deep nesting before they cost anything."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise _AliasError(None, None, _ALIAS.text, event.start_mark)  # type: ignore[arg-type]
        if event.tag is not None or event.anchor is not None:
            sign = _TAG if event.tag is not None else _ANCHOR
            raise yaml.MarkedYAMLError(problem=sign.text, problem_mark=event.start_mark)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem=_TOO_DEEP.text, problem_mark=event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def parse_front_matter(text: str, path: str, first_line: int = 2) -> RawMapping:
    """Return the fields of a front matter with their places.

    Raises ProblemsError where it isn't YAML, isn't a mapping, or states a field twice.
    """
    return parse_simple_front_matter(text, path, first_line) or _compose_yaml(text, path, first_line)


def _compose_yaml(text: str, path: str, first_line: int) -> RawMapping:
    try:
        node = yaml.compose(text, Loader=_Loader)
    except (yaml.MarkedYAMLError, RecursionError) as error:
        raise ProblemsError(_yaml_problem(error, path, first_line, text)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + first_line
        place = SourceLocation(path, line, error.position - text.rfind("\n", 0, error.position))
        raise ProblemsError(
            Problem.error(
                place,
                "control",
                "U+{point} is a control character that front matter cannot hold. Take it out.",
                point=f"{ord(error.character) if isinstance(error.character, str) else error.character:04X}",
            )
        ) from None
    if node is None:
        return RawMapping((), SourceLocation(path, first_line))
    converted = _convert(node, path, first_line)
    if isinstance(converted, RawMapping):
        return converted
    raise ProblemsError(
        Problem.error(
            converted.place, "frontmatter", "The front matter is not a list of fields. Write each as name: value on its line."
        )
    )


def _mark_place(mark: yaml.Mark, path: str, first_line: int) -> SourceLocation:
    return SourceLocation(path, mark.line + first_line, mark.column + 1)


def _convert(node: yaml.Node, path: str, first_line: int) -> RawNode:
    place = _mark_place(node.start_mark, path, first_line)
    if isinstance(node, yaml.ScalarNode):
        return RawScalar(
            node.value, place, empty=node.value.strip() in NULL_VALUES and (node.style is None or not node.value.strip())
        )
    if isinstance(node, yaml.SequenceNode):
        return RawList(tuple(_convert(item, path, first_line) for item in node.value), place)
    entries: dict[str, tuple[RawScalar, RawNode]] = {}
    for key, value in node.value:
        name = _convert(key, path, first_line)
        if not isinstance(name, RawScalar):
            raise ProblemsError(
                Problem.error(name.place, "yaml", "A field's name is a word, and brackets stand here. Put the value in quotes.")
            )
        if name.text in entries:
            raise ProblemsError(
                Problem.error(name.place, "yaml", '"{name}" is stated twice. Keep one of the two lines.', name=name.text)
            )
        entries[name.text] = (name, _convert(value, path, first_line))
    return RawMapping(tuple(entries.values()), place)


def _yaml_problem(error: Exception, path: str, first_line: int, text: str) -> Problem:
    """Say in plain words what a YAML parser says in its own."""
    said = str(getattr(error, "problem", None) or _TOO_DEEP.text)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    begun = getattr(error, "context_mark", None)
    opened = any(one in said for one in ("end of stream", "<stream end>", "block end", "document separator"))
    if opened and begun is not None and text[begun.index : begun.index + 1] in tuple("'\"[{"):
        mark, said = begun, _UNCLOSED.text
    place = _mark_place(mark, path, first_line) if mark else SourceLocation(path, first_line)
    lines = text.split("\n")
    line = lines[mark.line].strip() if mark and mark.line < len(lines) else ""
    why = next((one for one in (_TOO_DEEP, _UNCLOSED, *_FORBIDDEN_SIGNS) if one.text == said), parse_reason(said))
    text = '"{line}" cannot be read as YAML: {reason}. {remedy}'
    return Problem.error(place, "yaml", text, line=line, reason=why, remedy=_remedy(said))


def _remedy(reason: str) -> Phrase:
    if "mapping values are not allowed" in reason:
        return phrase('A value with a colon stands in quotes: title: "One: two".')
    if "not closed" in reason:
        return phrase("Close the quote or bracket.")
    if "\\t" in reason or "tab" in reason:
        return phrase("Indent with spaces, not with tabs.")
    if reason in {one.text for one in _FORBIDDEN_SIGNS} or "found character" in reason or "nested" in reason:
        return phrase("Put the value in quotes.")
    return phrase('Write each field as name: value on a line of its own, and put a value with : # [ ] {{ }} or quotes in "…".')
