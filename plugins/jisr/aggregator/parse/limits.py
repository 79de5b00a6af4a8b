"""What a feed may cost: how many entries, how much in each, how many fields; the rest is left out and said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree

from jisr.aggregator.parse.feed_dates import parse_feed_date
from jisr.aggregator.parse.xml_repair import MAX_DEPTH, repair_xml
from jisr.core.frozen import dataclass
from jisr.ingest.encoding.charset import UnreadableFeed

MAX_ENTRIES = 200
MAX_ENTRY_BYTES = 100_000
"""Bytes of an entry."""

_MAX_FIELDS = 300  # of an entry or a channel: more are no post
_MAX_PREFIXES = 100
_MAX_FIELD_LENGTH = 2000  # characters of what is no text: a name, a topic, an address
_TEXT_FIELDS = frozenset("content description summary encoded body div subtitle tagline info".split())
_ENTRIES = frozenset(("item", "entry"))
_DATES = ("pubdate", "published", "updated", "date", "issued", "modified")
_MEDIA_NAMESPACES = frozenset(("http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss"))
_XML = "{http://www.w3.org/XML/1998/namespace}"
_MAX_ATTRIBUTES = 200
_MAX_TAGS = 400_000  # of a feed of five megabytes with all its texts in XHTML; more would cost seconds
_OPEN_TAG = re.compile(r"""<[A-Za-z_](?>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*)""")
_PREFIX = re.compile(r"\sxmlns:([\w.-]+)\s*=")
_DATA_URL = re.compile(r"data:[\w/+.;=-]{0,100},[\w+/=%\s-]{200,}")


@dataclass(frozen=True, slots=True)
class EntryMetadata:
    """What an entry says of itself in its markup, as it is written: its id, its language, a link that no xml:base moves."""

    guid: str
    language: str
    link: str


@dataclass(frozen=True, slots=True)
class LimitedFeed:
    """A feed within its limits, as XML in UTF-8."""

    xml: bytes
    root_name: str  # the name of its first element, in small letters
    entries: tuple[EntryMetadata, ...]
    notes: tuple[str, ...]


def limit_feed(text: str, now: datetime) -> LimitedFeed:
    """Return a feed within its limits from text as ``mending.plain`` gives it, mended where it is broken.

    Raises Unreadable for what is no feed, what cannot be mended, and what lies deeper than elements of a feed do.
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
    kept = entries
    if len(entries) > MAX_ENTRIES:
        notes.append(f"it has {len(entries)} entries, of which the newest {MAX_ENTRIES} were read")
        kept = _select_newest(entries, now)
        for element in {*entries} - {*kept}:
            element.getparent().remove(element)
    cut = sum(_limit_entry(element) for element in kept)
    if cut:
        notes.append(f"{cut} entries with more than {MAX_ENTRY_BYTES // 1000} KB were cut")
    for channel in {root, *(element for element in root if _local_name(element) == "channel")}:
        _limit_fields([element for element in channel if _local_name(element) not in _ENTRIES | {"channel"}])
    said = tuple(EntryMetadata(_entry_guid(element), _entry_language(element), _entry_link(element)) for element in kept)
    return LimitedFeed(etree.tostring(root, encoding="utf-8"), name, said, tuple(notes))


def _parse_xml(text: str) -> tuple[Any, list[str]]:
    """Return the tree of elements, of the text as it is or else mended."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(text.encode("utf-8"), parser), []
    except etree.XMLSyntaxError:
        pass
    head = text[:3000].lower()
    if "<html" in head and not any(name in head for name in ("<rss", "<feed", "<rdf:rdf")):
        raise UnreadableFeed("it is a web page, not a feed")
    mended, notes = repair_xml(text)
    try:
        return etree.fromstring(mended.encode("utf-8"), parser), list(notes)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise UnreadableFeed(f"its XML is broken near line {line} and could not be mended") from None


def _local_name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _is_in_entry(element: Any) -> bool:
    return any(_local_name(above) in _ENTRIES for above in element.iterancestors())


def _check_depth(root: Any) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise UnreadableFeed(f"its elements lie more than {MAX_DEPTH} deep in one another")


def _select_newest(entries: list[Any], now: datetime) -> list[Any]:
    """Return the first entries, or the last ones of a feed that begins with its oldest."""
    first, last = _entry_date(entries[0], now), _entry_date(entries[-1], now)
    return entries[-MAX_ENTRIES:] if first and last and first < last else entries[:MAX_ENTRIES]


def _entry_date(entry: Any, now: datetime) -> datetime | None:
    said = {_local_name(element): element.text or "" for element in entry}
    return next((moment for name in _DATES if name in said and (moment := parse_feed_date(said[name], now))), None)


def _limit_entry(entry: Any) -> bool:
    """Bring an entry within its limits, the longest of its fields last; whether its text had to be cut."""
    for element in list(entry):
        if etree.QName(element).namespace in _MEDIA_NAMESPACES and _local_name(element) in ("description", "title", "text"):
            entry.remove(element)  # these are of a picture, and feedparser takes them for the entry's
    _limit_fields(list(entry))
    for element in entry.iter():
        element.text = element.text and _DATA_URL.sub("", element.text)
        for name, value in element.attrib.items():
            if len(value) > _MAX_FIELD_LENGTH:
                del element.attrib[name]
    left, cut = MAX_ENTRY_BYTES, False
    for one in sorted(entry, key=lambda element: len(etree.tostring(element, encoding="utf-8", with_tail=False))):
        left, whole = _truncate_field(one, left)
        cut = cut or not whole
    return cut


def _limit_fields(fields: list[Any]) -> None:
    """Take away fields beyond the number that any feed needs, and shorten what is no text."""
    number = 0
    for element in fields:
        inner = [element] if _local_name(element) in _TEXT_FIELDS else list(element.iter())
        number += len(inner)
        if number > _MAX_FIELDS:
            element.getparent().remove(element)
        elif _local_name(element) not in _TEXT_FIELDS:
            for one in inner:
                one.text = one.text and one.text[:_MAX_FIELD_LENGTH]
                one.tail = one.tail and one.tail[:_MAX_FIELD_LENGTH]


def _truncate_field(field: Any, left: int) -> tuple[int, bool]:
    """Cut a field to the bytes that are left; give what is left after it, and whether all of it stays."""
    whole, gone = True, []
    for element in field.iter():
        if not isinstance(element.tag, str) or left <= 0:
            gone.append(element)
            continue
        left -= 2 * len(_local_name(element)) + 5 + sum(len(name) + len(value) + 4 for name, value in element.attrib.items())
        for part in ("text", "tail"):
            said = getattr(element, part) or ""
            size = len(said.encode("utf-8"))
            if size > left:
                setattr(element, part, said.encode("utf-8")[: max(left, 0)].decode("utf-8", "ignore"))
                whole = False
            left -= size
    for element in reversed(gone):
        whole = False
        if (above := element.getparent()) is not None and element is not field:
            above.remove(element)
    return left, whole


def _entry_guid(entry: Any) -> str:
    for element in _named_children(entry, ("guid", "id", "identifier")):
        if element.text and element.text.strip():
            return str(element.text.strip())
    return next((value.strip() for name, value in entry.attrib.items() if name.endswith("}about")), "")


def _entry_link(entry: Any) -> str:
    if any(above.get(f"{_XML}base") for above in (entry, *entry.iterancestors())):
        return ""
    for element in _named_children(entry, ("link",)):
        if element.get("rel", "alternate") == "alternate" and not element.get(f"{_XML}base"):
            said = element.get("href") or element.text or ""
            if said.strip():
                return str(said.strip())
    return ""


def _entry_language(entry: Any) -> str:
    """Return the language that an entry says, of its own before what lies around it."""
    for element in _named_children(entry, ("language",)):
        if element.text and element.text.strip():
            return str(element.text.strip())
    inner = [
        *_named_children(entry, ("content", "encoded", "description", "summary")),
        *_named_children(entry, ("title",)),
        entry,
    ]
    around = [*entry.iterancestors()]
    said = (element.get(f"{_XML}lang") or element.get("lang") for element in inner)
    own = next((one.strip() for one in said if one and one.strip()), "")
    if own:
        return own
    for above in around:
        for element in _named_children(above, ("language",)):
            if element.text and element.text.strip():
                return str(element.text.strip())
        if lang := (above.get(f"{_XML}lang") or "").strip():
            return str(lang)
        for channel in _named_children(above, ("channel",)):  # of RSS 1.0, beside its items
            for element in _named_children(channel, ("language",)):
                return str((element.text or "").strip())
    return ""


def _named_children(element: Any, names: tuple[str, ...]) -> Iterator[Any]:
    return (child for child in element if _local_name(child) in names)
