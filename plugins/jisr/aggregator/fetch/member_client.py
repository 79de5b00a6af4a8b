"""Requests to the blogs of all members at once: conditional, within the seconds of a run, one connection a host."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from yarl import URL

from jisr.aggregator.fetch.backoff import parse_retry_after
from jisr.aggregator.model import FeedSource, FetchResult, Validators
from jisr.aggregator.state import FeedState
from jisr.core.frozen import dataclass
from jisr.ingest.encoding.charset import MAX_FEED_BYTES
from jisr.ingest.fetch.http_client import (
    REQUEST_ERRORS,
    GuardedClient,
    HttpResponse,
    Spool,
    error_reason,
    open_client,
    read_body,
)
from jisr.ingest.fetch.http_redirects import REDIRECT_STATUSES, RedirectChain

_MAX_CONNECTIONS = 400  # connections: below what systems allow a program to open
_MAX_OWN_CONNECTIONS = 64  # connections to a host that the maintainer allowed: it is their own
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"
)
_STATUS_REASONS = {401: "it wants a password", 403: "it does not let us in", 404: "there is nothing at this address"}
_VALIDATOR_HEADERS = {"etag": "ETag", "modified": "Last-Modified"}


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """Options of the requests of a run: its moment, user agent and seconds, and the private hosts that are allowed."""

    now: datetime
    user_agent: str
    timeout_seconds: float = 20
    allowed_hosts: frozenset[tuple[str, int]] = frozenset()
    max_bytes: int = MAX_FEED_BYTES
    ignore_backoff: bool = False  # request also members whose back-off has not ended


async def fetch_all(
    sources: Sequence[FeedSource], states: Mapping[str, FeedState], options: ClientOptions
) -> AsyncIterator[FetchResult]:
    """Yield the result of each member as it comes, not later than ``options.timeout_seconds`` after the first request.

    ``states`` are the members' states of earlier runs: validators for conditional requests, back-off. A result without a
    body has its ``reason``; nothing that a server does raises an exception.
    """
    deadline = asyncio.get_running_loop().time() + options.timeout_seconds
    async with open_client(options.user_agent, _ACCEPT, options.allowed_hosts) as client:
        requests = _MemberRequests(client, options, deadline)
        by_failures = sorted(sources, key=lambda source: states[source.member].failures if source.member in states else 0)
        work = (requests.fetch(source, states.get(source.member, FeedState(source.member))) for source in by_failures)
        tasks = [asyncio.create_task(request) for request in work]
        try:
            for task in asyncio.as_completed(tasks):
                result, spool = await task
                if spool is not None:
                    with spool:
                        spool.seek(0)
                        result = replace(result, body=spool.read())
                yield result
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


class _MemberRequests:
    """The requests of a run: those to one host in a queue, all others at once."""

    def __init__(self, client: GuardedClient, options: ClientOptions, deadline: float) -> None:
        self.client, self.options, self.deadline = client, options, deadline
        self.connection_slots = asyncio.Semaphore(_MAX_CONNECTIONS)
        own_hosts = {host for host, _ in options.allowed_hosts}
        self.host_slots: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(1))
        self.host_slots |= {host: asyncio.Semaphore(_MAX_OWN_CONNECTIONS) for host in own_hosts}

    async def fetch(self, source: FeedSource, state: FeedState) -> tuple[FetchResult, Spool | None]:
        """Return the result of a member, also where its request fails, and the spooled body."""
        loop = asyncio.get_running_loop()
        address = state.address or source.feed or source.site
        result = FetchResult(source.member, "failed", address)
        if not self.options.ignore_backoff and (reason := state.backoff_reason(self.options.now)):
            return replace(result, outcome="gone" if state.gone_on else "waiting", reason=reason), None
        start, chain, spool = loop.time(), RedirectChain(URL()), None
        try:
            chain.url = URL(address)
            async with asyncio.timeout_at(self.deadline):
                result, spool = await self._follow_redirects(result, chain, state)
        except TimeoutError:
            reason = f"it did not answer within {self.options.timeout_seconds / 2:g} seconds"
            if not chain.visited:
                result = replace(result, outcome="waiting")
                reason = "there was no time left to ask it, since others of its host were slow"
            result = replace(result, reason=reason)
        except REQUEST_ERRORS as error:
            result = replace(result, reason=error_reason(error))
        except Exception as error:  # noqa: BLE001 (one member's server never ends the run of the others)
            result = replace(result, reason=f"it confuses its reader ({type(error).__name__})")
        return replace(result, url=str(chain.url) or address, elapsed_seconds=round(loop.time() - start, 2)), spool

    async def _follow_redirects(
        self, result: FetchResult, chain: RedirectChain, state: FeedState
    ) -> tuple[FetchResult, Spool | None]:
        """Follow redirects to a response. Raises REQUEST_ERRORS, and TimeoutError."""
        headers = state.conditional_headers(self.options.now)
        while True:
            async with (
                self.host_slots[str(chain.url.host)],
                self.connection_slots,
                self.client.get(chain, headers, self.options.timeout_seconds / 2) as response,
            ):
                location = response.headers.get("Location", "")
                if response.status not in REDIRECT_STATUSES or not location:
                    return await self._handle_response(replace(result, moved_to=chain.permanent_url), response, state)
                chain.follow(response.status, location)

    async def _handle_response(
        self, result: FetchResult, response: HttpResponse, state: FeedState
    ) -> tuple[FetchResult, Spool | None]:
        """Return the result of a response that is no redirect."""
        status, now = response.status, self.options.now
        result = replace(result, status=status, content_type=response.headers.get("Content-Type", "")[:200])
        if status == 304 and state.conditional_headers(now):
            return replace(result, outcome="unchanged", validators=state.validators), None
        if status == 410:
            return replace(result, outcome="gone", reason="it says that it is gone for ever (410)"), None
        wait = parse_retry_after(response.headers.get("Retry-After", ""), now) if status in (429, 503) else 0
        if status == 429 or wait:
            return replace(result, outcome="waiting", retry_after=wait, reason=f"it asks us to come later ({status})"), None
        if status != 200:
            usual = "its server has a fault" if status >= 500 else "it gave no feed"
            return replace(result, reason=f"{_STATUS_REASONS.get(status, usual)} ({status})"), None
        spool, digest = await read_body(response, self.options.max_bytes)
        tags = {name: _validator_value(response.headers.get(header, "")) for name, header in _VALIDATOR_HEADERS.items()}
        validators = Validators(**tags, digest=digest, since=now)
        if state.body and digest == state.validators.digest:
            spool.close()
            return replace(result, outcome="unchanged", validators=validators), None
        return replace(result, outcome="moved" if result.moved_to else "new", validators=validators), spool


def _validator_value(header: str) -> str:
    """Return a header that can be sent back unchanged, or an empty string."""
    return header if len(header) <= 1000 and header.isascii() and header.isprintable() else ""
