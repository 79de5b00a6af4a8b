"""What git still knows of blocks that changed: their words, found by their hashes in past versions of a file."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from jisr.core.translation.blocks import version_blocks
from jisr.editing.source_text import parse_source_file, read_scalars

MAX_REVISIONS = 300
"""Versions of a file that are looked at: what was translated before them is told without its old words."""
GIT_TIMEOUT_SECONDS = 20


def find_old_words(file: Path, wanted: frozenset[str]) -> dict[str, str]:
    """Return the words of blocks by their hashes, as far as past versions of a file have them; none where there is no git."""
    found: dict[str, str] = {}
    for text in _past_texts(file):
        found |= {digest: words for digest, words in _block_texts(text) if digest in wanted and digest not in found}
        if len(found) == len(wanted):
            break
    return found


def _past_texts(file: Path) -> Iterator[str]:
    revisions = _run_git(file.parent, "log", f"--max-count={MAX_REVISIONS}", "--format=%H", "--", f"./{file.name}")
    for revision in (revisions or "").split():
        text = _run_git(file.parent, "show", f"{revision}:./{file.name}")
        if text:
            yield text


def _run_git(folder: Path, *arguments: str) -> str | None:
    """Return what git says, or None where it is not there, knows nothing of this folder, or takes too long."""
    command = ["git", "-C", str(folder), *arguments]
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=GIT_TIMEOUT_SECONDS, check=False, env=environment)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _block_texts(text: str) -> Iterator[tuple[str, str]]:
    try:
        manuscript = parse_source_file(text)
        fields = read_scalars(manuscript.yaml)
    except ValueError:
        return
    for block in version_blocks(fields.get("title", ""), fields.get("summary", ""), manuscript.body):
        yield block.digest, block.text
