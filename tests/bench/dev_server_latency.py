"""The preview of a corpus: how long it takes from a saved text to its changed page, as a browser that waits for it asks."""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tests.bench.compare import Builder

PAGE_PATH = "/ar/statements/text-000000/"
_TIMEOUT = 600  # seconds, for the first build


def measure_latency(builder: Builder, times: int, works: Sequence[str]) -> dict[str, float]:
    """Return for each kind of change the median of seconds from saving it to having its new page, out of ``times``."""
    with _run_preview(builder) as port:
        for _ in range(_TIMEOUT):
            with suppress(OSError):
                if b"</html>" in _fetch_page(port):
                    break
            time.sleep(1)
        time.sleep(3)  # the site is opened for the first text to come
        return {
            work: statistics.median(
                _measure_once(builder, port, work, 10_000 + 1_000 * place + number) for number in range(times)
            )
            for place, work in enumerate(works)
        }


def _measure_once(builder: Builder, port: int, work: str, number: int) -> float:
    """Save a text a second after the last, and wait to be told, as an open page does; then fetch the page."""
    time.sleep(1)
    events = HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
    events.request("GET", f"/-jisr/events?page={PAGE_PATH}")
    told = events.getresponse()
    told.readline()
    begun = time.perf_counter()
    builder.change(work, number)
    while not _read_build_event(told):
        pass
    while str(number).encode() not in _fetch_page(port):
        pass
    taken = time.perf_counter() - begun
    events.close()
    return taken


def _read_build_event(told: HTTPResponse) -> bool:
    return told.readline().startswith(b"event: built")


def _fetch_page(port: int) -> bytes:
    asked = HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
    asked.request("GET", PAGE_PATH)
    return asked.getresponse().read()


@contextmanager
def _run_preview(builder: Builder) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    settings = builder.command[builder.command.index("--settings") + 1]
    content = builder.command[builder.command.index("--content") + 1]
    code = (
        "from jisr.build.options import Options; from jisr.build.dev_server.watcher import serve;"
        f"raise SystemExit(serve(Options({settings!r}, {content!r}), '{port}'))"
    )
    log = Path(content).parent / "preview.log"
    with log.open("wb") as words:
        process = subprocess.Popen([sys.executable, "-c", code], cwd=builder.folder, stdout=words, stderr=words)
        try:
            yield port
        finally:
            process.terminate()
            process.wait()
