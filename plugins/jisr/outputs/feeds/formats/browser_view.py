"""What a browser shows when somebody opens a feed: a list of links, in XHTML, since of XML it makes no links.

Feed readers pass over it (RFC 4287, 6.3; RSS 2.0, "Extending RSS"). No XSLT is needed, which browsers are about to remove.
"""

from __future__ import annotations

from collections.abc import Sequence

from jisr.outputs.feeds.feed import Feed
from jisr.outputs.feeds.feed_entry import Entry
from jisr.outputs.feeds.formats.xml import XHTML, around, element


def line(one: Entry) -> str:
    """Give the line of an entry: its title as a link, and its day."""
    link = element("a", one.title, {"href": one.url})
    day = " " + element("time", one.day, {"datetime": one.published.date().isoformat()}) if one.day else ""
    return around("li", link + day, {"lang": one.language.tag, "dir": one.language.direction})


def opened(feed: Feed, lines: Sequence[str]) -> str:
    """Give what stands over the entries and the lines of all of them."""
    links = " ".join(element("a", words, {"href": url}) for words, url in feed.links)
    parts = [element("h1", feed.title), around("p", feed.explained), around("p", links)]
    if lines:
        parts.append(around("ul", "\n".join(["", *lines, ""])))
    attributes = {"xmlns": XHTML, "lang": feed.language.tag, "dir": feed.language.direction}
    return around("div", "\n".join(["", *parts, ""]), attributes)
