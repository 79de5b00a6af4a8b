"""The writer of a build: makes the outputs whose answers changed, and keeps the others of the last build."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pelican.plugins import signals
from pelican.writers import Writer as PelicanWriter

from jisr.build.cache.memory import BuildMemory
from jisr.build.cache.trace_store import Numbers, OutputTrace, PartTrace, TraceStore, decode
from jisr.build.console.progress import Progress
from jisr.build.files.snapshot import FileState, hash_bytes
from jisr.build.process_pool import WorkSplitter
from jisr.build.templates.environment import Templates
from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Content, FileCopy, Page, Part
from jisr.core.build.queries import Query
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.urls import paths as addresses

T = TypeVar("T")
_FEW = 4  # changed answers


@dataclass(frozen=True, slots=True)
class WriteResult:
    """The part of a site that a process wrote, its problems, and the traces of its outputs."""

    paths: dict[str, bool]
    size: int  # bytes
    problems: list[Problem]
    queries: list[Query]
    outputs: dict[str, OutputTrace]
    digests: dict[str, str]


@dataclass(frozen=True, slots=True)
class PreviousOutputs:
    """The outputs of the last build: what is kept of them, and the numbers of queries whose answers changed since."""

    memory: BuildMemory
    changed: Mapping[int, bytes]  # with their new answers

    def is_current(self, asked: Numbers) -> bool:
        """Whether all answers to queries are as they were."""
        # A few, as after a word, are searched as bytes, in half the time.
        if len(self.changed) <= _FEW and not any(number.to_bytes(4, sys.byteorder) in asked for number in self.changed):
            return True
        return self.changed.keys().isdisjoint(decode(asked))


class SiteWriter(PelicanWriter):
    """Pelican's writer, and ``Writer`` of core/build/outputs.py. An address is written once."""

    def __init__(
        self,
        staging: Path,
        context: BuildContext,
        templates: Templates,
        pelican_context: Mapping[str, Any],
        traces: TraceStore,
        previous: PreviousOutputs | None = None,
    ) -> None:
        """Write into a folder; ``pelican_context`` is passed to plugins that listen to ``content_written``."""
        super().__init__(str(staging), settings=dict(context.settings))
        self.folder = staging
        self.pelican_context = pelican_context
        self.paths: dict[str, bool] = {}  # of all outputs; whether they are in the folder, or kept as they were
        self.digests: dict[str, str] = {}  # of outputs that were made, so that they need not be read for that
        self.created_folders: set[str] = set()
        self.size = 0  # bytes of all outputs
        self.progress = Progress()
        self.problems = context.problems
        self.display_path = context.run.display_path
        self.queries = templates.queries
        self.previous = previous
        self.traces = traces
        self.new_traces: dict[str, OutputTrace] = {}
        self.splitter = WorkSplitter()
        self.first_paths: frozenset[str] = frozenset()  # of outputs that are written before all others
        self.is_first_round = False
        self.templates = templates

    @property
    def pages(self) -> int:
        """The number of pages that were written."""
        return sum(path.endswith(".html") for path, is_written in self.paths.items() if is_written)

    @property
    def files(self) -> int:
        """The number of other files that were written."""
        return sum(self.paths.values()) - self.pages

    def claim(self, items: Sequence[T], *, are_pages: bool = False) -> Iterator[T]:
        """Return the items that this process writes; pages of other processes count as progress."""
        return self.splitter.claim(items, self.progress.step if are_pages else None)

    def write(self, address: str, make: Callable[[], Content]) -> None:
        """Write an output, unless it is in the last output as it would be made now.

        What cannot be made is a problem, and the others go on. Raises ProblemsError where an address is taken.
        """
        path = addresses.output_path(address)
        if (path not in self.first_paths) if self.is_first_round else (path in self.first_paths and path in self.paths):
            return
        if path in self.paths:
            raise self._duplicate_address(path)
        self.paths[path] = False
        if path.endswith(".html"):
            self.progress.step()
        last = self.previous.memory.state_of(path) if self.previous else None
        trace = self.traces.outputs.get(path) if last else None
        if self.previous is not None and last and trace is not None and self.previous.is_current(trace[0]):
            self.new_traces[path] = trace
            self.size += last[0]
            return
        problem_count = len(self.problems.problems)
        parts: dict[str, PartTrace] = {}
        data, asked = self.queries.trace(lambda: self._make(make, path, trace, parts))
        if len(self.problems.problems) == problem_count:
            of_parts = {number for numbers, _, _ in parts.values() for number in decode(numbers)}
            self.new_traces[path] = (self.traces.encode(asked, of_parts), parts)
        self.size += len(data) if not isinstance(data, FileCopy) else _file_size(data.source)
        if not self._is_in_last(path, data, last):
            self._write_file(path, data)

    def _is_in_last(self, path: str, data: bytes | bytearray | FileCopy, last: FileState | None) -> bool:
        """Whether a file of the last output, which had a state, has these bytes."""
        if isinstance(data, FileCopy):
            return bool(self.previous and last and last[2] == self.previous.memory.source_digest(data.source))
        self.digests[path] = hash_bytes(data)
        return last is not None and last[2] == self.digests[path]

    def _make(
        self, make: Callable[[], Content], path: str, trace: OutputTrace | None, parts: dict[str, PartTrace]
    ) -> bytes | bytearray | FileCopy:
        """Return the bytes of an output, or the file to copy; no bytes where that is a problem."""
        try:
            return self._render(make(), path, trace, parts)
        except ProblemsError as error:
            self.problems.add(*error.problems)
            return b""

    def _render(
        self, content: Content, path: str, trace: OutputTrace | None, parts: dict[str, PartTrace]
    ) -> bytes | bytearray | FileCopy:
        """Return the bytes of an output, or the file to copy."""
        if isinstance(content, Page):
            return self.templates.render(content.template, content.view).encode()
        if isinstance(content, FileCopy):
            self.queries.asked.add(("source", content.source))
            return content.read(content.source) if content.read else content
        if isinstance(content, bytes | bytearray):
            return content
        return self._join_parts(content, path, trace, parts)

    def _join_parts(
        self,
        content: Sequence[bytes | Part],
        path: str,
        trace: OutputTrace | None,
        parts: dict[str, PartTrace],
    ) -> bytearray:
        """Return the parts of a file joined; those that are as they were are taken from the last output."""
        previous = self.previous
        before = memoryview((Path(previous.memory.output_folder) / path).read_bytes() if previous and trace else b"")
        data = bytearray()
        for one in content:
            if isinstance(one, bytes):
                data += one
                continue
            old = trace[1].get(one.name) if trace else None
            start = len(data)
            if old is not None and previous is not None and previous.is_current(old[0]):
                data += before[old[1] : old[1] + old[2]]
                parts[one.name] = (old[0], start, old[2])
            else:
                made, asked = self.queries.trace(one.make)
                data += made
                parts[one.name] = (self.traces.encode(asked), start, len(made))
        return data

    def _write_file(self, path: str, data: bytes | bytearray | FileCopy) -> None:
        self.paths[path] = True
        target = f"{self.output_path}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self.created_folders:
            _make_folder(folder)
            self.created_folders.add(folder)
        if isinstance(data, FileCopy):
            self._copy(data.source, target)
        else:
            _write_bytes(target, data)
        if path.endswith(".html") and signals.content_written.receivers:  # a context for each page costs, and few listen
            signals.content_written.send(target, context={**self.pelican_context, "output_file": path})

    def take_result(self, problem_count: int) -> WriteResult:
        """Return the result of this process, without the first problems, which it found before it was started."""
        problems = self.problems.problems[problem_count:]
        return WriteResult(self.paths, self.size, problems, self.traces.queries, self.new_traces, self.digests)

    def merge(self, part: WriteResult) -> None:
        """Add the result of another process. Raises ProblemsError where an address is taken."""
        for path in sorted(self.paths.keys() & part.paths.keys()):
            raise self._duplicate_address(path)
        self.paths |= part.paths
        self.digests |= part.digests
        self.size += part.size
        self.problems.add(*part.problems)
        self.new_traces |= self.traces.translate(TraceStore(part.queries, outputs=part.outputs))

    def _duplicate_address(self, path: str) -> ProblemsError:
        text = '"/{address}" is written twice. Two features of the site use one address.'
        address = path.removesuffix("index.html")
        return ProblemsError(Problem.error(SourceLocation(str(self.folder)), "address", text, address=address))

    def _copy(self, source: str, target: str) -> None:
        """Copy a file. Raises ProblemsError where it is gone since it was read."""
        try:
            shutil.copyfile(source, target)
        except FileNotFoundError:
            text = '"{path}" is gone: it was there when the texts were read. Bring it back, or build again.'
            path = self.display_path(Path(source))
            raise ProblemsError(Problem.error(SourceLocation(path), "file", text, path=path)) from None


def _make_folder(folder: str) -> None:
    """Make a folder; most of them are in one that is there, which costs a look less."""
    try:
        os.mkdir(folder)  # noqa: PTH102 (a path for each page costs more than the folder)
    except OSError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def _write_bytes(file: str, data: bytes | bytearray) -> None:
    """Write a file in one go: opening it as a stream costs more than writing it."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def _file_size(file: str) -> int:
    """Return the size of a file, 0 where it is gone."""
    try:
        return os.stat(file).st_size  # noqa: PTH116 (twice as fast)
    except OSError:
        return 0
