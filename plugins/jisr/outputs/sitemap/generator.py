"""The generator of the sitemap and robots.txt: the pages whose head has hreflang, no others, with the same alternates."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output, Writer
from jisr.core.model.site import Route, Site
from jisr.core.urls import paths

_SITEMAP = "sitemap.xml"
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


class SitemapGenerator(Output):
    """Writes ``sitemap.xml`` and ``robots.txt``."""

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write both files."""
        writer.write(_SITEMAP, lambda: render_sitemap(context.site))
        writer.write("robots.txt", lambda: render_robots_txt(context.site))


def render_sitemap(site: Site) -> bytes:
    """Return ``sitemap.xml``: every indexed page with the address of each language and ``x-default``.

    See https://www.sitemaps.org/protocol.html and https://developers.google.com/search/docs/specialty/international.
    """
    entries = "".join(_render_entry(route, site) for _, route in sorted(site.routes.items()) if route.indexed)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NAMESPACES}>\n{entries}</urlset>\n'.encode()


def _render_entry(route: Route, site: Site) -> str:
    lines = [f"<loc>{escape(paths.absolute_url(site.url, route.address))}</loc>"]
    if route.modified is not None:
        lines.append(f"<lastmod>{route.modified.isoformat()[:10]}</lastmod>")
    alternates = ((page.language.tag, page.address) for page in site.alternates(route) if page.language)
    for tag, address in (*alternates, ("x-default", "")):
        href = quoteattr(paths.absolute_url(site.url, address))
        lines.append(f'<xhtml:link rel="alternate" hreflang="{tag}" href={href}/>')
    return "<url>\n" + "\n".join(lines) + "\n</url>\n"


def render_robots_txt(site: Site) -> bytes:
    """Return ``robots.txt``: everything is allowed, and the address of the sitemap (RFC 9309)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {paths.absolute_url(site.url, _SITEMAP)}\n".encode()
