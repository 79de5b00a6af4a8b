"""What is a block, and which changes of a text change its hash."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisr.core.translation.blocks import digest, format_pin, parse_pin, split_blocks, version_blocks
from jisr.core.translation.staleness import compare_with_pin
from jisr.editing.translate.scaffold import scaffold

CASES = (Path(__file__).parent / "cases" / "blocks.txt").read_text("utf-8").split("=== ")[1:]
WORDS = st.text(alphabet="ابجدهوزئێۆڕڵگچپ\u200cêîûşçaeé", min_size=1, max_size=8).filter(str.strip)
SENTENCE = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(SENTENCE, min_size=1, max_size=8, unique_by=digest)
SPACE = st.sampled_from([" ", "  ", "\n", "\u00a0", " \n ", "\t"])


@pytest.mark.parametrize("case", CASES, ids=[case.splitlines()[0] for case in CASES])
def test_a_body_has_these_blocks(case: str) -> None:
    """Each block is found where it begins, with its words."""
    body, _, expected = case.split("\n", 1)[1].rpartition("\n---\n")

    assert [f"{one.kind} {one.line} {one.text}" for one in split_blocks(body)] == expected.strip("\n").split("\n")


@given(TEXTS, st.data())
def test_white_space_never_makes_stale(paragraphs: list[str], data: st.DataObject) -> None:
    """Other spaces, other lines, more empty lines, CRLF: nothing changed."""
    spaced = ["".join(word + data.draw(SPACE) for word in paragraph.split(" ")) for paragraph in paragraphs]
    then, now = split_blocks("\n\n".join(paragraphs)), split_blocks("\n\n\n".join(spaced).replace("\n", "\r\n"))

    assert compare_with_pin(parse_pin(format_pin(then)), now).changes == ()


@given(SENTENCE)
def test_a_hash_is_the_same_in_every_normal_form(text: str) -> None:
    """Letters typed as one character or as two, and marks of direction, change no hash."""
    assert digest(unicodedata.normalize("NFD", text)) == digest(unicodedata.normalize("NFC", text)) == digest(f"\u200f{text}")


@given(TEXTS, st.data())
def test_each_changed_block_is_named(paragraphs: list[str], data: st.DataObject) -> None:
    """Whatever paragraphs change, these are named, and no others."""
    changed = data.draw(st.sets(st.integers(0, len(paragraphs) - 1)))
    now = split_blocks("\n\n".join(f"{one} xyz" if at in changed else one for at, one in enumerate(paragraphs)))
    found = compare_with_pin(parse_pin(format_pin(split_blocks("\n\n".join(paragraphs)))), now)

    assert [now.index(one.block) for one in found.changes if one.block] == sorted(changed)
    assert {one.change_type for one in found.changes} <= {"changed"}
    assert (found.count, found.total) == (len(changed), len(paragraphs))


@given(TEXTS, TEXTS)
def test_any_two_texts_can_be_compared(then: list[str], now: list[str]) -> None:
    """Every block of today that was not there is named, every hash that is gone is told, and no more changes than there are."""
    old, new = split_blocks("\n\n".join(then)), split_blocks("\n\n".join(now))
    found = compare_with_pin(parse_pin(format_pin(old)), new)

    assert {one.digest for one in new} - {one.digest for one in old} <= {one.block.digest for one in found.changes if one.block}
    assert {one.digest for one in old} - {one.digest for one in new} <= {one.old_digest for one in found.changes}
    assert found.count <= found.total


def test_title_and_summary_are_blocks() -> None:
    """A title that changes its meaning makes a translation stale; a summary counts where there is one."""
    assert [one.kind for one in version_blocks("بيان", "", "نص")] == ["title", "paragraph"]
    assert [one.kind for one in version_blocks("بيان", "خلاصة", "نص")] == ["title", "summary", "paragraph"]


@pytest.mark.parametrize("text", ["", "hello", "0a1b2", "0a1b2c,0a1b2c", "0a1b2c 0a1b2"])
def test_what_is_no_pin_is_refused(text: str) -> None:
    """A pin is hashes of six characters, joined by spaces or dots."""
    with pytest.raises(ValueError, match=r".*"):
        parse_pin(text)


@given(st.text(max_size=300))
def test_any_body_has_blocks(text: str) -> None:
    """Whatever was typed, reading it ends, every block has words, and a new translation has comments for all of it."""
    found = split_blocks(text)

    assert all(one.text for one in found)
    assert [one.line for one in found] == sorted(one.line for one in found)
    assert split_blocks(scaffold([one for one in found if one.kind not in ("code", "row")])) == ()
