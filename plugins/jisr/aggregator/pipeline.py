"""``inv fetch``: the steps from members' feeds to posts in the content folder, in order."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from jisr.aggregator.config.fetch_context import FetchContext, FetchOptions, create_context
from jisr.aggregator.fetch.autodiscovery import find_feeds
from jisr.aggregator.model import FeedItem, FeedSource, FetchResult, MemberPosts, PostSelection, SafeItem
from jisr.aggregator.report import review_items, run_report
from jisr.aggregator.report.patches import make_patch
from jisr.aggregator.report.run_report import MemberReport
from jisr.aggregator.select.deduplication import deduplicate
from jisr.aggregator.state import FeedState, delete_stale_states, input_fingerprint, load_state, save_state, update_state
from jisr.aggregator.store.post_writer import FileChange, StoreResult, read_member_posts, write_posts
from jisr.aggregator.workers.pool import Task, TaskResult
from jisr.content.atomic_write import write_durably
from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError
from jisr.core.frozen import dataclass
from jisr.ingest.encoding.charset import UnreadableFeed

if TYPE_CHECKING:
    from jisr.ingest.sanitize.sanitizer import ImagePolicy

ProblemReporter = Callable[[Iterable[Problem], MessageFormatter], None]
"""Prints problems in a language."""


def run_fetch(build_context: BuildContext, options: FetchOptions, report: ProblemReporter) -> int:
    """Fetch, write and report. Returns 0, or 1 where a member's file is wrong; a blog that fails is a warning.

    ``build_context`` is the context of a site that was read. Raises ProblemsError where settings or packages are wrong.
    """
    start = time.monotonic()
    if not build_context.has_site:
        raise ProblemsError(*build_context.problems)
    context = create_context(build_context, options)
    rows = fetch_members(context)
    run_report.print_report(rows, time.monotonic() - start, options.dry_run, build_context.formatter)
    folder = f"{context.content_label}/members/"
    errors = [problem for problem in build_context.problems if problem.place.path.startswith(folder)]
    problems = [*run_report.report_problems(rows, context.content_label), *errors]
    report(problems, build_context.formatter)
    return 1 if any(problem.severity == "error" for problem in problems) else 0


def fetch_members(context: FetchContext) -> tuple[MemberReport, ...]:
    """Request all members, write new posts, and return a report for each member, in their order.

    A member that fails in any step changes nothing of another. Files are replaced by renaming, a member's posts before its
    state: a run that is killed at any moment leaves texts that build, and the next one completes it.
    """
    folders = {path.name for path in (context.content / "posts").glob("*") if path.is_dir()}
    states = {source.member: load_state(context.cache_folder, source.member).for_source(source) for source in context.sources}
    entries = dict.fromkeys(folders, ()) | {member: state.seen_entries for member, state in states.items()}
    posts_by_member = {member: read_member_posts(context.content, member, entries[member]) for member in sorted(entries)}
    from jisr.aggregator.store.images.download import add_images
    from jisr.aggregator.workers.scheduler import fetch_and_read

    with run_report.progress_bar(len(context.sources)) as advance:
        results = asyncio.run(fetch_and_read(context, states, posts_by_member, advance))
    selections = {member: task_result.selection for member, (_, task_result) in results.items()}
    selections, pictures = add_images(context, deduplicate(selections, posts_by_member, context.site_context))
    if not run_report.is_offline([result for result, _ in results.values()]):
        for member, (result, task_result) in results.items():
            state = replace(states[member], address=task_result.discovered_feed or states[member].address)
            state = update_state(state, result, context.site_context.now)
            states[member] = replace(state, title=task_result.feed_title or state.title)
    rows = []
    for source in context.sources:
        posts = (selections[source.member], posts_by_member[source.member], pictures)
        rows.append(_store_member(context, source, states[source.member], results[source.member], posts))
    if not context.options.dry_run:
        _write_reports(context, rows)
    return tuple(rows)


def _store_member(
    context: FetchContext,
    source: FeedSource,
    state: FeedState,
    results: tuple[FetchResult, TaskResult],
    posts: tuple[PostSelection, MemberPosts, Mapping[str, bytes]],
) -> MemberReport:
    """Write the selection of one member and save its state."""
    result, task_result = results
    selection, member_posts, pictures = posts
    try:
        store_result = (
            _preview_changes(selection, member_posts)
            if context.options.dry_run
            else write_posts(selection, member_posts, context.content, pictures)
        )
        is_idle = selection.is_final and not task_result.reason and result.outcome != "failed"
        inputs = (context.code_fingerprint, source, context.site_context, state.validators.digest, member_posts)
        fingerprint = input_fingerprint(*inputs, store_result) if is_idle else ""
        state = replace(state, seen_entries=store_result.seen_entries, idle_fingerprint=fingerprint)
        if not context.options.dry_run:
            save_state(context.cache_folder, state)
    except OSError as error:
        store_result = StoreResult((), state.seen_entries)
        result = replace(result, outcome="failed", reason=f"its posts cannot be written ({error.strerror or 'a fault'})")
    own_items = review_items.member_review_items(source, state, context.read_text(source.path))
    return MemberReport(
        source=source,
        feed_place=context.places[source.member],
        result=result,
        state=state,
        item_count=task_result.item_count,
        notes=task_result.notes,
        changes=store_result.changes,
        held_back=selection.held_back,
        review_items=(*selection.review_items, *own_items),
    )


def _preview_changes(selection: PostSelection, member_posts: MemberPosts) -> StoreResult:
    """Return the changes that writing would make."""
    existing_ids, folder = {existing.post.id for existing in member_posts.existing_posts}, f"posts/{selection.member}"
    changes = [
        FileChange("updated" if post.id in existing_ids else "added", f"{folder}/{post.id}/index.{post.language}.md")
        for post in selection.posts
    ]
    changes += [FileChange("removed", path) for path in selection.hidden_paths]
    changes += [FileChange("buried", f"{folder}/removed.yaml")] if selection.new_tombstones else []
    return StoreResult(tuple(changes), selection.seen_entries)


def _write_reports(context: FetchContext, rows: Sequence[MemberReport]) -> None:
    """Write the report and the patch, and delete the states of members that left."""
    file_changes = [
        (row.source.path, context.read_text(row.source.path), item.content)
        for row in rows
        for item in row.review_items
        if item.content and item.path == row.source.path and (item.kind == "found" or row.state.address)
    ]
    file = context.cache_folder / "report.json"
    earlier = file.read_text("utf-8", "replace") if context.options.member and file.is_file() else ""
    write_durably(file, run_report.report_json(rows, context.site_context.now, earlier).encode("utf-8", "replace"))
    write_durably(context.cache_folder / "members.patch", make_patch(file_changes).encode("utf-8"))
    if not context.options.member:
        members = (path.name for path in (context.content / "members").glob("*") if path.is_dir())
        delete_stale_states(context.cache_folder, members)


def process_task(task: Task) -> TaskResult:
    """Parse a feed, sanitize its items and select posts: all work on untrusted bytes, in a process of its own."""
    try:
        return _read_and_select(task)
    except Exception as error:  # noqa: BLE001 (a feed that triggers a bug of ours costs its member, and no other)
        reason = f"it confuses its reader ({type(error).__name__})"
    if task.body:
        return replace(process_task(replace(task, body=b"")), reason=reason)
    return TaskResult(PostSelection(task.source.member, seen_entries=task.member_posts.seen_entries), reason=reason)


def _read_and_select(task: Task) -> TaskResult:
    # Imported here, since only the worker processes need them.
    from jisr.aggregator.select.replaced_feed import hold_replaced_feed, is_other_blog
    from jisr.aggregator.select.selection import select_posts
    from jisr.ingest.to_markdown.excerpt import make_excerpt

    images: ImagePolicy = "keep" if task.site_context.fetch_pictures and task.source.full_text else "link"
    feed = read_feed(task.body, task.content_type, task.url, task.site_context.now, images) if task.body else None
    titles = (task.known_title, feed.title) if feed else ("", "")
    is_other = feed is not None and is_other_blog(*titles, feed.items, task.member_posts, task.source)
    items = feed.items if feed and not is_other else ()
    selection = select_posts(task.source, items, task.member_posts, task.site_context, make_excerpt)
    if feed is None:
        return TaskResult(selection)
    if is_other:
        selection = hold_replaced_feed(selection, *titles, feed.items, task.source)
    title = "" if is_other else feed.title
    return TaskResult(selection, len(feed.items), feed.notes, feed.reason, feed.feed_candidates, feed_title=title)


@dataclass(frozen=True, slots=True)
class SafeFeed:
    """The sanitized items of a feed; or the reason why there are none, and the feeds that the page in its place links to."""

    items: tuple[SafeItem, ...] = ()
    notes: tuple[str, ...] = ()
    title: str = ""
    reason: str = ""
    feed_candidates: tuple[str, ...] = ()


def read_feed(body: bytes, content_type: str, url: str, now: datetime, images: ImagePolicy = "link") -> SafeFeed:
    """Return the sanitized items of a response body, with pictures as links or as pictures.

    Raises nothing: a feed that cannot be read has its ``reason``.
    """
    from jisr.aggregator.parse.feed_parser import parse_feed
    from jisr.ingest.sanitize.sanitizer import plain_title

    try:
        feed = parse_feed(body, content_type, url, now)
    except UnreadableFeed as error:
        return SafeFeed(reason=error.reason, feed_candidates=_discover_feeds(body, url, content_type))
    repeated = Counter(item.summary for item in feed.items)
    read = ((item, repeated[item.summary] == 1) for item in feed.items)
    items = [one for item, has_own in read if (one := _sanitize_item(item, feed.link or url, images, has_own))]
    lost, removed, tracking = (
        len(feed.items) - len(items),
        sum(item.removed_count for item in items),
        sum(item.tracking_count for item in items),
    )
    notes = [f"{lost} entries could not be made safe and were left out"] if lost else []
    notes += [f"{removed} parts of its platform, such as buttons, forms and closing lines, were left out"] if removed else []
    notes += [f"{tracking} links told who follows them, and lead to the same pages without that"] if tracking else []
    return SafeFeed(tuple(items), (*feed.notes, *notes), plain_title(feed.title))


def _discover_feeds(body: bytes, url: str, content_type: str) -> tuple[str, ...]:
    """Return the feeds that a page links to; nothing where it is no page."""
    start = body[:5000].lower()
    if "html" not in content_type.lower() and b"<html" not in start and b"<!doctype html" not in start:
        return ()
    try:
        return find_feeds(body, url, content_type)
    except UnreadableFeed:
        return ()


def _sanitize_item(item: FeedItem, home: str, images: ImagePolicy, has_own_summary: bool) -> SafeItem | None:
    """Return an item as plain text and Markdown, or None where that fails: one entry never costs the others.

    A summary that several entries have is no subtitle.
    """
    from jisr.aggregator.parse.attachments import attachments_html
    from jisr.aggregator.parse.titles import add_subtitle, is_message, tidy_title
    from jisr.ingest.sanitize.platform_parts import PlatformParts
    from jisr.ingest.sanitize.safe_urls import strip_tracking
    from jisr.ingest.sanitize.sanitizer import plain_title, sanitize_html
    from jisr.ingest.to_markdown.converter import html_to_markdown

    try:
        title, base = plain_title(item.title), item.link or home
        parts = PlatformParts(title, item.link, home)
        html = sanitize_html(item.content or item.summary, base, images, parts.remove_from)
        attached = sanitize_html(attachments_html(item.attachments, html), base, images)
        body = html_to_markdown(html)
        if is_message(title, body):
            body = html_to_markdown(sanitize_html(f"<p>{item.title}</p>{html}", base, images))
        elif item.content and item.summary and has_own_summary:
            body = add_subtitle(body, _safe_summary(item, title, base, home), title)
        link = strip_tracking(item.link)
        authors = tuple(dict.fromkeys([*item.authors, *filter(None, [parts.author])]))
        return SafeItem(
            item=replace(item, authors=authors, link=link),
            title=tidy_title(title, body),
            body=body,
            removed_count=parts.count,
            tracking_count=parts.tracking_count + (link != item.link),
            is_protected=parts.is_protected,
            attachments=html_to_markdown(attached),
        )
    except Exception:  # noqa: BLE001 (untrusted text may trigger a bug that nobody thought of)
        return None


def _safe_summary(item: FeedItem, title: str, base: str, home: str) -> str:
    """Return the description of an item as Markdown, without what its platform added and without pictures."""
    from jisr.ingest.sanitize.platform_parts import PlatformParts
    from jisr.ingest.sanitize.sanitizer import sanitize_html
    from jisr.ingest.to_markdown.converter import html_to_markdown

    parts = PlatformParts(title, item.link, home)
    return html_to_markdown(sanitize_html(item.summary, base, "link", parts.remove_from))
