"""Feeds of the whole site, of each language and of each shelf of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jisr.outputs.feeds.generator import FeedsGenerator

SHOWS_WORDS = True  # the pages and files of a text whose words changed: incremental.py


def _get_generator(_pelican: object) -> type[FeedsGenerator]:
    from jisr.outputs.feeds.generator import FeedsGenerator

    return FeedsGenerator


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    signals.get_generators.connect(_get_generator)
