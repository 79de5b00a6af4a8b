"""Whatever comes is read or refused with a reason, in a bounded time, and nothing of it is a wrong letter."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisr.aggregator.fetch.autodiscovery import find_feeds
from jisr.aggregator.model import ParsedFeed
from jisr.aggregator.parse.feed_parser import parse_feed
from jisr.aggregator.parse.limits import MAX_ENTRIES, MAX_ENTRY_BYTES
from jisr.ingest.encoding.charset import MAX_FEED_BYTES, UnreadableFeed, decode
from tests.conftest import daily

CASES = Path(__file__).parent / "cases"
FEEDS = [file.read_bytes().partition(b"---\n")[2] for file in sorted(CASES.rglob("*.case"))]
NOW = datetime(2026, 11, 1, tzinfo=UTC)
URL = "https://example.org/feed.xml"
SOME_TIME = timedelta(seconds=3)  # for a small feed, on a machine that others use
PIECES = [
    b"<item>", b"</item>", b"<entry>", b"<title>", b"</title>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?xml", b"<!DOCTYPE [",
    b"&#x0;", b"&amp;", b"&", b"<", b">", b'"', b"\x00", b"\xff", b"\xc3", b"\xfe\xff", b"{", b"[",
    b"xml:base='http://['", b" xmlns:a=''", b"<a:b:c>", b"</", b"<link href='//['/>", b"<guid isPermaLink='x'>",
    b"<enclosure/>", b"<author>@</author>", b"&#55296;",
]  # fmt: skip


def read(body: bytes, content_type: str = "text/xml") -> ParsedFeed | None:
    """Return the feed, or None where it was refused with a reason."""
    try:
        return parse_feed(body, content_type, URL, NOW)
    except UnreadableFeed as refused:
        assert refused.reason
        assert not refused.reason.endswith(".")
        return None


def check(feed: ParsedFeed | None) -> None:
    """A feed keeps its promises: ids, whole addresses, moments that can be, limits."""
    if feed is None:
        return
    assert len(feed.items) <= MAX_ENTRIES
    for item in feed.items:
        assert item.guid
        assert item.title or item.content or item.link
        for address in (item.link, *(one.url for one in item.attachments)):
            assert not address or address.startswith(("http://", "https://"))
        for moment in (item.published, item.updated):
            assert moment is None or (moment.tzinfo and moment <= NOW + timedelta(days=1))
        assert "\ufffd" not in item.title + item.content + item.summary
        (item.title + item.content + item.summary).encode("utf-8")


@given(st.binary(max_size=400), st.text(max_size=40))
@settings(max_examples=400, deadline=SOME_TIME)
def test_any_bytes_are_read_or_refused(body: bytes, content_type: str) -> None:
    """No bytes and no header make a traceback."""
    check(read(body, content_type))
    check(
        read(
            b"<rss><channel><title>" + body + b"</title><item><title>" + body + b"</title></item></channel></rss>", content_type
        )
    )
    with suppress(UnreadableFeed):
        find_feeds(body, URL, content_type)


def changed(feed: bytes, chance: random.Random) -> bytes:
    """Return a feed with something cut, doubled, put in, put in another's place, or its end missing."""
    start = chance.randrange(len(feed) + 1)
    end = min(start + chance.randrange(1, 60), len(feed))
    changes = (
        feed[:start] + feed[end:],
        feed[:end] + feed[start:],
        feed[:start] + chance.choice(PIECES) + feed[start:],
        feed[:start] + bytes([chance.randrange(256)]) + feed[start + 1 :],
        feed[: max(start, 1)],
    )
    return chance.choice(changes)


@given(st.sampled_from(FEEDS), st.randoms(use_true_random=False), st.integers(1, 12))
@settings(max_examples=800, deadline=SOME_TIME)
def test_broken_feeds_are_read_or_refused(feed: bytes, chance: random.Random, times: int) -> None:
    """A feed in which anything was cut, doubled, moved or put in makes no traceback."""
    for _ in range(times):
        feed = changed(feed, chance)
    check(read(feed))


UNICODE = st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "utf-32"])


@given(st.text(max_size=200), UNICODE, st.sampled_from(["", "; charset=windows-1256"]))
@settings(max_examples=300, deadline=SOME_TIME)
def test_unicode_is_never_changed_by_a_label(text: str, encoding: str, label: str) -> None:
    """What is sent in UTF-8, UTF-16 or UTF-32 comes as it was sent, or was scrambled before."""
    said = text.replace("\0", "").replace("\ufffd", "").replace("\ufeff", "")
    with suppress(UnreadableFeed):
        decoded = decode(f"<rss>{said}".encode(encoding), f"text/xml{label}")
        assert decoded.text == f"<rss>{said}" or "it was converted to UTF-8 twice" in decoded.notes


def _entry(inner: bytes) -> bytes:
    return b"<rss><channel><title>T</title><item><title>t</title>" + inner + b"</item></channel></rss>"


def _filled(piece: bytes, size: int = 1_500_000) -> bytes:
    return piece * (size // len(piece))


HEAVY = {
    "a name without end": b"<" + _filled(b"a"),
    "open tags": _filled(b"<a "),
    "open quotation marks": _filled(b"<a b=\"'"),
    "open sections": _filled(b"<![CDATA["),
    "open comments": _filled(b"<!--"),
    "document types": _filled(b"<!DOCTYPE [ ] "),
    "references": _entry(_filled(b"&a")),
    "an author without end": _entry(b"<author>" + _filled(b"a") + b"</author>"),
    "topics": _entry(b"".join(b"<category>%d</category>" % number for number in range(60_000))),
    "namespaces": b"<rss " + b"".join(b"xmlns:a%d='u' " % number for number in range(60_000)) + b"/>",
    "attributes": b"<rss " + b"".join(b"a%d='u' " % number for number in range(100_000)) + b"/>",
    "attributes behind a sign": b"<rss a='>' " + b"".join(b"a%d='u' " % number for number in range(100_000)) + b"/>",
    "entries": b"<rss><channel>" + _filled(b"<item><title>a</title></item>") + b"</channel></rss>",
    "ends that nothing began": _entry(b"<description>" + _filled(b"</p>")),
    "tags that nobody closes": _entry(b"<description>" + _filled(b"<b></b></i>")),
    "links that nobody closes": _entry(b"<description>" + _filled(b"&lt;a href='") + b"</description>"),
    "arabic in windows-1256": _entry(b"<description>" + _filled("العربية في ".encode("cp1256")) + b"</description>"),
    "cut characters": _entry(b"<description>" + _filled("العربية في".encode() + b"\xff") + b"</description>"),
    "converted twice": _entry(b"<description>" + _filled("العربية".encode().decode("cp1256").encode()) + b"</description>"),
    "brackets of json": b"{" + _filled(b"["),
    "escapes of json": b'{"a":"' + _filled(b"\\"),
    "a number of json": b'{"version":"jsonfeed.org","items":[{"id":' + _filled(b"9") + b"}]}",
    "date": _entry(b"<pubDate>" + _filled(b"1 Feb ") + b"</pubDate>"),
}  # fmt: skip


SECONDS = 40  # for one feed, on a busy machine and under coverage; what grows with the square of a feed takes minutes


@pytest.mark.parametrize("name", daily(HEAVY, *list(HEAVY)[::3]))
def test_no_feed_costs_much(name: str) -> None:
    """What is made to be slow is read or refused within seconds, as a feed and as a page."""
    start = time.process_time()
    check(read(HEAVY[name]))
    with suppress(UnreadableFeed):
        find_feeds(HEAVY[name], URL, "")
    assert time.process_time() - start < SECONDS


def test_a_feed_that_is_too_large_is_refused() -> None:
    """More than five megabytes are not looked at."""
    with pytest.raises(UnreadableFeed, match="5 MB"):
        parse_feed(b"<rss>" + b" " * MAX_FEED_BYTES, "", URL, NOW)


def test_a_long_entry_is_cut_and_the_others_stay() -> None:
    """An entry has up to 100 KB; its title and link stay whole, and so do its neighbours."""
    long = _filled("نص طويل ".encode(), 300_000)
    feed = parse_feed(
        b"<rss><channel><item><description>" + long + b"</description><title>A</title><link>https://example.org/a</link></item>"
        b"<item><title>B</title><description>b</description></item></channel></rss>",
        "",
        URL,
        NOW,
    )
    first, second = feed.items
    assert (first.title, first.link, second.title, second.content) == ("A", "https://example.org/a", "B", "b")
    assert MAX_ENTRY_BYTES * 0.9 < len(first.content.encode()) <= MAX_ENTRY_BYTES
    assert any("100 KB" in note for note in feed.notes)


def test_pictures_within_the_text_do_not_count() -> None:
    """A picture that is written into the text as data is left out before anything is cut."""
    data = b"A" * 300_000
    inner = b"&lt;img src='data:image/png;base64," + data + b"'&gt;&lt;p&gt;after"
    feed = parse_feed(_entry(b"<description>" + inner + b"</description>"), "", URL, NOW)
    assert feed.items[0].content == "<img src=''><p>after"
    assert feed.notes == ()


@pytest.mark.parametrize("said", ["Новости города и района", "Žluťoučký kůň a větev", "Ελληνικά νέα σήμερα"])
@pytest.mark.parametrize("encoding", ["cp1251", "cp1250", "cp1253", "koi8-r", "cp866", "mac-roman"])
def test_what_cannot_be_told_is_refused(said: str, encoding: str) -> None:
    """Another language in its old encoding and without a label is not shown in letters of ours."""
    try:
        body = f"<rss><channel><title>{said}</title></channel></rss>".encode(encoding)
    except UnicodeEncodeError:
        return
    feed = read(body)
    assert feed is None or feed.title == said


def test_half_of_each_encoding_is_refused_or_right() -> None:
    """A feed whose template is in UTF-8 and whose texts are in windows-1256 is not shown with either half scrambled."""
    good, old = "البيان الأول في المدينة", "البيان الثاني في القرية"
    for share in (1, 5, 40):
        body = f"<rss><channel><title>{good * share}</title><item><title>".encode() + old.encode("cp1256") * 5
        feed = read(body + b"</title></item></channel></rss>")
        assert feed is None or (feed.title, feed.items[0].title) == (good * share, old * 5)
