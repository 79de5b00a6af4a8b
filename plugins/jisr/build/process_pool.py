"""A pool of processes that share one work: each goes through the same lists in the same order, and does its own chunks."""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from typing import IO, Any, TypeVar

from jisr.build.cache.serialization import ValuePickler, load_value
from jisr.core.i18n.languages import Languages

T = TypeVar("T")
MAX_PROCESSES = 4  # processes: with more of them each waits for what one alone does, and all take memory
MIN_ITEMS_FOR_POOL = 250  # texts of a site, or pages: below that, a second process gains less than a tenth of a second
_CHUNKS = 500  # of a list
_PR_SET_PDEATHSIG = 1  # PR_SET_PDEATHSIG of Linux
_TRUSTED_PACKAGES = ("jisr.",)


class WorkerLostError(Exception):
    """A process of the pool could not be started, or failed: its results are lost."""


class WorkSplitter:
    """The chunks of lists that this process works on: the next chunk goes to the process that is free first."""

    def __init__(self, counter: IO[bytes] | None = None) -> None:
        """Share chunks with the processes that have the same file, which holds the number of the next one; None claims all."""
        self.counter = counter
        self.chunk_number = 0
        self.claimed_chunk = self._claim_chunk()

    def claim(self, items: Sequence[T], skip: Callable[[int], object] | None = None) -> Iterator[T]:
        """Return the items of this process; ``skip`` is called with the number of items that another one works on."""
        size = max(1, len(items) // _CHUNKS) if self.counter else len(items)
        for start in range(0, len(items), size or 1):
            chunk = items[start : start + size]
            if self.counter is None or self.chunk_number == self.claimed_chunk:
                yield from chunk
                self.claimed_chunk = self._claim_chunk()
            elif skip:
                skip(len(chunk))
            self.chunk_number += 1

    def _claim_chunk(self) -> int:
        if self.counter is None:
            return 0
        import fcntl

        descriptor = self.counter.fileno()
        fcntl.lockf(descriptor, fcntl.LOCK_EX)  # the system releases it when a process ends, however that ends
        try:
            number = int.from_bytes(os.pread(descriptor, 8, 0), "big")
            os.pwrite(descriptor, (number + 1).to_bytes(8, "big"), 0)
        finally:
            fcntl.lockf(descriptor, fcntl.LOCK_UN)
        return number


WorkFunction = Callable[[WorkSplitter], Iterator[T]]


def process_count(count: int, setting: object = None) -> int:
    """Return the number of processes for a number of items: that of the setting, else one for few items, or one for each core.

    >>> process_count(10), process_count(10_000, 1)
    (1, 1)
    """
    if sys.platform != "linux" or threading.active_count() > 1:  # a copy of a process has one thread alone
        return 1
    if isinstance(setting, int) and setting > 0:
        return setting
    return min(MAX_PROCESSES, len(os.sched_getaffinity(0))) if count >= MIN_ITEMS_FOR_POOL else 1


def run_in_processes(count: int, work: WorkFunction[T], languages: Languages) -> Iterator[T]:
    """Share a work between processes, this one among them, and return the results of each, those of this one first.

    The others begin as copies of this one (fork(2)); their results are pickled, with ``languages`` as references. Raises
    WorkerLostError where one of them fails, or the system allows no more of them. An error of this one ends the others.
    """
    if count == 1:
        yield from work(WorkSplitter())
        return
    with ExitStack() as stack:
        try:
            counter = stack.enter_context(tempfile.TemporaryFile())
            children = [stack.enter_context(closing(_ChildProcess(work, counter, languages))) for _ in range(count - 1)]
        except OSError as error:
            raise WorkerLostError from error
        yield from work(WorkSplitter(counter))
        for child in children:
            yield from child.results()


class _ChildProcess:
    """A process of the pool, which writes its results into a file."""

    def __init__(self, work: WorkFunction[Any], counter: IO[bytes], languages: Languages) -> None:
        from multiprocessing import get_context  # most builds need none

        self.languages = languages
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close)
        self.process = get_context("fork").Process(target=self._run_child, args=(work, counter, os.getpid()), daemon=True)
        self.process.start()

    def results(self) -> Iterator[Any]:
        """Wait for its end, and return its results. Raises WorkerLostError where it failed."""
        self.process.join()
        if self.process.exitcode:
            raise WorkerLostError
        end = self.file.seek(0, os.SEEK_END)
        self.file.seek(0)
        while self.file.tell() < end:
            yield load_value(self.file, self.languages, _TRUSTED_PACKAGES)

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.join()
        self.file.close()

    def _run_child(self, work: WorkFunction[Any], counter: IO[bytes], parent: int) -> None:
        """Work in the child; an error here occurs again in the parent, which does all of the work and reports it."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _exit_with_parent(parent)
        gc.freeze()  # a collection would copy every page of memory that the two processes share
        writer, code = ValuePickler(self.languages), 1
        try:
            for one in work(WorkSplitter(counter)):
                writer.dump(one, self.file)
            self.file.flush()
            code = 0
        finally:
            os._exit(code)


def _exit_with_parent(parent: int) -> None:
    """End this process when its parent ends (https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html)."""
    import ctypes

    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
