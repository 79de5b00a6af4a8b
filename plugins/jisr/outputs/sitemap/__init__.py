"""The sitemap and robots.txt, for search engines."""

from __future__ import annotations

from jisr.core.build.plugins import OutputPlugin

OUTPUT = OutputPlugin("jisr.outputs.sitemap.generator", "SitemapGenerator")


def register() -> None:
    """Connect the output to Pelican."""
    from pelican.plugins import signals

    OUTPUT.connect(signals)
