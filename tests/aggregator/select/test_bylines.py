"""Who wrote a post: ``bylines.txt`` says what stands in a feed and whom the site names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jisr.aggregator.select.bylines import split_byline
from tests.aggregator.select.blog import Desk, item, source

LINES = (Path(__file__).parent / "bylines.txt").read_text("utf-8").splitlines()
CASES = [tuple(part.strip() for part in line.split("|")) for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("said", "people"), CASES)
def test_a_byline_names_people(said: str, people: str) -> None:
    """Several people are several, a body is one, and what a platform writes for nobody, a role or "by" is no part of a name."""
    assert "; ".join(split_byline(said)) == people


def authors(desk: Desk, member: str) -> list[str]:
    lines = (line for path, text in desk.files().items() if f"/{member}/" in path for line in text.splitlines())
    return [line for line in lines if line.startswith("authors: ")]


@pytest.mark.parametrize("order", [("aaa", "zzz"), ("zzz", "aaa")])
def test_a_namesake_takes_no_name_away(desk: Desk, order: tuple[str, str]) -> None:
    """Each post names its author as its blog does, whatever a namesake is called elsewhere and whichever folder is first."""
    latin, arabic = order
    for _ in range(2):
        desk.run_all(
            {
                source(latin): [item(1, authors=("Mona Aziz",), link="https://l.example.org/1")],
                source(arabic): [item(1, "ar", authors=("منى عزيز",), link="https://a.example.org/1")],
            }
        )
        desk.later()
    assert authors(desk, latin) == ['authors: ["Mona Aziz"]']
    assert authors(desk, arabic) == ['authors: ["منى عزيز"]']


def test_one_name_has_one_spelling(desk: Desk) -> None:
    """A name in capitals is that of the same person, in whichever blog it stands."""
    desk.run_all(
        {
            source("aaa"): [item(1, authors=("MONA AZIZ",), link="https://l.example.org/1")],
            source("zzz"): [item(2, authors=("Mona Aziz",), link="https://a.example.org/1")],
        }
    )
    assert authors(desk, "aaa") == authors(desk, "zzz") == ['authors: ["Mona Aziz"]']


def test_a_member_s_own_names_are_the_member(desk: Desk) -> None:
    """Where the member's file has the name as its title in any language, the post is the member's: one person, two names."""
    titles = {"penus": frozenset({"mona aziz", "منی عزیز"})}
    desk.network = replace(desk.network, member_ids=frozenset({"penus", "other"}), member_titles=titles)
    desk.run([item(1, authors=("Mona Aziz",)), item(2, "ar", authors=("منى عزيز",)), item(3, authors=("Azad",))])
    assert authors(desk, "penus") == ['authors: ["Azad"]']


def test_a_byline_is_no_other_member(desk: Desk) -> None:
    """A feed that writes the id of another member as its author does not put its posts on that member's page."""
    desk.network = replace(desk.network, member_ids=frozenset({"penus", "dijla"}))
    desk.run([item(1, authors=("dijla",)), item(2, authors=("penus",)), item(3, authors=("dijl",))])
    assert authors(desk, "penus") == ['authors: ["Dijla"]', "authors: [dijl]"]
