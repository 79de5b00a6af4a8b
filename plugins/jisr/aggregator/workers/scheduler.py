"""Answers, and what was chosen of them, as they come: others are still asked while one is read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from jisr.aggregator.config.fetch_context import FetchContext
from jisr.aggregator.fingerprint import input_fingerprint
from jisr.aggregator.model import FeedSource, FetchResult
from jisr.aggregator.post_model import MemberPosts, PostSelection
from jisr.aggregator.state import FeedState
from jisr.aggregator.state_update import is_backing_off
from jisr.aggregator.workers.pool import Task, TaskResult, Workers, WorkerTimeout, drop_feed
from jisr.ingest.fetch.http_client import ClientOptions, fetch_all
from jisr.ingest.fetch.ssrf_guard import looks_like_login

_MAX_CANDIDATES = 6  # addresses that a page names, and usual ones
_MIN_SECONDS_LEFT = 1.0  # seconds before the end in which nothing more is begun

MemberResults = dict[str, tuple[FetchResult, TaskResult]]


async def fetch_and_read(
    desk: FetchContext, memories: Mapping[str, FeedState], shelves: Mapping[str, MemberPosts], tell: Callable[[str], None]
) -> MemberResults:
    """Return for each member the answer and what was chosen of it; ``tell`` is told of each that is done.

    Where a page came instead of a feed, and never a feed before, the addresses that it names are asked, too.
    """
    loop = asyncio.get_running_loop()
    ends = loop.time() + desk.timeout_seconds
    async with Workers(desk.step_seconds) as workers:
        gathering = _Scheduler(desk, shelves, workers)
        found = await gathering.fetch_and_read(desk.sources, memories, desk.timeout_seconds, tell)
        pages = {
            source: found[source.member][1].feed_candidates
            for source in desk.sources
            if found[source.member][1].feed_candidates and not memories[source.member].body
        }
        for number in range(_MAX_CANDIDATES):
            tried = [replace(source, feed=named[number]) for source, named in pages.items() if number < len(named)]
            left = ends - loop.time()
            if not tried or left < _MIN_SECONDS_LEFT:
                break
            fresh = {one.member: FeedState(one.member, traces=memories[one.member].traces) for one in tried}
            for member, (answer, done) in (await gathering.fetch_and_read(tried, fresh, left, lambda member: None)).items():
                if answer.outcome in ("new", "moved"):
                    found[member] = (answer, replace(done, discovered_feed=answer.moved_to or answer.url))
                    pages = {source: named for source, named in pages.items() if source.member != member}
    return found


class _Scheduler:
    """One run's gathering: what every request of it shares."""

    def __init__(self, desk: FetchContext, shelves: Mapping[str, MemberPosts], workers: Workers) -> None:
        self.context, self.posts_by_member, self.workers = desk, shelves, workers

    async def fetch_and_read(
        self, sources: Sequence[FeedSource], memories: Mapping[str, FeedState], seconds: float, tell: Callable[[str], None]
    ) -> MemberResults:
        """Ask members and read what they answer, some at once, so that few bodies are held at any time."""
        desk, by_member = self.context, {source.member: source for source in sources}
        options = ClientOptions(
            desk.site_context.now, desk.user_agent, seconds, desk.allowed_hosts, ignore_backoff=bool(desk.options.member)
        )
        slots = asyncio.Semaphore(2 * len(self.workers.workers))
        found: MemberResults = {}

        async def take(answer: FetchResult) -> None:
            try:
                found[answer.member] = await self._process_response(answer, by_member[answer.member], memories[answer.member])
                tell(answer.member)
            finally:
                slots.release()

        async with asyncio.TaskGroup() as group:
            async for answer in fetch_all(sources, memories, options):
                await slots.acquire()
                group.create_task(take(answer))
        return found

    async def _process_response(
        self, answer: FetchResult, source: FeedSource, memory: FeedState
    ) -> tuple[FetchResult, TaskResult]:
        """Return an answer with what was chosen of it; where it has no body, of the last one that was a feed."""
        shelf = self.posts_by_member.get(source.member) or MemberPosts(source.member)
        if not answer.body and memory.settled and memory.settled == self._input_fingerprint(source, memory, shelf):
            return answer, TaskResult(PostSelection(source.member, seen_entries=memory.traces))
        kept = (answer.body, answer.content_type, answer.url) if answer.body else (memory.body, memory.content_type, memory.url)
        task = Task(source, *kept, shelf, self.context.site_context)
        try:
            done = await self.workers.run_task(task)
        except WorkerTimeout as stuck:
            done = await self._run_without_feed(task, str(stuck))
        except Exception as error:  # noqa: BLE001 (whatever it is, it is this member's alone)
            done = await self._run_without_feed(task, f"it confuses its reader ({type(error).__name__})")
        if done.reason and not is_backing_off(answer) and answer.outcome not in ("failed", "waiting", "gone"):
            login = bool(done.feed_candidates) and looks_like_login(answer.url)
            answer = replace(answer, outcome="failed", body=b"", reason="it leads to a login page" if login else done.reason)
        elif answer.status == 200 and not answer.body and answer.outcome in ("new", "moved"):
            answer = replace(answer, outcome="failed", reason="it is empty")
        return answer, done

    def _input_fingerprint(self, source: FeedSource, memory: FeedState, shelf: MemberPosts) -> str:
        return input_fingerprint(
            self.context.code_fingerprint, source, self.context.site_context, memory.validators.digest, shelf
        )

    async def _run_without_feed(self, task: Task, reason: str) -> TaskResult:
        """Return what is to be done for a member whose feed could not be read in time: only what is there is looked after."""
        try:
            return replace(await self.workers.run_task(drop_feed(task)), reason=reason)
        except Exception:  # noqa: BLE001 (whatever it is, it is this member's alone)
            return TaskResult(PostSelection(task.source.member, seen_entries=task.member_posts.seen_entries), reason=reason)
