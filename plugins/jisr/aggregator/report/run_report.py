"""The report of a run: a table, a line for each failure and question, and the same as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any

from jisr.aggregator.model import FeedSource, FetchResult, HeldBack, ReviewItem
from jisr.aggregator.report.reasons import parse_feed_reason
from jisr.aggregator.state import FeedState, is_backing_off
from jisr.aggregator.store.post_writer import FileChange
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter, strip_isolates
from jisr.core.diagnostics.problems import Phrase, Problem, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.model.feed_status import serialize_phrase
from jisr.ingest.fetch.offline_reasons import OFFLINE_REASONS

_COLUMN_HEADINGS = (
    phrase("member"), phrase("outcome"), phrase("posts"), phrase("held"), phrase("asked"), phrase("seconds"), phrase("said"),
)  # fmt: skip
_OUTCOME_LABELS = MappingProxyType({
    "new": phrase("new"), "unchanged": phrase("unchanged"), "moved": phrase("moved"), "gone": phrase("gone"),
    "waiting": phrase("waiting"), "failed": phrase("failed"),
})  # fmt: skip
_CHANGE_LABELS = MappingProxyType({
    "added": phrase("{count} new"), "updated": phrase("{count} changed"), "removed": phrase("{count} hidden"),
    "buried": phrase("{count} removed"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemberReport:
    """The report of one member; ``feed_place`` is the place of the feed's address in the member's file."""

    source: FeedSource
    feed_place: SourceLocation
    result: FetchResult
    state: FeedState
    item_count: int = 0
    notes: tuple[str, ...] = ()
    changes: tuple[FileChange, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    review_items: tuple[ReviewItem, ...] = ()

    def count_changes(self, kind: str) -> int:
        """Return the number of changes of a kind: added, updated, removed or buried."""
        return sum(change.kind == kind for change in self.changes)


def report_problems(rows: Sequence[MemberReport], content_label: str) -> list[Problem]:
    """Return a warning for each failure and each review item: a blog's failure is never an error of the site."""
    problems = [problem for row in rows if (problem := _failure_problem(row))]
    for row in rows:
        for item in row.review_items:
            place = row.feed_place if item.path in ("", row.source.path) else SourceLocation(f"{content_label}/{item.path}")
            problems.append(Problem(place, item.kind, item.text.text, item.text.values, "warning"))
    if is_offline([row.result for row in rows]):
        text = "None of {count} blogs could be reached. See whether this machine is connected; they are asked again at once."
        problems.append(Problem.warning(SourceLocation(content_label), "fetch", text, count=len(rows)))
    return problems


def is_offline(results: Sequence[FetchResult]) -> bool:
    """Whether this machine has no network: no member at all could be reached."""
    requested = [result for result in results if not is_backing_off(result)]
    return len(requested) > 1 and all(result.outcome == "failed" and result.reason in OFFLINE_REASONS for result in requested)


def _failure_problem(row: MemberReport) -> Problem | None:
    """Return the warning about a blog that failed or is gone."""
    result = row.result
    if result.outcome == "gone":
        remedy = phrase("Its posts stay. Take the line out, or write where the blog is now.")
    elif result.outcome == "failed":
        remedy = phrase("Its posts stay, and it is asked again later; where the blog has moved, write where it is now.")
    else:
        return None
    text = '"{url}" brought nothing: {reason}. {todo}'
    return Problem.warning(row.feed_place, "fetch", text, url=result.url, reason=parse_feed_reason(result.reason), todo=remedy)


def format_cells(row: MemberReport, formatter: MessageFormatter = ENGLISH) -> tuple[str, ...]:
    """Return the cells of a row of the table."""
    counts = [(label, row.count_changes(kind)) for kind, label in _CHANGE_LABELS.items()]
    posts = ", ".join(formatter.format(phrase(label.text, count=count)) for label, count in counts if count)
    reasons = [row.result.reason] if row.result.reason else row.notes
    text = "; ".join(formatter.format(parse_feed_reason(reason)) for reason in reasons)
    held_count, item_count = len(row.held_back) or "", len(row.review_items) or ""
    outcome = formatter.format(_OUTCOME_LABELS[row.result.outcome])
    return (row.source.member, outcome, posts, f"{held_count}", f"{item_count}", f"{row.result.elapsed_seconds:.2f}", text)


def format_table(rows: Sequence[MemberReport], formatter: MessageFormatter = ENGLISH) -> list[str]:
    """Return the table as lines of text."""
    lines = [tuple(map(formatter.format, _COLUMN_HEADINGS)), *(format_cells(row, formatter) for row in rows)]
    widths = [max(_display_width(cells[column]) for cells in lines) for column in range(len(_COLUMN_HEADINGS))]
    return [
        "  ".join(cell + " " * (width - _display_width(cell)) for cell, width in zip(cells, widths, strict=True)).rstrip()
        for cells in lines
    ]


def _display_width(cell: str) -> int:
    return len(strip_isolates(cell))


def summarize(rows: Sequence[MemberReport], seconds: float, is_dry_run: bool) -> Phrase:
    """Return the summary of a run in one line."""
    outcomes = [row.result.outcome for row in rows]
    new, changed = (sum(row.count_changes(kind) for row in rows) for kind in ("added", "updated"))
    return phrase(
        "Asked {blogs} in {seconds} s: {good} answered, {failed} failed, {alone} left alone. "
        "{new}, {changed} changed, {held} held back, {questions}.{dry}",
        blogs=phrase("{count} blogs", count=len(rows)),
        seconds=f"{seconds:.1f}",
        good=sum(outcome in ("new", "moved", "unchanged") for outcome in outcomes),
        failed=outcomes.count("failed"),
        alone=outcomes.count("waiting") + outcomes.count("gone"),
        new=phrase("{count} new posts", count=new),
        changed=changed,
        held=sum(len(row.held_back) for row in rows),
        questions=phrase("{count} questions", count=sum(len(row.review_items) for row in rows)),
        dry=phrase(" Nothing was written.") if is_dry_run else "",
    )


def print_report(rows: Sequence[MemberReport], seconds: float, is_dry_run: bool, formatter: MessageFormatter = ENGLISH) -> None:
    """Print the table and the summary; with colours on a terminal where rich is installed."""
    summary = formatter.format(summarize(rows, seconds, is_dry_run))
    if not _use_rich():
        print("\n".join(format_table(rows, formatter)))
        print(summary)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*map(formatter.format, _COLUMN_HEADINGS), box=None, pad_edge=False, header_style="bold")
    colours = {"failed": "red", "gone": "red", "waiting": "yellow", "moved": "yellow", "new": "green", "unchanged": "dim"}
    for row in rows:
        table.add_row(*(Text(cell) for cell in format_cells(row, formatter)), style=colours[row.result.outcome])
    console = Console()
    console.print(table)
    console.print(Text(summary), soft_wrap=True)


def _use_rich() -> bool:
    if not sys.stdout.isatty():
        return False
    try:
        import rich  # noqa: F401 (only whether it is installed)
    except ImportError:
        return False
    return True


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[str], None]]:
    """Yield a function that is called for each completed member and advances a progress bar, on a terminal."""
    if not _use_rich() or not sys.stderr.isatty():
        yield lambda member: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda member: bar.update(task, advance=1, description=member)


def report_json(rows: Sequence[MemberReport], now: datetime, earlier: str = "") -> str:
    """Return the report as JSON, for the page of the blogs' status and for workflows.

    ``earlier`` is the last report, where only some members were requested: its rows of the others stay.
    """
    members = _keep_other_members(earlier, {row.source.member for row in rows}) + [_serialize_row(row) for row in rows]
    members.sort(key=lambda member: str(member["member"]))
    return json.dumps({"version": 1, "at": now.isoformat(), "members": members}, ensure_ascii=False, indent=1) + "\n"


def _keep_other_members(report: str, requested: Collection[str]) -> list[dict[str, Any]]:
    try:
        return [member for member in json.loads(report)["members"] if member["member"] not in requested]
    except (ValueError, TypeError, KeyError):
        return []


def _serialize_row(row: MemberReport) -> dict[str, Any]:
    result, state = row.result, row.state
    return {
        "member": row.source.member,
        "path": row.feed_place.path,
        "outcome": result.outcome,
        "url": result.url,
        "status": result.status,
        "reason": result.reason,
        "told": serialize_phrase(parse_feed_reason(result.reason)) if result.reason else None,
        "seconds": result.elapsed_seconds,
        "items": row.item_count,
        "notes": list(row.notes),
        "changes": [{"verb": item.kind, "path": item.path} for item in row.changes],
        "held": [
            {"title": item.title, "original": item.original, "why": item.reason, "said": item.detail} for item in row.held_back
        ],
        "proposals": [
            {
                "kind": item.kind,
                "path": item.path,
                "text": str(item.text),
                "told": serialize_phrase(item.text),
                "content": item.content,
            }
            for item in row.review_items
        ],
        "succeeded": state.last_success.isoformat() if state.last_success else None,
        "failures": state.failures,
        "until": state.retry_at.isoformat() if state.retry_at else None,
        "gone": state.gone_on.isoformat() if state.gone_on else None,
    }
