"""Open data: the whole content as a JSON file for each language, and the schema that describes it."""

from __future__ import annotations

from jisr.core.build.plugins import connect_plugin

SHOWS_WORDS = True  # entries of a text whose body changed are replaced: incremental.py


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from pelican.plugins import signals

    connect_plugin(signals, __name__, "OpenDataGenerator", offers=True)
