"""Findings of the parsing of a body: references, problems, and the places of elements."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from jisr.core.bidi.control_characters import INVISIBLE_IN_ADDRESS, INVISIBLE_MESSAGE
from jisr.core.diagnostics.problems import Problem
from jisr.core.i18n.language_names import find_language_tag
from jisr.core.model.body import BodyReference
from jisr.core.urls.loading import loads_from_elsewhere
from jisr.core.urls.outside_addresses import outside_address
from jisr.markdown.inline import link_targets
from jisr.markdown.inline.element_names import is_presentation, is_valueless
from jisr.markdown.source_map import SourceMap, strip_marks

LinePosition = tuple[int, int]
"""Line number and column, both from 0."""

MAX_NESTING = 100
"""The depth of containers and elements that a page can show."""

NESTING_MESSAGE = "What begins here stands in more than {value} others, which no page can show. Write it with fewer levels."

_BAD_LINK_MESSAGES = {
    "script": ("script", '"{value}" is a link that can run a program in the reader\'s browser. Link a page or a file instead.'),
    "scheme": (
        "link",
        '"{value}" begins with a scheme that pages do not have. Write https://…, mailto:… or tel:…, or the path of a text.',
    ),
    "local": (
        "link",
        '"{value}" is a file of one computer, which readers do not have. Put it beside the text, and write its name.',
    ),
    "host": ("link", '"{value}" leads to another host without saying how. Write https: before it.'),
    "web": ("link", '"{value}" names no host. Write a web address whole, as https://example.org/page.'),
    "empty": ("link", "A link has no target. Write one between its parentheses, or take the link out."),
}
_EXTERNAL_MEDIA_MESSAGE = (
    '"{value}" is loaded from another host, which then knows each reader and may be gone. Put the file beside the text.'
)
_URL_ESCAPES = {ord(character): f"%{ord(character):02X}" for character in ' "<>\\^`{|}'}
_DIRECTIONS = ("ltr", "rtl", "auto")
_LANGUAGE_TAG = re.compile(r"(?:[a-z]{2,3}|x)(?:-[a-z0-9]{1,8})*")  # in small letters; BCP 47 as far as a page needs it
_LINKS = ("a", "area")
_SCRIPT_ATTRIBUTES = frozenset(["srcdoc", "formaction", "action", "xlink:href"])
_LOADING_ATTRIBUTES = frozenset(
    (
        "srcset imagesrcset lowsrc dynsrc ping background poster data code archive codebase classid manifest longdesc profile"
    ).split()
)
_PAINT_ATTRIBUTES = frozenset(  # of SVG, which may load what they name
    "fill stroke mask filter clip-path cursor marker marker-start marker-mid marker-end color-profile".split()
)
_USELESS_ATTRIBUTES = frozenset(  # of what readers type into, what takes the place of other parts of a page, or tells of them
    (
        "contenteditable autofocus accesskey popover popovertarget popovertargetaction command commandfor form formtarget "
        "formmethod formenctype is slot part exportparts nonce shadowrootmode attributionsrc attributionsourceid "
        "browsingtopics sharedstoragewritable referrerpolicy"
    ).split()
)
_CLASSES_OF_THE_THEME = frozenset(["skip", "unseen"])  # which take a part out of its place, or out of sight
_HANDLER_MESSAGE = '"{value}" runs a program in the reader\'s browser. Take it out.'
_PROGRAM_MESSAGE = '"{value}" can run a program in the reader\'s browser. Take it out.'
_USELESS_MESSAGE = '"{value}" is taken out: it has no use in a text.'


@dataclass(slots=True)
class Findings:
    """The findings in one body."""

    source_map: SourceMap
    references: list[BodyReference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    positions: dict[Element, LinePosition] = field(default_factory=dict)
    has_html: bool = False  # whether the body contains HTML
    beyond_words: list[tuple[LinePosition, str]] = field(default_factory=list)  # tags and images as typed: none is in a reply

    def error(self, position: LinePosition, code: str, text: str, **values: object) -> None:
        """Add an error."""
        self.problems.append(Problem.error(self.source_map.location_at(*position), code, text, **values))

    def warning(self, position: LinePosition, code: str, text: str, **values: object) -> None:
        """Add a warning."""
        self.problems.append(Problem.warning(self.source_map.location_at(*position), code, text, **values))

    def set_link(self, element: Element, name: str, target: str, position: LinePosition) -> None:
        """Set ``href`` or ``src`` of an element: to a reference, or to an address on another host."""
        target = self.strip_invisible(strip_marks(target), position)
        target_class = link_targets.classify_target(target)
        right = outside_address(target) if target_class in ("outside", "web", "scheme") else ""
        if right not in ("", target.strip().replace(" ", "%20")):
            self.error(position, "link", '"{value}" is no address as it stands. Write {right}.', value=target, right=right)
            return
        if target_class == "outside":
            if name == "src" or element.tag not in _LINKS:
                self.warning(position, "host", _EXTERNAL_MEDIA_MESSAGE, value=target)
            if name == "href" and element.tag not in _LINKS:
                return  # an image or a filter of SVG, which would ask that host
            element.set(name, target.strip().translate(_URL_ESCAPES))
        elif target_class == "inside":
            element.set(name, f"jisr-ref:{len(self.references)}")
            self.references.append(BodyReference(target, self.source_map.location_at(*position), embedded=name == "src"))
        else:
            code, text = _BAD_LINK_MESSAGES[target_class]
            self.error(position, code, text, value=target)

    def strip_invisible(self, target: str, position: LinePosition) -> str:
        """Return a target without what nobody sees, with an error for each such sign."""
        number, column = position
        for match in INVISIBLE_IN_ADDRESS.finditer(target):
            values = {"point": f"{ord(match[0]):04X}", "name": unicodedata.name(match[0], "control character")}
            self.error((number, column + match.start()), "control", INVISIBLE_MESSAGE, **values)
        return INVISIBLE_IN_ADDRESS.sub("", target)

    def check_programs(self, attributes: Mapping[str, str], position: LinePosition) -> None:
        """Add an error for each attribute that runs a program, of a tag that is shown as typed."""
        runs = {name: value for name, value in attributes.items() if name.startswith("on") or name in _SCRIPT_ATTRIBUTES}
        self.set_attributes(Element("span"), runs, position)

    def set_attributes(
        self,
        element: Element,
        attributes: Mapping[str, str],
        position: LinePosition,
        positions: Mapping[str, LinePosition] | None = None,
    ) -> None:
        """Set attributes by an author on an element, except those that run scripts, load resources or set styles."""
        for name, value in attributes.items():
            at = (positions or {}).get(name, position)
            if name.startswith("on") or name in _SCRIPT_ATTRIBUTES:
                self.error(at, "script", _HANDLER_MESSAGE if name.startswith("on") else _PROGRAM_MESSAGE, value=name)
            elif name in _LOADING_ATTRIBUTES or (name in ("href", "src") and positions is None):
                text = '"{value}" is taken out: what a page loads or links is written as a link or an image.'
                self.warning(at, "html", text, value=name)
            elif name == "style" or is_presentation(element.tag, name):
                text = '"{value}" is taken out: pages are styled by the theme alone. Use a class, as class="name".'
                self.warning(at, "html", text, value=name)
            elif name in _USELESS_ATTRIBUTES or (positions is None and not value and not is_valueless(name)):
                self.take_out(at, name)
            elif name in _PAINT_ATTRIBUTES and loads_from_elsewhere(value):
                self.warning(at, "host", _EXTERNAL_MEDIA_MESSAGE, value=value)
            elif name in ("rel", "class"):
                self._set_words(element, name, value, at)
            elif name in ("href", "src"):
                self.set_link(element, name, value, at)
            elif name == "cite" and link_targets.classify_target(value) != "outside":
                self.warning(at, "html", '"{value}" is taken out: cite takes a whole web address.', value=value)
            elif name in ("dir", "lang", "xml:lang"):
                self._set_language(element, name.removeprefix("xml:"), strip_marks(value).strip(), at)
            elif name != "markdown":
                element.set(name, strip_marks(value) if name != "download" else "")  # a file keeps its name, and so its type
        if "id" in attributes or "name" in attributes:
            self.positions[element] = (positions or {}).get("id", position)

    def _set_language(self, element: Element, name: str, value: str, position: LinePosition) -> None:
        """Set ``dir`` or ``lang``, whose values have no case; a value that is none is left out."""
        if name == "dir" and value.lower() not in _DIRECTIONS:
            text = '"{value}" is no direction and is taken out. Write dir="rtl", dir="ltr" or dir="auto".'
            self.warning(position, "html", text, value=value)
        elif name == "lang" and value and not _LANGUAGE_TAG.fullmatch(value.lower()):
            right = find_language_tag(value)
            text = '"{value}" is no tag of a language and is taken out. Write one as lang="ar" or lang="ckb".'
            if right:
                text = '"{value}" is no tag of a language and is read as {right}. Write lang="{right}".'
                element.set(name, right)
            self.warning(position, "html", text, value=value, right=right)
        else:
            element.set(name, value.lower())

    def take_out(self, position: LinePosition, value: str) -> None:
        """Add a warning for what is taken out, since it has no use in a text."""
        self.warning(position, "html", _USELESS_MESSAGE, value=value)

    def _set_words(self, element: Element, name: str, value: str, position: LinePosition) -> None:
        """Add classes or relations to those of an element, except those that are not an author's."""
        refused = _CLASSES_OF_THE_THEME if name == "class" else ("opener",)
        words = strip_marks(value).split()
        for word in words:
            if word.lower() in refused:
                self.take_out(position, word)
        kept = [word for word in words if word.lower() not in refused]
        if kept or not words:
            element.set(name, " ".join([*element.get(name, "").split(), *kept] if name == "class" else kept))
