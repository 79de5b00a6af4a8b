"""Files of ``.cache/`` whose names end in the digest of their bytes, so that the sealed manifest of a build proves them."""

from __future__ import annotations

from pathlib import Path

from jisr.build.files.snapshot import hash_bytes
from jisr.content import atomic_write


def write_named(folder: Path, start: str, data: bytes, ending: str) -> Path:
    """Write bytes into a file of their own, which this returns: others that the last build named stay. Raises OSError."""
    file = folder / f"{start}-{hash_bytes(data)}{ending}"
    atomic_write.replace_atomically(file, lambda aside: aside.write_bytes(data))
    return file


def read_named(folder: Path, name: str) -> bytes:
    """Return the bytes of a file. Raises OSError, or LookupError where they are not those that its name says."""
    file = folder / Path(name).name
    data = file.read_bytes()
    if not file.stem.endswith(f"-{hash_bytes(data)}"):
        raise LookupError(name)
    return data
