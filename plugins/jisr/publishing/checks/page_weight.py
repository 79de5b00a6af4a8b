"""What a page weighs on its way to a reader: bytes counted from what was built, held against what we allow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.frozen import dataclass

KILOBYTE = 1024
FIRST_LOAD = 14 * KILOBYTE  # what a server sends before it waits for an answer: https://www.rfc-editor.org/rfc/rfc6928
FONTS_OF_ONE_SCRIPT = 36 * KILOBYTE
FONTS = 70 * KILOBYTE
BEST_QUALITY, FAST_QUALITY = 11, 5  # how brotli compresses: well takes thirty times as long

_FONT_FACE = re.compile(r"@font-face\s*{([^}]*)}")
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_UNICODE_RANGE = re.compile(r"unicode-range\s*:\s*([^;}]*)")
_RESOURCE_SELECTORS = {  # what a browser asks for by itself, and the attribute that names it
    'link:is([rel~="stylesheet"], [rel~="icon"], [rel~="preload"], [rel~="modulepreload"])': "href",
    ":is(script, img, iframe, source, video, audio, embed, input)[src]": "src",
    "object[data]": "data",
    "video[poster]": "poster",
}
_DATA_SCRIPT_TYPES = ("application/ld+json", "application/json", "speculationrules")  # types of scripts that nothing runs

CharacterRanges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Font:
    """A font file: its address, the letters that it is asked for, and its size. WOFF2 is compressed already."""

    address: str
    letters: CharacterRanges
    size: int

    def covers(self, shown: Iterable[str]) -> bool:
        """Whether one of these characters is asked of it.

        >>> Font("arab.woff2", ((0x600, 0x6FF),), 1).serves("کوردی"), Font("arab.woff2", ((0x600, 0x6FF),), 1).serves("Kurdî")
        (True, False)
        """
        return any(first <= ord(one) <= last for one in shown for first, last in self.letters)


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A stylesheet: its size when compressed, its fonts, and what else it asks for."""

    size: int
    fonts: tuple[Font, ...]
    requests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageWeight:
    """What one page costs a reader, in bytes, and the addresses on other hosts that it asks."""

    path: str
    is_text: bool
    html: int
    styles: int
    fonts: int
    fonts_of_one_script: int
    scripts: int
    foreign_addresses: tuple[str, ...]

    @property
    def first_load(self) -> int:
        """What must come before the page can be read: HTML and stylesheets, compressed."""
        return self.html + self.styles


def compressed_size(data: bytes, quality: int = BEST_QUALITY) -> int:
    """Return the size of some bytes as a server would send them: compressed by brotli, well, or quickly and larger.

    >>> compressed_size("بڕیار".encode() * 1000) < 100
    True
    """
    import brotli  # of the extra named publish: whoever only builds does without

    return len(brotli.compress(data, quality=quality))


def parse_unicode_range(stated: str) -> CharacterRanges:
    """Return the first and last characters of a unicode-range (https://www.w3.org/TR/css-fonts-4/#unicode-range-desc).

    >>> parse_unicode_range("U+6??, U+200C-200D, U+20AC") == ((0x600, 0x6FF), (0x200C, 0x200D), (0x20AC, 0x20AC))
    True
    """
    found = []
    for one in stated.split(","):
        first, _, last = one.strip().removeprefix("U+").removeprefix("u+").partition("-")
        found.append((int(first.replace("?", "0"), 16), int((last or first).replace("?", "F"), 16)))
    return tuple(found)


def measure_stylesheet(css: str, address: str, sizes: Mapping[str, int]) -> Stylesheet:
    """Return what a stylesheet costs, and its fonts, with the sizes of files by their addresses."""
    fonts = []
    for face in _FONT_FACE.findall(css):
        stated = _UNICODE_RANGE.search(face)
        served = parse_unicode_range(stated[1]) if stated else ((0, 0x10FFFF),)
        fonts += [Font(at, served, sizes.get(at, 0)) for at in (urljoin(address, url) for url in _URL.findall(face))]
    asked = (urljoin(address, url) for url in _URL.findall(css))
    return Stylesheet(compressed_size(css.encode()), tuple(fonts), tuple(one for one in asked if not one.startswith("data:")))


def weigh_page(
    path: str, html: str, address: str, sheets: Mapping[str, Stylesheet], sizes: Mapping[str, int], quality: int = BEST_QUALITY
) -> PageWeight:
    """Return what a page costs: ``address`` is the site's, ``sheets`` and ``sizes`` are by the addresses of files."""
    tree = LexborHTMLParser(html)
    own = urljoin(f"{address}/", path)
    asked = {
        urljoin(own, value)
        for selector, name in _RESOURCE_SELECTORS.items()
        for value in _attribute_values(tree.css(selector), name)
    }
    used = [sheets[one] for one in sorted(asked & sheets.keys())]
    shown = set(tree.body.text()) if tree.body else set()
    fonts = {font for one in used for font in one.fonts if font.covers(shown)}
    scripts: dict[CharacterRanges, int] = {}
    for font in fonts:
        scripts[font.letters] = scripts.get(font.letters, 0) + font.size
    asked.update(url for one in used for url in one.requests)
    return PageWeight(
        path=path,
        is_text=tree.css_first("main > article") is not None,
        html=compressed_size(html.encode(), quality),
        styles=sum(one.size for one in used),
        fonts=sum(font.size for font in fonts),
        fonts_of_one_script=max(scripts.values(), default=0),
        scripts=sum(_script_size(one, own, sizes) for one in tree.css("script")),
        foreign_addresses=tuple(sorted(one for one in asked if not one.startswith((f"{address}/", "data:")))),
    )


def _attribute_values(nodes: Iterable[LexborNode], name: str) -> list[str]:
    return [value for node in nodes if (value := node.attributes.get(name))]


def _script_size(script: LexborNode, own: str, sizes: Mapping[str, int]) -> int:
    """Return the bytes of a script that a browser runs: those in the page, or those of the file that it names."""
    if (script.attributes.get("type") or "").lower() in _DATA_SCRIPT_TYPES:
        return 0
    named = script.attributes.get("src")
    return sizes.get(urljoin(own, named), 1) if named else len(script.text().encode())


def check_weight(weight: PageWeight) -> Iterator[Problem]:
    """Return what is over its budget: the first load of texts, and fonts, scripts and other hosts of every page."""
    place = SourceLocation(weight.path)
    if weight.is_text and weight.first_load > FIRST_LOAD:
        text = "HTML and styles have {size} bytes, {most} are allowed: shorten the text, or move a part into a text of its own."
        yield Problem.error(place, "weight", text, size=weight.first_load, most=FIRST_LOAD)
    if weight.fonts_of_one_script > FONTS_OF_ONE_SCRIPT:
        text = "The fonts of one script have {size} bytes, {most} are allowed: take letters or a weight out of them."
        yield Problem.error(place, "weight-fonts", text, size=weight.fonts_of_one_script, most=FONTS_OF_ONE_SCRIPT)
    if weight.fonts > FONTS:
        text = "All fonts have {size} bytes, {most} are allowed: take letters or a weight out of them."
        yield Problem.error(place, "weight-fonts", text, size=weight.fonts, most=FONTS)
    if weight.is_text and weight.scripts:
        text = "Scripts have {size} bytes, none are allowed: a text is read without them."
        yield Problem.error(place, "weight-scripts", text, size=weight.scripts)
    for address in weight.foreign_addresses:
        text = '"{address}" is asked by every reader\'s browser: bring the file to this site.'
        yield Problem.error(place, "weight-host", text, address=address)
