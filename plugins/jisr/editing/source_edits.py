"""Edits of a source file: its pin, the value of a field, the words of blocks. Every other character stays."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from jisr.content.read.source_file import SourceFile, parse_source_file
from jisr.core.diagnostics.problems import ProblemsError
from jisr.core.translation.blocks import TextBlock, split_blocks
from jisr.core.translation.gaps import COMMENT

_JOINERS = "\u200c\u200d"


def quote_yaml(text: str) -> str:
    r"""Return a text as a quoted YAML scalar on one line, invisible characters as escapes.

    >>> print(quote_yaml('بيان: "الماء"\n حقّ'))
    "بيان: \"الماء\" حقّ"
    """
    quoted = json.dumps(" ".join(text.split()), ensure_ascii=False)
    return re.sub(r"[^\n]", lambda match: _escape_invisible(match[0]), quoted)


def _escape_invisible(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    point = ord(character)
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def set_pin(file: SourceFile, pin: str) -> str:
    """Return the text of a translation with a pin in its ``translation`` field.

    Raises ValueError where the field cannot be found, or where another value would change.

    >>> print(set_pin(parse_source_file("---\\ntitle: ئاو\\ntranslation: {of: ar}\\n---\\n", "a.md"), "0a1b2c"), end="")
    ---
    title: ئاو
    translation: {of: ar, pin: "0a1b2c"}
    ---
    """
    fields = file.field("translation")
    pairs = {key.value: (key, value) for key, value in fields.value} if isinstance(fields, yaml.MappingNode) else {}
    if not isinstance(fields, yaml.MappingNode) or "of" not in pairs:
        raise ValueError(file.path)
    value = f'"{pin}"'
    if "pin" in pairs:
        start, end = file.span(pairs["pin"][1])
        value = f" {value}" if start == end else value
    elif fields.flow_style:
        inner = file.text[: file.span(fields)[1] - 1].rstrip()
        start = end = len(inner)
        separator = "" if inner.endswith((",", "{")) else ","
        value = f"{separator} pin: {value}"
    else:
        key, of = pairs["of"]
        line = re.compile(r"[^\r\n]*").match(file.text, file.span(of)[1])
        start = end = line.end() if line else file.span(of)[1]
        value = f"{file.newline}{' ' * key.start_mark.column}pin: {value}"
    text = file.text[:start] + value + file.text[end:]
    _verify_pin(file, text, pin)
    return text


def _verify_pin(before: SourceFile, text: str, pin: str) -> None:
    """Raise ValueError where a text differs from a file in more than its pin."""
    try:
        after = parse_source_file(text, before.path)
        old, new = _plain_fields(before), _plain_fields(after)
    except ProblemsError:
        raise ValueError(pin) from None
    old["translation"].pop("pin", None)
    if new.get("translation", {}).pop("pin", None) != pin or old != new or before.body != after.body:
        raise ValueError(pin)


def _plain_fields(file: SourceFile) -> dict[str, Any]:
    """Return the fields of a file as mappings, lists and strings."""
    fields: dict[str, Any] = _plain_value(file.root)
    return fields


def _plain_value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain_value(value) for key, value in node.value}
    return [_plain_value(item) for item in node.value] if isinstance(node, yaml.SequenceNode) else node.value


def set_value(file: SourceFile, name: str, value: str) -> str:
    """Return the text of a file with another value, on one line, of a field; a new field becomes the first one.

    >>> print(set_value(parse_source_file("---\\ntitle: ئاو # كذا\\n---\\n", "a.md"), "title", "ئاو مافە"), end="")
    ---
    title: "ئاو مافە" # كذا
    ---
    """
    node, quoted = file.field(name), quote_yaml(value)
    if node is None:
        start = file.front_matter_start
        return f"{file.text[:start]}{name}: {quoted}{file.newline}{file.text[start:]}"
    start, end = file.span(node)
    line_end = file.newline if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") else ""
    return f"{file.text[:start]}{quoted}{line_end}{file.text[end:]}"


def split_lines(body: str) -> list[str]:
    """Return the lines of a body with their ends."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", body)


def find_line_range(block: TextBlock, lines: Sequence[str], first: int, following: int) -> tuple[int, int]:
    """Return the range of a block in the lines of a body; ``first`` is the number of the first line.

    ``following`` is the number of the line where the next block begins. Raises ValueError where the range is not certain.
    """
    start = block.line - first
    for end in range(start + max(1, len(block.lines)), following - first + 1):
        blocks = split_blocks("".join(lines[start:end]))
        if [(one.kind, one.text) for one in blocks] == [(block.kind, block.text)]:
            return start, end
    raise ValueError(block.text)


def replace_words(block: TextBlock, lines: Sequence[str], words: str) -> str:
    """Return the lines of a block with other words in it. Raises ValueError where they would not be one block of its kind."""
    line, comments = COMMENT.sub("", lines[0]), [comment[0] for comment in COMMENT.finditer("".join(lines))]
    column = line.find(block.lines[0].strip())
    if column < 0:
        raise ValueError(words)
    prefix, newline = line[:column], lines[0][len(lines[0].rstrip("\r\n")) :]
    indent = re.sub(r"[^>\s]", " ", prefix)
    hard_break = "" if block.kind in ("heading", "row") else "  "
    new_lines = [line.strip() for line in words.strip().split("\n")]
    broken_lines = (line if line.endswith("\\") else line + hard_break for line in new_lines[:-1])
    before = "".join(f"{line}{newline or chr(10)}{indent}" for line in broken_lines)
    rest = "".join(lines[len(block.lines) :]) if block.kind == "heading" else ""
    new_lines[-1] = _add_comments(new_lines[-1], comments)
    text = f"{prefix}{before}{new_lines[-1]}{newline}{rest}"
    if [one.kind for one in split_blocks(text)] != [block.kind]:
        raise ValueError(words)
    return text


def _add_comments(line: str, comments: Sequence[str]) -> str:
    """Return the last line of a block with the comments that were in it; a row ends in its border."""
    if not comments:
        return line
    is_row = line.startswith("|") and line.endswith("|")
    return f"{line[:-1].rstrip()} {' '.join(comments)} |" if is_row else f"{line} {' '.join(comments)}"


def replace_block_lines(body: str, blocks: Sequence[TextBlock], first: int, replacements: Mapping[int, str]) -> str:
    """Return a body with other lines for some of its blocks, by their index; ``first`` is the number of its first line.

    Raises ValueError where the range of a block is not certain.
    """
    lines = split_lines(body)
    following = [block.line for block in blocks[1:]] + [first + len(lines)]
    for index in sorted(replacements, reverse=True):
        start, end = find_line_range(blocks[index], lines, first, following[index])
        lines[start:end] = [replacements[index]]
    return "".join(lines)
