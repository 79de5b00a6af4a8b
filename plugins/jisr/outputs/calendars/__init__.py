"""Calendars: each conference as a file, and all conferences of the site in each language."""

from __future__ import annotations

from jisr.core.build.plugins import OutputPlugin

OUTPUT = OutputPlugin("jisr.outputs.calendars.generator", "CalendarGenerator")


def register() -> None:
    """Connect the output to Pelican."""
    from pelican.plugins import signals

    OUTPUT.connect(signals)
