"""HTML in a body: its tags become elements of the tree, so that the output is always well-formed."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element

from jisr.core.frozen import dataclass
from jisr.markdown.blocks.block_starts import CLOSE_TAG, OPEN_TAG
from jisr.markdown.findings import Findings
from jisr.markdown.source_map import Passage
from jisr.markdown.tree.element_builder import ElementBuilder

VOID_TAGS = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "keygen", "param", "source", "track", "wbr"])

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*+)(?=[\s/>])"
    r"(?P<attributes>(?>(?:[\s/]*+[^\s/>=<\"'][^\s/>=<]*+(?>(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'<]++))?))*))[\s/]*+>"
)
_COMMONMARK_TAG = re.compile(f"{OPEN_TAG}|{CLOSE_TAG}")
_NON_ELEMENT = re.compile(r"<!--(?:>|->|[\s\S]*?-->)|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<![A-Za-z][^>]*+>")
_ATTRIBUTE = re.compile(r"([^\s/>=<\"'][^\s/>=<]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'<]+)))?")
_NAME = re.compile(r"[A-Za-z_:][\w:.-]*")
_FORBIDDEN = frozenset(
    (
        "script style iframe object embed base meta link form select textarea keygen frame frameset applet portal template "
        "noscript noframes noembed plaintext xmp title html head body animate animatemotion animatetransform set handler "
        "listener fencedframe"
    ).split()
)
_FORM_FIELDS = ("input", "button")
_IMPLIED_END_TAGS = {  # elements with optional end tags that a start tag closes (HTML, 13.1.2.4)
    "p": {"p"}, "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "option": {"option"},
    "tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"},
    "tbody": {"thead", "tbody", "tr", "td", "th"}, "tfoot": {"tbody", "tr", "td", "th"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RawHtmlTag:
    """A tag as typed."""

    name: str
    is_closing: bool
    offset: int
    end: int
    attributes: dict[str, str]
    attribute_offsets: dict[str, int]


def match_tag(text: str, at: int, strict: bool = False) -> RawHtmlTag | None:
    """Return the tag at a position, or None; ``strict``: by the rules of CommonMark for inline HTML."""
    match = _TAG.match(text, at)
    if match is None or (strict and not _COMMONMARK_TAG.match(text, at)):
        return None
    attributes: dict[str, str] = {}
    offsets: dict[str, int] = {}
    for attribute in _ATTRIBUTE.finditer(text, match.start("attributes"), match.end("attributes")):
        name = attribute[1].lower()
        if _NAME.fullmatch(name) and name not in attributes:
            attributes[name] = html.unescape(attribute[2] or attribute[3] or attribute[4] or "")
            value = next((attribute.start(group) for group in (2, 3, 4) if attribute[group]), attribute.start())
            offsets[name] = value if name in ("href", "src") else attribute.start()
    return RawHtmlTag(match["name"].lower(), bool(match["close"]), at, match.end(), attributes, offsets)


def match_non_element(text: str, at: int, unterminated: set[str]) -> int:
    """Return the end of a comment, processing instruction or declaration at a position, or -1.

    ``unterminated`` collects the kinds without an end, so that the rest of a text is searched once for each.
    """
    kind = text[at : at + 3] if text[at : at + 2] == "<!" and not text[at + 2 : at + 3].isalpha() else text[at : at + 2]
    if kind in unterminated:
        return -1
    match = _NON_ELEMENT.match(text, at)
    if match is None and kind in ("<!-", "<![", "<!", "<?"):
        unterminated.add(kind)
    return match.end() if match else -1


def build_tag(builder: ElementBuilder, tag: RawHtmlTag, passage: Passage, findings: Findings) -> None:
    """Add a tag to the tree: open or close its element, or add a problem."""
    position = passage.position_at(tag.offset)
    findings.has_html = True
    if tag.name in _FORBIDDEN:
        if not tag.is_closing:
            text = '"<{value}>" cannot stand in a text: it can run a program, or show or send something else. Take it out.'
            findings.error(position, "script", text, value=tag.name)
        return
    if tag.is_closing:
        if tag.name in _FORM_FIELDS:
            return
        if tag.name not in VOID_TAGS and not builder.close_html(tag.name):
            text = '"</{value}>" closes nothing and is taken out. Take it out of the text too, or add the tag that opens it.'
            findings.warning(position, "html", text, value=tag.name)
        return
    if tag.name in _FORM_FIELDS:
        findings.take_out(position, f"<{tag.name}>")
        return
    builder.close_implied(_IMPLIED_END_TAGS.get(tag.name, set()))
    element = Element(tag.name)
    positions = {name: passage.position_at(at) for name, at in tag.attribute_offsets.items()}
    findings.set_attributes(element, tag.attributes, position, positions)
    if tag.name in VOID_TAGS or (builder.in_foreign_content and passage.text[tag.end - 2] == "/"):
        builder.add(element)
    else:
        builder.open(element, position, raw=True)


def build_html(builder: ElementBuilder, passage: Passage, findings: Findings) -> None:
    """Add a block of HTML to the tree."""
    text, at = passage.text, 0
    unterminated: set[str] = set()
    while (start := text.find("<", at)) >= 0:
        builder.add_text(html.unescape(text[at:start]))
        at = start
        end = match_non_element(text, start, unterminated)
        if end > 0:
            at = end
            findings.has_html = True
        elif tag := match_tag(text, start):
            build_tag(builder, tag, passage, findings)
            at = tag.end
        else:
            builder.add_text("<")
            at = start + 1
    builder.add_text(html.unescape(text[at:]) + "\n")
