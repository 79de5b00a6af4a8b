"""``python -m jisr.aggregator.workers.child``: does one task after the other, as they come on standard input."""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
from typing import BinaryIO

from jisr.aggregator.pipeline import do
from jisr.aggregator.workers.pool import framed

_MOST_MEMORY = 1_500_000_000  # bytes of address space: a bomb ends this process and not the machine
_HEAD = struct.Struct(">Q")


def main() -> int:
    """Do tasks until there are no more, each within the seconds that are stated. Gives 0."""
    _bound()
    said = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    said.write(framed(None))
    said.flush()
    return _serve(sys.stdin.buffer, said, int(sys.argv[1]))


def _serve(tasks: BinaryIO, said: BinaryIO, seconds: int) -> int:
    while head := tasks.read(_HEAD.size):
        _ring(seconds)
        done = do(pickle.loads(tasks.read(_HEAD.unpack(head)[0])))  # noqa: S301 (it comes from the run that started us)
        said.write(framed(done))
        said.flush()
        _ring(0)
    return 0


def _ring(seconds: int) -> None:
    """Let the system end this process after a while, should nobody be there any more to do so; 0 calls it off."""
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(seconds)


def _bound() -> None:
    """Let the system refuse more memory than a feed may ever need, where it can."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


if __name__ == "__main__":
    raise SystemExit(main())
