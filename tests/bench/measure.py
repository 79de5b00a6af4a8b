"""Runs of a command as a process: what it cost."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from jisr.core.frozen import dataclass

_SAMPLING_INTERVAL = 0.05  # seconds between looks at the memory
_SAMPLING_RATIO = 20  # times as long as a look takes, so that looking at gigabytes doesn't slow what is measured


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and its children took: seconds of CPU and of a clock, megabytes of memory at most, of all together."""

    cpu: float
    wall: float
    memory: float


class BenchError(Exception):
    """A command that ended with an error; its words are the exception's."""


def measure_cost(command: Sequence[str], folder: Path, log: Path) -> Cost:
    """Run a command in a folder, its words into ``log``, and give what it cost. Raises BenchError where it fails.

    Python keeps byte code between runs, as it does where nobody told it not to: Hugo comes compiled, too.
    """
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    with log.open("wb") as words:
        process = subprocess.Popen(command, cwd=folder, env=own, stdout=words, stderr=subprocess.STDOUT)
        with _watch_memory(process.pid) as peaks:
            _, status, usage = os.wait4(process.pid, 0)
            taken = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BenchError(f"{' '.join(command)}: {log.read_text('utf-8', 'replace')[-2000:]}")
    # The kernel knows the peak of the greatest process to the page, looking from time to time that of all together.
    return Cost(usage.ru_utime + usage.ru_stime, taken, max(usage.ru_maxrss / 1024, *peaks))


@contextmanager
def _watch_memory(pid: int) -> Iterator[list[float]]:
    """Look from time to time at the memory of a process with its children; the list holds the peak."""
    peaks, over = [0.0], Event()

    def watch() -> None:
        pause = 0.0
        while not over.wait(pause):
            begun = time.perf_counter()
            peaks[0] = max(peaks[0], _total_memory(pid))
            pause = max(_SAMPLING_INTERVAL, _SAMPLING_RATIO * (time.perf_counter() - begun))

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()


def _total_memory(pid: int) -> float:
    """Return the megabytes of a process and all below it; a page that several share counts once (Pss, proc_pid_smaps(5))."""
    held = 0
    for one in _process_tree(pid):
        with suppress(OSError):  # it has ended meanwhile
            words = Path(f"/proc/{one}/smaps_rollup").read_text("ascii", "replace")
            held += sum(int(line.split()[1]) for line in words.splitlines() if line.startswith("Pss:"))
    return held / 1024


def _process_tree(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in children.read_text("ascii").split():
                yield from _process_tree(int(child))


def run_interleaved(runs: dict[str, Callable[[], Cost]], times: int) -> dict[str, Cost]:
    """Run each in turn (A, B, A, B, …), so that what else a machine does falls on all; give the medians."""
    found: dict[str, list[Cost]] = {name: [] for name in runs}
    for _ in range(times):
        for name, run in runs.items():
            found[name].append(run())
    return {name: _median_cost(costs) for name, costs in found.items()}


def _median_cost(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(getattr(one, name) for one in costs) for name in ("cpu", "wall", "memory")))
