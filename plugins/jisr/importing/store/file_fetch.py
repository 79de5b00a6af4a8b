"""Files of an old site, asked for over the network: only with ``--fetch``, only of that site, only at public addresses."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable

from yarl import URL

from jisr.core.diagnostics.error_reasons import match_message
from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.importing.store.media_library import Fetch
from jisr.ingest.fetch.http_client import REQUEST_ERRORS, error_reason, open_client, read_body
from jisr.ingest.fetch.http_redirects import REDIRECT_STATUSES, RedirectChain
from jisr.ingest.fetch.request_reasons import REQUEST_REASONS
from jisr.ingest.fetch.ssrf_guard import parse_allowed_hosts

_SECONDS = 60.0
_MOST_BYTES = 50_000_000
_MOST_FAILURES = 3  # of a host that does not answer, before it is asked no more

_NOT_ASKED = phrase("its host did not answer before, and is asked no more")
_REASONS = tuple(one.text for one in REQUEST_REASONS)


def make_fetcher(allowed: Iterable[str], seconds: float = _SECONDS, most_bytes: int = _MOST_BYTES) -> Fetch:
    """Return what brings a file; ``allowed`` are private hosts that may be asked. Raises ValueError where one is none."""
    hosts = parse_allowed_hosts(allowed)
    failures: Counter[str] = Counter()

    def fetch(url: str) -> bytes | Phrase | None:
        if not url.startswith(("http://", "https://")):
            return None
        host = url.split("/")[2]
        if failures[host] >= _MOST_FAILURES:
            return _NOT_ASKED
        try:
            return asyncio.run(_fetch(url, hosts, seconds, most_bytes))
        except TimeoutError:
            failures[host] += 1
            return phrase("it did not answer within {seconds} seconds", seconds=f"{seconds:g}")
        except REQUEST_ERRORS as error:
            failures[host] += isinstance(error, OSError)
            reason = error_reason(error)
            return match_message(reason, _REASONS) or phrase("it cannot be fetched: {reason}", reason=reason)

    return fetch


async def _fetch(url: str, hosts: frozenset[tuple[str, int]], seconds: float, most_bytes: int) -> bytes | Phrase:
    chain = RedirectChain(URL(url))
    async with open_client("Jisr", "*/*", hosts) as client:
        while True:
            async with client.get(chain, {}, seconds) as response:
                if response.status in REDIRECT_STATUSES:
                    chain.follow(response.status, response.headers.get("Location", ""))
                    continue
                if response.status != 200:
                    return phrase("the old site answers {status} for it", status=response.status)
                spool, _ = await read_body(response, most_bytes)
                with spool:
                    spool.seek(0)
                    return spool.read()
