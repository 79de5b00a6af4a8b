"""The error of a file that is not built as its format says."""

from __future__ import annotations


class DamagedFileError(ValueError):
    """A file, or a part of it, that cannot be read: what it tells about people cannot be taken out."""
