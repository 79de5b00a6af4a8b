"""Runs of the other direction in a body are elements of their own."""

from __future__ import annotations

import pytest

from tests.markup.case_files import render

PHONE = "00 964 770 88 66 150"


@pytest.mark.parametrize("language", ["ar", "ckb"])
def test_a_phone_number_can_be_read_and_called(language: str) -> None:
    """It is isolated, shown as typed, and a link to what a phone dials."""
    html = render(f"الهاتف: {PHONE}", language).html

    assert f'<a href="tel:+9647708866150"><bdi dir="ltr">{PHONE}</bdi></a>' in html


@pytest.mark.parametrize("language", ["en", "kmr", "fr"])
def test_a_phone_number_can_be_called_from_any_text(language: str) -> None:
    """Where it needs no isolation it is a link all the same."""
    html = render(f"Tel: {PHONE}.", language).html

    assert f'<a href="tel:+9647708866150"><bdi dir="ltr">{PHONE}</bdi></a>.' in html


def test_a_link_is_not_put_into_a_link() -> None:
    """An author's own link to a number stays the only one."""
    html = render(f"[{PHONE}](https://example.org/)", "ar").html

    assert "tel:" not in html
    assert f'<bdi dir="ltr">{PHONE}</bdi>' in html


def test_what_an_author_marked_stays() -> None:
    """A bdi, bdo or dir of the author's is not touched."""
    html = render('نص <bdi dir="rtl">INSM</bdi>', "ar").html

    assert '<bdi dir="rtl">INSM</bdi>' in html


def test_code_is_left_as_it_is() -> None:
    """Code is read from left to right, and nothing in it is wrapped."""
    html = render("استعمل `ls -l /tmp` هنا\n\n```\nabc ابجد\n```", "ar").html

    assert '<code dir="ltr">ls -l /tmp</code>' in html
    assert '<pre dir="ltr"><code>abc ابجد\n</code></pre>' in html


@pytest.mark.parametrize(("words", "tag"), [("بيان", "ar"), ("گوڵ", "ckb")])
def test_arabic_letters_in_a_latin_text_say_their_language(words: str, tag: str) -> None:
    """Sorani has letters that Arabic doesn't; both are isolated."""
    html = render(f"The word {words} here", "en").html

    assert f'<bdi dir="rtl" lang="{tag}">{words}</bdi>' in html


def test_a_paragraph_of_the_other_language_turns() -> None:
    """An English quotation in an Arabic text is laid out from left to right."""
    html = render("نص عربي طويل بما يكفي\n\n> Nothing about us without us", "ar").html

    assert '<p dir="ltr">Nothing about us without us</p>' in html
    assert "<p>نص عربي" in html
