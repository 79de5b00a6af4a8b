"""Isolation of runs of the other direction in a body."""

from __future__ import annotations

import pytest

from tests.markdown.case_files import render

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


def test_a_quotation_of_the_other_language_turns() -> None:
    """An English quotation in an Arabic text is laid out from left to right and says its language."""
    html = render("نص عربي طويل بما يكفي\n\n> Nothing about us without us", "ar").html

    assert '<blockquote dir="ltr" lang="en">\n<p>Nothing about us without us</p>' in html
    assert "<p>نص عربي" in html


def test_a_paragraph_of_the_other_language_turns() -> None:
    """So is a paragraph; what Arabic is in it is isolated."""
    html = render("Tekst û nivîs bi kurdî li ser شبكة (2012)", "ckb").html

    assert html == '<p dir="ltr" lang="kmr">Tekst û nivîs bi kurdî li ser <bdi dir="rtl" lang="ar">شبكة</bdi> (2012)</p>'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("- Nothing about us without us", '<li><bdi dir="ltr" lang="en">Nothing about us without us</bdi></li>'),
        ("## Code for Iraq (2018)", '><bdi dir="ltr" lang="en">Code for Iraq (2018)</bdi></h2>'),
        ("|شبكة|\n|-|\n|Every voice counts.|", '<td><bdi dir="ltr">Every voice counts.</bdi></td>'),
        ("- one\n\n- اثنان", '<p><bdi dir="ltr">one</bdi></p>'),
        ("- Code for Iraq\n  - شبكة", '<li><bdi dir="ltr" lang="en">Code for Iraq</bdi>'),
    ],
)
def test_an_item_keeps_the_edge_of_its_neighbours(typed: str, shown: str) -> None:
    """Items, cells and headings begin where all do; their words turn inside."""
    assert shown in render(typed, "ar").html.replace("\n<ul>", "<ul>")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("من **Code** for Iraq هنا", 'من <bdi dir="ltr"><strong>Code</strong> for Iraq</bdi> هنا'),
        (
            "و[Code for Iraq](https://a.org) (CfI) هنا",
            '<bdi dir="ltr"><a href="https://a.org">Code for Iraq</a> (CfI)</bdi> هنا',
        ),
        (
            "**شبكة Code** for Iraq هنا",
            '<strong>شبكة </strong><bdi dir="ltr"><strong>Code</strong> for Iraq</bdi> هنا',
        ),
        (
            "[شبكة Code](https://a.org) for Iraq هنا",
            '<a href="https://a.org">شبكة <bdi dir="ltr">Code</bdi></a> <bdi dir="ltr">for Iraq</bdi> هنا',
        ),
        ("في Python `x = 1` now هنا", '<bdi dir="ltr">Python <code dir="ltr">x = 1</code> now</bdi>'),
        (
            "**00 964** 770 88 66 150",
            '<a href="tel:+9647708866150"><bdi dir="ltr"><strong>00 964</strong> 770 88 66 150</bdi></a>',
        ),
        ("شبكة INSM[^1] هنا\n\n[^1]: أ", '<bdi dir="ltr">INSM</bdi><sup class="footnote-mark"'),
        ("شبكة Code  \nfor هنا", '<bdi dir="ltr">Code</bdi><br>\n<bdi dir="ltr">for</bdi>'),
        ('نص <span lang="en">of Iraq, 2</span> و', '<span lang="en" dir="ltr">of Iraq, 2</span>'),
    ],
)
def test_a_phrase_is_whole_whatever_elements_it_stands_in(typed: str, shown: str) -> None:
    """Emphasis is cut where a run begins inside it, a link never is."""
    assert shown in render(f"مبادرة عراقية للشباب المبرمجين: {typed}", "ar").html


def test_an_element_that_is_cut_has_its_id_once() -> None:
    """What has an id is not cut."""
    html = render('مبادرة عراقية: <strong id="x">شبكة Code</strong> for Iraq هنا', "ar").html

    assert html.count('id="x"') == 1
    assert html.count("<strong") == 1


def test_words_where_markup_cannot_go_have_marks() -> None:
    """An alternative text is plain: its run stands between marks."""
    html = render("![شعار C++](https://example.org/x.png)", "ar").html

    assert 'alt="شعار \u2066C++\u2069"' in html


def test_french_spaces_do_not_break() -> None:
    """Those before high punctuation and inside guillemets are tied; code and numbers stay as typed."""
    html = render("Pourquoi ? « Rien » : `a ?` 00 964", "fr").html

    assert html == '<p>Pourquoi\u202f? «\u00a0Rien\u00a0»\u00a0: <code dir="ltr">a ?</code> 00 964</p>'
    assert "\u202f" not in render("Why ?", "en").html
    assert "\u202f" in render('<span lang="fr">Pourquoi ?</span>', "en").html
