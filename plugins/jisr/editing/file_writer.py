"""Writes files of an editor: a new one never replaces another, a changed one replaces the old one atomically."""

from __future__ import annotations

from pathlib import Path

from jisr.content.atomic_write import replace_atomically
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class PendingFile:
    """The content of a file to write; ``path`` is its path in messages."""

    file: Path
    path: str
    text: str


def write_new_file(page: PendingFile) -> None:
    """Create a file. Raises ProblemsError where it exists, or cannot be written."""
    try:
        page.file.parent.mkdir(parents=True, exist_ok=True)
        with page.file.open("x", encoding="utf-8", newline="") as stream:
            stream.write(page.text)
    except FileExistsError:
        text = '"{path}" is there already, and is left as it is.'
        raise ProblemsError(Problem.error(SourceLocation(page.path), "taken", text, path=page.path)) from None
    except OSError as error:
        raise _write_error(page.path, error) from None


def replace_file(page: PendingFile) -> None:
    """Write an existing file anew, all of it or nothing. Raises ProblemsError where it cannot be written."""
    try:
        replace_atomically(page.file, lambda temporary: temporary.write_bytes(page.text.encode("utf-8")))
    except OSError as error:
        raise _write_error(page.path, error) from None


def write_if_changed(page: PendingFile) -> bool:
    """Write a file unless it has this content, and return whether it was written. Raises ProblemsError where that fails."""
    if not page.file.is_file():
        write_new_file(page)
    elif page.file.read_bytes() != page.text.encode("utf-8"):
        replace_file(page)
    else:
        return False
    return True


def _write_error(path: str, error: OSError) -> ProblemsError:
    text = '"{path}" cannot be written: {reason}. Nothing was changed.'
    return ProblemsError(Problem.error(SourceLocation(path), "file", text, path=path, reason=parse_reason(error.strerror)))
