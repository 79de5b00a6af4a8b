"""What a site says of itself when it is published: headers for its host, and the list of all that it consists of."""

from __future__ import annotations

from pathlib import Path

from plugins.publishing import headers, sums


def seal(folder: Path) -> sums.Sums:
    """Write ``_headers`` and ``SHA256SUMS`` into a built folder; give the sums."""
    _write(folder / "_headers", headers.static_host())
    found = sums.sums_of(folder)
    _write(folder / sums.NAME, sums.written(found))
    return found


def _write(file: Path, text: str) -> None:
    file.unlink(missing_ok=True)  # a name that an older folder may share is never written through
    file.write_bytes(text.encode())
