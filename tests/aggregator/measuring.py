"""How long many members take: ``python tests/aggregator/measuring.py [members] [seconds of latency] [hanging members]``.

A server on this machine answers each of them after a while, at an address of its own (127.0.x.y): one host a member.
Prints the times of a first run, which writes a post of each, and of a second, which must ask conditionally alone.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from jisr.aggregator.fetch.member_client import ClientOptions, fetch_all
from jisr.aggregator.state import FeedState
from tests.aggregator.fetch.blogs import Blogs, conditional, feed, hang
from tests.aggregator.fetch.network import NOW, Desks, source


def main(members: int = 200, latency: float = 0.2, hanging: int = 0) -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory() as folder, Blogs(host="0.0.0.0") as blogs:
        desks = Desks(Path(folder), blogs, seconds=20)
        for number in range(members):
            answer = conditional(feed(number, host=f"{number}.example.org"), after=latency)
            blogs.at[f"/{number}"] = hang if number < hanging else answer
            desks.join(f"m{number:03}", blogs.url(f"/{number}", host=_host(number)))
        allowed = frozenset((_host(number), blogs.port) for number in range(members))
        alone = time.perf_counter()
        asyncio.run(_ask(desks, allowed))
        print(f"requests alone: {time.perf_counter() - alone:.2f} s")
        for name in ("first run", "second run"):
            blogs.asked.clear()
            began = time.perf_counter()
            rows = desks.run(allowed_hosts=allowed)
            took = time.perf_counter() - began
            written = sum(len(row.changes) for row in rows.values())
            asked = sum("if-none-match" in request.headers for request in blogs.asked)
            print(f"{name}: {took:.2f} s, {len(blogs.asked)} requests, {asked} of them conditional, {written} files written")
            desks.later(hours=6)
        most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(f"largest process: {most / 1024:.0f} MB")


def _host(number: int) -> str:
    return f"127.0.{1 + number // 250}.{1 + number % 250}"


async def _ask(desks: Desks, allowed: frozenset[tuple[str, int]]) -> None:
    options = ClientOptions(NOW, "Jisr/measuring", 20, allowed)
    sources = [source(one.member, one.feed) for one in desks.sources]
    async for _ in fetch_all(sources, {one.member: FeedState(one.member) for one in sources}, options):
        pass


if __name__ == "__main__":
    main(*(kind(word) for kind, word in zip((int, float, int), sys.argv[1:], strict=False)))
