"""The generator of the sitemap and robots.txt: the pages whose head has hreflang, no others, with the same alternates."""

from __future__ import annotations

from collections.abc import Iterable
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
    links = {family: _render_alternates(pages, site.url) for family, pages in site.routes_by_family.items()}
    indexed = (route for _, route in sorted(site.routes.items()) if route.indexed)
    entries = "".join(_render_entry(route, site.url, links[route.family]) for route in indexed)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NAMESPACES}>\n{entries}</urlset>\n'.encode()


def _render_alternates(pages: Iterable[Route], site_url: str) -> str:
    addresses = (*((page.language.tag, page.address) for page in pages if page.language), ("x-default", ""))
    hrefs = ((tag, quoteattr(paths.absolute_url(site_url, address))) for tag, address in addresses)
    return "\n".join(f'<xhtml:link rel="alternate" hreflang="{tag}" href={href}/>' for tag, href in hrefs)


def _render_entry(route: Route, site_url: str, links: str) -> str:
    modified = f"<lastmod>{route.modified.isoformat()[:10]}</lastmod>\n" if route.modified is not None else ""
    return f"<url>\n<loc>{escape(paths.absolute_url(site_url, route.address))}</loc>\n{modified}{links}\n</url>\n"


def render_robots_txt(site: Site) -> bytes:
    """Return ``robots.txt``: everything is allowed, and the address of the sitemap (RFC 9309)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {paths.absolute_url(site.url, _SITEMAP)}\n".encode()
