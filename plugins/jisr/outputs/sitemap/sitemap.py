"""The sitemap: the pages of the head's hreflang, no others, with the same alternates."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from jisr.core.build.outputs import File
from jisr.core.model.site import Route, Site
from jisr.core.urls import paths

_SITEMAP = "sitemap.xml"
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def sitemap(site: Site) -> File:
    """Give ``sitemap.xml``: every indexed page with each language's address and ``x-default``.

    See https://www.sitemaps.org/protocol.html and https://developers.google.com/search/docs/specialty/international.
    """
    entries = "".join(_entry(site.routes[address], site) for address in sorted(site.routes) if site.routes[address].indexed)
    return File(_SITEMAP, f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NAMESPACES}>\n{entries}</urlset>\n'.encode())


def _entry(route: Route, site: Site) -> str:
    lines = [f"<loc>{escape(paths.absolute(site.url, route.address))}</loc>"]
    if route.modified is not None:
        lines.append(f"<lastmod>{route.modified.isoformat()[:10]}</lastmod>")
    for tag, address in _alternates(route, site):
        href = quoteattr(paths.absolute(site.url, address))
        lines.append(f'<xhtml:link rel="alternate" hreflang="{tag}" href={href}/>')
    return "<url>\n" + "\n".join(lines) + "\n</url>\n"


def _alternates(route: Route, site: Site) -> Iterator[tuple[str, str]]:
    for page in site.alternates(route):
        if page.language is not None:
            yield page.language.tag, page.address
    yield "x-default", ""


def robots(site: Site) -> File:
    """Give ``robots.txt``: everything may be read, and where the sitemap is (RFC 9309)."""
    return File("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {paths.absolute(site.url, _SITEMAP)}\n".encode())
