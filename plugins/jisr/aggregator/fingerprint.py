"""Whether there is anything to do for a member at all: the same feed, files, rules and program give the same again. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from jisr.aggregator.model import FeedSource
from jisr.aggregator.post_model import MemberPosts, PostSelection, SiteContext
from jisr.aggregator.store.post_writer import StoreResult


def code_fingerprint(folders: Iterable[Path]) -> str:
    """Return the fingerprint of the code that chooses: what another version chose may be chosen otherwise by this one."""
    found = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*.py")):
            found.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()


def input_fingerprint(base: str, source: FeedSource, network: SiteContext, feed: str, shelf: MemberPosts) -> str:
    """Return the fingerprint of all that a choice is made from but the moment; ``feed`` is the digest of the feed's body."""
    files = {known.path: known.digest for known in shelf.existing_posts}
    return _hash_inputs(base, source, network, feed, shelf, files.items())


def fingerprint_after_write(
    base: str, source: FeedSource, network: SiteContext, feed: str, shelf: MemberPosts, written: StoreResult
) -> str:
    """Return what ``input_fingerprint`` will be in the next run if nothing changes, after what was written in this one."""
    files = {known.path: known.digest for known in shelf.existing_posts}
    digests = {trace.path: trace.digest for trace in written.seen_entries}
    for change in written.changes:
        files[change.path] = digests.get(change.path, "")
    return _hash_inputs(base, source, network, feed, shelf, files.items())


def has_no_open_work(choice: PostSelection) -> bool:
    """Whether a choice leaves nothing open: nothing held back for another run, nothing asked, nothing removed."""
    return not (choice.held_back or choice.review_items or choice.new_tombstones or choice.hidden_paths)


def _hash_inputs(
    base: str, source: FeedSource, network: SiteContext, feed: str, shelf: MemberPosts, files: Iterable[tuple[str, str]]
) -> str:
    known = (
        network.languages,
        network.max_new_posts,
        network.fetch_pictures,
        *(sorted(one.items()) for one in (network.site_owners, network.topics_by_name)),
    )
    said = (base, source, known, sorted(network.member_ids), feed, sorted(files), shelf.tombstones, shelf.tombstone_error)
    return hashlib.sha256(repr(said).encode("utf-8", "backslashreplace")).hexdigest()
