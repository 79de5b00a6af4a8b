"""Every text of the built sample site is in an element of its direction.

The rule is stricter than the one that makes the pages, and knows nothing of it: a letter that goes against the nearest
``dir`` is wrong wherever it stands, and so is a phone number, date or version in right-to-left text. Code is as typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pytest
from bidi import get_display
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.site.pages import Page, Site, ancestors, nearest

AS_TYPED = {"code", "pre", "kbd", "samp", "script", "style", "template", "svg", "title"}
INLINE = {
    "a",
    "abbr",
    "b",
    "cite",
    "em",
    "i",
    "q",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "u",
    "mark",
    "s",
    "del",
    "ins",
}
SAID = ("alt", "title", "aria-label", "placeholder", "summary")
SPOKEN_META = re.compile(r"description|(og|twitter):(title|description|site_name|image:alt)")
PLACEHOLDER = "\ufffc"  # where another element stands in a text
DIGIT = "[0-9\u0660-\u0669\u06f0-\u06f9]"
TORN = re.compile(rf"\+{DIGIT}|{DIGIT}+(?:[ \u00a0.\-]{DIGIT}+){{2,}}|{DIGIT}{{3,4}}[ \-]{DIGIT}{{3,4}}[ \-]?{DIGIT}{{3,}}")
TORN_ANYWHERE = re.compile("[\u0660-\u0669]+(?:[ -][\u0660-\u0669]+){2,}")
YEARS = re.compile(r"(?:(?:19|20)\d\d[ \-]?)+")
CONTROLS = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069\u202c\u202d"))
ISOLATED = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
LATIN_WORDS = re.compile(r"[@#]?[A-Za-z\u00c0-\u024f][\w+#@./:&’'\-]*(?: [A-Za-z\u00c0-\u024f][\w+#@./:&’'\-]*)*")
ARABIC_WORDS = re.compile("[\u0620-\u065f\u066e-\u06d3]+(?:[ \u200c][\u0620-\u065f\u066e-\u06d3]+)*")


def side(letter: str) -> str:
    """Return the direction of a letter, or nothing for what has none of its own."""
    return {"L": "ltr", "R": "rtl", "AL": "rtl"}.get(unicodedata.bidirectional(letter), "")


def against(text: str, direction: str) -> str:
    """Return the first words of a text whose letters go against a direction, or its figures that would be torn."""
    words = next((word for word in text.split() if any(side(letter) not in ("", direction) for letter in word)), "")
    figures = TORN.search(text) if direction == "rtl" else TORN_ANYWHERE.search(text)
    return words or (figures[0] if figures and not YEARS.fullmatch(figures[0]) else "")


def lines(page: Page) -> Iterator[tuple[str, LexborNode]]:
    """Return the texts of a page: what stands in one element or in plain inline elements within it, others as a placeholder."""
    for node in page.one("body").traverse(include_text=False):
        if not ({node.tag, *(above.tag for above in ancestors(node))} & AS_TYPED) and not is_plain(node):
            text = "".join(own_words(node))
            if text.strip():
                yield " ".join(text.split()), node


def is_plain(node: LexborNode) -> bool:
    """Whether the words of an element are part of the text around it."""
    return node.tag in INLINE and "dir" not in node.attributes


def own_words(node: LexborNode) -> Iterator[str]:
    """Return the words of an element and of the plain ones in it."""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
        elif is_plain(child):
            yield from own_words(child)
        else:
            yield PLACEHOLDER


def direction_of(node: LexborNode) -> str:
    """Return the direction of an element: what the nearest one says, or its first letter where it leaves that to it."""
    one = next(one for one in (node, *ancestors(node)) if "dir" in one.attributes or one.tag == "bdi")
    stated = one.attributes.get("dir") or "auto"
    return stated if stated != "auto" else first_side(one.text()) or "ltr"


def faults_of(page: Page) -> Iterator[str]:
    """Return what stands against its direction on a page."""
    for text, node in lines(page):
        direction = direction_of(node)
        if node.tag != "bdo" and (wrong := against(text, direction)):
            yield f"{page.path}: <{node.tag} class={node.attributes.get('class')!r}> {direction}: {wrong!r} in {text[:90]!r}"
    for place, text, direction in plain_texts(page):
        if wrong := misread(text, direction):
            yield f"{page.path}: {place} {direction}: {wrong} in {text[:90]!a}"


def plain_texts(page: Page) -> Iterator[tuple[str, str, str]]:
    """Return the texts where markup cannot go, with their place and direction."""
    yield "<title>", page.one("title").text(), nearest(page.root, "dir")
    for meta in page.tree.css("meta[content]"):
        name = meta.attributes.get("property") or meta.attributes.get("name") or ""
        if SPOKEN_META.fullmatch(name):
            yield f"<meta {name}>", meta.attributes.get("content") or "", nearest(meta, "dir")
    for name in SAID:
        for node in page.tree.css(f"[{name}]"):
            yield f"<{node.tag} {name}>", node.attributes.get(name) or "", nearest(node, "dir")


def misread(text: str, direction: str) -> str:
    """Return what is wrong with a plain text of both directions: where it turns as a whole, or is drawn otherwise than read."""
    sides = {side(letter) for letter in text.translate(CONTROLS)} - {""}
    if "rtl" in sides and "ltr" in sides and first_side(text) != direction:
        return "turns"
    if TORN.search(ISOLATED.sub("", text)) and "rtl" in sides and against(ISOLATED.sub("", text), direction):
        return "torn figures"
    if len(sides) < 2 or direction not in ("ltr", "rtl"):
        return ""
    drawn, wanted = (get_display(one, base_dir="R" if direction == "rtl" else "L") for one in (text, apart(text, direction)))
    return "" if drawn.translate(CONTROLS) == wanted.translate(CONTROLS) else "drawn otherwise than read"


def first_side(text: str) -> str:
    """Return the direction of the first letter or mark that stands in no isolate: by it a text without markup turns."""
    return next(filter(None, map(side, ISOLATED.sub("", text))), "")


def apart(text: str, direction: str) -> str:
    """Return a text with each phrase of the other direction in an isolate."""
    words, opened = (LATIN_WORDS, "\u2066") if direction == "rtl" else (ARABIC_WORDS, "\u2067")
    parts: list[str] = []
    at = 0
    for isolate in [*ISOLATED.finditer(text), None]:
        end = isolate.start() if isolate else len(text)
        parts.append(
            words.sub(lambda found: f"{opened}{found[0].rstrip('.:')}\u2069{'.' * found[0].endswith('.')}", text[at:end])
        )
        parts.append(isolate[0] if isolate else "")
        at = isolate.end() if isolate else end
    return "".join(parts)


def test_no_text_stands_against_its_direction(site: Site, language: str) -> None:
    """On every page of a language, every letter and figure stands in an element of its direction."""
    own = [page for path, page in site.pages.items() if path.startswith(f"{language}/")]
    faults = [fault for page in own for fault in faults_of(page)]
    assert own
    assert not faults, "\n".join([f"{len(faults)} texts", *faults[:40]])


def test_no_text_of_shared_pages_stands_against_its_direction(site: Site) -> None:
    """So it is on pages that belong to no language: the first one, the one that is missing, and those for maintainers."""
    own = [page for path, page in site.pages.items() if path.partition("/")[0] not in site.languages]
    faults = [fault for page in own for fault in faults_of(page)]
    assert own
    assert not faults, "\n".join([f"{len(faults)} texts", *faults[:40]])


def test_without_its_elements_a_page_would_be_wrong(site: Site, language: str) -> None:
    """The walk is no proof unless it finds what pages would be without isolation."""
    for path, page in site.pages.items():
        if path.startswith(f"{language}/"):
            bare = re.sub("</?bd[io][^>]*>", "", page.root.html or "")
            if any(faults_of(Page(path, LexborHTMLParser(bare)))):
                return
    pytest.fail("nothing is isolated, or nothing is seen")


@pytest.mark.parametrize(
    ("text", "direction", "wrong"),
    [
        ("شبكة INSM", "rtl", "INSM"),
        ("هاتف 0770 886 6150", "rtl", "0770 886 6150"),
        ("يوم 2012-02-09", "rtl", "2012-02-09"),
        ("أعوام 2010 2011 2012", "rtl", ""),
        ("10–11 شباط", "rtl", ""),
        ("Tel. ٠٧٧٠ ٨٨٦ ٦١٥٠", "ltr", "٠٧٧٠ ٨٨٦ ٦١٥٠"),
        ("Tora شبكة", "ltr", "شبكة"),
    ],
)
def test_the_walk_sees_what_is_wrong(text: str, direction: str, wrong: str) -> None:
    """What is asked of pages would be seen if it were wrong."""
    assert against(text, direction) == wrong


@pytest.mark.parametrize(
    ("text", "direction", "wrong"),
    [
        ("C++ للشبكة", "rtl", "turns"),
        ("\u200f\u2066C++\u2069 للشبكة", "rtl", ""),
        ("شبكة C++", "rtl", "drawn otherwise than read"),
        ("شبكة INSM للمدونين", "rtl", ""),
        ("شبكة (INSM)", "rtl", ""),
        ("هاتف 00 964 770 88 66 150", "rtl", "torn figures"),
        ("شبكة, tora me", "ltr", "turns"),
        ("\u200eشبكة, tora me", "ltr", ""),
        ("شبكة", "ltr", ""),
    ],
)
def test_the_walk_sees_what_is_wrong_without_markup(text: str, direction: str, wrong: str) -> None:
    """So it is for attributes and titles."""
    assert misread(text, direction) == wrong
