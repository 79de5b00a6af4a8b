"""The manifest of a build: all that it was made from and all that it wrote, to decide whether anything has changed.

It lies in ``.cache/``, and is read without Pelican, Babel or a single text. It holds only where a build of this user wrote it,
and where every file is the one that it names: by size and time, or by its bytes where the time proves nothing (a clone). Losing
it costs time only; whatever is wrong with it, the site is built.
"""

from __future__ import annotations

import json
import marshal
import os
import runpy
import shutil
import sys
import time
from bisect import bisect_right
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jisr.build.files.snapshot import FileChanges, FileSnapshot, find_changes, hash_bytes, take_snapshot
from jisr.build.files.user_folder import seal_bytes
from jisr.build.options import Options
from jisr.content import atomic_write

if TYPE_CHECKING:  # a build of an unchanged site imports nothing of a run
    from jisr.build.pelican_run import Jisr

MAX_CACHED_BUILDS = 32
# Of earlier versions of this program.
EARLIER_FILES = ("build-*.pickle", "build-*/manifest.json", "manifest-*.json", "manifest-*.sqlite")


@dataclass(slots=True)
class BuildManifest:
    """The inputs and outputs of a build, and its messages."""

    environment: str  # fingerprint of Python and packages
    settings: str  # fingerprint of the settings
    sources: FileSnapshot
    valid_from: float | None = None  # the times between which the clock changes no page
    valid_until: float | None = None
    outputs: FileSnapshot = field(default_factory=lambda: FileSnapshot(0))
    warnings: list[str] = field(default_factory=list)  # as lines
    unchanged_message: str = ""  # the line that a build prints where nothing changed
    chunk_names: dict[str, str] = field(default_factory=dict)  # of the files of texts that are kept, by number
    traces_name: str = ""  # of the file of the traces of its outputs
    site_name: str = ""  # of the file of the site as it was assembled

    def mark_verified(self, moment: int, file: Path) -> None:
        """Note that everything was as this manifest has it at a moment, and save that where it spares the next build work."""
        if self.sources.mark_verified(moment) | self.outputs.mark_verified(moment):
            self.save(file)

    def save(self, file: Path) -> None:
        """Write the manifest atomically, with its seal; where that is not possible the next build is a whole one."""
        snapshots = {"sources": _field_values(self.sources), "outputs": _field_values(self.outputs)}
        data = marshal.dumps(_field_values(self) | snapshots)
        seal = seal_bytes(data, _site_folder(file))
        atomic_write.write_atomically(file, lambda aside: aside.write_bytes(f"{seal}\n".encode() + data))


def manifest_path(options: Options) -> Path:
    """Return the manifest of a command: in the folder of its settings, by everything that its command line states."""
    words = (options.settings, options.content, options.output, options.siteurl, options.drafts, options.message_language)
    # With SOURCE_DATE_EPOCH texts of a later day are no drafts.
    environment = (os.environ.get("GITHUB_ACTIONS") == "true", bool(os.environ.get("SOURCE_DATE_EPOCH")))
    name = hash_bytes(repr((str(Path.cwd()), words, environment)).encode("utf-8", "surrogatepass"))[:16]
    return Path(options.settings).resolve().parent / ".cache" / f"build-{name}" / "manifest"


def load_manifest(file: Path) -> BuildManifest | None:
    """Return the manifest in a file, or None where there is none, it cannot be read, or this user's builds did not write it."""
    try:
        seal, _, data = file.read_bytes().partition(b"\n")
        if not seal or seal.decode() != seal_bytes(data, _site_folder(file)):
            return None
        values = marshal.loads(data)  # noqa: S302 (a build of this user wrote it; JSON takes four times as long)
        snapshots = {name: FileSnapshot(**values[name]) for name in ("sources", "outputs")}
        return BuildManifest(**{**values, **snapshots})
    except (OSError, ValueError, TypeError, KeyError, EOFError):
        return None


def _field_values(value: Any) -> dict[str, Any]:
    """Return the fields of a dataclass by name."""
    return {one.name: getattr(value, one.name) for one in fields(value)}


def _site_folder(file: Path) -> Path:
    """Return the folder of the settings, of a manifest."""
    return file.parent.parent.parent


@dataclass(slots=True)
class LastBuild:
    """The manifest of the last build, and what has changed since: sources, files of the output, the clock."""

    manifest: BuildManifest
    sources: FileChanges
    outputs: FileChanges
    is_expired: bool

    @property
    def is_unchanged(self) -> bool:
        """Whether a build would give the output that is there."""
        return not (self.is_expired or self.sources.all or self.outputs.all)


def find_last_build(manifest: BuildManifest | None, options: Options) -> LastBuild | None:
    """Return the last build; None where there is none, or nothing of it can be kept: other settings, packages, a later day."""
    try:
        if (
            manifest is None
            or manifest.environment != environment_fingerprint()
            or manifest.settings != settings_file_fingerprint(options)
            or is_of_later_day(manifest)
        ):
            return None
        return LastBuild(manifest, find_changes(manifest.sources), find_changes(manifest.outputs), is_expired(manifest))
    except (OSError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        return None


def is_of_later_day(manifest: BuildManifest) -> bool:
    """Whether the clock has gone back before something that a build had seen: what was no draft when it was read may be one."""
    return build_seconds() < (manifest.valid_from or 0)


def is_expired(manifest: BuildManifest) -> bool:
    """Whether the clock has changed something since a build. Raises ValueError where SOURCE_DATE_EPOCH is no number."""
    return manifest.valid_until is not None and build_seconds() >= manifest.valid_until


def build_seconds() -> float:
    """Return the moment of a run in seconds. Raises ValueError where SOURCE_DATE_EPOCH is no number."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return float(int(epoch)) if epoch else time.time()


def environment_fingerprint() -> str:
    """Return the fingerprint of Python and all packages: the names of their metadata folders have their versions."""
    folders = sorted(path for path in sys.path if Path(path).name in ("site-packages", "dist-packages") and Path(path).is_dir())
    names = [
        name
        for path in folders
        for name in sorted(one.name for one in Path(path).iterdir())
        if name.endswith((".dist-info", ".egg-info", ".pth"))
    ]
    return hash_bytes(repr((sys.version, folders, names)).encode())


def settings_file_fingerprint(options: Options) -> str:
    """Return the fingerprint of a settings file, which is run: it is Python, and may read the environment or another file.

    Empty where it fails: the build reports that.
    """
    before = list(sys.path)
    sys.path[:0] = [str(path) for path in options.import_roots]
    try:
        values = runpy.run_path(options.settings)
    except Exception:  # noqa: BLE001 (settings are Python and may raise anything)
        return ""
    finally:
        sys.path[:] = before
    return settings_fingerprint({name: value for name, value in values.items() if name.isupper()})


def settings_fingerprint(values: Mapping[str, Any]) -> str:
    """Return the fingerprint of settings; empty where one is no plain value, since nobody sees what a function does.

    >>> settings_fingerprint({"SITENAME": "جسر"}) == settings_fingerprint({"SITENAME": "جسر"})
    True
    >>> settings_fingerprint({"FILTER": len})
    ''
    """
    try:
        return hash_bytes(json.dumps(values, sort_keys=True).encode())
    except (TypeError, ValueError):
        return ""


def start_manifest(settings: Mapping[str, Any], options: Options, last: LastBuild | None, moment: int) -> BuildManifest:
    """Return the manifest of the inputs of a build, taken before anything is read; ``moment`` is when ``last`` was."""
    if last is None:
        sources = take_snapshot(_source_paths(settings, options))
    else:
        sources = last.manifest.sources
        sources.update(last.sources)
        sources.mark_verified(moment)
    return BuildManifest(environment_fingerprint(), settings_file_fingerprint(options), sources)


def complete_manifest(manifest: BuildManifest, file: Path, jisr: Jisr, last: LastBuild | None) -> bool:
    """Save the manifest of a build that went well, with its outputs, where it depends on nothing but the inputs.

    Returns whether that is so.

    Plugins that are not of this package may read anything: no manifest then.
    """
    from jisr.build.console.problem_report import format_problems
    from jisr.core.build.expiry import expiry_times
    from jisr.core.diagnostics.problems import phrase

    if not manifest.settings or not jisr.only_own_plugins:
        return False
    imported = _list_imported_files([*manifest.sources.folders, *manifest.sources.single_files])
    if any(Path(file).stat().st_mtime_ns >= manifest.sources.taken_at for file in imported):
        return False  # it may have changed since it was imported
    manifest.sources.single_files |= take_snapshot(imported).single_files
    moments = sorted(moment.timestamp() for moment in expiry_times(jisr.build_context.site))
    manifest.valid_from, manifest.valid_until = _validity_period(moments, jisr.run_context.now.timestamp())
    output = Path(jisr.output_path)
    if jisr.commit is not None and not jisr.commit.is_replaced and last is not None:
        manifest.outputs = last.manifest.outputs
        manifest.outputs.update(jisr.commit.changes, jisr.commit.digests)
    else:
        manifest.outputs = take_snapshot([str(output.absolute())], jisr.commit.digests if jisr.commit else {})
    manifest.warnings = list(format_problems(jisr.problems, jisr.formatter))
    folder = f"{jisr.run_context.display_path(output)}/"
    message = phrase("Nothing changed: {folder} stands as it was built", folder=folder)
    manifest.unchanged_message = jisr.formatter.format(message)
    if (memory := jisr.tracking.memory) is not None:
        memory.save(jisr.build_context.site.languages)
        manifest.chunk_names, manifest.site_name = memory.chunk_names, memory.site_name
        manifest.traces_name = memory.traces_name
    manifest.save(file)
    _prune_cache(file.parent.parent)
    return True


def _prune_cache(folder: Path) -> None:
    """Remove what is kept of the oldest builds: most outputs are built into once or twice."""
    with suppress(OSError):  # another build may remove the same
        kept = sorted((one for one in folder.glob("build-*") if one.is_dir()), key=lambda one: one.stat().st_mtime_ns)
        for one in kept[:-MAX_CACHED_BUILDS]:
            shutil.rmtree(one, ignore_errors=True)
        for pattern in EARLIER_FILES:
            for one in folder.glob(pattern):
                one.unlink()


def _source_paths(settings: Mapping[str, Any], options: Options) -> list[str]:
    """Return all inputs of a site: texts, theme, catalogues, code, settings, logo, fonts, the report of the members' blogs.

    The program of the web editor, too: it is fetched once, and may not be there yet.
    """
    from jisr.content.settings.look.own_files import list_own_files
    from jisr.core.build.resources import PACKAGE  # importlib.resources costs as much as a look at all files

    file = Path(options.settings).resolve()
    sources = (settings["PATH"], settings["THEME"], settings.get("TRANSLATIONS") or "", *settings["THEME_TEMPLATES_OVERRIDES"])
    folders = (*sources, PACKAGE, file.parent / ".editor")
    files = {file, *options.imported_settings, file.parent / str(settings.get("FETCH_REPORT") or file.name)}
    files.update(list_own_files(settings, file.parent))
    return [str(path) for path in (*(Path(folder).absolute() for folder in folders if folder), *sorted(files))]


def _validity_period(moments: list[float], now: float) -> tuple[float | None, float | None]:
    """Return the last of the moments at which the site changes before a build, and the next one.

    >>> _validity_period([1.0, 2.0, 3.0], 2.5)
    (2.0, 3.0)
    """
    index = bisect_right(moments, now)
    return (moments[index - 1] if index else None), (moments[index] if index < len(moments) else None)


def _list_imported_files(sources: list[str]) -> list[str]:
    """Return the files of code that was imported from elsewhere: settings may import any."""
    roots: list[str] = []
    for source in sorted(sources):
        if not roots or not source.startswith(f"{roots[-1]}{os.sep}"):
            roots.append(source)
    packages = (sys.prefix, sys.base_prefix, *(path for path in sys.path if path.endswith("-packages")))
    covered = tuple({folder for one in (*roots, *packages) for folder in (one, os.path.realpath(one))})
    modules = {str(getattr(one, "__file__", None) or "") for one in list(sys.modules.values())}
    files = {os.path.realpath(file) for file in modules if file and not file.startswith(covered)}
    return sorted(file for file in files if not file.startswith(covered) and Path(file).is_file())
