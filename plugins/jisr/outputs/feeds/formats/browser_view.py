"""View of a feed in a browser: a list of links in XHTML, since browsers make no links of other XML.

Feed readers ignore it (RFC 4287, 6.3; RSS 2.0, "Extending RSS"). It needs no XSLT, which browsers are about to remove.
"""

from __future__ import annotations

from collections.abc import Sequence

from jisr.outputs.feeds.feed import Feed
from jisr.outputs.feeds.feed_entry import FeedEntry
from jisr.outputs.feeds.formats.xml import XHTML_NAMESPACE, format_element, wrap_elements


def render_entry_link(one: FeedEntry) -> str:
    """Return the list item of an entry: its title as a link, and its date."""
    link = format_element("a", one.title, {"href": one.url})
    day = " " + format_element("time", one.day, {"datetime": one.published.date().isoformat()}) if one.day else ""
    return wrap_elements("li", link + day, {"lang": one.language.tag, "dir": one.language.direction})


def render_browser_view(feed: Feed, lines: Sequence[str]) -> str:
    """Return the title, explanation and links of a feed, and the list of its entries."""
    links = " ".join(format_element("a", words, {"href": url}) for words, url in feed.links)
    parts = [format_element("h1", feed.title), wrap_elements("p", feed.explanation), wrap_elements("p", links)]
    if lines:
        parts.append(wrap_elements("ul", "\n".join(["", *lines, ""])))
    attributes = {"xmlns": XHTML_NAMESPACE, "lang": feed.language.tag, "dir": feed.language.direction}
    return wrap_elements("div", "\n".join(["", *parts, ""]), attributes)
