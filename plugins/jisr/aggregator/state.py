"""What is remembered of a member between runs, in one file each; losing it costs requests, not posts."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jisr.aggregator.fetch.backoff import VALIDATORS_LAST
from jisr.aggregator.model import Source, Validators
from jisr.aggregator.post_model import Trace
from jisr.aggregator.store.post_writer import replace_file
from jisr.core.frozen import dataclass

VERSION = 1
NO_VALIDATORS = Validators()
_LARGEST_FILE = 50_000_000  # bytes: what is larger was not written by us
_MOST_SIGHTINGS = 5


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where permanent redirects led, and on which days; a hotel's portal is gone the next day."""

    url: str
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of a member's blog and of its posts."""

    member: str
    stated: str = ""  # the address that the member's file said
    address: str = ""  # another one that is asked in its place: found in a page, or where it moved
    url: str = ""  # where the body came from
    validators: Validators = NO_VALIDATORS
    content_type: str = ""
    body: bytes = b""  # of the last answer that was a feed, so that an editor's new rule needs no request
    failures: int = 0  # one after the other
    reason: str = ""  # of the last one
    until: datetime | None = None  # not asked before
    gone: date | None = None
    succeeded: datetime | None = None
    sightings: tuple[Sighting, ...] = ()
    settled: str = ""  # the state in which there was nothing to do
    traces: tuple[Trace, ...] = ()

    def of(self, source: Source) -> Memory:
        """Give what still holds of a member whose file may say another address by now: its posts in any case."""
        stated = source.feed or source.site
        return self if self.stated == stated else Memory(self.member, stated, traces=self.traces)

    def left_alone(self, now: datetime) -> str:
        """Give why the member is not asked now, for people, or nothing."""
        if self.gone:
            return f"it said on {self.gone} that it is gone for ever, and is not asked any more"
        if self.until and now < self.until:
            return f"it is not asked before {self.until:%Y-%m-%d %H:%M} UTC: {self.reason or 'it failed'}"
        return ""

    def conditions(self, now: datetime) -> dict[str, str]:
        """Give the headers that ask for an answer only where something changed; none where the last one is long ago."""
        said = self.validators
        if not self.body or said.since is None or now - said.since > VALIDATORS_LAST:
            return {}
        found = {"If-None-Match": said.etag, "If-Modified-Since": said.modified}
        return {name: value for name, value in found.items() if value}

    def sighted(self, url: str, day: date) -> Memory:
        """Give the memory with another sighting of where the blog moved to."""
        days = {day, *(one for sighting in self.sightings if sighting.url == url for one in sighting.days)}
        others = [one for one in self.sightings if one.url != url]
        return replace(self, sightings=(*others[-_MOST_SIGHTINGS + 1 :], Sighting(url, tuple(sorted(days)))))

    def is_move(self, url: str) -> bool:
        """Whether the blog was seen to have moved to an address on different days."""
        return any(one.url == url and len(one.days) > 1 for one in self.sightings)


def load(folder: Path, member: str) -> Memory:
    """Give what a folder remembers of a member; nothing where there is no file, or one that cannot be read."""
    file = folder / f"{member}.json"
    try:
        if file.stat().st_size > _LARGEST_FILE:
            return Memory(member)
        said = json.loads(file.read_bytes())
        return _read(said) if said["version"] == VERSION and said["member"] == member else Memory(member)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, zlib.error):
        return Memory(member)


def save(folder: Path, memory: Memory) -> bool:
    """Keep what is remembered of a member, written aside and renamed. Gives whether the file changed."""
    file = folder / f"{memory.member}.json"
    data = (json.dumps(_said(memory), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
    try:
        if file.read_bytes() == data:
            return False
    except OSError:
        pass
    replace_file(file, data)
    return True


def forget(folder: Path, members: Iterable[str]) -> None:
    """Remove the memory of members that are no longer there."""
    kept = {f"{member}.json" for member in members} | {"report.json"}
    for file in sorted(folder.glob("*.json")):
        if file.name not in kept:
            file.unlink(missing_ok=True)


def _said(memory: Memory) -> dict[str, Any]:
    said = {one.name: getattr(memory, one.name) for one in fields(memory)}
    said["validators"] = _plain(memory.validators)
    said["sightings"] = [{"url": one.url, "days": [day.isoformat() for day in one.days]} for one in memory.sightings]
    said["traces"] = [_plain(one) for one in memory.traces]
    said["body"] = base64.b64encode(zlib.compress(memory.body, 6)).decode("ascii") if memory.body else ""
    return {"version": VERSION} | {name: _word(value) for name, value in said.items()}


def _plain(value: Any) -> dict[str, Any]:
    return {name: _word(one) for name, one in asdict(value).items() if one}


def _word(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _read(said: Mapping[str, Any]) -> Memory:
    """Give the memory that a file says. Raises what a file may cause that somebody else wrote."""
    strings = {name: str(said[name]) for name in ("member", "stated", "address", "url", "content_type", "reason", "settled")}
    return Memory(
        **strings,
        validators=_validators(said["validators"]),
        body=_body(said["body"]),
        failures=int(said["failures"]),
        until=_moment(said["until"]),
        gone=date.fromisoformat(said["gone"]) if said["gone"] else None,
        succeeded=_moment(said["succeeded"]),
        sightings=tuple(Sighting(str(one["url"]), tuple(map(date.fromisoformat, one["days"]))) for one in said["sightings"]),
        traces=tuple(_trace(one) for one in said["traces"]),
    )


def _validators(said: Mapping[str, Any]) -> Validators:
    return Validators(
        **{name: str(said.get(name, "")) for name in ("etag", "modified", "digest")}, since=_moment(said.get("since"))
    )


def _trace(said: Mapping[str, Any]) -> Trace:
    seen = _moment(said["seen"])
    if seen is None:
        raise ValueError("a trace without a moment")
    words = {name: str(said.get(name, "")) for name in ("guid", "original", "title", "day", "path", "digest", "said")}
    return Trace(**words, seen=seen, date=_moment(said.get("date")))


def _moment(said: Any) -> datetime | None:
    if not said:
        return None
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment


def _body(said: str) -> bytes:
    """Give a body that was kept; one that is longer than any feed may be was not kept by us."""
    stream = zlib.decompressobj()
    return stream.decompress(base64.b64decode(said), _LARGEST_FILE) if said else b""
