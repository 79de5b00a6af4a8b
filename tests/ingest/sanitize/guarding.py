"""What may stand on a page, said a second time and otherwise: a walk through a browser's tree against a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

VECTORS = Path(__file__).parent / "vectors"
_HIDDEN = re.compile("⟨(?:U\\+([0-9A-F]{4})|(LF|CR|TAB))⟩")
_NAMED = {"LF": "\n", "CR": "\r", "TAB": "\t"}

SAFE = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code table caption thead tbody tfoot tr th td hr br dl dt dd div a em strong "
    "del sub sup q span".split()
)
RENDERED = SAFE - {"h1", "div", "span", "del", "q"} | {"bdi", "bdo"}
_VALUES = {
    "href": re.compile(r"https?://[^/@\s\"<>\\]+(?:[/?#][^\s\"<>\\]*)?|mailto:[^\s?\"<>]+@[^\s?\"<>]+|tel:\+?[0-9]+"),
    "dir": re.compile("ltr|rtl|auto"),
    "lang": re.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"),
    "start": re.compile("[0-9]{1,9}"),
    "colspan": re.compile("[0-9]{1,2}"),
    "id": re.compile(r"[\w-]+"),  # of a heading, by the renderer
}


def vectors(name: str) -> list[str]:
    """Return the vectors of a file: one a line below the first, which says what they are."""
    lines = (VECTORS / name).read_text("utf-8").splitlines()[1:]
    return [_HIDDEN.sub(lambda found: chr(int(found[1], 16)) if found[1] else _NAMED[found[2]], line) for line in lines]


def unfit(html: str, allowed: frozenset[str], attributes: frozenset[str]) -> list[str]:
    """Return what of a piece of HTML may not stand on a page."""
    return [said for node in _nodes(html) for said in _unfit(node, allowed, attributes)]


def _nodes(html: str) -> Iterator[LexborNode]:
    root = LexborHTMLParser(f"<main>{html}</main>", is_fragment=True).root
    top = list(root.iter(include_text=True)) if root is not None else []  # of a fragment: all that stands beside it
    assert [node.tag for node in top] == ["main"], "what was written got out of its place"
    waiting = list(top[0].iter(include_text=False))
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.iter(include_text=False))


def _unfit(node: LexborNode, allowed: frozenset[str], attributes: frozenset[str]) -> Iterator[str]:
    if node.tag not in allowed:
        yield f"<{node.tag}>"
    for name, value in node.attributes.items():
        pattern = _VALUES.get(name)
        if name not in attributes or pattern is None or not pattern.fullmatch(value or ""):
            yield f'{node.tag} {name}="{value}"'


def unfit_safe(html: str) -> list[str]:
    """Return what of sanitized HTML may not stand there."""
    return unfit(html, SAFE, frozenset(("href", "dir", "lang", "start", "colspan")))


def unfit_rendered(html: str) -> list[str]:
    """Return what of the HTML that came of Markdown may not stand there."""
    return unfit(html, RENDERED, frozenset(("href", "dir", "lang", "start", "id")))
