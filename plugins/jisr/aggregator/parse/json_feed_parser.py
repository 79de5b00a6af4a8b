"""The parser of JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jisr.aggregator.model import FeedItem, ParsedFeed, sha256_digest
from jisr.aggregator.parse.attachments import main_recording, read_json_attachments, resolve_attachments
from jisr.aggregator.parse.feed_dates import FeedDates
from jisr.aggregator.parse.feedparser_adapter import MAX_GUID_LENGTH, clean_names
from jisr.aggregator.parse.limits import MAX_ENTRIES, MAX_ENTRY_BYTES
from jisr.aggregator.parse.plain_text import merge_texts, text_to_html
from jisr.aggregator.parse.xml_repair import MAX_DEPTH
from jisr.ingest.encoding.charset import UnreadableFeed
from jisr.ingest.sanitize.safe_urls import absolute_web_url, resolve_urls

_BRACKETS = re.compile(r'"(?>(?:[^"\\]++|\\.)*)"?|[\[{]|[\]}]', re.DOTALL)
_SURROGATES = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_FIELD = 2000
_DATE_FIELDS = ("date_published", "date_modified")


def parse_json(text: str, url: str, now: datetime) -> ParsedFeed:
    """Parse a JSON Feed. Raises UnreadableFeed.

    >>> from datetime import UTC
    >>> feed = '{"version": "https://jsonfeed.org/version/1", "title": "Blog", "items": [{"id": 7, "content_text": "سڵاو"}]}'
    >>> parse_json(feed, "https://example.org/feed.json", datetime(2026, 1, 1, tzinfo=UTC)).items[0].content
    'سڵاو'
    """
    _check_depth(text)
    try:
        document = json.loads(text.strip())
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise UnreadableFeed(f"its JSON is broken near line {line}" if line else "its JSON cannot be read") from None
    version = document.get("version") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise UnreadableFeed("it is JSON, but no JSON Feed: it has no items")
    if not (isinstance(version, str) and "jsonfeed.org" in version) and not isinstance(document.get("title"), str):
        raise UnreadableFeed("it is JSON, but no JSON Feed: it has neither a version nor a title")
    link = absolute_web_url(_string_field(document, "home_page_url"), url)
    entries = [entry for entry in document["items"] if isinstance(entry, dict)]
    notes = []
    if len(entries) > MAX_ENTRIES:
        notes.append(f"it has {len(entries)} entries, of which the newest {MAX_ENTRIES} were read")
        first, last = (_date_field(entries[at], "date_published", FeedDates(now)) for at in (0, -1))
        oldest_first = bool(first and last and first < last)
        entries = entries[-MAX_ENTRIES:] if oldest_first else entries[:MAX_ENTRIES]
    language = _string_field(document, "language")
    dates = FeedDates.of_feed((_string_field(entry, name) for entry in entries for name in _DATE_FIELDS), now)
    items = tuple(_build_item(entry, document, link, url, dates) for entry in entries)
    return ParsedFeed(text_to_html(_string_field(document, "title")), link, language, items, tuple(notes))


def _check_depth(text: str) -> None:
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth > MAX_DEPTH:
            raise UnreadableFeed(f"its elements lie more than {MAX_DEPTH} deep in one another")


def _build_item(entry: Mapping[str, Any], feed: Mapping[str, Any], feed_link: str, feed_url: str, dates: FeedDates) -> FeedItem:
    guid = entry.get("id")
    hrefs = (_string_field(entry, name) for name in ("url", "external_url"))
    link = next((url for href in hrefs if (url := absolute_web_url(href, feed_link, feed_url))), "")
    bases = tuple(filter(None, (link, feed_link, feed_url)))
    content = resolve_urls(_truncate_bytes(_string_field(entry, "content_html", longest=0)), *bases)
    summary = text_to_html(_truncate_bytes(_string_field(entry, "summary", longest=0)))
    text = text_to_html(_truncate_bytes(_string_field(entry, "content_text", longest=0)))
    content = merge_texts(content or text, summary)
    attachments = resolve_attachments(read_json_attachments(entry), link, feed_link, feed_url)
    tags = entry.get("tags")
    has_guid = isinstance(guid, str | int) and not isinstance(guid, bool)
    published = _date_field(entry, "date_published", dates) or _date_field(entry, "date_modified", dates)
    texts = [_string_field(entry, name) for name in _DATE_FIELDS]
    return FeedItem(
        guid=_strip_controls(str(guid)).strip()[:MAX_GUID_LENGTH] if has_guid else "",
        link=link or main_recording(attachments),
        title=text_to_html(" ".join(_string_field(entry, "title").split())),
        content=content,
        summary="" if summary == content else summary,
        authors=_author_names(entry) or _author_names(feed),
        published=published,
        updated=_date_field(entry, "date_modified", dates),
        has_unreadable_date=published is None and any(entry.get(name) for name in _DATE_FIELDS),
        has_ambiguous_date=published is None and any(map(dates.is_ambiguous, texts)),
        raw_digest=sha256_digest(json.dumps({name: entry[name] for name in entry if name not in _DATE_FIELDS}, sort_keys=True)),
        language=_string_field(entry, "language") or _string_field(feed, "language"),
        topics=clean_names(_strip_controls(tag) for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        attachments=attachments,
    )


def _string_field(mapping: Mapping[str, Any], name: str, longest: int = _LONGEST_FIELD) -> str:
    value = mapping.get(name)
    return _strip_controls(value).strip()[: longest or None] if isinstance(value, str) else ""


def _strip_controls(text: str) -> str:
    """Return a text without surrogates and controls, which JSON can escape and a text cannot contain."""
    return _SURROGATES.sub("", text)


def _truncate_bytes(text: str) -> str:
    return text.encode("utf-8")[:MAX_ENTRY_BYTES].decode("utf-8", "ignore") if len(text) > MAX_ENTRY_BYTES // 4 else text


def _date_field(entry: Mapping[str, Any], name: str, dates: FeedDates) -> datetime | None:
    return dates.parse(_string_field(entry, name))


def _author_names(mapping: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names in ``authors`` (version 1.1) and ``author`` (1.0)."""
    authors = mapping.get("authors")
    people = authors if isinstance(authors, list) else []
    return clean_names(person.get("name") for person in [*people, mapping.get("author")] if isinstance(person, dict))
