"""Bounded time for any text, and no loss of text."""

import time

import pytest

from tests.conftest import daily
from tests.markdown.case_files import render

_MOST_SECONDS = 30.0  # no measure of speed: what grows with the square of its length would take minutes

SIGNS = ["[", "]", "*", "_", "`", "(", "!", "<", "&", "\\", "[[a]", "[a]]", "![", "[^a]", "{:", "#", "|", "-", ":"]
REPEATED = ["[a](", "[a][", "**a ", "*a ", "_a", "a**b", "***a** b* ", "*[", "*a [b* c](d) ", "[](", "<a ", "<a b='", '<a b="']
REPEATED += [
    "<!-- ",
    "<? ",
    "<![CDATA[",
    "<!A ",
    "<b>",
    "</b>",
    "[a](<b",
    '[a](b "',
    "[a](b 'c",
    "![a](b) ",
    "<div>\n",
    "<p>\n\n",
]
REPEATED += ["- ", "1. ", "> ", "- a\n", "1. a\n\n", "- a\n\n  b\n", "[a]: b\n", "[^a]: b\n\n", "a\n: b\n", ": a\n", "# a\n\n"]
REPEATED += ["www.a.org[", "a.a@a.", "[a] (", "(a)[www.", "[a->", "{{<", "[b=", "[b]", "''a", "~~a", "|a|\n"]
REPEATED += ["|a|\n|-|\n", "~~~\n", "`\n", "\n", "  x", "\t", "سطر طويل ", "e\u0301", "\u202e", "\u2067", "a\u200f "]


def _seconds(markdown: str) -> float:
    begin = time.perf_counter()
    render(markdown, kind="statements")
    return time.perf_counter() - begin


@pytest.mark.parametrize("sign", SIGNS)
def test_sign(sign: str) -> None:
    """A sign that stands 20,000 times is shown as typed, in bounded time."""
    begin = time.perf_counter()
    body = render("a" + sign * 20_000)

    assert time.perf_counter() - begin < _MOST_SECONDS
    assert body.first_paragraph.count(sign.strip("\\") or "\\") >= 10_000  # two backslashes are one


@pytest.mark.parametrize("piece", daily(REPEATED, *REPEATED[::3]))
def test_repeated(piece: str) -> None:
    """A piece that stands 20,000 times takes bounded time."""
    assert _seconds(piece * 20_000) < _MOST_SECONDS


@pytest.mark.parametrize(
    "markdown",
    [
        "*a " * 20_000 + "b*" * 20_000,
        "[" * 20_000 + "a" + "](b)" * 20_000,
        "![" * 20_000 + "a" + "](b)" * 20_000,
        "\n".join("  " * depth + "- a" for depth in range(600)),
        " ".join("`" * length for length in range(1, 600)),
        "a" + " " * 200_000 + "b",
        "# " * 100_000,
        "a|" * 50_000 + "\n" + "-|" * 50_000,
        "|".join("a" * 5000) + "\n" + "|".join("-" * 5000) + "\n" + "a|b\n" * 300,
        "".join(f"[^{number}] " for number in range(5000)) + "\n\n" + "".join(f"[^{number}]: a\n\n" for number in range(5000)),
    ],
    ids=["emphasis", "links", "images", "lists", "code", "spaces", "hashes", "header", "table", "notes"],
)
def test_shape(markdown: str) -> None:
    """Deep, wide and long shapes take bounded time."""
    assert _seconds(markdown) < _MOST_SECONDS


@pytest.mark.parametrize("opening", ["> ", "- ", "1. ", "- > "])
def test_too_deep(opening: str) -> None:
    """What is nested deeper than a page can show is refused with its place, and its words stay."""
    body = render(opening * 3000 + "كلمة")

    assert [problem.code for problem in body.problems] == ["nesting"]
    assert body.problems[0].place.line == 5
    assert "كلمة" in body.html


def test_emphasis_too_deep() -> None:
    """Emphasis in more than 100 others is refused once, and its words stay."""
    body = render("*a " * 150 + "كلمة" + "*" * 150)

    assert [problem.code for problem in body.problems] == ["nesting"]
    assert "كلمة" in body.first_paragraph


def test_a_hundred_levels_are_shown() -> None:
    """What is nested 100 levels deep is shown."""
    body = render("> " * 100 + "x")

    assert not body.problems
    assert body.html.count("<blockquote") == 100
