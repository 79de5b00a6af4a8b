"""Notes of good builds: what they are made from, when one may be kept, and what it says when it is found to hold."""

from __future__ import annotations

import secrets
import sys
from bisect import bisect_right
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jisr.build import manifest
from jisr.build.cache.site_store import Kept
from jisr.build.cache.site_store import keep as keep_site
from jisr.build.console.problem_report import lines
from jisr.build.incremental.update import kept_beside, rooms
from jisr.build.manifest import Note
from jisr.build.options import Options
from jisr.core.build.expiry import turning_points
from jisr.core.build.resources import PACKAGE
from jisr.core.diagnostics.problems import phrase

if TYPE_CHECKING:
    from jisr.build.pelican_run import Jisr

KEPT_BUILDS = 32


def begin(settings: Mapping[str, Any], options: Options, last: Note | None) -> Note:
    """Give a note of what a build is about to be made from; it is looked at before anything is read."""
    known = last.sources if last is not None else None
    return Note(manifest.base(), manifest.stated(options), manifest.look(_sources(settings, options), known))


def keep(note: Note, file: Path, jisr: Jisr, last: Note | None) -> None:
    """Keep the note of a build that went well, where nothing counts but what it names.

    Plugins that are not ours may read whatever they like: no note then.
    """
    if not note.settings or not jisr.ours:
        return
    imported = _imported([*note.sources.folders, *note.sources.alone])
    if any(Path(file).stat().st_mtime_ns >= note.sources.seen for file in imported):
        return  # it may have changed since it was imported
    note.sources.alone |= manifest.look(imported).alone
    note.since, note.until = _around(sorted(one.timestamp() for one in turning_points(jisr.shared["site"])), jisr)
    output = Path(jisr.output_path)
    known = last.written if last is not None else None
    note.written, note.stamp = jisr.at_once(
        lambda: manifest.look([str(output.absolute())], known), lambda: _keep_site(file, jisr)
    )
    note.warnings = list(lines(jisr.problems, jisr.voice))
    shown = f"{jisr.made.shown(output)}/"
    note.unchanged = jisr.voice.say(phrase("Nothing changed: {folder} stands as it was built", folder=shown))
    note.save(file)
    _sweep(file.parent)


def _keep_site(file: Path, jisr: Jisr) -> str:
    """Keep the site for a build after words of a text changed, where every plugin says what its files show.

    Gives the stamp of what is kept; an empty one where nothing is.
    """
    try:
        list(rooms(jisr.wanted))
    except LookupError:
        return ""
    plain = {name: value for name, value in jisr.settings.items() if name.isupper() and _is_plain(value)}
    run = {name: getattr(jisr.made, name) for name in ("content_shown", "settings_shown", "strict", "drafts")}
    shared = {
        "settings": plain | {"PATH": jisr.path, "THEME": jisr.theme, "OUTPUT_PATH": jisr.output_path},
        "run": run | {"folder": str(jisr.made.folder)},
        "rooms": jisr.wanted,
        "assets": jisr.shared["assets"],
    }
    stamp = secrets.token_hex(8)
    return stamp if keep_site(kept_beside(file), stamp, jisr.shared["site"], Kept(jisr.shown, shared)) else ""


def _sweep(folder: Path) -> None:
    """Take away what is known of builds that many others followed: nobody comes back to most outputs."""
    for kind in ("build-*.pickle", "standing-*.json", "standing-*.sqlite"):
        with suppress(OSError):  # another build may take away the same
            known = sorted(folder.glob(kind), key=lambda one: one.stat().st_mtime_ns, reverse=True)
            for file in known[KEPT_BUILDS:]:
                file.unlink()


def _is_plain(value: object) -> bool:
    if type(value) is dict:
        return all(_is_plain(one) for pair in value.items() for one in pair)
    if type(value) in (list, tuple):
        return all(map(_is_plain, cast(list[object], value)))
    return value is None or type(value) in (str, int, float, bool)


def _sources(settings: Mapping[str, Any], options: Options) -> list[str]:
    """Give all that a site is made from: texts, theme, catalogues, code, settings, the report of the members' blogs.

    The program of the web editor, too: it is fetched once, and may not be there yet.
    """
    beside = Path(options.settings).resolve()
    folders = (settings["PATH"], settings["THEME"], settings.get("TRANSLATIONS") or "", PACKAGE, beside.parent / ".editor")
    files = {beside, *options.imported_settings, beside.parent / str(settings.get("FETCH_REPORT") or beside.name)}
    return [str(path) for path in (*(Path(folder).absolute() for folder in folders if folder), *sorted(files))]


def _around(turning: list[float], jisr: Jisr) -> tuple[float | None, float | None]:
    """Give the last turning point before a build, and the next one."""
    at = bisect_right(turning, jisr.made.now.timestamp())
    return (turning[at - 1] if at else None), (turning[at] if at < len(turning) else None)


def _imported(sources: list[str]) -> list[str]:
    """Give the files of code that was imported from elsewhere: settings may import others."""
    packages = (sys.prefix, sys.base_prefix, *(path for path in sys.path if path.endswith("-packages")))
    known = tuple(str(Path(one).resolve()) for one in (*sources, *packages))
    modules = [str(getattr(one, "__file__", None) or "") for one in list(sys.modules.values())]
    found = {str(Path(file).resolve()) for file in modules if file and Path(file).is_file()}
    return sorted(file for file in found if not file.startswith(known))
