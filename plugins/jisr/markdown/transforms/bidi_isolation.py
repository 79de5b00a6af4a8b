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
from jisr.core.bidi.marks import titled
from jisr.core.bidi.phone_numbers import phone_uri, phones
from jisr.core.bidi.runs import Run, one_sided, runs
from jisr.core.i18n.languages import Direction, Language
from jisr.core.i18n.script_detection import tongue
from jisr.markdown.transforms.text_runs import BREAK, CODE, Piece, Span, pieces, put_back, stretches, words_in, wrapped

TURNED = frozenset(("p", "blockquote"))
"""Blocks that turn as a whole; the words of any other (a heading, an item, a cell) turn at the edge where all begins."""

ITEMS = frozenset(("li", "dd"))
LEFT_ALONE = frozenset(("bdi", "bdo", "script", "style", "svg", "math"))
_KEPT = LEFT_ALONE | CODE
SAID = ("alt", "title", "aria-label", "summary")


def isolate(root: Element, language: Language) -> None:
    """Give every block its direction by the majority of its letters, and isolate the runs that go against it."""
    stated = any(one.tag in _KEPT or one.get("dir") or one.get("lang") is not None for one in root.iter())
    _walk(root, language.direction, not stated)
    for element in root.iter():
        if element.keys():
            for name in SAID:
                if words := element.get(name):
                    element.set(name, titled(words, language))


def _walk(element: Element, around: Direction, plain: bool, linked: bool = False, item: bool = False) -> None:
    """Go through an element in text of a direction; links are not made inside links, paragraphs of an item keep its edge.

    In a ``plain`` body nothing says its direction or language, and nothing is code: words of one side stay as they are.
    """
    if (plain and one_sided("".join(element.itertext()), around)) or element.tag in LEFT_ALONE:
        return
    if element.tag in CODE:
        if element.get("dir") is None:
            element.set("dir", "ltr")
        return
    direction = _direction(element, around, item)
    linked = linked or element.tag == "a"
    found = pieces(element, direction)
    own = direction if element.get("dir") else _majority(found, direction)
    for piece in found:
        if piece.element is not None:
            _walk(piece.element, direction if piece.is_break else own, plain, linked, element.tag in ITEMS)
    changed = [_isolated(stretch, own, linked) for stretch in stretches(found)]
    if own != direction:
        changed = [_turned(stretch, own) for stretch in changed]
    result = [piece for stretch in changed for piece in stretch]
    if any(one is not other for one, other in zip(result, found, strict=False)) or len(result) != len(found):
        put_back(element, result)


def _direction(element: Element, around: Direction, item: bool) -> Direction:
    """Give the direction of an element: the author's, else, where a block turns, that of most of its letters."""
    stated = element.get("dir")
    if stated in ("ltr", "rtl"):
        return "rtl" if stated == "rtl" else "ltr"
    turns = element.tag in TURNED and not item
    if not turns and element.get("lang") is None:
        return around
    words = "".join(words_in(element))
    own = base_direction(words, around)
    if own != around:
        element.set("dir", own)
        if element.get("lang") is None and (tag := tongue(words)):
            element.set("lang", tag)
    return own


def _majority(found: Sequence[Piece], direction: Direction) -> Direction:
    """Give the direction of the words that stand in an element itself."""
    said = (
        piece.words if piece.element is None else " ".join(words_in(piece.element)) for piece in found if not piece.is_break
    )
    words = "".join(said)
    return base_direction(words, direction) if _begins_otherwise(words, direction) else direction


def _begins_otherwise(words: str, direction: Direction) -> bool:
    """Whether the first strong letter is of the other direction: an item that begins in the page's language is in it."""
    kinds = (unicodedata.bidirectional(letter) for letter in words)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "")
    return first not in ({"L", ""} if direction == "ltr" else {"R", "AL", ""})


def _isolated(stretch: list[Piece], direction: Direction, linked: bool) -> list[Piece]:
    """Give a stretch with each of its runs in an element of its own."""
    text = "".join(piece.words for piece in stretch)
    if text.isspace() or text == BREAK:
        return stretch
    found = _found(text, direction)
    if not found:
        return stretch
    return wrapped(stretch, [Span(run.start, run.end, partial(_frames, run, linked)) for run in found])


def _turned(stretch: list[Piece], direction: Direction) -> list[Piece]:
    """Give a stretch of the other direction as one phrase of its language."""
    text = "".join(piece.words for piece in stretch)
    if text.isspace() or stretch[0].is_break:
        return stretch
    tag = tongue(text)
    frame = Element("bdi", {"dir": direction} | ({"lang": tag} if tag else {}))
    return [Piece(piece.words, (frame, *piece.around), piece.element) for piece in stretch]


def _found(text: str, direction: Direction) -> list[Run]:
    """Give what is isolated, and the phone numbers that need no isolation but can be called."""
    isolated = runs(text, direction)
    numbers = (Run(one.start, one.end, "ltr", "phone") for one in phones(text))
    alone = (one for one in numbers if all(one.end <= run.start or run.end <= one.start for run in isolated))
    return sorted([*isolated, *alone], key=lambda run: run.start)


def _frames(run: Run, within_link: bool, words: str, linked: bool) -> tuple[Element, ...]:
    """Give the elements around a run: one that isolates it, in a link where it can be called."""
    inner = Element("bdo" if run.override else "bdi", {"dir": run.direction})
    if (run.direction == "rtl" or run.kind == "words") and (tag := tongue(words)):
        inner.set("lang", tag)
    address = phone_uri(words) if run.kind == "phone" and not linked and not within_link else None
    return (Element("a", {"href": f"tel:{address}"}), inner) if address else (inner,)
