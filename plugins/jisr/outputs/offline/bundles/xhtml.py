"""The article of a built page as XHTML, which books are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# What needs the site, or a program: choices of languages, drawings of decoration, forms, and what a book cannot play.
_LEFT_OUT = (
    "nav, aside.bridge, form, button, input, script, style, template, .also, .take-away, .citations, .printed, .end, .numeral,"
    " svg, iframe, object, embed"
)
_MEDIA = ("video", "audio")
_ATTRIBUTES = frozenset(
    "id lang dir class href src alt start value reversed type datetime colspan rowspan scope cite title".split()
)
_UNWRAPPED = frozenset(["picture", "source", "track"])
_CONTROLS = {code: None for code in range(32) if code not in (9, 10, 13)}


def render_article(html: str, link: Callable[[str], str | None], picture: Callable[[str], str | None]) -> str:
    """Return the content of the article of a page as XHTML.

    ``link`` returns the address of a link in the book or on the site, or None where it leads nowhere; ``picture`` that of a
    picture, or None where the book does not have it: its words stand there then.
    """
    article = LexborHTMLParser(html).css_first("main article")
    if article is None:
        return ""
    for node in article.css(_LEFT_OUT):
        node.decompose()
    return "".join(_Writer(link, picture).children(article))


class _Writer:
    """Writes nodes as XML."""

    def __init__(self, link: Callable[[str], str | None], picture: Callable[[str], str | None]) -> None:
        self.link, self.picture = link, picture

    def children(self, node: LexborNode) -> Iterator[str]:
        """Return the children of a node."""
        for child in node.iter(include_text=True):
            yield from self.write(child)

    def write(self, node: LexborNode) -> Iterator[str]:
        """Return a node."""
        tag = node.tag or ""
        if tag == "-text":
            yield escape((node.text_content or "").translate(_CONTROLS), quote=False)
        elif tag in _MEDIA:
            yield self._media_link(node)
        elif tag in _UNWRAPPED:
            yield from self.children(node)
        elif tag == "img":
            yield self._image(node)
        elif tag and not tag.startswith(("-", "!")):
            yield from self._element(node, tag)

    def _element(self, node: LexborNode, tag: str) -> Iterator[str]:
        attributes = dict(self._attributes(node))
        if tag == "a" and "href" not in attributes:
            tag, attributes = "span", {name: value for name, value in attributes.items() if name in ("id", "lang", "dir")}
        written = _format_attributes(attributes)
        if tag in _VOID:
            yield f"<{tag}{written}/>"
            return
        yield f"<{tag}{written}>"
        yield from self.children(node)
        yield f"</{tag}>"

    def _attributes(self, node: LexborNode) -> Iterator[tuple[str, str]]:
        for name, value in node.attributes.items():
            if name == "lang":
                yield "lang", value or ""
                yield "xml:lang", value or ""
            elif name == "href":
                if target := self.link(value or ""):
                    yield name, target
            elif name in _ATTRIBUTES and not (name == "type" and node.tag != "ol"):
                yield name, value or ""

    def _image(self, node: LexborNode) -> str:
        words = node.attributes.get("alt") or ""
        if address := self.picture(node.attributes.get("src") or ""):
            return f"<img{_format_attributes({'src': address, 'alt': words})}/>"
        return f"<span>[{escape(words, quote=False)}]</span>" if words else ""

    def _media_link(self, node: LexborNode) -> str:
        sources = [node, *node.css("source")]
        value = next((found for one in sources if (found := one.attributes.get("src"))), "")
        address = self.link(value)
        if not address:
            return ""
        return f'<a href="{escape(address)}"><bdi dir="ltr">{escape(address, quote=False)}</bdi></a>'


def _format_attributes(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value.translate(_CONTROLS))}"' for name, value in attributes.items())
