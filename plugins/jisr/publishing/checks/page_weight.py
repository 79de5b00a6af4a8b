"""Page weight: the bytes that a page of a built folder costs readers, compared with budgets; and ``inv weigh``."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jisr.content.settings.look.own_files import OWN_FONT
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter, strip_isolates
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase, sort_problems
from jisr.core.frozen import dataclass
from jisr.core.schema.kinds import DEFAULT_KINDS
from jisr.core.urls.paths import ADMIN
from jisr.publishing.checks.picture_weight import SCREENS, weigh_pictures

KILOBYTE = 1024
FIRST_LOAD = 14 * KILOBYTE  # the initial congestion window of TCP: https://www.rfc-editor.org/rfc/rfc6928
LIST_LOAD = 3 * FIRST_LOAD  # and what comes with the first answer to it: the window doubles
FONTS_OF_ONE_SCRIPT = 36 * KILOBYTE
FONTS = 70 * KILOBYTE
BEST_QUALITY, FAST_QUALITY = 11, 5  # levels of brotli; the best takes thirty times as long
MAX_ROWS = 10  # pages in the table of ``inv weigh``

_LISTED_KINDS = frozenset(kind.name for kind in DEFAULT_KINDS if kind.listed)
_LISTING = re.compile(r"[^/]+/([^/]+)/(?:page/\d+/)?index\.html$")
_FONT_FACE = re.compile(r"@font-face\s*{([^}]*)}")
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_FACE_NAMES = tuple(re.compile(rf"{name}\s*:\s*([^;}}]*)") for name in ("font-family", "font-weight"))
_UNICODE_RANGE = re.compile(r"unicode-range\s*:\s*([^;}]*)")
_RESOURCE_SELECTORS = {  # elements whose resources a browser loads, and the attribute of the address
    'link:is([rel~="stylesheet"], [rel~="icon"], [rel~="preload"], [rel~="modulepreload"])': "href",
    ":is(script, img, iframe, source, video, audio, embed, input)[src]": "src",
    "object[data]": "data",
    "video[poster]": "poster",
}
_DATA_SCRIPT_TYPES = ("application/ld+json", "application/json", "speculationrules")  # not executed

_REMEDIES = {
    "text": "HTML and styles have {size} bytes, {most} are allowed: shorten the text, or move a part into a text of its own.",
    "home": "HTML and styles have {size} bytes, {most} are allowed: shorten what this page shows, or lower POSTS_ON_HOME.",
    "listing": "HTML and styles have {size} bytes, {most} are allowed: lower PAGE_SIZE, or shorten the longest summaries.",
}

CharacterRanges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Font:
    """A font file: its address, the characters of its unicode-range, and its size. WOFF2 is already compressed."""

    address: str
    letters: CharacterRanges
    size: int

    @property
    def is_own(self) -> bool:
        """Whether the settings of the site state it, by its name."""
        return self.address.rpartition("/")[2].startswith(OWN_FONT)

    def covers(self, characters: Iterable[str]) -> bool:
        """Whether a browser loads the font for one of these characters.

        >>> Font("arab.woff2", ((0x600, 0x6FF),), 1).covers("کوردی"), Font("arab.woff2", ((0x600, 0x6FF),), 1).covers("Kurdî")
        (True, False)
        """
        return any(first <= ord(one) <= last for one in characters for first, last in self.letters)


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A stylesheet: its compressed size, its fonts, and the addresses that it loads."""

    size: int
    fonts: tuple[Font, ...]
    requests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageWeight:
    """The weight of a page in bytes, and the addresses on other hosts that it loads."""

    path: str
    kind: str  # of the page: text, home, listing, or empty for any other
    html: int
    styles: int
    fonts: int
    fonts_of_one_script: int
    scripts: int
    foreign_addresses: tuple[str, ...]
    pictures: tuple[int, ...] = (0,) * len(SCREENS)  # on each of them
    own_fonts: int = 0  # of the fonts, those that the settings of the site state: their build limits them

    @property
    def is_text(self) -> bool:
        """Whether it is the page of a text."""
        return self.kind == "text"

    @property
    def most(self) -> int | None:
        """The bytes of HTML and stylesheets that a page of its kind may have, None where no number is set."""
        return {"text": FIRST_LOAD, "home": FIRST_LOAD, "listing": LIST_LOAD}.get(self.kind)

    @property
    def first_load(self) -> int:
        """Bytes needed before the page can be read: HTML and stylesheets, compressed."""
        return self.html + self.styles


def missing_brotli(path: str) -> Problem | None:
    """Return a problem where brotli, which weighing needs, is not installed."""
    if importlib.util.find_spec("brotli") is not None:
        return None
    text = "Weighing needs brotli, of the extra named publish: pip install -e '.[publish]'"
    return Problem.error(SourceLocation(path), "weight", text)


def compressed_size(data: bytes, quality: int = BEST_QUALITY) -> int:
    """Return the size of some bytes as a server sends them, compressed with brotli.

    >>> compressed_size("بڕیار".encode() * 1000) < 100
    True
    """
    import brotli  # of the extra named publish; builds do not need it

    return len(brotli.compress(data, quality=quality))


def parse_unicode_range(value: str) -> CharacterRanges:
    """Return the first and last characters of each part of a unicode-range (https://www.w3.org/TR/css-fonts-4/#unicode-range-desc).

    >>> parse_unicode_range("U+6??, U+200C-200D, U+20AC") == ((0x600, 0x6FF), (0x200C, 0x200D), (0x20AC, 0x20AC))
    True
    """
    ranges = []
    for one in value.split(","):
        first, _, last = one.strip().removeprefix("U+").removeprefix("u+").partition("-")
        ranges.append((int(first.replace("?", "0"), 16), int((last or first).replace("?", "F"), 16)))
    return tuple(ranges)


def measure_stylesheet(css: str, address: str, sizes: Mapping[str, int]) -> Stylesheet:
    """Return the weight of a stylesheet; ``sizes`` are those of all files by address."""
    fonts: dict[tuple[object, ...], Font] = {}  # of faces for the same letters, browsers load the last
    for face in _FONT_FACE.findall(css):
        match = _UNICODE_RANGE.search(face)
        letters = parse_unicode_range(match[1]) if match else ((0, 0x10FFFF),)
        names = tuple(found[1].strip(" \"'") if found else "" for found in (one.search(face) for one in _FACE_NAMES))
        for at in (urljoin(address, url) for url in _URL.findall(face)):
            fonts[*names, letters] = Font(at, letters, sizes.get(at, 0))
    addresses = (urljoin(address, url) for url in _URL.findall(css))
    requests = tuple(one for one in addresses if not one.startswith("data:"))
    return Stylesheet(compressed_size(css.encode()), tuple(fonts.values()), requests)


def weigh_page(
    path: str, html: str, address: str, sheets: Mapping[str, Stylesheet], sizes: Mapping[str, int], quality: int = BEST_QUALITY
) -> PageWeight:
    """Return the weight of a page; ``address`` is that of the site, ``sheets`` and ``sizes`` are by addresses of files."""
    tree = LexborHTMLParser(html)
    own = urljoin(f"{address}/", path)
    resources = ((node, name) for selector, name in _RESOURCE_SELECTORS.items() for node in tree.css(selector))
    requests = {urljoin(own, value) for node, name in resources if (value := node.attributes.get(name))}
    loaded = [sheets[one] for one in sorted(requests & sheets.keys())]
    characters = set(tree.body.text()) if tree.body else set()
    fonts = {font for one in loaded for font in one.fonts if font.covers(characters)}
    scripts: dict[CharacterRanges, int] = {}
    for font in fonts:
        if font.is_own:
            continue
        scripts[font.letters] = scripts.get(font.letters, 0) + font.size
    requests.update(url for one in loaded for url in one.requests)
    return PageWeight(
        path=path,
        kind=_page_kind(path, tree),
        html=compressed_size(html.encode(), quality),
        styles=sum(one.size for one in loaded),
        fonts=sum(font.size for font in fonts),
        own_fonts=sum(font.size for font in fonts if font.is_own),
        fonts_of_one_script=max(scripts.values(), default=0),
        scripts=sum(_script_size(one, own, sizes) for one in tree.css("script")),
        pictures=weigh_pictures(tree, own, sizes),
        foreign_addresses=tuple(sorted(one for one in requests if not one.startswith((f"{address}/", "data:")))),
    )


def _page_kind(path: str, tree: LexborHTMLParser) -> str:
    """Return the kind of a page as it has a budget: a home is that of a language, or the front door."""
    if tree.css_first("main > article") is not None:
        return "text"
    if tree.css_first("main.home, main.chooser") is not None:
        return "home"
    match = _LISTING.match(path)
    return "listing" if match and match[1] in _LISTED_KINDS else ""


def _script_size(script: LexborNode, own: str, sizes: Mapping[str, int]) -> int:
    """Return the size of a script that a browser executes: inline, or that of its file."""
    if (script.attributes.get("type") or "").lower() in _DATA_SCRIPT_TYPES:
        return 0
    source = script.attributes.get("src")
    return sizes.get(urljoin(own, source), 1) if source else len(script.text().encode())


def check_weight(weight: PageWeight) -> Iterator[Problem]:
    """Return a problem for each exceeded budget: some by the kind of the page, fonts and other hosts of every page."""
    place = SourceLocation(weight.path)
    if weight.most is not None and weight.first_load > weight.most:
        yield Problem.error(place, "weight", _REMEDIES[weight.kind], size=weight.first_load, most=weight.most)
    if weight.fonts_of_one_script > FONTS_OF_ONE_SCRIPT:
        text = "The fonts of one script have {size} bytes, {most} are allowed: take letters or a weight out of them."
        yield Problem.error(place, "weight-fonts", text, size=weight.fonts_of_one_script, most=FONTS_OF_ONE_SCRIPT)
    if weight.fonts - weight.own_fonts > FONTS:
        text = "All fonts have {size} bytes, {most} are allowed: take letters or a weight out of them."
        yield Problem.error(place, "weight-fonts", text, size=weight.fonts - weight.own_fonts, most=FONTS)
    if weight.kind and weight.scripts:
        text = "Scripts have {size} bytes, none are allowed: a text is read without them."
        yield Problem.error(place, "weight-scripts", text, size=weight.scripts)
    for screen, size in zip(SCREENS, weight.pictures, strict=True):
        if weight.kind and size > screen.most:
            text = (
                "Pictures have {size} bytes at {screen}, {most} are allowed: build where Pillow is installed (pip install -e "
                "'.[images]'), or save them smaller."
            )
            yield Problem.error(place, "weight-pictures", text, size=size, most=screen.most, screen=str(screen))
    for address in weight.foreign_addresses:
        text = '"{address}" is asked by every reader\'s browser: bring the file to this site.'
        yield Problem.error(place, "weight-host", text, address=address)


def weigh_pages(output: Path, quality: int = BEST_QUALITY) -> list[PageWeight]:
    """Return the weight of each page of a built folder, the heaviest first, without the web editor.

    Raises ProblemsError where the folder has no built site.
    """
    address = _site_address(output)
    files = sorted(file for file in output.rglob("*") if file.is_file() and not file.is_relative_to(output / ADMIN))
    sizes = {f"{address}/{quote(file.relative_to(output).as_posix())}": file.stat().st_size for file in files}
    addresses = dict(zip(files, sizes, strict=True))
    styles = ((addresses[file], file.read_text("utf-8", "replace")) for file in files if file.suffix == ".css")
    sheets = {own: measure_stylesheet(css, own, sizes) for own, css in styles}
    pages = ((file.relative_to(output).as_posix(), file) for file in files if file.suffix == ".html")
    texts = ((path, file.read_text("utf-8", "replace")) for path, file in pages)
    weights = [weigh_page(path, html, address, sheets, sizes, quality) for path, html in texts]
    return sorted(weights, key=lambda one: (-one.first_load, one.path))


def _site_address(output: Path) -> str:
    """Return the URL of the site, the canonical link of its first page."""
    first = output / "index.html"
    tree = LexborHTMLParser(first.read_text("utf-8")) if first.is_file() else None
    link = tree.css_first('link[rel="canonical"]') if tree else None
    if link is None:
        text = "There is no built site here: run `inv build` first, or name the folder with --output."
        raise ProblemsError(Problem.error(SourceLocation(output.as_posix()), "weight-output", text))
    refresh = tree.css_first('meta[http-equiv="refresh"]') if tree else None  # of a front door with nothing to choose
    below = ((refresh.attributes.get("content") or "") if refresh else "").partition("url=")[2]
    return (link.attributes.get("href") or "").removesuffix(below.removeprefix("./")).rstrip("/")


def format_weights(weights: Iterable[PageWeight], formatter: MessageFormatter) -> Iterator[str]:
    """Return a table of the heaviest pages, with the budgets in its last row."""
    names = (phrase("styles"), phrase("both"), phrase("fonts"), phrase("scripts"), phrase("pictures"))
    heads = ["HTML", *(formatter.format(one) for one in names)]
    yield f"{''.join(map(_pad_heading, heads))}  {formatter.format(phrase('page'))}"
    for one in list(weights)[:MAX_ROWS]:
        numbers = (one.html, one.styles, one.first_load, one.fonts, one.scripts, one.pictures[0])
        yield f"{''.join(f'{number:>9,}' for number in numbers)}  {one.path}"
    yield f"{'':18}{FIRST_LOAD:>9,}{FONTS:>9,}{0:>9}{SCREENS[0].most:>9,}  {formatter.format(phrase('allowed for a text'))}"
    yield f"{'':18}{LIST_LOAD:>9,}{FONTS:>9,}{0:>9}  {formatter.format(phrase('allowed for a listing'))}"


def _pad_heading(head: str) -> str:
    return " " * (9 - len(strip_isolates(head))) + head


def print_weights(output: Path, formatter: MessageFormatter = ENGLISH) -> int:
    """Print the heaviest pages. Returns 0.

    Raises ProblemsError with all exceeded budgets, or where there is no built site, or brotli is not installed.
    """
    if problem := missing_brotli(output.as_posix()):
        raise ProblemsError(problem)
    weights = weigh_pages(output)
    print("\n".join(format_weights(weights, formatter)))
    problems = sort_problems(problem for one in weights for problem in check_weight(one))
    text = "Weighed {pages}; over what is allowed: {heavy}."
    print(formatter.format(phrase(text, pages=phrase("{count} pages", count=len(weights)), heavy=len(problems))))
    if problems:
        raise ProblemsError(*problems)
    return 0
