"""How far a long build is, on a terminal; a log has no use for it."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TextIO

from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter
from jisr.core.diagnostics.problems import Phrase

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

SHOW_DELAY = 1.0  # seconds: who waits no longer need not be told how long
_REFRESH_INTERVAL = 0.1  # seconds between two looks of a reader


class Progress:
    """A line that says what is done and how far that is; it is gone when the work is done."""

    def __init__(self, voice: MessageFormatter = ENGLISH, stream: TextIO | None = None, patience: float = SHOW_DELAY) -> None:
        self.voice, self.stream = voice, stream or sys.stderr
        self.is_terminal = self.stream.isatty()
        self.next_refresh = time.monotonic() + patience
        self.done, self.total, self.label = 0, 0, ""
        self.bar: Bar | None = None

    def begin(self, what: Phrase, total: int = 0) -> None:
        """Say what is done from now on; ``total`` is how many steps that takes, 0 where nobody knows."""
        self.end()
        self.done, self.total, self.label = 0, total, self.voice.format(what)

    def step(self, count: int = 1) -> None:
        """Note that a part is done, or as many as ``count``."""
        self.done += count
        if self.is_terminal and (now := time.monotonic()) >= self.next_refresh:
            self.next_refresh = now + _REFRESH_INTERVAL
            self._refresh()

    def end(self) -> None:
        """Take the line away."""
        if self.bar is not None:
            self.bar.stop()
        self.bar = None

    def _refresh(self) -> None:
        if self.bar is None:
            from rich.console import Console
            from rich.progress import Progress as Bar

            self.bar = Bar(console=Console(file=self.stream), transient=True, auto_refresh=False)
            self.bar.add_task(self.label, total=self.total or None)
            self.bar.start()
        self.bar.update(self.bar.task_ids[0], completed=self.done, refresh=True)
