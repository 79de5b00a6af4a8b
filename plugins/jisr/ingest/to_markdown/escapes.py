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


def escape_text(words: str, cell: bool = False) -> str:
    r"""Return words of a text; those of a ``cell`` of a table have no bar that would end it.

    >>> escape_text("[بيان](javascript:x) <b>*a* snake_case & &lt;"), escape_text("a|b {#x}", cell=True)
    ('\\[بيان\\](javascript:x) \\<b>\\*a\\* snake_case & \\&lt;', 'a\\|b &#123;#x}')
    """
    safe = _SPECIAL_CHARACTERS.sub(lambda found: _escape_match(found, words), words)
    return safe.replace("|", "\\|") if cell else safe


def _escape_match(found: re.Match[str], words: str) -> str:
    if found["list"]:
        return "&#123;"  # a list of attributes is looked for before escapes are
    at = found.start()
    if found["score"] and 0 < at < len(words) - 1 and words[at - 1].isalnum() and words[at + 1].isalnum():
        return "_"
    return f"\\{found[0]}"


def escape_line_start(line: str) -> str:
    r"""Return a line of a paragraph, which must not begin a block.

    >>> tuple(map(escape_line_start, ("٤. نطالب", "- x", "---|---", "-5", "# x")))
    ('٤\\. نطالب', '\\- x', '\\---|---', '-5', '\\# x')
    """
    found = _BEGINS_BLOCK.match(line)
    if found is None:
        return line
    number = found["number"] or ""
    return f"{number}\\{line[len(number) :]}"


def escape_heading_end(line: str) -> str:
    r"""Return the words of a heading, which must not end as if its line did.

    >>> escape_heading_end("C ##")
    'C \\#\\#'
    """
    words = line.rstrip("#")
    return words + "\\#" * (len(line) - len(words))


def escape_url(whole: str) -> str:
    r"""Return an address as it stands between the parentheses of a link.

    >>> escape_url("https://ar.example.org/جسر_(مبنى)?a&copy;")
    'https://ar.example.org/جسر_\\(مبنى\\)?a\\&copy;'
    """
    return _ENTITY.sub(r"\\&", re.sub(r"([()\\])", r"\\\1", whole))


def code_span(words: str, cell: bool = False) -> str:
    """Return words as code within a line; where a cell cannot have them as code, as words.

    >>> code_span("a`b"), code_span("x|y", cell=True)
    ('``a`b``', '`x\\\\|y`')
    """
    if cell and "|" in words:
        if "\\|" in words:
            return escape_text(words, cell)
        words = words.replace("|", "\\|")
    runs = {len(run) for run in _TICKS.findall(words)}
    ticks = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    padded = words[0] == "`" or words[-1] == "`"
    return f"{ticks} {words} {ticks}" if padded else f"{ticks}{words}{ticks}"


def fence_code(text: str) -> list[str]:
    """Return a block of code as lines."""
    longest = max(map(len, _TICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *text.split("\n"), fence]
