"""The old words of changed blocks, by their digests, from past revisions of a file in git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

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
    revisions = _run_git(file.parent, "log", f"--max-count={MAX_REVISIONS}", "--format=%H", "--", f"./{file.name}")
    for revision in (revisions or "").split():
        text = _run_git(file.parent, "show", f"{revision}:./{file.name}")
        if text:
            yield text


def _run_git(folder: Path, *arguments: str) -> str | None:
    """Return the output of a git command, or None where git is missing, fails or takes too long."""
    command = ["git", "-C", str(folder), *arguments]
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        result = subprocess.run(command, capture_output=True, timeout=GIT_TIMEOUT_SECONDS, check=False, env=environment)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    return result.stdout.decode("utf-8", "replace") if result.returncode == 0 else None


def _block_texts(text: str, path: str) -> Iterator[tuple[str, str]]:
    """Return the digest and words of each block of a revision; none where its front matter cannot be read."""
    try:
        source = parse_source_file(text, path)
        fields = source.scalars
    except ProblemsError:
        return
    for block in version_blocks(fields.get("title", ""), fields.get("summary", ""), source.body):
        yield block.digest, block.text
