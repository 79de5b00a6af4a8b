"""Words that look like Markdown begin no block, no list and no table that the HTML did not have."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from jisr.ingest.sanitize.sanitizer import sanitize_html
from jisr.ingest.to_markdown.converter import html_to_markdown
from tests.ingest.sanitize.outlines import is_bare_address, render
from tests.ingest.sanitize.test_sanitizing import SOUP

BASE = "https://blog.example/2012/post/"
# What the renderer or a browser adds around words: paragraphs, rows and their parts, isolation of the other direction.
ADDED = frozenset(("html", "head", "body", "main", "p", "br", "thead", "tbody", "th", "td", "bdi", "bdo"))
INLINE = frozenset(("a", "code", "em", "strong"))  # a style of several lines or blocks is one element in each
LINE = st.one_of(
    st.text("#>-+*_=~`:|[]^<&!{}.)(1٣۴ x\\\u00a0\tب", max_size=8),
    st.sampled_from(
        "- x|* x|+ x|-|1. x|٤. x|۴) x|1.|> x|>|# x|###### x|#|--- |===|=|-|***|_ _ _|- - -|~~~|``` x|~~~~ x|: x|:  x|[^1]: x"
        "|[a]: https://e.example|<!-- x|<div>|</p>|<?php|{: .x }|{#x}|# x ##|    x|\tx|--|:-:|-:".split("|")
    ),
    st.sampled_from(("| - |", "|---|", "---|---", ":--|", "| :-: | - |", "a | b", "|", "||")),
)
TEXT = st.lists(LINE, min_size=1, max_size=4).map(
    lambda lines: "<br>".join(line.replace("&", "&amp;").replace("<", "&lt;") for line in lines)
)
PLACES = (
    "<p>{}</p>", "{}", "<div>{}</div>x", "<ul><li>{}</li></ul>", "<ol start=7><li>x<li>{}</ol>", "<blockquote>{}</blockquote>",
    "<h2>{}</h2>", "<dl><dt>{}</dt><dd>{}</dd></dl>", "<table><tr><td>{}<td>x<tr><td>y<td>z</table>", "<p>x</p><p>{}</p>",
    "<p>a<br>{}</p>", "<pre>{}</pre>", "<p><em>{}</em></p>", "<ul><li>x<p>{}</p></ul>",
)  # fmt: skip
PAGE = st.lists(st.builds(lambda place, text: place.replace("{}", text), st.sampled_from(PLACES), TEXT), max_size=4).map(
    "".join
)


def is_added(node: LexborNode) -> bool:
    return node.tag in ADDED or (node.tag == "a" and is_bare_address(node))


def elements(html: str) -> Counter[str]:
    """Return how many elements of each name HTML has: headings under one name, a block of code as ``pre`` alone."""
    nodes = LexborHTMLParser(f"<main>{html}</main>").css(":not(pre) > :not(pre > code)")
    return Counter(re.sub("^h[1-6]$", "heading", node.tag or "") for node in nodes if not is_added(node))


def convert(html: str) -> tuple[Counter[str], Counter[str]]:
    """Return the elements of a text as sanitized HTML, and those of its Markdown."""
    safe = sanitize_html(html, BASE)
    return elements(safe), elements(render(html_to_markdown(safe)).html)


@settings(max_examples=400, deadline=None)
@given(PAGE)
@example("<p>a<br>- x<br>===</p>")
@example("<p>a | b<br>---|---</p>")
def test_no_line_begins_a_block(html: str) -> None:
    """Lines that look like the start of a block, in every place that holds words, stay words."""
    before, after = convert(html)
    surplus = after - before
    assert {name for name in surplus if name not in INLINE or name not in before} == set()


@settings(max_examples=200, deadline=None)
@given(SOUP)
def test_no_text_brings_an_element(html: str) -> None:
    """Whatever the HTML, its Markdown renders to kinds of elements that the sanitized HTML has."""
    before, after = convert(html)
    assert after.keys() - before.keys() - ({"li"} if before.keys() & {"ul", "ol"} else set()) == set()
