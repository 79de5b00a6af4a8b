"""Atomic writes: a file is written under another name and renamed, so that readers have the old file or the new one."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def write_atomically(file: Path, write: Callable[[Path], object]) -> None:
    """Write an entry of a cache; ``write`` writes to the path that it gets.

    Several processes may write the same entry. A failure is silent and leaves the old file: losing an entry costs time only.
    """
    temporary = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        _replace(file, temporary, write)
    except OSError:
        with suppress(OSError):
            temporary.unlink()


def write_durably(file: Path, data: bytes) -> None:
    """Write a file that must not be lost, and flush it to the disk before it takes its name. Raises OSError.

    The temporary name begins with a dot: what a killed run leaves is not read as content, and the next run overwrites it.
    """
    _replace(file, file.with_name(f".{file.name}.new"), lambda temporary: _write_and_sync(temporary, data))


def _replace(file: Path, temporary: Path, write: Callable[[Path], object]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write(temporary)
    temporary.replace(file)


def _write_and_sync(file: Path, data: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
