"""``inv fetch``: the one file that joins the steps, from members' addresses to posts in the content folder."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from jisr.aggregator.config.fetch_context import Asked, Desk, lay
from jisr.aggregator.fingerprint import is_settled, state_after
from jisr.aggregator.model import Answer, Source
from jisr.aggregator.post_model import Choice, Shelf
from jisr.aggregator.report import questions, run_report
from jisr.aggregator.report.patches import patch
from jisr.aggregator.report.run_report import Row
from jisr.aggregator.select.deduplication import join
from jisr.aggregator.state import Memory, forget, load, save
from jisr.aggregator.state_update import learn
from jisr.aggregator.store.post_writer import Change, Written, read_shelf, replace_file, write
from jisr.aggregator.workers.pool import Done, Task, without_feed
from jisr.core.diagnostics.message_formatter import Voice
from jisr.core.diagnostics.problems import Problem, ProblemsError

Tell = Callable[[Iterable[Problem], Voice], None]
"""Shows problems to people, in a language."""


def main(context: Mapping[str, Any], asked: Asked, tell: Tell) -> int:
    """Fetch, write and report. Gives 0, or 1 where a member's file is wrong; a blog that fails is a warning.

    ``context`` is what rooms share when a site was read. Raises ProblemsError where settings or packages are wrong.
    """
    began = time.monotonic()
    if "site" not in context:
        raise ProblemsError(*context["problems"])
    desk = lay(context, asked)
    rows = fetch_members(desk)
    run_report.show(rows, time.monotonic() - began, asked.dry, context["voice"])
    errors = [one for one in context["problems"] if one.place.path.startswith(f"{desk.shown}/members/")]
    found = [*run_report.problems(rows, desk.shown), *errors]
    tell(found, context["voice"])
    return 1 if any(one.severity == "error" for one in found) else 0


def fetch_members(desk: Desk) -> tuple[Row, ...]:
    """Ask all members, write what is new, and give what happened with each, in their order.

    One that fails in any step changes nothing of another. Files are replaced by renaming, a member's posts before its
    memory: a run that is ended at any moment leaves texts that build, and the next one completes it.
    """
    folders = {one.name for one in (desk.content / "posts").glob("*") if one.is_dir()}
    memories = {source.member: load(desk.cache, source.member).of(source) for source in desk.sources}
    traces = {member: memory.traces for member, memory in memories.items()}
    shelves = {member: read_shelf(desk.content, member, traces.get(member, ())) for member in sorted(folders | set(memories))}
    from jisr.aggregator.store.images.download import illustrate
    from jisr.aggregator.workers.scheduler import gather

    with run_report.progress(len(desk.sources)) as tell:
        found = asyncio.run(gather(desk, memories, shelves, tell))
    choices = join({member: done.choice for member, (_, done) in found.items()}, shelves, desk.network)
    choices, pictures = illustrate(desk, choices)
    if not run_report.is_offline([answer for answer, _ in found.values()]):
        memories = {member: _learned(memories[member], *found[member], desk.network.now) for member in memories}
    rows = tuple(
        _kept(
            desk,
            source,
            memories[source.member],
            found[source.member],
            (choices[source.member], shelves[source.member], pictures),
        )
        for source in desk.sources
    )
    if not desk.asked.dry:
        _file(desk, rows)
    return rows


def _learned(memory: Memory, answer: Answer, done: Done, now: datetime) -> Memory:
    return learn(replace(memory, address=done.found or memory.address), answer, now)


def _kept(
    desk: Desk, source: Source, memory: Memory, found: tuple[Answer, Done], chosen: tuple[Choice, Shelf, Mapping[str, bytes]]
) -> Row:
    """Write what was chosen of one member, and remember it."""
    answer, done = found
    choice, shelf, pictures = chosen
    try:
        written = _would(choice, shelf) if desk.asked.dry else write(choice, shelf, desk.content, pictures)
        settled = is_settled(choice) and not done.reason and answer.outcome != "failed"
        state = state_after(desk.program, source, desk.network, memory.validators.digest, shelf, written) if settled else ""
        memory = replace(memory, traces=written.traces, settled=state)
        if not desk.asked.dry:
            save(desk.cache, memory)
    except OSError as error:
        written = Written((), memory.traces)
        answer = replace(answer, outcome="failed", reason=f"its posts cannot be written ({error.strerror or 'a fault'})")
    return Row(
        source=source,
        place=desk.places[source.member],
        answer=answer,
        memory=memory,
        items=done.items,
        notes=done.notes,
        changes=written.changes,
        held=choice.held,
        proposals=(*choice.proposals, *questions.of(source, memory, desk.text(source.path))),
    )


def _would(choice: Choice, shelf: Shelf) -> Written:
    """Give what writing would change."""
    there, folder = {known.post.id for known in shelf.known}, f"posts/{choice.member}"
    changes = [
        Change(
            "updated" if post.id in there else "added", post.member, f"posts/{post.member}/{post.id}/index.{post.language}.md"
        )
        for post in choice.posts
    ]
    changes += [Change("removed", choice.member, path) for path in choice.withdrawn]
    changes += [Change("buried", choice.member, f"{folder}/removed.yaml")] if choice.buried else []
    return Written(tuple(changes), choice.traces)


def _file(desk: Desk, rows: Sequence[Row]) -> None:
    """Keep the report and the patch, and forget members that are no longer there."""
    moved = [
        (row.source.path, desk.text(row.source.path), one.content)
        for row in rows
        for one in row.proposals
        if one.content and one.path == row.source.path and (one.kind == "found" or row.memory.address)
    ]
    file = desk.cache / "report.json"
    before = file.read_text("utf-8", "replace") if desk.asked.member and file.is_file() else ""
    replace_file(file, run_report.as_json(rows, desk.network.now, before).encode("utf-8", "replace"))
    replace_file(desk.cache / "members.patch", patch(moved).encode("utf-8"))
    if not desk.asked.member:
        forget(desk.cache, (folder.name for folder in (desk.content / "members").glob("*") if folder.is_dir()))


def do(task: Task) -> Done:
    """Read a feed, make its items harmless and choose: all that is done with a stranger's bytes, in a process of its own."""
    try:
        return _done(task)
    except Exception as error:  # noqa: BLE001 (one feed that finds a fault of ours costs its member, and no other)
        reason = f"it confuses its reader ({type(error).__name__})"
    if task.body:
        return replace(do(without_feed(task)), reason=reason)
    return Done(Choice(task.source.member, traces=task.shelf.traces), reason=reason)


def _done(task: Task) -> Done:
    # Imported here, since only the processes that read need them.
    from jisr.aggregator.body_pipeline import read
    from jisr.aggregator.select.selection import choose
    from jisr.ingest.to_markdown.excerpt import excerpt

    images: Literal["keep", "link"] = "keep" if task.network.pictures and task.source.full else "link"
    feed = read(task.body, task.content_type, task.url, task.network.now, images) if task.body else None
    choice = choose(task.source, feed.items if feed else (), task.shelf, task.network, excerpt)
    if feed is None:
        return Done(choice)
    return Done(choice, len(feed.items), feed.notes, feed.reason, feed.named)
