"""``SHA256SUMS``: what a site consists of, so that any copy of it can be held against it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from jisr.core.frozen import dataclass
from jisr.publishing.checks.output_checks import files_of

NAME = "SHA256SUMS"
SIGNATURE = f"{NAME}.minisig"
MIRRORS = ".well-known/mirrors.json"
SIGNATURES = {SIGNATURE: NAME, f"{MIRRORS}.minisig": MIRRORS}  # each with what it signs
_APART = (NAME, *SIGNATURES)  # whoever checks a copy can make all but these

Sums = Mapping[str, str]


def sums_of(folder: Path) -> dict[str, str]:
    """Give the SHA-256 sum of each file of a folder by its path, but of the list itself and the signatures."""
    found = {}
    for file in files_of(folder):
        path = file.relative_to(folder).as_posix()
        if path not in _APART:
            found[path] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def written(sums: Sums) -> str:
    """Give the list as ``sha256sum -c`` reads it, sorted by the bytes of the paths.

    >>> written({"b.html": "02", "ar/بيان.pdf": "01"})
    '01  ar/بيان.pdf\\n02  b.html\\n'
    """
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums, key=str.encode))


def read(text: str) -> dict[str, str]:
    """Give the sums of a list by path. Raises ValueError where a line is none.

    >>> read("01  ar/بيان.pdf\\n")
    {'ar/بيان.pdf': '01'}
    """
    found = {}
    for line in text.splitlines():
        value, gap, path = line.partition("  ")
        if not gap or not path:
            raise ValueError(line)
        found[path] = value
    return found


def digest(sums: Sums) -> str:
    """Give the short name of a site by all that it consists of."""
    return hashlib.sha256(written(sums).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a copy differs from what was published."""

    missing: tuple[str, ...]
    extra: tuple[str, ...]
    altered: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.altered)


def compare(ours: Sums, theirs: Sums, apart: Iterable[str] = ()) -> Difference:
    """Give how a copy differs, but for the paths ``apart``.

    >>> compare({"ar/": "1", "ckb/": "2"}, {"ar/": "1", "ckb/": "3", "x": "4"})
    Difference(missing=(), extra=('x',), altered=('ckb/',))
    """
    wanted, found = ours.keys() - set(apart), theirs.keys() - set(apart)
    return Difference(
        missing=tuple(sorted(wanted - found)),
        extra=tuple(sorted(found - wanted)),
        altered=tuple(sorted(path for path in wanted & found if ours[path] != theirs[path])),
    )
