"""What a site says of itself where programs and people look for it first."""

from __future__ import annotations

from jisr.core.build.plugins import connect_plugin

SHOWS_WORDS = True  # the head of a page that is written again names the manifest: incremental.py


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    connect_plugin(signals, __name__, "WellKnownGenerator", offers=True)
