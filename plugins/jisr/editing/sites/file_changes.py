"""Changes of files in a site: shown as a difference, then written; three states of a file merged into one."""

from __future__ import annotations

import difflib
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.editing.sites.site_folder import write_files


@dataclass(frozen=True, slots=True)
class Change:
    """A file that becomes another; one of None is not there."""

    path: str
    before: bytes | None
    after: bytes | None


def merge_versions(present: bytes, base: bytes, new: bytes) -> bytes | None:
    """Return a file with the changes of the site and of the program; None where they touch, or no git is there."""
    with tempfile.TemporaryDirectory() as aside:
        files = [Path(aside, name) for name in ("present", "base", "new")]
        for file, data in zip(files, (present, base, new), strict=True):
            file.write_bytes(data)
        try:
            command = ["git", "merge-file", "-p", *map(str, files)]
            done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 (files of ours)
        except OSError:
            return None
        return done.stdout if done.returncode == 0 else None


def format_change(change: Change) -> str:
    """Return a change as a unified diff; of a file that is no text its name and size."""
    before, after = change.before or b"", change.after or b""
    if b"\0" in before + after:
        size = f"{len(after) / 1000:.0f} kB" if change.after is not None else "taken out"
        return f"{change.path}: {size}\n"
    old, new = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, after))
    names = ("/dev/null" if change.before is None else change.path, "/dev/null" if change.after is None else change.path)
    shown = difflib.unified_diff(old, new, *names)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in shown)


def apply_changes(folder: Path, changes: Iterable[Change]) -> None:
    """Write changes; a link is replaced, never followed. Raises ProblemsError where a file cannot be written."""
    for change in changes:
        file = folder / change.path
        try:
            if not file.parent.resolve().is_relative_to(folder.resolve()):
                raise NotADirectoryError(20, "Not a directory")
            if change.after is None or file.is_symlink():
                file.unlink(missing_ok=True)
            if change.after is None:
                _remove_empty(file.parent, folder)
            else:
                write_files(folder, {change.path: change.after})
        except OSError as error:
            text = '"{path}" cannot be written: {reason}. Mend that, and run the command again: it goes on from there.'
            problem = Problem.error(SourceLocation(change.path), "file", text, path=change.path, reason=error.strerror)
            raise ProblemsError(problem) from None


def _remove_empty(inner: Path, folder: Path) -> None:
    """Remove a folder in which nothing is left but byte code, and those above it likewise."""
    while inner != folder and all(one.name == "__pycache__" for one in inner.iterdir()):
        for code in (*inner.glob("__pycache__/*"),):
            code.unlink()
        with suppress(OSError):
            (inner / "__pycache__").rmdir()
        inner.rmdir()
        inner = inner.parent
