"""Masks everything in a Markdown body that is not a word, and keeps the offset of every character.

An offset in the masked text is an offset in the file, and a rule that looks for a comma meets none in code, in a URL, in an
attribute of a tag.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SYNTAX, OPAQUE, ENTITY, LINKED = "\x00", "\x01", "\x02", "\x03"
"""The mask characters: for Markdown syntax; for visible text that is not ours to check; an entity; the target of a link.

The borders of a table cell become tabs, since words end there."""

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_SPACE = "[ \t\u00a0]"
_LEAD = re.compile(rf"(?P<indent>{_SPACE}*+(?>(?:>{_SPACE}*+)*))")
_ITEM = re.compile(rf"(?:[-+*]|[{DIGITS}]{{1,9}}[.)])(?:{_SPACE}+|(?=[\r\n]|$))")
_PREFIX = re.compile(rf"#{{1,6}}{_SPACE}+|\[\^[^\]\s]+\]:{_SPACE}*|:{_SPACE}{{1,3}}(?=\S)")
_DEFINITION = re.compile(r"\[[^\]\r\n]+\]:\s*(?:<|[^\s(]*(?:[/#:]|\.\w))")  # as link_targets.match_definition
_HEADING_END = re.compile(rf"(?<!{_SPACE}){_SPACE}+#+{_SPACE}*(?=[\r\n]|$)")
_SYNTAX_ONLY = re.compile(r"[\s|:*_=-]*")
_FENCE = re.compile(r"(`{3,})[^`\r\n]*|(~{3,})[^\r\n]*")
_VERBATIM = re.compile(r"<(pre|script|style|textarea)\b", re.IGNORECASE)
_CELLS = re.compile(rf"{_SPACE}*\|{_SPACE}*")
_MAX_PARAGRAPH = 10_000
"""Characters of a paragraph; in a longer one the end of an unclosed mark would be searched a thousand times."""
_LANGUAGE = re.compile(r"\{:[^{}\r\n]*\blang=[^{}\r\n]*\}", re.IGNORECASE)

_ADDRESS = r"(?:(?:https?|ftp)://|www\.)[^\s<>]*[^\s<>.,;:!?،؛؟)\]*_'\"’”»]|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
_ADDRESSES = re.compile(_ADDRESS)
_ENTITIES = re.compile(r"&(?:#\w{1,8}|[A-Za-z]\w{1,31});")
_INLINE = re.compile(
    r"(?P<opaque>\\&(?:\#\w{1,8}|[A-Za-z]\w{1,31});|\\[!-/:-@\[-`{-~]"
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


def mask(text: str, cover: str) -> str:
    """Return a text with each character replaced by a mask character, but for line ends.

    >>> mask("با\\n", OPAQUE)
    '\\x01\\x01\\n'
    """
    return re.sub(r"[^\r\n]", cover, text)


def mask_plain_text(text: str) -> str:
    """Mask the addresses and entities in a plain text, such as a title.

    >>> mask_plain_text("ناو: www.example.org").count(OPAQUE)
    15
    """
    text = _ENTITIES.sub(lambda match: mask(match[0], ENTITY), text)
    return _ADDRESSES.sub(lambda match: mask(match[0], OPAQUE), text)


def mask_body(body: str) -> str:
    """Mask a Markdown body.

    >>> mask_body("1. نص `a, b`\\n").replace(SYNTAX, "·").replace(OPAQUE, "¬")
    '···نص ¬¬¬¬¬¬\\n'
    """
    masker = _BodyMasker()
    for line in LINE.findall(body):
        masker.add_line(line)
    masker.close_block()
    return "".join(masker.masked)


def _mask_inline(block: str) -> str:
    """Mask a paragraph; all of it where it declares another language or is too long."""
    if len(block) > _MAX_PARAGRAPH or _LANGUAGE.search(block):
        return mask(block, OPAQUE)
    return _INLINE.sub(_mask_match, block)


def _mask_match(match: re.Match[str]) -> str:
    covers = {"opaque": OPAQUE, "linked": LINKED, "entity": ENTITY, "syntax": SYNTAX}
    return mask(match[0], next(cover for name, cover in covers.items() if match[name] is not None))


@dataclass(slots=True)
class _BodyMasker:
    """The state of masking a body line by line; a block is a run of lines with words."""

    masked: list[str] = field(default_factory=list)
    block: list[str] = field(default_factory=list)
    fence: str = ""
    verbatim: re.Pattern[str] | None = None  # the end of raw lines, shown or hidden
    hidden: bool = False
    items: list[int] = field(default_factory=list)  # the indentation of the text of each open list item
    is_after_blank: bool = True
    is_after_code: bool = False  # whether the line above is indented code

    def add_line(self, line: str) -> None:
        """Mask the next line."""
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
        """Mask the open block, and close it."""
        self.masked.append(_mask_inline("".join(self.block)))
        self.block = []

    def _mask_line(self, line: str, cover: str) -> None:
        self.close_block()
        self.masked.append(mask(line, cover))

    def _mask_verbatim(self, line: str) -> None:
        """Mask a line up to the end of a raw element or comment."""
        closing = self.verbatim.search(line) if self.verbatim else None
        cover = SYNTAX if self.hidden else OPAQUE
        if closing is None:
            self._mask_line(line, cover)
            return
        self.verbatim = None
        self.block.append(mask(line[: closing.end()], cover))
        self.block.append(line[closing.end() :])

    def _add_words(self, line: str) -> None:
        indent = _LEAD.match(line)
        start = indent.end() if indent else 0
        rest = line[start:]
        self.is_after_code = self._is_code(line, start)
        if self.is_after_code:
            self._mask_line(line, OPAQUE)
        elif fence := _FENCE.match(rest):
            self._mask_line(line, OPAQUE)
            self.fence = fence[1] or fence[2]
        elif _SYNTAX_ONLY.fullmatch(rest) or (_DEFINITION.match(rest) and not rest.startswith("[^")):
            self._mask_line(line, SYNTAX)
        elif rest.startswith("<!--") and "-->" not in rest:
            self._begin_verbatim(line, re.compile("-->"), hidden=True)
        elif (tag := _VERBATIM.match(rest)) and f"</{tag[1].lower()}>" not in rest.lower():
            self._begin_verbatim(line, re.compile(f"</{tag[1]}>", re.IGNORECASE), hidden=False)
        else:
            self._add_prose(line, start)

    def _begin_verbatim(self, line: str, until: re.Pattern[str], hidden: bool) -> None:
        self._mask_line(line, SYNTAX if hidden else OPAQUE)
        self.verbatim, self.hidden = until, hidden

    def _is_code(self, line: str, start: int) -> bool:
        """Whether a line is indented code: by four spaces more than the text around it."""
        width = _indent_width(line[:start])
        indent = _indent_width(line[:start].partition("\u00a0")[0])  # as the parser: no-break spaces indent no code
        if ">" in line[:start] or not (self.is_after_blank or self.is_after_code):
            return False
        while self.items and width < self.items[-1]:
            self.items.pop()
        return indent >= (self.items[-1] if self.items else 0) + 4

    def _add_prose(self, line: str, start: int) -> None:
        """Mask the block syntax of a line, and add the rest to the open block."""
        indent = _indent_width(line[:start])
        while marker := _ITEM.match(line, start):
            while self.items and indent < self.items[-1]:
                self.items.pop()
            indent = _indent_width(marker[0], indent)  # of what a marker adds: a line may hold any number of them
            self.items.append(indent)
            start = marker.end()
        if marker := _PREFIX.match(line, start):
            start = marker.end()
        end = len(line)
        if line[:start].rstrip().endswith("#") and (tail := _HEADING_END.search(line, start)):
            end = tail.start()
        words = line[start:end]
        if words.startswith("|"):
            words = _CELLS.sub(lambda cell: mask(cell[0], "\t"), words)
        self.block += [mask(line[:start], SYNTAX), words, mask(line[end:], SYNTAX)]
        if line[:start].rstrip().endswith("#"):
            self.close_block()


def _indent_width(text: str, column: int = 0) -> int:
    """Return the column at which a text ends that begins at a column, with tabs of four.

    >>> [_indent_width("\\t- "), _indent_width("-\\t", 3)]
    [6, 8]
    """
    offset = column % 4
    return column - offset + len((" " * offset + text).expandtabs(4))
