"""Two versions of a text side by side, part by part, each in its own direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf

from markupsafe import Markup, escape
from selectolax.lexbor import LexborHTMLParser, LexborNode

from jisr.core.build.page_hooks import Step
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document, TranslationSet, Words
from jisr.core.translation.alignment import Part, align
from jisr.core.translation.staleness import Staleness, staleness
from jisr.core.urls import paths
from jisr.pages.document.text_page import lag_of
from jisr.pages.layout import Surroundings, chrome, head, way
from jisr.pages.links import Linker
from jisr.pages.views.component_views import FacingText, Pair
from jisr.pages.views.page_views import FacingView

_SHARED = re.compile(r"[rp]\d+(?:-\d+)?")
_TAG = re.compile(r'<[a-z](?:[^<>"]|"[^"]*")*>')
_NAMED = re.compile(r'(?<=\s)(?:id="|href="#)[^"]+')
_ABOVE = ("title", "summary")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a version, and what is said of it: what of it changed, its HTML with the list it stands in."""

    part: Part
    change: str
    html: str


def facing_view(document: Document, language: Language, linker: Linker, surroundings: Surroundings) -> FacingView:
    """Give the page of a version beside the version in another language. What a translation was made from stands first."""
    texts = linker.site.sets[document.key]
    other = texts.get(language.tag)
    assert other is not None, document.path  # noqa: S101 (routes are made from documents)
    first, second = (other, document) if _made_from(document, other, texts) else (document, other)
    steps = _way(document, linker, surroundings)
    made = second.translation is not None and second.translation.of == first.language.tag
    return FacingView(
        language=document.language,
        head=head(linker, document.title, surroundings, steps),
        chrome=chrome(linker, surroundings, steps),
        kind=document.kind,
        title=document.title,
        first=_text(first, texts, linker),
        second=_text(second, texts, linker),
        pairs=tuple(_pairs(first, second, staleness(second, texts) if made else None, linker)),
        beside=tuple(link for link in linker.beside(document) if link.language != language),
        lag=lag_of(second, linker) if made else None,
    )


def _made_from(document: Document, other: Document, texts: TranslationSet) -> bool:
    """Whether a version was made from another, or that is the original."""
    stated = document.translation
    return stated is not None and other.language.tag in (stated.of, texts.origin)


def _way(document: Document, linker: Linker, surroundings: Surroundings) -> tuple[Step, ...]:
    own = paths.text(document.language.tag, document.kind, document.id)
    *above, last = way(linker, surroundings, document.kind, last=surroundings.label("beside", document.language))
    return (*above, Step(Words(document.title, document.language), own), last)


def _text(document: Document, texts: TranslationSet, linker: Linker) -> FacingText:
    words = Words(document.title, document.language)
    return FacingText(words, linker.text(document), document.language.tag == texts.origin)


def _pairs(first: Document, second: Document, lag: Staleness | None, linker: Linker) -> Iterator[Pair]:
    ours, theirs = tuple(_pieces(first, lag)), tuple(_pieces(second, None))
    taken = {piece.part.anchor for piece in ours}
    for one, other in align([piece.part for piece in ours], [piece.part for piece in theirs]):
        left = ours[one] if one is not None else None
        right = theirs[other] if other is not None else None
        yield Pair(
            first=_shown(left, first, linker),
            second=_shown(right, second, linker),
            anchor=left.part.anchor if left else right.part.anchor if right and right.part.anchor not in taken else "",
            change=left.change if left else "",
        )


def _shown(piece: _Piece | None, document: Document, linker: Linker) -> Markup:
    """Give a part as it stands here: its links lead on in its own language, its ids are told apart from those beside it."""
    if piece is None:
        return Markup()
    html = Linker(linker.site, linker.route, document.language).body(document, piece.html)
    named = f"\\g<0>-{document.language.tag}"
    return Markup(_TAG.sub(lambda tag: _NAMED.sub(named, tag[0]), html))  # noqa: S704 (rendered by us)


def _pieces(document: Document, lag: Staleness | None) -> Iterator[_Piece]:
    """Give the parts of a body: the elements that stand in no other, of lists the items."""
    found = list(_parts(document.body.html))
    begins = document.body.begins
    lines = begins if len(begins) == len(found) else (0,) * len(found)
    blocks = document.blocks if lag else ()
    changed = {change.block.line: change.what for change in lag.changes if change.block} if lag else {}
    for number, (node, html) in enumerate(found):
        if node.tag == "hr":
            continue
        end = next((line for line in lines[number + 1 :] if line), inf)
        within = [block.line for block in blocks if block.kind not in _ABOVE and 0 < lines[number] <= block.line < end]
        whats = [changed[line] for line in within if line in changed]
        new = bool(whats) and len(whats) == len(within) and set(whats) == {"added"}
        anchor = node.attributes.get("id") or ""
        part = Part(node.tag or "", anchor if _SHARED.fullmatch(anchor) else "", len(node.text()), new)
        yield _Piece(part, "new" if new else "changed" if whats else "", html)


def _parts(html: str) -> Iterator[tuple[LexborNode, str]]:
    """Give each part of a body with its HTML, an item in a list of its own that keeps its number."""
    body = LexborHTMLParser(f"<main>{html}</main>", is_fragment=True).css_first("main")
    for node in body.iter() if body else ():
        if node.tag not in ("ol", "ul"):
            yield node, node.html or ""
            continue
        stated = {name: value or "" for name, value in node.attributes.items()}
        first = int(stated.get("start", "1"))
        for number, item in enumerate(node.iter(), start=first):
            own = stated | ({"start": str(number)} if node.tag == "ol" and number != 1 else {})
            said = "".join(f' {name}="{escape(value)}"' for name, value in own.items() if name != "id")
            yield item, f"<{node.tag}{said}>{item.html}</{node.tag}>"
