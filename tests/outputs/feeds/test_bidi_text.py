"""Entries read in logical order in readers that keep tags alone: no ``dir``, no ``lang``, no ``bdi``.

Two such readers are played: feedparser's own sanitising, and that of a reader which takes out every attribute and every
element that has to do with direction. What is left is shown in boxes of either direction and in boxes that take theirs from
their first letter, and must stand on the line as the page with its markup does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from bidi import get_display
from lxml import html

from jisr.core.bidi.runs import isolate_as_html
from jisr.core.i18n.languages import build_languages
from jisr.outputs.feeds.bidi_text import add_bidi_characters, mark_plain_text
from tests.conftest import daily
from tests.site.pages import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CONTROLS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
REMOVED = dict.fromkeys(map(ord, CONTROLS))
BLOCKS = "p li h1 h2 h3 h4 h5 h6 td th dt dd figcaption caption summary".split()
BREAKS = re.compile(rf"</?(?:br|div|ul|ol|table|tr|blockquote|tbody|thead|pre|{'|'.join(BLOCKS)})\b[^<>]*>")
THOROUGH = pytest.mark.thorough
BOXES = ("ltr", "rtl", pytest.param("auto", marks=THOROUGH), pytest.param("each", marks=THOROUGH))
RTL = ("ar", "ckb")
AR, CKB, KMR = build_languages(["ar", "ckb", "kmr"])

CASES = {
    "a name at the end": ("rtl", '<p>نظّمتها <bdi dir="ltr">INSM</bdi></p>'),
    "a point after a name": ("rtl", '<p>نظّمتها <bdi lang="en" dir="ltr">International Media Support (IMS)</bdi>.</p>'),
    "a name at the beginning": ("rtl", '<p><bdi dir="ltr">C++</bdi> لغة، وهي صعبة!</p>'),
    "a phone": ("rtl", '<p>الهاتف: <a href="tel:+964"><bdi dir="ltr">00 964 770 88 66 150</bdi></a>، ليلاً.</p>'),
    "a phone in Arabic digits": ("rtl", '<p>هاتف <bdo dir="ltr">٠٧٧٠ ٨٨٦ ٦١٥٠</bdo>.</p>'),
    "a list": ("rtl", '<ul>\n<li>یەکەم (1)</li>\n<li><p>دووەم: <bdi dir="ltr">I.N.S.M.</bdi></p></li>\n</ul>'),
    "a list in an item": ("rtl", "<ol><li>قرار: (أ)<ul><li>فرع.</li></ul></li></ol>"),
    "lines": ("rtl", '<p>سطر أول (1)،<br>سطر <bdi dir="ltr">two.</bdi><br>ثالث.</p>'),
    "a table": ("rtl", '<table><tr><th>السنة</th><td>2012!</td><td><bdi dir="ltr">A-1.</bdi></td></tr></table>'),
    "a block of another language": (
        "rtl",
        '<p>أولاً.</p><p dir="ltr" lang="en">The network (2012), said: <bdi dir="rtl">شبكة</bdi>.</p><p>ثانياً.</p>',
    ),
    "first a block of another language": ("rtl", '<blockquote dir="ltr"><p>Every voice counts.</p></blockquote><p>كل صوت.</p>'),
    "a quotation in Kurmanji": ("ltr", '<p>Wek <bdi lang="ckb" dir="rtl">بەیاننامە (2012).</bdi> dibêjin.</p>'),
    "a Kurmanji line begins in Arabic": ("ltr", '<p><bdi lang="ar" dir="rtl">بيان</bdi>, wergera kurdî (2012).</p>'),
    "a block of Arabic in English": ("ltr", '<p>They said:</p><p dir="rtl" lang="ar">نعم (2012)!</p><p>And left.</p>'),
    "first a block of Arabic": ("ltr", '<p dir="rtl" lang="ar">نعم (2012)!</p><p>They said so.</p>'),
    "emphasis": ("rtl", '<p><strong>«هەنگاوێک بۆ هیوا»</strong>: <em><bdi dir="ltr">POINT</bdi></em>؟</p>'),
    "code": ("rtl", '<p>اكتب <code dir="ltr">git log -1.</code></p>'),
}


def stripped(content: str) -> str:
    """Return what a reader leaves that keeps no direction: no attribute but addresses, no element that isolates."""
    plain = re.sub(r"</?(?:bdi|bdo|span)\b[^<>]*>", "", content)
    return re.sub(r'\s(?:dir|lang|class|id|role|hreflang)="[^"]*"', "", plain)


def sanitised(content: str) -> str:
    """Return what feedparser leaves, without the two attributes that it keeps."""
    entry = f'<entry><title>x</title><content type="html">{_escaped(content)}</content></entry>'
    feed = feedparser.parse(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode())
    return stripped(str(feed.entries[0].content[0]["value"]))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def blocks(content: str) -> Iterator[str]:
    """Return the text of each block and of each line in it."""
    broken = BREAKS.sub("\n\n", content)
    for line in re.split(r"\n\n+", broken):
        text = html.fragment_fromstring(f"<i>{line}</i>").text_content().strip()
        if text.translate(REMOVED).strip():
            yield " ".join(text.split())


@pytest.mark.parametrize("name", CASES)
def test_a_case_reads_the_same_in_either_box(name: str) -> None:
    """By the Unicode algorithm: a block whose markup is gone is drawn the same whichever direction its box has."""
    direction, content = CASES[name]
    for clean in (stripped, sanitised):
        for line in blocks(clean(add_bidi_characters(content, "rtl" if direction == "rtl" else "ltr"))):
            if line[0] in CONTROLS and line[-1] in CONTROLS:
                assert drawn(line, "L") == drawn(line, "R")
            else:
                assert direction == "ltr", "a line of a right-to-left entry stands between marks"


def drawn(line: str, base: str) -> str:
    return str(get_display(line, base_dir=base)).translate(REMOVED)


@pytest.mark.parametrize("tag", RTL)
def test_every_entry_of_the_sample_reads_the_same_in_either_box(site: Site, tag: str) -> None:
    """Titles, summaries and each block of the content of every right-to-left entry are drawn the same in either box."""
    lines = 0
    for item in items(site.folder, tag):
        for line in (item["title"], item.get("summary", ""), *blocks(stripped(item["content_html"]))):
            assert drawn(line, "L") == drawn(line, "R")
            lines += bool(line)
    assert lines > 50


def items(folder: Path, tag: str) -> list[Any]:
    """Return all entries of a language."""
    found = [json.loads((folder / tag / collection / "feed.json").read_text("utf-8"))["items"] for collection in ("", "posts")]
    return [item for one in found for item in one]


STYLE = "<style>* { white-space: nowrap; font: 16px sans-serif } sup { vertical-align: baseline }</style>"
LINES = """() => [...document.querySelectorAll('[data-case]')].map(box => {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT), lines = new Map();
  const blocks = 'P LI H1 H2 H3 H4 H5 H6 TD TH DT DD FIGCAPTION CAPTION SUMMARY'.split(' ');
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    let block = node.parentElement;
    while (block !== box && !blocks.includes(block.tagName)) block = block.parentElement;
    if (block === box && box.dataset.case === 'blocks') continue;
    for (let at = 0; at < node.length; at++) {
      const character = node.data[at];
      if (/[\\s\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/.test(character)) continue;
      const range = document.createRange();
      range.setStart(node, at); range.setEnd(node, at + 1);
      const place = range.getClientRects()[0];
      if (!place || !place.width) continue;
      if (!lines.has(block)) lines.set(block, []);
      lines.get(block).push([Math.round((place.top + place.bottom) / 20), (place.left + place.right) / 2, character]);
    }
  }
  return [...lines.values()].map(found => found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(one => one[2]).join(''));
})"""


def shown(browser: Browser, contents: list[str], box: str, kind: str = "blocks") -> list[list[str]]:
    """Return what Chromium draws from left to right, by block, of each content in a box of a direction."""
    if box == "each":
        tags = "|".join([*BLOCKS, "blockquote", "ul", "ol", "table"])
        contents = [re.sub(rf"<({tags})\b", r'<\1 dir="auto"', one) for one in contents]
    direction = {"each": "", "page": ""}.get(box, f' dir="{box}"')
    page = browser.new_page(viewport={"width": 20_000, "height": 900})
    boxes = "".join(f'<div data-case="{kind}"{direction}>{one}</div>' for one in contents)
    page.set_content(f'<meta charset="utf-8">{STYLE}{boxes}')
    found: list[list[str]] = page.evaluate(LINES)
    page.close()
    return found


@pytest.mark.parametrize("box", BOXES)
def test_chromium_draws_cases_as_their_page(browser: Browser, box: str) -> None:
    """By the positions of glyphs: without markup, in any box, each block is displayed as it is with markup."""
    pages = [f'<div dir="{direction}">{content}</div>' for direction, content in CASES.values()]
    kept = [stripped(add_bidi_characters(page, "rtl" if 'dir="rtl"' in page[:15] else "ltr")) for page in pages]
    chosen = [at for at, (direction, _) in enumerate(CASES.values()) if direction == "rtl" or box != "rtl"]
    expected, found = shown(browser, pages, "page"), shown(browser, kept, box)

    names = list(CASES)
    assert {names[at]: found[at] for at in chosen} == {names[at]: expected[at] for at in chosen}


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("tag", daily(RTL, "ckb"))
def test_chromium_draws_the_sample_as_its_pages(browser: Browser, site: Site, tag: str, box: str) -> None:
    """Every right-to-left entry of the sample site, its markup of direction gone, is drawn in any box as its page is."""
    contents = [item["content_html"] for item in items(site.folder, tag)]
    pages = [content.translate(REMOVED) for content in contents]

    assert shown(browser, [stripped(one) for one in contents], box) == shown(browser, pages, "page")


@pytest.mark.parametrize("box", daily(("ltr", "rtl", "auto"), "rtl"))
@pytest.mark.parametrize("tag", daily(RTL, "ckb"))
def test_chromium_draws_titles_as_pages_do(browser: Browser, site: Site, tag: str, box: str) -> None:
    """A title and a summary, which are plain text, are drawn in any box as a page draws them with its elements."""
    texts = [text for item in items(site.folder, tag) for text in (item["title"], item.get("summary", "")) if text]
    plain = [_escaped(text.translate(REMOVED)) for text in texts]
    pages = [f'<div dir="rtl">{isolate_as_html(text.translate(REMOVED), "rtl")}</div>' for text in texts]

    assert shown(browser, [_escaped(text) for text in texts], box, "text") == shown(browser, pages, "page", "text")
    assert plain


@pytest.mark.parametrize(
    "text",
    ["بيان (2012).", "نظّمتها INSM", "C++", "هاتف +964 770 886 6150.", "«خطوة أمل»!", "وشە", "10–12 آب؟", "٠٧٧٠ ٨٨٦ ٦١٥٠"],
)
def test_a_title_reads_the_same_in_either_box(text: str) -> None:
    """A title of a right-to-left language begins with its mark and is drawn the same in boxes of either direction."""
    for language in (AR, CKB):
        found = mark_plain_text(text, language)
        assert found[0] == "\u200f"
        assert drawn(found, "L") == drawn(found, "R")


def test_a_left_to_right_text_stays_plain() -> None:
    """What needs no marks has none: the feeds of English, French and Kurmanji hold no invisible characters."""
    content = "<h2>Daxuyanî (2012)</h2><p>Tora <em>me</em>.</p><pre><code>x = 1</code></pre>"

    assert add_bidi_characters(content, "ltr") == content
    assert mark_plain_text("Daxuyanî (2012).", KMR) == "Daxuyanî (2012)."


def test_code_is_copied_as_it_is() -> None:
    """Isolates are around code, and no marks are in it."""
    content = '<p>اكتب <code dir="ltr">git log</code></p><pre dir="ltr"><code>x = 1\n</code></pre>'

    found = add_bidi_characters(content, "rtl")
    assert '\u2066<code dir="ltr">git log</code>\u2069' in found
    assert '<pre dir="ltr"><code>x = 1\n</code></pre>' in found


@pytest.mark.parametrize(
    "content", ["</p>", "<p>نص", "<p><bdi>a</p></bdi>", "<!-- <p> -->نص", "<", "<p title='a>b'>نص</p>", ""]
)
def test_broken_html_passes(content: str) -> None:
    """Whatever the body holds, nothing but marks is added."""
    assert add_bidi_characters(content, "rtl").translate(REMOVED) == content


@pytest.mark.thorough  # a test of tests
def test_without_characters_most_cases_go_wrong(browser: Browser) -> None:
    """The cases are worth their place: stripped of markup alone, they are drawn otherwise than their page."""
    pages = [f'<div dir="{direction}">{content}</div>' for direction, content in CASES.values() if direction == "rtl"]
    expected, found = shown(browser, pages, "page"), shown(browser, [stripped(page) for page in pages], "ltr")

    assert sum(one != other for one, other in zip(expected, found, strict=True)) > len(pages) // 2
