"""The index of a git repository, read without git: the paths that it tracks.

The format: https://git-scm.com/docs/index-format. A program that runs for each check would cost more than the check.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

_HEADER = struct.Struct(">4sII")
_STAT_SIZE, _HASH_SIZES = 40, (20, 32)  # of an entry in bytes: its times and rights, then its digest (SHA-1 or SHA-256)
_EXTENDED, _EXTENDED_SIZE = 0x4000, 2
_FOLDER_MODE = 0o040000  # of an entry of a sparse index, which stands for all files below it


class UnreadableIndexError(ValueError):
    """An index that holds only a part of what is tracked, or that cannot be read."""


def find_repository(folder: Path) -> Path | None:
    """Return the folder of the repository that holds ``folder``, or None."""
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)


def list_tracked_paths(repository: Path) -> list[str]:
    """Return the paths that a repository tracks, from its folder on; none where nothing was ever added.

    Raises UnreadableIndexError.
    """
    try:
        data = (_git_folder(repository) / "index").read_bytes()
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        raise UnreadableIndexError from None
    for size in _HASH_SIZES:
        try:
            return list(_parse_index(data, size))
        except (ValueError, LookupError, struct.error):
            continue
    raise UnreadableIndexError


def _git_folder(repository: Path) -> Path:
    """Return the folder with the index: that of a work tree is named in a file."""
    folder = repository / ".git"
    return repository / folder.read_text("utf-8").removeprefix("gitdir:").strip() if folder.is_file() else folder


def _parse_index(data: bytes, hash_size: int) -> Iterator[str]:
    """Return the paths of an index of version 2, 3 or 4. Raises ValueError, LookupError or struct.error where it is none."""
    signature, version, count = _HEADER.unpack_from(data)
    if signature != b"DIRC" or version not in (2, 3, 4):
        raise ValueError(version)
    position, path, flags_at = _HEADER.size, b"", _STAT_SIZE + hash_size
    for _ in range(count):
        mode, flags = *struct.unpack_from(">I", data, position + 24), *struct.unpack_from(">H", data, position + flags_at)
        start = position + flags_at + 2 + (_EXTENDED_SIZE if flags & _EXTENDED else 0)
        kept = b""
        if version == 4:  # a path is stored as how much of the last one is cut off, and what follows
            cut, start = _parse_length(data, start)
            kept = path[: len(path) - cut]
        end = data.index(b"\0", start)
        path = kept + data[start:end]
        if mode >> 12 == _FOLDER_MODE >> 12:
            raise ValueError(mode)
        # Before version 4 an entry is padded with one to eight zeros, to a multiple of eight bytes.
        position = end + 1 if version == 4 else position + (end - position) // 8 * 8 + 8
        yield path.decode("utf-8", "surrogateescape")
    _check_extensions(data, position, len(data) - hash_size)


def _check_extensions(data: bytes, position: int, end: int) -> None:
    """Raise ValueError where what follows the entries says that others are elsewhere: a name in small letters does."""
    while position < end:
        name, size = struct.unpack_from(">4sI", data, position)
        if not name[:1].isupper():
            raise ValueError(name)
        position += 8 + size
    if position != end:
        raise ValueError(position)


def _parse_length(data: bytes, position: int) -> tuple[int, int]:
    """Return a length of variable width, and the position behind it."""
    value = data[position] & 0x7F
    while data[position] & 0x80:
        position += 1
        value = ((value + 1) << 7) | (data[position] & 0x7F)
    return value, position + 1
