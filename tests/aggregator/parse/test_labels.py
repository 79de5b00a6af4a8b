"""Feeds of five languages in the encodings that blogs use, with labels that are right, missing and wrong in every way."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from jisr.aggregator.parse.feed_parser import parse_feed

TEXTS = Path(__file__).parent / "texts"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
ENCODINGS = {
    "ar": ("utf-8", "utf-8-sig", "utf-16", "windows-1256", "iso8859-6", "cp720"),
    "ckb": ("utf-8", "utf-8-sig", "utf-16", "windows-1256"),
    "fa": ("utf-8", "utf-8-sig", "utf-16", "windows-1256"),
    "kmr": ("utf-8", "utf-8-sig", "utf-16", "windows-1254", "iso8859-9", "windows-1252"),
    "fr": ("utf-8", "utf-8-sig", "utf-16", "windows-1252", "iso8859-15", "iso8859-1"),
}
WRONG = ("utf-8", "iso-8859-1", "windows-1256", "windows-1252", "iso-8859-6", "us-ascii", "x-unknown")


def labels(right: str) -> list[tuple[str, str]]:
    """Return what header and XML may say of an encoding: right, nothing, and wrong in every way."""
    wrong = [label for label in WRONG if label != right]
    return [
        (right, ""), ("", right), (right, right), ("", ""),
        *((right, label) for label in wrong[:2]), *((label, right) for label in wrong[:2]),
        *((label, "") for label in wrong), *(("", label) for label in wrong), *((label, label) for label in wrong[:4]),
    ]  # fmt: skip


CASES = [
    (language, encoding, header, declared)
    for language, encodings in ENCODINGS.items()
    for encoding in encodings
    for header, declared in labels(encoding.removesuffix("-sig"))
]


def posts(language: str) -> list[tuple[str, str]]:
    """Return titles and texts of a language."""
    lines = (TEXTS / f"{language}.txt").read_text("utf-8").splitlines()
    return list(zip(lines[::2], lines[1::2], strict=True))


def written(said: list[tuple[str, str]], encoding: str, header: str, declared: str) -> tuple[bytes, str]:
    """Return the bytes of a feed and its header; letters that an encoding lacks stand as numbers, as blogs write them."""
    items = "".join(
        f"<item><title>{escape(title)}</title><description>{escape(text)}</description></item>" for title, text in said
    )
    named = f' encoding="{declared}"' if declared else ""
    whole = (
        f'<?xml version="1.0"{named}?><rss version="2.0"><channel><title>{escape(said[0][0])}</title>{items}</channel></rss>'
    )
    return whole.encode(encoding, "xmlcharrefreplace"), f"application/rss+xml; charset={header}" if header else "text/xml"


def test_there_are_enough_feeds() -> None:
    """Every realistic way of labelling is tried in every language."""
    assert len(CASES) >= 250
    assert {language for language, *_ in CASES} == set(ENCODINGS)


@pytest.mark.parametrize(("language", "encoding", "header", "declared"), CASES)
def test_texts_are_right_whatever_the_label_says(language: str, encoding: str, header: str, declared: str) -> None:
    """No label, and no lack of one, makes a letter wrong."""
    said = posts(language)
    body, content_type = written(said, encoding, header, declared)
    feed = parse_feed(body, content_type, "https://example.org/feed", NOW)
    assert [(item.title, item.content) for item in feed.items] == [(escape(title), escape(text)) for title, text in said]


@pytest.mark.parametrize("post", [0, 1, 2])
@pytest.mark.parametrize(("language", "encoding"), list(chain(*([(one, two) for two in ENCODINGS[one]] for one in ENCODINGS))))
@pytest.mark.parametrize("label", ["", "utf-8", "iso-8859-1", "windows-1256"])
def test_a_feed_with_one_post_is_read(language: str, encoding: str, label: str, post: int) -> None:
    """A title and a sentence are enough to tell an encoding by."""
    said = posts(language)[post : post + 1]
    body, content_type = written(said, encoding, label, "")
    feed = parse_feed(body, content_type, "https://example.org/feed", NOW)
    assert [(item.title, item.content) for item in feed.items] == [(escape(title), escape(text)) for title, text in said]


@pytest.mark.parametrize("wrongly", ["windows-1256", "windows-1252", "latin-1"])
@pytest.mark.parametrize("language", ENCODINGS)
def test_texts_converted_twice_are_right_or_refused(language: str, wrongly: str) -> None:
    """Text that went through a wrong conversion is never shown as it came."""
    said = posts(language)
    twice = [(_twisted(title, wrongly), _twisted(text, wrongly)) for title, text in said]
    body, content_type = written(twice, "utf-8", "utf-8", "utf-8")
    feed = parse_feed(body, content_type, "https://example.org/feed", NOW)
    assert [(item.title, item.content) for item in feed.items] == [(escape(title), escape(text)) for title, text in said]


def _twisted(text: str, wrongly: str) -> str:
    """Return text whose UTF-8 was read in another encoding; bytes that it leaves open become controls, as in browsers."""
    letters = []
    for byte in text.encode():
        try:
            letters.append(bytes([byte]).decode(wrongly))
        except UnicodeDecodeError:
            letters.append(chr(byte))
    return "".join(letters)
