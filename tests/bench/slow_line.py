"""A slow line: connections to a port of this machine share so many bytes a second, packet by packet in turn."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress

BYTES_A_SECOND = 50_000 / 8
LATENCY = 0.4  # seconds from a question to its answer, and until a connection stands
_PACKET, _HEADERS = 1460, 40  # bytes, of TCP over IPv4


class _Line:
    def __init__(self, port: int) -> None:
        self._port = port
        self._packets: deque[tuple[asyncio.StreamWriter, bytes, asyncio.Event]] = deque()
        self._more = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = asyncio.Event()
        self.port = 0
        self.is_open = threading.Event()

    async def run(self) -> None:
        """Open the line, and carry packets until it is closed."""
        self._loop = asyncio.get_running_loop()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self.is_open.set()
        carrier = asyncio.create_task(self._carry())
        await self._closed.wait()
        carrier.cancel()

    def close(self) -> None:
        """End the line, from another thread."""
        if self._loop:
            self._loop.call_soon_threadsafe(self._closed.set)

    async def _carry(self) -> None:
        free = 0.0  # from when on the line can carry the next packet
        while True:
            while not self._packets:
                self._more.clear()
                await self._more.wait()
            writer, data, has_gone = self._packets.popleft()
            free = max(free, time.monotonic()) + (len(data) + _HEADERS) / BYTES_A_SECOND
            await asyncio.sleep(max(0.0, free - time.monotonic()))
            writer.write(data)
            has_gone.set()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(LATENCY)
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2 * _PACKET)
        with suppress(OSError, asyncio.CancelledError):  # the browser left, or the line was closed
            await asyncio.gather(_send_questions(reader, server_writer), self._send_answers(server_reader, writer))

    async def _send_answers(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Bring packets one by one: the next waits for its turn once the last has gone."""
        while data := await reader.read(_PACKET):
            if writer.is_closing():  # the browser left: what it does not read takes no place on the line
                return
            has_gone = asyncio.Event()
            self._packets.append((writer, data, has_gone))
            self._more.set()
            await has_gone.wait()
        writer.close()


async def _send_questions(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        asyncio.get_running_loop().call_later(LATENCY, writer.write, data)


@contextmanager
def open_line(port: int, is_free: bool = False) -> Iterator[int]:
    """Give the port of a new slow line to a port; the port itself where the line is free of limits."""
    if is_free:
        yield port
        return
    line = _Line(port)
    threading.Thread(target=lambda: asyncio.run(line.run()), daemon=True).start()
    line.is_open.wait()
    yield line.port
    line.close()
