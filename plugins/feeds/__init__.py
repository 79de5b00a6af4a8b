"""Feeds of the whole site, of each language and of each shelf of texts."""

from __future__ import annotations

from pelican.plugins import signals

from plugins.feeds.generator import FeedsGenerator


def _generator(_pelican: object) -> type[FeedsGenerator]:
    return FeedsGenerator


def register() -> None:
    """Connect the room to Pelican."""
    signals.get_generators.connect(_generator)
