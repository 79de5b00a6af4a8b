"""The index of a git repository, read without git: the paths that it tracks.

The format: https://git-scm.com/docs/index-format. A program that runs for each check would cost more than the check.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

_HEADER = struct.Struct(">4sII")
_FIXED_SIZE, _FLAGS_AT = 62, 60  # of an entry in bytes, before its path
_EXTENDED, _EXTENDED_SIZE = 0x4000, 2


def find_repository(folder: Path) -> Path | None:
    """Return the folder of the repository that holds ``folder``, or None."""
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)


def list_tracked_paths(repository: Path) -> Iterator[str]:
    """Return the paths that a repository tracks, from its folder on; none where it has no index that can be read."""
    try:
        data = (_git_folder(repository) / "index").read_bytes()
        yield from _parse_index(data)
    except (OSError, ValueError, struct.error):
        return


def _git_folder(repository: Path) -> Path:
    """Return the folder with the index: that of a work tree is named in a file."""
    folder = repository / ".git"
    return repository / folder.read_text("utf-8").removeprefix("gitdir:").strip() if folder.is_file() else folder


def _parse_index(data: bytes) -> Iterator[str]:
    """Return the paths of an index of version 2, 3 or 4. Raises ValueError or struct.error where it is none."""
    signature, version, count = _HEADER.unpack_from(data)
    if signature != b"DIRC" or version not in (2, 3, 4):
        raise ValueError(version)
    position, path = _HEADER.size, b""
    for _ in range(count):
        (flags,) = struct.unpack_from(">H", data, position + _FLAGS_AT)
        start = position + _FIXED_SIZE + (_EXTENDED_SIZE if flags & _EXTENDED else 0)
        kept = b""
        if version == 4:  # a path is stored as how much of the last one is cut off, and what follows
            cut, start = _parse_length(data, start)
            kept = path[: len(path) - cut]
        end = data.index(b"\0", start)
        path = kept + data[start:end]
        # Before version 4 an entry is padded with one to eight zeros, to a multiple of eight bytes.
        position = end + 1 if version == 4 else position + (end - position) // 8 * 8 + 8
        yield path.decode("utf-8", "surrogateescape")


def _parse_length(data: bytes, position: int) -> tuple[int, int]:
    """Return a length of variable width, and the position behind it."""
    value = data[position] & 0x7F
    while data[position] & 0x80:
        position += 1
        value = ((value + 1) << 7) | (data[position] & 0x7F)
    return value, position + 1
