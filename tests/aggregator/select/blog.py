"""A small blog for tests: its posts, its member, and a run of the choice over a folder, as ``inv fetch`` does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from jisr.aggregator.model import CurationRule, FeedItem, FeedSource, PostSelection, SafeItem, SeenEntry, SiteContext
from jisr.aggregator.select.deduplication import deduplicate
from jisr.aggregator.select.selection import select_posts
from jisr.aggregator.store.post_writer import FileChange, read_author_names, read_member_posts, write_posts

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
LANGUAGES = ("en", "ar", "ckb", "kmr", "fr")
TITLES = {
    "en": ("A walk along the river", "We met at the river and counted the boats that were there."),
    "ar": ("نزهة على النهر", "التقينا عند النهر وعددنا القوارب التي كانت هناك."),
    "ckb": ("پیاسەیەک لەبەر ڕووبار", "لەبەر ڕووبارەکە کۆبووینەوە و بەلەمەکانمان ژمارد."),
    "kmr": ("Gerek li ber çem", "Em li ber çem civiyan û me belemên ku li wir bûn hejmartin."),
    "fr": ("Une promenade au fleuve", "Nous avons compté les bateaux qui étaient au bord du fleuve."),
}


def item(number: int = 1, tongue: str = "en", **said: Any) -> SafeItem:
    """Return a post of a blog; its number makes title, guid, address, day and text its own."""
    title, text = TITLES[tongue]
    fields: dict[str, Any] = {
        "guid": f"guid-{number}",
        "link": f"https://blog.example.org/2026/post-{number}/",
        "published": NOW - timedelta(days=30 + number),
        **said,
    }
    title = fields.pop("title", f"{title} {number}")
    body = fields.pop("body", f"{text}\n\n{number}.")
    return SafeItem(FeedItem(title=title, content="", **fields), title, body)


def source(member: str = "penus", **said: Any) -> FeedSource:
    """Return a member who lets whole posts be shown."""
    values: dict[str, Any] = {
        "path": f"content/members/{member}/index.ckb.md",
        "feed": "https://blog.example.org/feed",
        "full_text": True,
    }
    return FeedSource(member, **{**values, **said})


def rules(*said: str) -> tuple[CurationRule, ...]:
    """Return rules from lines such as ``skip football``."""
    return tuple(CurationRule(verb, words) for verb, words in (line.split(" ", 1) for line in said))  # type: ignore[arg-type]


@dataclass
class Desk:
    """A content folder and the memory beside it, over several runs."""

    content: Path
    network: SiteContext = field(default_factory=lambda: SiteContext(NOW, LANGUAGES))
    traces: dict[str, tuple[SeenEntry, ...]] = field(default_factory=dict)

    def choose(self, items: Sequence[SafeItem], by: FeedSource | None = None) -> PostSelection:
        """Return what is chosen of one member's feed, without writing it."""
        chosen = by or source()
        shelf = read_member_posts(self.content, chosen.member, self.traces.get(chosen.member, ()))
        return select_posts(chosen, items, shelf, self.network, lambda text, language: text[:20])

    def run(self, items: Sequence[SafeItem], by: FeedSource | None = None) -> tuple[PostSelection, tuple[FileChange, ...]]:
        """Choose and write the posts of one member."""
        choices, changes = self.run_all({(by or source()): items})
        return choices[(by or source()).member], changes

    def run_all(self, feeds: dict[FeedSource, Sequence[SafeItem]]) -> tuple[dict[str, PostSelection], tuple[FileChange, ...]]:
        """Choose, join and write the posts of several members."""
        self.network = replace(self.network, author_spellings=read_author_names(self.content))
        shelves = {by.member: read_member_posts(self.content, by.member, self.traces.get(by.member, ())) for by in feeds}
        choices = deduplicate({by.member: self.choose(items, by) for by, items in feeds.items()}, shelves, self.network)
        changes: tuple[FileChange, ...] = ()
        for member, choice in choices.items():
            written = write_posts(choice, shelves[member], self.content)
            self.traces[member] = written.seen_entries
            changes += written.changes
        return choices, changes

    def write(self, by: FeedSource, choice: PostSelection) -> None:
        """Write what was chosen of one member's feed."""
        shelf = read_member_posts(self.content, by.member, self.traces.get(by.member, ()))
        self.traces[by.member] = write_posts(choice, shelf, self.content).seen_entries

    def later(self, days: int = 1) -> None:
        """Let days pass."""
        self.network = replace(self.network, now=self.network.now + timedelta(days=days))

    def files(self) -> dict[str, str]:
        """Return all files of the content with what they hold."""
        files = sorted(path for path in self.content.rglob("*") if path.is_file())
        return {path.relative_to(self.content).as_posix(): path.read_text("utf-8") for path in files}

    def file(self, identity: str = "post-1", language: str = "en", member: str = "penus") -> Path:
        """Return where a post lies."""
        return self.content / "posts" / member / identity / f"index.{language}.md"
