"""Whatever a blog's failure is called on its way, it is told in the language of whoever reads it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from jisr.aggregator.model import FeedSource, FetchResult, ReviewItem
from jisr.aggregator.report.reasons import parse_feed_reason
from jisr.aggregator.report.run_report import MemberReport, format_cells, format_table, report_problems, summarize
from jisr.aggregator.state import FeedState
from jisr.build.console.message_languages import create_formatter
from jisr.core.diagnostics.message_formatter import MessageFormatter, strip_isolates
from jisr.core.diagnostics.problems import SourceLocation, phrase

PACKAGE = Path(__file__).resolve().parents[3] / "plugins" / "jisr"
BEGINS = re.compile(r"(?:its? (?!ends the run)|there (?:was|is) n|nobody |entries share|what stands|\d+ (?:entries|broken))")
TAGS = ("ar", "ckb", "kmr", "fr")


def reasons() -> list[str]:
    """Return the sentences of the aggregator and of ingest that begin as a reason does, with a figure in each gap."""
    found: set[str] = set()
    files = (file for folder in ("aggregator", "ingest") for file in (PACKAGE / folder).rglob("*.py"))
    for file in sorted(files):
        if file.name == "reasons.py":
            continue
        tree = ast.parse(file.read_text("utf-8"))
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
        for node in ast.walk(tree):
            words = ""
            if isinstance(node, ast.JoinedStr):
                words = "".join(str(one.value) if isinstance(one, ast.Constant) else "7" for one in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
                words = node.value
            if BEGINS.match(words) and words.count(" ") > 1 and "\n" not in words:
                found.add(words)
    return sorted(found)


def test_there_are_reasons_to_test() -> None:
    """The search above finds the reasons of every step."""
    assert {"its JSON cannot be read", "its redirects go in a circle", "7 broken characters were left out"} <= set(reasons())
    assert len(reasons()) > 55


@pytest.mark.parametrize("said", reasons())
def test_every_reason_is_known_again(said: str) -> None:
    """A reason that a step states can be translated: plugins/jisr/aggregator/report/reasons.py lists it."""
    assert any(parse_feed_reason(one).text != "{said}" for one in (said, f"{said} (503)"))


def row(reason: str) -> MemberReport:
    """Return what happened with a blog that failed."""
    source = FeedSource("penus", "content/members/penus/index.ckb.md", feed="https://penus.example/feed")
    said = phrase(
        '"{title}" is empty in its feed by now. Remove the file if its author took it back; it stays until then.', title="ئاو"
    )
    asked = ReviewItem("removed", "penus", "posts/penus/aw/index.ckb.md", said)
    answer = FetchResult("penus", "failed", source.feed, reason=reason)
    return MemberReport(source, SourceLocation(source.path, 4, 7), answer, FeedState("penus"), review_items=(asked,))


def latin(text: str) -> set[str]:
    """Return the words in Latin letters that are neither a value between isolates nor a path."""
    return set(re.findall(r"[A-Za-z]{2,}", re.sub("\u2066[^\u2069]*\u2069", "", text)))


@pytest.mark.parametrize("tag", TAGS)
def test_a_run_is_told_in_one_language(tag: str) -> None:
    """Table, sum, failures and questions of a run hold no English beside names and addresses."""
    said: MessageFormatter = create_formatter(tag, SourceLocation("test"))
    rows = [row("its server has a fault (503)")]
    lines = [
        *format_table(rows, said),
        said.format(summarize(rows, 1.5, is_dry_run=True)),
        *map(said.format_message, report_problems(rows, "content")),
    ]
    english = [
        *format_table(rows),
        str(summarize(rows, 1.5, is_dry_run=True)),
        *(one.message for one in report_problems(rows, "content")),
    ]

    assert len(lines) == len(english)
    assert not set(lines) & set(english)
    if said.direction == "rtl":
        assert [latin(line) - {"penus"} for line in lines] == [set()] * len(lines)
    assert strip_isolates(format_cells(rows[0], said)[-1]) != format_cells(rows[0])[-1]
