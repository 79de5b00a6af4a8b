"""The sanitizer of untrusted HTML: the content stays; scripts, trackers, styles and deceptive links go.

It works in two passes. The first parses the HTML, limits its length and depth, and serializes known elements; then nh3
parses the result as browsers do (https://nh3.readthedocs.io/) and keeps a list of elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import field, replace
from itertools import pairwise
from typing import Literal

import nh3

from jisr.core.frozen import dataclass
from jisr.ingest.sanitize import embeds, media
from jisr.ingest.sanitize.cards import EmbeddedData, read_embed, script_page_url
from jisr.ingest.sanitize.formulas import drawing_text, formula_text, is_formula, without_sources
from jisr.ingest.sanitize.inline_styles import apply_styles
from jisr.ingest.sanitize.node_tree import (
    BLOCKS,
    HEADINGS,
    VOID,
    HtmlNode,
    integer_attribute,
    parse_html,
    serialize_nodes,
    text_content,
)
from jisr.ingest.sanitize.numbered_lists import number_items
from jisr.ingest.sanitize.safe_urls import safe_url, strip_tracking
from jisr.ingest.sanitize.tokenizer import HtmlTag, tokenize_html

MAX_BYTES = 100_000
"""Bytes of a text; a longer one is truncated."""

MAX_TITLE_LENGTH = 300

ImagePolicy = Literal["link", "keep"]

_ALLOWED_ELEMENTS = HEADINGS | frozenset(
    "p ul ol li blockquote pre code table caption thead tbody tfoot tr th td hr br dl dt dd div "
    "a em strong del sub sup q span".split()
)
_ALLOWED_ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "*": {"dir", "lang"},
}
_NUMBERS = (
    ("start", ("ol",), 999_999), ("value", ("li",), 999_999), ("colspan", ("td", "th"), 30), ("rowspan", ("td", "th"), 1000),
)  # fmt: skip
_ELEMENT_SYNONYMS = {
    **dict.fromkeys(("i", "cite", "dfn", "var"), "em"), "b": "strong", **dict.fromkeys(("kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("s", "strike"), "del"), **dict.fromkeys(("dir", "menu"), "ul"), **dict.fromkeys(("listing", "xmp"), "pre"),
}  # fmt: skip
_REMOVED_ELEMENTS = frozenset(
    "script style title textarea noembed noframes template head button select option optgroup datalist input keygen area base "
    "bgsound frame link meta param source track wbr annotation annotation-xml rp".split()
)
_EMBEDDED_DATA = re.compile(r"data:[\w/+.;=-]{0,100}(?:,|%2C)[\w+/=%\s-]{500,}", re.IGNORECASE)
_MISSING_URL = re.compile(r"<a(?![^>]* href=)|<img(?![^>]* src=)")  # nh3 rejects more addresses
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,3}")
_KNOWN_ELEMENTS = _ALLOWED_ELEMENTS | set(_ELEMENT_SYNONYMS) | _REMOVED_ELEMENTS | BLOCKS | VOID | frozenset(
    "abbr acronym applet audio bdi bdo big blink canvas data fencedframe font form frameset iframe ins isindex map mark math "
    "nobr noscript object output picture plaintext portal rb rbc rt rtc ruby slot small svg time tt u video colgroup".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _SanitizeContext:
    """The position in a document, and its options."""

    base: str
    images: ImagePolicy
    in_link: bool = False
    in_frame: bool = False
    seen_media: set[str] = field(default_factory=set)  # lazily loaded pictures are often there twice


def sanitize_html(
    html: str,
    base: str,
    images: ImagePolicy = "link",
    prepare: Callable[[HtmlNode], None] | None = None,
    max_bytes: int = MAX_BYTES,
) -> str:
    """Return untrusted HTML as safe HTML: few elements, no attributes but addresses, direction and language.

    Relative addresses are resolved against ``base``. Pictures become links, so that no page loads anything from another
    host; with ``images="keep"`` they stay as ``img`` with an absolute address, for callers that download them.
    ``prepare`` may change the untrusted tree before. The result is a fixed point, unless it was truncated: sanitizing it
    again changes nothing.

    >>> sanitize_html('<p style="x" onclick="y" dir="rtl">بيان <script>z</script><a href="/a?b&c">هنا</a>', "https://example.org/")
    '<p dir="rtl">بيان <a href="https://example.org/a?b&amp;c">هنا</a></p>'
    """
    safe = _sanitize_once(_limit_size(html, max_bytes), base, images, prepare)
    return _sanitize_once(safe, base, images) if _MISSING_URL.search(safe) else safe


def _sanitize_once(html: str, base: str, images: ImagePolicy, prepare: Callable[[HtmlNode], None] | None = None) -> str:
    """Return HTML after both passes."""
    root = parse_html(html)
    if prepare is not None:
        prepare(root)
    apply_styles(root)
    number_items(root)
    clean = serialize_nodes(_sanitize_children(root, _SanitizeContext(base, images)))
    tags, attributes = set(_ALLOWED_ELEMENTS), {name: set(names) for name, names in _ALLOWED_ATTRIBUTES.items()}
    if images == "keep":
        tags.add("img")
        attributes["img"] = {"src", "alt"}
    return nh3.clean(clean, tags=tags, attributes=attributes, url_schemes={"http", "https", "mailto", "tel"}, link_rel=None)


def plain_title(html: str) -> str:
    r"""Return a title as one line of plain text: no tags, entities decoded once, no invisible characters.

    A tag of an element that HTML does not have stays as typed.

    >>> plain_title("<b>بيان</b>\n&amp;lt;b&gt; <img src=x onerror=y> C++ <vector> a < b")
    'بيان &lt;b> C++ <vector> a < b'
    >>> plain_title("x<script>y</script>\u202e")
    'x'
    """
    parts = [one for piece in tokenize_html(_truncate_html(html, MAX_TITLE_LENGTH * 20)) for one in _title_text(piece)]
    line = " ".join("".join(parts).split())
    if len(line) <= MAX_TITLE_LENGTH:
        return line
    start = line[:MAX_TITLE_LENGTH]
    return (start.rpartition(" ")[0].rstrip() if " " in start else start) + "…"


def _title_text(piece: str | HtmlTag) -> Iterator[str]:
    if isinstance(piece, str):
        yield piece
    elif piece.name in _KNOWN_ELEMENTS or piece.attributes or not re.fullmatch(r"[\w.-]{1,30}", piece.name):
        yield " " if piece.name in BLOCKS or piece.name == "br" else ""
        yield piece.attributes.get("alt", "") if piece.name == "img" and not media.is_hidden_element(piece.attributes) else ""
    else:
        yield f"<{'/' if piece.is_end_tag else ''}{piece.typed_name}>"


def _limit_size(html: str, max_bytes: int) -> str:
    """Return a text without ``data:`` addresses of pictures, truncated where it is too long."""
    if len(html) <= max_bytes // 4:
        return html
    short = _EMBEDDED_DATA.sub("data:", html[: max_bytes * 100])
    truncated = _truncate_html(short, max_bytes)
    return truncated if truncated == short else f"{truncated} …"


def _truncate_html(text: str, max_bytes: int) -> str:
    """Return a text truncated to a number of bytes, between words and not within a tag."""
    if len(text) * 4 <= max_bytes:
        return text
    data = text[:max_bytes].encode("utf-8", "ignore")
    if len(text) <= max_bytes and len(data) <= max_bytes:
        return text
    head = data[:max_bytes].decode("utf-8", "ignore")
    tag = head.rfind("<")
    if tag > head.rfind(">") and tag >= len(head) - 5000:
        return head[:tag]
    return head.rpartition(" ")[0] if " " in head[-200:] else head


def _sanitize_children(node: HtmlNode, context: _SanitizeContext) -> list[HtmlNode | str]:
    children = ([child] if isinstance(child, str) else _sanitize_element(child, context) for child in _visible_children(node))
    return [safe_node for nodes in children for safe_node in nodes]


def _visible_children(node: HtmlNode) -> list[HtmlNode | str]:
    """Return the children of an element; of a picture that loads late and its copy for pages without scripts, the better.

    The source of a formula that a script showed is no text beside it.
    """
    if any(isinstance(child, HtmlNode) and child.attributes.get("type", "").startswith("math/tex") for child in node.children):
        return without_sources(node.children)
    if not any(isinstance(child, HtmlNode) and child.name == "noscript" for child in node.children):
        return node.children
    children = [child for child in node.children if not isinstance(child, str) or child.strip()]
    dropped: set[int] = set()
    for first, second in pairwise(children):
        pair = {one.name: one for one in (first, second) if isinstance(one, HtmlNode)}
        picture = pair.get("img") or pair.get("amp-img")
        if picture and "noscript" in pair and _contains_image(pair["noscript"]):
            dropped |= {id(picture)} if media.is_placeholder(picture.attributes) else set()
            dropped |= {id(pair["noscript"])} if media.late_sources(picture.attributes) else set()
    return [child for child in node.children if id(child) not in dropped]


def _sanitize_element(node: HtmlNode, context: _SanitizeContext) -> list[HtmlNode | str]:
    """Return the safe nodes of an element."""
    name = embeds.SYNONYMS.get(node.name) or _ELEMENT_SYNONYMS.get(node.name, node.name)
    if name in ("script", "meter", "progress") or media.is_checkbox(node.name, node.attributes):
        return _sanitize_unshown(node, context)
    if name in _REMOVED_ELEMENTS or media.is_hidden_element(node.attributes):
        return []
    if name == "svg":
        return [drawing_text(node)]
    if is_formula(node):
        return [formula_text(node)]
    if name == "img":
        return _sanitize_image(node, context)
    if name == "picture":
        return _sanitize_picture(node, context)
    if name in embeds.FRAMES or name in embeds.MEDIA:
        return _link_embed(name, node, context)
    if node.attributes and (embed := read_embed(node, context.base)):
        shown = _sanitize_embed(embed, node, context)
        return [HtmlNode("div", {}, shown)] if name in BLOCKS else shown
    if name == "a":
        return _sanitize_link(node, context)
    if name == "rt":
        return [" (", *_sanitize_children(node, context), ")"]
    children = _sanitize_children(node, context)
    if name in ("abbr", "acronym"):
        return [*children, *_expansion(node, context)]
    attributes = _safe_attributes(node)
    if name not in _ALLOWED_ELEMENTS:
        name = "div" if name in BLOCKS else "span"
    return children if name == "span" and not attributes else [HtmlNode(name, attributes, children)]


def _sanitize_unshown(node: HtmlNode, context: _SanitizeContext) -> list[HtmlNode | str]:
    """Return what a page shows of a script that stands for a text, a formula in TeX, or a gauge."""
    if node.name == "script":
        if node.attributes.get("type", "").startswith("math/tex"):
            return [HtmlNode("code", {}, [text_content(node).strip()])]
        url = script_page_url(node.attributes)
        return _link_media(url, media.media_caption({}, url), context) if url else []
    if media.is_checkbox(node.name, node.attributes):
        is_on = "checked" in node.attributes or "checkbox-on" in node.attributes.get("class", "")
        return ["☑ " if is_on else "☐ "]
    amount = "/".join(filter(None, (node.attributes.get(name, "").strip() for name in ("value", "max"))))
    return [text_content(node).strip() or (amount if re.fullmatch(r"[\d./]{1,30}", amount) else "")]


def _sanitize_embed(embed: EmbeddedData, node: HtmlNode, context: _SanitizeContext) -> list[HtmlNode | str]:
    """Return what an element says by attributes alone, below what it shows by itself."""
    has_own = bool(text_content(node).strip()) or _contains_image(node)
    shown = _sanitize_children(node, context) if has_own else []
    if embed.formula:
        return [HtmlNode("code", {}, [embed.formula])]
    if embed.html and not context.in_frame:
        inner = _sanitize_children(parse_html(embed.html), replace(context, in_frame=True))
        if any(not isinstance(one, str) or one.strip() for one in inner):
            return [*shown, *inner]
    for picture in embed.pictures:
        shown += _sanitize_image(HtmlNode("img", dict(picture)), context)
    if not embed.url:
        return [*shown, ", ".join(filter(None, (embed.title, embed.note)))]
    if not _is_first(embed.url, context):
        return shown
    link = _link_media(embed.url, embed.title or media.media_caption({}, embed.url), context)
    if not (shown or embed.note):
        return link
    note: list[HtmlNode | str] = [HtmlNode("br"), embed.note] if embed.note else []
    return [HtmlNode("div", {}, [*shown, HtmlNode("p", {}, [*link, *note])])]


def _expansion(node: HtmlNode, context: _SanitizeContext) -> list[HtmlNode | str]:
    """Return in parentheses what an abbreviation stands for, where a text states it first."""
    title = " ".join(node.attributes.get("title", "").split())
    is_words = re.search(r"[^\W\d]{2}", title) and not re.search(r"\d{4}|\d:\d\d", title) and len(title) <= 200
    if not is_words or title == text_content(node).strip() or not _is_first(f"abbr:{title}", context):
        return []
    return [f" ({title})"]


def _safe_attributes(node: HtmlNode) -> dict[str, str]:
    attributes = {}
    direction = node.attributes.get("dir", "").strip().lower()
    language = (node.attributes.get("lang") or node.attributes.get("xml:lang") or "").strip()
    if direction in ("ltr", "rtl", "auto") and node.name != "bdo":
        attributes["dir"] = direction
    if _LANGUAGE_TAG.fullmatch(language):
        attributes["lang"] = language.replace("_", "-")
    for name, owners, maximum in _NUMBERS:
        number = integer_attribute(node, name, maximum) if node.name in owners else None
        if number is not None:
            attributes[name] = str(number)
    return attributes


def _sanitize_link(node: HtmlNode, context: _SanitizeContext) -> list[HtmlNode | str]:
    url = strip_tracking(safe_url(node.attributes.get("href", ""), context.base))
    if url and not text_content(node).strip() and _contains_image(node) and _shows_picture(url, context):
        url = ""  # the picture is what the link would show
    children = _sanitize_children(node, replace(context, in_link=context.in_link or bool(url)))
    if not url or context.in_link:
        return children
    element = HtmlNode("a", {"href": url} | _safe_attributes(node), children)
    has_content = text_content(element).strip() or _contains_image(element)
    return [element] if has_content else [" "]


def _shows_picture(url: str, context: _SanitizeContext) -> bool:
    """Whether the link around a picture leads to the text that it stands in, where a reader is already."""
    return url.partition("?")[0].rstrip("/") == context.base.partition("?")[0].rstrip("/")


def _contains_image(node: HtmlNode) -> bool:
    return node.name in ("img", "amp-img") or any(
        isinstance(child, HtmlNode) and _contains_image(child) for child in node.children
    )


def _sanitize_picture(node: HtmlNode, context: _SanitizeContext) -> list[HtmlNode | str]:
    """Return the picture of an element that offers it in several forms."""
    elements = [child for child in node.children if isinstance(child, HtmlNode)]
    pictures = [child for child in elements if embeds.SYNONYMS.get(child.name, child.name) == "img"]
    offered = [child.attributes for child in elements if child.name == "source"]
    if not pictures and offered:
        return _sanitize_image(HtmlNode("img", offered[0]), context)
    for picture in pictures:
        if media.is_placeholder(picture.attributes) and offered:
            return _sanitize_image(HtmlNode("img", {**offered[0], "alt": picture.attributes.get("alt", "")}), context)
    return _sanitize_children(node, context)


def _sanitize_image(node: HtmlNode, context: _SanitizeContext) -> list[HtmlNode | str]:
    """Return a link to a picture, or its caption within a link; nothing for a tracking pixel."""
    if emoji := media.emoji_text(node.attributes):
        return [emoji]
    url = media.image_url(node.attributes, context.base)
    if not url:
        return _sanitize_children(node, context)
    if media.is_tracking_pixel(node.attributes, url) or not _is_first(url, context):
        return []
    caption = media.media_caption(node.attributes, url)
    if context.images == "keep":
        return [HtmlNode("img", {"src": url, "alt": caption})]
    return _link_media(url, caption, context)


def _is_first(url: str, context: _SanitizeContext) -> bool:
    """Whether a text has shown no other form of a picture, recording or frame before."""
    key = media.picture_key(url)
    is_first = key not in context.seen_media
    context.seen_media.add(key)
    return is_first


def _link_media(url: str, caption: str, context: _SanitizeContext) -> list[HtmlNode | str]:
    return [caption] if context.in_link else [" ", HtmlNode("a", {"href": strip_tracking(url)}, [caption]), " "]


def _link_embed(name: str, node: HtmlNode, context: _SanitizeContext) -> list[HtmlNode | str]:
    """Return a link to the page of a frame or player; for one that shows nothing its own content."""
    elements = [child for child in node.children if isinstance(child, HtmlNode)]
    sources = [child.attributes for child in elements if child.name in ("source", "param", "embed")]
    if name in embeds.MEDIA:
        links = [
            one
            for attributes in [node.attributes, *sources]
            for one in (*media.late_sources(attributes), attributes.get("src", ""))
        ]
        urls = [safe_url(one, context.base) for one in links]
    else:
        parameters = [
            {"src": attributes.get("value", "")} if attributes.get("name", "").lower() in ("movie", "src") else attributes
            for attributes in sources
        ]
        urls = [embeds.player_page_url(node.name, node.attributes)]
        urls += [embeds.embedded_page_url(attributes, context.base) for attributes in [node.attributes, *parameters]]
        urls += [embeds.replaced_page_url(node.attributes, text_content(node), context.base)] if name == "iframe" else []
    url = next((url for url in urls if url.startswith("http") and not media.is_tracker(url)), "")
    if name == "object" and any(one.name == "a" for one in elements):
        return _sanitize_children(node, context)
    if url:
        return _link_media(url, media.media_caption(node.attributes, url), context) if _is_first(url, context) else []
    if name == "iframe":
        inner = parse_html("" if context.in_frame else node.attributes.get("srcdoc", ""))
        return _sanitize_children(inner, replace(context, in_frame=True))
    return _sanitize_children(node, context) if name in ("object", "portal", "fencedframe") else []
