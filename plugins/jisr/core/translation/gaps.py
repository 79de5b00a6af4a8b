"""Gaps of a translation: parts of its original without a counterpart, empty cells, and titles that are still the original's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import log

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.i18n.script_detection import detect_language
from jisr.core.schema.field_types import Kind
from jisr.core.translation.alignment import AlignedPair, align_blocks
from jisr.core.translation.blocks import TextBlock, normalize_block, parse_pin
from jisr.core.translation.staleness import compare_with_pin

_FIELD_KINDS = ("title", "summary")
_NO_WORDS = re.compile(r"<[^>]*>|\{:[^}]*\}|\]\([^)]*\)|^\*?\[[^\]^][^\]]*\]:.*")  # tags, attributes, addresses, definitions
_LINK = re.compile(r"!?\[[^\[\]]*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])")
_DELIMITER_ROW = re.compile(r"[\s|:-]*-[\s|:-]*\|[\s|:-]*")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MIN_MERGED_LENGTH = 120
"""The least length of two paragraphs that a translation may have joined to one."""
_MIN_MEASURED_LENGTH = 200
"""The least length of the words that tell how much longer a translation is than its original."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A block of an original, or a cell of its row, that a translation lacks; ``line`` of the translation is where it belongs.

    ``line`` is 0 where it belongs before the first block.
    """

    block: TextBlock
    words: str
    line: int
    is_cell: bool = False


def find_gaps(source: Sequence[TextBlock], target: Sequence[TextBlock], body: str = "", pin: str = "") -> tuple[Gap, ...]:
    """Return the gaps of a translation, in the order of its original.

    What was added to the original after the translation was pinned is none: its staleness tells that. Nor are words that
    stand in a block of another kind, and paragraphs that were joined. A part in a comment of the body is not translated yet.

    >>> from jisr.core.translation.blocks import split_blocks
    >>> [gap.words for gap in find_gaps(split_blocks("ئاو\\n\\n1. نان\\n2. کار"), split_blocks("Water\\n\\n1. Bread\\n2."))]
    ['کار']
    """
    new = _new_blocks(pin, source)
    source, target = ([block for block in blocks if block.kind == "row" or _is_part(block)] for blocks in (source, target))
    pairs = align_blocks(source, target, new | commented_blocks(source, body))
    line, gaps = 0, []
    for run in _split_runs(pairs):
        if run[0][0] is not None and run[0][1] is not None:
            block, other = source[run[0][0]], target[run[0][1]]
            line = other.line
            gaps += _gaps_of_pair(block, other)
            continue
        missing = [source[index] for index, _ in run if index is not None and _is_part(source[index])]
        surplus = [target[index] for _, index in run if index is not None and _is_part(target[index])]
        uncovered = _uncovered(missing, surplus)
        if not surplus and _is_joined(run, pairs, source, target):
            uncovered = []
        gaps += [Gap(block, _label(block.text), line) for block in uncovered if block not in new]
        line = max([line, *(block.line for block in surplus)])
    return tuple(gaps)


def commented_blocks(source: Sequence[TextBlock], body: str) -> frozenset[TextBlock]:
    """Return the blocks of an original that are in the comments of a translation: these may be without one yet."""
    comments = [normalize_block(comment) for comment in COMMENT.findall(body)]
    return frozenset(block for block in source if any(block.text in one for one in comments))


def _new_blocks(pin: str, source: Sequence[TextBlock]) -> frozenset[TextBlock]:
    """Return the blocks of an original that were added or changed after its translation was pinned."""
    try:
        changes = compare_with_pin(parse_pin(pin), source).changes
    except ValueError:
        return frozenset()
    return frozenset(change.block for change in changes if change.block)


def _is_part(block: TextBlock) -> bool:
    """Whether a translation needs a counterpart of a block: a link or picture alone may be for readers of the original only."""
    return block.kind not in _FIELD_KINDS and has_words(_LINK.sub("", block.text))


def has_words(text: str) -> bool:
    """Whether a block has words to translate: tags, attributes, addresses and definitions of links have none."""
    return any(character.isalnum() for character in _NO_WORDS.sub("", text))


def has_empty_cells(source: TextBlock, target: TextBlock) -> bool:
    """Whether a row or table of a translation lacks a cell, or all, that its original has."""
    return bool(_gaps_of_pair(source, target))


def is_copied(text: str, original: str, source: Language, target: Language) -> bool:
    """Whether words of a translation are still those of its original, and no name that both languages write alike.

    >>> from jisr.core.i18n.languages import build_languages
    >>> languages = build_languages(["ar", "en", "fr"])
    >>> [is_copied(text, text, languages[one], languages[other]) for text, one, other in (
    ...     ("الماء", "ar", "en"), ("Water is a right", "en", "fr"), ("Article 19", "en", "fr"), ("INSM", "en", "ar"))]
    [True, True, False, False]
    """
    words = _WORD.findall(text)
    if not words or normalize_block(text) != normalize_block(original):
        return False
    detected, tags = detect_language(text), [one.tag.partition("-")[0] for one in (source, target)]
    if (2 * len(_RIGHT_TO_LEFT.findall(text)) > sum(map(len, words))) != (target.direction == "rtl"):
        return not all(word.isupper() for word in words)
    if detected in tags:
        return detected == tags[0]
    return len(words) > 1 and any(not word[0].isupper() for word in words)


def is_copied_title(kind: Kind, title: str, original: str, source: Language, target: Language) -> bool:
    """Whether a title is still that of the original; a name of somebody may be the same, that of a topic is a word."""
    return (not kind.is_entity or kind.schema_type == "DefinedTerm") and is_copied(title, original, source, target)


def _split_runs(pairs: Sequence[AlignedPair]) -> Iterator[list[AlignedPair]]:
    """Return each aligned pair alone, and the unaligned parts between two pairs together."""
    run: list[AlignedPair] = []
    for pair in pairs:
        if None in pair:
            run.append(pair)
            continue
        if run:
            yield run
        yield [pair]
        run = []
    if run:
        yield run


def _gaps_of_pair(block: TextBlock, other: TextBlock) -> list[Gap]:
    if has_words(block.text) and not has_words(other.text):
        return [Gap(block, _label(block.text), other.line)]
    return [Gap(block, cell, other.line + line, is_cell=True) for line, cell in _empty_cells(block, other)]


def _empty_cells(block: TextBlock, other: TextBlock) -> Iterator[tuple[int, str]]:
    """Return the line below the first, and the words of the original, of each cell that only the translation leaves empty."""
    sides = [_table_lines(one) for one in (block, other)]
    if len(sides[0]) != len(sides[1]):
        return
    for line, (cells, others) in enumerate(zip(*sides, strict=True)):
        if len(cells) == len(others):
            yield from ((line, cell) for cell, own in zip(cells, others, strict=True) if has_words(cell) and not own)


def _table_lines(block: TextBlock) -> list[list[str]]:
    """Return the cells of each line of a row, or of a table that was written without a sign at the beginning of its rows."""
    if block.kind != "row" and not any(_DELIMITER_ROW.fullmatch(line) for line in block.lines):
        return []
    return [[cell.strip() for cell in _CELL_BORDER.split(_bare_row(line))] for line in block.lines]


def _bare_row(line: str) -> str:
    bare = line.strip().removeprefix("|")
    return bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") and line.strip().startswith("|") else bare


def _label(text: str) -> str:
    """Return the words of a block for a message: of a row without the borders of its cells."""
    cells = [cell.strip() for cell in _CELL_BORDER.split(text) if cell.strip()] if text.startswith("|") else [text]
    return " ".join(" ".join(cells).split()[:8])


def _uncovered(missing: Sequence[TextBlock], surplus: Sequence[TextBlock]) -> list[TextBlock]:
    """Return the blocks that no words at their place in the translation can stand for, of whatever kind these are."""
    if not surplus:
        return list(missing)
    lengths = [sum(len(block.text) for block in blocks) for blocks in (missing, surplus)]
    return [] if 2 * lengths[1] >= lengths[0] else list(missing[min(len(surplus), len(missing) - 1) :])


def _is_joined(
    run: Sequence[AlignedPair], pairs: Sequence[AlignedPair], source: Sequence[TextBlock], target: Sequence[TextBlock]
) -> bool:
    """Whether paragraphs without a counterpart are part of the paragraph before or after them, by its length."""
    indexes = [index for index, _ in run if index is not None]
    if not indexes or {source[index].kind for index in indexes} != {"paragraph"}:
        return False
    lengths = {
        one: (len(source[one].text), len(target[other].text)) for one, other in pairs if one is not None and other is not None
    }
    extra = sum(len(source[index].text) for index in indexes)
    for neighbour in (indexes[0] - 1, indexes[-1] + 1):
        if neighbour not in lengths or source[neighbour].kind != "paragraph":
            continue
        own, other = lengths[neighbour]
        rest = [length for index, length in lengths.items() if index != neighbour]
        measured = sum(one for one, _ in rest)
        ratio = sum(one for _, one in rest) / measured if measured >= _MIN_MEASURED_LENGTH else 1.0
        if (
            own + extra >= _MIN_MERGED_LENGTH
            and own < 3 * extra
            and abs(log(other / own / ratio)) > abs(log(other / (own + extra) / ratio))
        ):
            return True
    return False
