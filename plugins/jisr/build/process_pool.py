"""Several processes do one work: each goes through the same lists in the same order, and does what is its turn."""

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
_CHUNKS = 500  # in which a list is dealt out
_PR_SET_PDEATHSIG = 1  # PR_SET_PDEATHSIG of Linux
_TRUSTED_PACKAGES = ("jisr.",)


class WorkerLostError(Exception):
    """A process that should help did not begin, or did not end well: what it did is not known."""


class WorkSplitter:
    """What is this process's turn: the next bunch of a list goes to whoever is free. Alone, everything is."""

    def __init__(self, counter: IO[bytes] | None = None) -> None:
        """Share turns with all processes that know a file, which holds the number of the next one; None shares with none."""
        self.counter = counter
        self.chunk_number = 0
        self.claimed_chunk = self._claim_chunk()

    def claim(self, items: Sequence[T], passed: Callable[[int], object] | None = None) -> Iterator[T]:
        """Return the items that this process does; ``passed`` is told how many are done by others."""
        size = max(1, len(items) // _CHUNKS) if self.counter else len(items)
        for start in range(0, len(items), size or 1):
            bunch = items[start : start + size]
            if self.counter is None or self.chunk_number == self.claimed_chunk:
                yield from bunch
                self.claimed_chunk = self._claim_chunk()
            elif passed:
                passed(len(bunch))
            self.chunk_number += 1

    def _claim_chunk(self) -> int:
        if self.counter is None:
            return 0
        import fcntl

        place = self.counter.fileno()
        fcntl.lockf(place, fcntl.LOCK_EX)  # the system lets go of it when a process ends, however that ends
        try:
            number = int.from_bytes(os.pread(place, 8, 0), "big")
            os.pwrite(place, (number + 1).to_bytes(8, "big"), 0)
        finally:
            fcntl.lockf(place, fcntl.LOCK_UN)
        return number


WorkFunction = Callable[[WorkSplitter], Iterator[T]]


def process_count(count: int, stated: object = None) -> int:
    """Return how many processes do so many things: as many as are stated, else one for few of them, and one for each core.

    >>> process_count(10), process_count(10_000, 1)
    (1, 1)
    """
    if sys.platform != "linux" or threading.active_count() > 1:  # of threads one alone would live on in a copy
        return 1
    if isinstance(stated, int) and stated > 0:
        return stated
    return min(MAX_PROCESSES, len(os.sched_getaffinity(0))) if count >= MIN_ITEMS_FOR_POOL else 1


def run_in_processes(count: int, work: WorkFunction[T], languages: Languages) -> Iterator[T]:
    """Let so many processes do a work, this one among them; give what each of them gives, this one first.

    The others begin as copies of this one (fork(2)); what they give are values, which know ``languages`` as the same.
    Raises LostError where one of them fails, or the system allows no more of them. An error of this one ends the others.
    """
    if count == 1:
        yield from work(WorkSplitter())
        return
    with ExitStack() as kept:
        try:
            counter = kept.enter_context(tempfile.TemporaryFile())
            helpers = [kept.enter_context(closing(_ChildProcess(work, counter, languages))) for _ in range(count - 1)]
        except OSError as error:
            raise WorkerLostError from error
        yield from work(WorkSplitter(counter))
        for helper in helpers:
            yield from helper.results()


class _ChildProcess:
    """A process that does what is its turn, and leaves what comes of it in a file."""

    def __init__(self, work: WorkFunction[Any], counter: IO[bytes], languages: Languages) -> None:
        from multiprocessing import get_context  # most builds need none

        self.languages = languages
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close)
        self.process = get_context("fork").Process(target=self._run_child, args=(work, counter, os.getpid()), daemon=True)
        self.process.start()

    def results(self) -> Iterator[Any]:
        """Wait for its end, and give what it gave. Raises LostError where it failed."""
        self.process.join()
        if self.process.exitcode:
            raise WorkerLostError
        end = self.file.seek(0, os.SEEK_END)
        self.file.seek(0)
        while self.file.tell() < end:
            yield load_value(self.file, self.languages, _TRUSTED_PACKAGES)

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.join()
        self.file.close()

    def _run_child(self, work: WorkFunction[Any], counter: IO[bytes], parent: int) -> None:
        """Do it; what fails here fails again in the process that began this one, which tells it."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _exit_with_parent(parent)
        gc.freeze()  # looking through what both know would make it two
        writer, code = ValuePickler(self.languages), 1
        try:
            for one in work(WorkSplitter(counter)):
                writer.dump(one, self.file)
            self.file.flush()
            code = 0
        finally:
            os._exit(code)


def _exit_with_parent(parent: int) -> None:
    """Let this process end when another does (https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html)."""
    import ctypes

    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
