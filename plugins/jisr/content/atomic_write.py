"""Atomic writes of cache files: a reader has the old file or the new one, never a part."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def write_atomically(file: Path, write: Callable[[Path], object]) -> None:
    """Let a function write a temporary file, and replace a file of the cache by it in one step.

    Where that fails the old file stays: losing a cache costs time only.
    """
    aside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write(aside)
        aside.replace(file)
    except OSError:
        with suppress(OSError):
            aside.unlink()
