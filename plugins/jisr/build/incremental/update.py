"""A build after words of texts changed: only the pages and files that show them are made anew.

What is not known to be a change of words alone is left to a whole build, and so is whatever goes wrong here.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from jisr.build import manifest
from jisr.build.cache.site_store import SiteStore
from jisr.build.console.message_languages import formatter_from_settings
from jisr.build.console.problem_report import build_summary
from jisr.build.manifest import BuildManifest
from jisr.build.templates.environment import Templates
from jisr.core.build.incremental import Change, WholeBuildError, Workshop
from jisr.core.build.outputs import PageOutput
from jisr.core.build.run_context import RunContext
from jisr.core.urls import paths

MAX_CHANGED_TEXTS = 8  # texts at once: with more of them a whole build is as good


class IncrementalBuilder:
    """The site of the last build, opened: it writes what changed words are shown by, and is then the site of this build."""

    def __init__(self, note: BuildManifest, note_file: Path) -> None:
        """Open what the build of a note kept. Raises LookupError where there is none."""
        self.note, self.note_file = note, note_file
        self.opened = SiteStore(site_store_path(note_file), note.site_stamp)
        shared = self.opened.shared
        self.settings: dict[str, Any] = dict(shared["settings"])
        self.run = RunContext(now=self.opened.site.now, working_folder=Path(shared["run"].pop("folder")), **shared["run"])
        self.rooms = list(load_incremental_parts(shared["rooms"]))
        for room in self.rooms:
            if hasattr(room, "offer"):
                room.offer(self.settings)
        (messages,) = (room.messages(self.opened.site, self.settings) for room in self.rooms if hasattr(room, "messages"))
        self.workshop = Workshop(self.opened.site, messages, self.settings, shared["assets"])
        self.templates = Templates(self.settings, self.opened.site, messages, self.run.display_path)

    def rebuild(self, changed: list[str], shown: Callable[[], None] | None = None) -> str | None:
        """Write what shows the words of some files, and give what is to be said; None where a whole build is needed.

        With ``shown`` the pages are written before all else, and then it is called: whoever waits for one need not wait for
        files that hold the words among others. Without, nothing is written unless everything is.
        """
        now, output = manifest.snapshot(changed).single_files, Path(self.settings["OUTPUT_PATH"])
        try:
            changes = [self._read(key, changed) for key in self._texts(changed)]
            if manifest.snapshot(changed).single_files != now:  # what changes after this is the next build's
                return None
            pages = dict(_changed_outputs(self._pages(changes), output))
            if shown is not None:
                _replace_files(output, pages)
                shown()
            files = dict(_changed_outputs(self._files(changes, output), output))
        except (WholeBuildError, OSError):
            return None
        written = pages | files
        _replace_files(output, written if shown is None else files)
        self._keep(changes)
        self.note.update_files(now, [str(output.absolute() / path) for path in written])
        self.note.save(self.note_file)
        return self._summarize(written, self.run.display_path(output))

    def _keep(self, changes: list[Change]) -> None:
        """Keep the site as it is now, for the builds to come."""
        self.note.site_stamp = secrets.token_hex(8)
        self.opened.put((one.after for one in changes), self.note.site_stamp)

    def _texts(self, changed: list[str]) -> list[tuple[str, str]]:
        """Return the texts whose files changed. Raises WholeBuildError where any other file did."""
        root = Path(self.settings["PATH"])
        found: dict[tuple[str, str], None] = {}
        for path in map(Path, changed):
            inside = path.relative_to(root).parts if path.is_relative_to(root) else ()
            key = (inside[0], "/".join(inside[1:-1])) if len(inside) > 2 else ("", "")
            if not (path.name.startswith("index.") and path.name.endswith(".md") and key in self.opened.site.sets_with_drafts):
                raise WholeBuildError(path)
            found[key] = None
        if len(found) > MAX_CHANGED_TEXTS:
            raise WholeBuildError(changed)
        return list(found)

    def _read(self, key: tuple[str, str], changed: list[str]) -> Change:
        shown = frozenset(self.run.content_path + path[len(str(self.settings["PATH"])) :] for path in changed)
        (room,) = (room for room in self.rooms if hasattr(room, "reread"))
        change, complete = room.reread(key, shown, self.run, self.workshop)
        self.opened.change(change.after, complete)
        made: Change = change
        return made

    def _pages(self, changes: list[Change]) -> Iterator[tuple[str, bytes]]:
        makers = [room.pages for room in self.rooms if hasattr(room, "pages")]
        made: list[PageOutput] = [page for change in changes for pages in makers for page in pages(change, self.workshop)]
        for page in made:
            yield paths.output_path(page.address), self.templates.render(page.template, page.view).encode()

    def _files(self, changes: list[Change], output: Path) -> list[tuple[str, bytes]]:
        """Return files that hold texts among others, with what those say now in the place of what they said."""
        found: dict[str, bytes] = {}
        for before, after in (versions for change in changes for versions in change.versions):
            both = [
                pair
                for room in self.rooms
                if hasattr(room, "fragments")
                for pair in zip(room.fragments(before, self.workshop), room.fragments(after, self.workshop), strict=True)
                if pair[0] != pair[1]
            ]
            for path in self.opened.shown.get(before.path, ()) if both else ():
                found[path] = _replace_fragments(found.get(path) or (output / path).read_bytes(), both)
        return list(found.items())

    def _summarize(self, written: Iterable[str], folder: str) -> str:
        made = [path.endswith(".html") for path in written]
        return formatter_from_settings(self.settings).format(build_summary(sum(made), len(made) - sum(made), folder))


def site_store_path(note_file: Path) -> Path:
    """Return where the site of a build is kept."""
    return note_file.with_suffix(".sqlite")


def load_incremental_parts(names: Iterable[str]) -> Iterator[ModuleType]:
    """Return the part of each plugin that mends. Raises LookupError where one doesn't say what its files show."""
    for name in names:
        shows = getattr(import_module(name), "SHOWS_WORDS", None)
        if shows is None:
            raise LookupError(name)
        if shows:
            yield import_module(f"{name}.incremental")


def _changed_outputs(made: Iterable[tuple[str, bytes]], output: Path) -> Iterator[tuple[str, bytes]]:
    """Return the files whose bytes change."""
    for path, data in made:
        if (output / path).read_bytes() != data:
            yield path, data


def _replace_fragments(data: bytes, both: list[tuple[bytes, bytes]]) -> bytes:
    """Return a file with new fragments for old ones. Raises WholeBuildError where it isn't clear which these are."""
    found = sorted((at, old, new) for old, new in both if (at := data.find(old)) >= 0)
    if not found or any(data.find(old, at + 1) >= 0 for at, old, _ in found):
        raise WholeBuildError
    parts: list[bytes] = []
    end = 0
    for at, old, new in found:
        if at < end:
            raise WholeBuildError
        parts += data[end:at], new
        end = at + len(old)
    return b"".join([*parts, data[end:]])


def _replace_files(output: Path, written: dict[str, bytes]) -> None:
    """Put files in the place of others, each written aside first."""
    aside = Path(tempfile.mkdtemp(prefix=f".{output.name}.", dir=output.parent))
    try:
        for number, data in enumerate(written.values()):
            (aside / str(number)).write_bytes(data)
        for number, path in enumerate(written):
            (aside / str(number)).replace(output / path)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
