"""The styleguide: every component of the theme in every language, on one page for those who work on it."""

from __future__ import annotations

from pelican.plugins import signals

from plugins.styleguide.generator import StyleguideGenerator


def _generator(_pelican: object) -> type[StyleguideGenerator]:
    return StyleguideGenerator


def register() -> None:
    """Connect the room to Pelican."""
    signals.get_generators.connect(_generator)
