"""Reports of ``inv fetch``: parsing, older reports, and phrases in the language of a page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from jisr.build.console.message_languages import create_phrase_renderer
from jisr.core.diagnostics.message_formatter import render_untranslated
from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.i18n.languages import build_languages
from jisr.core.model.feed_status import parse_feed_report, serialize_phrase

TAGS = ("en", "ar", "ckb", "kmr", "fr")
LANGUAGES = build_languages((*TAGS, "tr"))
TITLE = 'ئاو <b>"&'
PHRASES = (
    phrase("its server has a fault ({status})", status=503),
    phrase("it is not asked before {moment} UTC: {reason}", moment="2026-11-21 09:00", reason=phrase("its name is not known")),
    phrase("{count} broken characters were left out", count=3),
    phrase(
        '"{title}" is empty in its feed by now. Remove the file if its author took it back; it stays until then.', title=TITLE
    ),
    phrase(
        'The feed of "{stated}" is {url}. Write feed: {url}.', stated="https://x.example/", url="https://x.example/?a=1&b=2"
    ),
)


def report(**fields: Any) -> str:
    """Return a report of one blog."""
    blog = {"member": "penus", "url": "", "outcome": "failed", "held": [], "proposals": [], **fields}
    return json.dumps({"version": 1, "at": "2026-11-01T12:00:00+00:00", "members": [blog]})


@pytest.mark.parametrize("message", PHRASES, ids=lambda message: message.text[:20])
def test_a_phrase_comes_out_of_a_report_as_it_went_in(message: Phrase) -> None:
    """Text and values are kept, those of phrases in phrases, too."""
    proposal = {"text": str(message), "told": serialize_phrase(message)}
    (blog,) = parse_feed_report(report(reason=str(message), told=serialize_phrase(message), proposals=[proposal])).members

    assert (blog.reason, blog.questions) == (message, (message,))


@pytest.mark.parametrize(
    "record",
    [
        {"text": "{status}", "values": {}},
        {"text": "{status:>999999999}", "values": {"status": "503"}},
        {"text": "{status.real}", "values": {"status": "503"}},
        {"text": "{status", "values": {"status": "503"}},
        {"text": "{status}", "values": {"status": 503}},
        {"text": "{}", "values": {"": "503"}},
        "503",
        ["503"],
    ],
)
def test_what_could_not_be_told_is_no_report(record: object) -> None:
    """A page never fails for what a file in a cache says."""
    with pytest.raises(ValueError, match="no report of a run"):
        parse_feed_report(report(reason="it failed", told=record))


@pytest.mark.parametrize("tag", [*TAGS, "tr"])
def test_a_report_of_words_alone_is_told_in_english(tag: str) -> None:
    """Reports of older runs kept no phrases: their words are marked as what they are."""
    (blog,) = parse_feed_report(report(reason="its name is <not> known", proposals=[{"text": '"ئاو" is empty.'}])).members
    assert blog.reason
    html = str(create_phrase_renderer()(blog.reason, LANGUAGES[tag]))

    words = "its name is &lt;not&gt; known"
    assert html == (words if tag == "en" else f'<bdi lang="en" dir="ltr">{words}</bdi>')
    assert [one.reason for one in parse_feed_report(report()).members] == [None]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("message", PHRASES, ids=lambda message: message.text[:20])
def test_a_phrase_is_told_in_the_language_of_its_page(message: Phrase, tag: str) -> None:
    """Its values are there as they are, isolated by elements alone; nothing in it is English but in English."""
    html = create_phrase_renderer()(message, LANGUAGES[tag])
    page = LexborHTMLParser(f"<p>{html}</p>")
    text = page.css_first("p").text()  # type: ignore[union-attr]
    plain = [value for _, value in message.values if isinstance(value, str) and value != "3"]

    assert (render_untranslated(message, LANGUAGES["en"]) == html) == (tag == "en")
    assert [value for value in plain if value not in text] == []
    assert not page.css("b") and not page.css("[lang]")
    assert not set(text) & set("\u2066\u2067\u2068\u2069")
    isolated = {node.text() for node in page.css("bdi, code")}
    assert [one for one in plain if one != "503" and not any(one in whole for whole in isolated)] == []


def test_what_nobody_translates_is_marked() -> None:
    """A page of a language without a catalogue has the words in English, marked, with the values isolated."""
    html = str(create_phrase_renderer()(PHRASES[3], LANGUAGES["tr"]))

    assert html.startswith('<bdi lang="en" dir="ltr">&#34;<bdi dir="rtl">ئاو &lt;b&gt;')
    assert html == str(render_untranslated(PHRASES[3], LANGUAGES["tr"]))


@pytest.mark.parametrize("url", ["javascript:evil()", "data:text/html,x", "//evil.example/", ""])
def test_an_address_that_is_none_is_no_link(url: str) -> None:
    """A report may come from a cache that somebody else wrote: what is no web address is not shown as one."""
    entry = {"member": "dijla", "url": url, "outcome": "new", "held": [], "proposals": []}
    report = parse_feed_report(json.dumps({"version": 1, "at": "2026-11-01T12:00:00+00:00", "members": [entry]}))
    assert report.members[0].url == ""
