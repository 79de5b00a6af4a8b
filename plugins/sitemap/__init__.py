"""The sitemap and robots.txt: what search engines are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.sitemap.generator import SitemapGenerator

SHOWS_WORDS = False  # no file of this room changes with the words of a text


def _generator(pelican: object) -> type[SitemapGenerator]:
    from plugins.sitemap.generator import SitemapGenerator

    return SitemapGenerator


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    signals.get_generators.connect(_generator)
