"""``SHA256SUMS``: what a site consists of, so that any copy of it can be held against it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from jisr.core.frozen import dataclass
from jisr.publishing.checks.output_checks import list_files

SUMS_NAME = "SHA256SUMS"
SIGNATURE_NAME = f"{SUMS_NAME}.minisig"
MIRRORS_PATH = ".well-known/mirrors.json"
SIGNATURES = {SIGNATURE_NAME: SUMS_NAME, f"{MIRRORS_PATH}.minisig": MIRRORS_PATH}  # each with what it signs
_EXCLUDED_PATHS = (SUMS_NAME, *SIGNATURES)  # whoever checks a copy can make all but these

Checksums = Mapping[str, str]


def compute_checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 sum of each file of a folder by its path, but of the list itself and the signatures."""
    found = {}
    for file in list_files(folder):
        path = file.relative_to(folder).as_posix()
        if path not in _EXCLUDED_PATHS:
            found[path] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def format_checksums(sums: Checksums) -> str:
    """Return the list as ``sha256sum -c`` reads it, sorted by the bytes of the paths.

    >>> format_checksums({"b.html": "02", "ar/بيان.pdf": "01"})
    '01  ar/بيان.pdf\\n02  b.html\\n'
    """
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums, key=str.encode))


def parse_checksums(text: str) -> dict[str, str]:
    """Return the sums of a list by path. Raises ValueError where a line is none.

    >>> parse_checksums("01  ar/بيان.pdf\\n")
    {'ar/بيان.pdf': '01'}
    """
    found = {}
    for line in text.splitlines():
        value, gap, path = line.partition("  ")
        if not gap or not path:
            raise ValueError(line)
        found[path] = value
    return found


def site_digest(sums: Checksums) -> str:
    """Return the short name of a site by all that it consists of."""
    return hashlib.sha256(format_checksums(sums).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class ChecksumDifference:
    """How a copy differs from what was published."""

    missing: tuple[str, ...]
    extra: tuple[str, ...]
    altered: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.altered)


def compare_checksums(ours: Checksums, theirs: Checksums, apart: Iterable[str] = ()) -> ChecksumDifference:
    """Return how a copy differs, but for the paths ``apart``.

    >>> compare_checksums({"ar/": "1", "ckb/": "2"}, {"ar/": "1", "ckb/": "3", "x": "4"})
    ChecksumDifference(missing=(), extra=('x',), altered=('ckb/',))
    """
    wanted, found = ours.keys() - set(apart), theirs.keys() - set(apart)
    return ChecksumDifference(
        missing=tuple(sorted(wanted - found)),
        extra=tuple(sorted(found - wanted)),
        altered=tuple(sorted(path for path in wanted & found if ours[path] != theirs[path])),
    )
