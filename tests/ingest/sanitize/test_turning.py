"""HTML becomes Markdown that says the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisr.ingest.sanitize.sanitizer import sanitize_html
from jisr.ingest.to_markdown.converter import html_to_markdown
from tests.ingest.sanitize.cases import Case, read_cases
from tests.ingest.sanitize.guarding import unfit_rendered
from tests.ingest.sanitize.outlines import outline, render

BASE = "https://blog.example/2012/post/"
CASES = read_cases("turning.txt")

MARKS = (
    "بيان نص. b_c *x* [y] (z) 1. - # > + `c` &lt;b&gt; &amp;copy; | --- === {#id} {:\xa0.x} :\xa0d ! ~~~ \\ ٤. ؟ « $ _ __ é 😀 "
    "&lt; &amp;lt; [^1] [^1]: x: #tag كوردی\u200cها http://x.example/a_b &amp; ``` \\| <br> **"
).split(" ")
LINKS = ["https://e.example/a", "https://e.example/b(c)", "/?x&amp;copy;=1", "d_e_f"]


def _around(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>"


WORDS = st.lists(st.tuples(st.sampled_from(MARKS), st.sampled_from(["", " "])).map("".join), min_size=1, max_size=4).map(
    "".join
)
INLINE = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.builds(_around, st.sampled_from(["strong", "em", "code", "del", "span", "sub"]), inner),
        st.builds(lambda href, inside: f'<a href="{href}">{inside}</a>', st.sampled_from(LINKS), inner),
        st.builds("{}{}".format, inner, inner),
    ),
    max_leaves=6,
)


def _list(name: str, items: list[str]) -> str:
    return f"<{name}>{''.join(f'<li>{one}</li>' for one in items)}</{name[:2]}>"


def _table(rows: list[tuple[str, str]]) -> str:
    return f"<table>{''.join(f'<tr><td>{one}</td><td>{two}</td></tr>' for one, two in rows)}</table>"


BLOCKS = st.recursive(
    st.one_of(
        st.builds(_around, st.sampled_from(["p", "h1", "h2", "h4", "div", "pre"]), INLINE),
        st.builds(_table, st.lists(st.tuples(INLINE, INLINE), min_size=2, max_size=3)),
        st.builds("<dl><dt>{}</dt><dd>{}</dd></dl>".format, INLINE, INLINE),
        st.just("<hr>"),
    ),
    lambda inner: st.one_of(
        st.builds(_around, st.just("blockquote"), inner),
        st.builds(
            _list, st.sampled_from(["ul", "ol", "ol start=3"]), st.lists(st.one_of(INLINE, inner), min_size=1, max_size=3)
        ),
        st.builds("{}{}".format, inner, inner),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    """What a case file says of an HTML is what becomes of it, to the letter."""
    assert html_to_markdown(sanitize_html(case.given, BASE)).strip("\n") == case.expected


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_renders_back(case: Case) -> None:
    """Words, links, lists, quotes, tables, emphasis and code are the same after Markdown, and nothing is wrong with it."""
    safe = sanitize_html(case.given, BASE)
    body = render(case.expected)

    said, again = outline(safe), outline(body.html)
    assert body.problems == ()
    assert again.letters == said.letters
    assert again.links == said.links
    assert again.blocks == said.blocks
    assert again.strong == said.strong


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_turns_back_to_itself(case: Case) -> None:
    """What our Markdown renders to turns into the same Markdown, but for what the page adds to it."""
    html = re.sub(r"</?bd[io][^>]*>", "", render(case.expected).html)
    again = html_to_markdown(sanitize_html(html, BASE))

    assert outline(render(again).html).letters == outline(html).letters


def test_there_are_cases_enough() -> None:
    """Sixty is the least, and Arabic and Kurdish are among them."""
    assert len(CASES) >= 60
    assert len({case.rule for case in CASES}) == len(CASES)
    assert any("ۆ" in case.given or "ێ" in case.given for case in CASES)


@settings(max_examples=300, deadline=None)
@given(BLOCKS)
def test_whatever_it_holds_the_words_and_links_stay(html: str) -> None:
    """Any nesting of our elements around words that look like Markdown keeps its words, links, lists, quotes and cells."""
    safe = sanitize_html(html, BASE)
    body = render(html_to_markdown(safe))
    said, again = outline(safe), outline(body.html)

    assert (body.problems, body.references) == ((), ())
    assert unfit_rendered(body.html) == []
    assert again.letters == said.letters
    assert again.links == said.links
    assert again.blocks == said.blocks
    if len(said.cells) == len(again.cells):
        assert again.cells == said.cells


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "strong", "em", "code"]),
            st.sampled_from(["بيان", "نص.", "«كلام»", "b_c", "(x)", "ئازادی؟", "şev!", "*x*", "a b"]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_emphasis_of_whole_words_stays(parts: list[tuple[str, str]]) -> None:
    """Words between spaces are as bold, emphasized or code as they were."""
    html = _around("p", " ".join(_around(name, words) if name else words for name, words in parts))
    said, again = outline(html), outline(render(html_to_markdown(html)).html)

    assert (again.letters, again.strong, again.emphasized, again.code) == (
        said.letters,
        said.strong,
        said.emphasized,
        said.code,
    )
