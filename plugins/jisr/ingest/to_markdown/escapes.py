r"""Escapes: text as Markdown that renders to the same text, with as few backslashes as possible.

Our Markdown is CommonMark with tables, footnotes, attribute lists, definition lists and numbers of three scripts
(``plugins/jisr/markdown/README.md``); its rules for the starts of blocks are those of the parser itself.
"""

from __future__ import annotations

import re

from jisr.markdown.blocks import block_starts
from jisr.markdown.blocks.tables import parse_alignments

_SPECIAL_CHARACTERS = re.compile(
    r"(?P<always>[\\`*\[\]])|(?P<score>_)|(?P<tag><(?=[A-Za-z/!?]|\Z))|(?P<entity>&(?=#?\w{0,40}(?:;|\Z)))|(?P<list>\{(?=\s{0,2}[#.:]|\Z))"
)
_ADDRESS_END = re.compile(r":(?=//\S*\Z)|(?<=ww)\.(?=\S*\Z)|@(?=\S*\Z)", re.IGNORECASE)
_ADDRESS_TO_BRACE = re.compile(_ADDRESS_END.pattern.replace(r"\S*\Z", r"\S{0,200}&#123;"), re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_BLOCK_STARTS = (
    block_starts.QUOTE,
    block_starts.HEADING,
    block_starts.UNDERLINE,
    block_starts.THEMATIC_BREAK,
    block_starts.FENCE,
    block_starts.NOTE,
    block_starts.DESCRIPTION,
)
_NUMBER = re.compile(r"\d*")
_TICKS = re.compile("`+")


def escape_text(text: str, in_cell: bool = False) -> str:
    r"""Return text with its markup escaped, and its bars in the cell of a table.

    >>> escape_text("[بيان](javascript:x) <b>*a* snake_case & &lt;"), escape_text("a|b {#x}", in_cell=True)
    ('\\[بيان\\](javascript:x) \\<b>\\*a\\* snake_case & \\&lt;', 'a\\|b &#123;#x}')
    """
    escaped = _SPECIAL_CHARACTERS.sub(lambda match: _escape_match(match, text), text)
    if "&#123;" in escaped:  # a bare address would take it as it is written
        escaped = _ADDRESS_TO_BRACE.sub(r"\\\g<0>", escaped)
    return escaped.replace("|", "\\|") if in_cell else escaped


def _escape_match(match: re.Match[str], text: str) -> str:
    if match["list"]:
        return "&#123;"  # attribute lists are parsed before escapes
    position = match.start()
    if match["score"] and 0 < position < len(text) - 1 and text[position - 1].isalnum() and text[position + 1].isalnum():
        return "_"
    return f"\\{match[0]}"


def escape_address_end(text: str) -> str:
    r"""Return escaped text that markup follows at once: a bare address at its end would take it for a part of itself.

    >>> escape_address_end("see https://example.org/"), escape_address_end("https://example.org/ see")
    ('see https\\://example.org/', 'https://example.org/ see')
    """
    return _ADDRESS_END.sub(r"\\\g<0>", text)


def escape_line_start(line: str) -> str:
    r"""Return a line of a paragraph that does not start a block, and does not make the line before it a heading or a table.

    >>> tuple(map(escape_line_start, ("٤. نطالب", "- x", "---|---", "-5", "# x")))
    ('٤\\. نطالب', '\\- x', '\\---|---', '-5', '\\# x')
    """
    if block_starts.match_marker(line, 0):
        position = _NUMBER.match(line).end()  # type: ignore[union-attr]
        return f"{line[:position]}\\{line[position:]}"
    starts_block = any(start.match(line) for start in _BLOCK_STARTS) or parse_alignments(line)
    return f"\\{line}" if starts_block else line  # the tags of HTML blocks are escaped wherever they are


def escape_heading_end(line: str) -> str:
    r"""Return the text of a heading without a closing sequence of ``#``.

    >>> escape_heading_end("C ##"), escape_heading_end("C#")
    ('C \\#\\#', 'C#')
    """
    if block_starts.HEADING_END.search(line) is None:
        return line
    text = line.rstrip("#")
    return text + "\\#" * (len(line) - len(text))


def escape_url(url: str) -> str:
    r"""Return an address escaped for the parentheses of a link.

    >>> escape_url("https://ar.example.org/جسر_(مبنى)?a&copy;")
    'https://ar.example.org/جسر_\\(مبنى\\)?a\\&copy;'
    """
    return _ENTITY.sub(r"\\&", re.sub(r"([()\\])", r"\\\1", url))


def code_span(text: str, in_cell: bool = False) -> str:
    """Return text as a code span, or as plain text where the cell of a table cannot have it as code.

    >>> code_span("a`b"), code_span("x|y", in_cell=True)
    ('``a`b``', '`x\\\\|y`')
    """
    if in_cell and "|" in text:
        if "\\|" in text:
            return escape_text(text, in_cell)
        text = text.replace("|", "\\|")
    runs = {len(run) for run in _TICKS.findall(text)}
    ticks = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    is_padded = text[0] == "`" or text[-1] == "`"
    return f"{ticks} {text} {ticks}" if is_padded else f"{ticks}{text}{ticks}"


def fence_code(text: str) -> list[str]:
    """Return the lines of a fenced code block."""
    longest = max(map(len, _TICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *text.split("\n"), fence]
