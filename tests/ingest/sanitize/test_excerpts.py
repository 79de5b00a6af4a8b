"""Excerpts begin a text, end with a sentence, and are whole as Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisr.ingest.language.sentences import text_boundaries
from jisr.ingest.to_markdown.converter import html_to_markdown
from jisr.ingest.to_markdown.excerpt import count_words, make_excerpt
from tests.ingest.sanitize.cases import Case, read_cases
from tests.ingest.sanitize.outlines import outline, render
from tests.ingest.sanitize.test_turning import BLOCKS

CASES = read_cases("excerpts.txt")
TAGS = ("ar", "fa", "ckb", "kmr", "fr", "en")
PHRASES = {
    "ar": ["نطالب بالحرية.", "هل يمكن ذلك؟", "قال د. أحمد الحسيني شيئا؛ ثم سكت.", "نعم، هذا صحيح!", "شارك ن.م. علي…",
           "بلغت 3.5 مليون."],
    "fa": ["می\u200cخواهیم بنویسیم.", "آیا کتاب\u200cها را می\u200cخوانید؟", "نه، هرگز.", "بیانیه\u200cای نوشتند؛ و رفتند."],
    "ckb": ["ئێمە داوای ئازادی دەکەین.", "ئایا ئازادن؟", "د. ئازاد دەڵێت: بەڵێ.", "نەخێر، بەڵام هەوڵ دەدەن؛ ڕۆژ بە ڕۆژ."],
    "kmr": ["Em azadiyê dixwazin.", "Gelo ew azad in?", "Dr. Azad dibêje: erê.", "Pirtûk, rojname hwd. têne xwendin!"],
    "fr": ["M. Dupont est arrivé à 10 h.", "« Où sont-ils ? » demanda-t-elle.",
           "Il y a, p. ex. l'art. 5, des règles !", "Oui… mais non."],
    "en": ["U.S. men met Dr. Smith.", "It grew 3.5 times, i.e. a lot.", "“Is it so?” she asked.", "No.", "I.N.S.M. is!"],
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    """What a case file says of a text is its excerpt, to the letter."""
    assert make_excerpt(f"{case.given}\n", case.about).strip("\n") == case.expected


def test_there_are_cases_in_all_languages() -> None:
    """No language is tested in another one's stead."""
    assert {case.about for case in CASES} == set(TAGS)


@pytest.mark.parametrize("language", TAGS)
def test_sentences_end_where_their_language_ends_them(language: str) -> None:
    """Each phrase is one sentence: nothing within it ends one."""
    for phrase in PHRASES[language]:
        found = [end.at for end in text_boundaries(f"{phrase} {PHRASES[language][0]}", language) if end.weight == 3]
        assert found[0] == len(phrase), phrase


@st.composite
def _texts(draw: st.DrawFn) -> tuple[str, str]:
    language = draw(st.sampled_from(TAGS))
    phrase = st.sampled_from(PHRASES[language])
    styled = st.one_of(
        phrase,
        phrase,
        phrase.map("<strong>{}</strong>".format),
        phrase.map("<em>{}</em>".format),
        phrase.map('<a href="https://e.example/a.b_(c)">{}</a>'.format),
        st.lists(phrase, min_size=2, max_size=6).map(lambda some: f"<strong>{' '.join(some)}</strong>"),
    )
    paragraph = st.lists(styled, min_size=1, max_size=14).map(lambda some: f"<p>{' '.join(some)}</p>")
    return language, "".join(draw(st.lists(paragraph, min_size=1, max_size=5)))


@settings(max_examples=200, deadline=None)
@given(_texts())
def test_an_excerpt_is_sentences_of_the_beginning(text: tuple[str, str]) -> None:
    """Of paragraphs of short sentences an excerpt is the beginning: whole sentences, whole links, about sixty words."""
    language, html = text
    turned = html_to_markdown(html)
    short = make_excerpt(turned, language)
    said, cut = outline(render(turned).html), outline(render(short).html)

    assert said.letters.startswith(cut.letters)
    assert cut.letters
    assert "".join(words for _, words in said.links).startswith("".join(words for _, words in cut.links))
    assert count_words(short) <= 90
    assert count_words(short) >= min(count_words(turned), 20)
    if short != turned:
        last = re.sub(r"\]\([^ ]*\)|[*_]+", lambda found: "]" if found[0][0] == "]" else "", short.strip()).rstrip("]")
        assert any(last.endswith(phrase) for phrase in PHRASES[language])


@settings(max_examples=200, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=8), st.sampled_from(TAGS))
def test_an_excerpt_is_never_broken(html: list[str], language: str) -> None:
    """An excerpt of any text renders without a problem, to words of that text, and is not long."""
    turned = html_to_markdown("".join(html))
    body = render(make_excerpt(turned, language))
    letters = iter(outline(render(turned).html).letters)

    assert body.problems == ()
    assert all(one in letters for one in outline(body.html).letters.replace("…", ""))


@given(st.text(), st.text(max_size=5))
def test_any_text_has_an_excerpt(text: str, language: str) -> None:
    """No text and no language makes it fail."""
    assert count_words(make_excerpt(text * 50, language)) <= max(90, count_words(text * 50))
