"""Under the policies of files a document, a film, a recording and a picture that a text links still open in Chromium."""

from __future__ import annotations

import base64
import io
import threading
import wave
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from jisr.content.attachments.cleaner import clean_data
from jisr.publishing.server_config.headers import headers_for
from tests.content.attachments import makers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
RECORD = """() => new Promise((done) => {
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(30), {mimeType: "video/webm"}), parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.onstop = async () => {
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    done(btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join("")));
  };
  recorder.start();
  const timer = setInterval(() => pen.fillRect(0, 0, Math.random() * 99, 99), 20);
  setTimeout(() => { clearInterval(timer); recorder.stop(); }, 400);
})"""
TYPES = {"pdf": "application/pdf", "wav": "audio/wav", "webm": "video/webm", "jpg": "image/jpeg", "zip": "application/zip"}


def recording() -> bytes:
    """Return a second of silence."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000)
    return made.getvalue()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """Return a tab."""
    context = browser.new_context(accept_downloads=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def address(tab: Page) -> Iterator[str]:
    """Return the address of a server that sends cleaned files with our headers."""
    tab.goto("about:blank")
    film = base64.b64decode(tab.evaluate(RECORD))
    files = {"pdf": PDF, "wav": recording(), "webm": film, "jpg": makers.jpeg(), "zip": b"PK\5\6" + bytes(18)}
    links = "".join(f'<a id="{ending}" href="/news/2026-x/a.{ending}">{ending}</a>' for ending in files)
    shown = '<img src="/news/2026-x/a.jpg"><video src="/news/2026-x/a.webm"></video><audio src="/news/2026-x/a.wav"></audio>'

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            ending = self.path.rpartition(".")[2]
            data = clean_data(files[ending]) if ending in files else f"<!doctype html><p>{links}{shown}".encode()
            self.send_response(200)
            for name, value in headers_for(self.path).items():
                self.send_header(name, value)
            self.send_header("Content-Type", TYPES.get(ending, "text/html"))
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def wait_until(tab: Page, holds: Callable[[], object], wanted: str) -> None:
    """Wait until something holds, asked from here: no timer runs in a page whose policy forbids scripts."""
    for _ in range(500):
        if holds():
            return
        tab.wait_for_timeout(20)
    pytest.fail(wanted)


def test_files_open_under_their_policies(tab: Page, address: str) -> None:
    """A document opens in the viewer, a film and a recording play, a picture is shown, an archive is downloaded."""
    page = f"{address}/en/news/2026-x/"
    tab.goto(page)
    tab.wait_for_function(
        "document.images[0].naturalWidth && [...document.querySelectorAll('video,audio')].every((one) => one.readyState)"
    )
    for ending, opened in (
        ("wav", "document.querySelector('video')?.readyState > 0"),
        ("webm", "document.querySelector('video')?.readyState > 0"),
        ("jpg", "document.images[0]?.naturalWidth == 40"),
    ):
        tab.click(f"#{ending}")
        tab.wait_for_url(f"{address}/news/2026-x/a.{ending}", wait_until="commit")
        wait_until(tab, partial(tab.evaluate, opened), f"{ending} does not open.")
        tab.goto(page)
    with tab.expect_download() as download:
        tab.click("#zip")
    assert download.value.suggested_filename == "a.zip"
    tab.click("#pdf")
    viewed = f"{address}/news/2026-x/a.pdf"
    wait_until(tab, lambda: viewed in [frame.url for frame in tab.frames[1:]], "The viewer does not load the document.")
