"""Files of an old site, asked for over the network: only with ``--fetch``, and only at public addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from yarl import URL

from jisr.ingest.fetch.http_client import REQUEST_ERRORS, open_client, read_body
from jisr.ingest.fetch.http_redirects import REDIRECT_STATUSES, RedirectChain
from jisr.ingest.fetch.ssrf_guard import parse_allowed_hosts

_SECONDS = 60
_MOST_BYTES = 50_000_000


def make_fetcher(allowed: Sequence[str]) -> Callable[[str], bytes | None]:
    """Return a function that brings a file, or None where there is none; ``allowed`` are private hosts that may be asked."""
    hosts = parse_allowed_hosts(allowed)

    def fetch(url: str) -> bytes | None:
        if not url.startswith(("http://", "https://")):
            return None
        try:
            return asyncio.run(_fetch(url, hosts))
        except (*REQUEST_ERRORS, TimeoutError):
            return None

    return fetch


async def _fetch(url: str, hosts: frozenset[tuple[str, int]]) -> bytes | None:
    chain = RedirectChain(URL(url))
    async with open_client("Jisr", "*/*", hosts) as client:
        while True:
            async with client.get(chain, {}, _SECONDS) as response:
                if response.status in REDIRECT_STATUSES:
                    chain.follow(response.status, response.headers.get("Location", ""))
                    continue
                if response.status != 200:
                    return None
                spool, _ = await read_body(response, _MOST_BYTES)
                with spool:
                    spool.seek(0)
                    return spool.read()
