"""HTML in a body: its tags become elements of the tree, so that the output is always well-formed."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element

from jisr.core.frozen import dataclass
from jisr.markdown.blocks.block_starts import CLOSE_TAG, OPEN_TAG
from jisr.markdown.findings import Findings, LinePosition
from jisr.markdown.inline.element_names import REMOVED_TAGS, REPLACED_TAGS, VOID_TAGS, is_html_name, is_office_name, is_tag
from jisr.markdown.inline.leftovers import report_leftovers
from jisr.markdown.source_map import Passage
from jisr.markdown.tree.element_builder import ElementBuilder

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*+)(?=[\s/>])"
    r"(?P<attributes>(?>(?:[\s/]*+[^\s/>=<\"'][^\s/>=<]*+(?>(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'<]++))?))*))[\s/]*+>"
)
_OFFICE_TAG = r"</?[A-Za-z]{1,2}[0-9]*:[A-Za-z][^<>]*>"
_COMMONMARK_TAG = re.compile(f"{OPEN_TAG}|{CLOSE_TAG}|{_OFFICE_TAG}")
_NON_ELEMENT = re.compile(
    r"<!--(?:>|->|(?P<note>[\s\S]*?)-->)|<\?xml:[^>]*+>|(?P<sign><\?)[\s\S]*?\?>"
    r"|(?P<data><!\[CDATA\[)[\s\S]*?\]\]>|<!\[[^>]*+>|(?P<mark><!)(?P<words>[A-Za-z][^>]*+)>"
)
_MISTYPED_END = re.compile(r"(?:-[ !]?>|[–—] ?>|(?<!-)--|→)$")
_LETTER = re.compile("[A-Za-z]")
_DECLARATION = re.compile(r"(?:doctype|element|attlist|entity|notation)\b|(?:php|xml)\b|=|\Z", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([^\s/>=<\"'][^\s/>=<]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'<]+)))?")
_NAME = re.compile(r"[A-Za-z_:][\w:.-]*")
_CODE_TAGS = frozenset("pre code kbd samp textarea svg math".split())
_FORBIDDEN = frozenset(
    (
        "script style iframe object embed base meta link form select textarea keygen frame frameset applet portal template "
        "noscript noframes noembed plaintext xmp title html head body animate animatemotion animatetransform set handler "
        "listener fencedframe"
    ).split()
)
_BLOCK_NAMES = frozenset("p div li td th tr dt dd table blockquote h2 h3 h4 h5 h6 section article ul ol dl".split())
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


def is_typed_tag(tag: RawHtmlTag, passage: Passage, findings: Findings) -> bool:
    """Whether a tag is one; words in angle brackets are none, and stay as typed with a warning.

    Doubled angle brackets are quotation marks as keyboards have them, whatever their words are.
    """
    text = passage.text
    typed = text[tag.offset : tag.end]
    quoted = text[tag.offset - 1 : tag.offset] == "<" and text[tag.end : tag.end + 1] == ">"
    if is_tag(tag.name, typed.strip("</>")[len(tag.name) :]) and not quoted:
        return True
    position = passage.position_at(tag.offset)
    message = '"{value}" is no tag of HTML and is shown as typed. Write &lt; for its first sign, or quotation marks.'
    findings.warning(position, "html", message, value=" ".join(typed.split()))
    findings.check_programs(tag.attributes, position)
    return False


def skip_non_element(passage: Passage, at: int, unterminated: set[str], findings: Findings) -> int:
    """Return the end of what HTML hides at a position, or -1; words that it hides are told.

    These are comments, processing instructions, declarations and the conditions of office programs. ``unterminated``
    collects the kinds without an end, so that the rest of a text is searched once for each.
    """
    text = passage.text
    kind = text[at : at + 3] if text[at : at + 2] == "<!" and not _LETTER.match(text, at + 2) else text[at : at + 2]
    if kind in unterminated:
        return -1
    match = _NON_ELEMENT.match(text, at)
    if match is None and kind in ("<!-", "<![", "<!", "<?"):
        unterminated.add(kind)
    if match is None:
        return -1
    findings.has_html = True
    findings.beyond_words.append((passage.position_at(match.start()), match[0].split("\n", 1)[0]))
    _report_hidden(match, passage, findings)
    return match.end()


def _report_hidden(match: re.Match[str], passage: Passage, findings: Findings) -> None:
    """Add a warning for words that HTML hides, and for a note that hides more than it was to."""
    position = passage.position_at(match.start())
    sign = match["sign"] or match["data"] or match["mark"]
    words = match[0].removeprefix(sign or "").strip("?>] \n")
    if sign and not _DECLARATION.match(words):
        message = '"{value}" is hidden, as HTML hides what begins with {sign}. Write &lt; for its first sign to show it.'
        findings.warning(position, "html", message, value=" ".join(match[0].split()), sign=sign)
    note = match["note"] or ""
    ends = (_MISTYPED_END.search(line.rstrip()) for line in note.split("\n")[:-1] if any(map(str.isalnum, line)))
    begin = "<!--" if "<!--" in note else ""
    if (other := next((one[0] for one in ends if one), begin)) and not note.startswith("[if"):
        line = findings.source_map.location_at(*passage.position_at(match.end() - 1)).line
        message = (
            '"{value}" begins a note that hides all up to its end in line {line}. Write --> where it was to end, '
            "or take {sign} out of it."
        )
        value = match[0].split("\n", 1)[0].strip()
        findings.warning(position, "comment", message, value=value, line=line, sign=other)


def build_tag(builder: ElementBuilder, tag: RawHtmlTag, passage: Passage, findings: Findings) -> None:
    """Add a tag to the tree: open or close its element, or add a problem."""
    position = passage.position_at(tag.offset)
    findings.has_html = True
    findings.beyond_words.append((position, passage.text[tag.offset : tag.end].split("\n", 1)[0]))
    if tag.name in _FORBIDDEN:
        if not tag.is_closing:
            text = '"<{value}>" cannot stand in a text: it can run a program, or show or send something else. Take it out.'
            findings.error(position, "script", text, value=tag.name)
        return
    if tag.name in _FORM_FIELDS:
        if not tag.is_closing:
            findings.take_out(position, f"<{tag.name}>")
        return
    if not builder.in_foreign_content and not _is_kept(tag, position, findings):
        return
    name = tag.name if builder.in_foreign_content else REPLACED_TAGS.get(tag.name, tag.name)
    if tag.is_closing:
        _close_tag(builder, tag, name, passage, findings)
        return
    builder.close_implied(_IMPLIED_END_TAGS.get(name, set()))
    element = Element(name)
    positions = {name: passage.position_at(at) for name, at in tag.attribute_offsets.items()}
    findings.set_attributes(element, tag.attributes, position, positions)
    if name in VOID_TAGS or (builder.in_foreign_content and passage.text[tag.end - 2] == "/"):
        builder.add(element)
        return
    if passage.text[tag.end - 2] == "/" and is_html_name(tag.name):
        typed = passage.text[tag.offset : tag.end]
        right = f"{typed[:-1].rstrip(' /')}></{tag.name}>" if tag.attributes else f"</{tag.name}>"
        text = '"{value}" opens a tag that nothing closes, since HTML passes over its last sign. Write {right}.'
        findings.warning(position, "html", text, value=typed, right=right)
    builder.open(element, position, raw=True)


def _is_kept(tag: RawHtmlTag, position: LinePosition, findings: Findings) -> bool:
    """Whether a tag or another in its place is a part of the page; of presentation and of office programs only words stay."""
    is_removed = tag.name in REMOVED_TAGS or is_office_name(tag.name)
    other = REPLACED_TAGS.get(tag.name)
    if tag.is_closing:
        return not is_removed
    if is_removed:
        text = '"<{value}>" is taken out, and its words stay: pages are styled by the theme alone. Take it out of the text too.'
        findings.warning(position, "html", text, value=tag.name)
    elif tag.name == "h1":
        text = '"{value}" becomes <h2>: the title of the page is its only h1. Write ## before the heading instead of the tag.'
        findings.warning(position, "html", text, value="<h1>")
    elif other is not None:
        text = '"<{value}>" becomes <{other}>: pages are styled by the theme alone. Write <{other}> in the text too.'
        findings.warning(position, "html", text, value=tag.name, other=other)
    return not is_removed


def _close_tag(builder: ElementBuilder, tag: RawHtmlTag, name: str, passage: Passage, findings: Findings) -> None:
    position = passage.position_at(tag.offset)
    if name == "br":
        builder.add(Element("br"))
        findings.warning(position, "html", '"{value}" is no tag and is read as a line break. Write <br>.', value="</br>")
    elif name not in VOID_TAGS and not builder.close_html(name):
        between = passage.text[max(0, tag.offset - 1) : tag.offset] + passage.text[tag.end : tag.end + 1]
        builder.add_text(" " * (name in _BLOCK_NAMES and len(between) == 2 and not any(map(str.isspace, between))))
        text = '"</{value}>" closes nothing and is taken out. Take it out of the text too, or add the tag that opens it.'
        findings.warning(position, "html", text, value=tag.name)


def build_html(builder: ElementBuilder, passage: Passage, findings: Findings) -> None:
    """Add a block of HTML to the tree."""
    text, at = passage.text, 0
    shown: list[tuple[int, str]] = []  # the words that are not code
    unterminated: set[str] = set()
    while (start := text.find("<", at)) >= 0:
        builder.add_text(html.unescape(text[at:start]))
        shown += [] if builder.is_within(_CODE_TAGS) else [(at, text[at:start])]
        at = start
        end = skip_non_element(passage, start, unterminated, findings)
        if end > 0:
            at = end
        elif (tag := match_tag(text, start)) and is_typed_tag(tag, passage, findings):
            build_tag(builder, tag, passage, findings)
            at = tag.end
        else:
            builder.add_text("<")
            shown.append((start, "<"))
            at = start + 1
    builder.add_text(html.unescape(text[at:]) + "\n")
    shown += [] if builder.is_within(_CODE_TAGS) else [(at, text[at:])]
    report_leftovers(passage, shown, findings, in_html=True)
