"""Whether a translation says what its original says today: its pin against the blocks of the original."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from jisr.core.frozen import dataclass
from jisr.core.model.document import Document, TranslationSet
from jisr.core.translation.blocks import TextBlock, parse_pin


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block of the original that is no longer what was translated.

    ``block`` is as it stands now, None where it was taken out; ``pinned`` is the hash of what was translated, empty where
    the block is new. ``after`` is the line of the block before it.
    """

    change_type: Literal["changed", "added", "removed"]
    block: TextBlock | None
    old_digest: str = ""
    insertion_line: int = 1


@dataclass(frozen=True, slots=True)
class Staleness:
    """How far a translation lags behind: the blocks that changed, out of how many, and whether any is left."""

    changes: tuple[BlockChange, ...]
    total: int  # blocks there are and blocks there were, each once

    @property
    def count(self) -> int:
        """How many blocks changed."""
        return len(self.changes)

    @property
    def orphaned(self) -> bool:
        """Whether nothing that was translated stands in the original any more: the pin may be that of another text."""
        return self.total > 0 and self.count == self.total


def compare_with_pin(pinned: Sequence[str], present: Sequence[TextBlock]) -> Staleness:
    """Return what changed between the hashes of a pin and the blocks of today.

    >>> from jisr.core.translation.blocks import format_pin, split_blocks
    >>> then, now = split_blocks("ئاو\\n\\nنان\\n\\nئازادی"), split_blocks("ئاو\\n\\nنان و کار\\n\\nئازادی")
    >>> [(one.change_type, one.block.text) for one in compare_with_pin(parse_pin(format_pin(then)), now).changes]
    [('changed', 'نان و کار')]
    """
    changes = tuple(_diff_blocks(list(pinned), list(present)))
    added = sum(change.change_type == "added" for change in changes)
    return Staleness(changes, len(pinned) + added)


def _diff_blocks(pinned: list[str], present: list[TextBlock]) -> Iterator[BlockChange]:
    digests = [block.digest for block in present]
    start = 0
    while start < min(len(pinned), len(digests)) and pinned[start] == digests[start]:
        start += 1
    end = 0
    while end < min(len(pinned), len(digests)) - start and pinned[-1 - end] == digests[-1 - end]:
        end += 1
    then, now = pinned[start : len(pinned) - end], digests[start : len(digests) - end]
    for _, i, i_end, j, j_end in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        old, new = then[i:i_end], present[start + j : start + j_end]
        if old == now[j:j_end]:
            continue
        before = present[start + j - 1].line if start + j else 1
        for number in range(max(len(old), len(new))):
            block = new[number] if number < len(new) else None
            hashed = old[number] if number < len(old) else ""
            what: Literal["changed", "added", "removed"] = "removed" if block is None else "changed" if hashed else "added"
            yield BlockChange(what, block, hashed, new[-1].line if block is None and new else before)


def compute_staleness(document: Document, texts: TranslationSet) -> Staleness | None:
    """Return what changed in the version that a translation was made from, or None where nothing can be said.

    That is so of an original, of a translation without a pin, and where readers cannot see what was translated.
    """
    if document.translation is None or not document.translation.pin:
        return None
    source = texts.get(document.translation.of)
    if source is None or not source.blocks:
        return None
    try:
        return compare_with_pin(parse_pin(document.translation.pin), source.blocks)
    except ValueError:  # an error that was told where the pin was read
        return None
