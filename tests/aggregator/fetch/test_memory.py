"""What is remembered between runs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisr.aggregator.model import FeedSource, FetchResult, SeenEntry, Validators
from jisr.aggregator.state import FeedState, ObservedMove, delete_stale_states, load_state, save_state, update_state
from tests.aggregator.fetch.network import NOW

FULL = FeedState(
    "penus",
    source_url="https://example.org/خلاصه",
    address="https://example.org/new",
    url="https://example.org/new",
    validators=Validators('"ب"', "yesterday", "abc", NOW),
    content_type="text/xml",
    body=b"\x00\xff<rss/>" * 1000,
    failures=3,
    reason="it was ill",
    retry_at=NOW + timedelta(hours=1),
    gone_on=date(2026, 1, 2),
    last_success=NOW,
    observed_moves=(ObservedMove("https://example.org/new", (date(2026, 1, 1), date(2026, 1, 2))),),
    seen_entries=(
        SeenEntry("7", "https://example.org/7", "پیاسە \ud800", NOW, "2026-01-01", "posts/penus/x/index.ckb.md", "d", "s", NOW),
    ),
)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    """A memory is read as it was written, and written once where it did not change."""
    plain = replace(FULL, seen_entries=(replace(FULL.seen_entries[0], title="پیاسە"),))
    assert save_state(tmp_path, plain)
    assert load_state(tmp_path, "penus") == plain
    assert not save_state(tmp_path, plain)
    assert [file.name for file in tmp_path.iterdir()] == ["penus.json"]


def test_half_a_character_does_no_harm(tmp_path: Path) -> None:
    """A title with half a character, as broken feeds have, can be kept."""
    save_state(tmp_path, FULL)
    assert load_state(tmp_path, "penus").seen_entries[0].guid == "7"


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"version": 1}', '{"version": 99}', "\x00", "[" * 100_000])
def test_what_cannot_be_read_is_nothing(tmp_path: Path, damage: str) -> None:
    """A file that is damaged, or of another version, is as if there was none."""
    (tmp_path / "penus.json").write_text(damage, "utf-8")
    assert load_state(tmp_path, "penus") == FeedState("penus")


@given(st.data())
def test_no_damage_is_an_error(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever value of a file is another, reading it raises nothing."""
    folder = tmp_path_factory.getbasetemp()
    save_state(folder, FULL)
    said = json.loads((folder / "penus.json").read_text("utf-8"))
    name = data.draw(st.sampled_from(sorted(said)))
    said[name] = data.draw(
        st.one_of(st.none(), st.integers(), st.text(), st.lists(st.text()), st.dictionaries(st.text(), st.text()))
    )
    (folder / "penus.json").write_text(json.dumps(said), "utf-8")
    assert load_state(folder, "penus").member == "penus"


def test_another_address_is_a_fresh_start() -> None:
    """When a member's file says another address, posts are remembered and nothing of the old server."""
    same = FULL.for_source(FeedSource("penus", "x", FULL.source_url))
    other = FULL.for_source(FeedSource("penus", "x", "https://example.org/other"))
    assert same == FULL
    assert other == FeedState("penus", "https://example.org/other", seen_entries=FULL.seen_entries)


def test_an_address_that_was_found_and_fails_is_looked_for_again() -> None:
    """An address that no file states is given up after three failures."""
    memory = replace(FULL, failures=0)
    for _ in range(3):
        assert memory.address
        memory = update_state(memory, FetchResult("penus", "failed", "x", reason="it is ill"), NOW)
    assert memory.address == ""


def test_members_that_left_are_forgotten(tmp_path: Path) -> None:
    """Taking a member out leaves nothing behind."""
    for member in ("a", "b"):
        save_state(tmp_path, FeedState(member))
    (tmp_path / "report.json").write_text("{}", "utf-8")
    delete_stale_states(tmp_path, ["b"])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["b.json", "report.json"]
