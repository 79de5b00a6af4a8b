"""A feed's text to well-formed XML: entities that only HTML knows, bare signs, open tags, missing ends."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from xml.sax.saxutils import escape, quoteattr

from jisr.ingest.encoding.charset import UnreadableFeed

MAX_DEPTH = 256
"""How many elements may lie in one another."""

_MAX_REFERENCES = 500_000  # each costs memory for a while; a feed of five megabytes of escaped HTML has fewer
_OPENERS = re.compile(r"<!--|<!\[CDATA\[|<!DOCTYPE|<\?|<!", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#(?:(\d{1,8})|[xX]([0-9a-fA-F]{1,7}))|([A-Za-z][A-Za-z0-9]{0,40}));|&")
# What XML does not have: https://www.w3.org/TR/xml/#charsets
_ILLEGAL = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufdd0-\ufdef]")
_TAG = re.compile(r"""<(/?)([A-Za-z_][\w.:-]{0,100}+)((?>(?:[^<>"']++|"[^"<]{0,9000}"|'[^'<]{0,9000}')*))>""")
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w:.-]{0,100}+)\s*+(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_INNER_END = re.compile(r"\]\s*>")
_XML_ENTITIES = frozenset(("lt", "gt", "amp", "quot", "apos"))
_STRUCTURAL_ELEMENTS = frozenset("rss feed channel item entry rdf".split())
_ENTRY_ELEMENTS = frozenset(("item", "entry"))
_VOID_ELEMENTS = frozenset("br img hr input meta wbr".split())
_TEXT_ONLY_FIELDS = frozenset(
    "title link guid pubdate id published updated issued modified category".split()
)  # hold text alone
_ENTRY_FIELDS = _TEXT_ONLY_FIELDS | frozenset(
    "description content summary author encoded creator date comments enclosure source".split()
)
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom", "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/", "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "xhtml": "http://www.w3.org/1999/xhtml",
    "slash": "http://purl.org/rss/1.0/modules/slash/", "wfw": "http://wellformedweb.org/CommentAPI/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/", "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule", "cc": "http://web.resource.org/cc/",
}  # fmt: skip


def simplify_markup(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a feed's text with tags, text and references to characters alone, and what was left out.

    Comments, instructions and the document type go, so that nothing can declare an entity; sections of raw text are
    escaped. Names that only HTML knows become their characters (https://html.spec.whatwg.org/#named-character-references);
    other names stay as they are written, as text.

    >>> simplify_markup("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&laquo;سلام&raquo; &b;<![CDATA[1 < 2]]></a>")[0]
    '<a>«سلام» &amp;b;1 &lt; 2</a>'
    """
    start = text.find("<")
    if start < 0:
        raise UnreadableFeed("it has no markup: this is no feed")
    if text.count("&") > _MAX_REFERENCES:
        raise UnreadableFeed(f"it has more than {_MAX_REFERENCES} references to characters")
    notes = ["what stands before its first tag was left out"] if text[:start].strip() else []
    pieces = []
    for kind, piece in _split_sections(text[start:]):
        if kind == "<![cdata[":
            pieces.append(escape(piece))
        elif not kind:
            pieces.append(_REFERENCE.sub(_resolve_reference, piece).replace("]]>", "]]&gt;"))
        elif kind == "<!doctype" and "<!entity" in piece.lower():
            notes.append("it declares entities, which are not read")
    whole, illegal = _ILLEGAL.subn("", "".join(pieces))
    if illegal:
        notes.append("it holds characters that XML does not have")
    return whole.strip(), tuple(notes)


def _split_sections(text: str) -> Iterator[tuple[str, str]]:
    """Return what is raw, comment, instruction or declaration with what opens it, and the rest with nothing."""
    place = 0
    while match := _OPENERS.search(text, place):
        yield "", text[place : match.start()]
        kind = match[0].lower()
        closer = {"<!--": "-->", "<![cdata[": "]]>", "<?": "?>", "<!doctype": ">"}.get(kind, ">")
        if kind == "<!doctype":
            bracket, end = text.find("[", match.end()), text.find(">", match.end())
            if 0 <= bracket < end:
                inner = _INNER_END.search(text, bracket)
                end = inner.end() - 1 if inner else -1
        else:
            end = text.find(closer, match.end())
        if end < 0:
            yield kind, text[match.end() :]
            return
        yield kind, text[match.end() : end]
        place = end + len(closer)
    yield "", text[place:]


def _resolve_reference(match: re.Match[str]) -> str:
    """Return a reference as XML has it."""
    decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        # As browsers do: numbers from 128 to 159 are those of windows-1252, impossible ones nothing.
        letter = html.unescape(match[0])
        return escape(letter) if letter != "\ufffd" else ""
    if name in _XML_ENTITIES:
        return match[0]
    if name and f"{name};" in html5:
        return escape(html5[f"{name};"])
    return f"&amp;{match[0][1:]}"


@dataclass(slots=True)
class _XmlWriter:
    """What was written so far, and the elements that are open, by where each began."""

    output: list[str] = field(default_factory=list)
    open_elements: list[tuple[str, int]] = field(default_factory=list)
    prefixes: set[str] = field(default_factory=set)
    has_root: bool = False

    def start_element(self, name: str, said: str, alone: bool) -> None:
        local = _local_name(name)
        inner = _local_name(self.open_elements[-1][0]) if self.open_elements else ""
        if local in _ENTRY_ELEMENTS:
            self.close_to_depth(
                next(
                    (place for place, (one, _) in enumerate(self.open_elements) if _local_name(one) in _ENTRY_ELEMENTS),
                    len(self.open_elements),
                )
            )
        elif (
            local in _ENTRY_FIELDS
            and inner in _TEXT_ONLY_FIELDS
            and len(self.open_elements) > 1
            and _local_name(self.open_elements[-2][0]) in _STRUCTURAL_ELEMENTS
        ):
            self.close_to_depth(len(self.open_elements) - 1)
        if not self.has_root:
            self.output.append("")  # for the namespaces that nobody declared
        self.has_root = True
        if not alone:
            self.open_elements.append((name, len(self.output)))
            if len(self.open_elements) > MAX_DEPTH:
                raise UnreadableFeed(f"its elements lie more than {MAX_DEPTH} deep in one another")
        self.output.append(f"<{name}{said}{'/' if alone else ''}>")

    def end_element(self, name: str) -> None:
        """Close an element with what is open in it; an end that nothing began is left out."""
        structural = _local_name(name) in _STRUCTURAL_ELEMENTS
        for place in range(len(self.open_elements) - 1, -1, -1):
            if self.open_elements[place][0].lower() == name.lower():
                self.close_to_depth(place)
                return
            if not structural and _local_name(self.open_elements[place][0]) in _STRUCTURAL_ELEMENTS:
                return

    def close_to_depth(self, depth: int) -> None:
        while len(self.open_elements) > depth:
            self.output.append(f"</{self.open_elements.pop()[0]}>")


def repair_xml(text: str) -> tuple[str, tuple[str, ...]]:
    """Return well-formed XML for text as ``simplify_markup`` gives it, with the tags as they were meant, and what was left out.

    An entry that the end of the text cuts is left out, since nobody can tell what of it is missing.

    >>> repair_xml('<rss><channel><item><title>Ad & b</title><description><p>x<br>y</description></item><item><title>نو')[0]
    '<rss><channel><item><title>Ad & b</title><description><p>x<br/>y</p></description></item></channel></rss>'
    """
    writing, place, notes = _XmlWriter(), 0, ["its XML is broken and was mended"]
    for match in _TAG.finditer(text):
        if writing.open_elements:
            writing.output.append(text[place : match.start()].replace("<", "&lt;"))
        place = match.end()
        closing, name, said = match.groups()
        name = _qualified_name(name)
        if closing:
            writing.end_element(name)
        elif writing.open_elements or not writing.has_root:
            written = _repair_attributes(said.removesuffix("/"), writing.prefixes)
            if ":" in name:
                writing.prefixes.add(name.split(":")[0])
            writing.start_element(name, written, said.endswith("/") or name.lower() in _VOID_ELEMENTS)
        if writing.has_root and not writing.open_elements:
            break
    cut = next((start for name, start in writing.open_elements if _local_name(name) in _ENTRY_ELEMENTS), None)
    if cut is not None:
        del writing.output[cut:]
        writing.open_elements = [(name, start) for name, start in writing.open_elements if start < cut]
        notes.append("it ends in the middle of an entry, which was left out")
    writing.close_to_depth(0)
    return _declare_namespaces(writing), tuple(notes)


def _local_name(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _qualified_name(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{prefix}{colon}{local.replace(':', '_')}" if local else prefix


def _repair_attributes(said: str, prefixes: set[str]) -> str:
    """Return the attributes of a tag, each once and in quotation marks."""
    found: dict[str, str] = {}
    for typed, double, single, bare in _ATTRIBUTE.findall(said):
        name = _qualified_name(typed)
        value = (double or single or bare).replace("<", "&lt;")
        if name.startswith("xmlns:") and not value:
            continue
        found.setdefault(name, value)
        if ":" in name and not name.startswith(("xmlns:", "xml:")):
            prefixes.add(name.split(":")[0])
    return "".join(f" {name}={_quote_attribute(value)}" for name, value in found.items())


def _quote_attribute(value: str) -> str:
    return f'"{value}"' if '"' not in value else f"'{value}'"


def _declare_namespaces(writing: _XmlWriter) -> str:
    """Join what was written, with the namespaces of its prefixes declared at the root."""
    if len(writing.output) < 2:
        raise UnreadableFeed("it has no elements: this is no feed")
    root = writing.output[1]
    missing = sorted(prefix for prefix in writing.prefixes - {"xml", "xmlns"} if f"xmlns:{prefix}=" not in root)
    added = "".join(f" xmlns:{prefix}={quoteattr(_NAMESPACES.get(prefix, f'urn:prefix:{prefix}'))}" for prefix in missing)
    name_end = re.match(r"<[\w.:-]+", root)
    end = name_end.end() if name_end else 1
    writing.output[1] = f"{root[:end]}{added}{root[end:]}"
    return "".join(writing.output)
