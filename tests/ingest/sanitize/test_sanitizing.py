"""Strangers' HTML becomes safe HTML, whatever it is, and soon."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisr.core.bidi.control_characters import find_controls
from jisr.ingest.sanitize.sanitizer import MAX_BYTES, plain_title, sanitize_html
from jisr.ingest.to_markdown.converter import html_to_markdown
from jisr.ingest.to_markdown.excerpt import make_excerpt
from tests.conftest import daily
from tests.ingest.sanitize.guarding import unfit, unfit_rendered, unfit_safe
from tests.ingest.sanitize.outlines import render

BASE = "https://blog.example/2012/post/"
SECONDS = 20  # for one text, on a busy machine; what grows with the square of a text takes minutes

NAMES = (
    "a abbr article b base blockquote body br button caption code col colgroup dd del details div dl dt em embed figcaption "
    "figure font form frame "
    "frameset h1 h2 h6 head hr html i iframe image img input li link listing main marquee math menu meta "
    "mglyph mi mtext noembed noscript object ol option p param picture plaintext pre q rp rt ruby script section select slot "
    "source span strong style sub summary sup svg foreignObject desc table tbody td template textarea tfoot th thead title tr "
    "track u ul var video wbr xmp annotation-xml custom-x x:y"
).split()
ATTRIBUTES = (
    "href src style class id onerror onload dir lang start colspan alt title hidden width height srcset data-src "
    "action name xmlns"
).split()
VALUES = (
    "javascript:alert(1) https://e.example/a /a.jpg //e.example 1 rtl ltr ar ckb-Arab display:none data:text/html,x "
    "&#106;avascript:x \x01javascript:x mailto:a@e.example tel:+1234 https://a@e.example/ "
    "](javascript:x) '>\" http://[ {{x}} 99999999999"
).split(" ")
WORDS = (
    "نص ئازادی a &lt; &amp;lt; &#0; &#x202e; &copy &nbsp; < > \" ' ` * _ [ ] \\ \u200c \u202e \x00 \x1b \ufeff \ufffc --> ]]> "
    "<!-- <![CDATA[ <? </ {: } \n \n\n"
).split(" ")

START = st.builds(
    lambda name, said, quote, end: f"<{name}{''.join(f' {key}={quote}{value}{quote}' for key, value in said)}{end}",
    st.sampled_from(NAMES),
    st.lists(st.tuples(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES)), max_size=2),
    st.sampled_from(['"', "'", ""]),
    st.sampled_from([">", ">", ">", "/>", "", " <"]),
)
SOUP = st.lists(
    st.one_of(START, st.sampled_from(NAMES).map("</{}>".format), st.sampled_from(WORDS), st.text(max_size=5)), max_size=25
).map("".join)

PATHOLOGICAL = {
    "divs": "<div>" * 50_000,
    "divs around a word": "<div>" * 50_000 + "نص" + "</div>" * 50_000,
    "formats": "".join(f"<b id={number}>" for number in range(20_000)) + "<p>x" * 20_000,
    "brackets": "[" * 5_000_000,
    "angles": "<" * 5_000_000,
    "ampersands": "&" * 5_000_000,
    "half entities": "&#" * 2_500_000,
    "digits": "&#" + "1" * 5_000_000 + ";",
    "half tags": "<a " * 1_700_000,
    "half attributes": "<a " + 'a="' * 1_500_000,
    "attributes": "<a " + "a=b " * 1_000_000 + ">",
    "comments": "<!--" * 1_250_000,
    "sections": "<![CDATA[" * 500_000,
    "scripts": "<script>" * 600_000,
    "ends": "</p></b></table>" * 300_000,
    "tables": "<table><tr><td>" * 20_000,
    "cells": "<td>" * 500_000,
    "lists": "<ul><li>" * 20_000,
    "items": "<table><li>x" * 200_000,
    "quotes": "<blockquote>" * 20_000 + "x",
    "terms": "<dl><dt>a<dd>" * 20_000,
    "links": "<a href=https://e.example/>x" * 100_000,
    "misnested": "<b><p><i></b></p></i>" * 100_000,
    "drawings": "<svg><g>" * 100_000,
    "breaks": "a<br>" * 500_000,
    "stars": "*a " * 1_500_000,
    "scores": "_a" * 2_500_000,
    "ticks": "<code>`</code>`" * 300_000,
    "emphases": "<em>a</em>b" * 300_000,
    "sentences": "x. " * 1_500_000,
    "spaces": " " * 5_000_000,
    "a word": "ب" * 2_500_000,
    "styles": "<p style='" + "display:" * 600_000 + "'>x",
    "wide cells": "<table>" + "<tr><td colspan=30>a<td>b" * 10_000,
    "a picture in the text": f"<img src='data:image/png;base64,{'A' * 4_900_000}'>نص",
}


@settings(max_examples=500, deadline=None)
@given(SOUP)
def test_whatever_comes_is_safe(soup: str) -> None:
    """Any soup of tags becomes elements and addresses of a list, says the same when sanitized again, and never fails."""
    safe = sanitize_html(soup, BASE)

    assert unfit_safe(safe) == []
    assert find_controls(safe) == []
    assert sanitize_html(safe, BASE) == safe
    body = render(html_to_markdown(safe))
    # A word of two alphabets is what editors are warned of, in others' texts too.
    assert [problem for problem in body.problems if problem.code != "lookalike"] == []
    assert body.references == ()
    assert unfit_rendered(body.html) == []
    make_excerpt(html_to_markdown(safe), "ckb")


@settings(max_examples=300, deadline=None)
@given(st.one_of(SOUP, st.text()))
def test_whatever_comes_is_a_title(soup: str) -> None:
    """Any text becomes one line without controls, of bounded length."""
    title = plain_title(soup)

    assert find_controls(title) == []
    assert title == " ".join(title.split())
    assert len(title) <= 301


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text())
def test_an_address_is_whole_or_none(said: str, base: str) -> None:
    """Whatever an address or the address of its post is, a link leads to the web, a mailbox, a phone, or is none."""
    assert unfit_safe(sanitize_html(f'<a href="{said}">x</a><img src="{said}" alt="y">', base)) == []


@settings(max_examples=200, deadline=None)
@given(SOUP)
def test_turning_needs_no_guard_before_it(soup: str) -> None:
    """Markdown of HTML that nobody sanitized has no HTML in it either, and no link that runs."""
    assert unfit_rendered(render(html_to_markdown(soup)).html) == []


@pytest.mark.parametrize("name", daily(PATHOLOGICAL, *list(PATHOLOGICAL)[::3]))
def test_no_text_takes_long(name: str) -> None:
    """Five megabytes of anything, or fifty thousand levels, end soon, in the body and in the title."""
    began = time.process_time()

    safe = sanitize_html(PATHOLOGICAL[name], BASE)
    turned = html_to_markdown(safe)
    make_excerpt(turned, "ar")
    plain_title(PATHOLOGICAL[name])

    assert time.process_time() - began < SECONDS
    assert unfit_rendered(render(turned).html) == []


def test_what_is_too_long_is_cut_between_words() -> None:
    """A text of more than a hundred kilobytes ends with a whole word and a sign that it was cut."""
    text = html_to_markdown(sanitize_html("<p>" + "كلمات كثيرة " * 50_000, BASE))

    assert len(text.encode()) <= MAX_BYTES + 10
    assert text.endswith(("كلمات …\n", "كثيرة …\n"))


def test_a_picture_written_into_a_text_does_not_crowd_it_out() -> None:
    """The bytes of an embedded picture count for none: the words after it stay."""
    assert html_to_markdown(sanitize_html(PATHOLOGICAL["a picture in the text"], BASE)) == "نص\n"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p dir="rtl" lang="ar">نص</p>', '<p dir="rtl" lang="ar">نص</p>'),
        ('<p DIR="RTL" xml:lang="ckb_IQ">x</p>', '<p dir="rtl" lang="ckb-IQ">x</p>'),
        ('<p dir="sideways" lang="x y">x</p>', "<p>x</p>"),
        ('<span lang="fr" class="x">mot</span>', '<span lang="fr">mot</span>'),
        ('<div id="main" class="site-header" style="color:red">x</div>', "<div>x</div>"),
        ('<bdo dir="rtl">x</bdo>', "x"),
    ],
)
def test_direction_and_language_stay(html: str, expected: str) -> None:
    """Of all that styles, names or turns an element only ``dir`` and ``lang`` stay."""
    assert sanitize_html(html, BASE) == expected


def test_pictures_stay_where_they_are_fetched() -> None:
    """With ``images="keep"`` pictures keep a whole address, so that they can be stored; watchers go nevertheless."""
    html = '<p><img src="/a b.jpg" alt="صورة" onerror="x"><img src="/p.gif" width=1><a href="/x"><img src="b.png"></a>'
    safe = sanitize_html(html, BASE, images="keep")

    assert unfit(safe.replace(' src="', ' href="'), frozenset(("p", "a", "img")), frozenset(("href",))) == [
        'img alt="b.png"',
        'img alt="صورة"',
    ]
    assert html_to_markdown(safe) == (
        "![صورة](https://blog.example/a%20b.jpg)[![b.png](https://blog.example/2012/post/b.png)](https://blog.example/x)\n"
    )
    assert sanitize_html(safe, BASE, images="keep") == safe


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("بيان &amp; نداء", "بيان & نداء"),
        ("&lt;b&gt;", "<b>"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<b>بەیان</b><br>دووەم", "بەیان دووەم"),
        ("C++ <vector> و <T>", "C++ <vector> و <T>"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("x<script>alert(1)</script>y", "xy"),
        ("\u202bبيان\u202c\x07 \n\t x", "بيان x"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ('<img src="x" alt="صورة"> نص', "صورة نص"),
        ("", ""),
        ("<b></b>", ""),
        ("كلمة " * 200, "كلمة " * 59 + "كلمة…"),
    ],
)
def test_a_title_says_what_its_author_saw(title: str, expected: str) -> None:
    """Tags go, entities are decoded once, and what only looks like a tag stays."""
    assert plain_title(title) == expected
