"""A content folder whose members blog on a server of the tests, over several runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from jisr.aggregator.config.fetch_context import FetchContext, FetchOptions
from jisr.aggregator.fetch.member_client import ClientOptions, fetch_all
from jisr.aggregator.model import FeedSource, FetchResult, SiteContext
from jisr.aggregator.pipeline import fetch_members
from jisr.aggregator.report.run_report import MemberReport
from jisr.aggregator.state import FeedState, load_state
from jisr.core.diagnostics.problems import SourceLocation
from tests.aggregator.fetch.blogs import Blogs

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
LANGUAGES = ("en", "ar", "ckb", "kmr", "fr")


def source(member: str, feed: str, **said: Any) -> FeedSource:
    """Return a member."""
    return FeedSource(member, f"content/members/{member}/index.ar.md", feed, **said)


def ask(blogs: Blogs, *sources: FeedSource, known: Iterable[FeedState] = (), **said: Any) -> dict[str, FetchResult]:
    """Ask members, and give their answers by their ids."""
    options = ClientOptions(
        **{
            "now": NOW,
            "user_agent": "Jisr/test",
            "timeout_seconds": 2,
            "allowed_hosts": frozenset({("127.0.0.1", blogs.port)}),
            **said,
        }
    )

    async def gather() -> dict[str, FetchResult]:
        return {one.member: one async for one in fetch_all(sources, {memory.member: memory for memory in known}, options)}

    return asyncio.run(gather())


@dataclass
class Desks:
    """The folder, its members, and the moment it is."""

    root: Path
    blogs: Blogs
    sources: list[FeedSource] = field(default_factory=list)
    now: datetime = NOW
    seconds: float = 4
    step_seconds: float = 10
    last: dict[str, MemberReport] = field(default_factory=dict)

    def join(self, member: str, feed: str, **said: Any) -> None:
        """Let somebody become a member, whose feed is at an address or a path of the server."""
        address = self.blogs.url(feed) if feed.startswith("/") else feed
        self.sources.append(
            source(
                member, address, **{"full_text": True, "consent": NOW.date(), "site": f"https://{member}.example.org/", **said}
            )
        )
        file = self.root / "content" / "members" / member / "index.ar.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {member}\n" + (f"feed: {address}\n" if address else "") + "---\n", "utf-8")

    def desk(self, **said: Any) -> FetchContext:
        """Return what a run works with."""
        network = SiteContext(self.now, LANGUAGES, member_ids=frozenset(one.member for one in self.sources))
        desk = FetchContext(
            sources=tuple(self.sources),
            places={one.member: SourceLocation(one.path, 3) for one in self.sources},
            site_context=network,
            content=self.root / "content",
            content_label="content",
            cache_folder=self.root / ".cache" / "fetch",
            user_agent="Jisr/test",
            timeout_seconds=self.seconds,
            allowed_hosts=frozenset({("127.0.0.1", self.blogs.port)}),
            options=FetchOptions(),
            step_seconds=self.step_seconds,
        )
        return replace(desk, **said)

    def run(self, **said: Any) -> dict[str, MemberReport]:
        """Fetch all members, and give what happened by member."""
        self.last = {row.source.member: row for row in fetch_members(self.desk(**said))}
        return self.last

    def later(self, **said: float) -> None:
        """Let time pass."""
        self.now += timedelta(**said)

    def posts(self) -> dict[str, bytes]:
        """Return all files below posts/."""
        files = sorted(path for path in (self.root / "content" / "posts").rglob("*") if path.is_file())
        return {path.relative_to(self.root / "content" / "posts").as_posix(): path.read_bytes() for path in files}

    def memory(self, member: str) -> FeedState:
        """Return what is remembered of a member."""
        return load_state(self.root / ".cache" / "fetch", member)

    def report(self) -> dict[str, Any]:
        """Return the report for programs, by member."""
        said = json.loads((self.root / ".cache" / "fetch" / "report.json").read_text("utf-8"))
        return {one["member"]: one for one in said["members"]}
