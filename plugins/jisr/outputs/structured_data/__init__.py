"""Structured data (JSON-LD) for the heads of pages."""

from __future__ import annotations

from jisr.core.build.plugins import connect_plugin

SHOWS_WORDS = True  # entries of a text whose body changed are replaced: incremental.py


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from pelican.plugins import signals

    connect_plugin(signals, __name__, offers=True)
