"""What a run came to: a table for people, one line for each failure and question, and the same for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any

from jisr.aggregator.model import OFFLINE_REASONS, FeedSource, FetchResult
from jisr.aggregator.post_model import HeldBack, ReviewItem
from jisr.aggregator.report.reasons import parse_feed_reason
from jisr.aggregator.state import FeedState
from jisr.aggregator.state_update import is_backing_off
from jisr.aggregator.store.post_writer import FileChange
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter, strip_isolates
from jisr.core.diagnostics.problems import Phrase, Problem, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.model.feed_status import serialize_phrase

_COLUMN_HEADINGS = (
    phrase("member"),
    phrase("outcome"),
    phrase("posts"),
    phrase("held"),
    phrase("asked"),
    phrase("seconds"),
    phrase("said"),
)
_OUTCOME_LABELS = MappingProxyType(
    {
        "new": phrase("new"),
        "unchanged": phrase("unchanged"),
        "moved": phrase("moved"),
        "gone": phrase("gone"),
        "waiting": phrase("waiting"),
        "failed": phrase("failed"),
    }
)
_CHANGE_LABELS = MappingProxyType(
    {
        "added": phrase("{count} new"),
        "updated": phrase("{count} changed"),
        "removed": phrase("{count} hidden"),
        "buried": phrase("{count} removed"),
    }
)


@dataclass(frozen=True, slots=True)
class MemberReport:
    """What happened with one member; ``place`` is where its file states its feed."""

    source: FeedSource
    feed_place: SourceLocation
    answer: FetchResult
    memory: FeedState
    item_count: int = 0
    notes: tuple[str, ...] = ()
    changes: tuple[FileChange, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    review_items: tuple[ReviewItem, ...] = ()

    def count_changes(self, verb: str) -> int:
        """Return how many files were added, updated, removed or buried."""
        return sum(change.kind == verb for change in self.changes)


def report_problems(rows: Sequence[MemberReport], content_shown: str) -> list[Problem]:
    """Return a warning for each blog that failed, and for each question to editors: no blog's fault is an error of the site."""
    found = [problem for row in rows if (problem := _failure_problem(row))]
    for row in rows:
        for one in row.review_items:
            place = row.feed_place if one.path == row.source.path else SourceLocation(f"{content_shown}/{one.path}")
            found.append(Problem(place, one.kind, one.text.text, one.text.values, "warning"))
    if is_offline([row.answer for row in rows]):
        text = "None of {count} blogs could be reached. See whether this machine is connected; they are asked again at once."
        found.append(Problem.warning(SourceLocation(content_shown), "fetch", text, count=len(rows)))
    return found


def is_offline(answers: Sequence[FetchResult]) -> bool:
    """Whether it is this machine that is not connected, and no blog that fails: nobody at all could be reached."""
    asked = [one for one in answers if not is_backing_off(one)]
    return len(asked) > 1 and all(one.outcome == "failed" and one.reason in OFFLINE_REASONS for one in asked)


def _failure_problem(row: MemberReport) -> Problem | None:
    """Return the line of a blog that failed or is gone."""
    answer = row.answer
    if answer.outcome == "gone":
        todo = phrase("Its posts stay. Take the line out, or write where the blog is now.")
    elif answer.outcome == "failed":
        todo = phrase("Its posts stay, and it is asked again later; where the blog has moved, write where it is now.")
    else:
        return None
    text = '"{url}" brought nothing: {reason}. {todo}'
    return Problem.warning(row.feed_place, "fetch", text, url=answer.url, reason=parse_feed_reason(answer.reason), todo=todo)


def format_cells(row: MemberReport, voice: MessageFormatter = ENGLISH) -> tuple[str, ...]:
    """Return the words of a row of the table."""
    found = [(form, row.count_changes(verb)) for verb, form in _CHANGE_LABELS.items()]
    posts = ", ".join(voice.format(phrase(form.text, count=count)) for form, count in found if count)
    said = [row.answer.reason] if row.answer.reason else row.notes
    why = "; ".join(voice.format(parse_feed_reason(one)) for one in said)
    held, asked = len(row.held_back) or "", len(row.review_items) or ""
    outcome = voice.format(_OUTCOME_LABELS[row.answer.outcome])
    return (row.source.member, outcome, posts, f"{held}", f"{asked}", f"{row.answer.elapsed_seconds:.2f}", why)


def format_table(rows: Sequence[MemberReport], voice: MessageFormatter = ENGLISH) -> list[str]:
    """Return the table as plain lines."""
    found = [tuple(map(voice.format, _COLUMN_HEADINGS)), *(format_cells(row, voice) for row in rows)]
    widths = [max(_display_width(one[column]) for one in found) for column in range(len(_COLUMN_HEADINGS))]
    return [
        "  ".join(word + " " * (width - _display_width(word)) for word, width in zip(one, widths, strict=True)).rstrip()
        for one in found
    ]


def _display_width(word: str) -> int:
    return len(strip_isolates(word))


def summarize(rows: Sequence[MemberReport], seconds: float, dry: bool) -> Phrase:
    """Return what a run came to in one line."""
    outcomes = [row.answer.outcome for row in rows]
    new, changed = (sum(row.count_changes(verb) for row in rows) for verb in ("added", "updated"))
    return phrase(
        "Asked {blogs} in {seconds} s: {good} answered, {failed} failed, {alone} left alone. "
        "{new}, {changed} changed, {held} held back, {questions}.{dry}",
        blogs=phrase("{count} blogs", count=len(rows)),
        seconds=f"{seconds:.1f}",
        good=sum(one in ("new", "moved", "unchanged") for one in outcomes),
        failed=outcomes.count("failed"),
        alone=outcomes.count("waiting") + outcomes.count("gone"),
        new=phrase("{count} new posts", count=new),
        changed=changed,
        held=sum(len(row.held_back) for row in rows),
        questions=phrase("{count} questions", count=sum(len(row.review_items) for row in rows)),
        dry=phrase(" Nothing was written.") if dry else "",
    )


def print_report(rows: Sequence[MemberReport], seconds: float, dry: bool, voice: MessageFormatter = ENGLISH) -> None:
    """Print the table and what it comes to; with colours where there is a terminal and rich is installed."""
    last = voice.format(summarize(rows, seconds, dry))
    if not _use_rich():
        print("\n".join(format_table(rows, voice)))
        print(last)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*map(voice.format, _COLUMN_HEADINGS), box=None, pad_edge=False, header_style="bold")
    colours = {"failed": "red", "gone": "red", "waiting": "yellow", "moved": "yellow", "new": "green", "unchanged": "dim"}
    for row in rows:
        drawn.add_row(*(Text(word) for word in format_cells(row, voice)), style=colours[row.answer.outcome])
    console = Console()
    console.print(drawn)
    console.print(Text(last), soft_wrap=True)


def _use_rich() -> bool:
    if not sys.stdout.isatty():
        return False
    try:
        import rich  # noqa: F401 (only whether it is there)
    except ImportError:
        return False
    return True


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[str], None]]:
    """Return what is told of each member that is done; it is shown while the run goes on, on a terminal."""
    if not _use_rich() or not sys.stderr.isatty():
        yield lambda member: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda member: bar.update(task, advance=1, description=member)


def report_json(rows: Sequence[MemberReport], now: datetime, before: str = "") -> str:
    """Return what happened for programs: the page of the blogs' health, a workflow.

    ``before`` is the last report, where only some members were asked: what it says of the others stays.
    """
    members = _keep_other_members(before, {row.source.member for row in rows}) + [_serialize_row(row) for row in rows]
    members.sort(key=lambda one: str(one["member"]))
    return json.dumps({"version": 1, "at": now.isoformat(), "members": members}, ensure_ascii=False, indent=1) + "\n"


def _keep_other_members(report: str, asked: Collection[str]) -> list[dict[str, Any]]:
    try:
        return [one for one in json.loads(report)["members"] if one["member"] not in asked]
    except (ValueError, TypeError, KeyError):
        return []


def _serialize_row(row: MemberReport) -> dict[str, Any]:
    answer, memory = row.answer, row.memory
    return {
        "member": row.source.member,
        "path": row.feed_place.path,
        "outcome": answer.outcome,
        "url": answer.url,
        "status": answer.status,
        "reason": answer.reason,
        "told": serialize_phrase(parse_feed_reason(answer.reason)) if answer.reason else None,
        "seconds": answer.elapsed_seconds,
        "items": row.item_count,
        "notes": list(row.notes),
        "changes": [{"verb": one.kind, "path": one.path} for one in row.changes],
        "held": [
            {"title": one.title, "original": one.original, "why": one.reason, "said": one.detail} for one in row.held_back
        ],
        "proposals": [
            {
                "kind": one.kind,
                "path": one.path,
                "text": str(one.text),
                "told": serialize_phrase(one.text),
                "content": one.content,
            }
            for one in row.review_items
        ],
        "succeeded": memory.succeeded.isoformat() if memory.succeeded else None,
        "failures": memory.failures,
        "until": memory.until.isoformat() if memory.until else None,
        "gone": memory.gone.isoformat() if memory.gone else None,
    }
