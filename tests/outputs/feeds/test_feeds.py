"""The feeds of a site, and the content of their entries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TAGS = ("en", "ar", "ckb", "kmr", "fr")
DIRECTIONS = {"ar": "rtl", "ckb": "rtl", "fr": "ltr"}
ROME = "tag:network.example.org,2009:statements/2009-rome/"


def read(output: Path, address: str) -> Any:
    return feedparser.parse((output / address).read_bytes(), sanitize_html=False)


def entries(output: Path, address: str) -> dict[str, Any]:
    return {entry.id: entry for entry in read(output, address).entries}


def test_feeds_stand_where_there_are_texts(output: Path) -> None:
    """The site and every language have feeds, for replies in Atom alone; kinds, topics, members and authors with texts."""
    collections = {
        "ar": "statements posts topics/women members/dijla authors/saad",
        "ckb": "statements topics/women members/dijla authors/saad",
    }
    expected = {"feed.atom", *(f"{tag}/feed.atom" for tag in TAGS), "fr/news/feed.atom", "fr/authors/souad/feed.atom"}
    expected |= {f"{tag}/{collection}/feed.atom" for tag, found in collections.items() for collection in found.split()}

    replies = {f"{tag}/replies/feed.atom" for tag in TAGS}
    for form in ("atom", "rss", "json"):
        found = {path.relative_to(output).with_suffix(".atom").as_posix() for path in output.rglob(f"feed.{form}")}
        assert found == expected | (replies if form == "atom" else set())


@pytest.mark.parametrize("tag", TAGS)
def test_a_feed_speaks_one_language(output: Path, tag: str) -> None:
    """The feed of a language states it and has its texts only; posts have their own feed, hidden texts none."""
    feed = read(output, f"{tag}/feed.atom")
    links = [entry.link for entry in feed.entries]

    assert feed.feed.language == tag
    assert etree.parse(output / tag / "feed.rss").findtext("channel/language") == tag
    assert all(f"/base/{tag}/" in link and "/posts/" not in link and "hidden" not in link for link in links)
    assert len(links) == {"ar": 1, "ckb": 1, "fr": 1}.get(tag, 0)


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_the_whole_feed_says_the_language_of_each_entry(output: Path, form: str) -> None:
    """In the feed of the whole site each entry has its own xml:lang, and its text has that direction."""
    tree = etree.parse(output / f"feed.{form}")
    found = list(tree.iter(f"{ATOM}entry", "item"))
    tags = [one.get(XML_LANG) for one in found]

    assert sorted(tags) == ["ar", "ckb", "fr"]
    for one in read(output, f"feed.{form}").entries:
        content = one.content[0]["value"] if "content" in one else one.summary
        tag = one.link.split("/base/")[1].split("/")[0]
        assert content.startswith(f'<div dir="{DIRECTIONS[tag]}" lang="{tag}">')


def test_an_entry_says_who_wrote_and_who_translated(output: Path) -> None:
    """Authors have names in the language of the entry, members their title; translators are contributors."""
    arabic = entries(output, "ar/feed.atom")[ROME + "ar"]
    sorani = entries(output, "ckb/feed.atom")[ROME + "ckb"]
    item = etree.parse(output / "ckb" / "feed.rss").find("channel/item")

    assert [author.name for author in arabic.authors] == ["دفتر دجلة", "سعاد"]
    assert arabic.authors[0].href == "https://network.example.org/base/ar/members/dijla/"
    assert [one.name for one in sorani.contributors] == ["Mohammed Amir"]
    assert item.findtext("{http://purl.org/dc/elements/1.1/}contributor") == "Mohammed Amir"
    assert [one.text for one in item.iterfind("{http://purl.org/dc/elements/1.1/}creator")] == ["دفتر دجلة", "سعاد"]


def test_a_post_is_its_members(output: Path) -> None:
    """The author of a post that names none is its member, and it links its original."""
    post = entries(output, "ar/posts/feed.atom")["https://blog.example.org/?p=7"]

    assert post.author == "دفتر دجلة"
    assert [link.href for link in post.links if link.rel == "via"] == ["https://blog.example.org/river"]


def test_an_imported_guid_stays(output: Path) -> None:
    """RSS keeps any guid, Atom one that is an IRI; a second text with the same guid gets an id of its own."""
    items = etree.parse(output / "ar" / "posts" / "feed.rss").iterfind("channel/item")
    guids = {item.findtext("link").split("/")[-2]: item.findtext("guid") for item in items}
    own = "tag:network.example.org,2009:posts/dijla/"

    assert guids == {"river": "https://blog.example.org/?p=7", "walk": "42", "walk-again": f"{own}walk-again/ar"}
    assert set(entries(output, "ar/posts/feed.atom")) == {guids["river"], f"{own}walk/ar", guids["walk-again"]}


def test_dates_are_those_of_the_text(output: Path) -> None:
    """A translation is published when its original was and updated when it was; days begin where the network is."""
    sorani = entries(output, "ckb/feed.atom")[ROME + "ckb"]
    old = read(output, "fr/news/feed.atom").entries[0]

    assert (sorani.published, sorani.updated) == ("2009-03-30T00:00:00+03:00", "2012-02-09T14:30:00+03:00")
    assert old.published == "1910-01-01T21:02:24+00:00", "an offset with seconds is none that RFC 3339 can write"


def test_topics_have_a_name_in_the_language(output: Path) -> None:
    """A category is the topic's id for machines and its name for readers."""
    assert [(tag.term, tag.label) for tag in entries(output, "ckb/feed.atom")[ROME + "ckb"].tags] == [("women", "ژنان")]


def test_titles_read_in_their_direction(output: Path) -> None:
    """Plain text of a right-to-left language begins with its mark, isolates the other direction, and is escaped."""
    entry = etree.parse(output / "ar" / "feed.atom").find(f"{ATOM}entry")
    title, summary = entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}summary")

    assert title.startswith("\u200fمؤتمر \u2066Code for Iraq")
    assert title.replace("\u200f", "").replace("\u2066", "").replace("\u2069", "") == "مؤتمر Code for Iraq: <b>C++</b> & غيره"
    assert title.count("\u2066") == title.count("\u2069") > 0
    assert summary == "\u200fخلاصة المؤتمر.\u200f"


@pytest.mark.process  # another hash seed is that of another process
def test_ids_outlive_the_address(output: Path, moved: Path) -> None:
    """At another address, from another run with another hash seed, nothing but the address differs."""
    for path in sorted(output.rglob("feed.*")):
        other = (moved / path.relative_to(output)).read_bytes()
        assert other.replace(b"https://elsewhere.example.net", b"https://network.example.org/base") == path.read_bytes()
