"""Isolation of the runs of the other direction in a body, so that they are displayed in their order.

The runs come from ``core/bidi``; this module marks them up as ``bdi`` and ``bdo``
(https://www.w3.org/International/articles/inline-bidi-markup/). Markup by an author is not changed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import partial
from xml.etree.ElementTree import Element

from jisr.core.bidi.base_direction import base_direction
from jisr.core.bidi.marks import add_minimal_marks
from jisr.core.bidi.phone_numbers import find_phone_numbers, phone_uri
from jisr.core.bidi.runs import BidiRun, find_bidi_runs, is_single_direction
from jisr.core.i18n.languages import Direction, Language
from jisr.core.i18n.script_detection import detect_language
from jisr.markdown.transforms.text_runs import (
    CODE_TAGS,
    PARAGRAPH_BREAK,
    Span,
    TextRun,
    collect_text_runs,
    iter_text,
    replace_content,
    split_at_breaks,
    wrap_spans,
)

BLOCK_DIRECTION_TAGS = frozenset(("p", "blockquote"))
"""Blocks that take the other direction as a whole; in others (a heading, an item, a cell) the content is isolated."""

ITEM_TAGS = frozenset(("li", "dd"))
SKIPPED_TAGS = frozenset(("bdi", "bdo", "script", "style", "svg", "math"))
_EXPLICIT_TAGS = SKIPPED_TAGS | CODE_TAGS
TEXT_ATTRIBUTES = ("alt", "title", "aria-label", "summary")


def isolate(root: Element, language: Language) -> None:
    """Set the direction of blocks by the majority of their letters, and isolate the runs of the other direction."""
    has_explicit_markup = any(one.tag in _EXPLICIT_TAGS or one.get("dir") or one.get("lang") is not None for one in root.iter())
    _isolate_element(root, language.direction, not has_explicit_markup)
    for element in root.iter():
        if element.keys():
            for name in TEXT_ATTRIBUTES:
                if words := element.get(name):
                    element.set(name, add_minimal_marks(words, language))


def _isolate_element(element: Element, outer: Direction, plain: bool, in_link: bool = False, in_item: bool = False) -> None:
    """Isolate the runs in an element within text of a direction; phone numbers in a link get no link of their own.

    A ``plain`` body has no explicit direction or language and no code, so that text of a single direction needs no change.
    """
    if (plain and is_single_direction("".join(element.itertext()), outer)) or element.tag in SKIPPED_TAGS:
        return
    if element.tag in CODE_TAGS:
        if element.get("dir") is None:
            element.set("dir", "ltr")
        return
    direction = _element_direction(element, outer, in_item)
    in_link = in_link or element.tag == "a"
    runs = collect_text_runs(element, direction)
    own = direction if element.get("dir") else _content_direction(runs, direction)
    for run in runs:
        if run.element is not None:
            _isolate_element(run.element, direction if run.is_break else own, plain, in_link, element.tag in ITEM_TAGS)
    stretches = [_isolate_runs(stretch, own, in_link) for stretch in split_at_breaks(runs)]
    if own != direction:
        stretches = [_wrap_opposite(stretch, own) for stretch in stretches]
    result = [run for stretch in stretches for run in stretch]
    if any(one is not other for one, other in zip(result, runs, strict=False)) or len(result) != len(runs):
        replace_content(element, result)


def _element_direction(element: Element, outer: Direction, in_item: bool) -> Direction:
    """Return the direction of an element: the author's, or for a block that of the majority of its letters, which it sets."""
    attribute = element.get("dir")
    if attribute in ("ltr", "rtl"):
        return "rtl" if attribute == "rtl" else "ltr"
    sets_direction = element.tag in BLOCK_DIRECTION_TAGS and not in_item
    if not sets_direction and element.get("lang") is None:
        return outer
    words = "".join(iter_text(element))
    own = base_direction(words, outer)
    if own != outer:
        element.set("dir", own)
        if element.get("lang") is None and (tag := detect_language(words)):
            element.set("lang", tag)
    return own


def _content_direction(runs: Sequence[TextRun], direction: Direction) -> Direction:
    """Return the direction of the text directly in an element."""
    texts = (run.text if run.element is None else " ".join(iter_text(run.element)) for run in runs if not run.is_break)
    words = "".join(texts)
    return base_direction(words, direction) if _starts_opposite(words, direction) else direction


def _starts_opposite(words: str, direction: Direction) -> bool:
    """Whether the first strong letter is of the other direction; an item that begins in the page's direction keeps it."""
    kinds = (unicodedata.bidirectional(letter) for letter in words)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "")
    return first not in ({"L", ""} if direction == "ltr" else {"R", "AL", ""})


def _isolate_runs(stretch: list[TextRun], direction: Direction, in_link: bool) -> list[TextRun]:
    """Return a stretch with each of its bidi runs in an element."""
    text = "".join(part.text for part in stretch)
    if text.isspace() or text == PARAGRAPH_BREAK:
        return stretch
    bidi_runs = _find_runs(text, direction)
    if not bidi_runs:
        return stretch
    return wrap_spans(stretch, [Span(run.start, run.end, partial(_run_elements, run, in_link)) for run in bidi_runs])


def _wrap_opposite(stretch: list[TextRun], direction: Direction) -> list[TextRun]:
    """Return a stretch of the other direction in one element."""
    text = "".join(run.text for run in stretch)
    if text.isspace() or stretch[0].is_break:
        return stretch
    tag = detect_language(text)
    wrapper = Element("bdi", {"dir": direction} | ({"lang": tag} if tag else {}))
    return [TextRun(run.text, (wrapper, *run.ancestors), run.element) for run in stretch]


def _find_runs(text: str, direction: Direction) -> list[BidiRun]:
    """Return the runs to isolate, and the phone numbers that need no isolation but get a link."""
    runs = find_bidi_runs(text, direction)
    numbers = (BidiRun(one.start, one.end, "ltr", "phone") for one in find_phone_numbers(text))
    other_numbers = (one for one in numbers if all(one.end <= run.start or run.end <= one.start for run in runs))
    return sorted([*runs, *other_numbers], key=lambda run: run.start)


def _run_elements(run: BidiRun, within_link: bool, words: str, span_in_link: bool) -> tuple[Element, ...]:
    """Return the elements around a run: an isolating one, for a phone number inside a link."""
    inner = Element("bdo" if run.override else "bdi", {"dir": run.direction})
    if (run.direction == "rtl" or run.kind == "words") and (tag := detect_language(words)):
        inner.set("lang", tag)
    address = phone_uri(words) if run.kind == "phone" and not span_in_link and not within_link else None
    return (Element("a", {"href": f"tel:{address}"}), inner) if address else (inner,)
