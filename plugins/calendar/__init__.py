"""Calendars: each conference as a file, and all conferences of the site in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.calendar.generator import CalendarGenerator

SHOWS_WORDS = False  # no file of this room changes with the words of a text


def _generator(_pelican: object) -> type[CalendarGenerator]:
    from plugins.calendar.generator import CalendarGenerator

    return CalendarGenerator


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    signals.get_generators.connect(_generator)
