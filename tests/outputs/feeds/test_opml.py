"""Lists of feeds for a reader's program, and what a browser shows of a feed."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree, html

URL = "https://network.example.org/base/"
TAGS = ("en", "ar", "ckb", "kmr", "fr")
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.mark.parametrize("tag", TAGS)
def test_the_list_of_a_language_names_its_feeds(output: Path, tag: str) -> None:
    """``feeds.opml`` has every Atom feed of texts below a language once, with its page, its language and a title."""
    outlines = etree.parse(output / tag / "feeds.opml").findall(".//outline[@xmlUrl]")
    expected = {
        URL + path.relative_to(output).as_posix() for path in (output / tag).rglob("feed.atom") if path.parent.name != "replies"
    }

    assert {one.get("xmlUrl") for one in outlines} == expected
    assert len(outlines) == len(expected)
    for one in outlines:
        assert one.get("htmlUrl") == one.get("xmlUrl").rpartition("/")[0] + "/"
        assert (one.get("type"), one.get("language")) == ("rss", tag)
        assert one.get("text") == one.get("title") != ""


def test_the_list_of_members_names_their_blogs(output: Path) -> None:
    """``members.opml`` has each member that has a feed, by its own name."""
    tree = etree.parse(output / "members.opml")
    found = [dict(one.attrib) for one in tree.findall("body/outline")]

    assert tree.getroot().get("version") == "2.0"
    assert found == [
        {
            "type": "rss",
            "text": "دفتر دجلة",
            "title": "دفتر دجلة",
            "xmlUrl": "https://blog.example.org/feed.atom",
            "htmlUrl": "https://blog.example.org/",
            "language": "ar",
        }
    ]


def test_the_members_are_linked_data(output: Path) -> None:
    """``members.rdf`` has the network by its names, and each member that has a blog with its own name, site and feed."""
    tree = etree.parse(output / "members.rdf")
    spaces = {"foaf": "http://xmlns.com/foaf/0.1/", "rss": "http://purl.org/rss/1.0/"}
    rdf = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
    (agent,) = tree.findall(".//foaf:member/foaf:Agent", spaces)

    assert {name.get("{http://www.w3.org/XML/1998/namespace}lang") for name in tree.findall("*/foaf:name", spaces)} == set(TAGS)
    assert [one.text for one in agent.findall("foaf:name", spaces)] == ["دفتر دجلة"]
    assert [one.get(f"{rdf}resource") for one in agent.findall("foaf:weblog", spaces)] == ["https://blog.example.org/"]
    assert [one.get(f"{rdf}about") for one in agent.findall(".//rss:channel", spaces)] == ["https://blog.example.org/feed.atom"]


@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize("tag", TAGS)
def test_a_feed_is_readable_in_a_browser(output: Path, tag: str, form: str) -> None:
    """A feed names a stylesheet that exists, and has its entries as links in XHTML, in their language; XSLT is not needed."""
    path = output / tag / f"feed.{form}"
    tree = etree.parse(path)
    style = tree.xpath("preceding-sibling::processing-instruction() | /processing-instruction()")[0]
    links = [link.get("href") for link in tree.iterfind(f".//{XHTML}li/{XHTML}a")]
    shown = next(tree.iter(f"{XHTML}div"))

    assert style.get("type") == "text/css"
    assert (path.parent / style.get("href")).is_file()
    assert (shown.get("lang"), shown.get("dir")) == (tag, "rtl" if tag in ("ar", "ckb") else "ltr")
    entries = tree.findall("channel/item/link") or tree.findall("{*}entry/{*}link[1]")
    assert links == [link.text or link.get("href") for link in entries]


@pytest.mark.parametrize("tag", TAGS)
def test_the_subscribe_page_lists_every_feed_of_its_language(output: Path, tag: str) -> None:
    """Every feed of texts of the language in every format, the main feeds of the others, the whole site's, and the lists."""
    page = html.parse(str(output / tag / "subscribe" / "index.html")).getroot()
    page.make_links_absolute(f"{URL}{tag}/subscribe/")
    found = {link.get("href").removeprefix(URL) for link in page.xpath("//main//a[@type]")}
    own = {path.relative_to(output).as_posix() for path in (output / tag).rglob("feed.*") if path.parent.name != "replies"}
    main = {f"{place}feed.{form}" for place in ("", *(f"{one}/" for one in TAGS)) for form in ("atom", "rss", "json")}

    assert found == own | main | {f"{tag}/feeds.opml", "members.opml", "members.rdf"}


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("ar/statements/2009-rome/", ["ar/statements/", "ar/", ""]),
        ("ar/posts/dijla/river/", ["ar/members/dijla/", "ar/posts/", "ar/", ""]),
        ("ckb/topics/women/", ["ckb/topics/women/", "ckb/", ""]),
        ("kmr/statements/", ["kmr/", ""]),
        ("fr/subscribe/", ["fr/", ""]),
        ("en/", ["en/", ""]),
    ],
)
def test_a_head_names_feeds_from_the_nearest_to_the_whole_site(output: Path, page: str, expected: list[str]) -> None:
    """A page names the feeds it has to do with, the most specific first, and only those that exist."""
    tree = html.parse(str(output / page / "index.html"))
    found = [link.get("href") for link in tree.xpath('//head/link[@rel="alternate"][@type][@type!="text/plain"]')]

    assert found == [f"{URL}{folder}feed.{form}" for folder in expected for form in ("atom", "rss", "json")]
    assert all((output / link.removeprefix(URL)).is_file() for link in found)
