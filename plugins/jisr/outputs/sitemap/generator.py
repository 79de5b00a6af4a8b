"""The generator of the sitemap and robots.txt."""

from __future__ import annotations

from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output, Writer
from jisr.outputs.sitemap.sitemap import render_robots_txt, render_sitemap


class SitemapGenerator(Output):
    """Writes ``sitemap.xml`` and ``robots.txt``."""

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write both files."""
        writer.write(render_sitemap(context.site))
        writer.write(render_robots_txt(context.site))
