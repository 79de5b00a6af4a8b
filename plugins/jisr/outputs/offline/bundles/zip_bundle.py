"""The bundle of a language as a ZIP archive, and the difference of two of them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from jisr.content.atomic_write import replace_atomically
from jisr.content.write.reproducible_zip import sort_names, write_zip
from jisr.core.frozen import dataclass
from jisr.outputs.offline.bundles.language_files import LanguageFiles

REMOVED_LIST = "removed.txt"
"""In a difference: the files of the earlier bundle that the new one lacks, one a line; the last line is this list itself."""


@dataclass(frozen=True, slots=True)
class EarlierBundle:
    """A bundle that readers have: its language, and its files."""

    tag: str
    files: dict[str, bytes]


def write_bundle(target: Path, files: LanguageFiles) -> None:
    """Write the archive of a language. Raises OSError."""
    entries = ((name, files.read(name)) for name in sort_names(files.names()))
    replace_atomically(target, lambda temporary: write_zip(temporary, entries))


def read_bundle(file: Path, tags: Iterable[str]) -> EarlierBundle:
    """Return a bundle that was written before. Raises OSError, and ValueError where it is no bundle of these languages."""
    try:
        with zipfile.ZipFile(file) as archive:
            files = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise ValueError(str(file)) from error
    found = [tag for tag in tags if f"{tag}/index.html" in files]
    if len(found) != 1 or REMOVED_LIST in files:
        raise ValueError(str(file))
    return EarlierBundle(found[0], files)


def write_delta(target: Path, before: EarlierBundle, files: LanguageFiles) -> int:
    """Write what makes an earlier bundle the new one, and return the number of its files. Raises OSError."""
    entries = dict(_changes(before, files))
    write = [(name, entries[name]) for name in sort_names(entries)]
    replace_atomically(target, lambda temporary: write_zip(temporary, write))
    return len(entries)


def _changes(before: EarlierBundle, files: LanguageFiles) -> Iterator[tuple[str, bytes]]:
    names = set(files.names())
    for name in names:
        data = files.read(name)
        if before.files.get(name) != data:
            yield name, data
    removed = [*sort_names(before.files.keys() - names), REMOVED_LIST]
    yield REMOVED_LIST, "".join(f"{name}\n" for name in removed).encode()
