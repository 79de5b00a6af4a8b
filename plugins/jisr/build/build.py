"""The build of a site: what changed since the last one is made, everything else is kept."""

from __future__ import annotations

import atexit
import gc
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jisr.build import manifest
from jisr.build.options import Options

if TYPE_CHECKING:  # a build of an unchanged site imports nothing of a run
    from jisr.build.cache.memory import BuildMemory
    from jisr.build.pelican_run import Jisr


def build(options: Options) -> int:
    """Build the site, unless nothing changed. Returns 0, or 1 where anything is wrong: the output is then as it was.

    Neither Pelican nor Babel is imported to find that nothing changed: that costs more than a look at all files.
    """
    builder = Builder(options)
    last = builder.find_last_build()
    if last is not None and last.is_unchanged:
        last.manifest.mark_verified(builder.started, builder.file)
        for line in last.manifest.warnings:
            print(line, file=sys.stderr)
        print(last.manifest.unchanged_message)
        return 0
    return builder.run(last)


def build_site(options: Options, **overrides: Any) -> int:
    """Build the site, with some settings overridden; with any of them, nothing is kept of another build.

    Returns 0, or 1 where anything is wrong: the output is then as it was.
    """
    builder = Builder(options, overrides)
    return builder.run(builder.find_last_build())


class Builder:
    """Builds one site, and keeps in memory what the next build of the same process needs."""

    def __init__(self, options: Options, overrides: Mapping[str, Any] | None = None) -> None:
        # The values of a build live as long as it: looking for garbage costs a tenth of its time, and a fifth of a later one at
        # the end of the process, which gives all memory back anyway.
        gc.set_threshold(3_000_000, 50, 100)
        atexit.register(gc.freeze)
        self.options, self.overrides = options, dict(overrides or {})
        self.keeps_nothing = bool(self.overrides.keys() - {"PROCESSES"})
        self.file = manifest.manifest_path(options)
        self.started = 0  # in nanoseconds: when the files of this build were looked at
        self.manifest: manifest.BuildManifest | None = None
        self.memory: BuildMemory | None = None
        self.jisr: Jisr | None = None
        self.is_good = False  # whether the last build of this process ended well, so that memory holds what is in the output
        self.open_pages: tuple[str, ...] = ()  # addresses of pages to write first
        self.on_open_pages: Callable[[list[str]], None] = lambda paths: None  # called with their paths once they are written

    def start(self) -> None:
        """Note the moment before which all files that are looked at now were written."""
        self.started = time.time_ns()

    def find_last_build(self) -> manifest.LastBuild | None:
        """Return the last build of this site, or None where nothing of it can be kept."""
        self.start()
        if self.keeps_nothing:
            return None
        return manifest.find_last_build(self.manifest or manifest.load_manifest(self.file), self.options)

    def run(self, last: manifest.LastBuild | None) -> int:
        """Build the site. Returns 0, or 1 where anything is wrong: the output is then as it was."""
        from jisr.build.guarded_run import run_with_settings

        overrides = {"DRAFTS": self.options.drafts, **self.overrides}
        return run_with_settings(self.options, overrides, lambda settings: self._run(settings, last))

    def _run(self, settings: dict[str, Any], last: manifest.LastBuild | None) -> int:
        from jisr.build.cache.memory import BuildMemory
        from jisr.build.cache.text_store import LostMemoryError

        try:
            current = manifest.start_manifest(settings, self.options, last, self.started)
        except OSError:
            current = None  # the build reports the file that cannot be read
        before, self.memory, self.is_good = self.memory, None, False
        if current is not None and not self.keeps_nothing:
            self.memory = _open_memory(self.file, last, current, settings, before)
        try:
            self.jisr = self._run_pelican(settings)
        except LostMemoryError:
            last, memory = None, self.memory
            self.memory = memory and BuildMemory(memory.folder, memory.sources, output_folder=memory.output_folder)
            self.jisr = self._run_pelican(settings)
        if current is not None and manifest.complete_manifest(current, self.file, self.jisr, last):
            self.manifest, self.is_good = current, True
        return 0

    def _run_pelican(self, settings: Mapping[str, Any]) -> Jisr:
        from jisr.build.pelican_run import Jisr

        jisr = Jisr(dict(settings), self.memory)
        jisr.open_pages, jisr.on_open_pages = self.open_pages, self.on_open_pages
        jisr.run()
        return jisr

    def run_for_words(self, last: manifest.LastBuild) -> bool:
        """Build after words of texts changed, with the site of the last build. Returns whether that was all that changed."""
        from jisr.build.cache.memory import changed_text_keys, only_versions_changed
        from jisr.build.cache.text_store import LostMemoryError

        jisr, memory = self.jisr, self.memory
        if not self.is_good or jisr is None or memory is None:
            return False
        content = Path(jisr.path).absolute()
        if not only_versions_changed(last, content):
            return False
        memory.prepare(last, changed_text_keys(last.sources, content), only_texts=True)
        jisr.open_pages = self.open_pages
        try:
            self.is_good = jisr.run_for_words()
        except LostMemoryError:
            self.is_good = False
        if not self.is_good:
            return False
        current = last.manifest
        current.sources.update(last.sources)
        current.sources.mark_verified(self.started)
        return manifest.complete_manifest(current, self.file, jisr, last)


def _open_memory(
    file: Path,
    last: manifest.LastBuild | None,
    current: manifest.BuildManifest,
    settings: dict[str, Any],
    before: BuildMemory | None,
) -> BuildMemory | None:
    """Return what is kept of the last build, as far as it holds; None where other code may read or change anything."""
    from jisr.build.cache.memory import BuildMemory, changed_text_keys, load_traces, only_versions_changed
    from jisr.content.settings.pelican_settings import brings_code

    if brings_code(settings):
        return None
    memory = BuildMemory(file.parent, current.sources, output_folder=str(Path(settings["OUTPUT_PATH"]).absolute()))
    if last is None:
        return memory
    names = ("PATH", "THEME", "TRANSLATIONS")
    content, theme, catalogs = (Path(settings[name]).absolute() for name in names)
    site = file.parent.parent.parent
    elsewhere = [path for path in map(Path, last.sources.all) if not path.is_relative_to(content)]
    templates = (theme / "templates", *(Path(one).absolute() for one in settings["THEME_TEMPLATES_OVERRIDES"]))
    report = site / str(settings.get("FETCH_REPORT") or ".cache")
    asked = (*templates, catalogs, report, site / ".editor")
    if not all(path.is_relative_to(theme) or any(map(path.is_relative_to, asked)) for path in elsewhere):
        return memory  # code, or the settings
    memory.texts, memory.keeps_site = before.texts if before else None, before is None
    memory.chunk_names, memory.traces_name = last.manifest.chunk_names, last.manifest.traces_name
    memory.site_name = last.manifest.site_name
    memory.changed_texts = changed_text_keys(last.sources, content)
    if not all(any(map(path.is_relative_to, asked)) for path in elsewhere):
        return memory  # what every page shows, as a stylesheet
    memory.traces = before.traces if before else load_traces(memory.folder, memory.traces_name)
    # In a process that goes on, texts may have been read since the last good build.
    only_texts = before is None and only_versions_changed(last, content)
    memory.prepare(last, memory.changed_texts, only_texts)
    return memory
