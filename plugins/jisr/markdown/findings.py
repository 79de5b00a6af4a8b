"""What is found in a body while it is read: links, problems, and where elements stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from jisr.core.diagnostics.problems import Problem
from jisr.core.model.body import Reference
from jisr.markdown.inline import link_targets
from jisr.markdown.source_map import Sheet, without_marks

Spot = tuple[int, int]
"""The number of a line and a column of it, both from 0."""

_UNFIT = {
    "script": (
        "script",
        '"{value}" is a link that can run a program in the reader\'s browser. Link a page or a file instead.',
    ),
    "scheme": (
        "link",
        '"{value}" begins with a scheme that pages do not have. Write https://…, mailto:… or tel:…, or the path of a text.',
    ),
    "host": ("link", '"{value}" leads to another host without saying how. Write https: before it.'),
    "web": ("link", '"{value}" names no host. Write a web address whole, as https://example.org/page.'),
    "empty": ("link", "A link has no target. Write one between its parentheses, or take the link out."),
}
_FROM_ELSEWHERE = (
    '"{value}" is loaded from another host, which then knows each reader and may be gone. Put the file beside the text.'
)
_RUNNING = frozenset(["srcdoc", "formaction", "action", "xlink:href"])
_LOADING = frozenset(
    [
        "srcset",
        "ping",
        "background",
        "poster",
        "data",
        "code",
        "archive",
        "codebase",
        "classid",
        "manifest",
        "longdesc",
        "profile",
    ]
)


@dataclass(slots=True)
class Findings:
    """What one body holds."""

    sheet: Sheet
    references: list[Reference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    spots: dict[Element, Spot] = field(default_factory=dict)
    raw: bool = False  # whether HTML was written in the body

    def error(self, spot: Spot, code: str, text: str, **values: object) -> None:
        """Note an error."""
        self.problems.append(Problem.error(self.sheet.place(*spot), code, text, **values))

    def warning(self, spot: Spot, code: str, text: str, **values: object) -> None:
        """Note a warning."""
        self.problems.append(Problem.warning(self.sheet.place(*spot), code, text, **values))

    def point(self, element: Element, name: str, target: str, spot: Spot) -> None:
        """Let a ``href`` or ``src`` lead to a target: a reference, unless it is an address on another host."""
        target = without_marks(target)
        judged = link_targets.verdict(target)
        if judged == "outside":
            if name == "src":
                self.warning(spot, "host", _FROM_ELSEWHERE, value=target)
            element.set(name, "".join(_ENCODED.get(character, character) for character in target.strip()))
        elif judged == "inside":
            element.set(name, f"jisr-ref:{len(self.references)}")
            self.references.append(Reference(target, self.sheet.place(*spot), embedded=name == "src"))
        else:
            code, text = _UNFIT[judged]
            self.error(spot, code, text, value=target)

    def assign(
        self, element: Element, attributes: Mapping[str, str], spot: Spot, spots: Mapping[str, Spot] | None = None
    ) -> None:
        """Give an element attributes that an author wrote, but those that run, load or style."""
        for name, value in attributes.items():
            at = (spots or {}).get(name, spot)
            if name.startswith("on"):
                self.error(at, "script", '"{value}" runs a program in the reader\'s browser. Take it out.', value=name)
            elif name in _RUNNING:
                self.error(at, "script", '"{value}" can run a program in the reader\'s browser. Take it out.', value=name)
            elif name in _LOADING or (name in ("href", "src") and spots is None):
                text = '"{value}" is taken out: what a page loads or links is written as a link or an image.'
                self.warning(at, "html", text, value=name)
            elif name == "style":
                text = '"{value}" is taken out: pages are styled by the theme alone. Use a class, as {{: .name }}.'
                self.warning(at, "html", text, value=name)
            elif name in ("href", "src"):
                self.point(element, name, value, at)
            elif name == "cite" and link_targets.verdict(value) != "outside":
                self.warning(at, "html", '"{value}" is taken out: cite takes a whole web address.', value=value)
            elif name == "class" and element.get("class"):
                element.set(name, f"{element.get('class')} {value}")
            elif name != "markdown":
                element.set(name, without_marks(value))
        if "id" in attributes or "name" in attributes:
            self.spots[element] = (spots or {}).get("id", spot)


_ENCODED = {
    " ": "%20",
    '"': "%22",
    "<": "%3C",
    ">": "%3E",
    "\\": "%5C",
    "^": "%5E",
    "`": "%60",
    "{": "%7B",
    "|": "%7C",
    "}": "%7D",
}
