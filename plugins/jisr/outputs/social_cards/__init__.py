"""A picture of each text for where links are shown as cards: its title in its own script, in the look of the site."""

from __future__ import annotations

from jisr.core.build.plugins import connect_plugin

SHOWS_WORDS = True  # the head of a page that is written again names its card: incremental.py


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    connect_plugin(signals, __name__, "CardsGenerator", offers=True)
