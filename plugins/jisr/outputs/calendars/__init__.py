"""Calendars: each conference as a file, and all conferences of the site in each language."""

from __future__ import annotations

from jisr.core.build.plugins import connect_plugin

SHOWS_WORDS = False  # no file of this room changes with the words of a text


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    connect_plugin(signals, __name__, "CalendarGenerator")
