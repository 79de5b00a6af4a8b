"""Feeds of the whole site, of each language and of each collection of texts."""

from __future__ import annotations

from jisr.core.build.plugins import OutputPlugin

# Feeds show the body of a text.
OUTPUT = OutputPlugin("jisr.outputs.feeds.generator", "FeedsGenerator")


def register() -> None:
    """Connect the output to Pelican."""
    from pelican.plugins import signals

    OUTPUT.connect(signals)
