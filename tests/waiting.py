"""Waiting for what a server or a browser does in its own time."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 30  # seconds that a slow machine may take


def wait_for(met: Callable[[], bool]) -> None:
    """Wait until something is so, for as long as a slow machine may take."""
    end = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < end, "in vain"
        time.sleep(0.05)
