"""Fast paths have the same result as the general path."""

from __future__ import annotations

import random

import pytest

from jisr.core.bidi.phone_numbers import find_phone_numbers
from jisr.core.bidi.runs import find_bidi_runs, is_single_direction
from jisr.core.i18n.languages import build_languages
from jisr.core.model.body import MarkdownSource
from jisr.markdown.blocks import block_parser
from jisr.markdown.render import render_body
from jisr.markdown.transforms import bidi_isolation
from jisr.markdown.tree import builder

LANGUAGES = ("ar", "ckb", "kmr", "fr", "en")
WORDS = {
    "ar": "شبكة مؤتمر بيان «قرار» سلام، عام؟ في INSM C++ 2012 ١٢ 00 964 770 88 66 150",
    "ckb": "تۆڕ کۆنفرانس بەیاننامە؛ ئاشتی 10–11 لە (IMS) @anoon #ئاشتی",
    "kmr": "tora civakî daxuyanî aştî û Kurdî 2012-02-09 بيان +964 770 886 6150",
    "fr": "réseau : « paix » droits ; liberté ! l’école www.example.org بيان",
    "en": "network peace rights city's I.N.S.M. e.g. بيان 0770 886 6150 ۱۲",
}
SIGNS = (
    "**",
    "*",
    "***",
    "_",
    "\\*",
    "`x`",
    "&amp;",
    "!",
    "?",
    "]",
    "[a](b)",
    "<b>",
    "</b>",
    "{",
    "}",
    "  ",
    " -",
    "…",
    "”",
    "“",
    "\u200c",
)
LINES = (
    "\n",
    "\n\n",
    "\n \n",
    "\n- ",
    "\n1. ",
    "\n> ",
    "\n## ",
    "\n---\n",
    "\n    ",
    "\n: ",
    "\n| a | b |\n|---|---|\n",
    "\n```\n",
    "{: .x }\n",
)


def made(chance: random.Random, tag: str) -> str:
    """Return a text of words, signs and beginnings of blocks."""
    pieces: list[str] = []
    for _ in range(chance.randrange(4, 40)):
        pick = chance.random()
        word = chance.choice(WORDS[tag].split())
        pieces.append(f"**{word}** " if pick < 0.15 else f"*{word}*" if pick < 0.25 else f"{word} ")
        if chance.random() < 0.2:
            pieces.append(chance.choice(SIGNS) + chance.choice(["", " "]))
        if chance.random() < 0.15:
            pieces.append(chance.choice(LINES))
    return "".join(pieces)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_shortcuts_change_nothing(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body is the same where no line, emphasis or paragraph is taken for a plain one."""
    chance = random.Random(tag)
    (language,) = build_languages([tag])
    sources = [
        MarkdownSource(made(chance, tag), language, chance.choice(["statements", "news"]), "index.md") for _ in range(200)
    ]
    short = [render_body(one) for one in sources]
    monkeypatch.setattr(block_parser.BodyParser, "_parse_plain_line", lambda _: False)
    monkeypatch.setattr(builder, "build_simple_inline", lambda *_: False)
    monkeypatch.setattr(bidi_isolation, "is_single_direction", lambda *_: False)
    for source, body in zip(sources, short, strict=True):
        assert body == render_body(source), source.text


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_is_one_sided_has_no_runs(tag: str) -> None:
    """Where a look tells that nothing is to be isolated, there is no run and no phone number."""
    chance = random.Random(tag)
    (language,) = build_languages([tag])
    seen = 0
    for _ in range(1500):
        words = chance.choices(WORDS[tag].split(), k=chance.randrange(1, 5))
        text = " ".join(words) + chance.choice(["", ".", "؟", " 7", "%"])
        if is_single_direction(text, language.direction):
            seen += 1
            assert find_phone_numbers(text) == []
            assert find_bidi_runs(text, language.direction) == []
    assert seen > 100
