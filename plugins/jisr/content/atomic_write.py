"""Files that take their place whole: whoever reads them meanwhile has the old one."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def write_atomically(file: Path, write: Callable[[Path], object]) -> None:
    """Let a file that is kept for the next build be written aside, and take its place at one stroke.

    Where that fails there is nothing new, and what was there stays: losing what is kept costs time only.
    """
    aside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write(aside)
        aside.replace(file)
    except OSError:
        with suppress(OSError):
            aside.unlink()
