"""JSON Feed 1.1: required members, and equality with the Atom feed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import feedparser
import jsonschema

SCHEMA = json.loads((Path(__file__).parent / "jsonfeed.schema.json").read_text("utf-8"))


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_every_json_feed_keeps_its_schema(output: Path) -> None:
    """Every JSON feed has what version 1.1 asks for, and nothing else."""
    found = sorted(output.rglob("feed.json"))

    assert found
    for path in found:
        jsonschema.validate(read(path), SCHEMA)


def test_json_and_atom_say_the_same(output: Path) -> None:
    """A JSON feed has the entries of the Atom feed, with the same ids, titles, dates, names and content."""
    for path in output.rglob("feed.json"):
        feed = read(path)
        atom = feedparser.parse(path.with_suffix(".atom").read_bytes(), sanitize_html=False, resolve_relative_uris=False)
        assert (feed["language"], feed["home_page_url"]) == (atom.feed.language, atom.feed.link)
        for item, entry in zip(feed["items"], atom.entries, strict=True):
            assert (item["id"], item["title"], item["url"]) == (entry.id, entry.title, entry.link)
            assert (item["date_published"], item["date_modified"]) == (entry.published, entry.updated)
            assert item["content_html"] == entry.content[0]["value"]
            assert item["language"] == entry.link.split("/base/")[1].split("/")[0]
            assert [one["name"] for one in item.get("authors", [])] == [one.name for one in entry.get("authors", []) if one]


def test_a_post_says_where_it_stood_first(output: Path) -> None:
    """A member's post has its original address besides its page here."""
    post = next(item for item in read(output / "ar/posts/feed.json")["items"] if "river/" in item["url"])

    assert post["url"] == "https://network.example.org/base/ar/posts/dijla/river/"
    assert post["external_url"] == "https://blog.example.org/river"
