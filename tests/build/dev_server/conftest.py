"""A few pages, served as the preview serves them, by a server of the test's own process."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from jisr.build.console.message_languages import create_formatter
from jisr.build.dev_server.build_events import ReloadEvents
from jisr.build.dev_server.http import PreviewServer
from jisr.core.diagnostics.problems import SourceLocation
from tests.waiting import PATIENCE, wait_for

PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>{0}</title><body><h1>{0}</h1><input>{1}</body></html>'


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Event:
    """What a browser was told."""

    name: str
    data: dict[str, str]
    number: int


@dataclass(slots=True)
class Browser:
    """A connection that waits for events."""

    connection: HTTPConnection
    answer: HTTPResponse
    lines: dict[str, str] = field(default_factory=dict)

    def told(self) -> Event:
        """Wait for the next event."""
        lines: dict[str, str] = {}
        while "data" not in lines:
            name, _, value = self.answer.readline().decode().strip().partition(": ")
            lines[name] = value
        return Event(lines["event"], json.loads(lines["data"]), int(lines["id"]))


@dataclass(frozen=True, slots=True)
class Served:
    """A running server and its folder."""

    server: PreviewServer
    folder: Path
    events: ReloadEvents

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server.server_address[1])

    def write(self, path: str, title: str, more: str = "") -> None:
        """Write a page."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE.format(title, more), "utf-8")

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        """Ask for a path as it is; a header is a word of two parts."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            with connection.getresponse() as answer:
                return Answer(answer.status, dict(answer.headers), answer.read())

    @contextmanager
    def browser(self, query: str = "", **headers: str) -> Iterator[Browser]:
        """Wait for events as a page does."""
        before = set(self.events._pages)
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request(
                "GET", f"/-jisr/events{query}", headers={key.replace("_", "-"): one for key, one in headers.items()}
            )
            with connection.getresponse() as answer:
                wait_for(lambda: bool(self.events._pages.keys() - before))  # another one may leave meanwhile
                yield Browser(connection, answer)


@contextmanager
def serve(folder: Path, tag: str) -> Iterator[Served]:
    """Serve a folder, with messages in a language."""
    events = ReloadEvents(create_formatter(tag, SourceLocation("test")))
    with PreviewServer(0, folder, events) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield Served(server, folder, events)
        events.stop()
        server.shutdown()
        thread.join()


@pytest.fixture
def message_language() -> str:
    """Return the language of messages: English, where a test has no other."""
    return "en"


@pytest.fixture
def served(tmp_path: Path, message_language: str) -> Iterator[Served]:
    """Return a server of a home page, an Arabic page, the editor, 404 pages and a style."""
    with serve(tmp_path / "output", message_language) as running:
        for path in ("index.html", "en/index.html", "ar/العراق/index.html", "admin/index.html", "404.html", "ar/404.html"):
            running.write(path, path)
        (running.folder / "style.css").write_text("h1 { color: red }")
        (running.folder / "talk.mp3").write_bytes(bytes(range(100)))
        yield running
