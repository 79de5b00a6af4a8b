"""``python -m jisr.aggregator.workers.child``: a process that works on tasks from standard input, one at a time."""

from __future__ import annotations

import os
import pickle
import signal
import sys

from jisr.aggregator.pipeline import process_task
from jisr.aggregator.workers.pool import FRAME_HEADER, encode_frame

_MAX_MEMORY = 1_500_000_000  # bytes of address space: a decompression bomb ends this process, not the machine


def run_worker() -> int:
    """Process tasks until the input ends, each within the seconds of the first argument. Returns 0."""
    _limit_memory()
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # output of a library is no result
    output.write(encode_frame(None))
    output.flush()
    tasks = sys.stdin.buffer
    while header := tasks.read(FRAME_HEADER.size):
        _set_alarm(int(sys.argv[1]))
        result = process_task(pickle.loads(tasks.read(FRAME_HEADER.unpack(header)[0])))  # noqa: S301 (it comes from the parent process)
        output.write(encode_frame(result))
        output.flush()
        _set_alarm(0)
    return 0


def _set_alarm(seconds: int) -> None:
    """Let the system end this process after some seconds, in case the parent process is gone; 0 cancels that."""
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(seconds)


def _limit_memory() -> None:
    """Limit the memory of this process, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))


if __name__ == "__main__":
    raise SystemExit(run_worker())
