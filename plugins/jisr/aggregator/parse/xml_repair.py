"""Repair of XML: HTML entities, bare ampersands and brackets, unclosed tags, missing end tags."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from xml.sax.saxutils import escape, quoteattr

from jisr.ingest.encoding.charset import UnreadableFeed
from jisr.ingest.sanitize.tokenizer import join_halves

MAX_DEPTH = 256
"""The maximum depth of nested elements."""

_MAX_REFERENCES = 500_000  # each needs memory; a feed of five megabytes of escaped HTML has fewer
_OPENERS = re.compile(r"<!--|<!\[CDATA\[|<!DOCTYPE|<\?|<!", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#(?:(\d{1,8})|[xX]([0-9a-fA-F]{1,7}))|([A-Za-z][A-Za-z0-9]{0,40}));|&")
# Characters that XML does not allow: https://www.w3.org/TR/xml/#charsets
_ILLEGAL = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufdd0-\ufdef]")
_TAG = re.compile(r"""<(/?)([A-Za-z_][\w.:-]{0,100}+)((?>(?:[^<>"']++|"[^"<]{0,9000}"|'[^'<]{0,9000}')*))>""")
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w:.-]{0,100}+)\s*+(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_INNER_END = re.compile(r"\]\s*>")
_XML_ENTITIES = frozenset(("lt", "gt", "amp", "quot", "apos"))
_STRUCTURAL_ELEMENTS = frozenset("rss feed channel item entry rdf".split())
_ENTRY_ELEMENTS = frozenset(("item", "entry"))
_VOID_ELEMENTS = frozenset("br img hr input meta wbr".split())
_TEXT_ONLY_FIELDS = frozenset("title link guid pubdate id published updated issued modified category".split())
_OTHER_FIELDS = frozenset("description content summary author encoded creator date comments enclosure source".split())
_ENTRY_FIELDS = _TEXT_ONLY_FIELDS | _OTHER_FIELDS
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom", "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/", "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "xhtml": "http://www.w3.org/1999/xhtml",
    "slash": "http://purl.org/rss/1.0/modules/slash/", "wfw": "http://wellformedweb.org/CommentAPI/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/", "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule", "cc": "http://web.resource.org/cc/",
}  # fmt: skip


def simplify_markup(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a feed's markup with tags, text and character references only, and notes on omissions.

    Comments, processing instructions and the document type are removed, so that nothing can declare an entity; CDATA
    sections become escaped text. Entities of HTML become their characters
    (https://html.spec.whatwg.org/#named-character-references); unknown ones become text.

    >>> simplify_markup("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&laquo;سلام&raquo; &b;<![CDATA[1 < 2]]></a>")[0]
    '<a>«سلام» &amp;b;1 &lt; 2</a>'
    """
    start = text.find("<")
    if start < 0:
        raise UnreadableFeed("it has no markup: this is no feed")
    if text.count("&") > _MAX_REFERENCES:
        raise UnreadableFeed(f"it has more than {_MAX_REFERENCES} references to characters")
    notes = ["what stands before its first tag was left out"] if text[:start].strip() else []
    parts = []
    for kind, part in _split_sections(text[start:]):
        if kind == "<![cdata[":
            parts.append(escape(part))
        elif not kind:
            parts.append(_REFERENCE.sub(_resolve_reference, join_halves(part)).replace("]]>", "]]&gt;"))
        elif kind == "<!doctype" and "<!entity" in part.lower():
            notes.append("it declares entities, which are not read")
    markup, illegal_count = _ILLEGAL.subn("", "".join(parts))
    if illegal_count:
        notes.append("it holds characters that XML does not have")
    return markup.strip(), tuple(notes)


def _split_sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield CDATA sections, comments, instructions and declarations with their openers, and other text with an empty one."""
    position = 0
    while match := _OPENERS.search(text, position):
        yield "", text[position : match.start()]
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
        position = end + len(closer)
    yield "", text[position:]


def _resolve_reference(match: re.Match[str]) -> str:
    """Return a character reference of HTML for XML."""
    decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        # As in browsers: numbers from 128 to 159 are those of windows-1252; invalid ones are removed.
        letter = html.unescape(match[0])
        return escape(letter) if letter != "\ufffd" else ""
    if name in _XML_ENTITIES:
        return match[0]
    if name and f"{name};" in html5:
        return escape(html5[f"{name};"])
    return f"&amp;{match[0][1:]}"


@dataclass(slots=True)
class _XmlWriter:
    """A writer of well-formed XML: its output, and the open elements with their positions in it."""

    output: list[str] = field(default_factory=list)
    open_elements: list[tuple[str, int]] = field(default_factory=list)
    prefixes: set[str] = field(default_factory=set)
    has_root: bool = False

    def start_element(self, name: str, attributes: str, is_empty: bool) -> None:
        local = _local_name(name)
        if local in _ENTRY_ELEMENTS:
            depths = (depth for depth, (tag, _) in enumerate(self.open_elements) if _local_name(tag) in _ENTRY_ELEMENTS)
            self.close_to_depth(next(depths, len(self.open_elements)))
        elif local in _ENTRY_FIELDS and len(self.open_elements) > 1:
            grandparent, parent = (_local_name(tag) for tag, _ in self.open_elements[-2:])
            if parent in _TEXT_ONLY_FIELDS and grandparent in _STRUCTURAL_ELEMENTS:
                self.close_to_depth(len(self.open_elements) - 1)
        if not self.has_root:
            self.output.append("")  # for undeclared namespaces
        self.has_root = True
        if not is_empty:
            self.open_elements.append((name, len(self.output)))
            if len(self.open_elements) > MAX_DEPTH:
                raise UnreadableFeed(f"its elements lie more than {MAX_DEPTH} deep in one another")
        self.output.append(f"<{name}{attributes}{'/' if is_empty else ''}>")

    def end_element(self, name: str) -> None:
        """Close an element and those open in it; an end tag without a start tag is ignored."""
        is_structural = _local_name(name) in _STRUCTURAL_ELEMENTS
        for position in range(len(self.open_elements) - 1, -1, -1):
            if self.open_elements[position][0].lower() == name.lower():
                self.close_to_depth(position)
                return
            if not is_structural and _local_name(self.open_elements[position][0]) in _STRUCTURAL_ELEMENTS:
                return

    def close_to_depth(self, depth: int) -> None:
        while len(self.open_elements) > depth:
            self.output.append(f"</{self.open_elements.pop()[0]}>")


def repair_xml(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of ``simplify_markup`` as well-formed XML, and notes on repairs.

    An entry that the end of the text truncates is removed, since it is unknown what is missing.

    >>> repair_xml('<rss><channel><item><title>Ad & b</title><description><p>x<br>y</description></item><item><title>نو')[0]
    '<rss><channel><item><title>Ad & b</title><description><p>x<br/>y</p></description></item></channel></rss>'
    """
    writer, position, notes = _XmlWriter(), 0, ["its XML is broken and was mended"]
    for match in _TAG.finditer(text):
        if writer.open_elements:
            writer.output.append(text[position : match.start()].replace("<", "&lt;"))
        position = match.end()
        closing, name, attribute_text = match.groups()
        name = _qualified_name(name)
        if closing:
            writer.end_element(name)
        elif writer.open_elements or not writer.has_root:
            attributes = _repair_attributes(attribute_text.removesuffix("/"), writer.prefixes)
            if ":" in name:
                writer.prefixes.add(name.split(":")[0])
            writer.start_element(name, attributes, attribute_text.endswith("/") or name.lower() in _VOID_ELEMENTS)
        if writer.has_root and not writer.open_elements:
            break
    cut_position = next((start for name, start in writer.open_elements if _local_name(name) in _ENTRY_ELEMENTS), None)
    if cut_position is not None:
        del writer.output[cut_position:]
        writer.open_elements = [(name, start) for name, start in writer.open_elements if start < cut_position]
        notes.append("it ends in the middle of an entry, which was left out")
    writer.close_to_depth(0)
    return _declare_namespaces(writer), tuple(notes)


def _local_name(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _qualified_name(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{prefix}{colon}{local.replace(':', '_')}" if local else prefix


def _repair_attributes(text: str, prefixes: set[str]) -> str:
    """Return the attributes of a tag, quoted and without repetition."""
    attributes: dict[str, str] = {}
    for typed_name, double, single, bare in _ATTRIBUTE.findall(text):
        name = _qualified_name(typed_name)
        value = (double or single or bare).replace("<", "&lt;")
        if name.startswith("xmlns:") and not value:
            continue
        attributes.setdefault(name, value)
        if ":" in name and not name.startswith(("xmlns:", "xml:")):
            prefixes.add(name.split(":")[0])
    return "".join(f" {name}={_quote_attribute(value)}" for name, value in attributes.items())


def _quote_attribute(value: str) -> str:
    return f'"{value}"' if '"' not in value else f"'{value}'"


def _declare_namespaces(writer: _XmlWriter) -> str:
    """Return the output with the namespaces of its prefixes declared at the root."""
    if len(writer.output) < 2:
        raise UnreadableFeed("it has no elements: this is no feed")
    root = writer.output[1]
    missing = sorted(prefix for prefix in writer.prefixes - {"xml", "xmlns"} if f"xmlns:{prefix}=" not in root)
    urls = {prefix: _NAMESPACES.get(prefix, f"urn:prefix:{prefix}") for prefix in missing}
    declarations = "".join(f" xmlns:{prefix}={quoteattr(url)}" for prefix, url in urls.items())
    name_end = re.match(r"<[\w.:-]+", root)
    end = name_end.end() if name_end else 1
    writer.output[1] = f"{root[:end]}{declarations}{root[end:]}"
    return "".join(writer.output)
