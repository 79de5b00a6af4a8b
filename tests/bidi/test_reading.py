"""Visual order of mixed texts: in Chromium by the positions of glyphs, elsewhere by Unicode's rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from bidi import get_display
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from tests.bidi.case_files import MARKS, Case, Seen, cases, shown
from tests.bidi.conftest import Block

ATOM = "{http://www.w3.org/2005/Atom}"
MIRRORED = str.maketrans(")]}»›>", "([{«‹<")
NEAR = 0.5  # of a pixel: what rounding may move
EVERY = [(case, tag) for case in cases() for tag in case.languages]
MARKED = [(case, tag) for case, tag in EVERY if any(seen.is_mark for seen in case.seen)]
PLAIN = {
    "title": ("title", ""),
    "og:title": ('meta[property="og:title"]', "content"),
    "og:description": ('meta[property="og:description"]', "content"),
    "og:image:alt": ('meta[property="og:image:alt"]', "content"),
    "description": ('meta[name="description"]', "content"),
    "alt": ("main img", "alt"),
}


def address(case: Case, language: str) -> str:
    """Return where the page of a case is."""
    return "/".join([language, *(() if case.kind == "pages" else (case.kind,)), case.id])


def misplaced(seen: Seen, block: Block) -> str:
    """Return what stands from left to right where it is not what must be seen, or nothing."""
    wanted = seen.order(block.text)
    if all(block.middles[one] <= block.middles[other] + NEAR for one, other in pairwise(wanted)):
        return ""
    order = sorted(range(len(wanted)), key=lambda at: block.middles[at])
    return f"from the left {spelt(block.text, order)}\n        wanted {spelt(block.text, wanted)}"


def spelt(text: str, order: list[int]) -> str:
    """Return characters as they stand from left to right, so that no terminal reorders them."""
    return "\u202d" + "".join(text[at] for at in order) + "\u202c"


def fault(seen: Seen, blocks: list[Block]) -> str:
    """Return what is wrong with a block, or nothing."""
    there = [block for block in blocks if block.place == seen.place]
    found = [block for block in there if seen.is_in(block.text)]
    if not found:
        return f"{seen.place} is not on the page: {seen.text}; there is {sorted({block.text for block in there})[:9]}"
    block = found[0]
    for name in ("direction", "language", "number"):
        wanted = getattr(seen, name)
        if wanted and str(getattr(block, name)) != wanted:
            return f"{seen.place} {seen.words}: {name} is {getattr(block, name)}, not {wanted}"
    return misplaced(seen, block) and f"{seen.place} {seen.words}: {misplaced(seen, block)}"


def test_there_are_cases_of_every_language() -> None:
    """Enough cases to believe in."""
    assert len(cases()) >= 90
    for tag in ("ar", "ckb", "en", "fr", "kmr"):
        assert sum(tag in case.languages for case in cases()) >= 30


@pytest.mark.parametrize(("case", "tag"), EVERY, ids=[f"{case.name}-{tag}" for case, tag in EVERY])
def test_glyphs_stand_in_the_order_of_reading(case: Case, tag: str, blocks_in: Callable[[str], list[Block]]) -> None:
    """Each block of a page has the direction that its case says, and each of its characters the place."""
    own = address(case, tag)
    rows = ("row", "rowline", "rowsummary")
    on_page = [block for block in blocks_in(tag) if block.path == own]
    in_lists = [block for block in blocks_in(tag) if block.place in rows]
    faults = [fault(seen, in_lists if seen.place in rows else on_page) for seen in case.seen if not seen.is_mark]

    assert not any(faults), "\n".join(filter(None, faults))


@pytest.mark.parametrize(("case", "tag"), MARKED, ids=[f"{case.name}-{tag}" for case, tag in MARKED])
def test_plain_text_is_drawn_in_the_order_of_reading(case: Case, tag: str, output: Path) -> None:
    """Where no markup can go, Unicode's algorithm draws each text as it is read, whatever is around it."""
    page = LexborHTMLParser((output / address(case, tag) / "index.html").read_text("utf-8"))
    for seen in case.seen:
        if seen.is_mark:
            said = in_feed(case, tag, output) if seen.place == "feed" else plain_text(page, seen)
            rest = shown(said).removeprefix(seen.text)
            assert shown(said) == seen.text + rest
            assert not rest or seen.place == "title"
            drawn = "".join(filter(shown, get_display(said)))
            if rest:  # the short name of the network, which has Latin letters, and a dash on the side of the text
                name = re.escape(rest.removeprefix("–"))
                drawn, names = re.subn(rf"–?{name}–?", "", drawn)
                assert names == 1, drawn
            wanted = "".join(seen.text[at] for at in seen.order(seen.text))
            assert drawn.translate(MIRRORED) == wanted.translate(MIRRORED), seen.place


def plain_text(page: LexborHTMLParser, seen: Seen) -> str:
    """Return the text of a place without markup that says what a case says, or the first of such places."""
    assert seen.place in MARKS
    selector, name = PLAIN[seen.place]
    found = [node.attributes.get(name) or "" if name else node.text() for node in page.css(selector)]
    assert found, f"no {seen.place}"
    return next((one for one in found if shown(one) == seen.text), found[0])


def in_feed(case: Case, tag: str, output: Path) -> str:
    """Return the title of a text in the feed of its kind."""
    feed = etree.parse(output / tag / case.kind.partition("/")[0] / "feed.atom")
    for entry in feed.iter(f"{ATOM}entry"):
        if any(link.get("href", "").endswith(f"/{case.id}/") for link in entry.iter(f"{ATOM}link")):
            return str(entry.findtext(f"{ATOM}title"))
    pytest.fail(f"{case.id} is in no feed")
