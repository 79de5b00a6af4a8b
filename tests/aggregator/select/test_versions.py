"""A post that its blog has in several languages is one text in several languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from jisr.aggregator.model import SafeItem
from jisr.aggregator.store.post_serializer import parse_post, render_post
from tests.aggregator.select.blog import NOW, Desk, item, rules, source

HOST = "https://blog.example.org"
JOINED = {
    "segments": (f"{HOST}/ar/2026/boats/", f"{HOST}/en/2026/boats/"),
    "one bare": (f"{HOST}/ar/2026/boats/", f"{HOST}/2026/boats/"),
    "queries": (f"{HOST}/?p=7&lang=ar", f"{HOST}/?p=7&lang=en"),
    "hosts": ("https://ar.blog.example.org/boats/", "https://en.blog.example.org/boats"),
    "a large tag": (f"{HOST}/AR/boats/", f"{HOST}/EN/boats/"),
}
APART = {
    "other words": (f"{HOST}/ar/2026/boats/", f"{HOST}/en/2026/rivers/"),
    "no language": (f"{HOST}/2026/boats/", f"{HOST}/2026/rivers/"),
    "homes": (f"{HOST}/ar/", f"{HOST}/en/"),
    "a word that begins so": (f"{HOST}/archive/boats/", f"{HOST}/entry/boats/"),
}


def pair(links: tuple[str, str], **said: Any) -> list[SafeItem]:
    """Return a post in Arabic and the same in English, at two addresses."""
    older = {"published": NOW - timedelta(days=31)}
    return [item(1, "ar", link=links[0], **(older | said)), item(2, "en", link=links[1], published=NOW - timedelta(days=30))]


@pytest.mark.parametrize("links", JOINED.values(), ids=JOINED)
def test_versions_are_told_by_their_addresses(desk: Desk, links: tuple[str, str]) -> None:
    """Addresses that differ by a language's name are of one text, whose older version is the original."""
    desk.run(pair(links))
    files = desk.files()

    assert len({path.rpartition("/")[0] for path in files}) == 1
    (folder,) = {path.rpartition("/")[0] for path in files}
    assert "translation" not in files[f"{folder}/index.ar.md"]
    assert "translation: {of: ar}\n" in files[f"{folder}/index.en.md"]


@pytest.mark.parametrize("links", APART.values(), ids=APART)
def test_other_posts_stay_apart(desk: Desk, links: tuple[str, str]) -> None:
    """Addresses that say nothing of each other are of two texts."""
    desk.run(pair(links))

    assert len({path.rpartition("/")[0] for path in desk.files()}) == 2


def test_versions_are_told_by_the_feed(desk: Desk) -> None:
    """A feed that names an entry's other languages is believed for its own entries."""
    arabic, english = pair((f"{HOST}/qawarib/", f"{HOST}/boats/"))
    english = replace(english, item=replace(english.item, alternates=(f"{HOST}/qawarib/", "https://elsewhere.example.org/x")))
    desk.run([arabic, english])

    assert sorted(desk.files()) == ["posts/penus/qawarib/index.ar.md", "posts/penus/qawarib/index.en.md"]


def test_two_of_one_language_are_never_joined(desk: Desk) -> None:
    """Nothing tells which of two English versions is the translation: three texts stay three."""
    links = (f"{HOST}/ar/boats/", f"{HOST}/en/boats/")
    desk.run([*pair(links), item(3, "en", link=f"{HOST}/boats/")])

    assert len({path.rpartition("/")[0] for path in desk.files()}) == 3


def test_a_translation_comes_later(desk: Desk) -> None:
    """A version that appears in a later run goes into the folder of its original; a further run changes nothing."""
    arabic, english = pair(JOINED["segments"])
    desk.run([arabic])
    desk.later()
    _, changes = desk.run([arabic, english])
    assert [(one.kind, one.path) for one in changes] == [("added", "posts/penus/boats/index.en.md")]
    desk.later()
    _, changes = desk.run([arabic, english])
    assert changes == ()


def test_a_translation_changes_alone(desk: Desk) -> None:
    """What the source changes in one version changes that file, and it stays a translation."""
    arabic, english = pair(JOINED["segments"])
    desk.run([arabic, english])
    desk.later()
    _, changes = desk.run([arabic, replace(english, body=f"{english.body}\n\nAnd more.")])

    assert [(one.kind, one.path) for one in changes] == [("updated", "posts/penus/boats/index.en.md")]
    assert "translation: {of: ar}\n" in desk.files()["posts/penus/boats/index.en.md"]


def test_a_translation_by_people_is_theirs(desk: Desk) -> None:
    """A version that an editor translated is not taken for the source's, and never written over."""
    arabic, english = pair(JOINED["segments"])
    desk.run([arabic])
    desk.file("boats").write_text("---\ntitle: Boats\ntranslation: {of: ar}\n---\n\nOurs.\n", "utf-8")
    for _ in range(3):
        desk.later()
        _, changes = desk.run([arabic, english])
        assert changes == ()

    assert "Ours." in desk.files()["posts/penus/boats/index.en.md"]


def test_a_removed_translation_stays_away(desk: Desk) -> None:
    """A version that an editor removed does not come back, and its original stays."""
    both = pair(JOINED["segments"])
    desk.run(both)
    desk.file("boats").unlink()
    desk.later()
    desk.run(both)
    desk.later()
    desk.run(both)

    assert sorted(desk.files()) == ["posts/penus/boats/index.ar.md", "posts/penus/removed.yaml"]


def test_a_translation_outlives_its_original(desk: Desk) -> None:
    """Where an editor removed the original, its translation is the original: the site builds, and no date changes."""
    both = pair(JOINED["segments"])
    desk.run(both)
    desk.file("boats", "ar").unlink()
    desk.later()
    desk.run(both)
    text = desk.files()["posts/penus/boats/index.en.md"]

    assert "translation" not in text
    assert "modified" not in text
    assert "\nmember: penus\n" in text
    desk.later()
    assert desk.run(both)[1] == ()


def test_a_hidden_translation_is_taken_away(desk: Desk) -> None:
    """A rule that hides one version leaves the other."""
    both = pair(JOINED["segments"])
    desk.run(both)
    desk.later()
    desk.run(both, source(rules=rules(f"hide {JOINED['segments'][1]}")))

    assert sorted(desk.files()) == ["posts/penus/boats/index.ar.md"]


def test_where_an_original_goes_to_another_its_translation_stands_alone(desk: Desk) -> None:
    """A post that two members have goes to one; what the other has besides is whole without it."""
    arabic, english = pair(JOINED["segments"], published=NOW - timedelta(days=31))
    desk.run_all({source("insm"): [arabic], source("penus"): [arabic, english]})
    files = desk.files()

    assert sorted(files) == ["posts/insm/boats/index.ar.md", "posts/penus/boats/index.en.md"]
    assert "translation" not in files["posts/penus/boats/index.en.md"]


def test_a_translation_is_read_as_it_was_written(desk: Desk) -> None:
    """A file that says what it translates gives the same bytes again."""
    desk.run(pair(JOINED["segments"]))
    text = desk.files()["posts/penus/boats/index.en.md"]
    post, translates = parse_post(text, "penus", "boats", "en")

    assert (translates, post.of) == (True, "ar")
    assert render_post(post) == text
