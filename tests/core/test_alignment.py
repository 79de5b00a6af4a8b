"""Alignment of the parts of two versions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisr.core.translation.alignment import BodyPart, align

PARTS = st.lists(
    st.builds(
        BodyPart, st.sampled_from(["p", "h2", "li"]), st.sampled_from(["", "r1", "r2"]), st.integers(0, 900), st.booleans()
    ),
    max_size=12,
)


def parts(text: str) -> list[BodyPart]:
    """Return parts from words such as ``h2``, ``p:80`` (its size), ``li#r3`` and ``p:80!`` (new)."""
    return [_part(word) for word in text.split()]


def _part(word: str) -> BodyPart:
    kind, _, size = word.removesuffix("!").partition(":")
    name, _, anchor = kind.partition("#")
    return BodyPart(name, anchor, int(size or 50), word.endswith("!"))


CASES = {
    "same kinds in the same order": ("h2 p:10 p:900 li#r1", "h2 p:900 p:10 li#r1", "00 11 22 33"),
    "a paragraph that one version lacks is found by the lengths": ("p:200 p:40 p:400", "p:210 p:390", "00 1- 21"),
    "what is new since the translation stands alone": ("p:50 p:50! p:50", "p:50 p:50", "00 1- 21"),
    "what is new stands beside its translation where there is one": ("p:50 p:50! p:50", "p:50 p:50 p:50 li", "00 11 22 -3"),
    "resolutions stand beside those of their number": ("li#r1 li#r2 li#r3", "li#r1 li#r3", "00 1- 21"),
    "a heading never stands beside a paragraph": ("h2 p", "p", "0- 10"),
    "an empty version": ("", "p p", "-0 -1"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_parts_find_their_like(case: tuple[str, str, str]) -> None:
    """Each case says what stands beside what."""
    first, second, expected = case
    pairs = align(parts(first), parts(second))

    assert " ".join("".join("-" if one is None else str(one) for one in couple) for couple in pairs) == expected


@given(PARTS, PARTS)
def test_every_part_stands_once_in_its_order(first: list[BodyPart], second: list[BodyPart]) -> None:
    """Whatever two versions hold, no part is lost, none stands twice, all keep their order, and only like stands by like."""
    pairs = align(first, second)

    assert [one for one, _ in pairs if one is not None] == list(range(len(first)))
    assert [other for _, other in pairs if other is not None] == list(range(len(second)))
    assert all(first[i].kind == second[j].kind for i, j in pairs if i is not None and j is not None)


def test_long_texts_take_a_time_that_grows_with_them() -> None:
    """Versions of thousands of parts are aligned too, though one has many more of them."""
    first, second = [BodyPart("p", size=50)] * 3000, [BodyPart("p", size=50)] * 700

    assert len([couple for couple in align(first, second) if None not in couple]) == 700
