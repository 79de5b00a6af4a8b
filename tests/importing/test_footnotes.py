"""Footnotes of old pages become those of Markdown, whatever program made them."""

from __future__ import annotations

from collections import Counter

import pytest

from jisr.importing.store.footnote_signs import mark_footnotes, write_notes
from jisr.importing.wordpress.post_content import block_notes, to_html
from jisr.ingest.sanitize.node_tree import parse_html
from jisr.ingest.sanitize.sanitizer import sanitize_html
from jisr.ingest.to_markdown.converter import html_to_markdown

HERE = "https://old.example.org/x/"
PAGES = {
    "python-markdown": (
        '<p>Water<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup> is life.</p>'
        '<div class="footnote"><hr><ol><li id="fn:1"><p>A note. <a href="#fnref:1">&#8617;</a></p></li></ol></div>'
    ),
    "blocks": '<p>Water<sup data-fn="a-b" class="fn"><a href="#a-b" id="a-b-link">1</a></sup> is life.</p>'
    + block_notes('[{"id": "a-b", "content": "A note."}]'),
    "spip": (
        '<p>Water <span class="spip_note_ref">[<a href="#nb1" id="nh1" class="spip_note">1</a>]</span> is life.</p>'
        '<div class="notes"><div id="nb1"><p><span class="spip_note_ref">[<a href="#nh1">1</a>] </span>A note.</p></div></div>'
    ),
    "old spip": ('<p>Water [<a href="#nb1" name="nh1">1</a>] is life.</p><hr><p>[<a href="#nh1" name="nb1">1</a>] A note.</p>'),
    "word": (
        '<p>Water<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a> is life.</p><h3>Notes</h3>'
        '<p><a href="#_ftnref1" name="_ftn1"><sup>[1]</sup></a> A note.</p>'
    ),
    "docutils": (
        '<p>Water <a class="footnote-reference brackets" href="#footnote-1" id="footnote-reference-1" role="doc-noteref">'
        '<span class="fn-bracket">[</span>1<span class="fn-bracket">]</span></a> is life.</p>'
        '<aside class="footnote-list brackets"><aside class="footnote brackets" id="footnote-1" role="doc-footnote">'
        '<span class="label"><span class="fn-bracket">[</span><a role="doc-backlink" href="#footnote-reference-1">1</a>'
        '<span class="fn-bracket">]</span></span>\n<p>A note.</p>\n</aside></aside>'
    ),
    "without links": '<p>Water <a href="#note1">1</a> is life.</p><p id="note1">1. A note.</p>',
    "codes": to_html("Water [footnote]A note.[/footnote] is life.", {}, Counter(), Counter()),
}


def convert(html: str) -> str:
    """Return HTML as Markdown with notes."""

    def prepare(root: object) -> None:
        mark_footnotes(root)  # type: ignore[arg-type]

    return write_notes(html_to_markdown(sanitize_html(html, HERE, "keep", prepare)))


@pytest.mark.parametrize("name", PAGES)
def test_a_note_is_one_of_markdown(name: str) -> None:
    """The sign stands where it was, the note at the end, without the rule, heading and links back around it."""
    assert convert(PAGES[name]) == "Water[^1] is life.\n\n[^1]: A note.\n"


def test_other_links_within_a_page_are_no_notes() -> None:
    """A table of contents, a link to the top, and a number that leads to a part of the text stay as they are."""
    html = '<p><a href="#a">Part</a> <a href="#b">2</a></p><h2 id="a">Part</h2><p id="b">Many words.</p><a href="#">Top</a>'
    assert mark_footnotes(parse_html(html)) == 0


def test_several_notes_and_signs_keep_their_numbers() -> None:
    """Two signs may lead to one note, a note may have paragraphs, and what follows the notes stays."""
    html = (
        '<p>A<sup id="r1"><a href="#fn1">1</a></sup> B<sup id="r2"><a href="#fn2">2</a></sup> C<a href="#fn1">1</a></p>'
        '<ol><li id="fn1"><p>One</p><p>more <a href="#r1">↩</a></p></li>'
        '<li id="fn2">Two <a href="#r2">↩</a></li></ol><p>After</p>'
    )
    assert convert(html) == "A[^1] B[^2] C[^1]\n\nAfter\n\n[^1]: One\\\nmore\n\n[^2]: Two\n"
