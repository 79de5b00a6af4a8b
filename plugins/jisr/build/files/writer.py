"""Writes what features hand over: pages rendered from their views, files, copies."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from pelican.plugins import signals
from pelican.writers import Writer

from jisr.build.cache.render_cache import PageRecord, RenderCache
from jisr.build.console.progress import Progress
from jisr.build.process_pool import WorkSplitter
from jisr.build.templates.environment import Templates
from jisr.core.build.outputs import FileOutput, Output, PageOutput
from jisr.core.diagnostics.problems import Problem, Problems, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.model.body import Body
from jisr.core.urls import paths as addresses


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What a process wrote of a site, what is wrong with it, and what the next build may know of it."""

    paths: set[str]
    text_files: dict[str, list[str]]
    pages: int
    files: int
    problems: list[Problem]
    seen_pages: dict[str, PageRecord]
    seen_bodies: dict[bytes, Body]


class SiteWriter(Writer):
    """Pelican's writer, and one more verb. An address is written once."""

    def __init__(self, output_path: str, settings: dict[str, Any], context: dict[str, Any]) -> None:
        super().__init__(output_path, settings=settings)
        self.folder = Path(output_path)
        self.context = context
        self.paths: set[str] = set()
        self.text_files: dict[str, list[str]] = {}  # path of a text -> files that hold its words
        self.created_folders: set[str] = set()  # those that were made
        self.pages = self.files = 0
        self.progress = Progress()
        self.problems: Problems = context["problems"]
        run = context["run"]
        self.display_path = run.display_path
        self.render_cache: RenderCache | None = context.get("memory")
        self.previous_output: Path = context.get("standing", self.folder)  # where the last build's output stands
        self.splitter = WorkSplitter()
        self.templates = Templates(settings, context["site"], context["messages"], run.display_path)

    def write(self, output: Output) -> None:
        """Write a page, a file or a copy.

        A template that cannot be rendered is noted, and the other pages go on. Raises ProblemsError where an address is taken.
        """
        path = addresses.output_path(output.address)
        if path in self.paths:
            raise self._duplicate_address(path)
        self.paths.add(path)
        target = f"{self.output_path}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self.created_folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 (a path for each page costs more than the folder)
            self.created_folders.add(folder)
        if isinstance(output, PageOutput):
            self._write_page(output, path, target)
            self.pages += 1
            self.progress.step()
        elif isinstance(output, FileOutput):
            self.files += 1
            for shown in output.shows:
                self.text_files.setdefault(shown, []).append(path)
            _write_file(target, output.data)
        else:
            self.files += 1
            self._copy(output.source, target)
        if path.endswith(".html") and signals.content_written.receivers:  # a context for each costs, and few want to know
            signals.content_written.send(target, context={**self.context, "output_file": path})

    def take_result(self, known: int) -> WriteResult:
        """Return what this process wrote; so many problems were known before it began."""
        memory, found = self.render_cache or RenderCache(b""), self.problems.problems[known:]
        return WriteResult(
            self.paths, self.text_files, self.pages, self.files, found, memory.written_pages, memory.drain_new_bodies()
        )

    def merge(self, part: WriteResult) -> None:
        """Take in what another process wrote. Raises ProblemsError where an address is taken."""
        for path in sorted(self.paths & part.paths):
            raise self._duplicate_address(path)
        self.paths |= part.paths
        self.pages, self.files = self.pages + part.pages, self.files + part.files
        for shown, paths in part.text_files.items():
            self.text_files.setdefault(shown, []).extend(paths)
        self.problems.add(*part.problems)
        if self.render_cache is not None:
            self.render_cache.written_pages |= part.seen_pages
            self.render_cache.used_bodies |= part.seen_bodies

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

    def _write_page(self, page: PageOutput, path: str, target: str) -> None:
        """Write a page; one that stands in the output as it would be rendered now is linked there.

        A first build takes no fingerprints: they are a tenth of its time, and most sites are built once, on a machine that
        forgets. The second one renders, too, and links what came out the same.
        """
        if self.render_cache is None:
            _write_file(target, self._render_page(page))
            return
        standing = f"{self.previous_output}/{path}"
        fingerprint = self.render_cache.fingerprint(page.template, page.view) if self.render_cache.pages else b""
        if not self.render_cache.is_unchanged(path, fingerprint, standing) or not _hard_link(standing, target):
            data = self._render_page(page)
            if not (self.render_cache.pages and _has_bytes(standing, data) and _hard_link(standing, target)):
                _write_file(target, data)
        self.render_cache.record_page(path, fingerprint, target)

    def _render_page(self, page: PageOutput) -> bytes:
        try:
            return self.templates.render(page.template, page.view).encode()
        except ProblemsError as error:
            self.problems.add(*error.problems)
            return b""


def _write_file(file: str, data: bytes | bytearray) -> None:
    """Write a file in one go: opening it as a stream costs more than writing it."""
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(opened, rest) :]
    finally:
        os.close(opened)


def _has_bytes(file: str, data: bytes) -> bool:
    """Whether a file has these bytes."""
    try:
        return os.stat(file).st_size == len(data) and Path(file).read_bytes() == data  # noqa: PTH116 (twice as fast)
    except OSError:
        return False


def _hard_link(standing: str, target: str) -> bool:
    """Whether a file could be given a second name: not every file system can."""
    try:
        os.link(standing, target)
    except OSError:
        return False
    return True
