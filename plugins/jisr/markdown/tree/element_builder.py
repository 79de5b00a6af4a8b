"""A tree of elements that grows in the order of its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from jisr.markdown.findings import Findings, LinePosition

MAX_NESTING = 100

_TOO_DEEP = "What begins here stands in more than {value} others, which no page can show. Write it with fewer levels."


@dataclass(slots=True)
class _OpenElement:
    element: Element
    raw: bool = False
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
        self._skipped: list[bool] = []  # of each open, not raw element beyond the outermost: whether it was left out

    @property
    def current(self) -> Element:
        """The innermost open element."""
        return self._frames[-1].element

    @property
    def last(self) -> Element | None:
        """What was added last to the innermost open element, where no words came after it."""
        frame = self._frames[-1]
        return None if frame.words else frame.last

    @property
    def in_foreign_content(self) -> bool:
        """Whether a drawing or formula is open, in which tags may close themselves."""
        return any(frame.element.tag in ("svg", "math") for frame in self._frames if frame.raw)

    def add_text(self, words: str) -> None:
        """Add words."""
        if words:
            self._frames[-1].words.append(words)

    def add(self, element: Element) -> None:
        """Add an element that is complete."""
        frame = self._frames[-1]
        frame.flush()
        frame.element.append(element)
        frame.last = element

    def open(self, element: Element, spot: LinePosition, raw: bool = False) -> None:
        """Add an element that goes on; beyond the depth that a page can show it is left out, its text stays."""
        fits = len(self._frames) <= MAX_NESTING
        if fits:
            self.add(element)
            self._frames.append(_OpenElement(element, raw))
        elif True not in self._skipped:
            self.findings.error(spot, "nesting", _TOO_DEEP, value=MAX_NESTING)
        if not raw:
            self._skipped.append(not fits)

    def close(self) -> Element | None:
        """End the innermost element that Markdown began, with the tags left open in it."""
        if self._skipped.pop():
            return None
        while self._frames[-1].raw:
            self._frames.pop().flush()
        frame = self._frames.pop()
        frame.flush()
        return frame.element

    def close_html(self, name: str) -> bool:
        """End the element of a tag and all in it; give False where none is open within what Markdown began."""
        for depth in range(len(self._frames) - 1, 0, -1):
            if not self._frames[depth].raw:
                return False
            if self._frames[depth].element.tag == name:
                while len(self._frames) > depth:
                    self._frames.pop().flush()
                return True
        return False

    def close_implied(self, names: set[str]) -> None:
        """End elements of tags whose end tag may be left out, as long as the innermost is one of these."""
        while self._frames[-1].raw and self.current.tag in names:
            self._frames.pop().flush()

    def finish(self) -> None:
        """End all that is open."""
        while self._frames:
            self._frames.pop().flush()
