"""HTML in a body: its tags become elements of the tree, so that what is written is always whole and closed."""

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
    [
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "base",
        "meta",
        "link",
        "form",
        "select",
        "textarea",
        "keygen",
        "frame",
        "frameset",
        "applet",
        "portal",
        "template",
        "noscript",
        "noframes",
        "noembed",
        "plaintext",
        "xmp",
        "title",
        "html",
        "head",
        "body",
        "animate",
        "animatemotion",
        "animatetransform",
        "set",
        "handler",
        "listener",
        "fencedframe",
    ]
)
_IMPLIED_END_TAGS = {  # elements that an opening tag closes, whose end tags are optional (HTML, 13.1.2.4)
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
    """Return the tag that is written at a position; ``strict`` where words stand around it, as CommonMark has it."""
    found = _TAG.match(text, at)
    if found is None or (strict and not _COMMONMARK_TAG.match(text, at)):
        return None
    attributes: dict[str, str] = {}
    offsets: dict[str, int] = {}
    for one in _ATTRIBUTE.finditer(text, found.start("attributes"), found.end("attributes")):
        name = one[1].lower()
        if _NAME.fullmatch(name) and name not in attributes:
            attributes[name] = html.unescape(one[2] or one[3] or one[4] or "")
            value = next((one.start(group) for group in (2, 3, 4) if one[group]), one.start())
            offsets[name] = value if name in ("href", "src") else one.start()
    return RawHtmlTag(found["name"].lower(), bool(found["close"]), at, found.end(), attributes, offsets)


def match_non_element(text: str, at: int, unended: set[str]) -> int:
    """Return where a comment, instruction or declaration that is written at a position ends, or -1.

    ``unended`` remembers which kinds of these end nowhere, so that the rest of a text is searched once for each.
    """
    kind = text[at : at + 3] if text[at : at + 2] == "<!" and not text[at + 2 : at + 3].isalpha() else text[at : at + 2]
    if kind in unended:
        return -1
    found = _NON_ELEMENT.match(text, at)
    if found is None and kind in ("<!-", "<![", "<!", "<?"):
        unended.add(kind)
    return found.end() if found else -1


def build_tag(growth: ElementBuilder, one: RawHtmlTag, whole: Passage, findings: Findings) -> None:
    """Let the tree grow by a tag: an element is opened or closed, or a problem noted."""
    spot = whole.position_at(one.offset)
    findings.has_html = True
    if one.name in _FORBIDDEN:
        if not one.is_closing:
            text = '"<{value}>" cannot stand in a text: it can run a program, or show or send something else. Take it out.'
            findings.error(spot, "script", text, value=one.name)
        return
    if one.is_closing:
        if one.name not in VOID_TAGS and not growth.close_html(one.name):
            text = '"</{value}>" closes nothing and is taken out. Take it out of the text too, or add the tag that opens it.'
            findings.warning(spot, "html", text, value=one.name)
        return
    growth.close_implied(_IMPLIED_END_TAGS.get(one.name, set()))
    element = Element(one.name)
    findings.set_attributes(
        element, one.attributes, spot, {name: whole.position_at(at) for name, at in one.attribute_offsets.items()}
    )
    if one.name in VOID_TAGS or (growth.in_foreign_content and whole.text[one.end - 2] == "/"):
        growth.add(element)
    else:
        growth.open(element, spot, raw=True)


def build_html(growth: ElementBuilder, whole: Passage, findings: Findings) -> None:
    """Let the tree grow by a block of HTML."""
    text, at = whole.text, 0
    unended: set[str] = set()
    while (begin := text.find("<", at)) >= 0:
        growth.add_text(html.unescape(text[at:begin]))
        at = begin
        end = match_non_element(text, begin, unended)
        if end > 0:
            at = end
            findings.has_html = True
        elif one := match_tag(text, begin):
            build_tag(growth, one, whole, findings)
            at = one.end
        else:
            growth.add_text("<")
            at = begin + 1
    growth.add_text(html.unescape(text[at:]) + "\n")
