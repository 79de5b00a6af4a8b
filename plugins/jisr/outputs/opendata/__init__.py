"""The whole content as data: a JSON file for each language, and the schema that describes it."""

from __future__ import annotations

from jisr.core.build.plugins import connect_plugin

SHOWS_WORDS = True  # the pages and files of a text whose words changed: incremental.py


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    connect_plugin(signals, __name__, "OpenDataGenerator", offers=True)
