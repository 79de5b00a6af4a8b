"""Strangers' HTML made safe: what a post says stays, whatever runs, watches, styles or pretends goes.

Two guards stand one behind the other. The first takes the text apart, limits its length and depth, and builds anew from
what we know; nh3 then reads the result as browsers do (https://nh3.readthedocs.io/) and lets a list of elements through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field, replace
from typing import Literal

import nh3

from jisr.core.frozen import dataclass
from jisr.ingest.sanitize import media
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
from jisr.ingest.sanitize.safe_urls import display_host, safe_url
from jisr.ingest.sanitize.tokenizer import HtmlTag, tokenize_html

MAX_BYTES = 100_000
"""What is longer is cut off."""

MAX_TITLE_LENGTH = 300

ImagePolicy = Literal["link", "keep"]

_ALLOWED_ELEMENTS = HEADINGS | frozenset(
    "p ul ol li blockquote pre code table caption thead tbody tfoot tr th td hr br dl dt dd div "
    "a em strong del sub sup q span".split()
)
_ALLOWED_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "td": {"colspan"}, "th": {"colspan"}, "*": {"dir", "lang"}}
_ELEMENT_SYNONYMS = {
    **dict.fromkeys(("i", "cite", "dfn", "var"), "em"), "b": "strong", **dict.fromkeys(("kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("s", "strike"), "del"), **dict.fromkeys(("dir", "menu"), "ul"), **dict.fromkeys(("listing", "xmp"), "pre"),
}  # fmt: skip
_REMOVED_ELEMENTS = frozenset(
    "script style title textarea noembed noframes template head button select option optgroup datalist input keygen area base "
    "bgsound frame link meta param source track wbr annotation annotation-xml progress meter rp".split()
)
_EMBEDDED_DATA = re.compile(r"data:[\w/+.;=-]{0,100}(?:,|%2C)[\w+/=%\s-]{500,}", re.IGNORECASE)
_MISSING_URL = re.compile(r"<a(?![^>]* href=)|<img(?![^>]* src=)")  # nh3 knows more addresses that are none
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,3}")
_KNOWN_ELEMENTS = _ALLOWED_ELEMENTS | set(_ELEMENT_SYNONYMS) | _REMOVED_ELEMENTS | BLOCKS | VOID | frozenset(
    "abbr acronym applet audio bdi bdo big blink canvas data fencedframe font form frameset iframe ins isindex map mark math "
    "nobr noscript object output picture plaintext portal rb rbc rt rtc ruby slot small svg time tt u video colgroup".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _SanitizeContext:
    """Where in a text we are."""

    base: str
    images: ImagePolicy
    in_link: bool = False
    seen_images: set[str] = field(default_factory=set)  # pictures so far: what is loaded late often stands there twice


def sanitize_html(html: str, base: str, images: ImagePolicy = "link") -> str:
    """Return a stranger's HTML as safe HTML: few elements, no attribute but addresses, direction and language.

    ``base`` is the address that relative ones are meant from. Pictures become links, so that no page loads anything from
    another host; with ``images="keep"`` they stay as ``img`` with a whole address, for who fetches and stores them.
    What is given is a fixed point: sanitized again it is the same, where it was not so long that it had to be cut.

    >>> sanitize_html('<p style="x" onclick="y" dir="rtl">بيان <script>z</script><a href="/a?b&c">هنا</a>', "https://example.org/")
    '<p dir="rtl">بيان <a href="https://example.org/a?b&amp;c">هنا</a></p>'
    """
    safe = _sanitize_once(_limit_size(html), base, images)
    return _sanitize_once(safe, base, images) if _MISSING_URL.search(safe) else safe


def _sanitize_once(html: str, base: str, images: ImagePolicy) -> str:
    """Return HTML that went past both guards."""
    clean = serialize_nodes(_sanitize_children(parse_html(html), _SanitizeContext(base, images)))
    attributes = {name: set(said) for name, said in _ALLOWED_ATTRIBUTES.items()} | (
        {"img": {"src", "alt"}} if images == "keep" else {}
    )
    return nh3.clean(
        clean,
        tags=set(_ALLOWED_ELEMENTS) | ({"img"} if images == "keep" else set()),
        attributes=attributes,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def plain_title(html: str) -> str:
    r"""Return a title as one line of plain text: no tags, entities decoded once, nothing that cannot be seen.

    What looks like a tag and is none that HTML knows stays as typed.

    >>> plain_title("<b>بيان</b>\n&amp;lt;b&gt; <img src=x onerror=y> C++ <vector> a < b")
    'بيان &lt;b> C++ <vector> a < b'
    >>> plain_title("x<script>y</script>\u202e")
    'x'
    """
    said = [one for piece in tokenize_html(_truncate_html(html, MAX_TITLE_LENGTH * 20)) for one in _title_text(piece)]
    line = " ".join("".join(said).split())
    if len(line) <= MAX_TITLE_LENGTH:
        return line
    return (
        line[:MAX_TITLE_LENGTH].rpartition(" ")[0].rstrip() + "…"
        if " " in line[:MAX_TITLE_LENGTH]
        else line[:MAX_TITLE_LENGTH] + "…"
    )


def _title_text(piece: str | HtmlTag) -> Iterator[str]:
    if isinstance(piece, str):
        yield piece
    elif (
        piece.name in _KNOWN_ELEMENTS or piece.attributes or ":" in piece.name or not re.fullmatch(r"[\w.-]{1,30}", piece.name)
    ):
        yield " " if piece.name in BLOCKS or piece.name == "br" else ""
        yield piece.attributes.get("alt", "") if piece.name == "img" and not media.is_hidden_element(piece.attributes) else ""
    else:
        yield f"<{'/' if piece.is_end_tag else ''}{piece.typed_name}>"


def _limit_size(html: str) -> str:
    """Return a text without the bytes of pictures that were written into it, cut where it is too long."""
    if len(html) <= MAX_BYTES // 4:
        return html
    short = _EMBEDDED_DATA.sub("data:", html[: MAX_BYTES * 100])
    cut = _truncate_html(short, MAX_BYTES)
    return cut if cut == short else f"{cut} …"


def _truncate_html(text: str, most: int) -> str:
    """Return what of a text has so many bytes, cut between words and before a tag that would not end."""
    if len(text) * 4 <= most:
        return text
    data = text[:most].encode("utf-8", "ignore")
    if len(text) <= most and len(data) <= most:
        return text
    kept = data[:most].decode("utf-8", "ignore")
    tag = kept.rfind("<")
    if tag > kept.rfind(">") and tag >= len(kept) - 5000:
        return kept[:tag]
    return kept.rpartition(" ")[0] if " " in kept[-200:] else kept


def _sanitize_children(node: HtmlNode, place: _SanitizeContext) -> list[HtmlNode | str]:
    return [
        safe for child in node.children for safe in ([child] if isinstance(child, str) else _sanitize_element(child, place))
    ]


def _sanitize_element(node: HtmlNode, place: _SanitizeContext) -> list[HtmlNode | str]:
    """Return what stands for an element."""
    name = _ELEMENT_SYNONYMS.get(node.name, node.name)
    if name in _REMOVED_ELEMENTS or media.is_hidden_element(node.attributes):
        return []
    if name == "svg":
        return [text_content(one) for one in node.children if isinstance(one, HtmlNode) and one.name == "title"]
    if name in ("img", "image"):
        return _sanitize_image(node, place)
    if name in ("iframe", "embed", "object", "video", "audio"):
        return _link_embed(node, place)
    if name == "a":
        return _sanitize_link(node, place)
    if name == "rt":
        return [" (", *_sanitize_children(node, place), ")"]
    inside = _sanitize_children(node, place)
    said = _safe_attributes(node)
    if name not in _ALLOWED_ELEMENTS:
        name = "div" if name in BLOCKS else "span"
    return inside if name == "span" and not said else [HtmlNode(name, said, inside)]


def _safe_attributes(node: HtmlNode) -> dict[str, str]:
    said = {}
    direction = node.attributes.get("dir", "").strip().lower()
    tongue = (node.attributes.get("lang") or node.attributes.get("xml:lang") or "").strip()
    if direction in ("ltr", "rtl", "auto") and node.name != "bdo":
        said["dir"] = direction
    if _LANGUAGE_TAG.fullmatch(tongue):
        said["lang"] = tongue.replace("_", "-")
    for name, owners, most in (("start", ("ol",), 999_999), ("colspan", ("td", "th"), 30)):
        stated = integer_attribute(node, name, most) if node.name in owners else None
        if stated is not None:
            said[name] = str(stated)
    return said


def _sanitize_link(node: HtmlNode, place: _SanitizeContext) -> list[HtmlNode | str]:
    whole = safe_url(node.attributes.get("href", ""), place.base)
    inside = _sanitize_children(node, replace(place, in_link=place.in_link or bool(whole)))
    if not whole or place.in_link:
        return inside
    seen = any(text_content(one).strip() or (isinstance(one, HtmlNode) and _contains_image(one)) for one in inside)
    return [HtmlNode("a", {"href": whole} | _safe_attributes(node), inside)] if seen else [" "]


def _contains_image(node: HtmlNode) -> bool:
    return node.name == "img" or any(isinstance(one, HtmlNode) and _contains_image(one) for one in node.children)


def _sanitize_image(node: HtmlNode, place: _SanitizeContext) -> list[HtmlNode | str]:
    """Return a link for a picture, or its words where they stand in a link; nothing for one that only watches."""
    if sign := media.emoji_text(node.attributes):
        return [sign]
    whole = media.image_url(node.attributes, place.base)
    if not whole or whole in place.seen_images or media.is_tracking_pixel(node.attributes, whole):
        return []
    place.seen_images.add(whole)
    said = media.image_caption(node.attributes, whole)
    if place.images == "keep":
        return [HtmlNode("img", {"src": whole, "alt": said})]
    return [said] if place.in_link else [" ", HtmlNode("a", {"href": whole}, [said]), " "]


def _link_embed(node: HtmlNode, place: _SanitizeContext) -> list[HtmlNode | str]:
    """Return a link to what a frame or player shows; where it shows nothing we know, what is said in its place."""
    sources = [
        one.attributes for one in node.children if isinstance(one, HtmlNode) and one.name in ("source", "param", "embed")
    ]
    if node.name in ("video", "audio"):
        found = [safe_url(said.get("src", ""), place.base) for said in [node.attributes, *sources]]
    else:
        stated = [
            {"src": said.get("value", "")} if said.get("name", "").lower() in ("movie", "src") else said for said in sources
        ]
        found = [media.embedded_page_url(said, place.base) for said in [node.attributes, *stated]]
    whole = next((one for one in found if one.startswith("http")), "")
    if not whole or whole in place.seen_images:
        return _sanitize_children(node, place) if node.name == "object" else []
    place.seen_images.add(whole)
    said = " ".join(node.attributes.get("title", "").split())[:200] or display_host(whole)
    return [said] if place.in_link else [" ", HtmlNode("a", {"href": whole}, [said]), " "]
