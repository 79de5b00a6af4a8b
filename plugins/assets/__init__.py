"""The theme's files as readers get them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.assets.generator import AssetsGenerator

SHOWS_WORDS = False  # no file of this room changes with the words of a text


def _generator(pelican: object) -> type[AssetsGenerator]:
    from plugins.assets.generator import AssetsGenerator

    return AssetsGenerator


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    signals.get_generators.connect(_generator)
