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
