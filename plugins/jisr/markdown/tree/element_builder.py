"""Builder of a tree of elements, in document order."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from jisr.markdown.findings import MAX_NESTING, NESTING_MESSAGE, Findings, LinePosition

_CLOSED_SILENTLY = frozenset(  # elements whose end tag is optional or often forgotten; nobody means a word by them
    (
        "a abbr b bdi bdo big caption cite colgroup dd del dt em i ins kbd li mark optgroup option p q rb rp rt rtc s "
        "small span strong sub sup tbody td tfoot th thead tr tt u"
    ).split()
)


@dataclass(slots=True)
class _OpenElement:
    element: Element
    raw: bool = False
    position: LinePosition | None = None
    last: Element | None = None
    words: list[str] = field(default_factory=list)

    def flush(self) -> None:
        if not self.words:
            return
        text = "".join(self.words)
        self.words.clear()
        if self.last is None:
            self.element.text = (self.element.text or "") + text
        else:
            self.last.tail = (self.last.tail or "") + text


class ElementBuilder:
    """The open elements of one block or container, the outermost first."""

    def __init__(self, root: Element, findings: Findings) -> None:
        self.findings = findings
        self._frames = [_OpenElement(root)]
        self._skipped: list[bool] = []  # whether each open element of Markdown was left out

    @property
    def current(self) -> Element:
        """The innermost open element."""
        return self._frames[-1].element

    @property
    def last(self) -> Element | None:
        """The last child of the innermost open element, or None where text follows it."""
        frame = self._frames[-1]
        return None if frame.words else frame.last

    @property
    def in_foreign_content(self) -> bool:
        """Whether an ``svg`` or ``math`` element is open, in which tags may be self-closing."""
        return any(frame.element.tag in ("svg", "math") for frame in self._frames if frame.raw)

    def is_within(self, names: frozenset[str]) -> bool:
        """Whether one of the open elements has one of these names."""
        return any(frame.element.tag in names for frame in self._frames)

    def add_text(self, words: str) -> None:
        """Add text."""
        if words:
            self._frames[-1].words.append(words)

    def add(self, element: Element) -> None:
        """Add a complete element."""
        frame = self._frames[-1]
        frame.flush()
        frame.element.append(element)
        frame.last = element

    def open(self, element: Element, position: LinePosition, raw: bool = False) -> None:
        """Open an element; beyond the maximal depth it is left out, and its text stays."""
        fits = len(self._frames) <= MAX_NESTING
        if fits:
            self.add(element)
            self._frames.append(_OpenElement(element, raw, position))
        elif True not in self._skipped:
            self.findings.error(position, "nesting", NESTING_MESSAGE, value=MAX_NESTING)
        if not raw:
            self._skipped.append(not fits)

    def close(self) -> Element | None:
        """Close the innermost element of Markdown, with the raw tags left open in it."""
        if self._skipped.pop():
            return None
        while self._frames[-1].raw:
            self._pop_unclosed()
        frame = self._frames.pop()
        frame.flush()
        return frame.element

    def close_html(self, name: str) -> bool:
        """Close the element of a raw tag and all in it; return False where Markdown's innermost element has none open."""
        for depth in range(len(self._frames) - 1, 0, -1):
            if not self._frames[depth].raw:
                return False
            if self._frames[depth].element.tag == name:
                while len(self._frames) > depth + 1:
                    self._pop_unclosed()
                self._frames.pop().flush()
                return True
        return False

    def close_implied(self, names: set[str]) -> None:
        """Close raw elements with an optional end tag, as long as the innermost one is among these names."""
        while self._frames[-1].raw and self.current.tag in names:
            self._frames.pop().flush()

    def finish(self) -> None:
        """Close all open elements."""
        while self._frames:
            self._pop_unclosed()

    def _pop_unclosed(self) -> None:
        """Close the innermost element without a tag; one that may have been meant as a word is told."""
        frame = self._frames.pop()
        frame.flush()
        if frame.raw and frame.position and frame.element.tag not in _CLOSED_SILENTLY:
            text = '"<{value}>" never closes. Write </{value}> where it ends, or &lt; for its first sign where it is no tag.'
            self.findings.warning(frame.position, "html", text, value=frame.element.tag)
