"""The adapter from feedparser's entries to items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from jisr.aggregator.model import FeedItem
from jisr.aggregator.parse.attachments import main_recording, resolve_attachments
from jisr.aggregator.parse.feed_dates import FeedDates
from jisr.aggregator.parse.limits import EntryMetadata
from jisr.aggregator.parse.plain_text import field_html, merge_texts
from jisr.core.frozen import dataclass
from jisr.ingest.sanitize.safe_urls import absolute_web_url, resolve_urls

MAX_NAMES = 30
"""The maximum of authors or topics of an entry."""

MAX_GUID_LENGTH = 2000
DATE_FIELDS = ("published", "created", "updated", "date")
_MAX_NAME_LENGTH = 200
_MAIL = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,255}")
_BRACKETS = re.compile(r"^[\s<>()\[\],;]+|[\s<>()\[\],;]+$")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class EntryContext:
    """The feed of an entry: feedparser's data, its link and address, and whether it is Atom."""

    feed: Mapping[str, Any]
    feed_link: str
    feed_url: str
    is_atom: bool
    dates: FeedDates

    def absolute_url(self, href: str) -> str:
        """Return an address in the feed as an absolute one, "" where it is none of the web."""
        return absolute_web_url(href, self.feed_link, self.feed_url)


def build_item(entry: Mapping[str, Any], metadata: EntryMetadata | None, context: EntryContext) -> FeedItem:
    """Return the item of an entry; its guid may be empty."""
    link = (context.absolute_url(metadata.link) if metadata else "") or _entry_link(entry, context)
    bases = (link, context.feed_link, context.feed_url)
    texts = [_detail_html(detail, context.is_atom, bases) for detail in _field_list(entry, "content")]
    summary = _detail_html(_text_detail(entry, "summary"), context.is_atom, bases)
    content = merge_texts(next(filter(None, texts), ""), summary)
    published = _entry_date(entry, DATE_FIELDS, context.dates)
    texts = [field_text(entry, name) for name in DATE_FIELDS]
    attachments = resolve_attachments(metadata.attachments if metadata else (), link, context.feed_link, context.feed_url)
    return FeedItem(
        guid=(metadata.guid if metadata else field_text(entry, "id"))[:MAX_GUID_LENGTH],
        link=link or main_recording(attachments),
        title=_detail_html(_text_detail(entry, "title"), context.is_atom, (), is_one_line=True),
        content=content,
        summary="" if summary == content else summary,
        authors=_author_names(entry) or _author_names(context.feed),
        published=published,
        updated=_entry_date(entry, ("updated", "modified"), context.dates),
        has_unreadable_date=published is None and any(texts),
        has_ambiguous_date=published is None and any(map(context.dates.is_ambiguous, texts)),
        raw_digest=metadata.digest if metadata else "",
        language=metadata.language if metadata else field_text(entry, "language"),
        topics=clean_names(tag.get("label") or tag.get("term") for tag in _field_list(entry, "tags")),
        licence=_licence_url(entry, context) or _licence_url(context.feed, context),
        attachments=attachments,
        alternates=_alternate_urls(entry, context),
    )


def clean_names(values: Iterable[Any]) -> tuple[str, ...]:
    """Return names on one line each, without repetition, and without the mail addresses that some feeds have in their place.

    >>> clean_names(["x@example.org (أحمد  علي)", "x@example.org", None, "أحمد علي"])
    ('أحمد علي',)
    """
    names = []
    for value in values:
        if isinstance(value, str):
            line = " ".join(_INVISIBLE.sub(" ", _MAIL.sub("", value[: 4 * _MAX_NAME_LENGTH])).split())
            name = _BRACKETS.sub("", line) if line != value else line
            names.append(name[:_MAX_NAME_LENGTH])
    return unique_names(names)


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names or addresses without empty ones and repetition, up to the maximum."""
    return tuple(dict.fromkeys(filter(None, names)))[:MAX_NAMES]


def _field(mapping: Mapping[str, Any], name: str) -> Any:
    """Return the value of a field, without feedparser's fallbacks."""
    return dict.get(mapping, name) if isinstance(mapping, dict) else mapping.get(name)


def field_text(mapping: Mapping[str, Any], name: str) -> str:
    """Return the text of a field, without feedparser's fallbacks."""
    value = _field(mapping, name)
    return value.strip() if isinstance(value, str) else ""


def _field_list(mapping: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = _field(mapping, name)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _text_detail(entry: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return feedparser's detail of a text: its value, type and base."""
    detail = dict.get(entry, f"{name}_detail") if isinstance(entry, dict) else None
    if isinstance(detail, Mapping) and isinstance(detail.get("value"), str):
        return detail
    return {"value": field_text(entry, name)}


def _detail_html(detail: Mapping[str, Any], is_atom: bool, bases: tuple[str, ...], is_one_line: bool = False) -> str:
    """Return a text as HTML with absolute addresses."""
    value = detail.get("value")
    if not isinstance(value, str) or not value.strip():
        return ""
    text, is_marked_up = field_html(value.strip(), str(detail.get("type") or ""), is_atom, is_one_line)
    base = str(detail.get("base") or "")
    # The entry's base comes before the feed's; one that differs from both is an xml:base.
    ordered = bases if base in ("", bases[-1] if bases else "") else (base, *bases)
    return resolve_urls(text, *ordered) if bases and is_marked_up else text


def _entry_link(entry: Mapping[str, Any], context: EntryContext) -> str:
    """Return the address of an entry's page, not that of its source or of an attachment."""
    links = [link for link in _field_list(entry, "links") if link.get("rel") in (None, "alternate")]
    hrefs = [_link_href(link) for link in links if "html" in str(link.get("type"))]
    hrefs += [field_text(entry, "link"), *map(_link_href, links)]
    if dict.get(dict(entry), "guidislink") or not any(hrefs):
        guid = field_text(entry, "id")
        hrefs += [guid] if guid.startswith(("http://", "https://")) else []
    return next((url for href in hrefs if href and (url := context.absolute_url(href))), "")


def _entry_date(entry: Mapping[str, Any], fields: tuple[str, ...], dates: FeedDates) -> datetime | None:
    moments = (dates.parse(text) for name in fields if (text := field_text(entry, name)))
    return next((moment for moment in moments if moment), None)


def _author_names(mapping: Mapping[str, Any]) -> tuple[str, ...]:
    names = clean_names(author.get("name") for author in _field_list(mapping, "authors"))
    return names or clean_names([field_text(mapping, "author")])


def _licence_url(mapping: Mapping[str, Any], context: EntryContext) -> str:
    """Return the address of a licence, or the text of ``rights``."""
    for link in _field_list(mapping, "links"):
        if link.get("rel") == "license" and (url := context.absolute_url(_link_href(link))):
            return url
    rights = re.sub(r"<[^<>]{0,500}>", " ", field_text(mapping, "rights"))
    return " ".join(_INVISIBLE.sub(" ", rights).split())[:_MAX_NAME_LENGTH]


def _alternate_urls(entry: Mapping[str, Any], context: EntryContext) -> tuple[str, ...]:
    """Return the addresses of the same entry in other languages (RFC 4287, 4.2.7.2: alternate links with hreflang)."""
    links = [link for link in _field_list(entry, "links") if link.get("rel") == "alternate" and link.get("hreflang")]
    return unique_names(context.absolute_url(_link_href(link)) for link in links)


def _link_href(link: Mapping[str, Any]) -> str:
    return str(link.get("href") or link.get("url") or "")
