"""Calendars: each conference as a file, and all conferences of the site in each language."""

from __future__ import annotations

from pelican.plugins import signals

from plugins.calendar.generator import CalendarGenerator


def _generator(_pelican: object) -> type[CalendarGenerator]:
    return CalendarGenerator


def register() -> None:
    """Connect the room to Pelican."""
    signals.get_generators.connect(_generator)
