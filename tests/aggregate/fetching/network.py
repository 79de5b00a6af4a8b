"""A content folder whose members blog on a server of the tests, over several runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from jisr.aggregator.config.fetch_context import Asked, Desk
from jisr.aggregator.model import Answer, Source
from jisr.aggregator.pipeline import fetch_members
from jisr.aggregator.post_model import Network
from jisr.aggregator.report.run_report import Row
from jisr.aggregator.state import Memory, load
from jisr.core.diagnostics.problems import Place
from jisr.ingest.fetch.http_client import Asking, fetch
from tests.aggregate.fetching.blogs import Blogs

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
LANGUAGES = ("en", "ar", "ckb", "kmr", "fr")


def source(member: str, feed: str, **said: Any) -> Source:
    """Give a member."""
    return Source(member, f"content/members/{member}/index.ar.md", feed, **said)


def ask(blogs: Blogs, *sources: Source, known: Iterable[Memory] = (), **said: Any) -> dict[str, Answer]:
    """Ask members, and give their answers by their ids."""
    options = Asking(
        **{"now": NOW, "agent": "Jisr/test", "seconds": 2, "allowed": frozenset({("127.0.0.1", blogs.port)}), **said}
    )

    async def gather() -> dict[str, Answer]:
        return {one.member: one async for one in fetch(sources, {memory.member: memory for memory in known}, options)}

    return asyncio.run(gather())


@dataclass
class Desks:
    """The folder, its members, and the moment it is."""

    root: Path
    blogs: Blogs
    sources: list[Source] = field(default_factory=list)
    now: datetime = NOW
    seconds: float = 4
    step_seconds: float = 10
    last: dict[str, Row] = field(default_factory=dict)

    def join(self, member: str, feed: str, **said: Any) -> None:
        """Let somebody become a member, whose feed is at an address or a path of the server."""
        address = self.blogs.url(feed) if feed.startswith("/") else feed
        self.sources.append(source(member, address, **{"full": True, "consent": NOW.date(), **said}))
        file = self.root / "content" / "members" / member / "index.ar.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {member}\n" + (f"feed: {address}\n" if address else "") + "---\n", "utf-8")

    def desk(self, **said: Any) -> Desk:
        """Give what a run works with."""
        network = Network(self.now, LANGUAGES, members=frozenset(one.member for one in self.sources))
        desk = Desk(
            sources=tuple(self.sources),
            places={one.member: Place(one.path, 3) for one in self.sources},
            network=network,
            content=self.root / "content",
            shown="content",
            cache=self.root / ".cache" / "fetch",
            agent="Jisr/test",
            seconds=self.seconds,
            allowed=frozenset({("127.0.0.1", self.blogs.port)}),
            asked=Asked(),
            step_seconds=self.step_seconds,
        )
        return replace(desk, **said)

    def run(self, **said: Any) -> dict[str, Row]:
        """Fetch all members, and give what happened by member."""
        self.last = {row.source.member: row for row in fetch_members(self.desk(**said))}
        return self.last

    def later(self, **said: float) -> None:
        """Let time pass."""
        self.now += timedelta(**said)

    def posts(self) -> dict[str, bytes]:
        """Give all files below posts/."""
        files = sorted(path for path in (self.root / "content" / "posts").rglob("*") if path.is_file())
        return {path.relative_to(self.root / "content" / "posts").as_posix(): path.read_bytes() for path in files}

    def memory(self, member: str) -> Memory:
        """Give what is remembered of a member."""
        return load(self.root / ".cache" / "fetch", member)

    def report(self) -> dict[str, Any]:
        """Give the report for programs, by member."""
        said = json.loads((self.root / ".cache" / "fetch" / "report.json").read_text("utf-8"))
        return {one["member"]: one for one in said["members"]}
