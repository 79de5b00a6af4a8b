"""``inv fetch``: the one file that joins the steps, from members' addresses to posts in the content folder."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from jisr.aggregator.config.fetch_context import FetchContext, FetchOptions, create_context
from jisr.aggregator.fingerprint import fingerprint_after_write, has_no_open_work
from jisr.aggregator.model import FeedSource, FetchResult
from jisr.aggregator.post_model import MemberPosts, PostSelection
from jisr.aggregator.report import questions, run_report
from jisr.aggregator.report.patches import make_patch
from jisr.aggregator.report.run_report import MemberReport
from jisr.aggregator.select.deduplication import deduplicate
from jisr.aggregator.state import FeedState, delete_stale_states, load_state, save_state
from jisr.aggregator.state_update import update_state
from jisr.aggregator.store.post_writer import FileChange, StoreResult, read_member_posts, write_atomically, write_posts
from jisr.aggregator.workers.pool import Task, TaskResult, drop_feed
from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError

ProblemReporter = Callable[[Iterable[Problem], MessageFormatter], None]
"""Shows problems to people, in a language."""


def run_fetch(context: BuildContext, asked: FetchOptions, tell: ProblemReporter) -> int:
    """Fetch, write and report. Returns 0, or 1 where a member's file is wrong; a blog that fails is a warning.

    Raises ProblemsError where settings or packages are wrong.
    """
    began = time.monotonic()
    if not context.has_site:
        raise ProblemsError(*context.problems)
    desk = create_context(context, asked)
    rows = fetch_members(desk)
    run_report.print_report(rows, time.monotonic() - began, asked.dry_run, context.formatter)
    errors = [one for one in context.problems if one.place.path.startswith(f"{desk.content_shown}/members/")]
    found = [*run_report.report_problems(rows, desk.content_shown), *errors]
    tell(found, context.formatter)
    return 1 if any(one.severity == "error" for one in found) else 0


def fetch_members(desk: FetchContext) -> tuple[MemberReport, ...]:
    """Ask all members, write what is new, and give what happened with each, in their order.

    One that fails in any step changes nothing of another. Files are replaced by renaming, a member's posts before its
    memory: a run that is ended at any moment leaves texts that build, and the next one completes it.
    """
    folders = {one.name for one in (desk.content / "posts").glob("*") if one.is_dir()}
    memories = {source.member: load_state(desk.cache_folder, source.member).for_source(source) for source in desk.sources}
    traces = {member: memory.traces for member, memory in memories.items()}
    shelves = {
        member: read_member_posts(desk.content, member, traces.get(member, ())) for member in sorted(folders | set(memories))
    }
    from jisr.aggregator.store.images.download import add_images
    from jisr.aggregator.workers.scheduler import fetch_and_read

    with run_report.progress_bar(len(desk.sources)) as tell:
        found = asyncio.run(fetch_and_read(desk, memories, shelves, tell))
    choices = deduplicate({member: done.selection for member, (_, done) in found.items()}, shelves, desk.site_context)
    choices, pictures = add_images(desk, choices)
    if not run_report.is_offline([answer for answer, _ in found.values()]):
        memories = {member: _next_state(memories[member], *found[member], desk.site_context.now) for member in memories}
    rows = tuple(
        _store_member(
            desk,
            source,
            memories[source.member],
            found[source.member],
            (choices[source.member], shelves[source.member], pictures),
        )
        for source in desk.sources
    )
    if not desk.options.dry_run:
        _write_reports(desk, rows)
    return rows


def _next_state(memory: FeedState, answer: FetchResult, done: TaskResult, now: datetime) -> FeedState:
    return update_state(replace(memory, address=done.discovered_feed or memory.address), answer, now)


def _store_member(
    desk: FetchContext,
    source: FeedSource,
    memory: FeedState,
    found: tuple[FetchResult, TaskResult],
    chosen: tuple[PostSelection, MemberPosts, Mapping[str, bytes]],
) -> MemberReport:
    """Write what was chosen of one member, and remember it."""
    answer, done = found
    choice, shelf, pictures = chosen
    try:
        written = (
            _preview_changes(choice, shelf) if desk.options.dry_run else write_posts(choice, shelf, desk.content, pictures)
        )
        settled = has_no_open_work(choice) and not done.reason and answer.outcome != "failed"
        state = (
            fingerprint_after_write(desk.code_fingerprint, source, desk.site_context, memory.validators.digest, shelf, written)
            if settled
            else ""
        )
        memory = replace(memory, traces=written.seen_entries, settled=state)
        if not desk.options.dry_run:
            save_state(desk.cache_folder, memory)
    except OSError as error:
        written = StoreResult((), memory.traces)
        answer = replace(answer, outcome="failed", reason=f"its posts cannot be written ({error.strerror or 'a fault'})")
    return MemberReport(
        source=source,
        feed_place=desk.places[source.member],
        answer=answer,
        memory=memory,
        item_count=done.item_count,
        notes=done.notes,
        changes=written.changes,
        held_back=choice.held_back,
        review_items=(*choice.review_items, *questions.member_review_items(source, memory, desk.read_text(source.path))),
    )


def _preview_changes(choice: PostSelection, shelf: MemberPosts) -> StoreResult:
    """Return what writing would change."""
    there, folder = {known.post.id for known in shelf.existing_posts}, f"posts/{choice.member}"
    changes = [
        FileChange(
            "updated" if post.id in there else "added", post.member, f"posts/{post.member}/{post.id}/index.{post.language}.md"
        )
        for post in choice.posts
    ]
    changes += [FileChange("removed", choice.member, path) for path in choice.hidden_paths]
    changes += [FileChange("buried", choice.member, f"{folder}/removed.yaml")] if choice.new_tombstones else []
    return StoreResult(tuple(changes), choice.seen_entries)


def _write_reports(desk: FetchContext, rows: Sequence[MemberReport]) -> None:
    """Keep the report and the patch, and forget members that are no longer there."""
    moved = [
        (row.source.path, desk.read_text(row.source.path), one.content)
        for row in rows
        for one in row.review_items
        if one.content and one.path == row.source.path and (one.kind == "found" or row.memory.address)
    ]
    file = desk.cache_folder / "report.json"
    before = file.read_text("utf-8", "replace") if desk.options.member and file.is_file() else ""
    write_atomically(file, run_report.report_json(rows, desk.site_context.now, before).encode("utf-8", "replace"))
    write_atomically(desk.cache_folder / "members.patch", make_patch(moved).encode("utf-8"))
    if not desk.options.member:
        delete_stale_states(
            desk.cache_folder, (folder.name for folder in (desk.content / "members").glob("*") if folder.is_dir())
        )


def process_task(task: Task) -> TaskResult:
    """Read a feed, make its items harmless and choose: all that is done with a stranger's bytes, in a process of its own."""
    try:
        return _read_and_select(task)
    except Exception as error:  # noqa: BLE001 (one feed that finds a fault of ours costs its member, and no other)
        reason = f"it confuses its reader ({type(error).__name__})"
    if task.body:
        return replace(process_task(drop_feed(task)), reason=reason)
    return TaskResult(PostSelection(task.source.member, seen_entries=task.member_posts.seen_entries), reason=reason)


def _read_and_select(task: Task) -> TaskResult:
    # Imported here, since only the processes that read need them.
    from jisr.aggregator.body_pipeline import read_feed
    from jisr.aggregator.select.selection import select_posts
    from jisr.ingest.to_markdown.excerpt import make_excerpt

    images: Literal["keep", "link"] = "keep" if task.site_context.fetch_pictures and task.source.full_text else "link"
    feed = read_feed(task.body, task.content_type, task.url, task.site_context.now, images) if task.body else None
    choice = select_posts(task.source, feed.items if feed else (), task.member_posts, task.site_context, make_excerpt)
    if feed is None:
        return TaskResult(choice)
    return TaskResult(choice, len(feed.items), feed.notes, feed.reason, feed.feed_candidates)
