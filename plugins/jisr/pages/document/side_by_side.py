"""Two versions of a text side by side, part by part, each in its own direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from math import inf

from markupsafe import Markup, escape
from selectolax.lexbor import LexborHTMLParser, LexborNode

from jisr.core.build.page_hooks import Breadcrumb
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.body import Body
from jisr.core.model.document import Document, LocalizedText, TranslationSet
from jisr.core.translation.alignment import BodyPart, align
from jisr.core.translation.staleness import Staleness, compute_staleness
from jisr.core.urls import paths
from jisr.pages.document.text_page import translation_lag
from jisr.pages.layout import LayoutInputs, breadcrumbs, page_fields
from jisr.pages.links import Linker
from jisr.pages.views.component_views import AlignedPair, SideBySideText
from jisr.pages.views.page_views import SideBySideView

_SHARED_ANCHOR = re.compile(r"[rp]\d+(?:-\d+)?")
_START_TAG = re.compile(r'<[a-z](?:[^<>"]|"[^"]*")*>')
_ANCHOR_VALUE = re.compile(r'(?<=\s)(?:id="|href="#)[^"]+')
_FIELD_KINDS = ("title", "summary")
_KEPT_BODIES = 16  # those of a text, whose pages follow each other


@dataclass(frozen=True, slots=True)
class _PartView:
    """A part of a version, its change since it was translated, and its HTML with the list that it belongs to."""

    part: BodyPart
    change: str
    html: str


def side_by_side_view(document: Document, language: Language, linker: Linker, inputs: LayoutInputs) -> SideBySideView:
    """Return the page of a version side by side with that in another language. The source of a translation comes first."""
    texts = linker.site.sets[document.key]
    other = linker.site.version(*document.key, language.tag)
    first, second = (other, document) if _is_translation_of(document, other, texts) else (document, other)
    steps = _breadcrumbs(document, linker, inputs)
    is_source = second.translation is not None and second.translation.of == first.language.tag
    return SideBySideView(
        **page_fields(linker, document.title, inputs, steps),
        kind=document.kind,
        title=document.title,
        first=_side_by_side_text(first, texts, linker),
        second=_side_by_side_text(second, texts, linker),
        pairs=tuple(_align_pairs(first, second, compute_staleness(second, texts) if is_source else None, linker)),
        beside=tuple(link for link in linker.side_by_side_links(document) if link.language != language),
        lag=translation_lag(second, linker) if is_source else None,
    )


def _is_translation_of(document: Document, other: Document, texts: TranslationSet) -> bool:
    """Whether a version was made from another, or that is the original."""
    translation = document.translation
    return translation is not None and other.language.tag in (translation.of, texts.origin)


def _breadcrumbs(document: Document, linker: Linker, inputs: LayoutInputs) -> tuple[Breadcrumb, ...]:
    own = paths.text(document.language.tag, *document.key)
    *above, last = breadcrumbs(linker, inputs, document.kind, last=inputs.label("beside", document.language))
    return (*above, Breadcrumb(LocalizedText(document.title, document.language), own), last)


def _side_by_side_text(document: Document, texts: TranslationSet, linker: Linker) -> SideBySideText:
    words = LocalizedText(document.title, document.language)
    return SideBySideText(words, linker.text_url(document), document.language.tag == texts.origin)


def _align_pairs(first: Document, second: Document, lag: Staleness | None, linker: Linker) -> Iterator[AlignedPair]:
    bodies = linker.site.bodies
    left_parts = tuple(_part_views(first, bodies[first.path], lag))
    right_parts = tuple(_part_views(second, bodies[second.path], None))
    anchors = {view.part.anchor for view in left_parts}
    own_linkers = [Linker(linker.site, linker.route, one.language, linker.messages) for one in (first, second)]
    for left_number, right_number in align([view.part for view in left_parts], [view.part for view in right_parts]):
        left = left_parts[left_number] if left_number is not None else None
        right = right_parts[right_number] if right_number is not None else None
        right_anchor = right.part.anchor if right and right.part.anchor not in anchors else ""
        yield AlignedPair(
            first=_render_part(left, first, own_linkers[0]),
            second=_render_part(right, second, own_linkers[1]),
            anchor=left.part.anchor if left else right_anchor,
            change=left.change if left else "",
        )


def _render_part(piece: _PartView | None, document: Document, linker: Linker) -> Markup:
    """Return a part as HTML for this page: its links stay in its language, its ids differ from those of its counterpart."""
    if piece is None:
        return Markup()
    html = linker.render_body(document, piece.html)
    if ' id="' not in html and ' href="#' not in html:
        return html
    end = f"-{document.language.tag}"

    def add_end(tag: re.Match[str]) -> str:
        return _ANCHOR_VALUE.sub(lambda value: value[0] + end, tag[0]) if "id=" in tag[0] or "#" in tag[0] else tag[0]

    return Markup(_START_TAG.sub(add_end, html))  # noqa: S704 (rendered by us)


def _part_views(document: Document, body: Body, lag: Staleness | None) -> Iterator[_PartView]:
    """Return the parts of a body: the elements of the first level, of lists the items."""
    parts = _split_body(body.html)
    begins = body.part_lines
    lines = begins if len(begins) == len(parts) else (0,) * len(parts)
    changed = {change.block.line: change.change_type for change in lag.changes if change.block} if lag else {}
    blocks = document.blocks if changed else ()
    for number, (part, html) in enumerate(parts):
        if part.kind == "hr":
            continue
        if not blocks:
            yield _PartView(part, "", html)
            continue
        end = next((line for line in lines[number + 1 :] if line), inf)
        within = [block.line for block in blocks if block.kind not in _FIELD_KINDS and 0 < lines[number] <= block.line < end]
        changes = [changed[line] for line in within if line in changed]
        new = bool(changes) and len(changes) == len(within) and set(changes) == {"added"}
        yield _PartView(replace(part, is_new=new), "new" if new else "changed" if changes else "", html)


@lru_cache(_KEPT_BODIES)
def _split_body(html: str) -> tuple[tuple[BodyPart, str], ...]:
    """Return each part of a body with its HTML, which several pages show beside other versions."""
    return tuple((_build_part(node), words) for node, words in _list_parts(html))


def _build_part(node: LexborNode) -> BodyPart:
    anchor = node.attributes.get("id") or ""
    return BodyPart(node.tag or "", anchor if _SHARED_ANCHOR.fullmatch(anchor) else "", len(node.text()))


def _list_parts(html: str) -> Iterator[tuple[LexborNode, str]]:
    """Return the elements of a body with their HTML; of a list its items, each in a list of its own that keeps its number."""
    body = LexborHTMLParser(f"<main>{html}</main>", is_fragment=True).css_first("main")
    for node in body.iter() if body else ():
        if node.tag not in ("ol", "ul"):
            yield node, node.html or ""
            continue
        attributes = {name: value or "" for name, value in node.attributes.items()}
        number = int(attributes.get("start", "1")) - 1
        for item in node.iter():
            number = int(item.attributes.get("value") or number + 1)
            own = attributes | ({"start": str(number)} if node.tag == "ol" and number != 1 else {})
            rest = "".join(f' {name}="{escape(value)}"' for name, value in own.items() if name != "id")
            yield item, f"<{node.tag}{rest}>{item.html}</{node.tag}>"
