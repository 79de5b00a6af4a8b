"""How much a browser draws for a drawing (SVG): what is used again counts each time, and so does what that uses.

Measured in Chromium: 10 parts of 10 parts … (10⁵) keep it busy for 11 s, 6,561 masks for 3 s, 20 filters of the slowest kind
for 3 s; a chain of 2,000 parts that use each other stops it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from jisr.core.urls.loading import unescape_css

MOST = 50_000  # parts: they take Chromium some three seconds
DEEPEST = 30  # of parts that use each other
_STEPS, _LEAST_STEPS = 20, 500_000  # of looking, for each part with a name, and besides
_WEIGHTS = MappingProxyType(
    {"feMorphology": 3000}
    | dict.fromkeys(("feTurbulence", "feDiffuseLighting", "feSpecularLighting", "feConvolveMatrix"), 200)
    | dict.fromkeys("feBlend feColorMatrix feComponentTransfer feComposite feDisplacementMap feDropShadow".split(), 20)
    | dict.fromkeys("feFlood feGaussianBlur feImage feMerge feOffset feTile".split(), 20)
    | {"mask": 5}
)
_UNDRAWN = frozenset("defs symbol pattern marker mask clipPath filter linearGradient radialGradient".split())
_GRADIENTS = frozenset(["linearGradient", "radialGradient", "stop"])
_ONCE = frozenset(["mask", "clip-path", "filter"])  # properties that are not inherited by what is inside
_TARGET = re.compile(r"""url\s*\(\s*["']?\s*#([^"')]*)|\b(?:blur|drop-shadow)\s*\(""", re.IGNORECASE)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIMPLE = re.compile(r"(?:^|[\s>+~])([.#]?)([\w-]+)(?:[.#:\[][^\s>+~]*)?\s*$")  # the last part of a selector
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_USING = ("use", "feImage", "pattern")
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_ANIMATIONS = frozenset("animate set animateMotion animateTransform".split())
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")


class _Reference(NamedTuple):
    name: str  # the id of what is used; empty for a filter of CSS
    is_once: bool  # whether it counts once, and not for each part inside
    at_points: bool  # whether it is drawn at each point of a line


def find_excess(root: etree._Element) -> etree._Element | None:
    """Return the element that makes a browser draw too much; None for a drawing as people make them."""
    return _Scale(root).find_excess()


class _ExcessError(Exception):
    """There is too much to draw; its argument is the element that makes it so."""


class _Scale:
    """The weights of the parts of one drawing."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.parts: dict[str, etree._Element] = {}
        for element in root.iter(etree.Element):
            self.parts.setdefault(element.get("id", ""), element)
        self.rules: dict[tuple[str, str] | None, list[_Reference]] = {}
        for selected, references in self._read_rules():
            self.rules.setdefault(selected, []).extend(references)
        self.left = _STEPS * len(self.parts) + _LEAST_STEPS
        self.weights: dict[tuple[etree._Element, bool], int] = {}
        self.open: list[etree._Element] = []

    def find_excess(self) -> etree._Element | None:
        """Return the element that makes the drawing too heavy."""
        total = 0
        try:
            for element in _walk(self.root):
                total += self._references_weight(element)
                if total > MOST:
                    return element
        except _ExcessError as error:
            return error.args[0]
        return None

    def _weigh(self, part: etree._Element, points: bool = False) -> int:
        """Return the weight of a part with all that it uses, or how many points it has. Raises _ExcessError."""
        if part in self.open:
            return 0  # browsers draw no part that uses itself
        if (part, points) not in self.weights:
            if len(self.open) >= DEEPEST:
                raise _ExcessError(part)
            self.open.append(part)
            weight = 0
            for element in _walk(part):
                self._spend_step(element)
                own = _count_points(element) if points else _WEIGHTS.get(local_name(element), 1)
                weight += own + self._references_weight(element)
                if weight > MOST:
                    raise _ExcessError(element)
            self.open.pop()
            self.weights[part, points] = weight
        return self.weights[part, points]

    def _references_weight(self, element: etree._Element) -> int:
        """Return the weight of all that an element uses."""
        weight = 0
        for reference in self._references(element):
            part = self.parts.get(reference.name) if reference.name else None
            if part is not None and local_name(part) not in _GRADIENTS:
                times = 1 if reference.is_once else self._weigh_inside(self._painted(element), reference.at_points)
                weight += times * self._weigh(part)
            elif part is None and not reference.name:
                weight += _WEIGHTS["feGaussianBlur"]
        return weight

    def _weigh_inside(self, element: etree._Element, points: bool) -> int:
        """Return how many parts, or points, an element has, those of what it uses among them: a value is inherited by all."""
        weight = 0
        for inner in _walk(element):
            self._spend_step(inner)
            used = self._used(inner) if local_name(inner) == "use" else None
            weight += _count_points(inner) if points else 1
            weight += self._weigh(used, points) if used is not None else 0
        return weight

    def _painted(self, element: etree._Element) -> etree._Element:
        """Return the element whose parts inherit a value: an animation sets that of another."""
        if local_name(element) not in _ANIMATIONS:
            return element
        target = self._used(element)
        return target if target is not None else element.getparent()

    def _spend_step(self, element: etree._Element) -> None:
        self.left -= 1
        if self.left < 0:
            raise _ExcessError(element)

    def _used(self, element: etree._Element) -> etree._Element | None:
        """Return the part that an element names as its ``href``."""
        name = next((element.get(one, "") for one in _HREF if element.get(one)), "").strip()
        return self.parts.get(unquote(name[1:])) if name.startswith("#") else None

    def _references(self, element: etree._Element) -> Iterator[_Reference]:
        """Return what an element uses: by its link, its attributes, its style, and the styles of the drawing."""
        if local_name(element) in _USING and (used := self._used(element)) is not None:
            yield _Reference(used.get("id", ""), is_once=True, at_points=False)
        for name, value in element.attrib.items():
            declared = value.split(";") if name == "style" else (f"{name}:{value}",)
            for one in declared:
                yield from _read_declaration(one)
        if self.rules:
            classes = ((".", one) for one in element.get("class", "").split())
            for selected in (None, ("", local_name(element)), ("#", element.get("id", "")), *classes):
                yield from self.rules.get(selected, ())

    def _read_rules(self) -> Iterator[tuple[tuple[str, str] | None, list[_Reference]]]:
        """Return what rules of styles use, each with the sign and the name that it selects; None where that may be anything."""
        for sheet in self.root.iter("{*}style"):
            text = _COMMENT.sub("", "".join(sheet.itertext()))
            rest = _RULE.sub("", text) if "\\" not in text else text
            if found := list(_read_declaration(rest)):
                yield None, found
            for selectors, body in _RULE.findall(text) if rest is not text else ():
                if found := [one for line in body.split(";") for one in _read_declaration(line)]:
                    matches = map(_SIMPLE.search, selectors.split(","))
                    yield from ((match and (match[1], match[2]), found) for match in matches)


def _read_declaration(text: str) -> Iterator[_Reference]:
    """Return what the value of a property uses."""
    text = unescape_css(text) if "\\" in text else text
    if "(" in text:
        name = text.partition(":")[0].strip().lower()
        for match in _TARGET.finditer(text):
            yield _Reference(unquote((match[1] or "").strip()), name in _ONCE or not match[1], name.startswith("marker"))


def _walk(part: etree._Element) -> Iterator[etree._Element]:
    """Return a part and what is drawn inside it: not what is only there to be used."""
    waiting = [part]
    while waiting:
        yield (element := waiting.pop())
        waiting += [one for one in element.iterchildren(etree.Element) if local_name(one) not in _UNDRAWN]


def _count_points(element: etree._Element) -> int:
    """Return the points of a line at which something may be drawn."""
    return sum(1 for _ in _NUMBER.finditer(element.get("d") or element.get("points") or "")) // 2 + 1


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(etree.QName(element).localname)
