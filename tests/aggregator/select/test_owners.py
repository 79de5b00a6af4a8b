"""Whose a guid, an address and a title are: nobody takes over what is another member's, whatever a feed says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from jisr.aggregator.model import FeedSource, SafeItem
from tests.aggregator.select.blog import LANGUAGES, NOW, TITLES, Desk, item, rules, source

GUIDS = ["https://blog.example.org/?p=7", "tag:blog.example.org,2009:7", "7", "urn:uuid:7"]
WORDS = {
    "en": "The ferry does not cross any more, since the rope was cut in the night of the storm.",
    "ar": "لم تعد العبّارة تعبر منذ أن انقطع الحبل في ليلة العاصفة ولم يصلحه أحد.",
    "ckb": "بەلەمەکە چیتر ناپەڕێتەوە لەوەتەی پەتەکە لە شەوی زریانەکەدا پچڕا.",
    "kmr": "Kelek êdî derbas nabe ji ber ku werîs di şeva bahozê de qetiya.",
    "fr": "Le bac ne traverse plus depuis que la corde a cédé la nuit de la tempête.",
}


def other(member: str = "aaa") -> SafeItem:
    return item(90, guid="own", link=f"https://{member}.example.org/90", title="A letter of our own", body="We wrote it.")


def guid_lines(desk: Desk, member: str) -> list[str]:
    texts = (text for path, text in desk.files().items() if f"/{member}/" in path)
    return [line for text in texts for line in text.splitlines() if line.startswith("guid: ")]


@pytest.mark.parametrize("guid", GUIDS)
def test_a_guid_stays_with_the_member_that_had_it_first(desk: Desk, guid: str) -> None:
    """A later post of another member is written with an id of its own, and a run with nothing new changes no byte."""
    desk.run_all({source("zzz"): [item(1, guid=guid)], source("aaa"): [other()]})
    desk.later()
    feeds: dict[FeedSource, Sequence[SafeItem]] = {
        source("zzz"): [item(1, guid=guid)],
        source("aaa"): [other(), item(2, "fr", guid=guid, link="https://aaa.example.org/2", published=NOW - timedelta(900))],
    }
    desk.run_all(feeds)
    assert guid_lines(desk, "zzz") == [f'guid: "{guid}"']
    assert sum(line.startswith('guid: "tag:example.org,2026:posts/aaa/') for line in guid_lines(desk, "aaa")) == 1
    before = desk.files()
    desk.later()
    assert (desk.run_all(feeds)[1], desk.files()) == ((), before)


@pytest.mark.parametrize("how", ["removed", "held"])
def test_a_guid_stays_when_its_post_is_not_shown(desk: Desk, how: str) -> None:
    """An id that a member had does not become another's because an editor removed the post, or a rule holds it back."""
    by = source("zzz", rules=rules("hide 7") if how == "held" else ())
    desk.run_all({by: [item(1, guid="7"), item(2)], source("aaa"): [other()]})
    if how == "removed":
        desk.file("post-1", member="zzz").unlink()
        desk.file("post-1", member="zzz").parent.rmdir()
    desk.later()
    late = item(3, "fr", guid="7", link="https://aaa.example.org/3")
    for _ in range(2):
        desk.run_all({by: [item(2)], source("aaa"): [other(), late]})
        assert 'guid: "7"' not in guid_lines(desk, "aaa")


@pytest.mark.parametrize("guid", ["tag:Example.org,2026:statements/2012-x/ar", "https://nahr.example.org/?p=3", "of-news"])
def test_a_guid_of_the_site_or_below_another_s_address_is_nobody_else_s(desk: Desk, guid: str) -> None:
    """Ids that this site gives, guids of its own texts, and addresses of another member are never taken, even first."""
    owners = {"nahr.example.org": "nahr"}
    desk.network = replace(desk.network, site_owners=owners, own_guids=frozenset({"of-news"}))
    desk.run_all({source("aaa"): [item(1, guid=guid, link="https://aaa.example.org/1")]})
    assert guid_lines(desk, "aaa")[0].startswith('guid: "tag:example.org,2026:posts/aaa/')


def test_a_member_s_guids_are_ids_of_one_post_each(desk: Desk) -> None:
    """Two entries with one guid are written with two: one guid in two texts of a member is an error of the site."""
    desk.run([item(1, guid="x"), item(2, guid="x")])
    assert len(set(guid_lines(desk, "penus"))) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("days", [-300, 0, 20])
def test_other_words_under_a_claimed_address_are_asked_about(desk: Desk, language: str, days: int) -> None:
    """The owner's post is written, the other is held with a question, and nobody stands as its source, whatever dates say."""
    desk.network = replace(desk.network, site_owners={"blog.example.org": "zzz"})
    false = item(1, language, body=WORDS[language], published=NOW + timedelta(days=days - 31))
    choices, _ = desk.run_all({source("aaa"): [false], source("zzz"): [item(1, language)]})
    assert [path.split("/")[1] for path in desk.files()] == ["zzz"]
    assert "sources" not in "".join(desk.files().values())
    assert [held.reason for held in choices["aaa"].held_back] == ["elsewhere"]
    assert [one.kind for one in choices["aaa"].review_items] == ["contested"]
    assert choices["zzz"].review_items == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("days", [-300, 0, 20])
def test_other_words_without_an_owner_are_asked_about(desk: Desk, language: str, days: int) -> None:
    """Where nobody's file claims the address no date decides: neither is written until an editor pins one."""
    false = item(1, language, body=WORDS[language], published=NOW + timedelta(days=days - 31))
    true = item(1, language)
    choices, _ = desk.run_all({source("aaa"): [false], source("zzz"): [true]})
    assert desk.files() == {}
    assert [one.kind for choice in choices.values() for one in choice.review_items] == ["contested", "contested"]
    link = f"pin {true.item.link}"
    hidden = f"hide {true.item.link}"
    choices, _ = desk.run_all({source("aaa", rules=rules(hidden)): [false], source("zzz", rules=rules(link)): [true]})
    assert [path.split("/")[1] for path in desk.files()] == ["zzz"]
    assert [one.kind for choice in choices.values() for one in choice.review_items] == []


def test_a_post_that_is_there_is_not_contested(desk: Desk) -> None:
    """What was published stays as it is, and the later post with its title, its address and other words is asked about."""
    desk.run_all({source("zzz"): [item(1)]})
    before = desk.files()
    desk.later()
    choices, changes = desk.run_all({source("aaa"): [item(1, body=WORDS["en"])], source("zzz"): [item(1)]})
    assert (changes, desk.files()) == ((), before)
    assert [held.detail for held in choices["aaa"].held_back] == ["zzz"]
    assert [one.kind for one in choices["aaa"].review_items] == ["contested"]


def test_the_owner_of_an_address_comes_in_late(desk: Desk) -> None:
    """A post at its member's own address is written although another member's lies there, and that one is asked about."""
    desk.run_all({source("aaa"): [item(1, body=WORDS["en"])]})
    desk.network = replace(desk.network, site_owners={"blog.example.org": "zzz"})
    choices, _ = desk.run_all({source("aaa"): [item(1, body=WORDS["en"])], source("zzz"): [item(1)]})
    assert [path.split("/")[1] for path in desk.files()] == ["aaa", "zzz"]
    assert [one.path for one in choices["aaa"].review_items] == ["posts/aaa/post-1/index.en.md"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_of_another_member_with_other_words_is_asked_about(desk: Desk, language: str) -> None:
    """A copied title under an address of its own is written and asked about once; a short or common title never."""
    title = TITLES[language][0] + " 1"
    copied = item(1, language, guid="c", link="https://aaa.example.org/c", title=title, body=WORDS[language])
    desk.run_all({source("zzz"): [item(1, language)]})
    choices, _ = desk.run_all({source("aaa"): [copied], source("zzz"): [item(1, language)]})
    assert [one.kind for one in choices["aaa"].review_items] == ["contested"]
    assert desk.run_all({source("aaa"): [copied], source("zzz"): [item(1, language)]})[0]["aaa"].review_items == ()
    short = [item(n, language, title="2026", body=WORDS[language], link=f"https://x.example.org/{n}") for n in (5, 6)]
    choices, _ = desk.run_all({source("bbb"): short[:1], source("ccc"): short[1:]})
    assert [one for choice in choices.values() for one in choice.review_items] == []


def test_one_statement_in_two_blogs_is_no_question(desk: Desk) -> None:
    """Members that publish one text with words of their own around it are not asked about it."""
    text = (
        " ".join(WORDS["en"].split() * 1)
        + " We ask the council to mend it before the winter comes, and to pay those who rowed."
    )
    pair = {
        source(member): [item(1, guid=member, link=f"https://{member}.example.org/1", body=f"{member} says:\n\n{text}")]
        for member in ("aaa", "zzz")
    }
    choices, _ = desk.run_all(pair)  # type: ignore[arg-type]
    assert [one for choice in choices.values() for one in choice.review_items] == []
