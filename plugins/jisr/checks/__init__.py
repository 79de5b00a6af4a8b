"""The linter for texts: findings for editors, and fixes of those that are certain."""

from __future__ import annotations

from jisr.core.build.plugins import connect_plugin

SHOWS_WORDS = False  # no output of this plugin depends on the words of a text


def register() -> None:
    """Connect the plugin to Pelican."""
    from pelican.plugins import signals

    connect_plugin(signals, __name__, "ChecksGenerator")
