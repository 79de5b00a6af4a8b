"""What a build keeps for the next one: the texts that it read, the traces of its outputs, the state of its files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jisr.build.cache.serialization import ValuePickler
from jisr.build.cache.site_store import AssembledSite, load_site, save_site
from jisr.build.cache.text_store import TextStore, load_text_store
from jisr.build.cache.trace_store import TraceStore, load_trace_store
from jisr.build.files.snapshot import FileChanges, FileSnapshot, FileState
from jisr.build.manifest import LastBuild
from jisr.content.loaded_texts import TextKey
from jisr.core.i18n.languages import Languages


@dataclass(slots=True)
class BuildMemory:
    """What is kept between two builds, in ``.cache/`` or in the process of a preview.

    ``changed_texts`` are the keys of texts any of whose files changed, ``changed_outputs`` paths of the output that are not as
    they were written.
    """

    folder: Path
    sources: FileSnapshot
    outputs: FileSnapshot = field(default_factory=lambda: FileSnapshot(0))
    output_folder: str = ""  # absolute
    changed_texts: set[TextKey] = field(default_factory=set)
    changed_outputs: FileChanges = field(default_factory=FileChanges)
    chunk_names: dict[str, str] = field(default_factory=dict)
    traces_name: str = ""  # of the file of the traces
    site_name: str = ""  # of the file of the site
    only_texts: bool = False  # whether nothing changed but the files of versions that were there before
    texts: TextStore | None = None
    assembled: AssembledSite | None = None  # where it is another than that in the file
    keeps_site: bool = True  # in a file; a preview has it in memory
    traces: TraceStore = field(default_factory=TraceStore)

    def prepare(self, last: LastBuild, changed_texts: set[TextKey], only_texts: bool) -> None:
        """Set what changed since the last build."""
        self.outputs, self.changed_outputs = last.manifest.outputs, last.outputs
        self.changed_texts, self.only_texts = changed_texts, only_texts
        if self.texts is not None:
            self.texts.has_new_faces = False

    def open_texts(self, languages: Languages) -> TextStore:
        """Return the texts of the last build; none where they cannot be read."""
        if self.texts is None:
            self.texts = load_text_store(self.folder, self.chunk_names, languages) or TextStore(self.folder)
        return self.texts

    def recall_site(self, languages: Languages) -> AssembledSite | None:
        """Return the site of the last build, with the texts as they are now; None where more than words changed since.

        Nor where a text that was read has a problem of the whole site: its place may be another line now.
        """
        if not self.only_texts or self.texts is None or self.texts.has_new_faces:
            return None
        kept = load_site(self.folder, self.site_name, self.texts, languages)
        return kept if kept and not self.texts.concern_new(kept.problems) else None

    def state_of(self, path: str) -> FileState | None:
        """Return the state of a file of the last output that is as it was written, else None."""
        absolute = f"{self.output_folder}/{path}"
        state = self.outputs.state(absolute)
        return state if state and state[2] and absolute not in self.changed_outputs else None

    def source_digest(self, path: str) -> str:
        """Return the digest of a source, or an empty string for a file that is none."""
        state = self.sources.state(path) or self.sources.state(os.path.abspath(path))  # noqa: PTH100 (links stay as they are)
        return str(state[2]) if state else ""

    def save(self, languages: Languages) -> None:
        """Write what is kept; where that is not possible nothing is, and nothing has a name."""
        if self.texts is None or not self._write(self.texts, languages):
            self.chunk_names, self.site_name, self.traces_name = {}, "", ""

    def _write(self, texts: TextStore, languages: Languages) -> bool:
        """Write files under new names: the last build may still need its own. Returns whether that was possible."""
        try:
            for file in (*self.folder.glob("traces-*"), *self.folder.glob("site-*")):
                if file.name not in (self.traces_name, self.site_name):
                    file.unlink(missing_ok=True)
            texts.save(ValuePickler(languages))
            self.chunk_names = {str(number): name for number, name in texts.chunk_names.items()}
            if self.assembled is not None:
                self.site_name = save_site(self.assembled, texts, self.folder)
                self.assembled = None
            self.traces_name = self.traces.save(self.folder)
        except (OSError, ValueError):  # marshal.dumps() of what is no plain value
            return False
        return True

    def output_paths(self) -> Iterator[str]:
        """Return the paths of all files that are in the output now."""
        prefix = len(self.output_folder) + 1
        known = (
            f"{folder}/{name}" for folder, states in self.outputs.folders.items() for name, state in states.items() if state
        )
        yield from (path[prefix:] for path in known if path not in self.changed_outputs.gone)
        yield from (path[prefix:] for path in self.changed_outputs.added)


def load_traces(folder: Path, name: str) -> TraceStore:
    """Return the traces of the last build; where they cannot be read, every output is made again."""
    return load_trace_store(folder, name) or TraceStore()


def only_versions_changed(last: LastBuild, content: Path) -> bool:
    """Whether nothing changed but the bytes of files of versions, and the clock has changed nothing."""
    if last.is_expired or last.sources.added or last.sources.gone:
        return False
    paths = map(Path, last.sources.changed)
    return all(one.is_relative_to(content) and one.name.startswith("index.") and one.suffix == ".md" for one in paths)


def changed_text_keys(changes: FileChanges, content: Path) -> set[TextKey]:
    """Return the keys of the texts to which changed files may belong."""
    keys: set[TextKey] = set()
    for path in map(Path, changes.all):
        if path.is_relative_to(content):
            kind, *rest = path.relative_to(content).parts
            keys.update((kind, "/".join(rest[:depth])) for depth in (1, 2))
    return keys
