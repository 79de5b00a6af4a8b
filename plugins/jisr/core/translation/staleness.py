"""Staleness of a translation: comparison of its pin with the blocks of its original today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from jisr.core.frozen import dataclass
from jisr.core.model.document import Document, TranslationSet
from jisr.core.translation.blocks import TextBlock, parse_pin

ChangeType = Literal["changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block of the original that differs from what was translated.

    ``block`` is its present state, None where it was removed; ``old_digest`` is the hash of what was translated, empty where
    the block is new. ``insertion_line`` is the line of the block before it.
    """

    change_type: ChangeType
    block: TextBlock | None
    old_digest: str = ""
    insertion_line: int = 1


@dataclass(frozen=True, slots=True)
class Staleness:
    """Changes of the original since a translation was pinned."""

    changes: tuple[BlockChange, ...]
    total: int  # blocks of today and of the pin, each once

    @property
    def count(self) -> int:
        """Number of blocks that changed."""
        return len(self.changes)

    @property
    def orphaned(self) -> bool:
        """Whether no pinned block is left in the original: the pin may be that of another text."""
        return self.total > 0 and self.count == self.total


def compare_with_pin(digests: Sequence[str], blocks: Sequence[TextBlock]) -> Staleness:
    """Return the changes between the hashes of a pin and the blocks of today.

    >>> from jisr.core.translation.blocks import format_pin, split_blocks
    >>> then, now = split_blocks("ئاو\\n\\nنان\\n\\nئازادی"), split_blocks("ئاو\\n\\nنان و کار\\n\\nئازادی")
    >>> [(one.change_type, one.block.text) for one in compare_with_pin(parse_pin(format_pin(then)), now).changes]
    [('changed', 'نان و کار')]
    """
    changes = tuple(_diff_blocks(list(digests), list(blocks)))
    added = sum(change.change_type == "added" for change in changes)
    return Staleness(changes, len(digests) + added)


def _diff_blocks(old_digests: list[str], blocks: list[TextBlock]) -> Iterator[BlockChange]:
    new_digests = [block.digest for block in blocks]
    start = 0
    while start < min(len(old_digests), len(new_digests)) and old_digests[start] == new_digests[start]:
        start += 1
    end = 0
    while end < min(len(old_digests), len(new_digests)) - start and old_digests[-1 - end] == new_digests[-1 - end]:
        end += 1
    then, now = old_digests[start : len(old_digests) - end], new_digests[start : len(new_digests) - end]
    for _, i, i_end, j, j_end in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        old, new = then[i:i_end], blocks[start + j : start + j_end]
        if old == now[j:j_end]:
            continue
        before = blocks[start + j - 1].line if start + j else 1
        for number in range(max(len(old), len(new))):
            block = new[number] if number < len(new) else None
            digest = old[number] if number < len(old) else ""
            change_type: ChangeType = "removed" if block is None else "changed" if digest else "added"
            yield BlockChange(change_type, block, digest, new[-1].line if block is None and new else before)


def compute_staleness(document: Document, texts: TranslationSet) -> Staleness | None:
    """Return the changes in the source of a translation, or None where they are unknown.

    They are unknown for an original, for a translation without a pin, and where the source is not published.
    """
    if document.translation is None or not document.translation.pin:
        return None
    source = texts.get(document.translation.of)
    if source is None or not source.blocks:
        return None
    try:
        return compare_with_pin(parse_pin(document.translation.pin), source.blocks)
    except ValueError:  # already reported where the front matter was read
        return None
