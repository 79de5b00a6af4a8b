"""A server of a folder that compresses texts, as hosts do that have what PRECOMPRESSED writes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class CompressedHandler(SimpleHTTPRequestHandler):
    """Serves a folder: pages of folders, and texts compressed by brotli."""

    protocol_version = "HTTP/1.1"
    encoding = "br"

    @staticmethod
    def compress(data: bytes) -> bytes:
        """Return data as it is sent."""
        import brotli

        return bytes(brotli.compress(data))

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        media, data = self.guess_type(str(file)), file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", f"{media}; charset=utf-8" if media.startswith("text/") else media)
        if media.startswith("text/") or file.suffix in (".svg", ".json", ".webmanifest"):
            data = self.compress(data)
            self.send_header("Content-Encoding", self.encoding)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with suppress(OSError):  # the browser has what it waited for, and left
            self.wfile.write(data)


@contextmanager
def serve(folder: Path, handler: type[CompressedHandler] = CompressedHandler) -> Iterator[int]:
    """Serve a folder on a free port of this machine, and give the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
