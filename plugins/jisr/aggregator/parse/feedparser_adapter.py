"""An entry as feedparser gives it to an item: what it says, in whose words, where, when and under which licence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from jisr.aggregator.model import Item
from jisr.aggregator.parse.feed_dates import parse_moment
from jisr.aggregator.parse.limits import Said
from jisr.aggregator.parse.urls import as_html, is_html, resolve, web
from jisr.core.frozen import dataclass

MOST_NAMES = 30
"""Authors, topics or pictures of an entry."""

LONGEST_GUID = 2000
_LONGEST_NAME = 200
_MAIL = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,255}")
_BRACKETS = re.compile(r"^[\s<>()\[\],;]+|[\s<>()\[\],;]+$")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#].*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an entry: its feed as feedparser gives it, that one's link and address, whether it is Atom."""

    channel: Mapping[str, Any]
    link: str
    url: str
    atom: bool
    now: datetime


def item(entry: Mapping[str, Any], said: Said | None, around: Around) -> Item:
    """Give an entry as an item; its guid may still be empty."""
    link = (web(said.link, around.link, around.url) if said and said.link else "") or _link(entry, around)
    bases = (link, around.link, around.url)
    texts = [_html(detail, around.atom, bases) for detail in _list(entry, "content")]
    content = next((text for text in texts if text), "")
    summary = _html(_detail(entry, "summary"), around.atom, bases)
    if content == summary or not content:
        content, summary = summary or content, ""
    published = _moment(entry, ("published", "created", "updated", "date"), around.now)
    return Item(
        guid=(said.guid if said else _text(entry, "id"))[:LONGEST_GUID],
        link=link,
        title=_html(_detail(entry, "title"), around.atom, (), line=True),
        content=content,
        summary=summary,
        authors=_authors(entry) or _authors(around.channel),
        published=published,
        updated=_moment(entry, ("updated", "modified"), around.now),
        language=said.language if said else _text(entry, "language"),
        topics=names(tag.get("label") or tag.get("term") for tag in _list(entry, "tags")),
        licence=_licence(entry, around) or _licence(around.channel, around),
        pictures=_pictures(entry, around),
        alternates=_alternates(entry, around),
    )


def names(said: Iterable[Any]) -> tuple[str, ...]:
    """Give names on one line each, each once, without the mail addresses that some feeds publish in their place.

    >>> names(["x@example.org (أحمد  علي)", "x@example.org", None, "أحمد علي"])
    ('أحمد علي',)
    """
    found: dict[str, None] = {}
    for one in said:
        if isinstance(one, str):
            line = " ".join(_INVISIBLE.sub(" ", _MAIL.sub("", one[: 4 * _LONGEST_NAME])).split())
            name = _BRACKETS.sub("", line) if line != one else line
            found.setdefault(name[:_LONGEST_NAME])
    return tuple(name for name in found if name)[:MOST_NAMES]


def _text(said: Mapping[str, Any], name: str) -> str:
    """Give what feedparser read under a name, without what it offers in its place."""
    value = dict.get(said, name) if isinstance(said, dict) else said.get(name)
    return value.strip() if isinstance(value, str) else ""


def _list(said: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = dict.get(said, name) if isinstance(said, dict) else said.get(name)
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _detail(entry: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Give a text with what feedparser knows of it."""
    detail = dict.get(entry, f"{name}_detail") if isinstance(entry, dict) else None
    if isinstance(detail, Mapping) and isinstance(detail.get("value"), str):
        return detail
    return {"value": _text(entry, name)}


def _html(detail: Mapping[str, Any], atom: bool, bases: tuple[str, ...], line: bool = False) -> str:
    """Give a text as HTML with whole addresses: Atom says what a text is, RSS leaves it to its readers."""
    value = detail.get("value")
    if not isinstance(value, str) or not value.strip():
        return ""
    if not is_marked_up(value, str(detail.get("type") or ""), atom):
        return as_html(" ".join(value.split()) if line else value, breaks=atom)
    own = str(detail.get("base") or "")
    # The base of the feed is no better than that of the entry; one that differs was said in an xml:base.
    ordered = bases if own in ("", bases[-1] if bases else "") else (own, *bases)
    return resolve(value.strip(), *ordered) if bases else value.strip()


def is_marked_up(text: str, kind: str, atom: bool) -> bool:
    """Whether a text is HTML: Atom says so in the text's ``kind``, RSS leaves it to be guessed."""
    return kind.endswith("xml") or (kind.endswith("html") if atom else is_html(text))


def _link(entry: Mapping[str, Any], around: Around) -> str:
    """Give the address of an entry: that of the page, not that of its source or of what is attached."""
    said = [_text(entry, "link")]
    said += [str(one.get("href") or "") for one in _list(entry, "links") if one.get("rel") in (None, "alternate")]
    if dict.get(dict(entry), "guidislink") or not any(said):
        guid = _text(entry, "id")
        said += [guid] if guid.startswith(("http://", "https://")) else []
    return next((whole for one in said if one and (whole := web(one, around.link, around.url))), "")


def _moment(entry: Mapping[str, Any], fields: tuple[str, ...], now: datetime) -> datetime | None:
    found = (parse_moment(said, now) for name in fields if (said := _text(entry, name)))
    return next((moment for moment in found if moment), None)


def _authors(said: Mapping[str, Any]) -> tuple[str, ...]:
    found = names(one.get("name") for one in _list(said, "authors"))
    return found or names([_text(said, "author")])


def _licence(said: Mapping[str, Any], around: Around) -> str:
    """Give the address of a licence, or what is said of rights."""
    for one in _list(said, "links"):
        if one.get("rel") == "license" and (whole := web(str(one.get("href") or ""), around.link, around.url)):
            return whole
    rights = re.sub(r"<[^<>]{0,500}>", " ", _text(said, "rights"))
    return " ".join(_INVISIBLE.sub(" ", rights).split())[:_LONGEST_NAME]


def _alternates(entry: Mapping[str, Any], around: Around) -> tuple[str, ...]:
    """Give the addresses of the same entry in other languages (RFC 4287, 4.2.7.2: alternate links with hreflang)."""
    said = [one for one in _list(entry, "links") if one.get("rel") == "alternate" and one.get("hreflang")]
    found = (web(str(one.get("href") or ""), around.link, around.url) for one in said)
    return tuple(dict.fromkeys(whole for whole in found if whole))[:MOST_NAMES]


def _pictures(entry: Mapping[str, Any], around: Around) -> tuple[str, ...]:
    """Give the addresses of pictures that are attached to an entry."""
    attached = [one for one in _list(entry, "links") if one.get("rel") == "enclosure"]
    attached += _list(entry, "media_content")
    said = [one for one in attached if is_picture(one)] or _list(entry, "media_thumbnail")
    found = (web(str(one.get("href") or one.get("url") or ""), around.link, around.url) for one in said)
    return tuple(dict.fromkeys(whole for whole in found if whole))[:MOST_NAMES]


def is_picture(said: Mapping[str, Any]) -> bool:
    """Whether something attached is a picture, by its type, or by its name where it has none."""
    kind = str(said.get("type") or said.get("mime_type") or "").lower()
    if kind:
        return kind.startswith("image/")
    return said.get("medium") == "image" or _PICTURE.search(str(said.get("href") or said.get("url") or "")) is not None
