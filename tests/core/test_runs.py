"""Bidi runs of a paragraph: complete, and nothing else.

A case is a line of ``cases/runs.tsv``: the paragraph's direction, and its text with each run as ⟦kind|text⟧ (``!`` for an
override, ``<`` for a run of the paragraph's own direction).
"""

from __future__ import annotations

import random
import re
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bidi import get_display

from jisr.core.bidi.base_direction import base_direction
from jisr.core.bidi.phone_numbers import find_phone_numbers, phone_uri
from jisr.core.bidi.runs import BidiRun, find_bidi_runs, isolate_as_html
from jisr.core.i18n.languages import Direction
from tests.conftest import daily

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MARKED = re.compile(r"⟦(\w+)([!<]*)\|([^⟧]*)⟧")
LINES = (Path(__file__).parent / "cases" / "runs.tsv").read_text("utf-8").splitlines()
CASES: list[tuple[Direction, str]] = [
    ("rtl" if line.startswith("rtl") else "ltr", line.split("\t")[1]) for line in LINES if not line.startswith("# ")
]
CONTROLS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u202c\u202d"))
HOSTILE = [*"aA0٠ا (\"“«.,:/-+@#&'\n؟،<‘", "a.", "00 ", "www.", "://", "a@", "I.", "10:", "2012-", "\u2066", "a)", "(a", "a “"]


def plain(marked: str) -> str:
    """Return the text of a case."""
    return MARKED.sub(r"\3", marked)


def shown(text: str, found: list[BidiRun], direction: Direction) -> str:
    """Return the text as a case writes it."""
    parts: list[str] = []
    at = 0
    for run in found:
        flags = "!" * run.override + "<" * (run.direction == direction)
        parts += text[at : run.start], f"⟦{run.kind}{flags}|{text[run.start : run.end]}⟧"
        at = run.end
    return "".join(parts) + text[at:]


def drawn(text: str, direction: Direction) -> str:
    """Return a line as the bidirectional algorithm draws it, its first character at the left."""
    return str(get_display(text, base_dir="R" if direction == "rtl" else "L")).translate(CONTROLS)


def with_isolates(text: str, found: list[BidiRun]) -> str:
    """Return the text with the controls that stand for the elements ``bdi`` and ``bdo``."""
    for run in reversed(found):
        inner = text[run.start : run.end]
        inner = f"\u202d{inner}\u202c" if run.override else inner
        text = text[: run.start] + ("\u2066" if run.direction == "ltr" else "\u2067") + inner + "\u2069" + text[run.end :]
    return text


@pytest.mark.parametrize(("direction", "marked"), CASES)
def test_runs_are_as_the_case_says(direction: Direction, marked: str) -> None:
    """Each run is found with its kind and its edges, and the rest of the text has none."""
    assert shown(plain(marked), find_bidi_runs(plain(marked), direction), direction) == marked


@pytest.mark.parametrize(("direction", "marked"), CASES)
def test_a_line_is_drawn_in_reading_order(direction: Direction, marked: str) -> None:
    """The Unicode algorithm draws each run as it reads by itself, and runs one after the other in the paragraph's direction."""
    text = plain(marked)
    found = find_bidi_runs(text, direction)
    line = drawn(with_isolates(text, found), direction)
    at = 0
    for run in found if direction == "ltr" else reversed(found):
        said = text[run.start : run.end]
        alone = said if run.override else drawn(said, run.direction)
        assert alone in line[at:]
        at = line.index(alone, at) + len(alone)


def test_the_cases_are_many_and_most_go_wrong_without_isolation() -> None:
    """Cases are worth keeping when an unmarked line is drawn otherwise."""
    wrong = [
        marked for direction, marked in CASES
        if drawn(plain(marked), direction)
        != drawn(with_isolates(plain(marked), find_bidi_runs(plain(marked), direction)), direction)
    ]  # fmt: skip
    assert len(CASES) >= 100
    assert len(wrong) >= 40


POSITIONS = """() => [...document.querySelectorAll('p')].map(line => {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (let at = 0; at < node.length; at++) {
      const range = document.createRange();
      range.setStart(node, at); range.setEnd(node, at + 1);
      const box = range.getClientRects()[0];
      found.push(box ? (box.left + box.right) / 2 : null);
    }
  return found;
})"""


@pytest.fixture(scope="module")
def positions(browser: Browser) -> dict[str, list[Any]]:
    """Return for each case where Chromium draws each character."""
    lines = "".join(f'<p dir="{direction}">{isolate_as_html(plain(marked), direction)}</p>' for direction, marked in CASES)
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    page.set_content(f'<meta charset="utf-8"><style>p {{ white-space: nowrap }}</style>{lines}')
    found = page.evaluate(POSITIONS)
    page.close()
    return dict(zip((marked for _, marked in CASES), found, strict=True))


def ordered(text: str, run: BidiRun) -> Iterator[int]:
    """Return the characters of a run whose order is that of the run: letters, and the first digit of each group."""
    own = ("L",) if run.direction == "ltr" else ("R", "AL")
    for at in range(run.start, run.end):
        kind = unicodedata.bidirectional(text[at])
        first = kind in ("EN", "AN") and (at == run.start or not text[at - 1].isdigit())
        if kind in own or (first and (run.direction == "ltr" or text[at - 1] == " ")):
            yield at


@pytest.mark.parametrize(("direction", "marked"), CASES)
def test_chromium_places_glyphs_in_reading_order(positions: dict[str, list[Any]], direction: Direction, marked: str) -> None:
    """By the places of glyphs: what reads from the left rises within a run, and runs follow the paragraph's direction."""
    text, places = plain(marked), positions[marked]
    found = find_bidi_runs(text, direction)
    for run in found:
        inside = [places[at] for at in ordered(text, run) if places[at] is not None]
        assert inside == sorted(inside, reverse=run.direction == "rtl")
    edges = [max(places[run.start : run.end]) for run in found]
    assert edges == sorted(edges, reverse=direction == "rtl")
    around = {at for run in found for at in range(run.start, run.end)}
    letters = ("L",) if direction == "ltr" else ("R", "AL")
    outside = [at for at, character in enumerate(text) if unicodedata.bidirectional(character) in letters and at not in around]
    for run in found:
        before, after = [places[at] for at in outside if at < run.start], [places[at] for at in outside if at >= run.end]
        left, right = (before, after) if direction == "ltr" else (after, before)
        assert max(left, default=-1.0) < min(places[run.start : run.end])
        assert max(places[run.start : run.end]) < min(right, default=1e9)


@pytest.mark.parametrize(
    ("text", "default", "direction"),
    [
        ("Code for Iraq هي مبادرة عراقية للشباب المبرمجين", "ltr", "rtl"),
        ("زوروا https://international-media-support.example.org/a/b/c", "ltr", "rtl"),
        ("راسلونا international.media.support@example.org", "ltr", "rtl"),
        ("Every voice counts, says الشبكة", "rtl", "ltr"),
        ("Li Bexdayê (بغداد) hat weşandin", "rtl", "ltr"),
        ("بەیاننامە", "ltr", "rtl"),
        ("00 964 770 88 66 150", "rtl", "rtl"),
        ("٠٧٧٠ ٨٨٦ ٦١٥٠", "ltr", "ltr"),
        ("", "rtl", "rtl"),
        ("اب ab", "rtl", "rtl"),
        ("اب ab", "ltr", "ltr"),
    ],
)
def test_most_letters_decide_a_direction(text: str, default: Direction, direction: Direction) -> None:
    """A paragraph reads as most of its letters do; addresses don't count, nor who comes first."""
    assert base_direction(text, default) == direction


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("00 964 770 88 66 150", "+9647708866150"),
        ("+964 770 886 6150", "+9647708866150"),
        ("0770-886-6150", "+9647708866150"),
        ("(0770) 886 6150", "+9647708866150"),
        ("+964 (0)770 886 6150", "+9647708866150"),
        ("00964 0770 886 6150", "+9647708866150"),
        ("٠٧٧٠ ٨٨٦ ٦١٥٠", "+9647708866150"),
        ("۰۷۷۰۸۸۶۶۱۵۰", "+9647708866150"),
        ("01 717 1234", "+96417171234"),
        ("+45 88 32 70 00", "+4588327000"),
        ("770 886 6150", None),
        ("0770 886 615", None),
        ("+0 770 886 6150", None),
        ("2012-02-09", None),
        ("09-02-2012", None),
        ("0 1 2 3 4 5 6 7 8 9", None),
        ("3.11.7", None),
        ("هاتف 0770 886 6150", None),
        ("", None),
    ],
)
def test_a_phone_number_is_dialled_in_e164(text: str, uri: str | None) -> None:
    """What is written as a phone number gets the one number to dial, and nothing else does."""
    assert phone_uri(text) == uri


def test_other_countries_have_other_numbers() -> None:
    """The zero of calls within a country stands for that country."""
    assert phone_uri("01 23 45 67 89", country="33") == "+33123456789"
    assert [phone.uri for phone in find_phone_numbers("030 1234567, 00 964 770 88 66 150", country="49")] == [
        "+49301234567",
        "+9647708866150",
    ]


def test_markup_in_a_text_is_escaped() -> None:
    """A title is text: what looks like an element is shown, not obeyed."""
    assert isolate_as_html("<شبكة> & INSM", "rtl") == '&lt;شبكة&gt; &amp; <bdi dir="ltr">INSM</bdi>'
    assert isolate_as_html('The "<شبكة>"', "ltr") == 'The &#34;&lt;<bdi dir="rtl" lang="ar">شبكة</bdi>&gt;&#34;'
    assert "<b>" not in isolate_as_html("<b>شبكة</b> & INSM", "rtl")


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u2066", "\u2069", "\u202c"])
def test_no_run_reaches_over_an_authors_mark(mark: str) -> None:
    """What an author put between marks stays between them."""
    text = f"من International {mark}Media Support معاً"
    assert [text[run.start : run.end] for run in find_bidi_runs(text, "rtl")] == ["International", "Media Support"]


def test_a_space_that_does_not_break_is_a_space() -> None:
    """French spaces and pasted ones hold a name and a phone number together."""
    text = "بدعم من International\u00a0Media Support\u202f(IMS)، 00\u00a0964\u00a0770 88 66 150"
    found = [text[run.start : run.end] for run in find_bidi_runs(text, "rtl")]
    assert found == ["International\u00a0Media Support\u202f(IMS)", "00\u00a0964\u00a0770 88 66 150"]


def test_a_line_end_is_a_space_and_an_empty_line_an_end() -> None:
    """Markdown breaks lines within a paragraph; what stands apart is not one name."""
    assert len(find_bidi_runs("من Code\nfor Iraq هنا", "rtl")) == 1
    assert len(find_bidi_runs("من Code\n\nfor Iraq هنا", "rtl")) == 2


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_runs_lie_in_order_and_cover_no_edge_of_space(direction: Direction) -> None:
    """Whatever the text, runs follow each other, hold something, and begin and end on no space."""
    chance = random.Random(3)
    for _ in range(1500):
        text = "".join(chance.choices(HOSTILE, k=14))
        at = 0
        for run in find_bidi_runs(text, direction):
            assert at <= run.start < run.end <= len(text)
            assert text[run.start : run.end] == text[run.start : run.end].strip()
            at = run.end


@pytest.mark.parametrize("direction", daily(["ltr", "rtl"], "rtl"))
def test_no_text_takes_for_ever(direction: Direction) -> None:
    """Texts made to be slow are done, too: no measure of speed, but what grows with the square would take minutes."""
    chance = random.Random(7)
    for text in [
        *HOSTILE,
        *("".join(chance.choices(HOSTILE, k=3)) for _ in range(30)),
        "".join(map(plain, dict(CASES).values())),
    ]:
        long = (text * 20_000)[:20_000]
        assert seconds(long, direction) < 20, text


def seconds(text: str, direction: Direction) -> float:
    """Return how long the runs of a text take."""
    begun = time.process_time()
    find_bidi_runs(text, direction)
    return time.process_time() - begun
