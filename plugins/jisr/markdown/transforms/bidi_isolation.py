"""Runs of the other direction inside a body become elements of their own, so that they are read in their order.

Which runs those are is decided in ``core``; here they are written as ``bdi`` and ``bdo``
(https://www.w3.org/International/articles/inline-bidi-markup/). What an author marked stays as it is.
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
"""Blocks that turn as a whole; the words of any other (a heading, an item, a cell) turn at the edge where all begins."""

ITEM_TAGS = frozenset(("li", "dd"))
SKIPPED_TAGS = frozenset(("bdi", "bdo", "script", "style", "svg", "math"))
_EXPLICIT_TAGS = SKIPPED_TAGS | CODE_TAGS
TEXT_ATTRIBUTES = ("alt", "title", "aria-label", "summary")


def isolate(root: Element, language: Language) -> None:
    """Return every block its direction by the majority of its letters, and isolate the runs that go against it."""
    stated = any(one.tag in _EXPLICIT_TAGS or one.get("dir") or one.get("lang") is not None for one in root.iter())
    _isolate_element(root, language.direction, not stated)
    for element in root.iter():
        if element.keys():
            for name in TEXT_ATTRIBUTES:
                if words := element.get(name):
                    element.set(name, add_minimal_marks(words, language))


def _isolate_element(element: Element, around: Direction, plain: bool, linked: bool = False, item: bool = False) -> None:
    """Go through an element in text of a direction; links are not made inside links, paragraphs of an item keep its edge.

    In a ``plain`` body nothing says its direction or language, and nothing is code: words of one side stay as they are.
    """
    if (plain and is_single_direction("".join(element.itertext()), around)) or element.tag in SKIPPED_TAGS:
        return
    if element.tag in CODE_TAGS:
        if element.get("dir") is None:
            element.set("dir", "ltr")
        return
    direction = _element_direction(element, around, item)
    linked = linked or element.tag == "a"
    found = collect_text_runs(element, direction)
    own = direction if element.get("dir") else _content_direction(found, direction)
    for piece in found:
        if piece.element is not None:
            _isolate_element(piece.element, direction if piece.is_break else own, plain, linked, element.tag in ITEM_TAGS)
    changed = [_isolate_runs(stretch, own, linked) for stretch in split_at_breaks(found)]
    if own != direction:
        changed = [_wrap_opposite(stretch, own) for stretch in changed]
    result = [piece for stretch in changed for piece in stretch]
    if any(one is not other for one, other in zip(result, found, strict=False)) or len(result) != len(found):
        replace_content(element, result)


def _element_direction(element: Element, around: Direction, item: bool) -> Direction:
    """Return the direction of an element: the author's, else, where a block turns, that of most of its letters."""
    stated = element.get("dir")
    if stated in ("ltr", "rtl"):
        return "rtl" if stated == "rtl" else "ltr"
    turns = element.tag in BLOCK_DIRECTION_TAGS and not item
    if not turns and element.get("lang") is None:
        return around
    words = "".join(iter_text(element))
    own = base_direction(words, around)
    if own != around:
        element.set("dir", own)
        if element.get("lang") is None and (tag := detect_language(words)):
            element.set("lang", tag)
    return own


def _content_direction(found: Sequence[TextRun], direction: Direction) -> Direction:
    """Return the direction of the words that stand in an element itself."""
    said = (
        piece.text if piece.element is None else " ".join(iter_text(piece.element)) for piece in found if not piece.is_break
    )
    words = "".join(said)
    return base_direction(words, direction) if _starts_opposite(words, direction) else direction


def _starts_opposite(words: str, direction: Direction) -> bool:
    """Whether the first strong letter is of the other direction: an item that begins in the page's language is in it."""
    kinds = (unicodedata.bidirectional(letter) for letter in words)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "")
    return first not in ({"L", ""} if direction == "ltr" else {"R", "AL", ""})


def _isolate_runs(stretch: list[TextRun], direction: Direction, linked: bool) -> list[TextRun]:
    """Return a stretch with each of its runs in an element of its own."""
    text = "".join(piece.text for piece in stretch)
    if text.isspace() or text == PARAGRAPH_BREAK:
        return stretch
    found = _find_runs(text, direction)
    if not found:
        return stretch
    return wrap_spans(stretch, [Span(run.start, run.end, partial(_run_elements, run, linked)) for run in found])


def _wrap_opposite(stretch: list[TextRun], direction: Direction) -> list[TextRun]:
    """Return a stretch of the other direction as one phrase of its language."""
    text = "".join(piece.text for piece in stretch)
    if text.isspace() or stretch[0].is_break:
        return stretch
    tag = detect_language(text)
    frame = Element("bdi", {"dir": direction} | ({"lang": tag} if tag else {}))
    return [TextRun(piece.text, (frame, *piece.ancestors), piece.element) for piece in stretch]


def _find_runs(text: str, direction: Direction) -> list[BidiRun]:
    """Return what is isolated, and the phone numbers that need no isolation but can be called."""
    isolated = find_bidi_runs(text, direction)
    numbers = (BidiRun(one.start, one.end, "ltr", "phone") for one in find_phone_numbers(text))
    alone = (one for one in numbers if all(one.end <= run.start or run.end <= one.start for run in isolated))
    return sorted([*isolated, *alone], key=lambda run: run.start)


def _run_elements(run: BidiRun, within_link: bool, words: str, linked: bool) -> tuple[Element, ...]:
    """Return the elements around a run: one that isolates it, in a link where it can be called."""
    inner = Element("bdo" if run.override else "bdi", {"dir": run.direction})
    if (run.direction == "rtl" or run.kind == "words") and (tag := detect_language(words)):
        inner.set("lang", tag)
    address = phone_uri(words) if run.kind == "phone" and not linked and not within_link else None
    return (Element("a", {"href": f"tel:{address}"}), inner) if address else (inner,)
