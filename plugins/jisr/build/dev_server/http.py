"""The HTTP server of the preview: the built site, its own 404 pages, and an event after every build."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

EVENTS_PATH = "/-jisr/events"
SCRIPT_PATH = "/-jisr/reload.js"
MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    # As plain XML a browser shows a feed in its style; as application/atom+xml it shows the source or asks where to save it.
    ".atom": "application/xml; charset=utf-8",
    ".rss": "application/xml; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
    ".woff2": "font/woff2",
}
# A reload restores the scroll position. Problems are shown as text, never as markup.
RELOAD_SCRIPT = """
const events = new EventSource("/-jisr/events");
events.addEventListener("built", () => location.reload());
events.addEventListener("failed", (event) => {
  document.querySelector("#jisr-problems")?.remove();
  const data = JSON.parse(event.data);
  const box = document.createElement("pre");
  box.id = "jisr-problems";
  box.dir = "ltr";
  box.lang = data.lang;
  box.setAttribute("role", "alert");
  box.style.cssText = "position:fixed;inset:auto 0 0 0;max-block-size:60vh;overflow:auto;margin:0;padding:1rem;" +
    "background:#22262b;color:#f8f5ee;font:14px/1.5 monospace;white-space:pre-wrap;z-index:9999";
  box.textContent = data.problems;
  document.body.append(box);
});
"""


@dataclass(slots=True)
class ReloadEvents:
    """The result of the last build, and browsers that wait for the next."""

    build_number: int = 0
    problems: str = ""
    language: str = "en"  # of the problems
    stopped: bool = False
    condition: threading.Condition = field(default_factory=threading.Condition)

    def publish(self, problems: str) -> None:
        """Notify every waiting browser that a build ended: well, or with these problems."""
        with self.condition:
            self.build_number += 1
            self.problems = problems
            self.condition.notify_all()

    def stop(self) -> None:
        """Release every waiting browser."""
        with self.condition:
            self.stopped = True
            self.condition.notify_all()


class PreviewServer(ThreadingHTTPServer):
    """Serves a folder on the loopback address."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, folder: Path, events: ReloadEvents) -> None:
        self.folder = folder
        self.events = events
        super().__init__(("127.0.0.1", port), PreviewHandler)


def _resolve_inside(folder: Path, path: str) -> Path | None:
    """Return the file or folder of a path, or None where the site has none."""
    try:
        target = (folder / path.lstrip("/")).resolve()
        return target if target.is_relative_to(folder) and target.exists() else None
    except (OSError, ValueError):  # a path too long, or with a NUL
        return None


class PreviewHandler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a page, a file, events, or a 404 page."""
        path = unquote(urlsplit(self.path).path)
        if path == EVENTS_PATH:
            self._stream_events()
        elif path == SCRIPT_PATH:
            self._send_bytes(HTTPStatus.OK, ".js", RELOAD_SCRIPT.encode())
        elif not self.server.folder.is_dir():
            self._send_bytes(HTTPStatus.SERVICE_UNAVAILABLE, ".html", self._placeholder_page())
        else:
            self._serve_file(path)

    do_HEAD = do_GET  # noqa: N815 (the library's name)

    def _serve_file(self, path: str) -> None:
        folder = self.server.folder.resolve()
        target = _resolve_inside(folder, path)
        if target is None:
            self._send_not_found(path, folder)
        elif target.is_dir() and not path.endswith("/"):
            self._redirect(urlsplit(self.path).path + "/")
        else:
            file = target / "index.html" if target.is_dir() else target
            if file.is_file() and (target.is_dir() or not path.endswith("/")):
                self._send_bytes(HTTPStatus.OK, file.suffix, file.read_bytes())
            else:
                self._send_not_found(path, folder)

    def _send_not_found(self, path: str, folder: Path) -> None:
        """Answer with the 404 page of the address's language, or that of no language."""
        first = path.strip("/").split("/")[0]
        pages = (folder / first / "404.html", folder / "404.html")
        page = next((one for one in pages if "\0" not in first and len(first) < 100 and one.is_file()), None)
        self._send_bytes(HTTPStatus.NOT_FOUND, ".html", page.read_bytes() if page else b"<!doctype html><title>404</title>")

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", "/" + address.lstrip("/"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _placeholder_page(self) -> bytes:
        """Return the page of a site that was not built yet; its script shows the problems."""
        return b'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Jisr</title><body></body></html>'

    def _send_bytes(self, status: HTTPStatus, suffix: str, data: bytes) -> None:
        if suffix == ".html":
            tag = f'<script src="{SCRIPT_PATH}"></script></body>'.encode()
            data = data.replace(b"</body>", tag, 1)
        self.send_response(status)
        self.send_header("Content-Type", MEDIA_TYPES.get(suffix.lower(), "application/octet-stream"))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _stream_events(self) -> None:
        """Send the results of builds as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
        events = self.server.events
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        seen = events.build_number if not events.problems else events.build_number - 1
        try:
            self.wfile.write(b": connected\n\n")
            while not events.stopped:
                with events.condition:
                    if not events.stopped and events.build_number == seen:
                        events.condition.wait(timeout=15)
                    is_new, seen, problems = events.build_number != seen, events.build_number, events.problems
                if is_new and not events.stopped:
                    name, data = "failed" if problems else "built", {"problems": problems, "lang": events.language}
                    self.wfile.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())
                else:
                    self.wfile.write(b": still here\n\n")
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Print nothing for a request: the terminal is for problems."""
