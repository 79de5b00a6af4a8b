"""Feeds of the whole site, of each language and of each collection of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jisr.outputs.feeds.generator import FeedsGenerator

SHOWS_WORDS = True  # entries of a text whose body changed are replaced: incremental.py


def _get_generator(_pelican: object) -> type[FeedsGenerator]:
    from jisr.outputs.feeds.generator import FeedsGenerator

    return FeedsGenerator


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from pelican.plugins import signals

    signals.get_generators.connect(_get_generator)
