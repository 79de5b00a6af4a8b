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


def write_durably(file: Path, data: bytes) -> None:
    """Write a file that must not be lost, and flush it to the disk before it takes its name. Raises OSError.

    The temporary name is always the same: what a killed run leaves, the next one overwrites.
    """
    replace_atomically(file, lambda temporary: _write_and_sync(temporary, data), file.with_name(f".{file.name}.new"))


def replace_atomically(file: Path, write: Callable[[Path], object], temporary: Path | None = None) -> None:
    """Write a file with ``write`` in place of the old one, whose mode it takes.

    A reader has the old content or the new, never a part. The temporary name begins with a dot, so that it is no content.
    Raises OSError where that fails, and leaves the old file as it is.
    """
    temporary = temporary or file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write(temporary)
        with suppress(FileNotFoundError):
            temporary.chmod(file.stat().st_mode)
        temporary.replace(file)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _write_and_sync(file: Path, data: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
