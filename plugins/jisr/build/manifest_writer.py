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
from jisr.build.cache.site_store import SiteExtras
from jisr.build.cache.site_store import write_site_store as keep_site
from jisr.build.console.problem_report import format_problems
from jisr.build.incremental.update import load_incremental_parts, site_store_path
from jisr.build.manifest import BuildManifest
from jisr.build.options import Options
from jisr.core.build.expiry import expiry_times
from jisr.core.build.resources import PACKAGE
from jisr.core.diagnostics.problems import phrase

if TYPE_CHECKING:
    from jisr.build.pelican_run import Jisr

MAX_CACHED_BUILDS = 32


def start_manifest(settings: Mapping[str, Any], options: Options, last: BuildManifest | None) -> BuildManifest:
    """Return a note of what a build is about to be made from; it is looked at before anything is read."""
    known = last.sources if last is not None else None
    return BuildManifest(
        manifest.environment_fingerprint(),
        manifest.settings_file_fingerprint(options),
        manifest.snapshot(_source_paths(settings, options), known),
    )


def write_manifest(note: BuildManifest, file: Path, jisr: Jisr, last: BuildManifest | None) -> None:
    """Keep the note of a build that went well, where nothing counts but what it names.

    Plugins that are not ours may read whatever they like: no note then.
    """
    if not note.settings or not jisr.only_own_plugins:
        return
    imported = _list_imported_files([*note.sources.folders, *note.sources.single_files])
    if any(Path(file).stat().st_mtime_ns >= note.sources.taken_at for file in imported):
        return  # it may have changed since it was imported
    note.sources.single_files |= manifest.snapshot(imported).single_files
    note.valid_from, note.valid_until = _validity_period(
        sorted(one.timestamp() for one in expiry_times(jisr.shared_context["site"])), jisr
    )
    output = Path(jisr.output_path)
    known = last.outputs if last is not None else None
    note.outputs, note.site_stamp = jisr.run_parallel(
        lambda: manifest.snapshot([str(output.absolute())], known), lambda: _store_site(file, jisr)
    )
    note.warnings = list(format_problems(jisr.problems, jisr.formatter))
    shown = f"{jisr.run_context.display_path(output)}/"
    note.unchanged_message = jisr.formatter.format(phrase("Nothing changed: {folder} stands as it was built", folder=shown))
    note.save(file)
    _prune_cache(file.parent)


def _store_site(file: Path, jisr: Jisr) -> str:
    """Keep the site for a build after words of a text changed, where every plugin says what its files show.

    Returns the stamp of what is kept; an empty one where nothing is.
    """
    try:
        list(load_incremental_parts(jisr.plugin_names))
    except LookupError:
        return ""
    plain = {name: value for name, value in jisr.settings.items() if name.isupper() and _is_plain_value(value)}
    run = {name: getattr(jisr.run_context, name) for name in ("content_path", "settings_path", "strict", "drafts")}
    shared = {
        "settings": plain | {"PATH": jisr.path, "THEME": jisr.theme, "OUTPUT_PATH": jisr.output_path},
        "run": run | {"folder": str(jisr.run_context.working_folder)},
        "rooms": jisr.plugin_names,
        "assets": jisr.shared_context["assets"],
    }
    stamp = secrets.token_hex(8)
    return (
        stamp
        if keep_site(site_store_path(file), stamp, jisr.shared_context["site"], SiteExtras(jisr.text_files, shared))
        else ""
    )


def _prune_cache(folder: Path) -> None:
    """Take away what is known of builds that many others followed: nobody comes back to most outputs."""
    for kind in ("build-*.pickle", "standing-*.json", "standing-*.sqlite"):
        with suppress(OSError):  # another build may take away the same
            known = sorted(folder.glob(kind), key=lambda one: one.stat().st_mtime_ns, reverse=True)
            for file in known[MAX_CACHED_BUILDS:]:
                file.unlink()


def _is_plain_value(value: object) -> bool:
    if type(value) is dict:
        return all(_is_plain_value(one) for pair in value.items() for one in pair)
    if type(value) in (list, tuple):
        return all(map(_is_plain_value, cast(list[object], value)))
    return value is None or type(value) in (str, int, float, bool)


def _source_paths(settings: Mapping[str, Any], options: Options) -> list[str]:
    """Return all that a site is made from: texts, theme, catalogues, code, settings, the report of the members' blogs.

    The program of the web editor, too: it is fetched once, and may not be there yet.
    """
    beside = Path(options.settings).resolve()
    texts = (settings["PATH"], settings["THEME"], settings.get("TRANSLATIONS") or "")
    folders = (*texts, *settings["THEME_TEMPLATES_OVERRIDES"], PACKAGE, beside.parent / ".editor")
    files = {beside, *options.imported_settings, beside.parent / str(settings.get("FETCH_REPORT") or beside.name)}
    return [str(path) for path in (*(Path(folder).absolute() for folder in folders if folder), *sorted(files))]


def _validity_period(turning: list[float], jisr: Jisr) -> tuple[float | None, float | None]:
    """Return the last turning point before a build, and the next one."""
    at = bisect_right(turning, jisr.run_context.now.timestamp())
    return (turning[at - 1] if at else None), (turning[at] if at < len(turning) else None)


def _list_imported_files(sources: list[str]) -> list[str]:
    """Return the files of code that was imported from elsewhere: settings may import others."""
    packages = (sys.prefix, sys.base_prefix, *(path for path in sys.path if path.endswith("-packages")))
    known = tuple(str(Path(one).resolve()) for one in (*sources, *packages))
    modules = [str(getattr(one, "__file__", None) or "") for one in list(sys.modules.values())]
    found = {str(Path(file).resolve()) for file in modules if file and Path(file).is_file()}
    return sorted(file for file in found if not file.startswith(known))
