"""Which feeds a home page names, and which are guessed."""

from __future__ import annotations

import pytest

from jisr.aggregator.fetch.autodiscovery import MAX_CANDIDATES, find_feeds
from jisr.ingest.encoding.charset import UnreadableFeed

URL = "https://example.org/blog/"
RSS, ATOM = 'type="application/rss+xml"', 'type="application/atom+xml"'


def link(href: str, kind: str = RSS, title: str = "", rel: str = "alternate") -> str:
    """Return the element with which a page names a feed."""
    return f'<link rel="{rel}" {kind} title="{title}" href="{href}">'


def found(*markup: str, url: str = URL) -> tuple[str, ...]:
    """Return what is found in a page."""
    return find_feeds(f"<html><head>{''.join(markup)}</head></html>".encode(), url, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("markup", "first"),
    [
        (link("/feed.xml"), "https://example.org/feed.xml"),
        (link("feed.xml"), "https://example.org/blog/feed.xml"),
        (link("//feeds.example.net/a"), "https://feeds.example.net/a"),
        (link("/a.xml") + link("/b.xml", ATOM), "https://example.org/a.xml"),
        (link("/a.json", 'type="application/feed+json"') + link("/b.xml"), "https://example.org/b.xml"),
        (link("/comments/feed/", title="Comments") + link("/feed/"), "https://example.org/feed/"),
        (link("/c/", title="تعليقات: مدونة") + link("/p/"), "https://example.org/p/"),
        (link("/style", 'type="text/css"') + link("/fr", 'hreflang="fr"') + link("/f"), "https://example.org/f"),
        (link("/f", "", rel="feed"), "https://example.org/f"),
        (link("/f", rel="ALTERNATE home"), "https://example.org/f"),
        ('<base href="https://example.net/x/">' + link("f"), "https://example.net/x/f"),
        (link("/a?x=1&amp;y=2"), "https://example.org/a?x=1&y=2"),
        ("<!-- " + link("/old") + " -->" + link("/new"), "https://example.org/new"),
        ("<link rel=alternate type=application/rss+xml href=/bare>", "https://example.org/bare"),
        ('<a href="/presse.php">x</a><a href="/feed/atom/">خلاصات</a>', "https://example.org/feed/atom/"),
        (link("feed:https://example.org/f"), "https://example.org/f"),
    ],
)
def test_the_best_feed_of_a_page_is_first(markup: str, first: str) -> None:
    """What the page names comes first: feeds of posts, whole addresses, nothing from comments."""
    assert found(markup)[0] == first


def test_usual_places_are_guessed_last() -> None:
    """A page that names no feed leaves the usual places, in the blog's folder before those of the host."""
    guesses = found()
    assert guesses[0] == "https://example.org/blog/feed/"
    assert "https://example.org/feed/" in guesses
    assert len(set(guesses)) == len(guesses) <= MAX_CANDIDATES


def test_no_address_is_asked_that_is_not_of_the_web() -> None:
    """A page cannot make us read a file or run a script."""
    said = found(
        link("javascript:alert(1)"), link("file:///etc/passwd"), link("data:text/xml,x"), link("http://[::1"), link(" ")
    )
    assert all(one.startswith("https://example.org/") for one in said)


def test_a_page_with_many_links_makes_few_requests() -> None:
    """However many feeds a page names, the first are tried."""
    assert len(found(*(link(f"/{number}.xml") for number in range(500)))) == MAX_CANDIDATES


def test_a_page_is_not_its_own_feed() -> None:
    """The address that was asked is not asked again."""
    assert URL not in found(link(URL))


def test_an_empty_page_is_refused() -> None:
    """Nothing can be found in nothing."""
    with pytest.raises(UnreadableFeed, match="empty"):
        find_feeds(b" ", URL, "")
