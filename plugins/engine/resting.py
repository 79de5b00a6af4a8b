"""Notes of good builds: when one may be kept, and what it says again when it is found to hold."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.core.problems import Place, Problem, in_order
from plugins.engine import standing
from plugins.engine.standing import Note

if TYPE_CHECKING:
    from plugins.core.site import Site
    from plugins.engine.generator import Jisr


def keep(note: Note, file: Path, jisr: Jisr, last: Note | None) -> None:
    """Keep the note of a build that went well, where nothing counts but what it names.

    Plugins that are not ours may read whatever they like: no note then.
    """
    if not note.settings or not all(name.startswith("plugins.") for name in jisr.wanted):
        return
    imported = _imported(note.sources)
    if any(Path(file).stat().st_mtime_ns >= note.seen for file in imported):
        return  # it may have changed since it was imported
    note.sources += imported
    note.files |= standing.look(imported, {})
    if not _waits(jisr.shared["site"], len(list(Path(jisr.path).rglob("index.*.md")))):
        note.clock = ""
    note.shown = jisr.made.shown(Path(jisr.output_path))
    note.output, note.written = str(Path(jisr.output_path).absolute()), time.time_ns()
    known = last.pages if last is not None and last.output == note.output else {}
    note.pages = standing.look([note.output], known)
    note.warnings = [[*_spot(one.place), one.code, one.text, one.values] for one in in_order(jisr.problems)]
    note.save(file)


def warnings(note: Note) -> list[Problem]:
    """Give what the build warned of: it is as true as it was."""
    found = note.warnings
    return [Problem.warning(Place(*one[:3]), one[3], one[4], **dict(one[5])) for one in found]


def _spot(place: Place) -> tuple[str, int, int]:
    return place.path, place.line, place.column


def _waits(site: Site, files: int) -> bool:
    """Whether a later clock alone may change a page: a text is not built yet, or an event is not over."""
    from plugins.core.events import registration_state, state

    built = [version for one in site.sets.values() for version in one.versions]
    events = [one.event for one in built if one.event is not None]
    return len(built) != files or any(
        state(one, site.now, site.timezone) != "past" or registration_state(one, site.now, site.timezone) not in ("", "closed")
        for one in events
    )


def _imported(sources: list[str]) -> list[str]:
    """Give the files of code that was imported from elsewhere: settings may import others."""
    packages = (sys.prefix, sys.base_prefix, *(path for path in sys.path if path.endswith("-packages")))
    known = tuple(str(Path(one).resolve()) for one in (*sources, *packages))
    modules = [str(getattr(one, "__file__", None) or "") for one in list(sys.modules.values())]
    found = {str(Path(file).resolve()) for file in modules if file and Path(file).is_file()}
    return sorted(file for file in found if not file.startswith(known))
