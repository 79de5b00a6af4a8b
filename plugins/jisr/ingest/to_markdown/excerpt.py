"""The beginning of a post: whole sentences, about sixty words, in Markdown that is whole."""

from __future__ import annotations

import re

from jisr.ingest.to_markdown.cut import count_words, truncate_paragraph

EXCERPT_WORDS = 60
"""About how many words an excerpt has."""

_MAX_UNCUT_WORDS = 80  # up to here nothing is cut: "read on" would lead to one line more
_MIN_BLOCK_WORDS = 15  # with less room left a block is not begun
_LIST_MARKER = re.compile(r"(?:[-*]|\d{1,9}[.)]) ")
_PICTURES = re.compile(
    r"(?:\s*\\?!?\[[^\[\]]*\]\([^()\s]*\.(?:jpe?g|png|gif|webp|avif|svg)(?:\?[^()\s]*)?\)\\?)+\s*", re.IGNORECASE
)
_SKIPPED_BLOCKS = ("#", "|", "---", "```", "[youtube.com](")


def make_excerpt(markdown: str, language: str) -> str:
    """Return the beginning of a text that ``turning.markdown`` gave: whole sentences, about sixty words.

    A short text is given whole. Headings, tables, code and pictures alone are passed over; lists and quotes stand in it as
    long as they fit. Nothing ends within a word, a link or an emphasis, and where a sentence had to be cut there is "…".

    >>> make_excerpt("بيان " * 40 + "أول. " + "ثان " * 15 + "آخر؟ " + "ثالث " * 40, "ar").split()[-2:]
    ['ثان', 'آخر؟']
    """
    if count_words(markdown) <= _MAX_UNCUT_WORDS:
        return markdown
    taken: list[str] = []
    room = EXCERPT_WORDS
    for block in split_blocks(markdown):
        if block.startswith(_SKIPPED_BLOCKS) or _PICTURES.fullmatch(block):
            continue
        size = count_words(block)
        if size > room:
            taken += _truncate_block(block, room, language) if room >= _MIN_BLOCK_WORDS or not taken else []
            if taken:
                break
            continue
        taken.append(block)
        room -= size
    return "\n\n".join(taken) + "\n" if taken else ""


def split_blocks(markdown: str) -> list[str]:
    """Return the blocks of a text; an item of a list with blank lines is one, too.

    >>> split_blocks("بيان\\n\\n- أول\\n\\n  ثان\\n\\n- x\\n")
    ['بيان', '- أول\\n\\n  ثان', '- x']
    """
    found: list[str] = []
    fence, fresh = "", True
    for line in markdown.rstrip("\n").split("\n"):
        if not line and not fence:
            fresh = True
        elif fresh and not line.startswith(" "):
            found.append(line)
        else:
            found[-1:] = ["".join(found[-1:]) + ("\n\n" if fresh else "\n") + line]
        if fence:
            fence = "" if line == fence else fence
        elif fresh and (ticks := re.match("`{3,}", line)):
            fence = ticks[0]
        fresh = fresh and not line
    return found


def _truncate_block(block: str, room: int, language: str) -> list[str]:
    """Return the beginning of a block that does not fit: sentences of a paragraph or quote, items of a list."""
    if _LIST_MARKER.match(block):
        return _truncate_list(block, room, language)
    if block.startswith(">"):
        inner = "\n".join(line[2:] for line in block.split("\n"))
        quote = _truncate_quote(inner, room, language)
        return ["\n".join(f"> {line}" if line else ">" for line in quote.split("\n"))] if quote else []
    if re.search(r"^: ", block, re.MULTILINE):
        return []
    said = truncate_paragraph(block, room, language)
    return [said] if said else []


def _truncate_quote(inner: str, room: int, language: str) -> str:
    taken: list[str] = []
    for one in split_blocks(inner):
        size = count_words(one)
        if size > room:
            taken += (
                [truncate_paragraph(one, room, language)]
                if not one.startswith((">", *_SKIPPED_BLOCKS)) and not _LIST_MARKER.match(one)
                else []
            )
            break
        taken.append(one)
        room -= size
    return "\n\n".join(filter(None, taken))


def _truncate_list(block: str, room: int, language: str) -> list[str]:
    """Return the items of a list that fit; where the first does not, the sentences of it that do."""
    items = re.split(r"\n(?! |\n|\Z)", block)
    kept: list[str] = []
    while items and count_words("\n".join([*kept, items[0]])) <= room:
        kept.append(items.pop(0))
    if kept:
        return ["\n".join(kept)]
    mark = _LIST_MARKER.match(items[0])
    words = items[0][mark.end() if mark else 0 :].split("\n")
    first = [line.strip() for line in words]
    end = next((at for at, line in enumerate(first) if not line.endswith("\\")), 0) + 1
    paragraph = "\n".join(first[:end])
    if paragraph.startswith((">", *_SKIPPED_BLOCKS)) or _LIST_MARKER.match(paragraph):
        return []
    if count_words(paragraph) > room:
        paragraph = truncate_paragraph(paragraph, room, language)
    indent = " " * (mark.end() if mark else 0)
    return [(mark[0] if mark else "") + paragraph.replace("\n", f"\n{indent}")] if paragraph else []
