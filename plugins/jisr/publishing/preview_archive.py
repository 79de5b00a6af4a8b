"""``inv preview``: an archive of a built site whose pages can be opened from disk, without a server."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jisr.content.write.reproducible_zip import write_zip
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.publishing.checks.output_checks import list_files

_SERVER_FILES = ("404.html", "robots.txt")


def pack(folder: Path, formatter: MessageFormatter) -> int:
    """Write the archive of a built site next to its folder, and print its name. Returns 0.

    Raises ProblemsError where it cannot be written.
    """
    target = folder.with_name(f"{folder.name}.zip")
    temporary = target.with_name(f".{target.name}")
    try:
        files = list(portable_files(folder))
        write_archive(temporary, folder, files)
        temporary.replace(target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        text = '"{path}" cannot be written: {reason}. Name another folder with --output.'
        problem = Problem.error(SourceLocation(str(target)), "output", text, path=target, reason=parse_reason(error.strerror))
        raise ProblemsError(problem) from None
    files_count = phrase("{count} files", count=len(files))
    text = "Packed {files} into {archive}. Unpack it, and open {page} in a browser."
    print(formatter.format(phrase(text, files=files_count, archive=target.name, page=f"{folder.name}/index.html")))
    return 0


def portable_files(folder: Path) -> Iterable[Path]:
    """Return the files of a built site that are useful without a server, sorted by path."""
    portable = (file for file in list_files(folder) if file.name not in _SERVER_FILES)
    return sorted(portable, key=lambda file: file.relative_to(folder).as_posix().encode())


def write_archive(target: Path, folder: Path, files: Iterable[Path]) -> None:
    """Write files into an archive, below one folder with the name of their folder."""
    write_zip(target, ((f"{folder.name}/{file.relative_to(folder).as_posix()}", file.read_bytes()) for file in files))
