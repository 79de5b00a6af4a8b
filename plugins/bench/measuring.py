"""Runs of a command as a process: what it cost."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from plugins.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and its children took: seconds of CPU and of a clock, megabytes of memory at most."""

    cpu: float
    wall: float
    memory: float


class BenchError(Exception):
    """A command that ended with an error; its words are the exception's."""


def cost(command: Sequence[str], folder: Path, log: Path) -> Cost:
    """Run a command in a folder, its words into ``log``, and give what it cost. Raises BenchError where it fails."""
    begun = time.perf_counter()
    with log.open("wb") as words:
        process = subprocess.Popen(command, cwd=folder, stdout=words, stderr=subprocess.STDOUT)  # noqa: S603 (our own commands)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BenchError(f"{' '.join(command)}: {log.read_text('utf-8', 'replace')[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - begun, usage.ru_maxrss / 1024)


def in_turn(runs: dict[str, Callable[[], Cost]], times: int) -> dict[str, Cost]:
    """Run each in turn (A, B, A, B, …), so that what else a machine does falls on all; give the medians."""
    found: dict[str, list[Cost]] = {name: [] for name in runs}
    for _ in range(times):
        for name, run in runs.items():
            found[name].append(run())
    return {name: _median(costs) for name, costs in found.items()}


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(getattr(one, name) for one in costs) for name in ("cpu", "wall", "memory")))
