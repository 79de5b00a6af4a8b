"""Waiting for what a server or a browser does in its own time."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE = 30  # seconds that a slow machine may take


def wait_for(met: Callable[[], bool]) -> None:
    """Wait until something is so, for as long as a slow machine may take."""
    end = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < end, "in vain"
        time.sleep(0.05)


def take_screenshot(page: Page) -> bytes:
    """Return a picture of a page; on a busy machine Chromium fails now and then, and can draw it a moment later."""
    from playwright.sync_api import Error

    for _ in range(2):
        with suppress(Error):
            return page.screenshot()
        time.sleep(1)
    return page.screenshot()
