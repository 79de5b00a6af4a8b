"""A post whose title, address and id were mended together is edited; what only looks like it is another post."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from jisr.aggregator.model import SafeItem
from tests.aggregator.select.blog import LANGUAGES, NOW, Desk, item, source

LONG = {
    "en": "The canal was mended in spring, and since then water reaches the last fields behind the mill.",
    "ar": "أُصلحت القناة في الربيع، ومنذ ذلك الحين يصل الماء إلى آخر الحقول خلف الطاحونة حيث لم يزرع أحد شيئاً منذ سنوات طويلة.",
    "ckb": "کەناڵەکە لە بەهاردا چاک کرایەوە و لەوەتەی ئەوکات ئاو دەگاتە دوایین کێڵگەکان لە پشت ئاشەکە.",
    "kmr": "Kanal di biharê de hat çêkirin û ji hingê ve av digihîje zeviyên dawî yên li pişt êş, ku kesî tiştek lê neçandibû.",
    "fr": "Le canal a été réparé au printemps et depuis lors l’eau atteint les derniers champs derrière le moulin.",
}


def mended(language: str, **said: Any) -> SafeItem:
    fields = {"guid": "mended", "link": "https://blog.example.org/2026/mended/", "body": LONG[language], **said}
    return item(1, language, **fields)


@pytest.mark.parametrize("full", [True, False], ids=["whole", "excerpt"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_mended_together_is_an_edit(desk: Desk, language: str, full: bool) -> None:
    """With the same moment and text, or the same title and nearly all of the text, the post keeps its file and its date."""
    by = source(full_text=full)
    desk.run([item(1, language, body=LONG[language])], by)
    before = list(desk.files())
    desk.later()
    _, changes = desk.run([mended(language, title="Another title")], by)
    assert ([one.kind for one in changes], list(desk.files())) == (["updated"], before)
    words = f"{LONG[language]} Xyz.".replace(f" {LONG[language].split()[3]} ", " xyz ", 1)
    later = mended(language, title="Another title", guid="third", link="", body=words, published=NOW - timedelta(days=2))
    desk.later()
    if full:
        assert [one.kind for one in desk.run([later], by)[1]] == ["updated"]
        assert list(desk.files()) == before
    text = desk.files()[before[0]]
    assert "\ndate: 2026-08-31" in text and "\nmodified: 2026-10-" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_entries_of_one_feed_are_two(desk: Desk, language: str) -> None:
    """An entry beside the old one is another post, also with the same moment and text; so are two new ones."""
    old = item(1, language, body=LONG[language])
    desk.run([old])
    desk.later()
    desk.run([old, mended(language, title="Another title")])
    assert len(desk.files()) == 2
    before = desk.files()
    desk.run([mended(language, title="Third", guid="3", link=""), mended(language, title="Fourth", guid="4", link="")])
    assert before.items() <= desk.files().items()
    assert len(desk.files()) == 4


@pytest.mark.parametrize(
    "said",
    [
        {"title": "Meeting", "body": LONG["en"] + " We meet on 12 October at 5.", "published": NOW - timedelta(days=2)},
        {"title": "Other", "body": LONG["en"].replace("spring", "autumn") + " We meet on 5 October at 5."},
    ],
    ids=["the notice of another week", "another title and day"],
)
def test_what_only_looks_like_an_edit_is_another_post(desk: Desk, said: dict[str, Any]) -> None:
    """A weekly notice with other days in it, and a text of another day, are posts of their own: nothing shown is lost."""
    desk.run([item(1, title="Meeting", body=LONG["en"] + " We meet on 5 October at 5.", published=NOW - timedelta(days=9))])
    before = desk.files()
    desk.later()
    desk.run([item(7, **{"published": NOW - timedelta(days=2), **said})])
    assert before.items() <= desk.files().items()
    assert len(desk.files()) == 2


@pytest.mark.parametrize("kept", ["a", ""])
def test_another_version_of_the_program_changes_no_moment(desk: Desk, kept: str) -> None:
    """Where the source says what it said, or no state tells, words that are read otherwise are written without ``modified``."""
    desk.run([item(1, raw_digest=kept), item(2, raw_digest=kept)])
    desk.file("post-2").write_text(desk.file("post-2").read_text("utf-8").replace("river", "Tigris"), "utf-8")
    edited = desk.file("post-2").read_text("utf-8")
    desk.later()
    upgraded = [item(number, body="Other words are read.", raw_digest="a") for number in (1, 2)]
    chosen, changes = desk.run(upgraded)

    text = desk.file().read_text("utf-8")
    assert "Other words are read." in text and "modified" not in text
    assert (chosen.review_items, desk.file("post-2").read_text("utf-8")) == ((), edited)
    assert [one.path for one in changes] == ["posts/penus/post-1/index.en.md"]
    assert desk.run(upgraded)[1] == ()
    desk.run([item(1, body="The author wrote on.", raw_digest="b")])
    assert "\nmodified: 2026-10-02" in desk.file().read_text("utf-8")
