"""Small feeds with one rule each, well-formed and not: ``cases/`` says the rule, what is expected, and the feed itself.

Above the line ``---`` stands YAML: ``rule``; ``expect``, with the fields that matter or the part of a reason as ``unreadable``;
where they differ from the usual, ``encoding`` of the bytes, ``content_type``, ``replace`` of signs by characters and
``bytes`` of signs by bytes, which no text file can hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from jisr.aggregator.model import AttachedFile, FeedItem, ParsedFeed
from jisr.aggregator.parse.feed_parser import parse_feed
from jisr.ingest.encoding.charset import UnreadableFeed

CASES = Path(__file__).parent / "cases"
NAMES = sorted(file.relative_to(CASES).with_suffix("").as_posix() for file in CASES.rglob("*.case"))
NOW = datetime(2026, 11, 1, tzinfo=UTC)
URL = "https://example.org/feed.xml"


def read(name: str) -> tuple[dict[str, Any], bytes]:
    """Return what a case says and the bytes of its feed."""
    head, _, text = (CASES / f"{name}.case").read_text("utf-8").partition("---\n")
    said: dict[str, Any] = yaml.safe_load(head)
    body = text.removesuffix("\n")
    for sign, letter in said.get("replace", {}).items():
        body = body.replace(sign, letter)
    data = body.encode(said.get("encoding", "utf-8"), "xmlcharrefreplace")
    for sign, digits in said.get("bytes", {}).items():
        data = data.replace(sign.encode(), bytes.fromhex(digits))
    return said, data


def shown(value: Any) -> Any:
    """Return a value as YAML says it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, AttachedFile):
        return " ".join(filter(None, (value.url, value.title, value.media_type, str(value.size or ""))))
    return list(map(shown, value)) if isinstance(value, tuple) else value


def said_of(item: FeedItem, expected: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an item says in the fields that are expected of it."""
    return {field.name: shown(getattr(item, field.name)) for field in fields(item) if field.name in expected}


def check(feed: ParsedFeed, expected: Mapping[str, Any]) -> None:
    """Compare a feed with what is expected of it."""
    for name in {"title", "link", "language"} & set(expected):
        assert getattr(feed, name) == expected[name]
    if "items" in expected:
        assert [said_of(item, wanted) for item, wanted in zip(feed.items, expected["items"], strict=True)] == expected["items"]
    if "count" in expected:
        assert len(feed.items) == expected["count"]
        assert said_of(feed.items[0], expected["first"]) == expected["first"]
    for note in expected.get("notes", []):
        assert any(note in said for said in feed.notes), feed.notes


def test_there_are_many_cases() -> None:
    """Every rule of reading has its feed, and no two cases state the same rule."""
    rules = [read(name)[0]["rule"] for name in NAMES]
    assert len(rules) >= 120
    assert len(set(rules)) == len(rules)


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_is_read_by_its_rule(name: str) -> None:
    """A feed is read as its case says, or refused with the reason that it says."""
    said, body = read(name)
    expected = said["expect"]
    content_type = said.get("content_type", "application/xml")
    if "unreadable" in expected:
        with pytest.raises(UnreadableFeed) as caught:
            parse_feed(body, content_type, URL, NOW)
        assert expected["unreadable"] in caught.value.reason
        assert not caught.value.reason.endswith(".")
    else:
        check(parse_feed(body, content_type, URL, NOW), expected)
