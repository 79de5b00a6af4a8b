"""The cache folder of the user, where nobody else writes: byte code of templates, and the key of what builds keep."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_KEY_SIZE, _DIGEST_SIZE = 32, 16  # bytes


def user_cache_folder() -> Path:
    """Return the folder: where Python was told to keep its byte code, or in the cache folder of the user.

    A variable that is no absolute path counts as none (https://specifications.freedesktop.org/basedir-spec/latest/).
    """
    told = Path(sys.pycache_prefix or os.environ.get("XDG_CACHE_HOME") or "")
    return ((told if told.is_absolute() else Path.home() / ".cache") / "jisr").resolve()


def make_private_folder(folder: Path, site_folders: Iterable[Path]) -> bool:
    """Make a folder where there is none, and return whether nobody but this user can write into it.

    One that lies in a folder of the site may come from elsewhere, as that.
    """
    if any(folder.is_relative_to(one.resolve()) for one in site_folders):
        return False
    try:
        folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
        state = folder.stat()
    except OSError:
        return False
    if sys.platform == "win32":  # whose users have folders of their own
        return folder.is_relative_to(Path.home())
    return state.st_uid == os.getuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def seal_bytes(data: bytes, site_folder: Path) -> str:
    """Return what proves that this user's builds wrote these bytes; empty where this user has no place for a key.

    The key lies outside the site: whoever hands in files of a ``.cache/`` cannot make it.
    """
    key = _read_key(site_folder)
    return hashlib.blake2b(data, digest_size=_DIGEST_SIZE, key=key).hexdigest() if key else ""


def _read_key(site_folder: Path) -> bytes:
    """Return the key of this user, made where there is none; empty where that is not possible."""
    with suppress(OSError, RuntimeError):  # RuntimeError: a user without a home
        folder = user_cache_folder()
        if make_private_folder(folder, [site_folder]):
            return _load_key(folder / "key")
    return b""


def _load_key(file: Path) -> bytes:
    if not file.is_file():
        aside = file.with_name(f"key-{os.getpid()}")
        aside.touch(stat.S_IRUSR | stat.S_IWUSR)
        aside.write_bytes(os.urandom(_KEY_SIZE))
        with suppress(FileExistsError):  # another build made it just now
            os.link(aside, file)  # whole, or not at all
        aside.unlink()
    key = file.read_bytes()
    return key if len(key) == _KEY_SIZE else b""
