"""What git still knows of blocks that changed: their words, found by their hashes in past versions of a file."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from jisr.core.translation.blocks import text_blocks
from jisr.editing.source_text import scalars, take_apart

MOST = 300
"""Versions of a file that are looked at: what was translated before them is told without its old words."""
LONG_ENOUGH = 20


def old_words(file: Path, wanted: frozenset[str]) -> dict[str, str]:
    """Give the words of blocks by their hashes, as far as past versions of a file have them; none where there is no git."""
    found: dict[str, str] = {}
    for text in _past(file):
        found |= {digest: words for digest, words in _blocks(text) if digest in wanted and digest not in found}
        if len(found) == len(wanted):
            break
    return found


def _past(file: Path) -> Iterator[str]:
    revisions = _git(file.parent, "log", f"--max-count={MOST}", "--format=%H", "--", f"./{file.name}")
    for revision in (revisions or "").split():
        text = _git(file.parent, "show", f"{revision}:./{file.name}")
        if text:
            yield text


def _git(folder: Path, *arguments: str) -> str | None:
    """Give what git says, or None where it is not there, knows nothing of this folder, or takes too long."""
    command = ["git", "-C", str(folder), *arguments]
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=LONG_ENOUGH, check=False, env=environment)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    try:
        manuscript = take_apart(text)
        fields = scalars(manuscript.yaml)
    except ValueError:
        return
    for block in text_blocks(fields.get("title", ""), fields.get("summary", ""), manuscript.body):
        yield block.digest, block.text
