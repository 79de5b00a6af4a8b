r"""Words as Markdown that shows them as they are: whatever looks like markup is escaped, and as little else as can be.

What the markup room understands is CommonMark with tables, notes, attribute lists, definition lists and numbers of three
scripts (``plugins/jisr/markdown/README.md``): all of that is escaped here.
"""

from __future__ import annotations

import re

DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_SPECIAL_CHARACTERS = re.compile(
    r"(?P<always>[\\`*\[\]])|(?P<score>_)|(?P<tag><(?=[A-Za-z/!?]|\Z))|(?P<entity>&(?=#?\w{0,40}(?:;|\Z)))|(?P<list>\{(?=\s{0,2}[#.:]|\Z))"
)
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_BEGINS_BLOCK = re.compile(
    rf"[+-](?= |$)|#{{1,6}}(?= |$)|>|~~~|: {{1,3}}(?=\S)|=+ *$|[ |:-]+$|(?P<number>[{DIGITS}]{{1,9}})[.)](?= |$)"
)
_TICKS = re.compile("`+")


def escape_text(text: str, in_cell: bool = False) -> str:
    r"""Return words of a text; those of a ``in_cell`` of a table have no bar that would end it.

    >>> escape_text("[بيان](javascript:x) <b>*a* snake_case & &lt;"), escape_text("a|b {#x}", in_cell=True)
    ('\\[بيان\\](javascript:x) \\<b>\\*a\\* snake_case & \\&lt;', 'a\\|b &#123;#x}')
    """
    escaped = _SPECIAL_CHARACTERS.sub(lambda match: _escape_match(match, text), text)
    return escaped.replace("|", "\\|") if in_cell else escaped


def _escape_match(match: re.Match[str], text: str) -> str:
    if match["list"]:
        return "&#123;"  # a list of attributes is looked for before escapes are
    position = match.start()
    if match["score"] and 0 < position < len(text) - 1 and text[position - 1].isalnum() and text[position + 1].isalnum():
        return "_"
    return f"\\{match[0]}"


def escape_line_start(line: str) -> str:
    r"""Return a line of a paragraph, which must not begin a block.

    >>> tuple(map(escape_line_start, ("٤. نطالب", "- x", "---|---", "-5", "# x")))
    ('٤\\. نطالب', '\\- x', '\\---|---', '-5', '\\# x')
    """
    match = _BEGINS_BLOCK.match(line)
    if match is None:
        return line
    number = match["number"] or ""
    return f"{number}\\{line[len(number) :]}"


def escape_heading_end(line: str) -> str:
    r"""Return the words of a heading, which must not end as if its line did.

    >>> escape_heading_end("C ##")
    'C \\#\\#'
    """
    text = line.rstrip("#")
    return text + "\\#" * (len(line) - len(text))


def escape_url(url: str) -> str:
    r"""Return an address as it stands between the parentheses of a link.

    >>> escape_url("https://ar.example.org/جسر_(مبنى)?a&copy;")
    'https://ar.example.org/جسر_\\(مبنى\\)?a\\&copy;'
    """
    return _ENTITY.sub(r"\\&", re.sub(r"([()\\])", r"\\\1", url))


def code_span(text: str, in_cell: bool = False) -> str:
    """Return words as code within a line; where a cell cannot have them as code, as words.

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
    """Return a block of code as lines."""
    longest = max(map(len, _TICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *text.split("\n"), fence]
