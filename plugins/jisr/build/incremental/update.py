"""A build after words of texts changed: only the pages and files that show them are rendered.

Any change that is not proved to be of words alone, and any error here, needs a whole build.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from jisr.build.cache.site_store import SiteStore
from jisr.build.console.problem_report import build_summary
from jisr.build.files.snapshot import take_snapshot
from jisr.build.incremental.context_store import restore_context, site_store_path
from jisr.build.manifest import BuildManifest
from jisr.build.templates.environment import Templates
from jisr.core.build.incremental import Change, WholeBuildError
from jisr.core.urls import paths
from jisr.pages.text_changes import reread_text

MAX_CHANGED_TEXTS = 8  # at once: with more of them a whole build is as fast


class IncrementalBuilder:
    """The stored site of the last build: it writes what shows changed words, and is then the site of this build."""

    def __init__(self, manifest: BuildManifest, manifest_file: Path) -> None:
        """Open the site of a manifest. Raises LookupError where none is stored."""
        self.manifest, self.manifest_file = manifest, manifest_file
        self.store = SiteStore(site_store_path(manifest_file), manifest.site_stamp)
        self.context, self.outputs = restore_context(self.store)
        self.content_root = Path(self.context.settings["PATH"])
        self.output_folder = Path(self.context.settings["OUTPUT_PATH"])
        context = self.context
        self.templates = Templates(context.settings, self.store.site, context.messages, context.run.display_path)

    def rebuild(self, paths_changed: list[str], pages_written: Callable[[], None] | None = None) -> str | None:
        """Write what shows the words of changed files, and return the message of that; None where a whole build is needed.

        With ``pages_written`` the pages are written first, and then it is called, so that a browser need not wait for files
        that hold the words among others. Without, nothing is written unless everything is.
        """
        sources = take_snapshot(paths_changed).single_files
        try:
            changes = [self._reread(key, paths_changed) for key in self._changed_texts(paths_changed)]
            if take_snapshot(paths_changed).single_files != sources:  # a later change belongs to the next build
                return None
            pages = dict(self._different(self._pages(changes)))
            if pages_written is not None:
                _replace_files(self.output_folder, pages)
                pages_written()
            files = dict(self._different(self._files(changes)))
        except (WholeBuildError, OSError):
            return None
        targets = pages | files
        _replace_files(self.output_folder, targets if pages_written is None else files)
        self.manifest.site_stamp = secrets.token_hex(8)
        self.store.put((one.after for one in changes), self.manifest.site_stamp)
        self.manifest.update_files(sources, [str(self.output_folder.absolute() / path) for path in targets])
        self.manifest.save(self.manifest_file)
        return self._summarize(targets)

    def _changed_texts(self, paths_changed: list[str]) -> list[tuple[str, str]]:
        """Return the keys of the texts whose files changed. Raises WholeBuildError where any other file did."""
        keys: dict[tuple[str, str], None] = {}
        for path in map(Path, paths_changed):
            inside = path.relative_to(self.content_root).parts if path.is_relative_to(self.content_root) else ()
            key = (inside[0], "/".join(inside[1:-1])) if len(inside) > 2 else ("", "")
            is_version = path.name.startswith("index.") and path.name.endswith(".md")
            if not is_version or key not in self.store.site.sets_with_drafts:
                raise WholeBuildError(path)
            keys[key] = None
        if len(keys) > MAX_CHANGED_TEXTS:
            raise WholeBuildError(paths_changed)
        return list(keys)

    def _reread(self, key: tuple[str, str], paths_changed: list[str]) -> Change:
        prefix = len(str(self.content_root))
        display_paths = frozenset(self.context.run.content_path + path[prefix:] for path in paths_changed)
        change, complete = reread_text(key, display_paths, self.context)
        self.store.change(change.after, complete)
        return change

    def _pages(self, changes: list[Change]) -> Iterator[tuple[str, bytes]]:
        """Return the pages that show the words of changed texts, rendered."""
        pages = [page for change in changes for output in self.outputs for page in output.changed_pages(change, self.context)]
        for page in pages:
            yield paths.output_path(page.address), self.templates.render(page.template, page.view).encode()

    def _files(self, changes: list[Change]) -> list[tuple[str, bytes]]:
        """Return the files that hold texts among others, with the fragments of changed texts replaced."""
        files: dict[str, bytes] = {}
        for before, after in (versions for change in changes for versions in change.versions):
            replacements = [
                (old, new)
                for output in self.outputs
                for old, new in zip(output.fragments(before, self.context), output.fragments(after, self.context), strict=True)
                if old != new
            ]
            for path in self.store.text_files.get(before.path, ()) if replacements else ():
                data = files.get(path) or (self.output_folder / path).read_bytes()
                files[path] = _replace_fragments(data, replacements)
        return list(files.items())

    def _different(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """Return the files whose bytes are not those in the output."""
        for path, data in files:
            if (self.output_folder / path).read_bytes() != data:
                yield path, data

    def _summarize(self, paths_written: Iterable[str]) -> str:
        are_pages = [path.endswith(".html") for path in paths_written]
        folder = self.context.run.display_path(self.output_folder)
        return self.context.formatter.format(build_summary(sum(are_pages), len(are_pages) - sum(are_pages), folder))


def _replace_fragments(data: bytes, replacements: list[tuple[bytes, bytes]]) -> bytes:
    """Return a file with new fragments for old ones. Raises WholeBuildError where an old one is missing or occurs twice."""
    positions = sorted((start, old, new) for old, new in replacements if (start := data.find(old)) >= 0)
    if not positions or any(data.find(old, start + 1) >= 0 for start, old, _ in positions):
        raise WholeBuildError
    parts: list[bytes] = []
    end = 0
    for start, old, new in positions:
        if start < end:
            raise WholeBuildError
        parts += data[end:start], new
        end = start + len(old)
    return b"".join([*parts, data[end:]])


def _replace_files(output: Path, files: dict[str, bytes]) -> None:
    """Replace files of the output by renames, after all of them are written."""
    staging = Path(tempfile.mkdtemp(prefix=f".{output.name}.", dir=output.parent))
    try:
        for number, data in enumerate(files.values()):
            (staging / str(number)).write_bytes(data)
        for number, path in enumerate(files):
            (staging / str(number)).replace(output / path)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
