"""``python -m jisr.aggregator.workers.child``: does one task after the other, as they come on standard input."""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
from typing import BinaryIO

from jisr.aggregator.pipeline import process_task
from jisr.aggregator.workers.pool import encode_frame

_MAX_MEMORY = 1_500_000_000  # bytes of address space: a bomb ends this process and not the machine
_FRAME_HEADER = struct.Struct(">Q")


def run_worker() -> int:
    """Do tasks until there are no more, each within the seconds that are stated. Returns 0."""
    _limit_memory()
    said = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    said.write(encode_frame(None))
    said.flush()
    return _process_tasks(sys.stdin.buffer, said, int(sys.argv[1]))


def _process_tasks(tasks: BinaryIO, said: BinaryIO, seconds: int) -> int:
    while head := tasks.read(_FRAME_HEADER.size):
        _set_alarm(seconds)
        done = process_task(pickle.loads(tasks.read(_FRAME_HEADER.unpack(head)[0])))  # noqa: S301 (it comes from the run that started us)
        said.write(encode_frame(done))
        said.flush()
        _set_alarm(0)
    return 0


def _set_alarm(seconds: int) -> None:
    """Let the system end this process after a while, should nobody be there any more to do so; 0 calls it off."""
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(seconds)


def _limit_memory() -> None:
    """Let the system refuse more memory than a feed may ever need, where it can."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))


if __name__ == "__main__":
    raise SystemExit(run_worker())
