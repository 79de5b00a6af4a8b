"""The beginning of a post: whole sentences, about sixty words, in Markdown that is whole."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jisr.ingest.language.sentences import text_boundaries

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


ATTRIBUTES = re.compile(r"\n?\{: [^{}\n]*\}")
_MAX_CHARACTERS = 3000  # letters that are looked at: more are no paragraph that somebody wrote
_TARGET = re.compile(r"\]\((?:[^()\s\\]|\\.)*\)")
_LINK = re.compile(r"(?<!\\)!?\[")
_EMPHASIS = re.compile(r"(?<!\\)\*+|(?<![\\\w])_+|(?<!\\)_+(?!\w)")
_INLINE_TOKEN = re.compile(r"\\.|`+|\*+|_+|!?\[|\]\((?:[^()\s\\]|\\.)*\)|[ \n]|\\\n", re.DOTALL)
_EMPHASIZED = re.compile(r"(\*\*|\*|_)(?=\S)(.*\S)\1", re.DOTALL)
_PAUSES = " ؛;،,:\\\n"


def count_words(text: str) -> int:
    """Return how many words a Markdown text has; a joiner within a word parts none, and the target of a link is no word.

    >>> count_words("می\u200cخواهم [بيان أول](https://example.org/) –")
    3
    """
    return sum(any(map(str.isalnum, word)) for word in _TARGET.sub(" ", ATTRIBUTES.sub("", text)).split())


def truncate_paragraph(paragraph: str, room: int, language: str) -> str:
    """Return the sentences of a paragraph that are about ``room`` words, or "" where it cannot be cut.

    >>> truncate_paragraph("**نطالب** بالحرية. " + "ثم " * 20, 4, "ar"), truncate_paragraph("أول ثان، ثالث رابع خامس", 4, "ar")
    ('**نطالب** بالحرية.', 'أول ثان…')
    """
    attributes = ATTRIBUTES.search(paragraph, max(0, paragraph.rfind("\n")))
    said = attributes[0] if attributes else ""
    text = paragraph.removesuffix(said)[:_MAX_CHARACTERS] if said else paragraph[:_MAX_CHARACTERS]
    if emphasized := _EMPHASIZED.fullmatch(text):
        sign, inner = emphasized.groups()
        if sign not in inner:
            shorter = truncate_paragraph(inner, room, language)
            return f"{sign}{shorter}{sign}{said}" if shorter else ""
    shorter = _truncate_text(text, room, language)
    bare = _strip_markup(text)
    if count_words(shorter) < room / 3 and bare != text:
        longer = _truncate_text(bare, room, language)  # much of it is one link or emphasis, in which nothing can end
        shorter = longer if count_words(longer) > room / 2 else shorter
    return shorter + said if shorter else ""


def _truncate_text(text: str, room: int, language: str) -> str:
    places = balanced_positions(text)
    shorter = _cut_at_sentence(text, room, language, places)
    if count_words(shorter) < room / 3:  # a greeting, and then a sentence that does not end
        longer = _cut_within_sentence(text, room, language, places)
        shorter = longer if not shorter or count_words(longer) > room / 2 else shorter
    return shorter


def _strip_markup(text: str) -> str:
    """Return a paragraph without links and emphasis; the same where code or backslashes could be taken for them."""
    if "`" in text or "\\\\" in text:
        return text
    return _EMPHASIS.sub("", _LINK.sub("", _TARGET.sub("", text)))


def balanced_positions(text: str) -> list[int]:
    r"""Return where between words no link, emphasis or code is open.

    >>> balanced_positions("a **b c** [d e](https://example.org/) f\\* g")
    [1, 9, 37, 41]
    """
    places: list[int] = []
    brackets, stars, scores, code_end = 0, 0, 0, 0
    for found in _INLINE_TOKEN.finditer(text):
        sign, at = found[0], found.start()
        if at < code_end:
            continue
        before, after = text[at - 1 : at], text[found.end() : found.end() + 1]
        if sign in (" ", "\n", "\\\n"):
            if not (brackets or stars or scores) and (not places or text[places[-1] : at].strip()):
                places.append(at)
        elif sign[0] == "`":
            closing = re.compile(rf"(?<!`)`{{{len(sign)}}}(?!`)").search(text, found.end())
            code_end = closing.end() if closing else 0
        elif sign[-1] == "[":
            brackets += 1
        elif sign[0] == "]":
            brackets = max(0, brackets - 1)
        elif sign[0] == "*":
            stars = _toggle_emphasis(stars, len(sign), before, after)
        elif sign[0] == "_" and not (before.isalnum() and after.isalnum()):
            scores = _toggle_emphasis(scores, len(sign), before, after)
    return places


def _toggle_emphasis(opened: int, length: int, before: str, after: str) -> int:
    """Return how many signs of emphasis are open after some more of them."""
    closes = opened and before and not before.isspace() and (not after or after.isspace() or opened >= length)
    return max(0, opened - length) if closes else opened + length


def _cut_at_sentence(text: str, room: int, language: str, places: list[int]) -> str:
    """Return whole sentences: as many as fit, or one more where those are few and it is not long."""
    whole = {*places, len(text)}
    found = [end.at for end in text_boundaries(text, language) if end.weight == 3 and end.at in whole]
    found += [at for at in places if text[at : at + 2] == "\\\n"]
    sizes = {at: count_words(text[:at]) for at in sorted(found)}
    fitting = max((at for at, size in sizes.items() if size <= room), default=0)
    beyond = min((at for at, size in sizes.items() if room < size <= room * 1.5), default=0)
    if fitting and (sizes[fitting] >= room / 2 or not beyond):
        return text[:fitting].rstrip(" \n")
    return text[:beyond].rstrip(" \n")


def _cut_within_sentence(text: str, room: int, language: str, places: list[int]) -> str:
    """Return the beginning of a long sentence, up to a pause where one is near, else up to a word."""
    fitting = [at for at in places if at and count_words(text[:at]) <= room]
    if not fitting:
        return ""
    pauses = {end.at: end.weight for end in text_boundaries(text, language)}
    good = (at for weight in (2, 1) for at in _last_pause(fitting, pauses, weight) if count_words(text[:at]) >= room / 2)
    return text[: next(good, fitting[-1])].rstrip(_PAUSES) + "…"


def _last_pause(fitting: Iterable[int], pauses: dict[int, int], weight: int) -> list[int]:
    return [at for at in fitting if pauses.get(at) == weight][-1:]
