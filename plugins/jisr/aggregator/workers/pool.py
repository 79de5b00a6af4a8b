"""Processes that read what strangers wrote: one that hangs, or dies, or needs too much memory costs one member."""

from __future__ import annotations

import asyncio
import io
import os
import pickle
import struct
import sys
from dataclasses import replace
from typing import Any

from jisr.aggregator.model import FeedSource
from jisr.aggregator.post_model import MemberPosts, PostSelection, SiteContext
from jisr.core.build.safe_pickle import SafeUnpickler
from jisr.core.frozen import dataclass

_MAX_FRAME_BYTES = 200_000_000  # bytes of what a process says
_START_TIMEOUT = 60  # seconds in which a process must have begun, on a machine that does much besides
_FRAME_HEADER = struct.Struct(">Q")
_STOP_TIMEOUT = 5
_MIN_SECONDS = 3  # seconds that a member has in any case
_TRUSTED_PREFIXES = (
    "jisr.aggregator.workers.pool.",
    "jisr.aggregator.model.",
    "jisr.aggregator.post_model.",
    "jisr.core.diagnostics.problems.",
    "datetime.",
)
_FORBIDDEN_CLASSES = ("Workers", "_Worker", "_ResultUnpickler")


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done for one member: its feed's bytes, or none, against what there is already."""

    source: FeedSource
    body: bytes
    content_type: str
    url: str
    member_posts: MemberPosts
    site_context: SiteContext


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What was chosen of a feed; ``reason`` says why it could not be read, ``named`` which feeds a page names instead."""

    selection: PostSelection
    item_count: int = 0
    notes: tuple[str, ...] = ()
    reason: str = ""
    feed_candidates: tuple[str, ...] = ()
    discovered_feed: str = ""  # the feed of the page, where one was found


class WorkerTimeout(Exception):  # noqa: N818 - like Unreadable, a word and no fault of ours
    """Tells that a process was ended, or ended itself; its reason is for people and has no full stop."""


class Workers:
    """As many processes as there are processors; each is started when it is first needed."""

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
        """Return what comes of a task. Raises Stuck where it takes longer than it may, or ends the process."""
        worker = await self.idle_workers.get()
        try:
            return await worker.run_task(task, self.timeout_seconds)
        except WorkerTimeout:
            self.timeout_seconds = max(
                self.timeout_seconds / 2, min(self.timeout_seconds, _MIN_SECONDS)
            )  # many that hang would delay all others
            raise
        finally:
            self.idle_workers.put_nowait(worker)


class _Worker:
    def __init__(self) -> None:
        self.process: asyncio.subprocess.Process | None = None

    async def run_task(self, task: Task, seconds: float) -> TaskResult:
        done, data = None, encode_frame(task)
        try:
            process = self.process or await self._start_process(seconds)
            async with asyncio.timeout(seconds):
                assert process.stdin is not None and process.stdout is not None  # noqa: S101 (both are pipes)
                process.stdin.write(data)
                await process.stdin.drain()
                done = decode_result(await _read_frame(process.stdout))
        except TimeoutError:
            raise WorkerTimeout(f"it kept its reader busy for more than {seconds:g} seconds") from None
        except (OSError, EOFError, asyncio.IncompleteReadError, pickle.UnpicklingError):
            raise WorkerTimeout("it made its reader stop") from None
        finally:
            if done is None:
                await self.stop(stuck=True)
        return done

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

    async def stop(self, stuck: bool = False) -> None:
        """End the process, if there is one; the next task starts another."""
        process, self.process = self.process, None
        if process is None:
            return
        if stuck and process.returncode is None:
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(_STOP_TIMEOUT):
                await process.communicate()  # a process ends where there is nothing more to read
        except TimeoutError:
            process.kill()
            await process.communicate()


async def _read_frame(stream: asyncio.StreamReader) -> bytes:
    size = _FRAME_HEADER.unpack(await stream.readexactly(_FRAME_HEADER.size))[0]
    if size > _MAX_FRAME_BYTES:
        raise EOFError
    return await stream.readexactly(size)


def encode_frame(value: object) -> bytes:
    """Return a value as a process says it."""
    data = pickle.dumps(value, 5)
    return _FRAME_HEADER.pack(len(data)) + data


class _ResultUnpickler(SafeUnpickler):
    """Reads what a process says: it has read what strangers wrote."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of our own values."""
        if name in _FORBIDDEN_CLASSES or (module == "jisr.core.diagnostics.problems" and name != "Phrase"):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


def decode_result(data: bytes) -> TaskResult:
    """Return what a process said. Raises UnpicklingError where that is not what was asked."""
    done = _ResultUnpickler(io.BytesIO(data), _TRUSTED_PREFIXES).load()
    if not isinstance(done, TaskResult):
        raise pickle.UnpicklingError(type(done).__name__)
    try:
        for one in done.selection.review_items:
            str(one.text)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:  # gaps that nothing fills
        raise pickle.UnpicklingError(str(error)) from None
    return done


def drop_feed(task: Task) -> Task:
    """Return a task that looks after what is there already, and reads nothing of strangers."""
    return replace(task, body=b"", content_type="", url="")
