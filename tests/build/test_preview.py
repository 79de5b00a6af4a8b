"""The preview shows every saved change, and what is wrong, in the browser of the one who writes."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import daily
from tests.waiting import PATIENCE, wait_for

if TYPE_CHECKING:
    from tests.build.conftest import Workplace

pytestmark = pytest.mark.process  # a server that listens, and ends with a signal

ROOT = Path(__file__).resolve().parents[2]
WATER = "/ar/statements/2026-water/"
SCRIPT = re.compile(r'<script src="/-jisr/reload\.js\?build=\d+(?:&amp;page=[^"]+)?"></script>')
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    headers: dict[str, str]
    body: bytes


def read_events(answer: HTTPResponse, begins: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """Return how each build ended, as it is told, and where asked for also that it begins."""
    name = ""
    while line := answer.readline().decode():
        field, _, value = line.strip().partition(": ")
        if field == "event":
            name = value
        elif field == "data" and (begins or name != "building"):
            yield name, json.loads(value)


@dataclass(frozen=True, slots=True)
class Preview:
    """A running ``inv serve``."""

    process: subprocess.Popen[str]
    workplace: Workplace
    port: int

    def ask(self, path: str, method: str = "GET") -> Answer:
        """Ask for a path as it is, without normalising it."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.putrequest(method, path)
            connection.endheaders()
            with connection.getresponse() as answer:
                return Answer(answer.status, dict(answer.headers), answer.read())

    def page(self, path: str = WATER) -> str:
        """Return a page as the browser gets it."""
        return self.ask(path).body.decode()

    @contextmanager
    def events(self, begins: bool = False) -> Iterator[Iterator[tuple[str, dict[str, str]]]]:
        """Return the events from now on, each its name and its data."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", "/-jisr/events")
            with connection.getresponse() as answer:
                assert answer.headers["Content-Type"] == "text/event-stream"
                yield read_events(answer, begins)

    def end(self, number: signal.Signals) -> int:
        """Send a signal, and give the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@contextmanager
def preview(workplace: Workplace, port: int, *arguments: str) -> Iterator[Preview]:
    """Run ``inv serve`` on a site until it has been looked at."""
    stated = ("serve", "--port", str(port), "--content", "content", "--settings", "network.py", "--output", "output")
    process = subprocess.Popen(
        [sys.executable, "-m", "invoke", "-r", str(ROOT), *stated, *arguments],
        cwd=workplace.folder,
        env=workplace.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout
        address = process.stdout.readline()
        assert address.startswith("http://localhost:"), address
        yield Preview(process, workplace, int(address.split(":")[2].split("/")[0]))
    finally:
        if group_lives(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=PATIENCE)


def group_lives(number: int) -> bool:
    """Whether any process of a group is still there."""
    try:
        os.killpg(number, 0)
    except ProcessLookupError:
        return False
    return True


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def built(workplace: Workplace, port: int) -> Iterator[Preview]:
    """Run ``inv serve``, and go on when its first page is there and it watches."""
    with preview(workplace, port) as running:
        wait_for(lambda: running.ask(WATER).status == 200)
        assert running.process.stdout
        assert running.process.stdout.readline().startswith("Built")  # pages stand before their build has ended
        time.sleep(1)  # until that is told, and it waits for what is saved
        yield running


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, workplace_in: Callable[[Path], Workplace]) -> Iterator[Preview]:
    """Return a preview that a whole file of tests looks at and none changes."""
    with built(workplace_in(tmp_path_factory.mktemp("preview")), free_port()) as running:
        yield running


def test_a_page_brings_what_reloads_it(shown: Preview) -> None:
    """Each page carries the script of the preview, and the output does not."""
    assert SCRIPT.search(shown.page())
    assert "EventSource" in shown.page("/-jisr/reload.js")
    assert "-jisr" not in shown.workplace.page("ar")


def test_a_preview_is_its_own_site(shown: Preview) -> None:
    """Absolute links of a preview lead to the preview."""
    assert f'<link rel="canonical" href="http://localhost:{shown.port}{WATER}">' in shown.page()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        (WATER, "text/html; charset=utf-8"),
        ("/statements/2026-water/programme.pdf", "application/pdf"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/-jisr/reload.js", "text/javascript; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_file_is_sent_as_what_it_is(shown: Preview, path: str, kind: str, method: str) -> None:
    """Every file has its content type and its length, and is asked for anew each time."""
    answer = shown.ask(path, method)

    assert (answer.status, answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (200, kind, "no-store")
    assert len(answer.body) == (int(answer.headers["Content-Length"]) if method == "GET" else 0)


@pytest.mark.parametrize("suffix", ["css", "svg"])
def test_a_file_of_the_theme_is_sent_as_what_it_is(shown: Preview, suffix: str) -> None:
    """Styles and pictures have the types that browsers ask for."""
    file = next((shown.workplace.output / "theme").glob(f"*.{suffix}"))
    answer = shown.ask(f"/theme/{file.name}")
    assert answer.body == file.read_bytes()
    assert answer.headers["Content-Type"].split(";")[0] == {"css": "text/css", "svg": "image/svg+xml"}[suffix]


@pytest.mark.parametrize("path", ["/ar", "/ar/statements", "/ar/statements/2026-water"])
def test_a_folder_is_redirected_to_its_slash(shown: Preview, path: str) -> None:
    """Relative links need the slash at the end of a page's address."""
    answer = shown.ask(path)
    assert (answer.status, answer.headers["Location"]) == (301, f"{path}/")


@pytest.mark.parametrize(
    ("path", "tag"),
    [("/ar/nothing/", "ar"), ("/ckb/statements/x/y/", "ckb"), ("/kmr/x", "kmr"), ("/fr/x.html", "fr"), ("/nothing/", None)],
)
def test_what_is_not_there_is_said_in_the_language_of_the_address(shown: Preview, path: str, tag: str | None) -> None:
    """The 404 page is that of the language, with the status that says so."""
    page = POLICY.sub("", (shown.workplace.output / (tag or ".") / "404.html").read_text("utf-8"))
    answer = shown.ask(path)
    assert answer.status == 404
    assert SCRIPT.sub("", answer.body.decode()) == page
    assert len(answer.body) > len(page.encode())


@pytest.mark.parametrize(
    "path",
    [
        "/../network.py",
        "/%2e%2e/network.py",
        "/..%2fnetwork.py",
        "/ar/..%2f..%2fnetwork.py",
        "/ar/../../content/statements/2026-water/index.ar.md",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/%00",
        "/ar/%ff/",
        "/robots.txt/",
        "/-jisr/nothing",
        "/" + "a" * 5000,
    ],
)
def test_nothing_but_the_site_is_served(shown: Preview, path: str) -> None:
    """No address leads out of the output, and none ends in silence."""
    answer = shown.ask(path)
    assert answer.status in (400, 404, 414)
    assert b"PLUGINS" not in answer.body


def test_a_saved_change_is_told_and_shown(workplace: Workplace) -> None:
    """A browser that waits hears ``built`` when the changed page is there."""
    with built(workplace, free_port()) as running, running.events() as events:
        workplace.text().write_text(workplace.text().read_text("utf-8").replace("الماء", "النهر"), "utf-8")
        assert next(events)[0] == "built"
        assert "النهر حقّ" in running.page()


def test_a_build_is_told_while_it_runs(workplace: Workplace) -> None:
    """A browser that waits hears ``building`` as soon as a change is saved, and then how that ended."""
    with built(workplace, free_port()) as running, running.events(begins=True) as events:
        workplace.text().write_text(workplace.text().read_text("utf-8").replace("title: ", "title: حقّ ", 1), "utf-8")
        assert [next(events)[0], next(events)[0]] == ["building", "built"]


def test_a_mistake_is_told_and_the_last_good_page_stays(workplace: Workplace) -> None:
    """``failed`` brings the message, the page stays as it was, and mending it is told as well."""
    file, address = workplace.text("ckb"), "/ckb/statements/2026-water/"
    good = file.read_text("utf-8")
    with built(workplace, free_port()) as running, running.events() as events:
        page = running.page(address)
        file.write_text(good.replace("title:", "tilte:"), "utf-8")
        name, said = next(events)
        assert name == "failed"
        assert "content/statements/2026-water/index.ckb.md:2:1: error[field]" in said["problems"]
        assert said["lang"] == "en"
        assert running.page(address) == page
        with running.events() as later:
            assert next(later) == (name, said), "a browser that comes later hears it, too"
        file.write_text(good, "utf-8")
        assert next(events)[0] == "built"


def test_a_preview_begins_with_a_mistake(workplace: Workplace) -> None:
    """Where the first build fails, the browser shows why, and the page as soon as it is mended."""
    good = workplace.text().read_text("utf-8")
    workplace.text().write_text("no front matter", "utf-8")
    with preview(workplace, free_port()) as running, running.events() as events:
        assert next(events)[0] == "failed"
        answer = running.ask(WATER)
        assert answer.status == 503
        assert SCRIPT.search(answer.body.decode())
        time.sleep(1)  # its watch begins after the first build
        workplace.text().write_text(good, "utf-8")
        assert next(events)[0] == "built"
        assert running.ask(WATER).status == 200


def test_what_is_saved_during_the_first_build_is_shown(workplace: Workplace) -> None:
    """A change is never missed, also where it is saved while the preview is still at its first build."""
    with preview(workplace, free_port()) as running:
        wait_for(lambda: running.ask(WATER).status == 200)
        workplace.text().write_text(workplace.text().read_text("utf-8").replace("الماء", "النهر"), "utf-8")
        wait_for(lambda: "النهر حقّ" in running.page())


def test_a_draft_is_shown(workplace: Workplace) -> None:
    """What is not published yet can be looked at, here alone."""
    workplace.text().write_text(workplace.text().read_text("utf-8").replace("title:", "status: draft\ntitle:", 1), "utf-8")
    with built(workplace, free_port()) as running:
        assert "الماء حقّ" in running.page()


@pytest.mark.parametrize("number", daily([signal.SIGTERM, signal.SIGINT], signal.SIGTERM))
def test_a_signal_ends_it(workplace: Workplace, number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end the preview with 0, also while a browser waits, and no process stays."""
    with built(workplace, free_port()) as running, running.events():
        assert running.end(number) == 0
        assert not group_lives(running.process.pid)
        assert running.process.stderr
        assert "Traceback" not in running.process.stderr.read()


def test_a_port_that_is_taken_gives_way_to_the_next(workplace: Workplace) -> None:
    """Two previews run beside each other."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        with preview(workplace, port) as running:
            assert port < running.port < port + 20


@pytest.mark.parametrize("stated", ["abc", "-1", "65536", "٨٠٠٠"])
def test_a_port_that_is_none_is_told(workplace: Workplace, stated: str) -> None:
    """What is no port is an error that says which numbers are."""
    done = workplace.inv("serve", f"--port={stated}")
    assert done.returncode == 1
    assert f'error[port]: "{stated}" is no port. Name a number up to 65535' in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_that_fail_end_it(workplace: Workplace) -> None:
    """Without settings there is nothing to show: the preview ends with 1 and the message."""
    workplace.state("LANGUAGES = (")
    done = workplace.python("-m", "invoke", "-r", str(ROOT), "serve", "--settings", "network.py", "--port", str(free_port()))
    assert done.returncode == 1
    assert "network.py:" in done.stderr
    assert "error[setting]" in done.stderr
    assert "Traceback" not in done.stderr
