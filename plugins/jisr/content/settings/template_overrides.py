"""Templates of a site that take the place of those of the program, and what these were when they were copied.

``overrides.json``, beside the settings and committed with them, has for each the digest of the original; where the original
differs from it, the program has changed since, and the site is told.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jisr.content import atomic_write
from jisr.core.diagnostics.problems import Problem, SourceLocation

RECORD = "overrides.json"


def find_overrides(settings: Mapping[str, Any]) -> Iterator[tuple[str, Path, Path]]:
    """Return the name of each template that a site has of its own, its file, and the original."""
    originals = Path(settings["THEME"]) / "templates"
    for folder in map(Path, settings.get("THEME_TEMPLATES_OVERRIDES") or ()):
        for file in sorted(folder.rglob("*.html")):
            name = file.relative_to(folder).as_posix()
            if (originals / name).is_file():
                yield name, file, originals / name


def check_overrides(settings: Mapping[str, Any], folder: Path) -> Iterator[Problem]:
    """Return a warning for each own template whose original has changed, or of which nobody noted what it was."""
    record = read_record(folder)
    for name, file, original in find_overrides(settings):
        place = SourceLocation(file.relative_to(folder).as_posix() if file.is_relative_to(folder) else str(file))
        if name not in record:
            text = '"{name}" is not in {record}: nobody would be told when the original changes. Run "jisr override {name}".'
            yield Problem.warning(place, "override", text, name=name, record=RECORD)
        elif record[name] != digest(original):
            text = (
                '"{name}" was copied from a template that the program has changed since. Compare it with {original}, take over '
                'what you want, then run "jisr override {name}".'
            )
            yield Problem.warning(place, "override", text, name=name, original=original)


def record_new(settings: Mapping[str, Any], folder: Path) -> None:
    """Note the originals of the own templates that are in the record not yet: those that were made by hand."""
    originals = {name: original for name, _, original in find_overrides(settings)}
    record = read_record(folder) if originals else {}
    if new := {name: digest(original) for name, original in originals.items() if name not in record}:
        write_record(folder, {**record, **new})


def read_record(folder: Path) -> dict[str, str]:
    """Return the digests of originals by the names of templates; none where the file is not there or cannot be read."""
    try:
        record = json.loads((folder / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in record.items()} if isinstance(record, dict) else {}


def write_record(folder: Path, record: Mapping[str, str]) -> None:
    """Write the digests of originals, in the order of their names. Raises OSError where that cannot be."""
    text = json.dumps(dict(sorted(record.items())), indent=2) + "\n"
    atomic_write.replace_atomically(folder / RECORD, lambda aside: aside.write_text(text, "utf-8", newline="\n"))


def digest(file: Path) -> str:
    """Return the digest of a template."""
    return f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
