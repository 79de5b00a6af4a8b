"""Replies to a text: one thread below every version, each reply in its own language, and a feed in each language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from jisr.content.read.discovery import ReplyFile
from jisr.content.read.reply_parser import parse_replies
from jisr.core.i18n.folding import fold
from jisr.core.i18n.languages import build_languages
from jisr.core.model.body import Body
from jisr.core.model.replies import Reply, order_thread
from jisr.markdown.render import render_body
from tests.content.conftest import Command


def test_a_thread_stands_below_every_version_each_reply_in_its_language(good: Command) -> None:
    """Each version has the whole thread: its number, the oldest first, answers below what they answer, each as written."""
    for tag, said in (("en", "3 replies"), ("ar", "3 ردود")):
        page = good("replies").page(f"{tag}/news/flood/")
        (thread,) = page.find_class("replies")
        items = thread.find_class("reply")

        assert thread.findtext("h2") == said
        assert [one.get("id") for one in items] == ["reply-c-first", "reply-a-sara", "reply-b-john"]
        written = [
            (prose.get("lang", page.get("lang")), prose.get("dir", page.get("dir"))) for prose in thread.find_class("prose")
        ]
        assert written == [("ckb", "rtl"), ("ar", "rtl"), ("en", "ltr")]
        assert [one.get("class") for one in items] == ["reply depth-0", "reply depth-0", "reply depth-1"]
        (site,) = thread.iterfind(".//strong/a")
        assert (site.get("href"), site.get("rel")) == ("https://sara.example.org/", "ugc nofollow")
        ids = [one.get("id") for one in page.iter() if isinstance(one.tag, str) and one.get("id")]
        assert len(ids) == len(set(ids))


def test_the_search_finds_a_reply_in_its_language(good: Command) -> None:
    """The words of a published reply and its author lead to its text for readers of that language; one that waits has none."""
    search = good("replies").output / "search"
    for tag, word in (("en", "thank"), ("en", "john"), ("ar", "صحیح"), ("ar", "ساره"), ("ckb", fold("سوپاس"))):
        files = [file.read_text("utf-8") for file in (search / tag).glob("w*.js")]
        assert word in {found for text in files for found in indexed_words(text)}, word
    assert not any("shop" in file.read_text("utf-8") for file in search.rglob("*.js"))
    assert "Thank you." in (search / "en/news/flood.js").read_text("utf-8")


def indexed_words(script: str) -> Iterator[str]:
    """Return the words of a file of the index."""
    for words in json.loads(script[script.index(",") + 1 : script.rindex(")")]).values():
        yield from (entry.partition(":")[0] for entry in words.split())


def test_a_reply_that_waits_is_on_the_board_alone(good: Command) -> None:
    """A draft, a held reply and what answers it are on no page and in no feed; the board counts them by language."""
    output = Path(good("replies").output)
    said = [file.read_text("utf-8") for file in output.rglob("*") if file.suffix in (".html", ".atom", ".json", ".txt")]
    assert not [text for text in said if "shop.example" in text or "كلمات تنتظر" in text or "Nobody needs" in text]
    page = good("replies").page("status/")
    numbers = {one.get("lang"): one.xpath(".//dd/text()") for one in page.find_class("board-numbers")[1].iterfind("section")}
    assert numbers == {
        "en": ["1", "1", "1", "0", "1"],
        "ar": ["1", "1", "0", "0", "1"],
        "ckb": ["0", "0", "0", "1", "0"],
        "kmr": ["0"] * 5,
        "fr": ["0"] * 5,
    }
    cells = [(one.get("lang"), " ".join(one.text_content().split())) for one in page.iterfind(".//li[@class='waits']")]
    assert cells == [("en", "English waiting: 1 held: 1"), ("ar", "العربية تنتظر: 1")]


def test_each_language_has_a_feed_of_the_replies_in_it(good: Command) -> None:
    """The feed of a language has its replies alone, each linked at its place on the best version; one without any is empty."""
    links = {}
    for tag in ("en", "ar", "ckb", "kmr", "fr"):
        feed = Path(good("replies").output, f"{tag}/replies/feed.atom").read_text("utf-8")
        links[tag] = re.findall(r'<link rel="alternate" type="text/html" href="([^"]*)"/>\n<content', feed)
    assert links == {
        "en": ["https://example.org/en/news/flood/#reply-b-john"],
        "ar": ["https://example.org/ar/news/flood/#reply-a-sara"],
        "ckb": ["https://example.org/en/news/flood/#reply-c-first"],
        "kmr": [],
        "fr": [],
    }


def test_a_link_in_a_reply_is_never_a_recommendation(tmp_path: Path) -> None:
    """Whatever relation a reply states, search engines do not follow its links."""
    (tmp_path / "r.en.md").write_text(
        '---\nauthor: Sara\ndate: 2026-01-01\n---\n[a](https://x.example){: rel="me" } https://y.example\n', "utf-8"
    )
    languages = build_languages(["en"])
    file = ReplyFile("r", languages["en"], tmp_path / "r.en.md", "r.en.md")
    (reply,) = parse_replies([file], languages, render_body, ZoneInfo("UTC")).replies
    assert re.findall(r'rel="([^"]*)"', reply.body.html) == ["ugc nofollow"] * 2


def test_a_long_chain_of_answers_is_a_thread_too() -> None:
    """A reply stands right below what it answers, however many answer each other."""
    language = build_languages(["ar"])["ar"]
    names = [f"n{number:04}" for number in range(3000)]
    chain = [
        Reply(name, language, "", "Sara", date(2026, 1, 1), Body(""), answers=before)
        for before, name in zip(["", *names], names, strict=False)
    ]
    assert [(one.reply.name, one.depth) for one in order_thread(chain)] == [(name, depth) for depth, name in enumerate(names)]
