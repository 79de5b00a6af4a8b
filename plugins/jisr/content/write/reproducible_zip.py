"""ZIP archives whose bytes depend on their entries alone, in the order in which they are given."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time in a ZIP archive (APPNOTE.TXT of ZIP, 4.4.6), for every file."""


def write_zip(file: Path | IO[bytes], entries: Iterable[tuple[str, bytes]], stored: tuple[str, ...] = ()) -> None:
    """Write an archive of names and bytes, all but those named in ``stored`` compressed. Raises OSError."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on any system, so that the permissions below are read as such
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)


def sort_names(names: Iterable[str]) -> list[str]:
    """Return names of entries in the order of an archive: that of their bytes."""
    return sorted(names, key=str.encode)
