"""The styleguide: every component of the theme in every language, on one page for those who work on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.styleguide.generator import StyleguideGenerator

SHOWS_WORDS = False  # no file of this room changes with the words of a text


def _generator(_pelican: object) -> type[StyleguideGenerator]:
    from plugins.styleguide.generator import StyleguideGenerator

    return StyleguideGenerator


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    signals.get_generators.connect(_generator)
