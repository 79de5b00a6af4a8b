"""Checks of feeds: they are well-formed, and their links are absolute and resolve."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.publishing.checks.built_site import BuiltSite

FEED_SUFFIXES = (".atom", ".rss", ".xml", ".opml", ".rdf")
_LINK_ATTRIBUTES = frozenset({"href", "src", "url", "xmlUrl", "htmlUrl"})
_HTML_LINK = re.compile(r"""<[a-zA-Z][^>]*?\s(?:href|src)\s*=\s*["']([^"']*)["']""")
_LINK_ELEMENTS = frozenset({"link", "loc", "comments", "docs"})


def check_feed(path: str, data: bytes, site: BuiltSite) -> Iterator[Problem]:
    """Return the problems of a feed, list of feeds or sitemap of a built site."""
    place = SourceLocation(path)
    try:
        links = set(_json_links(json.loads(data)) if path.endswith(".json") else _xml_links(data))
    except (etree.XMLSyntaxError, ValueError) as error:
        text = "This cannot be read by any program: {reason}. Mend what writes it."
        yield Problem.error(place, "feed-form", text, reason=error)
        return
    for link in sorted(links):
        if not urlsplit(link).scheme:
            text = '"{link}" is no whole address: programs of readers do not know what it is beside. Write it with SITEURL.'
            yield Problem.error(place, "feed-link", text, link=link)
        elif (target := site.resolve(link)) is not None and target not in site.files:
            text = '"{link}" leads to no file of the site. Mend the link, or bring back what it leads to.'
            yield Problem.error(place, "feed-link", text, link=link)


def _xml_links(data: bytes) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    for node in etree.fromstring(data, parser).iter(etree.Element):
        yield from (value for name, value in node.attrib.items() if name in _LINK_ATTRIBUTES)
        text = (node.text or "").strip()
        if text and etree.QName(node).localname in _LINK_ELEMENTS:
            yield text
        yield from _html_links(text)


def _json_links(value: Any, name: str = "") -> Iterator[str]:
    """Return the links of a JSON Feed (https://www.jsonfeed.org/version/1.1/): its members named url and those of its HTML."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _json_links(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _json_links(one, name)
    elif isinstance(value, str):
        if name == "url" or name.endswith("_url"):
            yield value
        if name == "content_html":
            yield from _html_links(value)


def _html_links(text: str) -> Iterator[str]:
    """Return the links of HTML in a feed.

    >>> list(_html_links('<p>پێنووس <a href="../x/">بیان</a></p>')), list(_html_links("href='x' is said"))
    (['../x/'], [])
    """
    if "<" in text:
        yield from _HTML_LINK.findall(text)
