"""Documents to translation sets to the Site, and a page in each language for everything that is in it."""

from __future__ import annotations

from pelican.plugins import signals

from plugins.multilingual.generator import SiteGenerator


def _generator(pelican: object) -> type[SiteGenerator]:
    return SiteGenerator


def register() -> None:
    """Connect the room to Pelican."""
    signals.get_generators.connect(_generator)
