"""Generator of the sitemap and robots.txt."""

from __future__ import annotations

from typing import Any

from jisr.outputs.sitemap.sitemap import render_robots_txt, render_sitemap


class SitemapGenerator:
    """Writes the files for search engines."""

    def __init__(self, context: dict[str, Any], **_: Any) -> None:
        self.context = context

    def generate_output(self, writer: Any) -> None:
        """Write ``sitemap.xml`` and ``robots.txt``."""
        site = self.context["site"]
        writer.write(render_sitemap(site))
        writer.write(render_robots_txt(site))
