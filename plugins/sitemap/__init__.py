"""The sitemap and robots.txt: what search engines are told."""

from __future__ import annotations

from pelican.plugins import signals

from plugins.sitemap.generator import SitemapGenerator


def _generator(pelican: object) -> type[SitemapGenerator]:
    return SitemapGenerator


def register() -> None:
    """Connect the room to Pelican."""
    signals.get_generators.connect(_generator)
