"""Atomic file writes: write to a temporary file in the same folder, then rename it over the old one."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def write_atomically(file: Path, write: Callable[[Path], object]) -> None:
    """Write a cache file with ``write``, or leave the old one where that fails: losing a cache costs time only."""
    with suppress(OSError):
        replace_atomically(file, write)


def replace_atomically(file: Path, write: Callable[[Path], object]) -> None:
    """Write a file with ``write`` in place of the old one, whose mode it takes.

    A reader has the old content or the new, never a part. Raises OSError where that fails, and leaves the old file as it is.
    """
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write(temporary)
        with suppress(FileNotFoundError):
            temporary.chmod(file.stat().st_mode)
        temporary.replace(file)
    finally:
        with suppress(OSError):
            temporary.unlink()
