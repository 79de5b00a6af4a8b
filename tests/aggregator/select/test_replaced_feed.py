"""A feed that is suddenly another is held; one that was renamed, or has room for few posts, goes on."""

from __future__ import annotations

from typing import Any

import pytest

from jisr.aggregator.pipeline import process_task
from jisr.aggregator.store.post_writer import read_member_posts
from jisr.aggregator.workers.pool import Task, TaskResult
from tests.aggregator.fetch.blogs import feed
from tests.aggregator.select.blog import Desk, rules, source

TITLES = {
    "ar": ("رسائل القرية", "مكافآت الكازينو"),
    "ckb": ("نامەکانی گوند", "پاداشتی کازینۆ"),
    "fr": ("Lettres du village", "Bonus de casino"),
}


def read(desk: Desk, body: bytes, known: str = "", **said: Any) -> TaskResult:
    """Return what is selected of a feed, whose title was another one before."""
    by = source(**said)
    posts = read_member_posts(desk.content, by.member, desk.traces.get(by.member, ()))
    return process_task(Task(by, body, "application/rss+xml", "https://blog.example.org/feed", posts, desk.network, known))


def begin(desk: Desk, tongue: str, *numbers: int) -> str:
    """Write the posts of a first run, and return the title that is remembered."""
    result = read(desk, feed(*numbers, tongue=tongue, title=TITLES[tongue][0]))
    desk.write(source(), result.selection)
    return result.feed_title


@pytest.mark.parametrize("host", ["blog.example.org", "other.example.net"])
@pytest.mark.parametrize("tongue", TITLES)
def test_another_feed_at_the_address_is_held(desk: Desk, tongue: str, host: str) -> None:
    """With another title and none of the known posts nothing is written, an editor is asked once, and it stays so."""
    title = begin(desk, tongue, 1, 2)
    assert title == TITLES[tongue][0]
    before = desk.files()
    for _ in range(2):
        desk.later()
        result = read(desk, feed(*range(20, 28), tongue=tongue, host=host, title=TITLES[tongue][1]), title)
        assert [one.kind for one in result.selection.review_items] == ["replaced"]
        assert [held.reason for held in result.selection.held_back] == ["replaced"] * 8
        assert result.feed_title == ""
        desk.write(source(), result.selection)
        assert desk.files() == before


@pytest.mark.parametrize("tongue", TITLES)
def test_a_pinned_post_says_that_it_is_the_same_blog(desk: Desk, tongue: str) -> None:
    """The remedy of the question works: the posts come in, and the new title is remembered."""
    title = begin(desk, tongue, 1)
    body = feed(20, 21, tongue=tongue, title=TITLES[tongue][1])
    asked = str(read(desk, body, title).selection.review_items[0].text)
    link = asked.partition('pin: ["')[2].partition('"]')[0]
    result = read(desk, body, title, rules=rules(f"pin {link}"))
    assert (len(result.selection.posts), result.selection.review_items) == (2, ())
    assert result.feed_title == TITLES[tongue][1]


@pytest.mark.parametrize("tongue", TITLES)
@pytest.mark.parametrize(
    ("numbers", "named"),
    [((2, 9), 1), ((9,), 0), ((9,), "tagline"), ((), 1)],
    ids=["renamed", "one post a week", "a word more in its title", "empty"],
)
def test_a_blog_goes_on(desk: Desk, tongue: str, numbers: tuple[int, ...], named: Any) -> None:
    """A new title, or new posts alone, change nothing; nor does a feed without posts."""
    title = begin(desk, tongue, 1, 2)
    new = TITLES[tongue][named] if isinstance(named, int) else f"{title} – 2026"
    result = read(desk, feed(*numbers, tongue=tongue, title=new), title)
    assert [one.kind for one in result.selection.review_items] == []
    assert [post.guid[-1] for post in result.selection.posts] == [str(number) for number in numbers if number == 9]


def test_a_member_without_posts_has_no_other_feed(desk: Desk) -> None:
    """Where nothing is known of a member, or no title was remembered, there is nothing to compare."""
    assert len(read(desk, feed(1, 2), "Another").selection.posts) == 2
    begin(desk, "ar", 1)
    assert len(read(desk, feed(8, 9, title="Another")).selection.posts) == 2
