"""The tree of a body as HTML."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborHTMLParser

from jisr.markdown.inline.raw_html import VOID_TAGS

_BLOCK_TAGS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "dl",
        "dt",
        "dd",
        "section",
        "div",
        "figure",
        "figcaption",
        "details",
        "summary",
        "address",
        "article",
        "aside",
        "header",
        "footer",
        "main",
        "nav",
        "fieldset",
        "center",
        "tfoot",
        "caption",
    ]
)
_CONTAINER_TAGS = frozenset(["ul", "ol", "blockquote", "table", "thead", "tbody", "tr", "dl", "section"])


def inner_html(root: Element) -> str:
    """Return what stands in an element as HTML; no depth of the tree ends it."""
    written: list[str] = [_escape_text(root.text or "")]
    waiting: list[Element | str] = list(reversed(root))
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            written.append(one)
            continue
        block = one.tag in _BLOCK_TAGS
        if block and written and not written[-1].endswith("\n"):
            written.append("\n" if written[-1] or len(written) > 1 else "")
        written.append(_opening_tag(one))
        end = "" if one.tag in VOID_TAGS else f"</{one.tag}>"
        waiting.append(end + ("\n" if block else "") + _escape_text(one.tail or ""))
        waiting.extend(reversed(one))
    return "".join(written)


def outer_html(root: Element) -> str:
    """Return the whole tree as HTML, its root as a ``div``."""
    return f"<div>{inner_html(root)}</div>"


def _opening_tag(one: Element) -> str:
    attributes = "".join([f' {name}="{_escape_attribute(value)}"' for name, value in one.items()])
    line_end = "\n" if one.tag in _CONTAINER_TAGS and not one.text else ""
    return f"<{one.tag}{attributes}>{line_end}{_escape_text(one.text or '')}"


def _escape_attribute(value: str) -> str:
    return _escape_text(value).replace('"', "&quot;")


def _escape_text(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def repair_html(html: str) -> LexborHTMLParser:
    """Return HTML as browsers read it: what an author nested as HTML forbids is taken apart as they would."""
    parser = LexborHTMLParser(html, is_fragment=True)
    for empty in parser.css("p:empty"):
        if not empty.attributes:
            empty.decompose()
    return parser
