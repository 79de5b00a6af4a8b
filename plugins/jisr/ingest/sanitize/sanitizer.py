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
from jisr.ingest.sanitize.hyperlinks import address, host
from jisr.ingest.sanitize.node_tree import BLOCKS, HEADINGS, VOID, Node, number, tree, words, written
from jisr.ingest.sanitize.tokenizer import Tag, pieces

MOST_BYTES = 100_000
"""What is longer is cut off."""

LONGEST_TITLE = 300

Images = Literal["link", "keep"]

_KEPT = HEADINGS | frozenset(
    "p ul ol li blockquote pre code table caption thead tbody tfoot tr th td hr br dl dt dd div "
    "a em strong del sub sup q span".split()
)
_ALLOWED = {"a": {"href"}, "ol": {"start"}, "td": {"colspan"}, "th": {"colspan"}, "*": {"dir", "lang"}}
_SAME = {
    **dict.fromkeys(("i", "cite", "dfn", "var"), "em"), "b": "strong", **dict.fromkeys(("kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("s", "strike"), "del"), **dict.fromkeys(("dir", "menu"), "ul"), **dict.fromkeys(("listing", "xmp"), "pre"),
}  # fmt: skip
_GONE = frozenset(
    "script style title textarea noembed noframes template head button select option optgroup datalist input keygen area base "
    "bgsound frame link meta param source track wbr annotation annotation-xml progress meter rp".split()
)
_EMBEDDED_DATA = re.compile(r"data:[\w/+.;=-]{0,100}(?:,|%2C)[\w+/=%\s-]{500,}", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"<a(?![^>]* href=)|<img(?![^>]* src=)")  # nh3 knows more addresses that are none
_TONGUE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,3}")
_HTML = _KEPT | set(_SAME) | _GONE | BLOCKS | VOID | frozenset(
    "abbr acronym applet audio bdi bdo big blink canvas data fencedframe font form frameset iframe ins isindex map mark math "
    "nobr noscript object output picture plaintext portal rb rbc rt rtc ruby slot small svg time tt u video colgroup".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a text we are."""

    base: str
    images: Images
    linked: bool = False
    seen: set[str] = field(default_factory=set)  # pictures so far: what is loaded late often stands there twice


def sanitize(html: str, base: str, images: Images = "link") -> str:
    """Give a stranger's HTML as safe HTML: few elements, no attribute but addresses, direction and language.

    ``base`` is the address that relative ones are meant from. Pictures become links, so that no page loads anything from
    another host; with ``images="keep"`` they stay as ``img`` with a whole address, for who fetches and stores them.
    What is given is a fixed point: sanitized again it is the same, where it was not so long that it had to be cut.

    >>> sanitize('<p style="x" onclick="y" dir="rtl">بيان <script>z</script><a href="/a?b&c">هنا</a>', "https://example.org/")
    '<p dir="rtl">بيان <a href="https://example.org/a?b&amp;c">هنا</a></p>'
    """
    safe = _guarded(_bounded(html), base, images)
    return _guarded(safe, base, images) if _NO_ADDRESS.search(safe) else safe


def _guarded(html: str, base: str, images: Images) -> str:
    """Give HTML that went past both guards."""
    clean = written(_all(tree(html), _Place(base, images)))
    attributes = {name: set(said) for name, said in _ALLOWED.items()} | ({"img": {"src", "alt"}} if images == "keep" else {})
    return nh3.clean(
        clean,
        tags=set(_KEPT) | ({"img"} if images == "keep" else set()),
        attributes=attributes,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def plain(html: str) -> str:
    r"""Give a title as one line of plain text: no tags, entities decoded once, nothing that cannot be seen.

    What looks like a tag and is none that HTML knows stays as typed.

    >>> plain("<b>بيان</b>\n&amp;lt;b&gt; <img src=x onerror=y> C++ <vector> a < b"), plain("x<script>y</script>\u202e")
    ('بيان &lt;b> C++ <vector> a < b', 'x')
    """
    said = [one for piece in pieces(_cut(html, LONGEST_TITLE * 20)) for one in _said(piece)]
    line = " ".join("".join(said).split())
    if len(line) <= LONGEST_TITLE:
        return line
    return line[:LONGEST_TITLE].rpartition(" ")[0].rstrip() + "…" if " " in line[:LONGEST_TITLE] else line[:LONGEST_TITLE] + "…"


def _said(piece: str | Tag) -> Iterator[str]:
    if isinstance(piece, str):
        yield piece
    elif piece.name in _HTML or piece.said or ":" in piece.name or not re.fullmatch(r"[\w.-]{1,30}", piece.name):
        yield " " if piece.name in BLOCKS or piece.name == "br" else ""
        yield piece.said.get("alt", "") if piece.name == "img" and not media.is_unseen(piece.said) else ""
    else:
        yield f"<{'/' if piece.ends else ''}{piece.typed}>"


def _bounded(html: str) -> str:
    """Give a text without the bytes of pictures that were written into it, cut where it is too long."""
    if len(html) <= MOST_BYTES // 4:
        return html
    short = _EMBEDDED_DATA.sub("data:", html[: MOST_BYTES * 100])
    cut = _cut(short, MOST_BYTES)
    return cut if cut == short else f"{cut} …"


def _cut(text: str, most: int) -> str:
    """Give what of a text has so many bytes, cut between words and before a tag that would not end."""
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


def _all(node: Node, place: _Place) -> list[Node | str]:
    return [safe for child in node.children for safe in ([child] if isinstance(child, str) else _one(child, place))]


def _one(node: Node, place: _Place) -> list[Node | str]:
    """Give what stands for an element."""
    name = _SAME.get(node.name, node.name)
    if name in _GONE or media.is_unseen(node.said):
        return []
    if name == "svg":
        return [words(one) for one in node.children if isinstance(one, Node) and one.name == "title"]
    if name in ("img", "image"):
        return _picture(node, place)
    if name in ("iframe", "embed", "object", "video", "audio"):
        return _frame(node, place)
    if name == "a":
        return _link(node, place)
    if name == "rt":
        return [" (", *_all(node, place), ")"]
    inside = _all(node, place)
    said = _attributes(node)
    if name not in _KEPT:
        name = "div" if name in BLOCKS else "span"
    return inside if name == "span" and not said else [Node(name, said, inside)]


def _attributes(node: Node) -> dict[str, str]:
    said = {}
    direction = node.said.get("dir", "").strip().lower()
    tongue = (node.said.get("lang") or node.said.get("xml:lang") or "").strip()
    if direction in ("ltr", "rtl", "auto") and node.name != "bdo":
        said["dir"] = direction
    if _TONGUE.fullmatch(tongue):
        said["lang"] = tongue.replace("_", "-")
    for name, owners, most in (("start", ("ol",), 999_999), ("colspan", ("td", "th"), 30)):
        stated = number(node, name, most) if node.name in owners else None
        if stated is not None:
            said[name] = str(stated)
    return said


def _link(node: Node, place: _Place) -> list[Node | str]:
    whole = address(node.said.get("href", ""), place.base)
    inside = _all(node, replace(place, linked=place.linked or bool(whole)))
    if not whole or place.linked:
        return inside
    seen = any(words(one).strip() or (isinstance(one, Node) and _holds_picture(one)) for one in inside)
    return [Node("a", {"href": whole} | _attributes(node), inside)] if seen else [" "]


def _holds_picture(node: Node) -> bool:
    return node.name == "img" or any(isinstance(one, Node) and _holds_picture(one) for one in node.children)


def _picture(node: Node, place: _Place) -> list[Node | str]:
    """Give a link for a picture, or its words where they stand in a link; nothing for one that only watches."""
    if sign := media.face(node.said):
        return [sign]
    whole = media.picture(node.said, place.base)
    if not whole or whole in place.seen or media.is_watching(node.said, whole):
        return []
    place.seen.add(whole)
    said = media.caption(node.said, whole)
    if place.images == "keep":
        return [Node("img", {"src": whole, "alt": said})]
    return [said] if place.linked else [" ", Node("a", {"href": whole}, [said]), " "]


def _frame(node: Node, place: _Place) -> list[Node | str]:
    """Give a link to what a frame or player shows; where it shows nothing we know, what is said in its place."""
    sources = [one.said for one in node.children if isinstance(one, Node) and one.name in ("source", "param", "embed")]
    if node.name in ("video", "audio"):
        found = [address(said.get("src", ""), place.base) for said in [node.said, *sources]]
    else:
        stated = [
            {"src": said.get("value", "")} if said.get("name", "").lower() in ("movie", "src") else said for said in sources
        ]
        found = [media.shown_in(said, place.base) for said in [node.said, *stated]]
    whole = next((one for one in found if one.startswith("http")), "")
    if not whole or whole in place.seen:
        return _all(node, place) if node.name == "object" else []
    place.seen.add(whole)
    said = " ".join(node.said.get("title", "").split())[:200] or host(whole)
    return [said] if place.linked else [" ", Node("a", {"href": whole}, [said]), " "]
