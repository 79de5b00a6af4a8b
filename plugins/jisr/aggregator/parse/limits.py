"""Limits of a feed: entries, bytes of an entry, fields; omissions are noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree

from jisr.aggregator.model import AttachedFile, sha256_digest
from jisr.aggregator.parse.attachments import MEDIA_NAMESPACES, read_attachments
from jisr.aggregator.parse.feed_dates import parse_feed_date
from jisr.aggregator.parse.xml_repair import MAX_DEPTH, repair_xml
from jisr.core.frozen import dataclass
from jisr.ingest.encoding.charset import UnreadableFeed

MAX_ENTRIES = 200
MAX_ENTRY_BYTES = 100_000
"""The maximum bytes of an entry."""

_MAX_FIELDS = 300  # of an entry or a channel
_MAX_PREFIXES = 100
_MAX_FIELD_LENGTH = 2000  # characters of a name, a topic, an address
_TEXT_FIELDS = frozenset("content description summary encoded body div subtitle tagline info".split())
_ENTRIES = frozenset(("item", "entry"))
_DATES = ("pubdate", "published", "updated", "date", "issued", "modified")
_CHANGING_FIELDS = frozenset((*_DATES, "comments", "total", "community", "statistics", "starrating", "views", "replies"))
_XML = "{http://www.w3.org/XML/1998/namespace}"
_MAX_ATTRIBUTES = 200
_MAX_TAGS = 400_000  # a feed of five megabytes with all texts in XHTML has fewer; more would take seconds
_OPEN_TAG = re.compile(r"""<[A-Za-z_](?>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*)""")
_PREFIX = re.compile(r"\sxmlns:([\w.-]+)\s*=")
_DATA_URL = re.compile(r"data:[\w/+.;=-]{0,100},[\w+/=%\s-]{200,}")


@dataclass(frozen=True, slots=True)
class EntryMetadata:
    """Metadata of an entry from its markup: its id, its language, a link without xml:base, what is attached."""

    guid: str
    language: str
    link: str
    attachments: tuple[AttachedFile, ...] = ()
    digest: str = ""  # of its markup, but for dates and counts


@dataclass(frozen=True, slots=True)
class LimitedFeed:
    """A feed within its limits, as XML in UTF-8."""

    xml: bytes
    root_name: str  # in lower case
    entries: tuple[EntryMetadata, ...]
    notes: tuple[str, ...]


def limit_feed(text: str, now: datetime) -> LimitedFeed:
    """Return a feed within its limits from the text of ``simplify_markup``, repaired where it is not well-formed.

    Raises UnreadableFeed for other documents, broken XML beyond repair, and nesting that is too deep.
    """
    if len(set(_PREFIX.findall(text))) > _MAX_PREFIXES:
        raise UnreadableFeed(f"it declares more than {_MAX_PREFIXES} namespaces")
    if text.count("<") > _MAX_TAGS:
        raise UnreadableFeed(f"it has more than {_MAX_TAGS} tags")
    if any(match[0].count("=") > _MAX_ATTRIBUTES for match in _OPEN_TAG.finditer(text)):
        raise UnreadableFeed(f"one of its tags has more than {_MAX_ATTRIBUTES} attributes")
    root, notes = _parse_xml(text)
    name = _local_name(root)
    if name == "html":
        raise UnreadableFeed("it is a web page, not a feed")
    if name not in ("rss", "rdf", "feed", "channel"):
        raise UnreadableFeed(f'it begins with "{name[:40]}": this is no feed that we know')
    _check_depth(root)
    entries = [element for element in root.iter() if _local_name(element) in _ENTRIES and not _is_in_entry(element)]
    limited_entries = entries
    if len(entries) > MAX_ENTRIES:
        notes.append(f"it has {len(entries)} entries, of which the newest {MAX_ENTRIES} were read")
        limited_entries = _select_newest(entries, now)
        for element in {*entries} - {*limited_entries}:
            element.getparent().remove(element)
    attachments = [read_attachments(entry) for entry in limited_entries]
    digests = [_digest(entry) for entry in limited_entries]
    truncated_count = sum(_limit_entry(element) for element in limited_entries)
    if truncated_count:
        notes.append(f"{truncated_count} entries with more than {MAX_ENTRY_BYTES // 1000} KB were cut")
    for channel in {root, *(element for element in root if _local_name(element) == "channel")}:
        _limit_fields([element for element in channel if _local_name(element) not in _ENTRIES | {"channel"}])
    metadata = tuple(
        EntryMetadata(_entry_guid(entry), _entry_language(entry), _entry_link(entry), attached, digest)
        for entry, attached, digest in zip(limited_entries, attachments, digests, strict=True)
    )
    return LimitedFeed(etree.tostring(root, encoding="utf-8"), name, metadata, tuple(notes))


def _parse_xml(text: str) -> tuple[Any, list[str]]:
    """Return the tree of elements, of the text or of the repaired text."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(text.encode("utf-8"), parser), []
    except etree.XMLSyntaxError:
        pass
    head = text[:3000].lower()
    if "<html" in head and not any(name in head for name in ("<rss", "<feed", "<rdf:rdf")):
        raise UnreadableFeed("it is a web page, not a feed")
    repaired, notes = repair_xml(text)
    try:
        return etree.fromstring(repaired.encode("utf-8"), parser), list(notes)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise UnreadableFeed(f"its XML is broken near line {line} and could not be mended") from None


def _local_name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _is_in_entry(element: Any) -> bool:
    return any(_local_name(ancestor) in _ENTRIES for ancestor in element.iterancestors())


def _check_depth(root: Any) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise UnreadableFeed(f"its elements lie more than {MAX_DEPTH} deep in one another")


def _select_newest(entries: list[Any], now: datetime) -> list[Any]:
    """Return the newest entries: the first ones, or the last ones where the feed begins with its oldest."""
    first, last = _entry_date(entries[0], now), _entry_date(entries[-1], now)
    return entries[-MAX_ENTRIES:] if first and last and first < last else entries[:MAX_ENTRIES]


def _entry_date(entry: Any, now: datetime) -> datetime | None:
    texts = {_local_name(element): element.text or "" for element in entry}
    return next((moment for name in _DATES if name in texts and (moment := parse_feed_date(texts[name], now))), None)


def _digest(entry: Any) -> str:
    """Return the digest of what an entry says; dates and the numbers of answers and readers change without its author."""
    said = (one for one in entry.iter() if isinstance(one.tag, str) and _local_name(one) not in _CHANGING_FIELDS)
    return sha256_digest("\n".join(f"{one.tag}{sorted(one.items())}{one.text or ''}{one.tail or ''}" for one in said))


def _limit_entry(entry: Any) -> bool:
    """Limit an entry, its longest field last. Returns whether its text was truncated."""
    _remove_media_words(entry)
    _limit_fields(list(entry))
    for element in entry.iter():
        element.text = element.text and _DATA_URL.sub("", element.text)
        for name, value in element.attrib.items():
            if len(value) > _MAX_FIELD_LENGTH:
                del element.attrib[name]
    bytes_left, is_truncated = MAX_ENTRY_BYTES, False
    for child in sorted(entry, key=lambda element: len(etree.tostring(element, encoding="utf-8", with_tail=False))):
        bytes_left, is_whole = _truncate_field(child, bytes_left)
        is_truncated = is_truncated or not is_whole
    return is_truncated


def _remove_media_words(entry: Any) -> None:
    """Remove the words of pictures and films, which feedparser gives the entry, but a film's where it has no others."""
    texts = (one for one in _named_children(entry, ("content", "description", "summary", "encoded")) if not _is_media(one))
    has_text = any(len(one) or (one.text or "").strip() for one in texts)
    for element in list(entry.iter()):
        if not _is_media(element) or _local_name(element) not in ("description", "title", "text"):
            continue
        parent = element.getparent()
        if parent is entry or has_text or _local_name(parent) != "group":
            parent.remove(element)


def _is_media(element: Any) -> bool:
    return isinstance(element.tag, str) and etree.QName(element).namespace in MEDIA_NAMESPACES


def _limit_fields(fields: list[Any]) -> None:
    """Remove fields beyond the maximum, and truncate fields that are not text."""
    number = 0
    for element in fields:
        elements = [element] if _local_name(element) in _TEXT_FIELDS else list(element.iter())
        number += len(elements)
        if number > _MAX_FIELDS:
            element.getparent().remove(element)
        elif _local_name(element) not in _TEXT_FIELDS:
            for child in elements:
                child.text = child.text and child.text[:_MAX_FIELD_LENGTH]
                child.tail = child.tail and child.tail[:_MAX_FIELD_LENGTH]


def _truncate_field(field: Any, bytes_left: int) -> tuple[int, bool]:
    """Truncate a field to the bytes left. Returns the bytes left after it, and whether it is complete."""
    is_whole, removed = True, []
    for element in field.iter():
        if not isinstance(element.tag, str) or bytes_left <= 0:
            removed.append(element)
            continue
        bytes_left -= 2 * len(_local_name(element)) + 5 + sum(len(name) + len(value) + 4 for name, value in element.items())
        for part in ("text", "tail"):
            text = getattr(element, part) or ""
            size = len(text.encode("utf-8"))
            if size > bytes_left:
                setattr(element, part, text.encode("utf-8")[: max(bytes_left, 0)].decode("utf-8", "ignore"))
                is_whole = False
            bytes_left -= size
    for element in reversed(removed):
        is_whole = False
        if (parent := element.getparent()) is not None and element is not field:
            parent.remove(element)
    return bytes_left, is_whole


def _entry_guid(entry: Any) -> str:
    about = next((value.strip() for name, value in entry.attrib.items() if name.endswith("}about")), "")
    return _child_text(entry, ("guid", "id", "identifier")) or about


def _entry_link(entry: Any) -> str:
    if any(above.get(f"{_XML}base") for above in (entry, *entry.iterancestors())):
        return ""
    links = [one for one in _named_children(entry, ("link",)) if one.get("rel", "alternate") == "alternate"]
    for element in sorted(links, key=lambda one: "html" not in one.get("type", "html")):
        href = element.get("href") or element.text or ""
        if href.strip() and not element.get(f"{_XML}base"):
            return str(href.strip())
    return ""


def _entry_language(entry: Any) -> str:
    """Return the language of an entry: its own before that of its ancestors."""
    texts = _named_children(entry, ("content", "encoded", "description", "summary"))
    fields = [*texts, *_named_children(entry, ("title",)), entry]
    tags = ((field.get(f"{_XML}lang") or field.get("lang") or "").strip() for field in fields)
    if language := _child_text(entry, ("language",)) or next(filter(None, tags), ""):
        return language
    for ancestor in entry.iterancestors():
        channels = _named_children(ancestor, ("channel",))  # of RSS 1.0, siblings of its items
        languages = (_child_text(channel, ("language",)) for channel in channels)
        own = _child_text(ancestor, ("language",)) or str(ancestor.get(f"{_XML}lang") or "").strip()
        if language := own or next(filter(None, languages), ""):
            return language
    return ""


def _child_text(element: Any, names: tuple[str, ...]) -> str:
    """Return the first text of the children with these names."""
    texts = (str(child.text or "").strip() for child in _named_children(element, names))
    return next(filter(None, texts), "")


def _named_children(element: Any, names: tuple[str, ...]) -> Iterator[Any]:
    return (child for child in element if _local_name(child) in names)
