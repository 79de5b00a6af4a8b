"""The old words of changed blocks, by their digests, from past revisions of a file in git."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jisr.content.git import ask_git
from jisr.content.read.source_file import parse_source_file
from jisr.core.diagnostics.problems import ProblemsError
from jisr.core.translation.blocks import version_blocks

MAX_REVISIONS = 300
"""The number of revisions of a file that are searched: older words are not shown."""
GIT_TIMEOUT_SECONDS = 20


def find_old_words(file: Path, digests: frozenset[str]) -> dict[str, str]:
    """Return the words of blocks by digest, as far as past revisions of a file have them; none without git."""
    old_words: dict[str, str] = {}
    for text in _past_texts(file):
        new = {digest: words for digest, words in _block_texts(text, str(file)) if digest in digests}
        old_words = new | old_words
        if len(old_words) == len(digests):
            break
    return old_words


def _past_texts(file: Path) -> Iterator[str]:
    """Return the texts of the revisions of a file, the newest first."""
    words = ("log", f"--max-count={MAX_REVISIONS}", "--format=%H", "--", f"./{file.name}")
    revisions = ask_git(file.parent, *words, seconds=GIT_TIMEOUT_SECONDS)
    for revision in (revisions or "").split():
        text = ask_git(file.parent, "show", f"{revision}:./{file.name}", seconds=GIT_TIMEOUT_SECONDS)
        if text:
            yield text


def _block_texts(text: str, path: str) -> Iterator[tuple[str, str]]:
    """Return the digest and words of each block of a revision; none where its front matter cannot be read."""
    try:
        source = parse_source_file(text, path)
        fields = source.scalars
    except ProblemsError:
        return
    for block in version_blocks(fields.get("title", ""), fields.get("summary", ""), source.body):
        yield block.digest, block.text
