"""``SHA256SUMS``: the checksums of all files of a site, which any copy can be compared with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from jisr.core.frozen import dataclass
from jisr.publishing.checks.output_checks import list_files

SUMS_NAME = "SHA256SUMS"
SIGNATURE_NAME = f"{SUMS_NAME}.minisig"
MIRRORS_PATH = ".well-known/mirrors.json"
SIGNATURES = {SIGNATURE_NAME: SUMS_NAME, f"{MIRRORS_PATH}.minisig": MIRRORS_PATH}  # each with the file that it signs
_EXCLUDED_PATHS = (SUMS_NAME, *SIGNATURES)  # all other files can be rebuilt from the texts

Checksums = Mapping[str, str]


def compute_checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 sum of each file of a folder by path, except the list itself and the signatures."""
    sums = {}
    for file in list_files(folder):
        path = file.relative_to(folder).as_posix()
        if path not in _EXCLUDED_PATHS:
            sums[path] = hashlib.sha256(file.read_bytes()).hexdigest()
    return sums


def is_other_each_time(path: str) -> bool:
    """Whether the bytes of a file differ from build to build, so that no list can have its sum: libzim numbers each archive.

    >>> is_other_each_time("bundles/ar.zim"), is_other_each_time("bundles/ar.zip")
    (True, False)
    """
    return path.startswith("bundles/") and path.endswith(".zim")


def format_checksums(sums: Checksums) -> str:
    """Return the list in the format of ``sha256sum -c``, sorted by the bytes of the paths.

    >>> format_checksums({"b.html": "02", "ar/بيان.pdf": "01"})
    '01  ar/بيان.pdf\\n02  b.html\\n'
    """
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums, key=str.encode))


def parse_checksums(text: str) -> dict[str, str]:
    """Return the sums of a list by path. Raises ValueError where a line is invalid.

    >>> parse_checksums("01  ar/بيان.pdf\\n")
    {'ar/بيان.pdf': '01'}
    """
    sums = {}
    for line in text.splitlines():
        value, gap, path = line.partition("  ")
        if not gap or not path:
            raise ValueError(line)
        sums[path] = value
    return sums


def site_digest(sums: Checksums) -> str:
    """Return a short digest of all files of a site, the name of its release."""
    return hashlib.sha256(format_checksums(sums).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class ChecksumDifference:
    """The differences of a copy from the published site."""

    missing: tuple[str, ...]
    extra: tuple[str, ...]
    altered: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.altered)


def compare_checksums(ours: Checksums, theirs: Checksums, excluded: Iterable[str] = ()) -> ChecksumDifference:
    """Return the differences of a copy, except at the paths ``excluded``.

    >>> compare_checksums({"ar/": "1", "ckb/": "2"}, {"ar/": "1", "ckb/": "3", "x": "4"})
    ChecksumDifference(missing=(), extra=('x',), altered=('ckb/',))
    """
    expected, actual = ours.keys() - set(excluded), theirs.keys() - set(excluded)
    return ChecksumDifference(
        missing=tuple(sorted(expected - actual)),
        extra=tuple(sorted(actual - expected)),
        altered=tuple(sorted(path for path in expected & actual if ours[path] != theirs[path])),
    )
