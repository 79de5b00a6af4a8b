"""The text of a paragraph as runs across inline elements, and the reconstruction of elements from runs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from xml.etree.ElementTree import Element

from jisr.core.bidi.base_direction import base_direction
from jisr.core.frozen import dataclass

PHRASE_TAGS = frozenset("a abbr b big cite del dfn em font i ins label mark q s small span strong sub sup time u".split())
"""Elements in which a phrase may begin, end or continue."""

ATOMIC_TAGS = frozenset(
    "bdi bdo button code data img input kbd meter output picture progress ruby samp svg math var wbr".split()
)
CODE_TAGS = frozenset(("code", "kbd", "samp", "pre"))
PARAGRAPH_BREAK = "\n\n"
_OBJECT_REPLACEMENT = "\ufffc"  # for an element that a phrase may contain

_Wrapper = Callable[[str, bool], tuple[Element, ...]]


@dataclass(frozen=True, slots=True)
class TextRun:
    """A text with its ancestors, the outermost first; or an atomic element, with its placeholder as text."""

    text: str
    ancestors: tuple[Element, ...] = ()
    element: Element | None = None

    @property
    def is_break(self) -> bool:
        """Whether it ends a paragraph."""
        return self.text == PARAGRAPH_BREAK and self.element is not None


@dataclass(frozen=True, slots=True)
class Span:
    """A span of a text to wrap in elements; ``wrap`` returns them, given its text and whether it is in a link."""

    start: int
    end: int
    wrap: _Wrapper


def collect_text_runs(owner: Element, direction: str) -> list[TextRun]:
    """Return the runs of text directly in an element or in phrases within it, in order."""
    runs: list[TextRun] = []
    _collect(owner, (), direction, runs)
    return runs


def _collect(element: Element, ancestors: tuple[Element, ...], direction: str, runs: list[TextRun]) -> None:
    if element.text:
        runs.append(TextRun(element.text, ancestors))
    for child in element:
        if _is_transparent(child):
            _collect(child, (*ancestors, child), direction, runs)
        else:
            runs.append(TextRun(_placeholder(child, direction), ancestors, child))
        if child.tail:
            runs.append(TextRun(child.tail, ancestors))


def split_at_breaks(runs: Sequence[TextRun]) -> Iterator[list[TextRun]]:
    """Return the runs between breaks, and each break alone."""
    for is_break, group in groupby(runs, key=lambda run: run.is_break):
        if is_break:
            yield from ([run] for run in group)
        else:
            yield list(group)


def iter_text(element: Element) -> Iterator[str]:
    """Return the text of an element, without code."""
    if element.tag in CODE_TAGS:
        return
    yield element.text or ""
    for child in element:
        yield from iter_text(child)
        yield child.tail or ""


def wrap_spans(stretch: Sequence[TextRun], spans: Sequence[Span]) -> list[TextRun]:
    """Return a stretch with each span wrapped in its elements.

    A span that ends inside ``strong`` cuts it in two; a link or an element with an id is never cut: the span is.
    """
    extents = _extents(stretch)
    starts = [span.start for span in spans]
    result: list[TextRun] = []
    for span, group in groupby(_split_at_spans(stretch, spans), key=lambda one: _span_at(spans, starts, one[0])):
        parts = [run for _, run in group]
        if span is None:
            result += parts
            continue
        for _, same in groupby(parts, key=lambda run: _uncuttable_elements(run, span, extents)):
            result += _wrap_span(span, list(same))
    return result


def replace_content(owner: Element, runs: Iterable[TextRun]) -> None:
    """Replace the content of an element by runs; an element that was cut is copied for its second part."""
    owner.text = None
    owner[:] = []
    open_shells: list[tuple[Element, Element]] = []
    used_ids: set[int] = set()
    for run in runs:
        shared = _common_depth([tuple(element for element, _ in open_shells), run.ancestors])
        del open_shells[shared:]
        for element in run.ancestors[shared:]:
            is_copy = id(element) in used_ids
            shell = Element(element.tag, {name: value for name, value in element.items() if name != "id" or not is_copy})
            used_ids.add(id(element))
            (open_shells[-1][1] if open_shells else owner).append(shell)
            open_shells.append((element, shell))
        _append_text_run(open_shells[-1][1] if open_shells else owner, run)


def _is_transparent(child: Element) -> bool:
    """Whether a phrase may continue in an element: it has no explicit direction or language, and is not empty."""
    has_direction = child.get("dir") or child.get("lang") is not None or child.get("class") == "footnote-mark"
    return child.tag in PHRASE_TAGS and not has_direction and (len(child) > 0 or bool(child.text))


def _placeholder(child: Element, direction: str) -> str:
    """Return the placeholder of an element in the text: a neutral character, or a break."""
    if child.tag == "img" or (child.tag not in PHRASE_TAGS and child.tag not in ATOMIC_TAGS):
        return PARAGRAPH_BREAK
    if child.get("class") == "footnote-mark":
        return _OBJECT_REPLACEMENT
    own = "ltr" if child.tag in CODE_TAGS else child.get("dir") or base_direction("".join(iter_text(child)), "ltr")
    return _OBJECT_REPLACEMENT if own != direction else PARAGRAPH_BREAK


def _extents(stretch: Sequence[TextRun]) -> dict[int, tuple[int, int]]:
    """Return the start and end in the text of each ancestor of runs."""
    extents: dict[int, tuple[int, int]] = {}
    at = 0
    for run in stretch:
        end = at + len(run.text)
        for element in run.ancestors:
            extents[id(element)] = (extents.get(id(element), (at, at))[0], end)
        at = end
    return extents


def _split_at_spans(stretch: Sequence[TextRun], spans: Sequence[Span]) -> Iterator[tuple[int, TextRun]]:
    """Return the runs cut at the edges of spans, each with its start."""
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    at = 0
    for run in stretch:
        end = at + len(run.text)
        inner = edges[bisect_right(edges, at) : bisect_left(edges, end)] if run.element is None else []
        cuts = [at, *inner, end]
        for begin, finish in pairwise(cuts):
            yield begin, replace(run, text=run.text[begin - at : finish - at])
        at = end


def _span_at(spans: Sequence[Span], starts: Sequence[int], at: int) -> Span | None:
    number = bisect_right(starts, at) - 1
    return spans[number] if number >= 0 and at < spans[number].end else None


def _uncuttable_elements(run: TextRun, span: Span, extents: dict[int, tuple[int, int]]) -> tuple[int, ...]:
    """Return the ancestors of a run that the span would cut and must not."""
    uncuttable = (id(element) for element in run.ancestors if element.tag == "a" or element.get("id"))
    return tuple(one for one in uncuttable if extents[one][0] < span.start or span.end < extents[one][1])


def _wrap_span(span: Span, inside: list[TextRun]) -> Iterator[TextRun]:
    """Return the runs of a span wrapped in its elements, inside all their common ancestors."""
    before, inside, after = _trim_spaces(inside)
    depth = _common_depth([run.ancestors for run in inside])
    in_link = any(element.tag == "a" for run in inside for element in run.ancestors)
    frames = span.wrap("".join(run.text for run in inside), in_link)
    yield from before
    for run in inside:
        yield replace(run, ancestors=(*run.ancestors[:depth], *frames, *run.ancestors[depth:]))
    yield from after


def _trim_spaces(inside: list[TextRun]) -> tuple[list[TextRun], list[TextRun], list[TextRun]]:
    """Return the spaces before a span, the span, and the spaces after it: next to a link a part may begin with a space."""
    first, last = inside[0], inside[-1]
    before = first.text[: len(first.text) - len(first.text.lstrip())]
    after = last.text[len(last.text.rstrip()) :]
    if not before and not after:
        return [], inside, []
    inside = [*inside[:-1], replace(last, text=last.text[: len(last.text) - len(after)])]
    inside[0] = replace(inside[0], text=inside[0].text[len(before) :])
    return [replace(first, text=before)] if before else [], inside, [replace(last, text=after)] if after else []


def _common_depth(paths: Sequence[tuple[Element, ...]]) -> int:
    """Return the number of outer elements that paths have in common."""
    for depth, elements in enumerate(zip(*paths, strict=False)):
        if any(element is not elements[0] for element in elements):
            return depth
    return min(map(len, paths))


def _append_text_run(parent: Element, run: TextRun) -> None:
    if run.element is not None:
        run.element.tail = None
        parent.append(run.element)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + run.text
    else:
        parent.text = (parent.text or "") + run.text
