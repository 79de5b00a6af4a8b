"""The words of a Markdown body, each where it was typed: everything that is no word is covered, and nothing moves.

What is covered keeps its length, so that a place found in the words is a place in the file. A rule that looks for a comma
meets none in code, in an address, in an attribute of a tag.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SYNTAX, OPAQUE, ENTITY, LINKED = "\x00", "\x01", "\x02", "\x03"
"""What covers: a mark of Markdown; what is read but is none of our words; an entity; the target behind a link's words.

The sides of a cell are covered by tabs, since words end there."""

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_SPACE = "[ \t\u00a0]"
_LEAD = re.compile(rf"(?P<indent>{_SPACE}*+(?>(?:>{_SPACE}*+)*))")
_ITEM = re.compile(rf"(?:[-+*]|[{DIGITS}]{{1,9}}[.)])(?:{_SPACE}+|(?=[\r\n]|$))")
_PREFIX = re.compile(rf"#{{1,6}}{_SPACE}+|\[\^[^\]\s]+\]:{_SPACE}*|:{_SPACE}{{1,3}}(?=\S)")
_DEFINITION = re.compile(r"\[[^\]\r\n]+\]:\s*\S")
_HEADING_END = re.compile(rf"(?<!{_SPACE}){_SPACE}+#+{_SPACE}*(?=[\r\n]|$)")
_SYNTAX_ONLY = re.compile(r"[\s|:*_=-]*")
_FENCE = re.compile(r"(`{3,})[^`\r\n]*|(~{3,})[^\r\n]*")
_VERBATIM = re.compile(r"<(pre|script|style|textarea)\b", re.IGNORECASE)
_CELLS = re.compile(rf"{_SPACE}*\|{_SPACE}*")
_MAX_PARAGRAPH = 10_000
"""Characters of a paragraph; in a longer one a mark that is never closed would be looked for a thousand times."""
_LANGUAGE = re.compile(r"\{:[^{}\r\n]*\blang=[^{}\r\n]*\}")

_ADDRESS = r"(?:(?:https?|ftp)://|www\.)[^\s<>]*[^\s<>.,;:!?،؛؟)\]*_'\"’”»]|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
_ADDRESSES = re.compile(_ADDRESS)
_INLINE = re.compile(
    r"(?P<opaque>\\[!-/:-@\[-`{-~]"
    r"|(?<!`)(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)"
    r"|<(?P<code>code|kbd|samp|var|tt|svg|math)\b[^<>]*>.*?</(?P=code)>"
    r"|<(?P<foreign>[a-z]+)\b[^<>]*\blang=[^<>]*>.*?</(?P=foreign)>"
    rf"|<(?:https?|mailto|tel):[^<>\s]*>|{_ADDRESS})"
    r"|(?P<linked>\]\((?>(?:[^()\\]++|\\.|\([^()]*\))*)\)|\]\[[^\[\]]*\])"
    r"|(?P<entity>&(?:\#\w{1,8}|[A-Za-z]\w{1,31});)"
    r"|(?P<syntax><!--.*?-->|</?[A-Za-z](?>(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*)>"
    r"|!\[|\[\^[^\]\s]+\]|\{[:#.][^{}\r\n]*\}|\*+|~~|(?<!\w)_+|_+(?!\w))",
    re.DOTALL | re.IGNORECASE,
)


def mask(text: str, by: str) -> str:
    """Return as many covers as a text has characters; its line ends stay.

    >>> mask("با\\n", OPAQUE)
    '\\x01\\x01\\n'
    """
    return re.sub(r"[^\r\n]", by, text)


def mask_plain_text(text: str) -> str:
    """Return the words of a text that is no Markdown, as a title: addresses are covered.

    >>> mask_plain_text("ناو: www.example.org").count(OPAQUE)
    15
    """
    return _ADDRESSES.sub(lambda found: mask(found[0], OPAQUE), text)


def mask_body(body: str) -> str:
    """Return the words of a Markdown body.

    >>> mask_body("1. نص `a, b`\\n").replace(SYNTAX, "·").replace(OPAQUE, "¬")
    '···نص ¬¬¬¬¬¬\\n'
    """
    reading = _BodyMasker()
    for line in LINE.findall(body):
        reading.add_line(line)
    reading.close_block()
    return "".join(reading.masked)


def _mask_inline(block: str) -> str:
    """Return a paragraph with all that is no word covered; one that says another language, or has no end, is none of ours."""
    if len(block) > _MAX_PARAGRAPH or _LANGUAGE.search(block):
        return mask(block, OPAQUE)
    return _INLINE.sub(_mask_match, block)


def _mask_match(found: re.Match[str]) -> str:
    kinds = {"opaque": OPAQUE, "linked": LINKED, "entity": ENTITY, "syntax": SYNTAX}
    return mask(found[0], next(cover for name, cover in kinds.items() if found[name] is not None))


@dataclass(slots=True)
class _BodyMasker:
    """A body while it is read line by line; a block is a run of lines that have words."""

    masked: list[str] = field(default_factory=list)
    block: list[str] = field(default_factory=list)
    fence: str = ""
    verbatim: re.Pattern[str] | None = None  # what ends the lines that are shown, or hidden, as typed
    hidden: bool = False
    items: list[int] = field(default_factory=list)  # where the words of the items begin that are open
    is_after_blank: bool = True

    def add_line(self, line: str) -> None:
        """Take the next line."""
        if self.fence:
            bare = line.strip().lstrip("> ")
            self._mask_line(line, OPAQUE)
            if bare.startswith(self.fence) and not bare.strip(self.fence[0]):
                self.fence = ""
        elif self.verbatim is not None:
            self._mask_verbatim(line)
        elif not line.strip():
            self.close_block()
            self.masked.append(line)
            self.is_after_blank = True
        else:
            self._add_words(line)
            self.is_after_blank = False

    def close_block(self) -> None:
        """Close the block that is open."""
        self.masked.append(_mask_inline("".join(self.block)))
        self.block = []

    def _mask_line(self, line: str, by: str) -> None:
        self.close_block()
        self.masked.append(mask(line, by))

    def _mask_verbatim(self, line: str) -> None:
        """Cover a line to the end of what stands as typed."""
        found = self.verbatim.search(line) if self.verbatim else None
        cover = SYNTAX if self.hidden else OPAQUE
        if found is None:
            self._mask_line(line, cover)
            return
        self.verbatim = None
        self.block.append(mask(line[: found.end()], cover))
        self.block.append(line[found.end() :])

    def _add_words(self, line: str) -> None:
        lead = _LEAD.match(line)
        begin = lead.end() if lead else 0
        rest = line[begin:]
        if self._is_code(line, begin):
            self._mask_line(line, OPAQUE)
        elif fence := _FENCE.match(rest):
            self._mask_line(line, OPAQUE)
            self.fence = fence[1] or fence[2]
        elif _SYNTAX_ONLY.fullmatch(rest) or (_DEFINITION.match(rest) and not rest.startswith("[^")):
            self._mask_line(line, SYNTAX)
        elif rest.startswith("<!--") and "-->" not in rest:
            self._begin_verbatim(line, re.compile("-->"), hidden=True)
        elif (found := _VERBATIM.match(rest)) and f"</{found[1].lower()}>" not in rest.lower():
            self._begin_verbatim(line, re.compile(f"</{found[1]}>", re.IGNORECASE), hidden=False)
        else:
            self._add_prose(line, begin)

    def _begin_verbatim(self, line: str, until: re.Pattern[str], hidden: bool) -> None:
        self._mask_line(line, SYNTAX if hidden else OPAQUE)
        self.verbatim, self.hidden = until, hidden

    def _is_code(self, line: str, begin: int) -> bool:
        """Whether a line is indented so far that it is code: by four spaces more than the words around it."""
        width = _indent_width(line[:begin])
        if ">" in line[:begin] or not self.is_after_blank:
            return False
        while self.items and width < self.items[-1]:
            self.items.pop()
        return width >= (self.items[-1] if self.items else 0) + 4

    def _add_prose(self, line: str, begin: int) -> None:
        """Take a line of words: its marks are covered, the rest waits for the end of its block."""
        while found := _ITEM.match(line, begin):
            indent = _indent_width(line[:begin])
            while self.items and indent < self.items[-1]:
                self.items.pop()
            self.items.append(_indent_width(line[: found.end()]))
            begin = found.end()
        if found := _PREFIX.match(line, begin):
            begin = found.end()
        end = len(line)
        if line[:begin].rstrip().endswith("#") and (tail := _HEADING_END.search(line, begin)):
            end = tail.start()
        words = line[begin:end]
        if words.startswith("|"):
            words = _CELLS.sub(lambda cell: mask(cell[0], "\t"), words)
        self.block += [mask(line[:begin], SYNTAX), words, mask(line[end:], SYNTAX)]
        if line[:begin].rstrip().endswith("#"):
            self.close_block()


def _indent_width(text: str) -> int:
    return len(text.expandtabs(4))
