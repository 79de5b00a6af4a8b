"""With ``--fetch`` the old site is asked for its files, and nobody else: real requests to a server on this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from jisr.core.diagnostics.problems import Phrase
from jisr.importing.store.file_fetch import make_fetcher
from tests.importing.conftest import CASES, ROOT, Mover

JPEG = (ROOT / "tests/sites/photo.jpg").read_bytes()
EXPORT = CASES / "wordpress" / "files.xml"


@dataclass(slots=True)
class OldServer:
    """The server of an old site, and what it was asked for."""

    port: int
    asked: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Its host and port."""
        return f"127.0.0.1:{self.port}"


@pytest.fixture
def server() -> Iterator[OldServer]:
    """Run a server whose addresses say what it does: answer, lead on, wait, send too much, or another type."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            old.asked.append(self.path)
            name = self.path.rpartition("/")[2]
            leads = {"moved.jpg": "river.jpg", "circle.jpg": "circle.jpg", "inside.jpg": "http://127.0.0.2:9/x.jpg"}
            if name in leads:
                self.send_response(301)
                self.send_header("Location", leads[name])
                self.end_headers()
                return
            if name == "slow.jpg":
                time.sleep(1)
            data = {"river.jpg": JPEG, "big.jpg": JPEG, "page.jpg": b"<html><p>Please log in"}.get(name, b"")
            self.send_response(200 if data else 404)
            self.send_header("Content-Length", str(60_000_000 if name == "big.jpg" else len(data)))
            self.end_headers()
            with suppress(OSError):  # nobody waits for what is too large
                self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name in the library)
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    old = OldServer(http.server_address[1])
    threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True).start()
    yield old
    http.shutdown()
    http.server_close()


def test_each_answer_of_a_server_is_a_file_or_a_reason(server: OldServer) -> None:
    """What is not there, too slow, too large, in a circle, or on a private address is told; redirects are followed."""
    fetch = make_fetcher((server.host,), seconds=0.3)
    answers = {
        name: fetch(f"http://{server.host}/uploads/{name}.jpg") for name in ("moved", "gone", "circle", "inside", "big", "slow")
    }
    assert answers.pop("moved") == JPEG
    assert {name: str(one) for name, one in answers.items()} == {
        "gone": "the old site answers 404 for it",
        "circle": "its redirects go in a circle",
        "inside": "it leads to 127.0.0.2, which is no address of the public internet",
        "big": "it is larger than 50 MB",
        "slow": "it did not answer within 0.3 seconds",
    }
    assert fetch("ftp://example.org/x.jpg") is None


def test_a_private_host_is_asked_where_settings_name_it_alone(server: OldServer) -> None:
    """Without FETCH_ALLOW_HOSTS nothing reaches a server of the local network; one that never answers is left in peace."""
    fetch = make_fetcher(())
    reasons = [fetch(f"http://{server.host}/uploads/river.jpg") for _ in range(5)]
    assert all(isinstance(one, Phrase) for one in reasons)
    assert "no address of the public internet" in str(reasons[0])
    assert str(reasons[-1]) == "its host did not answer before, and is asked no more"
    assert server.asked == []


def test_an_import_fetches_files_of_the_old_site(server: OldServer, move: Mover, tmp_path: Path) -> None:
    """Files that the export names come beside the texts, once; each that does not is named with its reason."""
    export = tmp_path / "export.xml"
    export.write_text(EXPORT.read_text("utf-8").replace("old.example.org", server.host), "utf-8")
    allowed = f"FETCH_ALLOW_HOSTS = ({server.host!r},)\n"

    moved = move("wordpress", export, settings=allowed)
    assert server.asked == []  # not asked for
    moved = move("wordpress", export, settings=allowed, fetch=True)

    text = moved.files["news/2012-pictures/index.en.md"]
    assert "![A river](river.jpg)" in text
    assert "![Moved](moved.jpg)" in text
    left = {one["what"].rpartition("/")[2]: one["why"] for one in (*moved.report["left_out"], *moved.report["doubts"])}
    assert left["gone.jpg"] == "the old site answers 404 for it"
    assert left["page.jpg"].startswith("the file cannot lie beside a text: ")
    assert not any("elsewhere" in one for one in server.asked)
    server.asked.clear()
    again = move("wordpress", export, settings=allowed, fetch=True)
    assert again.report["written"]["files_written"] == 0
    assert not any("river" in one for one in server.asked)
