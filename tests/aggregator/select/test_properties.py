"""What holds for any feed: choosing again changes nothing, order makes no difference, members stay apart."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jisr.aggregator.model import SafeItem, SiteContext
from jisr.aggregator.store.post_serializer import is_credible
from tests.aggregator.select.blog import LANGUAGES, NOW, Desk, item, source

MARKS = st.sampled_from(["", "1", "2", "penus", "https://blog.example.org/1"])
LINKS = st.sampled_from(
    ["", "https://blog.example.org/1", "http://www.blog.example.org/1/?utm_source=x", "https://evil.example.org/../penus/1"]
)
ITEMS = st.builds(
    lambda number, tongue, said: item(number, tongue, **said),
    st.integers(0, 6),
    st.sampled_from(LANGUAGES),
    st.fixed_dictionaries(
        {},
        optional={
            "guid": MARKS,
            "link": LINKS,
            "title": st.sampled_from(["", "A walk along the river", "../x", "A: b"]),
            "published": st.sampled_from([None, NOW, NOW + timedelta(days=9), NOW - timedelta(days=3)]),
            "updated": st.sampled_from([None, NOW]),
            "authors": st.sampled_from([(), ("Ali",), ("ALI", "penus"), ("penu",)]),
        },
    ),
)
FEEDS = st.lists(ITEMS, max_size=8)


def desk_in(folder: str) -> Desk:
    members = frozenset({"penus", "evil"})
    return Desk(Path(folder) / "content", SiteContext(NOW, LANGUAGES, {"blog.example.org": "penus"}, member_ids=members))


@settings(max_examples=150, deadline=None)
@given(FEEDS)
def test_choosing_twice_changes_nothing(feed: list[SafeItem]) -> None:
    """A second run with the same feed, also on another day, changes no byte and remembers the same."""
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_in(folder)
        desk.run(feed)
        before, remembered = desk.files(), desk.traces["penus"]
        desk.later(3)
        _, changes = desk.run(feed)
        assert (changes, desk.files(), desk.traces["penus"]) == ((), before, remembered)


@settings(max_examples=150, deadline=None)
@given(FEEDS, st.randoms(use_true_random=False))
def test_order_makes_no_difference(feed: list[SafeItem], order: Any) -> None:
    """Items in any order give the same choice; those without a date stand in the order of their feed."""
    feed = [one for one in feed if is_credible(one.item.published, NOW)]
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_in(folder)
        first = desk.choose(feed)
        order.shuffle(feed)
        assert desk.choose(feed) == first


@settings(max_examples=150, deadline=None)
@given(FEEDS, FEEDS, FEEDS)
def test_no_feed_touches_another_member_s_files(feed: list[SafeItem], hostile: list[SafeItem], later: list[SafeItem]) -> None:
    """Whatever a member's feed says, the files of another are as they were, and nothing lies outside its own folder."""
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_in(folder)
        desk.run(feed)
        before = desk.files()
        for attack in (hostile, later):
            desk.run_all({source("evil"): attack, source(): []})
            after = desk.files()
            assert {path: text for path, text in after.items() if path.startswith("posts/penus/")} == before
            assert all(path.startswith(("posts/penus/", "posts/evil/")) for path in after)


@settings(max_examples=100, deadline=None)
@given(FEEDS, FEEDS)
def test_nothing_shown_is_lost(feed: list[SafeItem], later: list[SafeItem]) -> None:
    """A file that was written stays, whatever the feed says next, and its date stays."""
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_in(folder)
        desk.run(feed)
        before = desk.files()
        desk.network = replace(desk.network, now=NOW + timedelta(days=30))
        desk.run(later)
        after = desk.files()
        dates = {path: [line for line in text.split("\n") if line.startswith("date: ")][:1] for path, text in after.items()}
        assert before.keys() <= after.keys()
        assert all(dates[path][0] in text for path, text in before.items())
