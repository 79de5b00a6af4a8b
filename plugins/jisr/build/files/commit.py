"""The commit of a build: the output becomes what was made, all at once or file by file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from jisr.build.cache.memory import BuildMemory
from jisr.build.files.atomic_swap import swap_directories
from jisr.build.files.snapshot import FileChanges

MAX_RENAMED_SHARE = 0.1  # of all files: with more of them the whole folder is replaced


@dataclass(frozen=True, slots=True)
class Commit:
    """What became of the output: the files that changed, and whether its folder was replaced as a whole."""

    paths: list[str]  # in the output
    changes: FileChanges  # the same by absolute path
    digests: Mapping[str, str]  # of some of the files that were written, by absolute path
    is_replaced: bool


def commit_output(
    staging: Path, target: Path, paths: Mapping[str, bool], memory: BuildMemory | None, digests: Mapping[str, str]
) -> Commit:
    """Bring the output up to date with a staging folder; ``paths`` says of each file whether it is there or kept.

    ``digests`` are those of some files, which need not be read again. Where there is no last output, or much of it changed,
    the folder is replaced as a whole, with the files that are kept as second names of those of the last output. Else each file
    is replaced by a rename of its own; a build that is killed between two of them is completed by the next.
    """
    written = [path for path, is_written in paths.items() if is_written]
    gone = [path for path in (memory.output_paths() if memory else ()) if path not in paths]
    folder = str(target.absolute())
    paths_written = {f"{folder}/{path}" for path in written}
    known = {path for path in paths_written if memory is not None and memory.outputs.state(path)}
    by_path = {f"{folder}/{path}": digest for path, digest in digests.items()}
    changes = FileChanges(known, paths_written - known, {f"{folder}/{path}" for path in gone})
    if memory is None or len(written) + len(gone) > len(paths) * MAX_RENAMED_SHARE:
        if memory is not None:
            _complete_staging(staging, target, paths)
        swap_directories(staging, target)
        return Commit(written + gone, changes, by_path, is_replaced=True)
    _remove_files(target, gone)
    rename_files(staging, target, [path for path in written if (staging / path).exists()])  # else written first, for browsers
    return Commit(written + gone, changes, by_path, is_replaced=False)


def _complete_staging(staging: Path, target: Path, paths: Mapping[str, bool]) -> None:
    """Give the files of the output that are kept, or were written there first, a second name in the staging folder."""
    for path in paths:
        file = staging / path
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            _link_or_copy(target / path, file)


def _link_or_copy(existing: Path, file: Path) -> None:
    """Give a file a second name, or copy it: not every file system can do that."""
    try:
        file.hardlink_to(existing)
    except OSError:
        file.write_bytes(existing.read_bytes())


def _remove_files(target: Path, paths: list[str]) -> None:
    """Remove files of the output, with folders that are empty then."""
    for path in paths:
        with suppress(FileNotFoundError):
            (target / path).unlink()
        folder = (target / path).parent
        while folder != target:
            try:
                folder.rmdir()
            except OSError:
                break
            folder = folder.parent


def rename_files(staging: Path, target: Path, paths: list[str]) -> None:
    """Replace files of the output by those of the staging folder, one by one."""
    for path in paths:
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        os.replace(staging / path, file)  # noqa: PTH105 (a Path for each costs more)
