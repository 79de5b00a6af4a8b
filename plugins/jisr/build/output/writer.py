"""Writes what features hand over: pages rendered from their views, files, copies."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from pelican.plugins import signals
from pelican.writers import Writer

from jisr.core.urls import paths as addresses
from jisr.core.model.body import Body
from jisr.core.frozen import dataclass
from jisr.core.build.outputs import File, Output, Page
from jisr.core.diagnostics.problems import Place, Problem, Problems, ProblemsError
from jisr.build.cache.render_cache import Memory, Written
from jisr.build.console.progress import Progress
from jisr.build.templates.environment import Templates
from jisr.build.process_pool import Turns


@dataclass(frozen=True, slots=True)
class Part:
    """What a process wrote of a site, what is wrong with it, and what the next build may know of it."""

    written: set[str]
    shown: dict[str, list[str]]
    pages: int
    files: int
    problems: list[Problem]
    seen_pages: dict[str, Written]
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
        self.memory: Memory | None = context.get("memory")
        self.standing: Path = context.get("standing", self.folder)  # where the last build's output stands
        self.turns = Turns()
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
        if isinstance(output, Page):
            self._write_page(output, path, target)
            self.pages += 1
            self.progress.step()
        elif isinstance(output, File):
            self.files += 1
            for shown in output.shows:
                self.shown.setdefault(shown, []).append(path)
            _put(target, output.data)
        else:
            self.files += 1
            self._copy(output.source, target)
        if path.endswith(".html") and signals.content_written.receivers:  # a context for each costs, and few want to know
            signals.content_written.send(target, context={**self.context, "output_file": path})

    def part(self, known: int) -> Part:
        """Give what this process wrote; so many problems were known before it began."""
        memory, found = self.memory or Memory(b""), self.problems.found[known:]
        return Part(self.written, self.shown, self.pages, self.files, found, memory.seen_pages, memory.lately())

    def add(self, part: Part) -> None:
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
        return ProblemsError(Problem.error(Place(str(self.folder)), "address", text, address=address))

    def _copy(self, source: str, target: str) -> None:
        """Copy a file. Raises ProblemsError where it is gone since it was read."""
        try:
            shutil.copyfile(source, target)
        except FileNotFoundError:
            text = '"{path}" is gone: it was there when the texts were read. Bring it back, or build again.'
            path = self.shown_path(Path(source))
            raise ProblemsError(Problem.error(Place(path), "file", text, path=path)) from None

    def _write_page(self, page: Page, path: str, target: str) -> None:
        """Write a page; one that stands in the output as it would be rendered now is linked there.

        A first build takes no fingerprints: they are a tenth of its time, and most sites are built once, on a machine that
        forgets. The second one renders, too, and links what came out the same.
        """
        if self.memory is None:
            _put(target, self._rendered(page))
            return
        standing = f"{self.standing}/{path}"
        fingerprint = self.memory.fingerprint(page.template, page.view) if self.memory.pages else b""
        if not self.memory.is_as_written(path, fingerprint, standing) or not _linked(standing, target):
            data = self._rendered(page)
            if not (self.memory.pages and _holds(standing, data) and _linked(standing, target)):
                _put(target, data)
        self.memory.note(path, fingerprint, target)

    def _rendered(self, page: Page) -> bytes:
        try:
            return self.templates.render(page.template, page.view).encode()
        except ProblemsError as error:
            self.problems.add(*error.problems)
            return b""


def _put(file: str, data: bytes | bytearray) -> None:
    """Write a file in one go: opening it as a stream costs more than writing it."""
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(opened, rest) :]
    finally:
        os.close(opened)


def _holds(file: str, data: bytes) -> bool:
    """Whether a file has these bytes."""
    try:
        return os.stat(file).st_size == len(data) and Path(file).read_bytes() == data  # noqa: PTH116 (twice as fast)
    except OSError:
        return False


def _linked(standing: str, target: str) -> bool:
    """Whether a file could be given a second name: not every file system can."""
    try:
        os.link(standing, target)
    except OSError:
        return False
    return True
