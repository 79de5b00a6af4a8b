"""What people typed as plain paragraphs becomes headings, lists and verses."""

from __future__ import annotations

from collections import Counter

import pytest

from jisr.importing.store.typed_markup import clean_markup
from jisr.ingest.sanitize.node_tree import parse_html, serialize_nodes

PAGES = {
    "a bold line above words is a heading": (
        "<p><strong>مطالبنا</strong></p><p>نطالب بالماء.</p><p><b>Next</b></p><ul><li>x</li></ul>",
        "<h2><strong>مطالبنا</strong></h2><p>نطالب بالماء.</p><h2><b>Next</b></h2><ul><li>x</li></ul>",
    ),
    "a bold sentence, a signature and a line in a text with headings are none": (
        "<p><b>Water is life.</b></p><p>Words.</p><p><b>The network</b></p>",
        "<p><b>Water is life.</b></p><p>Words.</p><p><b>The network</b></p>",
    ),
    "a text that has headings keeps its bold lines": (
        "<h3>Part</h3><p><b>Bold</b></p><p>Words.</p>",
        "<h3>Part</h3><p><b>Bold</b></p><p>Words.</p>",
    ),
    "numbers in order are a list, in every script": (
        "<p>١- الأول</p>\n<p>٢- الثاني</p><p>Words</p><p>• a</p><p>• <b>b</b> c</p>",
        '<ol start="1"><li>الأول</li><li>الثاني</li></ol><p>Words</p><ul><li>a</li><li><b>b</b> c</li></ul>',
    ),
    "one item, numbers out of order and days are no list": (
        "<p>1. One</p><p>Words</p><p>2. Two</p><p>9. March</p><p>12. April</p><p>- said so</p>",
        "<p>1. One</p><p>Words</p><p>2. Two</p><p>9. March</p><p>12. April</p><p>- said so</p>",
    ),
    "words between breaks are paragraphs, and lines may be items": (
        "<div>One.<br><br>- a<br>- b<br><br><b>Part</b><br>Two<br>three.</div>",
        "<div><p>One.</p><ul><li>a</li><li>b</li></ul><h2><b>Part</b></h2><p>Two<br>three.</p></div>",
    ),
    "a picture with words in italics below it is a figure": (
        '<p><a href="b.jpg"><img src="a.jpg"></a><br><em>The river</em></p><p><img src="a.jpg"> and <em>words</em></p>'
        '<dl class="spip_document_5 spip_documents"><dt><img src="a.jpg"></dt><dt><strong>The city</strong></dt></dl>',
        '<figure><a href="b.jpg"><img src="a.jpg"></a><figcaption>The river</figcaption></figure>'
        '<p><img src="a.jpg"> and <em>words</em></p>'
        '<figure class="spip_document_5 spip_documents"><img src="a.jpg"><figcaption>The city</figcaption></figure>',
    ),
    "the lines of a verse stay lines": (
        '<pre class="wp-block-verse">على هذه الأرض\nما يستحق <em>الحياة</em></pre>',
        '<p class="wp-block-verse">على هذه الأرض<br>ما يستحق <em>الحياة</em></p>',
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_typed_markup_is_made_what_it_is(name: str) -> None:
    """Only what is surely a heading, list or verse is one; all other paragraphs stay."""
    html, expected = PAGES[name]
    root = parse_html(html)
    clean_markup(root, Counter())
    assert serialize_nodes(root.children) == expected
