"""A file is replaced whole, or stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from jisr.content.atomic_write import replace_atomically, write_atomically


def fail(temporary: Path) -> None:
    """Write a part of a file, and fail as on a full disk."""
    temporary.write_text("ne", "utf-8")
    raise OSError(28, "No space left on device")


def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    """Who may read a file may read it afterwards, and nothing else is left in its folder."""
    file = tmp_path / "index.ar.md"
    file.write_text("old", "utf-8")
    file.chmod(0o640)

    replace_atomically(file, lambda temporary: temporary.write_text("new", "utf-8"))

    assert file.read_text("utf-8") == "new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    """A write that fails is an error, and for a cache none; either leaves the old file and no part of the new one."""
    file = tmp_path / "cache"
    file.write_text("old", "utf-8")

    with pytest.raises(OSError, match="No space left"):
        replace_atomically(file, fail)
    write_atomically(file, fail)

    assert file.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_new_file_gets_its_folder(tmp_path: Path) -> None:
    """A folder that is missing is created."""
    write_atomically(tmp_path / "a" / "b", lambda temporary: temporary.write_bytes(b"new"))

    assert (tmp_path / "a" / "b").read_bytes() == b"new"
