"""What a feed may cost: how many entries, how much in each, how many fields; the rest is left out and said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree

from jisr.aggregator.parse.feed_dates import parse_moment
from jisr.aggregator.parse.xml_repair import DEEPEST, mend
from jisr.core.frozen import dataclass
from jisr.ingest.encoding.charset import Unreadable

MOST_ENTRIES = 200
MOST_OF_ENTRY = 100_000
"""Bytes of an entry."""

_MOST_FIELDS = 300  # of an entry or a channel: more are no post
_MOST_PREFIXES = 100
_LONGEST_FIELD = 2000  # characters of what is no text: a name, a topic, an address
_LONG = frozenset("content description summary encoded body div subtitle tagline info".split())
_ENTRIES = frozenset(("item", "entry"))
_DATES = ("pubdate", "published", "updated", "date", "issued", "modified")
_OF_MEDIA = frozenset(("http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss"))
_XML = "{http://www.w3.org/XML/1998/namespace}"
_MOST_ATTRIBUTES = 200
_MOST_TAGS = 400_000  # of a feed of five megabytes with all its texts in XHTML; more would cost seconds
_OPEN_TAG = re.compile(r"""<[A-Za-z_](?>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*)""")
_PREFIX = re.compile(r"\sxmlns:([\w.-]+)\s*=")
_DATA = re.compile(r"data:[\w/+.;=-]{0,100},[\w+/=%\s-]{200,}")


@dataclass(frozen=True, slots=True)
class Said:
    """What an entry says of itself in its markup, as it is written: its id, its language, a link that no xml:base moves."""

    guid: str
    language: str
    link: str


@dataclass(frozen=True, slots=True)
class Limited:
    """A feed within its limits, as XML in UTF-8."""

    xml: bytes
    root: str  # the name of its first element, in small letters
    entries: tuple[Said, ...]
    notes: tuple[str, ...]


def limit(text: str, now: datetime) -> Limited:
    """Give a feed within its limits from text as ``mending.plain`` gives it, mended where it is broken.

    Raises Unreadable for what is no feed, what cannot be mended, and what lies deeper than elements of a feed do.
    """
    if len(set(_PREFIX.findall(text))) > _MOST_PREFIXES:
        raise Unreadable(f"it declares more than {_MOST_PREFIXES} namespaces")
    if text.count("<") > _MOST_TAGS:
        raise Unreadable(f"it has more than {_MOST_TAGS} tags")
    if any(match[0].count("=") > _MOST_ATTRIBUTES for match in _OPEN_TAG.finditer(text)):
        raise Unreadable(f"one of its tags has more than {_MOST_ATTRIBUTES} attributes")
    root, notes = _tree(text)
    name = _local(root)
    if name == "html":
        raise Unreadable("it is a web page, not a feed")
    if name not in ("rss", "rdf", "feed", "channel"):
        raise Unreadable(f'it begins with "{name[:40]}": this is no feed that we know')
    _check_depth(root)
    entries = [element for element in root.iter() if _local(element) in _ENTRIES and not _within_entry(element)]
    kept = entries
    if len(entries) > MOST_ENTRIES:
        notes.append(f"it has {len(entries)} entries, of which the newest {MOST_ENTRIES} were read")
        kept = _newest(entries, now)
        for element in {*entries} - {*kept}:
            element.getparent().remove(element)
    cut = sum(_shorten(element) for element in kept)
    if cut:
        notes.append(f"{cut} entries with more than {MOST_OF_ENTRY // 1000} KB were cut")
    for channel in {root, *(element for element in root if _local(element) == "channel")}:
        _prune([element for element in channel if _local(element) not in _ENTRIES | {"channel"}])
    said = tuple(Said(_guid(element), _language(element), _link(element)) for element in kept)
    return Limited(etree.tostring(root, encoding="utf-8"), name, said, tuple(notes))


def _tree(text: str) -> tuple[Any, list[str]]:
    """Give the tree of elements, of the text as it is or else mended."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(text.encode("utf-8"), parser), []
    except etree.XMLSyntaxError:
        pass
    head = text[:3000].lower()
    if "<html" in head and not any(name in head for name in ("<rss", "<feed", "<rdf:rdf")):
        raise Unreadable("it is a web page, not a feed")
    mended, notes = mend(text)
    try:
        return etree.fromstring(mended.encode("utf-8"), parser), list(notes)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise Unreadable(f"its XML is broken near line {line} and could not be mended") from None


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _within_entry(element: Any) -> bool:
    return any(_local(above) in _ENTRIES for above in element.iterancestors())


def _check_depth(root: Any) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise Unreadable(f"its elements lie more than {DEEPEST} deep in one another")


def _newest(entries: list[Any], now: datetime) -> list[Any]:
    """Give the first entries, or the last ones of a feed that begins with its oldest."""
    first, last = _date(entries[0], now), _date(entries[-1], now)
    return entries[-MOST_ENTRIES:] if first and last and first < last else entries[:MOST_ENTRIES]


def _date(entry: Any, now: datetime) -> datetime | None:
    said = {_local(element): element.text or "" for element in entry}
    return next((moment for name in _DATES if name in said and (moment := parse_moment(said[name], now))), None)


def _shorten(entry: Any) -> bool:
    """Bring an entry within its limits, the longest of its fields last; whether its text had to be cut."""
    for element in list(entry):
        if etree.QName(element).namespace in _OF_MEDIA and _local(element) in ("description", "title", "text"):
            entry.remove(element)  # these are of a picture, and feedparser takes them for the entry's
    _prune(list(entry))
    for element in entry.iter():
        element.text = element.text and _DATA.sub("", element.text)
        for name, value in element.attrib.items():
            if len(value) > _LONGEST_FIELD:
                del element.attrib[name]
    left, cut = MOST_OF_ENTRY, False
    for one in sorted(entry, key=lambda element: len(etree.tostring(element, encoding="utf-8", with_tail=False))):
        left, whole = _within(one, left)
        cut = cut or not whole
    return cut


def _prune(fields: list[Any]) -> None:
    """Take away fields beyond the number that any feed needs, and shorten what is no text."""
    number = 0
    for element in fields:
        inner = [element] if _local(element) in _LONG else list(element.iter())
        number += len(inner)
        if number > _MOST_FIELDS:
            element.getparent().remove(element)
        elif _local(element) not in _LONG:
            for one in inner:
                one.text = one.text and one.text[:_LONGEST_FIELD]
                one.tail = one.tail and one.tail[:_LONGEST_FIELD]


def _within(field: Any, left: int) -> tuple[int, bool]:
    """Cut a field to the bytes that are left; give what is left after it, and whether all of it stays."""
    whole, gone = True, []
    for element in field.iter():
        if not isinstance(element.tag, str) or left <= 0:
            gone.append(element)
            continue
        left -= 2 * len(_local(element)) + 5 + sum(len(name) + len(value) + 4 for name, value in element.attrib.items())
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


def _guid(entry: Any) -> str:
    for element in _children(entry, ("guid", "id", "identifier")):
        if element.text and element.text.strip():
            return str(element.text.strip())
    return next((value.strip() for name, value in entry.attrib.items() if name.endswith("}about")), "")


def _link(entry: Any) -> str:
    if any(above.get(f"{_XML}base") for above in (entry, *entry.iterancestors())):
        return ""
    for element in _children(entry, ("link",)):
        if element.get("rel", "alternate") == "alternate" and not element.get(f"{_XML}base"):
            said = element.get("href") or element.text or ""
            if said.strip():
                return str(said.strip())
    return ""


def _language(entry: Any) -> str:
    """Give the language that an entry says, of its own before what lies around it."""
    for element in _children(entry, ("language",)):
        if element.text and element.text.strip():
            return str(element.text.strip())
    inner = [*_children(entry, ("content", "encoded", "description", "summary")), *_children(entry, ("title",)), entry]
    around = [*entry.iterancestors()]
    said = (element.get(f"{_XML}lang") or element.get("lang") for element in inner)
    own = next((one.strip() for one in said if one and one.strip()), "")
    if own:
        return own
    for above in around:
        for element in _children(above, ("language",)):
            if element.text and element.text.strip():
                return str(element.text.strip())
        if lang := (above.get(f"{_XML}lang") or "").strip():
            return str(lang)
        for channel in _children(above, ("channel",)):  # of RSS 1.0, beside its items
            for element in _children(channel, ("language",)):
                return str((element.text or "").strip())
    return ""


def _children(element: Any, names: tuple[str, ...]) -> Iterator[Any]:
    return (child for child in element if _local(child) in names)
