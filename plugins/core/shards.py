"""Shards: a site in parts, each written by a machine of its own, which together are the whole, byte by byte."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import field

from plugins.core import addresses
from plugins.core.frozen import dataclass
from plugins.core.kinds import GATHERING
from plugins.core.site import Site

# What a page that gathers texts costs for each of them, where the page of a text costs 1 (measured with inv bench).
GATHERED = 0.1
SHORT = 0.02  # likewise, what the page of a short address costs


@dataclass(frozen=True, slots=True)
class Shard:
    """Which of how many parts: ``Shard(2, 8)`` is the second of eight."""

    number: int = 1
    of: int = 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


def shard(text: str) -> Shard:
    """Give a shard as it is written on a command line. Raises ValueError where it is none.

    >>> shard("2/8")
    Shard(number=2, of=8)
    >>> shard("٢/٨"), str(shard("10/16"))
    (Shard(number=2, of=8), '10/16')
    """
    number, slash, of = text.partition("/")
    found = Shard(int(number), int(of))
    if not slash or not 1 <= found.number <= found.of <= 1000:
        raise ValueError(text)
    return found


@dataclass(frozen=True, slots=True)
class Share:
    """What one shard writes of a site: every address belongs to one of them, which all find alike without asking each other."""

    shard: Shard = field(default_factory=Shard)
    groups: Mapping[str, int] = field(default_factory=dict)  # group -> the number of its shard
    tags: frozenset[str] = frozenset()
    years: Mapping[tuple[str, str], str] = field(default_factory=dict)  # kind and id of a dated text -> its year

    def holds(self, address: str) -> bool:
        """Whether this shard writes what stands at an address."""
        if self.shard.of == 1:
            return True
        name = self.group(address)
        number = self.groups.get(name)
        if number is None:
            number = zlib.crc32(name.encode()) % self.shard.of + 1
        return number == self.shard.number

    def group(self, address: str) -> str:
        """Give what is written together: the texts of a language and a year; else all that stands in one folder.

        >>> share = Share(tags=frozenset({"ckb"}), years={("news", "2012-erbil"): "2012"})
        >>> share.group("ckb/news/2012-erbil/"), share.group("news/2012-erbil/programme.pdf")
        ('ckb 2012', ' 2012')
        >>> share.group("ckb/topics/water/feed.atom"), share.group("ckb/feed-2.atom"), share.group("sitemap.xml")
        ('ckb/topics/water', 'ckb', 'sitemap.xml')
        """
        if address.startswith(addresses.SHORT):
            return address[: len(addresses.SHORT) + 1]
        first, *rest = address.split("/")
        tag = first if first in self.tags else ""
        steps = rest if tag else [first, *rest]
        year = next((self.years[key] for key in _texts(steps, bool(tag)) if key in self.years), None)
        if year is not None:
            return f"{tag} {year}"
        if not tag:
            return "feed" if address.startswith("feed") else address
        return "/".join([tag, *steps[:-1][:2]])


def _texts(steps: list[str], paged: bool) -> list[tuple[str, str]]:
    """Give the texts to which what stands at these steps may belong."""
    found = [(steps[0], "/".join(steps[1 : 1 + count])) for count in (1, 2) if len(steps) > 1 + count]
    return [*found, ("pages", steps[0])] if paged and len(steps) > 1 else found


def share(site: Site, part: Shard) -> Share:
    """Give what a shard writes of a site: groups that cost about as much as those of each other shard."""
    years = {
        key: str(texts.original.date.year) if texts.original.date else ""
        for key, texts in site.sets.items()
        if texts.kind not in GATHERING
    }
    undivided = Share(part, {}, frozenset(site.languages.tags), years)
    costs = _costs(site, undivided) if part.of > 1 else {}
    loads = [0.0] * part.of
    groups = {}
    for name in sorted(costs, key=lambda one: (-costs[one], one)):
        least = loads.index(min(loads))
        loads[least] += costs[name]
        groups[name] = least + 1
    return Share(part, groups, undivided.tags, years)


def _costs(site: Site, undivided: Share) -> dict[str, float]:
    """Give what each group costs, measured by the page of a text."""
    costs: defaultdict[str, float] = defaultdict(float)

    def add(address: str, cost: float) -> None:
        costs[undivided.group(address)] += cost

    for address in site.routes:
        add(address, SHORT if address.startswith(addresses.SHORT) else 1)
    versions = Counter(version.language.tag for texts in site.sets.values() for version in texts.versions)
    for (family, tag), documents in site.shelves.items():
        add(addresses.shelf(tag, family), GATHERED * len(documents))
    for tag, count in versions.items():
        add(addresses.home(tag), GATHERED * count)
        for name in ("timeline", "search", "resolutions"):
            add(addresses.shelf(tag, name), GATHERED * count / 3)
        add(addresses.data(tag), GATHERED * count / 2)
    for name in ("feed.atom", "feed.rss", "feed.json", "sitemap.xml"):
        add(name, GATHERED * versions.total() / 4)
    return costs
