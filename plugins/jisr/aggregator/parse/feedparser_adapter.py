"""An entry as feedparser gives it to an item: what it says, in whose words, where, when and under which licence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from jisr.aggregator.model import FeedItem
from jisr.aggregator.parse.feed_dates import parse_feed_date
from jisr.aggregator.parse.limits import EntryMetadata
from jisr.core.frozen import dataclass
from jisr.ingest.sanitize.safe_urls import absolute_web_url, is_html, resolve_urls, text_to_html

MAX_NAMES = 30
"""Authors, topics or pictures of an entry."""

MAX_GUID_LENGTH = 2000
_MAX_NAME_LENGTH = 200
_MAIL = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,255}")
_BRACKETS = re.compile(r"^[\s<>()\[\],;]+|[\s<>()\[\],;]+$")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#].*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EntryContext:
    """What stands around an entry: its feed as feedparser gives it, that one's link and address, whether it is Atom."""

    feed: Mapping[str, Any]
    feed_link: str
    feed_url: str
    is_atom: bool
    now: datetime


def build_item(entry: Mapping[str, Any], said: EntryMetadata | None, around: EntryContext) -> FeedItem:
    """Return an entry as an item; its guid may still be empty."""
    link = (absolute_web_url(said.link, around.feed_link, around.feed_url) if said and said.link else "") or _entry_link(
        entry, around
    )
    bases = (link, around.feed_link, around.feed_url)
    texts = [_detail_html(detail, around.is_atom, bases) for detail in _field_list(entry, "content")]
    content = next((text for text in texts if text), "")
    summary = _detail_html(_text_detail(entry, "summary"), around.is_atom, bases)
    if content == summary or not content:
        content, summary = summary or content, ""
    published = _entry_date(entry, ("published", "created", "updated", "date"), around.now)
    return FeedItem(
        guid=(said.guid if said else _field_text(entry, "id"))[:MAX_GUID_LENGTH],
        link=link,
        title=_detail_html(_text_detail(entry, "title"), around.is_atom, (), line=True),
        content=content,
        summary=summary,
        authors=_author_names(entry) or _author_names(around.feed),
        published=published,
        updated=_entry_date(entry, ("updated", "modified"), around.now),
        language=said.language if said else _field_text(entry, "language"),
        topics=clean_names(tag.get("label") or tag.get("term") for tag in _field_list(entry, "tags")),
        licence=_licence_url(entry, around) or _licence_url(around.feed, around),
        pictures=_picture_urls(entry, around),
        alternates=_alternate_urls(entry, around),
    )


def clean_names(said: Iterable[Any]) -> tuple[str, ...]:
    """Return names on one line each, each once, without the mail addresses that some feeds publish in their place.

    >>> clean_names(["x@example.org (أحمد  علي)", "x@example.org", None, "أحمد علي"])
    ('أحمد علي',)
    """
    found: dict[str, None] = {}
    for one in said:
        if isinstance(one, str):
            line = " ".join(_INVISIBLE.sub(" ", _MAIL.sub("", one[: 4 * _MAX_NAME_LENGTH])).split())
            name = _BRACKETS.sub("", line) if line != one else line
            found.setdefault(name[:_MAX_NAME_LENGTH])
    return tuple(name for name in found if name)[:MAX_NAMES]


def _field_text(said: Mapping[str, Any], name: str) -> str:
    """Return what feedparser read under a name, without what it offers in its place."""
    value = dict.get(said, name) if isinstance(said, dict) else said.get(name)
    return value.strip() if isinstance(value, str) else ""


def _field_list(said: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = dict.get(said, name) if isinstance(said, dict) else said.get(name)
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _text_detail(entry: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a text with what feedparser knows of it."""
    detail = dict.get(entry, f"{name}_detail") if isinstance(entry, dict) else None
    if isinstance(detail, Mapping) and isinstance(detail.get("value"), str):
        return detail
    return {"value": _field_text(entry, name)}


def _detail_html(detail: Mapping[str, Any], atom: bool, bases: tuple[str, ...], line: bool = False) -> str:
    """Return a text as HTML with whole addresses: Atom says what a text is, RSS leaves it to its readers."""
    value = detail.get("value")
    if not isinstance(value, str) or not value.strip():
        return ""
    if not is_marked_up(value, str(detail.get("type") or ""), atom):
        return text_to_html(" ".join(value.split()) if line else value, breaks=atom)
    own = str(detail.get("base") or "")
    # The base of the feed is no better than that of the entry; one that differs was said in an xml:base.
    ordered = bases if own in ("", bases[-1] if bases else "") else (own, *bases)
    return resolve_urls(value.strip(), *ordered) if bases else value.strip()


def is_marked_up(text: str, kind: str, atom: bool) -> bool:
    """Whether a text is HTML: Atom says so in the text's ``kind``, RSS leaves it to be guessed."""
    return kind.endswith("xml") or (kind.endswith("html") if atom else is_html(text))


def _entry_link(entry: Mapping[str, Any], around: EntryContext) -> str:
    """Return the address of an entry: that of the page, not that of its source or of what is attached."""
    said = [_field_text(entry, "link")]
    said += [str(one.get("href") or "") for one in _field_list(entry, "links") if one.get("rel") in (None, "alternate")]
    if dict.get(dict(entry), "guidislink") or not any(said):
        guid = _field_text(entry, "id")
        said += [guid] if guid.startswith(("http://", "https://")) else []
    return next((whole for one in said if one and (whole := absolute_web_url(one, around.feed_link, around.feed_url))), "")


def _entry_date(entry: Mapping[str, Any], fields: tuple[str, ...], now: datetime) -> datetime | None:
    found = (parse_feed_date(said, now) for name in fields if (said := _field_text(entry, name)))
    return next((moment for moment in found if moment), None)


def _author_names(said: Mapping[str, Any]) -> tuple[str, ...]:
    found = clean_names(one.get("name") for one in _field_list(said, "authors"))
    return found or clean_names([_field_text(said, "author")])


def _licence_url(said: Mapping[str, Any], around: EntryContext) -> str:
    """Return the address of a licence, or what is said of rights."""
    for one in _field_list(said, "links"):
        if one.get("rel") == "license" and (
            whole := absolute_web_url(str(one.get("href") or ""), around.feed_link, around.feed_url)
        ):
            return whole
    rights = re.sub(r"<[^<>]{0,500}>", " ", _field_text(said, "rights"))
    return " ".join(_INVISIBLE.sub(" ", rights).split())[:_MAX_NAME_LENGTH]


def _alternate_urls(entry: Mapping[str, Any], around: EntryContext) -> tuple[str, ...]:
    """Return the addresses of the same entry in other languages (RFC 4287, 4.2.7.2: alternate links with hreflang)."""
    said = [one for one in _field_list(entry, "links") if one.get("rel") == "alternate" and one.get("hreflang")]
    found = (absolute_web_url(str(one.get("href") or ""), around.feed_link, around.feed_url) for one in said)
    return tuple(dict.fromkeys(whole for whole in found if whole))[:MAX_NAMES]


def _picture_urls(entry: Mapping[str, Any], around: EntryContext) -> tuple[str, ...]:
    """Return the addresses of pictures that are attached to an entry."""
    attached = [one for one in _field_list(entry, "links") if one.get("rel") == "enclosure"]
    attached += _field_list(entry, "media_content")
    said = [one for one in attached if is_picture(one)] or _field_list(entry, "media_thumbnail")
    found = (absolute_web_url(str(one.get("href") or one.get("url") or ""), around.feed_link, around.feed_url) for one in said)
    return tuple(dict.fromkeys(whole for whole in found if whole))[:MAX_NAMES]


def is_picture(said: Mapping[str, Any]) -> bool:
    """Whether something attached is a picture, by its type, or by its name where it has none."""
    kind = str(said.get("type") or said.get("mime_type") or "").lower()
    if kind:
        return kind.startswith("image/")
    return said.get("medium") == "image" or _PICTURE.search(str(said.get("href") or said.get("url") or "")) is not None
