"""Social cards: an image of each text for link previews, with its title in its own script, in the style of the site."""

from __future__ import annotations

from jisr.core.build.plugins import connect_plugin

SHOWS_WORDS = True  # the head of a page that is rendered again names its card: incremental.py


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from pelican.plugins import signals

    connect_plugin(signals, __name__, "CardsGenerator", offers=True)
