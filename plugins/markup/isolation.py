"""Runs of the other direction inside a body become elements of their own, so that they are read in their order.

Which runs those are is decided in ``core``; here they are written as ``bdi`` and ``bdo``
(https://www.w3.org/International/articles/inline-bidi-markup/). What an author marked stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from plugins.core.languages import Direction, Language
from plugins.core.phones import phone_uri, phones
from plugins.core.runs import Run, base_direction, runs

BLOCKS = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "caption", "figcaption", "summary"))
LEFT_ALONE = frozenset(("pre", "bdi", "bdo", "script", "style", "svg", "math"))
_SORANI = frozenset("ێۆڕڵە")


def isolate(root: Element, language: Language) -> None:
    """Give every block its direction by the majority of its letters, and isolate the runs that go against it."""
    _walk(root, language.direction, language, linked=False)


def _walk(element: Element, direction: Direction, language: Language, linked: bool) -> None:
    """Go through an element whose text stands in ``direction``; links are not made inside links."""
    if element.tag in LEFT_ALONE:
        if element.tag == "pre":
            element.set("dir", "ltr")
        return
    direction = _direction(element, direction, language)
    linked = linked or element.tag == "a"
    children = list(element)
    if element.tag == "code":
        _code(element)
        children = []
    for child in children:
        _walk(child, direction, language, linked)
    if element.tag != "code":
        _split(element, children, direction, linked)


def _direction(element: Element, direction: Direction, language: Language) -> Direction:
    """Give the direction of an element: the author's, else, for a block, that of most of its letters."""
    stated = element.get("dir")
    if stated in ("ltr", "rtl"):
        return "rtl" if stated == "rtl" else "ltr"
    if element.tag not in BLOCKS or any(
        child.tag in BLOCKS or child.tag in ("ul", "ol") for child in element.iter() if child is not element
    ):
        return direction
    own = base_direction("".join(_words(element)), direction)
    if own != direction:
        element.set("dir", own)
        if element.get("lang") is None and (tag := _tag_of("".join(_words(element)), own, language)):
            element.set("lang", tag)
    return own


def _words(element: Element) -> Iterator[str]:
    """Give the words of an element, without code."""
    if element.tag in ("code", "pre"):
        return
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""


def _code(element: Element) -> None:
    """Code is read from left to right wherever it stands."""
    if element.get("dir") is None:
        element.set("dir", "ltr")


def _tag_of(text: str, direction: Direction, language: Language) -> str:
    """Give the language of a run where its letters tell it: Sorani has letters that Arabic doesn't."""
    if direction == "ltr" or language.direction == "rtl":
        return ""
    return "ckb" if not _SORANI.isdisjoint(text) else "ar"


def _split(element: Element, children: list[Element], direction: Direction, linked: bool) -> None:
    """Put each run in the texts of an element into an element of its own."""
    pieces = _pieces(element.text or "", direction, linked)
    element.text, new = pieces[0], list(pieces[1])
    for child in children:
        tail, more = _pieces(child.tail or "", direction, linked)
        child.tail = tail
        new += [child, *more]
    element[:] = new


def _pieces(text: str, direction: Direction, linked: bool) -> tuple[str, list[Element]]:
    """Give the words before the first run, and an element for each run with the words behind it as its tail."""
    found = _found(text, direction) if not text.isspace() else []
    if not found:
        return text, []
    elements = []
    for number, run in enumerate(found):
        end = found[number + 1].start if number + 1 < len(found) else len(text)
        element = _element(text[run.start : run.end], run, linked)
        element.tail = text[run.end : end]
        elements.append(element)
    return text[: found[0].start], elements


def _found(text: str, direction: Direction) -> list[Run]:
    """Give what is isolated, and the phone numbers that need no isolation but can be called."""
    isolated = runs(text, direction)
    numbers = (Run(one.start, one.end, "ltr", "phone") for one in phones(text))
    alone = (one for one in numbers if all(one.end <= run.start or run.end <= one.start for run in isolated))
    return sorted([*isolated, *alone], key=lambda run: run.start)


def _element(words: str, run: Run, linked: bool) -> Element:
    inner = Element("bdo" if run.override else "bdi", {"dir": run.direction})
    inner.text = words
    if run.direction == "rtl":
        inner.set("lang", "ckb" if not _SORANI.isdisjoint(words) else "ar")
    address = phone_uri(words) if run.kind == "phone" and not linked else None
    if address is None:
        return inner
    link = Element("a", {"href": f"tel:{address}"})
    link.append(inner)
    return link
