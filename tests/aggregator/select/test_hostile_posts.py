"""What a member may do to its own posts, and never to the site or to another's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.aggregator.select.blog import LANGUAGES, Desk, item, source


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", [{"title": "", "body": ""}, {"body": " \n"}], ids=["nothing", "a title"])
def test_what_was_emptied_stays(desk: Desk, language: str, said: dict[str, Any]) -> None:
    """A post of which its feed says nothing any more stays as it was, is asked about, and takes what it says later."""
    desk.run([item(1, language)])
    before = desk.files()
    desk.later()
    for _ in range(2):
        choice, changes = desk.run([item(1, language, **said)])
        assert changes == ()
        assert [one.kind for one in choice.review_items] == ["removed"]
    assert desk.files() == before
    _, changes = desk.run([item(1, language, body=f"{item(1, language).body}\n\n2.")])
    assert [one.kind for one in changes] == ["updated"]


@pytest.mark.parametrize("title", ["\u200c\u200d", "\u00ad \u2060", "\u3164", "\u2800", "\u0651"])
def test_a_title_that_nobody_sees_is_none(desk: Desk, title: str) -> None:
    """A link with such a title could not be found: the post is called by its beginning."""
    desk.run([item(1, "ar", title=title)])
    assert '\ntitle: "التقينا عند النهر' in desk.files()["posts/penus/post-1/index.ar.md"]


def test_a_post_does_not_move_to_another_member_s_site(desk: Desk) -> None:
    """An address below the site of another member is not taken over, and that member's post there comes to that one."""
    desk.network = replace(desk.network, site_owners={"other.example.org": "other"})
    desk.run([item(1)])
    desk.later()
    link = "https://other.example.org/boats/"
    desk.run([item(1, link=link, title="Boats")])
    desk.later()
    desk.run_all({source(): [item(1, link=link, title="Boats")], source("other"): [item(9, link=link, title="Boats")]})

    files = desk.files()
    assert 'original: "https://blog.example.org/2026/post-1/"' in files["posts/penus/post-1/index.en.md"]
    assert "modified: 2026-10-02" in files["posts/penus/post-1/index.en.md"]
    assert "posts/other/boats/index.en.md" in files


def test_posts_that_change_places_say_so(desk: Desk) -> None:
    """A feed that gives one post the id of another changes both, and both say that they were changed."""
    desk.run([item(1), item(2)])
    desk.later()
    _, changes = desk.run([item(1, guid="guid-2"), item(2, guid="guid-1")])
    assert [one.kind for one in changes] == ["updated", "updated"]
    assert all("modified: 2026-10-02" in text for text in desk.files().values())


def test_an_author_s_name_fits_a_folder(desk: Desk) -> None:
    """Letters that become many Latin ones give no address that a file system cannot hold."""
    desk.run([item(1, authors=("漢" * 80, "Sara"))])
    assert 'authors: [penus, "Sara"]\n' in desk.files()["posts/penus/post-1/index.en.md"]


@pytest.mark.thorough
def test_a_memory_does_not_grow_for_ever(desk: Desk) -> None:
    """A feed that names new posts each day, none of which is taken, is not remembered without end; what has a file is."""
    by = source(languages=("en",))
    desk.run([item(1)], by)
    for day in range(12):
        desk.later()
        desk.run([item(200 * day + number, "en", title="☀", body="☀") for number in range(10, 210)], by)
    traces = desk.traces["penus"]
    assert len(traces) <= 2201
    assert [one.guid for one in traces if one.path] == ["guid-1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_for_a_password_is_no_post(desk: Desk, language: str) -> None:
    """A post behind a password is held back; one that was there before stays as it was, and is asked about."""
    locked = replace(item(1, language, body="Behind a password."), is_protected=True)
    assert [held.reason for held in desk.choose([locked]).held_back] == ["password"]
    desk.run([item(1, language)])
    before = desk.files()
    choice, _ = desk.run([locked])
    assert (desk.files(), [one.kind for one in choice.review_items]) == (before, ["removed"])
