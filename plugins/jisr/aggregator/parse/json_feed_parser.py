"""JSON Feed, 1.0 and 1.1, to a foreign feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jisr.aggregator.model import ForeignFeed, Item
from jisr.aggregator.parse.feed_dates import parse_moment
from jisr.aggregator.parse.feedparser_adapter import LONGEST_GUID, MOST_NAMES, is_picture, names
from jisr.aggregator.parse.limits import MOST_ENTRIES, MOST_OF_ENTRY
from jisr.aggregator.parse.urls import as_html, resolve, web
from jisr.aggregator.parse.xml_repair import DEEPEST
from jisr.ingest.encoding.charset import Unreadable

_BRACKETS = re.compile(r'"(?>(?:[^"\\]++|\\.)*)"?|[\[{]|[\]}]', re.DOTALL)
_SURROGATES = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_FIELD = 2000


def parse_json(text: str, url: str, now: datetime) -> ForeignFeed:
    """Give the feed that a text in JSON holds. Raises Unreadable.

    >>> from datetime import UTC
    >>> said = '{"version": "https://jsonfeed.org/version/1", "title": "Blog", "items": [{"id": 7, "content_text": "سڵاو"}]}'
    >>> parse_json(said, "https://example.org/feed.json", datetime(2026, 1, 1, tzinfo=UTC)).items[0].content
    'سڵاو'
    """
    _check_depth(text)
    try:
        said = json.loads(text.strip())
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise Unreadable(f"its JSON is broken near line {line}" if line else "its JSON cannot be read") from None
    version = said.get("version") if isinstance(said, dict) else None
    if not isinstance(said, dict) or not isinstance(said.get("items"), list):
        raise Unreadable("it is JSON, but no JSON Feed: it has no items")
    if not (isinstance(version, str) and "jsonfeed.org" in version) and not isinstance(said.get("title"), str):
        raise Unreadable("it is JSON, but no JSON Feed: it has neither a version nor a title")
    link = web(_text(said, "home_page_url"), url)
    entries = [one for one in said["items"] if isinstance(one, dict)]
    notes = []
    if len(entries) > MOST_ENTRIES:
        notes.append(f"it has {len(entries)} entries, of which the newest {MOST_ENTRIES} were read")
        first, last = _moment(entries[0], "date_published", now), _moment(entries[-1], "date_published", now)
        oldest_first = bool(first and last and first < last)
        entries = entries[-MOST_ENTRIES:] if oldest_first else entries[:MOST_ENTRIES]
    language = _text(said, "language")
    items = tuple(_item(one, said, link, url, now) for one in entries)
    return ForeignFeed(as_html(_text(said, "title")), link, language, items, tuple(notes))


def _check_depth(text: str) -> None:
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth > DEEPEST:
            raise Unreadable(f"its elements lie more than {DEEPEST} deep in one another")


def _item(entry: Mapping[str, Any], feed: Mapping[str, Any], link: str, url: str, now: datetime) -> Item:
    guid = entry.get("id")
    own = web(_text(entry, "url"), link, url) or web(_text(entry, "external_url"), link, url)
    bases = tuple(filter(None, (own, link, url)))
    content = resolve(_within(_text(entry, "content_html", longest=0)), *bases)
    summary = as_html(_within(_text(entry, "summary", longest=0)))
    text = as_html(_within(_text(entry, "content_text", longest=0)))
    content = content or text or summary
    pictures = [_text(entry, "image"), _text(entry, "banner_image")]
    attached = entry.get("attachments")
    if isinstance(attached, list):
        pictures += [_text(one, "url") for one in attached if isinstance(one, dict) and is_picture(one)]
    found = (web(one, link, url) for one in pictures if one)
    tags = entry.get("tags")
    return Item(
        guid=_clean(str(guid)).strip()[:LONGEST_GUID] if isinstance(guid, str | int) and not isinstance(guid, bool) else "",
        link=own,
        title=as_html(" ".join(_text(entry, "title").split())),
        content=content,
        summary="" if summary == content else summary,
        authors=_authors(entry) or _authors(feed),
        published=_moment(entry, "date_published", now) or _moment(entry, "date_modified", now),
        updated=_moment(entry, "date_modified", now),
        language=_text(entry, "language") or _text(feed, "language"),
        topics=names(_clean(tag) for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        pictures=tuple(dict.fromkeys(whole for whole in found if whole))[:MOST_NAMES],
    )


def _text(said: Mapping[str, Any], name: str, longest: int = _LONGEST_FIELD) -> str:
    value = said.get(name)
    return _clean(value).strip()[: longest or None] if isinstance(value, str) else ""


def _clean(text: str) -> str:
    """Leave out halves of characters, and controls, which JSON can say and no text can hold."""
    return _SURROGATES.sub("", text)


def _within(text: str) -> str:
    return text.encode("utf-8")[:MOST_OF_ENTRY].decode("utf-8", "ignore") if len(text) > MOST_OF_ENTRY // 4 else text


def _moment(entry: Mapping[str, Any], name: str, now: datetime) -> datetime | None:
    return parse_moment(_text(entry, name), now)


def _authors(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Give names as 1.1 says them, or the one of 1.0."""
    listed = said.get("authors")
    people = listed if isinstance(listed, list) else []
    return names(one.get("name") for one in [*people, said.get("author")] if isinstance(one, dict))
