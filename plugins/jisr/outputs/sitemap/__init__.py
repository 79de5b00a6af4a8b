"""Sitemap and robots.txt for search engines."""

from __future__ import annotations

from jisr.core.build.plugins import connect_plugin

SHOWS_WORDS = False  # no file of this output depends on the body of a text


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from pelican.plugins import signals

    connect_plugin(signals, __name__, "SitemapGenerator")
