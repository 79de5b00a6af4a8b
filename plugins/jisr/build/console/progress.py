"""The progress line of a long build, on a terminal; a log has no use for it."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TextIO

from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter
from jisr.core.diagnostics.problems import Phrase

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

SHOW_DELAY = 1.0  # seconds: a shorter build shows no progress
_REFRESH_INTERVAL = 0.1  # seconds


class Progress:
    """A line with the current step and its progress, removed when the work is done."""

    def __init__(self, formatter: MessageFormatter = ENGLISH, stream: TextIO | None = None, delay: float = SHOW_DELAY) -> None:
        self.formatter, self.stream = formatter, stream or sys.stderr
        self.is_terminal = self.stream.isatty()
        self.next_refresh = time.monotonic() + delay
        self.done, self.total, self.label = 0, 0, ""
        self.bar: Bar | None = None

    def begin(self, label: Phrase, total: int = 0) -> None:
        """Begin a step; ``total`` is the number of its parts, 0 where it is unknown."""
        self.end()
        self.done, self.total, self.label = 0, total, self.formatter.format(label)

    def step(self, count: int = 1) -> None:
        """Count parts that are done."""
        self.done += count
        if self.is_terminal and (now := time.monotonic()) >= self.next_refresh:
            self.next_refresh = now + _REFRESH_INTERVAL
            self._refresh()

    def end(self) -> None:
        """Remove the line."""
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
