"""The writer of a build: pages rendered from their views, files, copies."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pelican.plugins import signals
from pelican.writers import Writer as PelicanWriter

from jisr.build.cache.render_cache import PageRecord, RenderCache
from jisr.build.console.progress import Progress
from jisr.build.process_pool import WorkSplitter
from jisr.build.templates.environment import Templates
from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Artifact, FileOutput, PageOutput
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.model.body import Body
from jisr.core.urls import paths as addresses

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WriteResult:
    """The part of a site that a process wrote, its problems, and its entries in the cache of the next build."""

    paths: set[str]
    text_files: dict[str, list[str]]
    pages: int
    files: int
    size: int  # bytes of both
    problems: list[Problem]
    cached_pages: dict[str, PageRecord]
    cached_bodies: dict[bytes, Body]


@dataclass(frozen=True, slots=True)
class PageReuse:
    """The pages of the last build that may be taken over: the folder of its output, and the cache that knows them."""

    previous_output: Path
    render_cache: RenderCache


class SiteWriter(PelicanWriter):
    """Pelican's writer, and ``Writer`` of core/build/outputs.py. An address is written once."""

    def __init__(
        self, output_path: str, context: BuildContext, pelican_context: Mapping[str, Any], reuse: PageReuse | None = None
    ) -> None:
        """Write into a folder; ``pelican_context`` is passed to plugins that listen to ``content_written``."""
        super().__init__(output_path, settings=dict(context.settings))
        self.folder = Path(output_path)
        self.pelican_context = pelican_context
        self.paths: set[str] = set()
        self.text_files: dict[str, list[str]] = {}  # path of a text -> files that hold its words
        self.created_folders: set[str] = set()
        self.pages = self.files = self.size = 0
        self.progress = Progress()
        self.problems = context.problems
        self.display_path = context.run.display_path
        self.reuse = reuse
        self.splitter = WorkSplitter()
        self.templates = Templates(context.settings, context.site, context.messages, self.display_path)

    def claim(self, items: Sequence[T], *, are_pages: bool = False) -> Iterator[T]:
        """Return the items that this process writes; pages of other processes count as progress."""
        return self.splitter.claim(items, self.progress.step if are_pages else None)

    def write(self, artifact: Artifact) -> None:
        """Write a page, a file or a copy.

        A template that cannot be rendered is a problem, and the other pages go on. Raises ProblemsError where an address is
        taken.
        """
        path = addresses.output_path(artifact.address)
        if path in self.paths:
            raise self._duplicate_address(path)
        self.paths.add(path)
        target = f"{self.output_path}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self.created_folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 (a path for each page costs more than the folder)
            self.created_folders.add(folder)
        if isinstance(artifact, PageOutput):
            self._write_page(artifact, path, target)
            self.pages += 1
            self.progress.step()
        elif isinstance(artifact, FileOutput):
            self.files += 1
            self.size += len(artifact.data)
            for text_path in artifact.shows:
                self.text_files.setdefault(text_path, []).append(path)
            _write_file(target, artifact.data)
        else:
            self.files += 1
            self.size += self._copy(artifact.source, target)
        if path.endswith(".html") and signals.content_written.receivers:  # a context for each page costs, and few listen
            signals.content_written.send(target, context={**self.pelican_context, "output_file": path})

    def take_result(self, problem_count: int) -> WriteResult:
        """Return the result of this process, without the first problems, which it found before it was started."""
        cache, problems = self.reuse.render_cache if self.reuse else RenderCache(b""), self.problems.problems[problem_count:]
        entries = cache.written_pages, cache.drain_new_bodies()
        return WriteResult(self.paths, self.text_files, self.pages, self.files, self.size, problems, *entries)

    def merge(self, part: WriteResult) -> None:
        """Add the result of another process. Raises ProblemsError where an address is taken."""
        for path in sorted(self.paths & part.paths):
            raise self._duplicate_address(path)
        self.paths |= part.paths
        self.pages, self.files, self.size = self.pages + part.pages, self.files + part.files, self.size + part.size
        for text_path, files in part.text_files.items():
            self.text_files.setdefault(text_path, []).extend(files)
        self.problems.add(*part.problems)
        if self.reuse is not None:
            self.reuse.render_cache.written_pages |= part.cached_pages
            self.reuse.render_cache.used_bodies |= part.cached_bodies

    def _duplicate_address(self, path: str) -> ProblemsError:
        text = '"/{address}" is written twice. Two features of the site use one address.'
        address = path.removesuffix("index.html")
        return ProblemsError(Problem.error(SourceLocation(str(self.folder)), "address", text, address=address))

    def _copy(self, source: str, target: str) -> int:
        """Copy a file, and return its size. Raises ProblemsError where it is gone since it was read."""
        try:
            shutil.copyfile(source, target)
            return os.stat(target).st_size  # noqa: PTH116
        except FileNotFoundError:
            text = '"{path}" is gone: it was there when the texts were read. Bring it back, or build again.'
            path = self.display_path(Path(source))
            raise ProblemsError(Problem.error(SourceLocation(path), "file", text, path=path)) from None

    def _write_page(self, page: PageOutput, path: str, target: str) -> None:
        """Write a page; one that the last output holds as it would be rendered now is linked from there.

        A first build computes no fingerprints: they are a tenth of its time, and most sites are built once, on a machine that
        keeps no cache. The second one renders, too, and links pages whose bytes are the same.
        """
        if self.reuse is None:
            data = self._render_page(page)
            _write_file(target, data)
            self.size += len(data)
            return
        cache, previous = self.reuse.render_cache, f"{self.reuse.previous_output}/{path}"
        fingerprint = cache.fingerprint(page.template, page.view) if cache.pages else b""
        if not cache.is_unchanged(path, fingerprint, previous) or not _hard_link(previous, target):
            data = self._render_page(page)
            if not (cache.pages and _has_bytes(previous, data) and _hard_link(previous, target)):
                _write_file(target, data)
        self.size += cache.record_page(path, fingerprint, target)

    def _render_page(self, page: PageOutput) -> bytes:
        try:
            return self.templates.render(page.template, page.view).encode()
        except ProblemsError as error:
            self.problems.add(*error.problems)
            return b""


def _write_file(file: str, data: bytes | bytearray) -> None:
    """Write a file in one go: opening it as a stream costs more than writing it."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def _has_bytes(file: str, data: bytes) -> bool:
    """Whether a file has these bytes."""
    try:
        return os.stat(file).st_size == len(data) and Path(file).read_bytes() == data  # noqa: PTH116 (twice as fast)
    except OSError:
        return False


def _hard_link(existing: str, target: str) -> bool:
    """Whether a file got a second name: not every file system can do that."""
    try:
        os.link(existing, target)
    except OSError:
        return False
    return True
