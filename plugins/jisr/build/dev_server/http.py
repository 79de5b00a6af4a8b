"""The HTTP server of the preview: the built site, its own 404 pages, and an event after every build."""

from __future__ import annotations

import re
import select
import sys
from collections.abc import Mapping
from contextlib import closing, suppress
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote_to_bytes, urlencode

from jisr.build.dev_server.build_events import ReloadEvents
from jisr.build.dev_server.site_files import find_file, page_address, requested_bytes, served_type
from jisr.core.build.resources import PACKAGE
from jisr.core.diagnostics.problems import phrase
from jisr.core.urls import paths

EVENTS_PATH = "/-jisr/events"
SCRIPT_PATH = "/-jisr/reload.js"
METHODS = ("GET", "HEAD")
TEXT, PAGE, SCRIPT = map(served_type, (".txt", ".html", ".js"))
# Other names may be pointed at this machine by whoever owns them, and their pages would read drafts (DNS rebinding).
_LOCAL_HOST = re.compile(r"(?:(?:[\w-]+\.)*localhost|127\.0\.0\.1|\[::1\])(?::[0-9]*)?", re.IGNORECASE | re.ASCII)
_ABSOLUTE_FORM = re.compile(r"https?://([^/?#]*)(.*)", re.IGNORECASE)
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')  # which forbids the script of the preview, too
_NO_SITE = b'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Jisr</title><body></body></html>'


class PreviewServer(ThreadingHTTPServer):
    """Serves a folder on the loopback address."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, folder: Path, events: ReloadEvents) -> None:
        self.folder = folder
        self.events = events
        super().__init__(("127.0.0.1", port), PreviewHandler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that left; anything else is a fault of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class PreviewHandler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds that a connection may say nothing, or take nothing

    def parse_request(self) -> bool:
        """Read the head of a request; refuse one that is for another host or asks for what is not offered."""
        if not super().parse_request():
            return False
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # nobody reads a body: it must not be taken for the next request
        hosts = self.headers.get_all("Host", [])
        if absolute := _ABSOLUTE_FORM.fullmatch(self.path):  # whose host counts then (RFC 9112, 3.2.2)
            hosts, self.path = [*hosts[1:], absolute[1]] if hosts else [], absolute[2]
        self.path = "/" + self.path.lstrip("/")
        if len(hosts) != 1:
            self._refuse_host(HTTPStatus.BAD_REQUEST)
        elif not _LOCAL_HOST.fullmatch(hosts[0].strip()):
            self._refuse_host(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.command not in METHODS:
            self.close_connection = True
            self._send_bytes(HTTPStatus.METHOD_NOT_ALLOWED, TEXT, b"", {"Allow": ", ".join(METHODS)})
        else:
            return True
        return False

    def _refuse_host(self, status: HTTPStatus) -> None:
        self.close_connection = True
        address = f"http://localhost:{self.server.server_address[1]}/"
        sentence = phrase("The preview answers to localhost alone. Open {address} instead.", address=address)
        self._send_bytes(status, TEXT, f"{self.server.events.formatter.format(sentence)}\n".encode())

    def do_GET(self) -> None:
        """Answer with a page, a file, events, or a 404 page."""
        target, _, query = self.path.partition("?")
        path = unquote_to_bytes(target.encode("latin-1")).decode("utf-8", "replace")
        if path == EVENTS_PATH:
            self._stream_events(query)
        elif path == SCRIPT_PATH:
            self._send_bytes(HTTPStatus.OK, SCRIPT, (PACKAGE / "build/dev_server/reload.js").read_bytes())
        else:
            self._serve_site(
                path, self.server.events.shown_number()
            )  # before files are read: what is written meanwhile is news

    do_HEAD = do_GET  # noqa: N815 (the library's name)

    def _serve_site(self, path: str, shown: int) -> None:
        folder = self.server.folder.resolve()
        file = find_file(folder, path)
        try:
            if not folder.is_dir():
                self._send_page(HTTPStatus.SERVICE_UNAVAILABLE, _NO_SITE, shown)
            elif file and file.is_dir():
                self._redirect()
            elif file and file.suffix == ".html":
                self._send_page(HTTPStatus.OK, file.read_bytes(), shown, file.relative_to(folder).as_posix())
            elif file:
                self._send_file(file)
            else:
                self._send_not_found(path, folder, shown)
        except (FileNotFoundError, PermissionError):  # replaced by a build since, or not ours to read
            self._send_page(HTTPStatus.NOT_FOUND, _NO_SITE, shown)

    def _send_not_found(self, path: str, folder: Path, shown: int) -> None:
        """Answer with the 404 page of the address's language, or that of no language."""
        pages = (find_file(folder, f"{path.strip('/').split('/')[0]}/404.html"), find_file(folder, "404.html"))
        page = next((page for page in pages if page), None)
        self._send_page(HTTPStatus.NOT_FOUND, page.read_bytes() if page else _NO_SITE, shown)

    def _redirect(self) -> None:
        """Lead from a folder's name to its address, which ends with a slash."""
        target, mark, query = self.path.partition("?")
        location = f"/{target.lstrip('/')}/{mark}{query}"
        self._send_bytes(HTTPStatus.MOVED_PERMANENTLY, TEXT, b"", {"Location": location})

    def _send_page(self, status: HTTPStatus, page: bytes, shown: int, file: str | None = None) -> None:
        """Send a page as of a build with the script that shows builds; the editor's pages are left alone: what is typed stays.

        ``file`` is None for a page that stands in for one that is not there: any build may bring it.
        """
        if file is None or not file.startswith(paths.ADMIN):
            query = {"build": shown} if file is None else {"build": shown, "page": f"/{page_address(file)}"}
            tag = f'<script src="{escape(f"{SCRIPT_PATH}?{urlencode(query)}")}"></script></body>'
            page = _POLICY.sub(b"", page, count=1).replace(b"</body>", tag.encode(), 1)
        self._send_bytes(status, PAGE, page)

    def _send_bytes(self, status: HTTPStatus, kind: str, data: bytes, headers: Mapping[str, str] | None = None) -> None:
        self._send_head(status, kind, len(data), headers or {})
        if self.command != "HEAD":
            self.wfile.write(data)

    def _send_file(self, file: Path) -> None:
        """Send a file, or the part of it that is asked for: browsers seek in sound and film by that."""
        with file.open("rb") as source:
            size = source.seek(0, 2)
            is_whole = self.command == "HEAD" or "If-Range" in self.headers  # our files have no validator to compare
            part = None if is_whole else requested_bytes(self.headers.get("Range", ""), size)
            kind, headers = served_type(file.name), {"Accept-Ranges": "bytes"}
            if part is None:
                self._send_head(HTTPStatus.OK, kind, size, headers)
                part = range(size)
            elif part:
                headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
                self._send_head(HTTPStatus.PARTIAL_CONTENT, kind, len(part), headers)
            else:
                headers["Content-Range"] = f"bytes */{size}"
                self._send_head(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, kind, 0, headers)
            if part and self.command != "HEAD":
                self.connection.sendfile(source, part.start, len(part))

    def _send_head(self, status: HTTPStatus, kind: str, length: int | None, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Cache-Control", "no-store")
        for name, value in headers.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def _stream_events(self, query: str) -> None:
        """Send a browser what it is told of builds; ``query`` names the page that it shows, and as of which build."""
        self.close_connection = True
        self._send_head(HTTPStatus.OK, "text/event-stream", None, {})
        if self.command == "HEAD":
            return
        stated = parse_qs(query, keep_blank_values=True)
        page = page_address(stated["page"][-1]) if "page" in stated else None
        number = self.headers.get("Last-Event-ID") or stated.get("build", [""])[-1]
        seen = int(number) if re.fullmatch("[0-9]{1,18}", number) else self.server.events.shown_number()
        with closing(self.server.events.stream(page, seen, self._has_left)) as events:
            for event in events:
                self.wfile.write(event)

    def _has_left(self) -> bool:
        """Whether the browser closed its end of the connection; what it says meanwhile is nothing to us."""
        return bool(select.select([self.connection], [], [], 0)[0]) and not self.connection.recv(1024)

    def finish(self) -> None:
        """End the connection, but first read what was left unread: else closing it may destroy the answer (RFC 9112, 9.6)."""
        super().finish()
        self.connection.settimeout(0.2)
        with suppress(OSError):
            for _ in range(100):
                if not self.connection.recv(65536):
                    break

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Print nothing for a request: the terminal is for problems."""
