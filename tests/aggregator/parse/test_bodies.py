"""What entries of real kinds become: ``bodies.txt`` has the rule, an entry, and the title and text of the post."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from jisr.aggregator.pipeline import read_feed
from jisr.aggregator.select.identity import effective_title
from tests.ingest.sanitize.cases import Case, read_cases

NOW = datetime(2026, 11, 1, tzinfo=UTC)
CASES = read_cases(Path(__file__).parent / "bodies.txt")
RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">'
    "<channel><title>Blog</title><link>https://blog.example/</link>{}</channel></rss>"
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><id>tag:blog.example,2026:f</id><link href="https://blog.example/"/>{}</feed>'


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_entry_becomes_its_authors_words(case: Case) -> None:
    """A post has the title and text that its case says, and no more."""
    feed = (ATOM if case.given.startswith("<entry") else RSS).format(case.given)
    items = read_feed(feed.encode(), "application/xml", "https://blog.example/feed", NOW).items
    said = [f"# {effective_title(item)}\n\n{item.full_text}".strip() for item in items]

    assert "\n\n".join(said) == case.expected


@pytest.mark.parametrize("title", ["Kombûn", "Parastî: kombûn", "پارێزراو: کۆبوونەوە"])
def test_a_form_for_a_password_is_no_text(title: str) -> None:
    """An entry whose page asks for a password is known by its form, or by its title where it has few words."""
    form = (
        "&lt;p&gt;Şîfre:&lt;/p&gt;&lt;form&gt;&lt;input type=password&gt;&lt;/form&gt;"
        if title == "Kombûn"
        else "Kurteya nivîsê tune ye."
    )
    feed = RSS.format(
        f"<item><title>{title}</title><link>https://blog.example/k</link><description>{form}</description></item>"
    )
    assert read_feed(feed.encode(), "application/xml", "https://blog.example/feed", NOW).items[0].is_protected


def test_what_goes_is_counted() -> None:
    """The report of a feed says how many parts of its platform were left out."""
    text = "&lt;p&gt;Gotin.&lt;/p&gt;&lt;div class='sharedaddy'&gt;Parve bike&lt;/div&gt;&lt;nav&gt;Jor&lt;/nav&gt;"
    feed = RSS.format(f"<item><title>T</title><link>https://blog.example/k</link><description>{text}</description></item>")
    notes = read_feed(feed.encode(), "application/xml", "https://blog.example/feed", NOW).notes
    assert notes == ("2 parts of its platform, such as buttons, forms and closing lines, were left out",)


@pytest.mark.parametrize("words", ["Gotin.", "Gotinên din."])
def test_what_an_entry_says_is_known_however_it_is_read(words: str) -> None:
    """The digest of an entry's markup changes with its words, and neither with its dates nor with numbers of answers."""
    entries = [
        f"<item><title>T</title><guid>1</guid><pubDate>{day} Oct 2026 10:00:00 GMT</pubDate><comments>{day}</comments>"
        f"<description>{text}</description></item>"
        for day, text in ((1, "Gotin."), (2, words))
    ]
    feeds = [read_feed(RSS.format(entry).encode(), "application/xml", "https://blog.example/feed", NOW) for entry in entries]
    first, second = (feed.items[0].item.raw_digest for feed in feeds)
    assert bool(first) and (first == second) == (words == "Gotin.")
