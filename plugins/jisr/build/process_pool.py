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

from jisr.build.cache.serialization import Writer, load
from jisr.core.i18n.languages import Languages

T = TypeVar("T")
MOST = 4  # processes: with more of them each waits for what one alone does, and all take memory
PAYS = 250  # texts of a site, or pages: below that, a second process gains less than a tenth of a second
_BUNCHES = 500  # in which a list is dealt out
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux
_OURS = ("jisr.",)


class LostError(Exception):
    """A process that should help did not begin, or did not end well: what it did is not known."""


class Turns:
    """What is this process's turn: the next bunch of a list goes to whoever is free. Alone, everything is."""

    def __init__(self, counter: IO[bytes] | None = None) -> None:
        """Share turns with all processes that know a file, which holds the number of the next one; None shares with none."""
        self.counter = counter
        self.passed = 0
        self.mine = self._take()

    def of(self, items: Sequence[T], passed: Callable[[int], object] | None = None) -> Iterator[T]:
        """Give the items that this process does; ``passed`` is told how many are done by others."""
        size = max(1, len(items) // _BUNCHES) if self.counter else len(items)
        for start in range(0, len(items), size or 1):
            bunch = items[start : start + size]
            if self.counter is None or self.passed == self.mine:
                yield from bunch
                self.mine = self._take()
            elif passed:
                passed(len(bunch))
            self.passed += 1

    def _take(self) -> int:
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


Work = Callable[[Turns], Iterator[T]]


def processes(count: int, stated: object = None) -> int:
    """Give how many processes do so many things: as many as are stated, else one for few of them, and one for each core.

    >>> processes(10), processes(10_000, 1)
    (1, 1)
    """
    if sys.platform != "linux" or threading.active_count() > 1:  # of threads one alone would live on in a copy
        return 1
    if isinstance(stated, int) and stated > 0:
        return stated
    return min(MOST, len(os.sched_getaffinity(0))) if count >= PAYS else 1


def together(count: int, work: Work[T], languages: Languages) -> Iterator[T]:
    """Let so many processes do a work, this one among them; give what each of them gives, this one first.

    The others begin as copies of this one (fork(2)); what they give are values, which know ``languages`` as the same.
    Raises LostError where one of them fails, or the system allows no more of them. An error of this one ends the others.
    """
    if count == 1:
        yield from work(Turns())
        return
    with ExitStack() as kept:
        try:
            counter = kept.enter_context(tempfile.TemporaryFile())
            helpers = [kept.enter_context(closing(_Helper(work, counter, languages))) for _ in range(count - 1)]
        except OSError as error:
            raise LostError from error
        yield from work(Turns(counter))
        for helper in helpers:
            yield from helper.given()


class _Helper:
    """A process that does what is its turn, and leaves what comes of it in a file."""

    def __init__(self, work: Work[Any], counter: IO[bytes], languages: Languages) -> None:
        from multiprocessing import get_context  # most builds need none

        self.languages = languages
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close)
        self.process = get_context("fork").Process(target=self._do, args=(work, counter, os.getpid()), daemon=True)
        self.process.start()

    def given(self) -> Iterator[Any]:
        """Wait for its end, and give what it gave. Raises LostError where it failed."""
        self.process.join()
        if self.process.exitcode:
            raise LostError
        end = self.file.seek(0, os.SEEK_END)
        self.file.seek(0)
        while self.file.tell() < end:
            yield load(self.file, self.languages, _OURS)

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.join()
        self.file.close()

    def _do(self, work: Work[Any], counter: IO[bytes], parent: int) -> None:
        """Do it; what fails here fails again in the process that began this one, which tells it."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _die_with(parent)
        gc.freeze()  # looking through what both know would make it two
        writer, code = Writer(self.languages), 1
        try:
            for one in work(Turns(counter)):
                writer.dump(one, self.file)
            self.file.flush()
            code = 0
        finally:
            os._exit(code)


def _die_with(parent: int) -> None:
    """Let this process end when another does (https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html)."""
    import ctypes

    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
