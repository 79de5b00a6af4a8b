"""Entries in addition to their text: translations, cover, source of a post."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree, html

from jisr.content.attachments.picture_facts import image_size

ATOM = "{http://www.w3.org/2005/Atom}"
ROME = "tag:network.example.org,2009:statements/2009-rome/"
URL = "https://network.example.org/base/"


def entry(output: Path, address: str, identity: str) -> Any:
    found = feedparser.parse((output / address).read_bytes(), sanitize_html=False).entries
    return next(one for one in found if one.id == identity)


@pytest.mark.parametrize(("tag", "other"), [("ar", "ckb"), ("ckb", "ar")])
def test_an_entry_links_its_translations(output: Path, tag: str, other: str) -> None:
    """Each published translation is an alternate with its language; its first link and its last are its own page."""
    one = entry(output, f"{tag}/feed.atom", ROME + tag)
    alternates = [link for link in one.links if link.rel == "alternate" and "hreflang" in link]

    assert [(link.hreflang, link.href) for link in alternates] == [(other, f"{URL}{other}/statements/2009-rome/")]
    assert one.link == one.links[0].href == f"{URL}{tag}/statements/2009-rome/"


@pytest.mark.parametrize("tag", ["ar", "ckb"])
def test_a_cover_is_an_enclosure(output: Path, tag: str) -> None:
    """The entry has the cover with its address, type and size, in all three formats."""
    photo = URL + "statements/2009-rome/photo.jpg"
    size = (output / "statements/2009-rome/photo.jpg").stat().st_size
    item = etree.parse(output / tag / "feed.rss").find("channel/item/enclosure")
    attachment = json.loads((output / tag / "feed.json").read_text("utf-8"))["items"][0]["attachments"][0]

    atom = entry(output, f"{tag}/feed.atom", ROME + tag).enclosures[0]
    assert (atom.href, atom.type, atom.length) == (photo, "image/jpeg", str(size))
    assert dict(item.attrib) == {"url": photo, "type": "image/jpeg", "length": str(size)}
    assert attachment == {"url": photo, "mime_type": "image/jpeg", "size_in_bytes": size}


def test_a_recording_that_a_post_links_is_an_enclosure(output: Path) -> None:
    """A member's recording is offered to programs in all three formats; a picture elsewhere is a link in the text alone."""
    url, own = "https://blog.example.org/deng.opus?a=1&b=2", "tag:network.example.org,2009:posts/dijla/walk/ar"
    items = json.loads((output / "ar/posts/feed.json").read_text("utf-8"))["items"]
    rss = etree.parse(output / "ar/posts/feed.rss").findall("channel/item/enclosure")

    atom = entry(output, "ar/posts/feed.atom", own)
    assert [(one.href, one.type) for one in atom.enclosures] == [(url, "audio/ogg")]
    assert [dict(one.attrib) for one in rss] == [{"url": url, "length": "0", "type": "audio/ogg"}]
    assert next(one["attachments"] for one in items if one["id"] == own) == [{"url": url, "mime_type": "audio/ogg"}]
    assert "https://blog.example.org/a.jpg" in atom.content[0]["value"]


def test_pictures_say_how_large_they_are(output: Path) -> None:
    """A picture of a text has its width and height, so that nothing jumps while it loads."""
    content = entry(output, "ar/feed.atom", ROME + "ar").content[0]["value"]

    picture = html.fragment_fromstring(content).find(".//img")
    assert dict(picture.attrib) == {
        "src": f"{URL}statements/2009-rome/photo.jpg",
        "alt": "صورة",
        "width": "64",
        "height": "40",
    }


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (800).to_bytes(4, "big") + (600).to_bytes(4, "big"), (800, 600)),
        (b"GIF87a\x10\x00\x20\x00", (16, 32)),
        (b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x1f\x03\0\x57\x02\0", (800, 600)),
        (b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x1f\xc3\x95\0" + b"\0" * 8, (800, 600)),
        (b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x20\x03\x58\x02", (800, 600)),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc2\x00\x11\x08\x02\x58\x03\x20\x03", (800, 600)),
        (b"\xff\xd8\xff\xd9", (0, 0)),
        ("بيان".encode(), (0, 0)),
        (b"", (0, 0)),
    ],
)
def test_the_first_bytes_tell_the_sides(data: bytes, expected: tuple[int, int]) -> None:
    """Width and height come from the head of the file, in any format; unknown ones are left out."""
    assert image_size(data) == expected


def test_a_post_names_its_source(output: Path) -> None:
    """A member's post has the blog, its feed and its licence, and a line of its text leads to the original."""
    post = entry(output, "ar/posts/feed.atom", "https://blog.example.org/?p=7")
    item = etree.parse(output / "ar/posts/feed.rss").find("channel/item/source")

    assert (post.source.title, post.source.id) == ("دفتر دجلة", "https://blog.example.org/feed.atom")
    assert {link.rel: link.href for link in post.source.links}["alternate"] == "https://blog.example.org/"
    assert post.rights == "CC BY 4.0"
    assert '<a href="https://blog.example.org/river">' in post.content[0]["value"]
    assert (item.get("url"), item.text) == ("https://blog.example.org/feed.atom", "دفتر دجلة")


def test_an_entry_without_a_summary_has_an_excerpt_in_rss(output: Path) -> None:
    """Every item of RSS has a description: its summary, else the beginning of its text."""
    items = etree.parse(output / "ar/posts/feed.rss").findall("channel/item")

    assert [item.findtext("description") for item in items] == ["\u200fكلام عن النهر.\u200f"] * 3
