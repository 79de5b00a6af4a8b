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

    written: set[str]
    shown: dict[str, list[str]]
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
        self.written: set[str] = set()
        self.shown: dict[str, list[str]] = {}  # path of a text -> files that hold its words
        self.folders: set[str] = set()  # those that were made
        self.pages = self.files = 0
        self.progress = Progress()
        self.problems: Problems = context["problems"]
        run = context["run"]
        self.shown_path = run.shown
        self.memory: RenderCache | None = context.get("memory")
        self.standing: Path = context.get("standing", self.folder)  # where the last build's output stands
        self.turns = WorkSplitter()
        self.templates = Templates(Path(settings["THEME"]), context["site"], context["messages"], run.shown)

    def write(self, output: Output) -> None:
        """Write a page, a file or a copy.

        A template that cannot be rendered is noted, and the other pages go on. Raises ProblemsError where an address is taken.
        """
        path = addresses.output_path(output.address)
        if path in self.written:
            raise self._taken(path)
        self.written.add(path)
        target = f"{self.output_path}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self.folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 (a path for each page costs more than the folder)
            self.folders.add(folder)
        if isinstance(output, PageOutput):
            self._write_page(output, path, target)
            self.pages += 1
            self.progress.step()
        elif isinstance(output, FileOutput):
            self.files += 1
            for shown in output.shows:
                self.shown.setdefault(shown, []).append(path)
            _write_file(target, output.data)
        else:
            self.files += 1
            self._copy(output.source, target)
        if path.endswith(".html") and signals.content_written.receivers:  # a context for each costs, and few want to know
            signals.content_written.send(target, context={**self.context, "output_file": path})

    def part(self, known: int) -> WriteResult:
        """Give what this process wrote; so many problems were known before it began."""
        memory, found = self.memory or RenderCache(b""), self.problems.found[known:]
        return WriteResult(self.written, self.shown, self.pages, self.files, found, memory.seen_pages, memory.lately())

    def add(self, part: WriteResult) -> None:
        """Take in what another process wrote. Raises ProblemsError where an address is taken."""
        for path in sorted(self.written & part.written):
            raise self._taken(path)
        self.written |= part.written
        self.pages, self.files = self.pages + part.pages, self.files + part.files
        for shown, paths in part.shown.items():
            self.shown.setdefault(shown, []).extend(paths)
        self.problems.add(*part.problems)
        if self.memory is not None:
            self.memory.seen_pages |= part.seen_pages
            self.memory.seen_bodies |= part.seen_bodies

    def _taken(self, path: str) -> ProblemsError:
        text = '"/{address}" is written twice. Two features of the site use one address.'
        address = path.removesuffix("index.html")
        return ProblemsError(Problem.error(SourceLocation(str(self.folder)), "address", text, address=address))

    def _copy(self, source: str, target: str) -> None:
        """Copy a file. Raises ProblemsError where it is gone since it was read."""
        try:
            shutil.copyfile(source, target)
        except FileNotFoundError:
            text = '"{path}" is gone: it was there when the texts were read. Bring it back, or build again.'
            path = self.shown_path(Path(source))
            raise ProblemsError(Problem.error(SourceLocation(path), "file", text, path=path)) from None

    def _write_page(self, page: PageOutput, path: str, target: str) -> None:
        """Write a page; one that stands in the output as it would be rendered now is linked there.

        A first build takes no fingerprints: they are a tenth of its time, and most sites are built once, on a machine that
        forgets. The second one renders, too, and links what came out the same.
        """
        if self.memory is None:
            _write_file(target, self._rendered(page))
            return
        standing = f"{self.standing}/{path}"
        fingerprint = self.memory.fingerprint(page.template, page.view) if self.memory.pages else b""
        if not self.memory.is_as_written(path, fingerprint, standing) or not _hard_link(standing, target):
            data = self._rendered(page)
            if not (self.memory.pages and _has_bytes(standing, data) and _hard_link(standing, target)):
                _write_file(target, data)
        self.memory.note(path, fingerprint, target)

    def _rendered(self, page: PageOutput) -> bytes:
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
