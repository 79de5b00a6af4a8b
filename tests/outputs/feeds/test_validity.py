"""Every feed is one that the W3C validator takes: its rules, over all feeds of a site."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
from lxml import etree, html

URL = "https://network.example.org/base/"
ATOM = "{http://www.w3.org/2005/Atom}"
HERE = Path(__file__).resolve().parent
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")


def feeds(output: Path, form: str) -> list[Path]:
    found = sorted(output.rglob(f"feed.{form}"))
    assert found
    return found


def test_atom_keeps_its_grammar(output: Path) -> None:
    """Every Atom feed has the elements that RFC 4287 asks for, as often as it asks, and the content it asks."""
    grammar = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
    for path in feeds(output, "atom"):
        assert grammar.validate(etree.parse(path)), (path, grammar.error_log)


def test_rss_has_what_it_must(output: Path) -> None:
    """A channel has title, link, description, language and a self link; an item a title, link, guid and a date of RFC 822."""
    for path in feeds(output, "rss"):
        channel = etree.parse(path).getroot()[0]
        for name in ("title", "link", "description", "language", "lastBuildDate"):
            assert len(channel.findall(name)) == 1, (path, name)
            assert channel.findtext(name), (path, name)
        dates = [channel.findtext("lastBuildDate"), *(item.findtext("pubDate") for item in channel.findall("item"))]
        assert all(RFC_822.fullmatch(day) and parsedate_to_datetime(day) for day in dates)
        for item in channel.findall("item"):
            assert item.findtext("title")
            assert item.findtext("link").startswith(URL)
            assert item.find("guid").get("isPermaLink") == "false"
            assert not item.findall("author"), "an author of RSS is an e-mail address"


def test_links_say_where_the_feed_stands(output: Path) -> None:
    """The self link is the absolute address of the file, the other one the page of its collection."""
    for path in [*feeds(output, "atom"), *feeds(output, "rss")]:
        address = URL + path.relative_to(output).as_posix()
        read = feedparser.parse(path.read_bytes())
        assert not read.bozo, (path, read.get("bozo_exception"))
        assert [link.href for link in read.feed.links if link.rel == "self"] == [address]
        page = path.parent.parent if path.parent.name == "replies" else path.parent  # replies have no page of their own
        assert read.feed.link == f"{URL}{page.relative_to(output).as_posix()}/".replace("/./", "/")
        assert (page / "index.html").is_file()


def test_ids_stand_once(output: Path) -> None:
    """No id occurs twice in a feed, and no two feeds have the same."""
    seen = []
    for path in feeds(output, "atom"):
        tree = etree.parse(path)
        seen.append(tree.findtext(f"{ATOM}id"))
        ids = [element.text for element in tree.iterfind(f"{ATOM}entry/{ATOM}id")]
        assert len(ids) == len(set(ids))
    for path in feeds(output, "rss"):
        guids = [element.text for element in etree.parse(path).iterfind("channel/item/guid")]
        assert len(guids) == len(set(guids))

    assert len(seen) == len(set(seen))


def test_alternates_differ(output: Path) -> None:
    """No two alternates of an entry have the same type and language (RFC 4287, 4.1.2); the first and the last are its page."""
    for path in feeds(output, "atom"):
        for entry in etree.parse(path).iterfind(f"{ATOM}entry"):
            links = [link for link in entry.iterfind(f"{ATOM}link") if link.get("rel") == "alternate"]
            kinds = [(link.get("type"), link.get("hreflang")) for link in links]
            assert len(set(kinds)) == len(kinds)
            assert links[0].get("href") == links[-1].get("href")
            assert all(link.get("href").startswith(URL) for link in links)


def test_content_leads_nowhere_relative(output: Path) -> None:
    """Whatever a body links or shows is absolute: a reader has no address to start from."""
    for path in [*feeds(output, "atom"), *feeds(output, "rss")]:
        for entry in feedparser.parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False).entries:
            for content in entry.get("content", [{"value": entry.summary}]):
                assert "jisr-ref" not in content["value"]
                links = [link for _, _, link, _ in html.fragment_fromstring(content["value"]).iterlinks()]
                assert all(link.startswith("https://") for link in links), (path, links)


def test_updated_is_the_newest_entry(output: Path) -> None:
    """A feed is as old as its newest entry, an empty one as the authority of its ids: no clock of the build is in it."""
    for path in feeds(output, "atom"):
        tree = etree.parse(path)
        entries = [datetime.fromisoformat(element.text) for element in tree.iterfind(f"{ATOM}entry/{ATOM}updated")]
        newest = max(entries, default=datetime.fromisoformat("2009-01-01T00:00:00+00:00"))
        assert datetime.fromisoformat(tree.findtext(f"{ATOM}updated")) == newest
