"""``inv preview``: an archive of a built site whose pages can be opened from disk, without a server."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.publishing.checks.output_checks import list_files

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time in a ZIP archive (APPNOTE.TXT of ZIP, 4.4.6), for every file: the same site gives the same bytes."""
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
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files:
            entry = zipfile.ZipInfo(f"{folder.name}/{file.relative_to(folder).as_posix()}", _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on any system, so that the permissions below are read as such
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, file.read_bytes())
