"""Which of a feed's posts are shown, under which id, date and language; what is held back; what editors are asked. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from jisr.aggregator.model import FeedSource, Post
from jisr.aggregator.post_model import (
    ExistingPost,
    HeldBack,
    HoldReason,
    MemberPosts,
    PostSelection,
    ReviewItem,
    SafeItem,
    SeenEntry,
    SiteContext,
    Tombstone,
    sha256_digest,
)
from jisr.aggregator.report import review_items
from jisr.aggregator.select import bylines, curation_rules, slugs
from jisr.aggregator.select.identity import PostIdentity, canonical_url, is_same_post, match_posts, post_identity
from jisr.aggregator.select.post_translations import PostVersion, TranslationOrigin, find_originals, source_language
from jisr.aggregator.select.recognition import (
    content_digest,
    drop_repeated_items,
    effective_guid,
    effective_title,
    existing_identity,
    iso_day,
    item_identity,
    seen_identity,
)
from jisr.aggregator.store.front_matter_edit import is_credible, normalize_post, render_post
from jisr.aggregator.store.images.image_links import link_remote_images, use_local_images
from jisr.ingest.language import identification
from jisr.ingest.language.letter_folding import normalize_text

ExcerptFunction = Callable[[str, str], str]
"""Gives the excerpt of a Markdown text in a language."""

_RECENT_PERIOD = timedelta(days=2)
_MAX_SEEN_ENTRIES = 2000  # of posts without files that left the feed: it can name new ones for ever


@dataclass(slots=True)
class _Selection:
    """One member's choice while it is made."""

    source: FeedSource
    member_posts: MemberPosts
    site_context: SiteContext
    make_excerpt: ExcerptFunction
    seen_before: tuple[tuple[SeenEntry, PostIdentity], ...]
    posts: list[Post] = field(default_factory=list)
    held_back: list[HeldBack] = field(default_factory=list)
    review_items: list[ReviewItem] = field(default_factory=list)
    seen_entries: list[SeenEntry] = field(default_factory=list)
    hidden_paths: list[str] = field(default_factory=list)

    def hold_back(self, clean: SafeItem, why: HoldReason, said: str = "") -> None:
        self.held_back.append(HeldBack(self.source.member, clean.title, clean.item.link, why, said))


def select_posts(
    source: FeedSource, items: Sequence[SafeItem], shelf: MemberPosts, network: SiteContext, shorten: ExcerptFunction
) -> PostSelection:
    """Return what is to be written, held back, asked and remembered of a member's feed.

    Posts and traces are of this member alone. The order of the items makes no difference; what was chosen and written is
    not chosen again. A feed without items changes nothing, and a post that is no longer in it stays.
    """
    run = _Selection(source, shelf, network, shorten, tuple((one, seen_identity(one)) for one in shelf.seen_entries))
    cleans = drop_repeated_items(items)
    found = tuple(item_identity(one) for one in cleans)
    paired = dict(match_posts(found, [existing_identity(one) for one in shelf.existing_posts]))
    fresh: list[SafeItem] = []
    buried = _new_tombstones(shelf)
    stones = [post_identity(one.guid, one.original, one.title, one.day) for one in (*shelf.tombstones, *buried)]
    removed = dict(match_posts(found, stones))
    for at, clean in enumerate(cleans):
        if at in paired:
            if not _is_hidden(run, shelf.existing_posts[paired[at]]):
                _reconcile_existing(run, clean, shelf.existing_posts[paired[at]])
        elif at not in removed:
            fresh.append(clean)
    if not shelf.tombstone_error:
        _add_new_posts(run, fresh)
    run.review_items += review_items.ask_removed_posts(shelf, found, set(paired.values()))
    run.review_items += review_items.warn_over_limit(source, shelf) + review_items.warn_broken_tombstones(shelf)
    for known in shelf.existing_posts:
        if _is_hidden(run, known):
            _withdraw_hidden(run, known)
    return _build_selection(run, buried)


def _build_selection(run: _Selection, buried: tuple[Tombstone, ...]) -> PostSelection:
    return PostSelection(
        member=run.source.member,
        posts=tuple(sorted(run.posts, key=lambda post: post.id)),
        held_back=tuple(sorted(run.held_back, key=lambda one: (one.reason, one.original, one.title))),
        review_items=tuple(sorted(run.review_items, key=lambda one: (one.path, one.kind))),
        seen_entries=_merge_seen_entries(run, buried),
        new_tombstones=buried,
        hidden_paths=tuple(sorted(run.hidden_paths)),
    )


def _merge_seen_entries(run: _Selection, buried: tuple[Tombstone, ...]) -> tuple[SeenEntry, ...]:
    """Return all that is to be remembered of a member: what this feed says, and of older posts what was known before."""
    paths = {one.path for one in run.seen_entries if one.path}
    now = [seen_identity(one) for one in run.seen_entries]
    gone = {(one.guid, one.original) for one in buried}
    kept = [
        one
        for one, mark in run.seen_before
        if one.path not in paths
        and not (one.path and (one.guid, one.original) in gone)
        and not any(is_same_post(mark, other) for other in now)
    ]
    shown = [one for one in kept if one.path]
    others = sorted((one for one in kept if not one.path), key=lambda one: one.seen, reverse=True)[:_MAX_SEEN_ENTRIES]
    return tuple(sorted((*run.seen_entries, *shown, *others), key=lambda one: (one.guid, one.original, one.title, one.path)))


def _new_tombstones(shelf: MemberPosts) -> tuple[Tombstone, ...]:
    """Return a tombstone for each post that was written and has no file any more: an editor removed it."""
    there = [existing_identity(one) for one in shelf.existing_posts]
    paths = {one.path for one in shelf.existing_posts}
    gone = [trace for trace in shelf.seen_entries if trace.path and trace.path not in paths]
    if len(gone) > 1 and not there:
        return ()  # nobody removes a member that way: the memory is that of another state of the content
    kept = {at for at, _ in match_posts([seen_identity(one) for one in gone], there)}
    return tuple(
        Tombstone(one.guid, one.original, one.title, one.day, "Its file was removed.")
        for at, one in enumerate(gone)
        if at not in kept
    )


def _reconcile_existing(run: _Selection, clean: SafeItem, known: ExistingPost) -> None:
    """Write, propose or leave a post that has a file already."""
    trace = known.seen_entry or SeenEntry(known.post.guid, known.post.original, clean.title, run.site_context.now)
    current = replace(
        trace, title=effective_title(clean), day=iso_day(clean.item.published), said=content_digest(clean), path=known.path
    )
    if not known.is_readable:
        run.seen_entries.append(replace(current, digest=""))
        return
    if not effective_title(clean) or (known.post.body and not clean.body.strip()):
        run.seen_entries.append(replace(trace, digest=known.digest if known.is_unedited else "", path=known.path))
        run.review_items.append(review_items.ask_emptied_post(known))
        return
    post = _update_post(run, clean, known)
    written = render_post(replace(post, body=link_remote_images(post.body)))
    if known.digest == sha256_digest(written):
        run.seen_entries.append(
            replace(current, digest=known.digest)
        )  # also where the memory was lost: it is as we would write it
    elif known.is_unedited:
        run.posts.append(post)
        run.seen_entries.append(current)
    elif known.seen_entry is None or known.seen_entry.said == current.said:
        run.seen_entries.append(replace(current, digest=""))
    else:
        run.seen_entries.append(replace(trace, digest="", path=known.path))
        run.review_items.append(review_items.propose_change(known, written))


def _update_post(run: _Selection, clean: SafeItem, known: ExistingPost) -> Post:
    """Return a post as its source says it now, with what stays: its id, language, date, guid and when it was fetched."""
    old = known.post
    new = normalize_post(
        replace(
            _build_post(run, clean, old.id, old.language, old.date),
            guid=old.guid or effective_guid(clean.item),
            fetched=old.fetched,
        )
    )
    owner = curation_rules.url_owner(new.original, run.site_context.site_owners)
    original = new.original if owner in ("", run.source.member) and new.original else old.original
    new = replace(
        new,
        sources=old.sources,
        modified=old.modified,
        original=original,
        of=source_language(old, run.member_posts.existing_posts),
    )
    new = replace(new, body=use_local_images(new.body, known.pictures))
    if (new.title, link_remote_images(new.body)) == (old.title, old.body):
        return replace(new, body=old.body)
    if known.seen_entry and known.seen_entry.said == content_digest(clean):
        return new  # it is we who show it otherwise
    now, updated = run.site_context.now, clean.item.updated
    moment = updated if updated and is_credible(updated, now) and updated > (old.modified or old.date) else now
    return normalize_post(replace(new, modified=moment))


def _build_post(run: _Selection, clean: SafeItem, identity: str, language: str, date: datetime) -> Post:
    source, item = run.source, clean.item
    body = clean.body if source.full_text else run.make_excerpt(clean.body, language)
    topics = tuple(
        sorted(
            {
                run.site_context.topics_by_name[normalize_text(one)]
                for one in item.topics
                if normalize_text(one) in run.site_context.topics_by_name
            }
        )
    )
    return Post(
        member=source.member,
        id=identity,
        language=language,
        title=effective_title(clean),
        body=body,
        excerpt=not source.full_text,
        date=date,
        guid=effective_guid(item),
        original=item.link if canonical_url(item.link) else source.site,
        authors=bylines.normalize_authors(
            item.authors, source.member, run.site_context.author_spellings, run.site_context.member_ids
        ),
        topics=topics,
        licence=item.licence or source.licence,
        fetched=run.site_context.now,
    )


def _add_new_posts(run: _Selection, fresh: list[SafeItem]) -> None:
    """Take new posts; a translation goes into the folder of its original."""
    accepted = list(_limit_new_posts(run, fresh))
    versions = [PostVersion(clean.item.link, clean.item.alternates, language, date) for date, clean, language in accepted]
    tags = tuple(dict.fromkeys((*run.source.languages, *run.site_context.languages)))
    found = find_originals(versions, run.member_posts.existing_posts, tags)
    taken = set(run.member_posts.used_ids)
    identities: dict[int, str] = {}
    for at in sorted(range(len(accepted)), key=lambda at: (at in found, at)):
        date, clean, language = accepted[at]
        origin = found.get(at, TranslationOrigin(""))
        identity = origin.post_id or identities.get(origin.position, "")
        identities[at] = identity or slugs.make_post_id(clean.item.link, clean.title, date.date().isoformat(), taken)
        taken.add(identities[at])
        path = f"posts/{run.source.member}/{identities[at]}/index.{language}.md"
        if path in run.member_posts.translation_paths:
            run.hold_back(clean, "translated")
            run.seen_entries.append(_build_seen_entry(clean, run, date))
        else:
            run.posts.append(
                normalize_post(replace(_build_post(run, clean, identities[at], language, date), of=origin.source_language))
            )
            run.seen_entries.append(replace(_build_seen_entry(clean, run, date), path=path))


def _limit_new_posts(run: _Selection, fresh: list[SafeItem]) -> Iterator[tuple[datetime, SafeItem, str]]:
    """Return the new posts that are written, the newest first, until the run or the member has enough of them."""
    dated = sorted(
        ((_permanent_date(run, clean), clean) for clean in fresh), key=lambda one: (one[0], _sort_key(one[1])), reverse=True
    )
    wanted = list(_filter_new_posts(run, dated))
    kept = curation_rules.newest_within_limit(run.source, run.member_posts, [(date, clean) for date, clean, _ in wanted])
    first = not run.member_posts.existing_posts and not run.member_posts.seen_entries
    new = 0
    for at, (date, clean, language) in enumerate(wanted):
        held: HoldReason | Literal[""] = "" if at in kept else "limit"
        if (
            not held
            and not curation_rules.is_pinned(clean, run.source.rules)
            and (not first or date >= run.site_context.now - _RECENT_PERIOD)
        ):
            held = "flood" if new >= run.site_context.max_new_posts else ""
            new += not held
        if held:
            run.hold_back(clean, held)
            run.seen_entries.append(_build_seen_entry(clean, run, date))
        else:
            yield date, clean, language


def _filter_new_posts(run: _Selection, dated: list[tuple[datetime, SafeItem]]) -> Iterator[tuple[datetime, SafeItem, str]]:
    """Return the new posts that rules let in, that are the member's own, and whose language is known."""
    for date, clean in dated:
        if (language := _resolve_language(run, clean)) in run.site_context.languages:
            yield date, clean, language
        else:
            run.seen_entries.append(_build_seen_entry(clean, run, date))


def _resolve_language(run: _Selection, clean: SafeItem) -> str:
    """Return the language of a new post, or an empty string where it is held back for any reason, which is noted."""
    owner = curation_rules.url_owner(clean.item.link, run.site_context.site_owners)
    refused = curation_rules.rejection_reason(clean, run.source.rules)
    if not effective_title(clean):
        run.hold_back(clean, "empty")
    elif owner and owner != run.source.member:
        run.hold_back(clean, "elsewhere", owner)
    elif refused is not None:
        run.hold_back(clean, "rule", refused)
    else:
        told = identification.detect_language(f"{clean.title}\n{clean.body}", clean.item.language, run.source.languages)
        if told in run.site_context.languages:
            return told
        run.hold_back(clean, "language", told)
        run.review_items.append(review_items.ask_language(run.source, effective_title(clean), clean.item.link, told))
    return ""


def _is_hidden(run: _Selection, known: ExistingPost) -> bool:
    rules = (rule for rule in run.source.rules if rule.verb == "hide")
    return any(curation_rules.rule_matches(rule, known.post.guid, known.post.original) for rule in rules)


def _withdraw_hidden(run: _Selection, known: ExistingPost) -> None:
    """Take a hidden post away where nobody worked on it; else ask. It comes back with its date when the rule goes."""
    if known.is_unedited and known.is_alone and known.seen_entry:
        run.hidden_paths.append(known.path)
        run.seen_entries.append(replace(known.seen_entry, path="", digest="", date=known.post.date))
    else:
        run.review_items.append(review_items.ask_hidden_post(run.source, known))


def _sort_key(clean: SafeItem) -> tuple[str, str, str]:
    return (clean.item.link, clean.item.guid, clean.title)


def _previous_entry(run: _Selection, clean: SafeItem) -> SeenEntry | None:
    mine = item_identity(clean)
    return next((trace for trace, mark in run.seen_before if is_same_post(mine, mark)), None)


def _permanent_date(run: _Selection, clean: SafeItem) -> datetime:
    """Return the date that stays: the source's where it can be one, else when the post was first seen."""
    remembered = _previous_entry(run, clean)
    if remembered and remembered.date:
        return remembered.date
    published, now = clean.item.published, run.site_context.now
    return published if published is not None and is_credible(published, now) else now


def _build_seen_entry(clean: SafeItem, run: _Selection, date: datetime) -> SeenEntry:
    remembered = _previous_entry(run, clean)
    return SeenEntry(
        guid=effective_guid(clean.item),
        original=clean.item.link,
        title=effective_title(clean),
        seen=remembered.seen if remembered else run.site_context.now,
        day=iso_day(clean.item.published),
        said=content_digest(clean),
        date=date,
    )
