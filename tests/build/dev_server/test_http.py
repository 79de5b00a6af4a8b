"""The server of the preview keeps to HTTP, to this machine and to its folder, and is quiet when a browser leaves."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest

from tests.build.dev_server.conftest import Served
from tests.waiting import PATIENCE, wait_for

SCRIPT, EVENTS = "/-jisr/reload.js", "/-jisr/events"
ARABIC = f"/{quote('ar/العراق/')}"


@contextmanager
def connected(served: Served, request: bytes) -> Iterator[socket.socket]:
    """Send bytes as they are."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        yield connection


def told(served: Served, request: bytes) -> bytes:
    """Send bytes as they are, and return all that is answered until the server closes."""
    with connected(served, request) as connection:
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def answering() -> list[threading.Thread]:
    """Return the threads that answer a connection."""
    return [thread for thread in threading.enumerate() if "process_request_thread" in thread.name]


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:{port}", "[::1]:9", "a.b-c.localhost:1"]
)
def test_it_answers_to_names_of_this_machine(served: Served, host: str) -> None:
    """``localhost``, names below it and the two loopback addresses are answered, with any port or none."""
    assert served.ask("/en/", Host=host.format(port=served.port)).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "notlocalhost", "127.0.0.1.evil.example:8000", "10.0.0.7", "::1"]
)
@pytest.mark.parametrize("path", ["/en/", "/admin/", SCRIPT, EVENTS])
def test_it_answers_to_no_other_name(served: Served, host: str, path: str) -> None:
    """A name that somebody points at this machine reads nothing here, neither pages nor events."""
    answer = served.ask(path, Host=host)
    assert (answer.status, answer.headers["Content-Type"]) == (421, "text/plain; charset=utf-8")
    assert answer.body.decode() == f"The preview answers to localhost alone. Open http://localhost:{served.port}/ instead.\n"
    assert served.events.open_pages() == ()


@pytest.mark.parametrize("message_language", ["ar"])
def test_a_refusal_is_in_the_language_of_messages(served: Served) -> None:
    """Who opens the preview by another name reads in their language how to open it."""
    assert "لا تستجيب المعاينة" in served.ask("/", Host="evil.example").body.decode()


@pytest.mark.parametrize(
    "hosts", ["", "Host: localhost\r\nHost: localhost\r\n", "Host:\r\n", "Host: localhost, evil.example\r\n"]
)
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_request_names_one_host(served: Served, hosts: str, version: str) -> None:
    """A request without a host, or with two, is refused."""
    status = told(served, f"GET /en/ HTTP/{version}\r\n{hosts}\r\n".encode()).split()[1]
    assert status == (b"421" if hosts.count("Host") == 1 else b"400")


@pytest.mark.parametrize(
    ("target", "status"), [("http://evil.example/en/", b"421"), ("http://localhost/en/", b"200"), ("http://localhost", b"200")]
)
def test_a_host_in_the_target_counts(served: Served, target: str, status: bytes) -> None:
    """A request that names its host in the target, as for a proxy, is for that host."""
    answer = told(served, f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert answer.split()[1] == status


@pytest.mark.parametrize("path", ["/admin/", "/admin/index.html", "/en/../admin/", "/%61dmin/", "//admin/"])
def test_the_editor_is_left_alone(served: Served, path: str) -> None:
    """The pages of the editor are sent as they are, so that nothing can reload them."""
    assert served.ask(path).body == (served.folder / "admin/index.html").read_bytes()


def test_a_page_says_what_it_is_and_of_which_build(served: Served) -> None:
    """The script of each page knows the page's address and its build; one that stands in for a missing page waits for any."""
    number = served.events.build_number
    for path in (ARABIC, ARABIC + "index.html"):
        script = f'<script src="{SCRIPT}?build={number}&amp;page=%2Far%2F{quote("العراق")}%2F"></script></body>'
        assert script in served.ask(path).body.decode()
    assert f'<script src="{SCRIPT}?build={number}"></script></body>' in served.ask("/ar/nothing/").body.decode()


@pytest.mark.parametrize("target", [ARABIC.encode(), "/ar/العراق/".encode(), ARABIC.lower().encode() + b"?q=1"])
def test_an_arabic_address_is_found(served: Served, target: bytes) -> None:
    """An address in Arabic letters is found, percent-encoded by browsers or as bytes by other programs."""
    answer = told(served, b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert "العراق".encode() in answer


def test_a_link_leads_nowhere_outside(served: Served) -> None:
    """A symbolic link is followed inside the output alone, whether it is a file, a folder or a folder's page."""
    secret = served.folder.parent / "secret"
    secret.mkdir()
    (secret / "index.html").write_text("a draft")
    for name, target in (("file.html", secret / "index.html"), ("folder", secret), ("self", served.folder / "self")):
        (served.folder / name).symlink_to(target)
    (served.folder / "linked").mkdir()
    (served.folder / "linked/index.html").symlink_to(secret / "index.html")
    (served.folder / "inside").symlink_to(served.folder / "en")
    asked = ("/file.html", "/folder/", "/folder/index.html", "/folder", "/self", "/self/", "/linked/")
    assert [served.ask(path).status for path in asked] == [404] * len(asked)
    assert served.ask("/inside/").status == 200


@pytest.mark.parametrize(
    ("asked", "status", "part", "stated"),
    [
        ("bytes=10-19", 206, (10, 20), "bytes 10-19/100"),
        ("bytes=90-", 206, (90, 100), "bytes 90-99/100"),
        ("bytes=-5", 206, (95, 100), "bytes 95-99/100"),
        ("bytes=0-999", 206, (0, 100), "bytes 0-99/100"),
        ("bytes=-999", 206, (0, 100), "bytes 0-99/100"),
        ("bytes=100-", 416, (0, 0), "bytes */100"),
        ("bytes=-0", 416, (0, 0), "bytes */100"),
        ("bytes=5-2", 200, (0, 100), None),
        ("bytes=0-1,5-6", 200, (0, 100), None),
        ("lines=1-2", 200, (0, 100), None),
        (f"bytes={'9' * 5000}-", 200, (0, 100), None),
        ("bytes=-", 200, (0, 100), None),
    ],
)
def test_a_part_of_a_file_is_sent(served: Served, asked: str, status: int, part: tuple[int, int], stated: str | None) -> None:
    """Sound and film are sent from where a browser wants to hear them; a range that says nothing is passed over."""
    answer = served.ask("/talk.mp3", Range=asked)
    assert (answer.status, answer.headers.get("Content-Range")) == (status, stated)
    assert answer.body == bytes(range(*part))
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert served.ask("/talk.mp3", "HEAD", Range=asked).status == 200
    assert served.ask("/talk.mp3", Range=asked, If_Range='"another"').status == 200


def test_an_empty_file_is_sent(served: Served) -> None:
    """A file of no bytes is sent as such."""
    (served.folder / "empty.txt").touch()
    assert served.ask("/empty.txt").body == b""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "BREW"])
@pytest.mark.parametrize("path", ["/en/", EVENTS])
def test_nothing_but_reading_is_offered(served: Served, method: str, path: str) -> None:
    """Any other method is answered with those that are there, and its body is never read as a request."""
    asked = (
        f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 36\r\n\r\nGET /en/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    )
    answer = told(served, asked.encode())
    assert answer.startswith(b"HTTP/1.1 405 ")
    assert b"\r\nAllow: GET, HEAD\r\n" in answer
    assert answer.count(b"HTTP/1.1 ") == 1


def test_a_body_is_no_request(served: Served) -> None:
    """What follows a request for a page as its body is not answered."""
    asked = b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 36\r\n\r\nGET /ar/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert told(served, asked).count(b"HTTP/1.1 ") == 1


def test_the_head_of_events_ends(served: Served) -> None:
    """HEAD has no body, and so waits for no event."""
    answer = served.ask(EVENTS, "HEAD")
    assert (answer.status, answer.headers["Content-Type"], answer.body) == (200, "text/event-stream", b"")


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET /" + b"a" * 5_000_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 200 + b"\r\n", b"431"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 \r\n\r\n", b"400"),  # TLS
        (b"GET / / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9\r\n\r\n", b"505"),
    ],
)
def test_what_is_no_request_is_refused(
    served: Served, request_bytes: bytes, status: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is too long or no HTTP gets its status and no traceback, and others are answered as before."""
    with connected(served, request_bytes) as connection:
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert status in answer.split(b"\n")[0] + answer[:200]
    assert served.ask("/en/").status == 200
    assert capsys.readouterr().err == ""


def test_a_redirect_keeps_what_is_asked(served: Served) -> None:
    """A folder's name leads to its address with the question that was asked, and never to another host."""
    assert served.ask("/en?q=water").headers["Location"] == "/en/?q=water"
    assert served.ask("//en").headers["Location"] == "/en/"


@pytest.mark.parametrize(
    "begun", [b"", b"GET /e", b"GET /en/ HTTP/1.1\r\nHos", b"GET /-jisr/events HTTP/1.1\r\nHost: localhost\r\n\r\n"]
)
@pytest.mark.parametrize("is_reset", [True, False])
def test_it_is_quiet_when_a_browser_leaves(
    served: Served, begun: bytes, is_reset: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """A connection that ends, or breaks, in a request or while it waits for events leaves no word and no thread."""
    with connected(served, begun) as connection:
        wait_for(lambda: bool(answering()))
        if b"events" in begun:
            connection.recv(1000)
        if is_reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wait_for(lambda: not answering())
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", ["film.mp4", "long.html"])
def test_it_is_quiet_when_a_download_breaks(served: Served, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A browser that leaves in the middle of a file or a page leaves no word and no thread."""
    with (served.folder / name).open("wb") as file:
        file.truncate(50_000_000)
    with connected(served, f"GET /{name} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()) as connection:
        connection.recv(1000)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wait_for(lambda: not answering())
    assert capsys.readouterr().err == ""


def test_a_fault_of_ours_is_told(served: Served, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake of the server itself is not kept quiet."""
    monkeypatch.setattr("jisr.build.dev_server.http.find_file", lambda *_: 1 / 0)
    with connected(served, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") as connection:
        assert connection.recv(1000) == b""
    assert "ZeroDivisionError" in capsys.readouterr().err
