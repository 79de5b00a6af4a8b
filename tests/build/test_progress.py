"""On a terminal a long build says how far it is; elsewhere it says nothing of that."""

from __future__ import annotations

import io
import os
import pty
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

import pytest

from jisr.build.console.progress import Progress
from jisr.core.diagnostics.problems import phrase

GONE = "\x1b[2K"  # takes a line away (ECMA-48, erase in line)


def on_a_terminal(work: Callable[[TextIO], None]) -> str:
    """Return what some work writes on a terminal."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        work(terminal)
    found = b""
    with suppress(OSError):  # the other end is closed: there is no more
        while part := os.read(ours, 10_000):
            found += part
    os.close(ours)
    return found.decode()


def test_a_terminal_is_told_how_far_the_work_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done stands in the line, with how much of it; the line is taken away at the end."""
    monkeypatch.setenv("TERM", "xterm")

    def work(terminal: TextIO) -> None:
        progress = Progress(stream=terminal, delay=0)
        progress.begin(phrase("Writing pages"), total=4)
        progress.step()
        progress.end()

    said = on_a_terminal(work)
    assert "Writing pages" in said
    assert "25%" in said
    assert said.rindex(GONE) > said.rindex("25%")


def test_a_log_is_told_nothing() -> None:
    """Where nobody watches, nothing is written."""
    log = io.StringIO()
    progress = Progress(stream=log, delay=0)
    progress.begin(phrase("Writing pages"))
    progress.step()
    progress.end()
    assert log.getvalue() == ""


def test_who_waits_no_second_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short build leaves the terminal as it is."""
    monkeypatch.setenv("TERM", "xterm")

    def work(terminal: TextIO) -> None:
        progress = Progress(stream=terminal)
        progress.step()
        progress.end()

    assert on_a_terminal(work) == ""
