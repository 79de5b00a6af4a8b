"""A web server on loopback that behaves as a test says, well or badly, and notes what it was asked."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType

Behave = Callable[["Request", asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    path: str
    headers: dict[str, str]


@dataclass
class Blogs:
    """The server; ``at`` says for each path how it behaves."""

    at: dict[str, Behave] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    most_at_once: int = 0
    port: int = 0
    host: str = "127.0.0.1"
    _now: int = 0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"http://{host}:{self.port}{path}"

    def requests(self, path: str) -> list[Request]:
        """Return what was asked of one path."""
        return [one for one in self.asked if one.path == path]

    def __enter__(self) -> Blogs:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,))
        self._thread.start()
        ready.wait(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self, ready: threading.Event) -> None:
        self._loop.run_until_complete(self._serve(ready))
        self._loop.close()

    async def _serve(self, ready: threading.Event) -> None:
        self._stop = asyncio.Event()
        self._open: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._accept, self.host, 0, backlog=500)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._stop.wait()
        server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._talk(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split(" ")[1]
            pairs = (line.split(":", 1) for line in head[1:] if ":" in line)
            request = Request(path, {name.strip().lower(): value.strip() for name, value in pairs})
            self.asked.append(request)
            await self.at.get(path, answer(b"", status=404))(request, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # who asked is gone
        finally:
            self._now -= 1
            writer.transport.abort() if writer.transport.get_write_buffer_size() > 100_000 else writer.close()


def head(status: int, headers: dict[str, str], size: int | None) -> bytes:
    """Return the beginning of an answer; without a size its end is that of the connection."""
    lines = [f"HTTP/1.1 {status} Said", "Connection: close", *(f"{name}: {value}" for name, value in headers.items())]
    lines += [f"Content-Length: {size}"] if size is not None else []
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def answer(body: bytes, status: int = 200, size: int | None = None, after: float = 0, **headers: str) -> Behave:
    """Answer with a body; ``size`` is what it says of its length, if not the truth."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(after)
        writer.write(head(status, said, len(body) if size is None else size) + body)
        await writer.drain()

    return behave


def conditional(body: bytes, etag: str = '"one"', modified: str = "Sun, 01 Nov 2026 12:00:00 GMT", after: float = 0) -> Behave:
    """Answer with a body once, and with 304 who has it already."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(after)
        if request.headers.get("if-none-match") == etag or request.headers.get("if-modified-since") == modified:
            await answer(b"", status=304, ETag=etag)(request, writer)
        else:
            await answer(body, ETag=etag, Last_Modified=modified, Content_Type="application/rss+xml")(request, writer)

    return behave


def redirect(to: str, status: int = 302) -> Behave:
    """Lead elsewhere."""
    return answer(b"elsewhere", status=status, Location=to)


async def hang(request: Request, writer: asyncio.StreamWriter) -> None:
    """Say nothing."""
    await asyncio.sleep(60)


async def drip(request: Request, writer: asyncio.StreamWriter) -> None:
    """Say one byte after the other, each before any patience for one ends."""
    writer.write(head(200, {}, 100_000))
    for _ in range(600):
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.1)


async def drip_head(request: Request, writer: asyncio.StreamWriter) -> None:
    """Say one header after the other."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(600):
        writer.write(f"X-{number}: 1\r\n".encode())
        await writer.drain()
        await asyncio.sleep(0.1)


async def endless(request: Request, writer: asyncio.StreamWriter) -> None:
    """Say the beginning of a feed, and never its end."""
    writer.write(head(200, {}, None) + b"<rss><channel>")
    while True:
        writer.write(b"<item><title>again</title></item>" * 1000)
        await writer.drain()


async def hang_up(request: Request, writer: asyncio.StreamWriter) -> None:
    """End the connection."""
    writer.transport.abort()


async def babble(request: Request, writer: asyncio.StreamWriter) -> None:
    """Speak no HTTP."""
    writer.write(b"+OK POP3 server ready\r\n\r\n")
    await writer.drain()


async def long_head(request: Request, writer: asyncio.StreamWriter) -> None:
    """Say a header that is longer than any."""
    writer.write(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1_000_000 + b"\r\n\r\n")
    await writer.drain()


def feed(*numbers: int, tongue: str = "ar", host: str = "blog.example.org", title: str = "مدونة") -> bytes:
    """Return a feed with posts of these numbers."""
    texts = {
        "ar": ("نزهة على النهر", "التقينا عند النهر وعددنا القوارب التي كانت هناك في ذلك اليوم الجميل."),
        "ckb": ("پیاسەیەک لەبەر ڕووبار", "لەبەر ڕووبارەکە کۆبووینەوە و بەلەمەکانمان ژمارد لەو ڕۆژە جوانەدا."),
        "fr": ("Une promenade au fleuve", "Nous avons compté les bateaux qui étaient au bord du fleuve ce jour-là."),
    }
    name, text = texts[tongue]
    items = "".join(
        f"<item><title>{name} {number}</title><link>https://{host}/2026/post-{number}/</link>"
        f"<guid>https://{host}/?p={number}</guid><pubDate>{number % 28 + 1:02d} Sep 2026 08:00:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{text} {number}. {host}&lt;/p&gt;</description></item>"
        for number in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title><link>https://{host}/</link>{items}</channel></rss>'.encode()
