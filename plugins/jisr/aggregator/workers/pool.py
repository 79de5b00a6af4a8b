"""A pool of processes that parse untrusted feeds: one that hangs, crashes or needs too much memory costs one member."""

from __future__ import annotations

import asyncio
import io
import os
import pickle
import struct
import sys
from typing import Any

from jisr.aggregator.model import FeedSource, MemberPosts, PostSelection, SiteContext
from jisr.core.build.safe_pickle import SafeUnpickler
from jisr.core.frozen import dataclass

_MAX_FRAME_BYTES = 200_000_000  # of a result
_START_TIMEOUT = 60  # seconds for the start of a process, on a busy machine
FRAME_HEADER = struct.Struct(">Q")
_STOP_TIMEOUT = 5
_MIN_SECONDS = 3  # of a task, whatever other tasks took
_TRUSTED_PREFIXES = ("jisr.aggregator.workers.pool.", "jisr.aggregator.model.", "jisr.core.diagnostics.problems.", "datetime.")
_FORBIDDEN_CLASSES = ("Workers", "_Worker", "_ResultUnpickler")


@dataclass(frozen=True, slots=True)
class Task:
    """The work for one member: the bytes of its feed, or none where existing posts alone are processed, and these posts."""

    source: FeedSource
    body: bytes
    content_type: str
    url: str
    member_posts: MemberPosts
    site_context: SiteContext
    known_title: str = ""  # of the feed, before


@dataclass(frozen=True, slots=True)
class TaskResult:
    """The selection from a feed; ``reason`` says why it is unreadable, ``feed_candidates`` are feeds that a page links to."""

    selection: PostSelection
    item_count: int = 0
    notes: tuple[str, ...] = ()
    reason: str = ""
    feed_candidates: tuple[str, ...] = ()
    discovered_feed: str = ""  # the candidate that was a feed
    feed_title: str = ""  # of a feed that is that of the member


class WorkerTimeout(Exception):  # noqa: N818 - it is no error of ours
    """A process took too long, or ended; the reason is for people and has no full stop."""


class Workers:
    """A pool of up to eight processes, one a processor; each is started when it is first needed."""

    def __init__(self, seconds: float, count: int = 0) -> None:
        self.timeout_seconds = seconds
        self.idle_workers: asyncio.Queue[_Worker] = asyncio.Queue()
        self.workers = [_Worker() for _ in range(count or min(os.cpu_count() or 1, 8))]
        for worker in self.workers:
            self.idle_workers.put_nowait(worker)

    async def __aenter__(self) -> Workers:
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(worker.stop() for worker in self.workers))

    async def run_task(self, task: Task) -> TaskResult:
        """Return the result of a task. Raises WorkerTimeout where it takes too long or ends the process."""
        worker = await self.idle_workers.get()
        try:
            return await worker.run_task(task, self.timeout_seconds)
        except WorkerTimeout:
            # Many tasks that hang would delay all others.
            self.timeout_seconds = max(self.timeout_seconds / 2, min(self.timeout_seconds, _MIN_SECONDS))
            raise
        finally:
            self.idle_workers.put_nowait(worker)


class _Worker:
    def __init__(self) -> None:
        self.process: asyncio.subprocess.Process | None = None

    async def run_task(self, task: Task, seconds: float) -> TaskResult:
        result, data = None, encode_frame(task)
        try:
            process = self.process or await self._start_process(seconds)
            async with asyncio.timeout(seconds):
                assert process.stdin is not None and process.stdout is not None  # noqa: S101 (both are pipes)
                process.stdin.write(data)
                await process.stdin.drain()
                result = decode_result(await _read_frame(process.stdout))
        except TimeoutError:
            raise WorkerTimeout(f"it kept its reader busy for more than {seconds:g} seconds") from None
        except (OSError, EOFError, asyncio.IncompleteReadError, pickle.UnpicklingError):
            raise WorkerTimeout("it made its reader stop") from None
        finally:
            if result is None:
                await self.stop(is_stuck=True)
        return result

    async def _start_process(self, seconds: float) -> asyncio.subprocess.Process:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-P", "-m", "jisr.aggregator.workers.child", str(int(seconds) + 5)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=None if os.environ.get("JISR_DEBUG") else asyncio.subprocess.DEVNULL,
        )
        assert self.process.stdout is not None  # noqa: S101 (it is a pipe)
        async with asyncio.timeout(_START_TIMEOUT):
            await _read_frame(self.process.stdout)
        return self.process

    async def stop(self, is_stuck: bool = False) -> None:
        """Stop the process, if there is one; the next task starts another."""
        process, self.process = self.process, None
        if process is None:
            return
        if is_stuck and process.returncode is None:
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(_STOP_TIMEOUT):
                await process.communicate()  # a process ends when its input ends
        except TimeoutError:
            process.kill()
            await process.communicate()


async def _read_frame(stream: asyncio.StreamReader) -> bytes:
    size = FRAME_HEADER.unpack(await stream.readexactly(FRAME_HEADER.size))[0]
    if size > _MAX_FRAME_BYTES:
        raise EOFError
    return await stream.readexactly(size)


def encode_frame(value: object) -> bytes:
    """Return a pickled value with its length before it."""
    data = pickle.dumps(value, 5)
    return FRAME_HEADER.pack(len(data)) + data


class _ResultUnpickler(SafeUnpickler):
    """Unpickles results: a process that parsed untrusted bytes is untrusted itself."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of the values of a result. Raises UnpicklingError for any other."""
        if name in _FORBIDDEN_CLASSES or (module == "jisr.core.diagnostics.problems" and name != "Phrase"):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


def decode_result(data: bytes) -> TaskResult:
    """Return the result that a process wrote. Raises UnpicklingError where it is none."""
    result = _ResultUnpickler(io.BytesIO(data), _TRUSTED_PREFIXES).load()
    if not isinstance(result, TaskResult):
        raise pickle.UnpicklingError(type(result).__name__)
    try:
        for item in result.selection.review_items:
            str(item.text)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:  # placeholders without a value
        raise pickle.UnpicklingError(str(error)) from None
    return result
