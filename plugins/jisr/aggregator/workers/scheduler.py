"""The scheduler of a run: responses are processed as they come, while others are still requested."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from jisr.aggregator.config.fetch_context import FetchContext
from jisr.aggregator.fetch.member_client import ClientOptions, fetch_all
from jisr.aggregator.model import FeedSource, FetchResult, MemberPosts, PostSelection
from jisr.aggregator.state import FeedState, input_fingerprint, is_backing_off
from jisr.aggregator.workers.pool import Task, TaskResult, Workers, WorkerTimeout
from jisr.ingest.fetch.ssrf_guard import looks_like_login

_MAX_CANDIDATES = 6  # requests to feeds that a page links to, and to usual paths
_MIN_SECONDS_LEFT = 1.0  # before the end, in which no request is started

MemberResults = dict[str, tuple[FetchResult, TaskResult]]


async def fetch_and_read(
    context: FetchContext,
    states: Mapping[str, FeedState],
    posts_by_member: Mapping[str, MemberPosts],
    on_done: Callable[[str], None],
) -> MemberResults:
    """Return the result and the selection of each member; ``on_done`` is called for each that is complete.

    Where the response is a page, and no earlier one was a feed, the feeds that it links to are requested, too.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + context.timeout_seconds
    async with Workers(context.step_seconds) as workers:
        scheduler = _Scheduler(context, posts_by_member, workers)
        results = await scheduler.fetch_and_read(context.sources, states, context.timeout_seconds, on_done)
        pages = {
            source: results[source.member][1].feed_candidates
            for source in context.sources
            if results[source.member][1].feed_candidates and not states[source.member].body
        }
        for number in range(_MAX_CANDIDATES):
            attempts = [replace(source, feed=urls[number]) for source, urls in pages.items() if number < len(urls)]
            seconds = deadline - loop.time()
            if not attempts or seconds < _MIN_SECONDS_LEFT:
                break
            members = [source.member for source in attempts]
            new_states = {member: FeedState(member, seen_entries=states[member].seen_entries) for member in members}
            new_results = await scheduler.fetch_and_read(attempts, new_states, seconds, lambda member: None)
            for member, (result, task_result) in new_results.items():
                if result.outcome in ("new", "moved"):
                    results[member] = (result, replace(task_result, discovered_feed=result.moved_to or result.url))
                    pages = {source: urls for source, urls in pages.items() if source.member != member}
    return results


class _Scheduler:
    """The state that all requests of a run share."""

    def __init__(self, context: FetchContext, posts_by_member: Mapping[str, MemberPosts], workers: Workers) -> None:
        self.context, self.posts_by_member, self.workers = context, posts_by_member, workers

    async def fetch_and_read(
        self, sources: Sequence[FeedSource], states: Mapping[str, FeedState], seconds: float, on_done: Callable[[str], None]
    ) -> MemberResults:
        """Request members and process the responses, a limited number at a time, so that few bodies are in memory."""
        context, by_member = self.context, {source.member: source for source in sources}
        now, one_member = context.site_context.now, bool(context.options.member)
        options = ClientOptions(now, context.user_agent, seconds, context.allowed_hosts, ignore_backoff=one_member)
        slots = asyncio.Semaphore(2 * len(self.workers.workers))
        results: MemberResults = {}

        async def process(result: FetchResult) -> None:
            try:
                results[result.member] = await self._process_response(result, by_member[result.member], states[result.member])
                on_done(result.member)
            finally:
                slots.release()

        async with asyncio.TaskGroup() as group:
            async for result in fetch_all(sources, states, options):
                await slots.acquire()
                group.create_task(process(result))
        return results

    async def _process_response(
        self, result: FetchResult, source: FeedSource, state: FeedState
    ) -> tuple[FetchResult, TaskResult]:
        """Return a result with its selection; where it has no body, from that of the last response that was a feed."""
        member_posts = self.posts_by_member.get(source.member) or MemberPosts(source.member)
        inputs = (self.context.code_fingerprint, source, self.context.site_context, state.validators.digest, member_posts)
        if not result.body and state.idle_fingerprint and state.idle_fingerprint == input_fingerprint(*inputs):
            return result, TaskResult(PostSelection(source.member, seen_entries=state.seen_entries))
        feed = (result.body, result.content_type, result.url) if result.body else (state.body, state.content_type, state.url)
        task = Task(source, *feed, member_posts, self.context.site_context, state.title)
        try:
            task_result = await self.workers.run_task(task)
        except WorkerTimeout as error:
            task_result = await self._run_without_feed(task, str(error))
        except Exception as error:  # noqa: BLE001 (a failure concerns its member alone)
            task_result = await self._run_without_feed(task, f"it confuses its reader ({type(error).__name__})")
        if task_result.reason and not is_backing_off(result) and result.outcome not in ("failed", "waiting", "gone"):
            is_login = bool(task_result.feed_candidates) and looks_like_login(result.url)
            reason = "it leads to a login page" if is_login else task_result.reason
            result = replace(result, outcome="failed", body=b"", reason=reason)
        elif result.status == 200 and not result.body and result.outcome in ("new", "moved"):
            result = replace(result, outcome="failed", reason="it is empty")
        return result, task_result

    async def _run_without_feed(self, task: Task, reason: str) -> TaskResult:
        """Return the selection for a member whose feed could not be processed in time: from its existing posts alone."""
        try:
            return replace(await self.workers.run_task(replace(task, body=b"")), reason=reason)
        except Exception:  # noqa: BLE001 (a failure concerns its member alone)
            return TaskResult(PostSelection(task.source.member, seen_entries=task.member_posts.seen_entries), reason=reason)
