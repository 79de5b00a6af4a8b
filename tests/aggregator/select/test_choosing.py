"""What is taken of a feed, what is held back, and what an editor is asked: one rule a test."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jisr.aggregator.model import SiteContext
from tests.aggregator.select.blog import LANGUAGES, NOW, Desk, item, rules, source


def titles(desk: Desk, *said: str, items: int = 3, **fields: str) -> list[int]:
    """Return the numbers of the posts that rules let in."""
    chosen = desk.choose([item(number, **fields) for number in range(1, items + 1)], source(rules=rules(*said)))
    return sorted(int(post.guid.removeprefix("guid-")) for post in chosen.posts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_post_is_written(desk: Desk, language: str) -> None:
    """A post gets its language, author's words, date, address and licence, whatever the feed calls its language."""
    desk.run([item(1, language, language="tr", authors=("Ali Hasan",), licence="CC BY 4.0")])
    text = desk.file("post-1", language).read_text("utf-8")
    assert 'authors: ["Ali Hasan"]\n' in text
    assert "date: 2026-08-31T12:00:00+00:00\n" in text
    assert 'original: "https://blog.example.org/2026/post-1/"\n' in text
    assert 'licence: "CC BY 4.0"\n' in text


@pytest.mark.parametrize(
    ("agreed", "stated", "said"),
    [
        ("CC BY-SA 4.0", "© 2026 Dijla. Hemû maf parastî ne.", "CC BY-SA 4.0"),
        ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-nd/4.0/", "CC BY-SA 4.0"),
        ("", "https://creativecommons.org/licenses/by/4.0/deed.ar", "https://creativecommons.org/licenses/by/4.0/deed.ar"),
        ("", "جميع الحقوق محفوظة", ""),
        ("", "https://blog.example.org/mentions-legales", ""),
    ],
)
def test_a_post_has_the_licence_that_its_member_agreed_to(desk: Desk, agreed: str, stated: str, said: str) -> None:
    """The licence in a member's file counts; where it states none, that of the feed does, but no line about copyright."""
    (post,) = desk.choose([item(1, licence=stated)], source(licence=agreed)).posts
    assert post.licence == said


@pytest.mark.parametrize(
    "again",
    [
        {"guid": "other", "link": "http://www.blog.example.org/2026/post-1?utm_source=rss#top"},
        {"link": "https://new.example.org/x/"},
        {"guid": "other", "link": "https://new.example.org/x/"},
        {"guid": "other", "link": "https://new.example.org/x/", "published": NOW - timedelta(days=1)},
        {"guid": "other", "link": "https://new.example.org/2026/post-1/", "body": "Other words.", "published": None},
    ],
    ids=["link", "guid", "title-and-day", "title-and-text", "title-and-path"],
)
def test_a_post_stays_one(desk: Desk, again: dict[str, Any]) -> None:
    """Guid, then link, then title and day, then what a move leaves the same: the post keeps its file and its date."""
    desk.run([item(1)])
    before = desk.file().read_text("utf-8").split("\n")[:3]
    desk.later()
    desk.run([item(1, **again)])
    assert list(desk.files()) == ["posts/penus/post-1/index.en.md"]
    assert desk.file().read_text("utf-8").split("\n")[:3] == before


def test_a_feed_says_a_post_twice(desk: Desk) -> None:
    """Of two entries that are one post the newer is taken."""
    chosen = desk.choose([item(1, body="The old words are here."), item(1, body="The new words are here.", updated=NOW)])
    assert [post.body for post in chosen.posts] == ["The new words are here."]


@pytest.mark.parametrize(
    "same", [{"guid": "1"}, {"link": "https://blog.example.org/"}, {"title": "Notes of the week", "published": NOW}]
)
def test_a_mark_that_all_posts_share_joins_nothing(desk: Desk, same: dict[str, Any]) -> None:
    """A blog that gives all its posts one guid, one address or one title keeps all its posts, in the next run as well."""
    feed = [item(number, **same) for number in range(1, 4)]
    desk.run(feed)
    before = desk.files()
    desk.later()
    assert (desk.run(feed)[1], desk.files(), len(before)) == ((), before, 3)


def test_a_flood_is_held_back(desk: Desk) -> None:
    """Of 200 old posts that a move re-dates to today ten are taken in a run, in their order, and the others are told."""
    desk.run([item(500)])
    feed = [item(number, published=NOW - timedelta(minutes=number)) for number in range(1, 201)]
    seen: list[str] = []
    for _ in range(2):
        chosen, _ = desk.run(feed)
        new = sorted(chosen.posts, key=lambda post: post.date, reverse=True)
        assert (len(new), {held.reason for held in chosen.held_back}) == (10, {"flood"})
        seen += [post.guid for post in new]
    assert seen == [f"guid-{number}" for number in range(1, 21)]
    assert len(chosen.held_back) == 180


def test_a_move_with_new_addresses_brings_nothing_new(desk: Desk) -> None:
    """Posts that we have do not come again because a move gave them other guids, addresses and days."""
    desk.run([item(number) for number in range(1, 9)])
    before = list(desk.files())
    desk.later()
    moved = [
        item(number, guid=f"new-{number}", link=f"https://new.example.org/?p={number}", published=desk.network.now)
        for number in range(1, 9)
    ]
    desk.run(moved)
    assert list(desk.files()) == before


def test_a_first_fetch_takes_the_archive(desk: Desk) -> None:
    """The posts of a new member that have days of their own are no flood."""
    assert len(desk.choose([item(number) for number in range(1, 31)]).posts) == 30


def test_a_member_has_a_limit(desk: Desk) -> None:
    """The newest posts are taken up to the member's limit, and nothing that was shown goes because of it."""
    desk.run([item(number) for number in range(1, 9)], source(limit=3))
    assert list(desk.files()) == [f"posts/penus/post-{number}/index.en.md" for number in (1, 2, 3)]
    chosen, _ = desk.run([item(0)], source(limit=3))
    assert (len(desk.files()), [held.reason for held in chosen.held_back]) == (4, [])
    assert [one.kind for one in desk.choose([], source(limit=3)).review_items] == ["limit"]


def test_skip_leaves_out(desk: Desk) -> None:
    """A post that mentions a skipped word stays out, however the word is typed."""
    assert titles(desk, "skip ٢", "skip RIVER*", items=2) == []
    assert titles(desk, "skip ٢") == [1, 3]


def test_only_lets_in(desk: Desk) -> None:
    """Where there are only-words, one of them is needed."""
    assert titles(desk, "only ۱", "only 3") == [1, 3]


def test_hide_keeps_out(desk: Desk) -> None:
    """A hidden post stays out by its guid or its address, and the reason is told."""
    assert titles(desk, "hide guid-1", "hide http://www.blog.example.org/2026/post-2") == [3]


def test_pin_lets_in(desk: Desk) -> None:
    """A pinned post comes in whatever words and limits say."""
    assert titles(desk, "pin guid-3", "skip river") == [3]
    chosen = desk.choose([item(number) for number in range(1, 4)], source(limit=1, rules=rules("pin guid-3")))
    assert sorted(post.guid for post in chosen.posts) == ["guid-1", "guid-3"]


def test_hiding_takes_away_what_nobody_edited(desk: Desk) -> None:
    """A rule takes a post off the site; it comes back with its date when the rule goes, and has no tombstone."""
    desk.run([item(1), item(2)])
    before = desk.files()
    desk.run([item(1), item(2)], source(rules=rules("hide guid-1")))
    assert list(desk.files()) == ["posts/penus/post-2/index.en.md"]
    desk.later()
    desk.run([item(1), item(2)])
    assert [text.split("\n")[2] for text in desk.files().values()] == [text.split("\n")[2] for text in before.values()]


def test_hiding_asks_where_an_editor_was(desk: Desk) -> None:
    """A file that somebody edited is never taken away."""
    desk.run([item(1)])
    desk.file().write_text(desk.file().read_text("utf-8") + "\nMore.\n", "utf-8")
    before = desk.files()
    chosen, _ = desk.run([item(1)], source(rules=rules("hide guid-1")))
    assert (desk.files(), [one.kind for one in chosen.review_items]) == (before, ["hidden"])


@pytest.mark.parametrize(
    "date",
    [
        None,
        datetime(2030, 1, 1, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, tzinfo=UTC),
    ],
)
def test_a_date_that_cannot_be_is_when_it_was_first_seen(desk: Desk, date: datetime | None) -> None:
    """A missing, bad or future date becomes the day first seen, and stays, also when the source mends it."""
    desk.run([item(1, published=date)])
    assert "\ndate: 2026-10-01T00:00:00+00:00\n" in desk.file().read_text("utf-8")
    desk.later()
    desk.run([item(1, published=NOW - timedelta(days=300), body="Other words are here.")])
    assert "\ndate: 2026-10-01T00:00:00+00:00\n" in desk.file().read_text("utf-8")


def test_posts_without_a_date_stand_below_the_others_of_the_day(desk: Desk) -> None:
    """They stand at the beginning of the day where the site is, in the order of their feed, and stay there."""
    desk.network = replace(desk.network, timezone=ZoneInfo("Asia/Baghdad"), now=datetime(2026, 10, 1, 22, tzinfo=UTC))
    feed = [
        item(1, published=None),
        item(2, published=desk.network.now - timedelta(hours=20)),
        item(3, published=None),
        item(4, "ar", published=None),
    ]
    chosen, _ = desk.run(feed)
    dates = {post.guid: post.date for post in chosen.posts}
    assert {dates[f"guid-{number}"].isoformat()[:10] for number in (1, 3, 4)} == {"2026-10-02"}
    assert desk.network.now > dates["guid-1"] > dates["guid-3"] > dates["guid-4"] > dates["guid-2"]
    assert dates["guid-1"] < datetime(2026, 10, 1, 21, 5, tzinfo=UTC)
    before = desk.files()
    desk.later()
    assert (desk.run(feed[::-1])[1], desk.files()) == ((), before)


def test_a_post_that_was_held_keeps_when_it_was_first_seen(desk: Desk) -> None:
    """A post without a date that a rule held back has the day of its first run when it comes in."""
    desk.run([item(1, published=None)], source(rules=rules("skip river")))
    desk.later(40)
    desk.run([item(1, published=None)])
    assert "\ndate: 2026-10-01T00:00:00+00:00\n" in desk.file().read_text("utf-8")


def test_a_change_of_the_source_changes_the_file(desk: Desk) -> None:
    """Where nobody edited the file it follows its source, and says since when; nothing else in it changes."""
    desk.run([item(1)])
    before = desk.file().read_text("utf-8").splitlines()
    desk.later()
    desk.run([item(1, body="Other words are here.", updated=NOW + timedelta(hours=1))])
    after = desk.file().read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == ["modified: 2026-10-01T13:00:00+00:00", "Other words are here."]


def test_an_editor_s_file_is_only_asked_about(desk: Desk) -> None:
    """What an editor changed stays byte for byte; the source's version is proposed, and only if the source changed."""
    desk.run([item(1)])
    desk.file().write_text(desk.file().read_text("utf-8").replace("river", "Tigris"), "utf-8")
    before = desk.files()
    assert desk.run([item(1)])[0].review_items == ()
    chosen, changes = desk.run([item(1, body="Other words are here.")])
    assert (desk.files(), changes) == (before, ())
    assert [(one.kind, one.path) for one in chosen.review_items] == [("changed", "posts/penus/post-1/index.en.md")]
    assert chosen.review_items[0].content.endswith("\nOther words are here.\n")


def test_a_lost_memory_costs_no_post_and_no_edit(desk: Desk) -> None:
    """Without a memory files are an editor's unless they are as we would write them; nothing is written twice."""
    desk.run([item(1), item(2)])
    desk.file("post-2").write_text(desk.file("post-2").read_text("utf-8").replace("river", "Tigris"), "utf-8")
    before = desk.files()
    desk.traces.clear()
    desk.later()
    desk.run([item(1), item(2)])
    assert desk.files() == before
    desk.run([item(1, body="Other words are here."), item(2, body="Other words are there.")])
    assert [path for path, text in desk.files().items() if text != before[path]] == ["posts/penus/post-1/index.en.md"]


def test_what_the_source_deleted_is_asked_about(desk: Desk) -> None:
    """A post that is gone from between others stays, and its removal is proposed; one that grew old is not asked about."""
    desk.run([item(number) for number in range(1, 6)])
    before = desk.files()
    chosen, _ = desk.run([item(1), item(3), item(4)])
    assert [(one.kind, one.path) for one in chosen.review_items] == [("removed", "posts/penus/post-2/index.en.md")]
    assert desk.files() == before


@pytest.mark.parametrize("feed", [[], [item(77, published=NOW - timedelta(days=900))]], ids=["empty", "another"])
def test_a_feed_without_our_posts_removes_nothing(desk: Desk, feed: list[object]) -> None:
    """An empty feed, or one that has none of the posts we know, changes and proposes nothing of what is there."""
    desk.run([item(1), item(2)])
    before = desk.files()
    chosen, _ = desk.run(feed)  # type: ignore[arg-type]
    assert before.items() <= desk.files().items()
    assert chosen.review_items == ()


def test_what_an_editor_removed_stays_away(desk: Desk) -> None:
    """A post whose file was deleted gets a tombstone, and does not come back, not even without the memory."""
    desk.run([item(1), item(2)])
    desk.file().unlink()
    desk.file().parent.rmdir()
    for _ in range(3):
        desk.run([item(1), item(2)])
        assert list(desk.files()) == ["posts/penus/post-2/index.en.md", "posts/penus/removed.yaml"]
        desk.traces.clear()
    assert desk.files()["posts/penus/removed.yaml"].count("- guid:") == 1


def test_a_renamed_post_is_not_removed(desk: Desk) -> None:
    """An editor may give a post another folder or another language: it is theirs then, and stays one."""
    desk.run([item(1), item(2)])
    desk.file("walk", "fr").parent.mkdir()
    desk.file().rename(desk.file("walk", "fr"))
    desk.file().parent.rmdir()
    desk.run([item(1, body="Other words are here."), item(2)])
    assert list(desk.files()) == ["posts/penus/post-2/index.en.md", "posts/penus/walk/index.fr.md"]


def test_a_memory_of_another_state_removes_nothing(desk: Desk) -> None:
    """Where not one post of a member is left, its posts were never committed: they are written again, with their dates."""
    desk.run([item(1, published=None), item(2)])
    before = desk.files()
    for number in (1, 2):
        desk.file(f"post-{number}").unlink()
    desk.run([item(1, published=None), item(2)])
    assert desk.files() == before


def test_a_broken_list_of_removed_posts_stops_new_ones(desk: Desk) -> None:
    """Nothing that might have been removed comes back because of a slip in removed.yaml, which stays as it is."""
    file = desk.content / "posts" / "penus" / "removed.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("- guid: [\n", "utf-8")
    chosen, _ = desk.run([item(1)])
    assert [one.kind for one in chosen.review_items] == ["tombstones"]
    assert desk.files() == {"posts/penus/removed.yaml": "- guid: [\n"}


@pytest.mark.parametrize(("text", "said"), [("Nā", ""), ("این یک نوشته تازه است که ما نوشتیم", "Persian")])
def test_an_unknown_language_is_asked(desk: Desk, text: str, said: str) -> None:
    """A post whose language cannot be told, or that the site does not have, is not written but asked about."""
    chosen, changes = desk.run([item(1, title=text, body=text)])
    assert (changes, [one.kind for one in chosen.review_items]) == ((), ["language"])
    asked = str(chosen.review_items[0].text)
    assert f'"{text}"' in asked and said in asked


def test_a_post_without_a_title_is_called_by_its_beginning(desk: Desk) -> None:
    """A microblog's post is called by its first words; one without any words is held back."""
    chosen = desk.choose([item(1, title=" "), item(2, title="", body="")])
    assert [post.title for post in chosen.posts] == ["We met at the river and counted the boats…"]
    assert [held.reason for held in chosen.held_back] == ["empty"]


def test_topics_are_those_of_the_site(desk: Desk) -> None:
    """A feed's topics are kept where the site has them, under whatever spelling; others would be errors of the build."""
    desk.network = SiteContext(NOW, LANGUAGES, topics_by_name={"women": "women", "نسا": "women"})
    chosen = desk.choose([item(1, topics=("WOMEN", "نِسا", "Uncategorized"))])
    assert chosen.posts[0].topics == ("women",)


def test_one_post_in_three_feeds_is_one_with_three_sources(desk: Desk) -> None:
    """The owner of the address shows it and names the others; without an owner it is who has it first."""
    desk.network = SiteContext(NOW, LANGUAGES, site_owners={"blog.example.org": "penus"})
    feeds = {source(member): [item(1)] for member in ("insm", "penus", "zagros")}
    desk.run_all(feeds)  # type: ignore[arg-type]
    assert list(desk.files()) == ["posts/penus/post-1/index.en.md"]
    assert "\nsources: [insm, zagros]\n" in desk.file().read_text("utf-8")
    before = desk.files()
    desk.run_all(feeds)  # type: ignore[arg-type]
    assert desk.files() == before


def test_a_post_without_an_owner_goes_to_one(desk: Desk) -> None:
    """Two feeds with the same words under two addresses give one post, and always in the same place."""
    first = {source("insm"): [item(1)], source("zagros"): [item(1, link="https://z.example.org/1")]}
    desk.run_all(first)  # type: ignore[arg-type]
    desk.run_all({source("zagros"): [item(1, link="https://z.example.org/1")], source("insm"): []})
    assert list(desk.files()) == ["posts/insm/post-1/index.en.md"]


def test_a_member_cannot_take_another_s_post(desk: Desk) -> None:
    """Another member's guid and address give no way to its file, whoever comes first."""
    desk.network = SiteContext(NOW, LANGUAGES, site_owners={"blog.example.org": "penus"})
    evil = source("aaa", feed="https://evil.example.org/feed")
    desk.run_all({evil: [item(1, title="Taken over by us", body="These are the words of somebody else.")]})
    assert desk.files() == {}
    desk.run_all({source(): [item(1)]})
    before = desk.files()
    for again in (
        item(1),
        item(1, title="Taken over by us"),
        item(1, link="https://evil.example.org/1", body="Not the same words."),
    ):
        desk.run_all({evil: [again], source(): []})
        assert {path: text for path, text in desk.files().items() if "/penus/" in path} == before


def test_the_order_of_a_feed_makes_no_difference(desk: Desk) -> None:
    """A feed that is turned round or shuffled gives the same choice."""
    feed = [item(number, published=NOW - timedelta(hours=number % 5)) for number in range(40)] + [
        item(3, body="Twice"),
        item(4, guid="x"),
    ]
    first = desk.choose(feed)
    for seed in range(5):
        random.Random(seed).shuffle(feed)
        assert desk.choose(feed) == first


@pytest.mark.parametrize("languages", [("ar",), ("ckb", "kmr"), ()])
@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("2026", "[dam.jpg](https://x.example.org/dam.jpg)"),
        ("Nā", ""),
        ("این یک نوشته تازه است که ما نوشتیم", ""),
        ("Мост", ""),
    ],
)
def test_what_the_question_of_a_language_says_to_do_works(
    desk: Desk, title: str, body: str, languages: tuple[str, ...]
) -> None:
    """A pin lets the post in, in the member's language; and nobody is told to write the one language that is written."""
    post = item(1, title=title, body=body)
    by = source(languages=languages)
    asked = str(desk.choose([post], by).review_items[0].text)
    assert ("languages:" in asked) <= (len(languages) != 1)
    link = asked.rpartition('pin: ["')[2].partition('"')[0]
    pinned = desk.choose([post], source(languages=languages, rules=rules(f"pin {link}")))
    assert [(one.language, one.title) for one in pinned.posts] == [((*languages, "en")[0], title)]
    assert pinned.review_items == ()


def test_the_languages_that_a_question_proposes_decide(desk: Desk) -> None:
    """Where stating one language would help, the question names one with which the post comes in."""
    post = item(1, title="بغداد", body="")
    asked = str(desk.choose([post], source(languages=("ar", "ckb"))).review_items[0].text)
    tag = asked.partition("languages: [")[2].partition("]")[0]
    assert [one.language for one in desk.choose([post], source(languages=(tag,))).posts] == [tag]


def test_an_excerpt_has_what_is_attached(desk: Desk) -> None:
    """A recording stands below a whole post and below an excerpt, which its words alone shorten."""
    heard = replace(item(1, body="We met at the river. " * 60), attachments="[3.mp3](https://blog.example.org/3.mp3)\n")
    for is_whole in (True, False):
        (post,) = desk.choose([heard], source(full_text=is_whole)).posts
        assert post.body.endswith("\n\n[3.mp3](https://blog.example.org/3.mp3)")
        assert (len(post.body.split()) > 200) == is_whole


def test_a_page_that_asks_for_a_password_is_held_back(desk: Desk) -> None:
    """A form in place of the text is no post."""
    chosen = desk.choose([replace(item(1, body=""), is_protected=True)])
    assert (chosen.posts, [held.reason for held in chosen.held_back]) == ((), ["password"])
