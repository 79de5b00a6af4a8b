"""The state of a member's feed between runs, one JSON file each; losing it costs requests, not posts."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jisr.aggregator.fetch.backoff import VALIDATORS_MAX_AGE, next_attempt
from jisr.aggregator.model import FeedSource, FetchResult, MemberPosts, SeenEntry, SiteContext, Validators
from jisr.aggregator.store.post_writer import StoreResult
from jisr.content.atomic_write import write_durably
from jisr.core.frozen import dataclass

STATE_VERSION = 1
_MAX_FILE_BYTES = 50_000_000  # a larger file was not written by us
_MAX_OBSERVED_MOVES = 5
_MAX_MOVED_FAILURES = 3  # failures of an address that no file states, after which the stated one is requested again
_SERIALIZED_NAMES = {  # names in the files where they differ from those of the fields
    "source_url": "stated",
    "retry_at": "until",
    "gone_on": "gone",
    "last_success": "succeeded",
    "observed_moves": "sightings",
    "idle_fingerprint": "settled",
    "seen_entries": "traces",
    "first_seen": "seen",
    "source_digest": "said",
    "raw_digest": "raw",
}


@dataclass(frozen=True, slots=True)
class ObservedMove:
    """A target of permanent redirects and the days on which they led there; the portal of a hotel is gone the next day."""

    url: str
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedState:
    """The state of a member's feed: validators, back-off, moves, the last body and the entries seen."""

    member: str
    source_url: str = ""  # the address in the member's file
    address: str = ""  # another one that is requested in its place: discovered in a page, or the target of a move
    url: str = ""  # of the body
    title: str = ""  # of the feed
    validators: Validators = Validators()
    content_type: str = ""
    body: bytes = b""  # of the last response that was a feed, so that an editor's new rule needs no request
    failures: int = 0  # consecutive
    reason: str = ""  # of the last failure
    retry_at: datetime | None = None
    gone_on: date | None = None
    last_success: datetime | None = None
    observed_moves: tuple[ObservedMove, ...] = ()
    idle_fingerprint: str = ""  # of the inputs for which there was nothing to do
    seen_entries: tuple[SeenEntry, ...] = ()

    def for_source(self, source: FeedSource) -> FeedState:
        """Return the part of the state that holds for a source: where its address changed, the entries seen alone."""
        url = source.feed or source.site
        return self if self.source_url == url else FeedState(self.member, url, seen_entries=self.seen_entries)

    def backoff_reason(self, now: datetime) -> str:
        """Return why the member is not requested now, for people, or an empty string."""
        if self.gone_on:
            return f"it said on {self.gone_on} that it is gone for ever, and is not asked any more"
        if self.retry_at and now < self.retry_at:
            return f"it is not asked before {self.retry_at:%Y-%m-%d %H:%M} UTC: {self.reason or 'it failed'}"
        return ""

    def conditional_headers(self, now: datetime) -> dict[str, str]:
        """Return the headers of a conditional request; none where the validators are too old."""
        validators = self.validators
        if not self.body or validators.since is None or now - validators.since > VALIDATORS_MAX_AGE:
            return {}
        headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.modified}
        return {name: value for name, value in headers.items() if value}

    def with_observed_move(self, url: str, day: date) -> FeedState:
        """Return the state with one more day on which the blog redirected permanently to an address."""
        days = {day, *(earlier for move in self.observed_moves if move.url == url for earlier in move.days)}
        others = [move for move in self.observed_moves if move.url != url]
        return replace(self, observed_moves=(*others[-_MAX_OBSERVED_MOVES + 1 :], ObservedMove(url, tuple(sorted(days)))))

    def is_confirmed_move(self, url: str) -> bool:
        """Whether the blog redirected to an address on several days."""
        return any(move.url == url and len(move.days) > 1 for move in self.observed_moves)


def is_backing_off(result: FetchResult) -> bool:
    """Whether no request was made."""
    return result.outcome in ("waiting", "gone") and not result.status


def update_state(state: FeedState, result: FetchResult, now: datetime) -> FeedState:
    """Return the state after a result; a body that cannot be parsed counts as a failure, and has that outcome."""
    if is_backing_off(result):
        return state
    if result.outcome == "gone":
        return replace(state, gone_on=now.date(), reason=result.reason, failures=state.failures + 1)
    if result.outcome in ("failed", "waiting"):
        return _record_failure(state, result, now)
    state = replace(
        state,
        url=result.url,
        validators=result.validators,
        failures=0,
        reason="",
        retry_at=None,
        gone_on=None,
        last_success=now,
        observed_moves=state.observed_moves if result.moved_to or state.address else (),
    )
    if result.body:
        state = replace(state, body=result.body, content_type=result.content_type)
    if result.moved_to:
        state = state.with_observed_move(result.moved_to, now.date())
        state = replace(state, address=result.moved_to) if state.is_confirmed_move(result.moved_to) else state
    return state


def _record_failure(state: FeedState, result: FetchResult, now: datetime) -> FeedState:
    failures = state.failures + 1
    retry_at = next_attempt(now, failures, result.retry_after)
    is_lost = state.address and result.outcome == "failed" and failures >= _MAX_MOVED_FAILURES
    address = "" if is_lost else state.address
    return replace(state, failures=failures, reason=result.reason, retry_at=retry_at, address=address)


def code_fingerprint(folders: Iterable[Path]) -> str:
    """Return the fingerprint of the code below folders: another version of it may select other posts."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*.py")):
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def input_fingerprint(
    code: str,
    source: FeedSource,
    site_context: SiteContext,
    body_digest: str,
    member_posts: MemberPosts,
    store_result: StoreResult | None = None,
) -> str:
    """Return the fingerprint of all inputs of a selection but the moment.

    With a ``store_result`` it is that of the next run if nothing changes after the writes of this one.
    """
    files = {existing.path: existing.digest for existing in member_posts.existing_posts}
    if store_result:
        digests = {entry.path: entry.digest for entry in store_result.seen_entries}
        files |= {change.path: digests.get(change.path, "") for change in store_result.changes}
    names = (sorted(mapping.items()) for mapping in (site_context.site_owners, site_context.topics_by_name))
    options = (site_context.languages, site_context.max_new_posts, site_context.fetch_pictures)
    site = (*options, *names, sorted(site_context.member_ids))
    inputs = (code, source, site, body_digest, sorted(files.items()), member_posts.tombstones, member_posts.tombstone_error)
    return hashlib.sha256(repr(inputs).encode("utf-8", "backslashreplace")).hexdigest()


def load_state(folder: Path, member: str) -> FeedState:
    """Return the state of a member; an empty one where there is no file, or one that cannot be read."""
    file = folder / f"{member}.json"
    try:
        if file.stat().st_size > _MAX_FILE_BYTES:
            return FeedState(member)
        record = json.loads(file.read_bytes())
        is_current = record["version"] == STATE_VERSION and record["member"] == member
        return _deserialize_state(record) if is_current else FeedState(member)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, zlib.error):
        return FeedState(member)


def save_state(folder: Path, state: FeedState) -> bool:
    """Write the state of a member where it differs from its file. Returns whether it does."""
    file = folder / f"{state.member}.json"
    data = (json.dumps(_serialize_state(state), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
    try:
        if file.read_bytes() == data:
            return False
    except OSError:
        pass
    write_durably(file, data)
    return True


def delete_stale_states(folder: Path, members: Iterable[str]) -> None:
    """Delete the states of all members but these."""
    current = {f"{member}.json" for member in members} | {"report.json"}
    for file in sorted(folder.glob("*.json")):
        if file.name not in current:
            file.unlink(missing_ok=True)


def _serialize_state(state: FeedState) -> dict[str, Any]:
    record = {_serialized_name(field.name): _serialize_value(getattr(state, field.name)) for field in fields(state)}
    record["validators"] = _serialize_record(state.validators)
    record["sightings"] = [{"url": move.url, "days": [day.isoformat() for day in move.days]} for move in state.observed_moves]
    record["traces"] = [_serialize_record(entry) for entry in state.seen_entries]
    record["body"] = base64.b64encode(zlib.compress(state.body, 6)).decode("ascii") if state.body else ""
    return {"version": STATE_VERSION} | record


def _serialized_name(name: str) -> str:
    return _SERIALIZED_NAMES.get(name, name)


def _serialize_record(record: Validators | SeenEntry) -> dict[str, Any]:
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    return {_serialized_name(name): _serialize_value(value) for name, value in values.items() if value}


def _serialize_value(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _deserialize_state(record: Mapping[str, Any]) -> FeedState:
    """Return the state in a record. Raises what a file may cause that somebody else wrote."""
    names = ("member", "source_url", "address", "url", "content_type", "reason", "idle_fingerprint")
    return FeedState(
        **{name: str(record[_serialized_name(name)]) for name in names},
        title=str(record.get("title", "")),
        validators=_deserialize_validators(record["validators"]),
        body=_decompress_body(record["body"]),
        failures=int(record["failures"]),
        retry_at=_parse_timestamp(record["until"]),
        gone_on=date.fromisoformat(record["gone"]) if record["gone"] else None,
        last_success=_parse_timestamp(record["succeeded"]),
        observed_moves=tuple(
            ObservedMove(str(move["url"]), tuple(map(date.fromisoformat, move["days"]))) for move in record["sightings"]
        ),
        seen_entries=tuple(_deserialize_seen_entry(entry) for entry in record["traces"]),
    )


def _deserialize_validators(record: Mapping[str, Any]) -> Validators:
    strings = {name: str(record.get(name, "")) for name in ("etag", "modified", "digest")}
    return Validators(**strings, since=_parse_timestamp(record.get("since")))


def _deserialize_seen_entry(record: Mapping[str, Any]) -> SeenEntry:
    first_seen = _parse_timestamp(record["seen"])
    if first_seen is None:
        raise ValueError("an entry without a moment")
    names = ("guid", "original", "title", "day", "path", "digest", "source_digest", "raw_digest")
    strings = {name: str(record.get(_serialized_name(name), "")) for name in names}
    return SeenEntry(**strings, first_seen=first_seen, date=_parse_timestamp(record.get("date")))


def _parse_timestamp(text: Any) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment


def _decompress_body(text: str) -> bytes:
    """Return a body; a longer one than a feed may have was not written by us."""
    stream = zlib.decompressobj()
    return stream.decompress(base64.b64decode(text), _MAX_FILE_BYTES) if text else b""
