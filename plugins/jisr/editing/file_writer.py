"""Files to disk: a new one never takes the place of another, a changed one takes its own place whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation


def write_new_file(file: Path, path: str, text: str) -> None:
    """Write a file that is not there yet. Raises ProblemsError where it is, or where it cannot be written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="") as opened:
            opened.write(text)
    except FileExistsError:
        text = '"{path}" is there already, and is left as it is.'
        raise ProblemsError(Problem.error(SourceLocation(path), "taken", text, path=path)) from None
    except OSError as error:
        raise _write_error(path, error) from None


def replace_file(file: Path, path: str, text: str) -> None:
    """Write a file anew, all of it or nothing. Raises ProblemsError where it cannot be written."""
    aside = None
    try:
        handle, aside = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as opened:
            opened.write(text)
        Path(aside).chmod(file.stat().st_mode)
        Path(aside).replace(file)
    except OSError as error:
        if aside:
            Path(aside).unlink(missing_ok=True)
        raise _write_error(path, error) from None


def _write_error(path: str, error: OSError) -> ProblemsError:
    text = '"{path}" cannot be written: {reason}. Nothing was changed.'
    return ProblemsError(Problem.error(SourceLocation(path), "file", text, path=path, reason=parse_reason(error.strerror)))
