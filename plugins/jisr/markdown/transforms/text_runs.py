"""The words of a paragraph as one text, whatever elements they stand in, and their way back into elements."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from xml.etree.ElementTree import Element

from jisr.core.bidi.base_direction import base_direction
from jisr.core.frozen import dataclass

PHRASE_TAGS = frozenset("a abbr b big cite del dfn em font i ins label mark q s small span strong sub sup time u".split())
"""Elements that a phrase may begin, end or go on in."""

ATOMIC_TAGS = frozenset(
    "bdi bdo button code data img input kbd meter output picture progress ruby samp svg math var wbr".split()
)
CODE_TAGS = frozenset(("code", "kbd", "samp", "pre"))
PARAGRAPH_BREAK = "\n\n"
_OBJECT_REPLACEMENT = "\ufffc"  # stands where an element does that a phrase may hold

_Wrapper = Callable[[str, bool], tuple[Element, ...]]


@dataclass(frozen=True, slots=True)
class TextRun:
    """Words with the elements around them, the outermost first; or an element that stays whole, and what stands for it."""

    text: str
    ancestors: tuple[Element, ...] = ()
    element: Element | None = None

    @property
    def is_break(self) -> bool:
        """Whether a paragraph ends here."""
        return self.text == PARAGRAPH_BREAK and self.element is not None


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text that get elements of their own, made by ``wrap`` from their words and whether they are in a link."""

    start: int
    end: int
    wrap: _Wrapper


def collect_text_runs(owner: Element, direction: str) -> list[TextRun]:
    """Return what stands directly in an element or in the phrases within it, in order."""
    found: list[TextRun] = []
    _collect(owner, (), direction, found)
    return found


def _collect(element: Element, around: tuple[Element, ...], direction: str, found: list[TextRun]) -> None:
    if element.text:
        found.append(TextRun(element.text, around))
    for child in element:
        if _is_transparent(child):
            _collect(child, (*around, child), direction, found)
        else:
            found.append(TextRun(_placeholder(child, direction), around, child))
        if child.tail:
            found.append(TextRun(child.tail, around))


def split_at_breaks(found: Sequence[TextRun]) -> Iterator[list[TextRun]]:
    """Return the pieces between breaks, each break by itself."""
    for is_break, group in groupby(found, key=lambda piece: piece.is_break):
        if is_break:
            yield from ([piece] for piece in group)
        else:
            yield list(group)


def iter_text(element: Element) -> Iterator[str]:
    """Return the words of an element, without code."""
    if element.tag in CODE_TAGS:
        return
    yield element.text or ""
    for child in element:
        yield from iter_text(child)
        yield child.tail or ""


def wrap_spans(stretch: Sequence[TextRun], spans: Sequence[Span]) -> list[TextRun]:
    """Return a stretch with each span in elements of its own.

    A span that ends inside ``strong`` cuts it in two; a link or what has an id is never cut: there the span is.
    """
    extents = _extents(stretch)
    starts = [span.start for span in spans]
    result: list[TextRun] = []
    for span, group in groupby(_split_at_spans(stretch, spans), key=lambda one: _span_at(spans, starts, one[0])):
        parts = [piece for _, piece in group]
        if span is None:
            result += parts
            continue
        for _, same in groupby(parts, key=lambda piece: _uncuttable_elements(piece, span, extents)):
            result += _wrap_span(span, list(same))
    return result


def replace_content(owner: Element, found: Iterable[TextRun]) -> None:
    """Make an element hold these pieces; an element that was cut is made anew for its second part."""
    owner.text = None
    owner[:] = []
    opened: list[tuple[Element, Element]] = []
    used: set[int] = set()
    for piece in found:
        shared = _common_depth([tuple(frame for frame, _ in opened), piece.ancestors])
        del opened[shared:]
        for frame in piece.ancestors[shared:]:
            shell = Element(frame.tag, {name: value for name, value in frame.items() if name != "id" or id(frame) not in used})
            used.add(id(frame))
            (opened[-1][1] if opened else owner).append(shell)
            opened.append((frame, shell))
        _append_text_run(opened[-1][1] if opened else owner, piece)


def _is_transparent(child: Element) -> bool:
    """Whether a phrase may go on in an element: it says nothing of direction itself, and holds something."""
    stated = child.get("dir") or child.get("lang") is not None or child.get("class") == "footnote-mark"
    return child.tag in PHRASE_TAGS and not stated and (len(child) > 0 or bool(child.text))


def _placeholder(child: Element, direction: str) -> str:
    """Return what stands for an element in the text: nothing of either direction, or a break."""
    if child.tag == "img" or (child.tag not in PHRASE_TAGS and child.tag not in ATOMIC_TAGS):
        return PARAGRAPH_BREAK
    if child.get("class") == "footnote-mark":
        return _OBJECT_REPLACEMENT
    own = "ltr" if child.tag in CODE_TAGS else child.get("dir") or base_direction("".join(iter_text(child)), "ltr")
    return _OBJECT_REPLACEMENT if own != direction else PARAGRAPH_BREAK


def _extents(stretch: Sequence[TextRun]) -> dict[int, tuple[int, int]]:
    """Return where each element around pieces begins and ends in the text."""
    extents: dict[int, tuple[int, int]] = {}
    at = 0
    for piece in stretch:
        end = at + len(piece.text)
        for frame in piece.ancestors:
            extents[id(frame)] = (extents.get(id(frame), (at, at))[0], end)
        at = end
    return extents


def _split_at_spans(stretch: Sequence[TextRun], spans: Sequence[Span]) -> Iterator[tuple[int, TextRun]]:
    """Return the pieces cut at the edges of spans, each with where it begins."""
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    at = 0
    for piece in stretch:
        end = at + len(piece.text)
        inner = edges[bisect_right(edges, at) : bisect_left(edges, end)] if piece.element is None else []
        cuts = [at, *inner, end]
        for begin, finish in pairwise(cuts):
            yield begin, replace(piece, text=piece.text[begin - at : finish - at])
        at = end


def _span_at(spans: Sequence[Span], starts: Sequence[int], at: int) -> Span | None:
    number = bisect_right(starts, at) - 1
    return spans[number] if number >= 0 and at < spans[number].end else None


def _uncuttable_elements(piece: TextRun, span: Span, extents: dict[int, tuple[int, int]]) -> tuple[int, ...]:
    """Return the elements around a piece that the span would cut, and must not."""
    return tuple(
        id(frame)
        for frame in piece.ancestors
        if (frame.tag == "a" or frame.get("id")) and (extents[id(frame)][0] < span.start or span.end < extents[id(frame)][1])
    )


def _wrap_span(span: Span, inside: list[TextRun]) -> Iterator[TextRun]:
    """Return the pieces of a span in elements of its own, as far in as they all go."""
    before, inside, after = _trim_spaces(inside)
    depth = _common_depth([piece.ancestors for piece in inside])
    linked = any(frame.tag == "a" for piece in inside for frame in piece.ancestors)
    frames = span.wrap("".join(piece.text for piece in inside), linked)
    yield from before
    for piece in inside:
        yield replace(piece, ancestors=(*piece.ancestors[:depth], *frames, *piece.ancestors[depth:]))
    yield from after


def _trim_spaces(inside: list[TextRun]) -> tuple[list[TextRun], list[TextRun], list[TextRun]]:
    """Return the spaces before the words of a span, these, and those after: where a link ends a part may begin with one."""
    first, last = inside[0], inside[-1]
    before = first.text[: len(first.text) - len(first.text.lstrip())]
    after = last.text[len(last.text.rstrip()) :]
    if not before and not after:
        return [], inside, []
    inside = [*inside[:-1], replace(last, text=last.text[: len(last.text) - len(after)])]
    inside[0] = replace(inside[0], text=inside[0].text[len(before) :])
    return [replace(first, text=before)] if before else [], inside, [replace(last, text=after)] if after else []


def _common_depth(paths: Sequence[tuple[Element, ...]]) -> int:
    """Return how many elements the paths have in common from the outside."""
    return next(
        (depth for depth, frames in enumerate(zip(*paths, strict=False)) if any(frame is not frames[0] for frame in frames)),
        min(map(len, paths)),
    )


def _append_text_run(place: Element, piece: TextRun) -> None:
    if piece.element is not None:
        piece.element.tail = None
        place.append(piece.element)
    elif len(place):
        place[-1].tail = (place[-1].tail or "") + piece.text
    else:
        place.text = (place.text or "") + piece.text
