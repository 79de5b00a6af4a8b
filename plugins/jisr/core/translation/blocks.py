"""Blocks of a text, each with a short hash: a translation records those of its original, so that changes are found without git.

A block is a unit of translation: the title, the summary, a heading, a paragraph, an item of a list, a row of a table, a block
of code. The rules are those of CommonMark (https://spec.commonmark.org/0.31.2/#blocks-and-inlines) as far as they decide where
a block begins, and no more: a change of Markdown formatting alone changes no hash.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import field

from jisr.core.frozen import dataclass

DIGEST_LENGTH = 6
"""Characters of a hash: two blocks have the same by chance in about one of 16 million pairs."""

_PIN = re.compile(rf"[0-9a-f]{{{DIGEST_LENGTH}}}(?:[\s.]+[0-9a-f]{{{DIGEST_LENGTH}}})*")
_HARD_BREAK = re.compile(r"( {2,}|\\)$")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_FENCE = re.compile(r"\s*(`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r"\s*#{1,6}(?=\s|$)")
_HEADING_END = re.compile(r"\s#+\s*$")
_UNDERLINE = re.compile(r"\s*(?:=+|-+)\s*$")
_RULE = re.compile(r"\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_ITEM = re.compile(r"(\s*)([-+*]|(\d{1,9})[.)])(?:\s+|$)")
_DEFINITION_LINE = re.compile(r"\s*(?:\[\^?[^\]]+\]:|:\s)")  # a footnote, a link definition, a description
_ROW = re.compile(r"\s*\|")
_DELIMITER_ROW = re.compile(r"[\s|:-]*-[\s|:-]*$")
_INVISIBLE_MARKS = re.compile("[\u200e\u200f\u061c\u2066-\u2069\ufeff]")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block: its kind, its first line, its text on one line, and its Markdown prefix.

    ``kind``: ``title`` · ``summary`` · ``heading`` · ``paragraph`` · ``item`` · ``row`` · ``code``.
    """

    kind: str
    line: int
    text: str
    prefix: str = ""  # the markers before its text: "## ", "1. ", "   - ", "> "
    lines: tuple[str, ...] = ()  # as typed, without empty lines

    @property
    def digest(self) -> str:
        """The short hash of its text, without the prefix."""
        return digest(self.text)


def block_words(block: TextBlock) -> str:
    r"""Return the words of a block for a translator: on one line, but for hard line breaks.

    >>> block_words(split_blocks("1. ئاو\\\n   و نان\n   و کار")[0])
    'ئاو\\\nو نان و کار'
    """
    pairs = zip(block.lines, block.lines[1:], strict=False)
    gaps = ["\n" if _HARD_BREAK.search(line) else " " for line, _ in pairs]
    return "".join(line.strip() + gap for line, gap in zip(block.lines, [*gaps, ""], strict=True))


def normalize_block(text: str) -> str:
    """Return a text on one line, in normal form C, without direction marks: the part of a block that its hash covers.

    >>> normalize_block(" بيان\\n  ختامي\\u200f ")
    'بيان ختامي'
    """
    return " ".join(_INVISIBLE_MARKS.sub("", unicodedata.normalize("NFC", text)).split())


def digest(text: str) -> str:
    """Return the short hash of the text of a block, independent of white space, normal form and direction marks.

    >>> digest("بيان  ختامي") == digest(" بيان\\nختامي\\u200f") != digest("بيان أخير")
    True
    """
    return hashlib.sha256(normalize_block(text).encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LENGTH]


def split_blocks(body: str, first_line: int = 1) -> tuple[TextBlock, ...]:
    r"""Return the blocks of a Markdown body. Comments (``<!-- … -->``) are for editors and are left out.

    >>> [(one.kind, one.line, one.text) for one in split_blocks("## القرارات\n\n1. مدّ\n   الجسور\n2. توثيق الصلة")]
    [('heading', 1, 'القرارات'), ('item', 3, 'مدّ الجسور'), ('item', 5, 'توثيق الصلة')]
    """
    splitter = _BlockSplitter(first_line)
    for line in body.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        splitter.feed(line)
    splitter.close_block()
    return tuple(splitter.blocks)


def version_blocks(title: str, summary: str, body: str, body_line: int = 1) -> tuple[TextBlock, ...]:
    """Return all blocks of a version: its title, its summary where it has one, and those of its body."""
    head = [TextBlock("title", 1, normalize_block(title))]
    if summary.strip():
        head.append(TextBlock("summary", 1, normalize_block(summary)))
    return (*head, *split_blocks(body, body_line))


def format_pin(blocks: Iterable[TextBlock]) -> str:
    """Return the pin of a translation: the hashes of the blocks of its original, in order.

    >>> format_pin(split_blocks("سڵاو\\n\\nجیهان"))
    '047ce2 f0b681'
    """
    return " ".join(block.digest for block in blocks)


def parse_pin(text: str) -> tuple[str, ...]:
    """Parse a pin: hashes separated by spaces or dots. Raises ValueError where it is none.

    >>> parse_pin("0a1b2c.ffffff")
    ('0a1b2c', 'ffffff')
    """
    plain = text.strip().lower()
    if not _PIN.fullmatch(plain):
        raise ValueError(text)
    return tuple(re.split(r"[\s.]+", plain))


@dataclass(slots=True)
class _BlockSplitter:
    """State of the line-by-line splitting of a body into blocks."""

    number: int
    blocks: list[TextBlock] = field(default_factory=list)
    kind: str = ""  # of the open block, or empty
    start_line: int = 0
    prefix: str = ""
    lines: list[str] = field(default_factory=list)
    fence: str = ""
    in_comment: bool = False

    def feed(self, line: str) -> None:
        """Process the next line."""
        if self.fence:
            self._feed_code(line)
        else:
            self._feed_text(line)
        self.number += 1

    def close_block(self) -> None:
        """Close the open block."""
        if self.kind and (self.lines or self.kind in ("heading", "item")):
            text = " ".join(self.lines)
            if self.kind == "row":
                text = re.sub(r"\s*\|\s*", "|", text)
            if plain := normalize_block(text):
                self.blocks.append(TextBlock(self.kind, self.start_line, plain, self.prefix, tuple(self.lines)))
        self.kind, self.lines, self.prefix = "", [], ""

    def _feed_code(self, line: str) -> None:
        bare = _QUOTE.sub("", line, count=1).strip()
        self.lines.append(line)
        if bare.startswith(self.fence) and not bare.strip(self.fence[0]):
            self.fence = ""
            self.close_block()

    def _feed_text(self, line: str) -> None:
        visible = self._strip_comments(line)
        if visible is None:
            return
        quote = _QUOTE.match(visible)
        inner = visible[quote.end() :] if quote else visible
        if not inner.strip():
            self.close_block()
        elif fence := _FENCE.match(inner):
            self._open_block("code", line, "")
            self.fence = fence[1]
        elif self.kind == "paragraph" and _UNDERLINE.match(inner):
            self.kind = "heading"
            self.close_block()
        elif _RULE.match(inner):
            self.close_block()
        else:
            self._feed_words(inner, quote[0] if quote else "")

    def _strip_comments(self, line: str) -> str | None:
        """Return a line without its comments, or None where it has nothing else."""
        text = f"<!--{line}" if self.in_comment else line
        if "<!--" not in text:
            return line
        visible = _COMMENT.sub("", text)
        last = text.rfind("<!--")
        self.in_comment = "-->" not in text[last:]
        return visible if visible.strip() else None

    def _feed_words(self, inner: str, quote: str) -> None:
        """Process a line of text, without its quote markers."""
        if heading := _HEADING.match(inner):
            words = _HEADING_END.sub("", inner[heading.end() :])
            self._open_block("heading", words.strip(), f"{quote}{heading[0].strip()} ")
            self.close_block()
        elif (item := _ITEM.match(inner)) and self._interrupts(item):
            self._open_block("item", inner[item.end() :], f"{quote}{item[1]}{item[2]} ")
        elif _ROW.match(inner):
            self._feed_row(inner, quote)
        elif self.kind in ("paragraph", "item") and not _DEFINITION_LINE.match(inner):
            self.lines.append(inner)
        else:
            self._open_block("paragraph", inner, quote)

    def _interrupts(self, item: re.Match[str]) -> bool:
        """Whether a list item begins here: in a paragraph a number begins one only if it is 1, as in CommonMark.

        A paragraph that is indented further belongs to the item before it.
        """
        if self.kind != "paragraph" or item[3] is None or int(item[3]) == 1:
            return True
        return len(item[1]) < len(self.lines[0]) - len(self.lines[0].lstrip())

    def _feed_row(self, inner: str, quote: str) -> None:
        if _DELIMITER_ROW.match(inner):
            self.close_block()
        else:
            self._open_block("row", inner, quote)

    def _open_block(self, kind: str, words: str, mark: str) -> None:
        self.close_block()
        self.kind, self.start_line, self.prefix, self.lines = kind, self.number, mark, [words]
