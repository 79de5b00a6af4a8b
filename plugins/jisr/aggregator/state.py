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

from jisr.aggregator.fetch.backoff import VALIDATORS_MAX_AGE
from jisr.aggregator.model import FeedSource, Validators
from jisr.aggregator.post_model import SeenEntry
from jisr.aggregator.store.post_writer import write_atomically
from jisr.core.frozen import dataclass

STATE_VERSION = 1
NO_VALIDATORS = Validators()
_MAX_FILE_BYTES = 50_000_000  # bytes: what is larger was not written by us
_MAX_OBSERVED_MOVES = 5


@dataclass(frozen=True, slots=True)
class ObservedMove:
    """Where permanent redirects led, and on which days; a hotel's portal is gone the next day."""

    url: str
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedState:
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
    sightings: tuple[ObservedMove, ...] = ()
    settled: str = ""  # the state in which there was nothing to do
    traces: tuple[SeenEntry, ...] = ()

    def for_source(self, source: FeedSource) -> FeedState:
        """Return what still holds of a member whose file may say another address by now: its posts in any case."""
        stated = source.feed or source.site
        return self if self.stated == stated else FeedState(self.member, stated, traces=self.traces)

    def backoff_reason(self, now: datetime) -> str:
        """Return why the member is not asked now, for people, or nothing."""
        if self.gone:
            return f"it said on {self.gone} that it is gone for ever, and is not asked any more"
        if self.until and now < self.until:
            return f"it is not asked before {self.until:%Y-%m-%d %H:%M} UTC: {self.reason or 'it failed'}"
        return ""

    def conditional_headers(self, now: datetime) -> dict[str, str]:
        """Return the headers that ask for an answer only where something changed; none where the last one is long ago."""
        said = self.validators
        if not self.body or said.since is None or now - said.since > VALIDATORS_MAX_AGE:
            return {}
        found = {"If-None-Match": said.etag, "If-Modified-Since": said.modified}
        return {name: value for name, value in found.items() if value}

    def with_observed_move(self, url: str, day: date) -> FeedState:
        """Return the memory with another sighting of where the blog moved to."""
        days = {day, *(one for sighting in self.sightings if sighting.url == url for one in sighting.days)}
        others = [one for one in self.sightings if one.url != url]
        return replace(self, sightings=(*others[-_MAX_OBSERVED_MOVES + 1 :], ObservedMove(url, tuple(sorted(days)))))

    def is_confirmed_move(self, url: str) -> bool:
        """Whether the blog was seen to have moved to an address on different days."""
        return any(one.url == url and len(one.days) > 1 for one in self.sightings)


def load_state(folder: Path, member: str) -> FeedState:
    """Return what a folder remembers of a member; nothing where there is no file, or one that cannot be read."""
    file = folder / f"{member}.json"
    try:
        if file.stat().st_size > _MAX_FILE_BYTES:
            return FeedState(member)
        said = json.loads(file.read_bytes())
        return _deserialize_state(said) if said["version"] == STATE_VERSION and said["member"] == member else FeedState(member)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, zlib.error):
        return FeedState(member)


def save_state(folder: Path, memory: FeedState) -> bool:
    """Keep what is remembered of a member, written aside and renamed. Returns whether the file changed."""
    file = folder / f"{memory.member}.json"
    data = (json.dumps(_serialize_state(memory), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
    try:
        if file.read_bytes() == data:
            return False
    except OSError:
        pass
    write_atomically(file, data)
    return True


def delete_stale_states(folder: Path, members: Iterable[str]) -> None:
    """Remove the memory of members that are no longer there."""
    kept = {f"{member}.json" for member in members} | {"report.json"}
    for file in sorted(folder.glob("*.json")):
        if file.name not in kept:
            file.unlink(missing_ok=True)


def _serialize_state(memory: FeedState) -> dict[str, Any]:
    said = {one.name: getattr(memory, one.name) for one in fields(memory)}
    said["validators"] = _serialize_record(memory.validators)
    said["sightings"] = [{"url": one.url, "days": [day.isoformat() for day in one.days]} for one in memory.sightings]
    said["traces"] = [_serialize_record(one) for one in memory.traces]
    said["body"] = base64.b64encode(zlib.compress(memory.body, 6)).decode("ascii") if memory.body else ""
    return {"version": STATE_VERSION} | {name: _serialize_value(value) for name, value in said.items()}


def _serialize_record(value: Any) -> dict[str, Any]:
    return {name: _serialize_value(one) for name, one in asdict(value).items() if one}


def _serialize_value(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _deserialize_state(said: Mapping[str, Any]) -> FeedState:
    """Return the memory that a file says. Raises what a file may cause that somebody else wrote."""
    strings = {name: str(said[name]) for name in ("member", "stated", "address", "url", "content_type", "reason", "settled")}
    return FeedState(
        **strings,
        validators=_deserialize_validators(said["validators"]),
        body=_decompress_body(said["body"]),
        failures=int(said["failures"]),
        until=_parse_timestamp(said["until"]),
        gone=date.fromisoformat(said["gone"]) if said["gone"] else None,
        succeeded=_parse_timestamp(said["succeeded"]),
        sightings=tuple(
            ObservedMove(str(one["url"]), tuple(map(date.fromisoformat, one["days"]))) for one in said["sightings"]
        ),
        traces=tuple(_deserialize_seen_entry(one) for one in said["traces"]),
    )


def _deserialize_validators(said: Mapping[str, Any]) -> Validators:
    return Validators(
        **{name: str(said.get(name, "")) for name in ("etag", "modified", "digest")}, since=_parse_timestamp(said.get("since"))
    )


def _deserialize_seen_entry(said: Mapping[str, Any]) -> SeenEntry:
    seen = _parse_timestamp(said["seen"])
    if seen is None:
        raise ValueError("a trace without a moment")
    words = {name: str(said.get(name, "")) for name in ("guid", "original", "title", "day", "path", "digest", "said")}
    return SeenEntry(**words, seen=seen, date=_parse_timestamp(said.get("date")))


def _parse_timestamp(said: Any) -> datetime | None:
    if not said:
        return None
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment


def _decompress_body(said: str) -> bytes:
    """Return a body that was kept; one that is longer than any feed may be was not kept by us."""
    stream = zlib.decompressobj()
    return stream.decompress(base64.b64decode(said), _MAX_FILE_BYTES) if said else b""
