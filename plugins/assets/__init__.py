"""The theme's files as readers get them."""

from __future__ import annotations

from pelican.plugins import signals

from plugins.assets.generator import AssetsGenerator


def _generator(pelican: object) -> type[AssetsGenerator]:
    return AssetsGenerator


def register() -> None:
    """Connect the room to Pelican."""
    signals.get_generators.connect(_generator)
