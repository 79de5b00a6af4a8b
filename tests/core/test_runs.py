"""Which runs go against the direction around them; the cases are lines of a file, runs marked in them."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest

from plugins.core.languages import Direction
from plugins.core.runs import base_direction, isolated, runs

LINES = (Path(__file__).parent / "cases" / "runs.tsv").read_text("utf-8").splitlines()
CASES = [line.split("\t") for line in LINES if line and not line.startswith("#")]
MARK = re.compile("⟦([a-z]+)(!?)\\|([^⟧]*)⟧")


def marked(text: str, around: Direction) -> str:
    """Give a text with its runs marked as the file of cases marks them."""
    pieces, at = [], 0
    for run in runs(text, around):
        pieces += [text[at : run.start], f"⟦{run.kind}{'!' * run.override}|{text[run.start : run.end]}⟧"]
        at = run.end
    return "".join([*pieces, text[at:]])


@pytest.mark.parametrize(("around", "line"), [case[:2] for case in CASES])
def test_what_goes_the_other_way_is_found(around: Direction, line: str) -> None:
    """Phones, dates, addresses and names of the other script are found whole; numbers and ranges are left alone."""
    assert marked(MARK.sub(r"\3", line), around) == line


def test_there_are_enough_cases() -> None:
    """Eighty ways of mixing scripts at least, in paragraphs of both directions."""
    assert len(CASES) >= 80
    assert {case[0] for case in CASES} == {"rtl", "ltr"}


@pytest.mark.parametrize("around", ["rtl", "ltr"])
def test_runs_never_overlap(around: Direction) -> None:
    """Runs come in order, each ends before the next begins, and none is empty."""
    text = " ".join(MARK.sub(r"\3", case[1]) for case in CASES)
    found = runs(text, around)

    assert all(run.start < run.end for run in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize("piece", ["a", "ا", "(", "a(", "0 ", "00 964 ", "a.", "@", "http://", "a@", "#a ", "1-", "ا a "])
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    """A text of 20,000 pieces is done in seconds: no measure of speed, but what grows with the square takes minutes."""
    begin = time.perf_counter()
    runs(piece * 20_000, "rtl")

    assert time.perf_counter() - begin < 20


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Code for Iraq هي مبادرة لتطوير المهارات", "rtl"),
        ("هي Code for Iraq and many other things", "ltr"),
        ("2012", "rtl"),
        ("کۆنفرانسی POINT لە بەغدا", "rtl"),
    ],
)
def test_a_block_goes_as_most_of_its_letters_do(text: str, direction: Direction) -> None:
    """Not the first letter decides; where there is none, the page does."""
    assert base_direction(text, "rtl") == direction


def test_spaced_arabic_digits_are_overridden() -> None:
    """Groups of Arabic-Indic digits stay reversed in an isolate, so they get a bdo."""
    assert "<bdo dir=" in isolated("هاتف ٠٧٧٠ ٨٨٦ ٦١٥٠", "rtl")


def test_an_isolated_text_is_escaped() -> None:
    """A title is text: its tags are shown, not followed."""
    assert isolated("بيان & INSM", "rtl") == 'بيان &amp; <bdi dir="ltr">INSM</bdi>'
