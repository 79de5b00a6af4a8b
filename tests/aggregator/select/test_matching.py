"""When two posts are one, and when an address is a member's."""

from __future__ import annotations

import pytest

from jisr.aggregator.select.identity import canonical_url
from jisr.ingest.language.letter_folding import first_mentioned, normalize_text


@pytest.mark.parametrize(
    "link",
    [
        "http://example.org/a",
        "https://www.example.org/a/",
        "https://EXAMPLE.org:443/a",
        "https://example.org/a?utm_source=feed&utm_medium=rss",
        "https://example.org/a?fbclid=1&gclid=2&mc_cid=3",
        "https://example.org/a#comments",
        "https://example.org//a",
        " https://example.org/%61 ",
    ],
)
def test_ways_to_write_one_address(link: str) -> None:
    """Scheme, www, port, tracking, fragment and the last slash make no other post."""
    assert canonical_url(link) == "example.org/a"


def test_parameters_that_name_a_post_stay() -> None:
    """The number of a post in its address is kept, in whatever order parameters stand."""
    assert (
        canonical_url("https://example.org/?p=7&b=1")
        == canonical_url("https://example.org?b=1&p=7")
        != canonical_url("https://example.org/?p=8")
    )


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "http://[", "http://x:99999/", "//example.org/", "mailto:a@b.org"])
def test_what_is_no_address(link: str) -> None:
    """What leads nowhere on the web has no canonical form."""
    assert canonical_url(link) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كتاب", "کتاب"),
        ("علي", "على"),
        ("أإآا", "اااا"),
        ("مدرسة", "مدرسه"),
        ("كَتَبَ", "كتب"),
        ("كـــتب", "كتب"),
        ("می‌شود", "میشود"),
        ("١٢٣ ۴۵۶", "123 456"),
        ("ÉLECTIONS", "elections"),
        ("هه‌موو", "هەموو"),
        ("AZADÎ", "azadî"),
    ],
)
def test_ways_to_type_one_word(one: str, other: str) -> None:
    """Kaf, yeh, heh, alef, vowel signs, tatweel, joiners, digits, case: no other word."""
    assert normalize_text(one) == normalize_text(other)


def test_kurdish_words_stay_apart() -> None:
    """A circumflex and a cedilla are letters of their own in Kurdish."""
    assert normalize_text("şer") != normalize_text("ser")


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("عن الانتخابات", "إنتخابات", True),
        ("وبالانتخابات", "انتخابات", True),
        ("هەڵبژاردنەکان", "هەڵبژاردن", False),
        ("هەڵبژاردنەکان", "هەڵبژاردن*", True),
        ("Hilbijartinên nû", "hilbijartin*", True),
        ("L’élection", "election", True),
        ("Football!", "FOOTBALL", True),
        ("Footballers", "football", False),
        ("human   rights", "Human Rights", True),
        ("anything", "*", False),
        ("anything", " ", False),
    ],
)
def test_words_of_rules(text: str, word: str, found: bool) -> None:
    """A word is found whole, behind Arabic particles too, and as a beginning where it ends in a star."""
    assert bool(first_mentioned(text, [word])) is found
