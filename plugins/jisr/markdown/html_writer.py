"""Serialization of the tree of a body as HTML."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborHTMLParser

from jisr.markdown.inline.element_names import VOID_TAGS

_BLOCK_TAGS = frozenset(
    (
        "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr table thead tbody tr th td dl dt dd section div figure figcaption "
        "details summary address article aside header footer main nav fieldset center tfoot caption"
    ).split()
)
_CONTAINER_TAGS = frozenset(["ul", "ol", "blockquote", "table", "thead", "tbody", "tr", "dl", "section"])


def inner_html(root: Element) -> str:
    """Return the content of an element as HTML, without recursion, so that the depth of the tree is unlimited."""
    pieces: list[str] = [_escape_text(root.text or "")]
    stack: list[Element | str] = list(reversed(root))
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        block = node.tag in _BLOCK_TAGS
        if block and pieces and not pieces[-1].endswith("\n"):
            pieces.append("\n" if pieces[-1] or len(pieces) > 1 else "")
        pieces.append(_opening_tag(node))
        end = "" if node.tag in VOID_TAGS else f"</{node.tag}>"
        stack.append(end + ("\n" if block else "") + _escape_text(node.tail or ""))
        stack.extend(reversed(node))
    return "".join(pieces)


def outer_html(root: Element) -> str:
    """Return the whole tree as HTML, with its root as a ``div``."""
    return f"<div>{inner_html(root)}</div>"


def _opening_tag(element: Element) -> str:
    attributes = "".join([f' {name}="{_escape_attribute(value)}"' for name, value in element.items()])
    line_end = "\n" if element.tag in _CONTAINER_TAGS and not element.text else ""
    return f"<{element.tag}{attributes}>{line_end}{_escape_text(element.text or '')}"


def _escape_attribute(value: str) -> str:
    return _escape_text(value).replace('"', "&quot;")


def _escape_text(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def repair_html(html: str) -> LexborHTMLParser:
    """Parse HTML as browsers do, which corrects forbidden nesting, and remove the empty paragraphs that this leaves."""
    parser = LexborHTMLParser(html, is_fragment=True)
    for paragraph in parser.css("p:not(:has(*))"):
        if not paragraph.attributes and not paragraph.text().strip(" \t\n"):
            paragraph.decompose()
    return parser
