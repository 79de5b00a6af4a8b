"""The selection of a feed's posts, with their ids, dates and languages; posts held back; questions to editors. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from jisr.aggregator.model import (
    ExistingPost,
    FeedSource,
    HeldBack,
    HoldReason,
    MemberPosts,
    Post,
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
from jisr.aggregator.select.identity import (
    PostIdentity,
    canonical_url,
    content_digest,
    drop_repeated_items,
    effective_guid,
    effective_title,
    existing_identity,
    is_same_post,
    iso_day,
    item_identity,
    match_posts,
    post_identity,
    seen_identity,
)
from jisr.aggregator.select.post_translations import PostVersion, TranslationOrigin, find_originals, source_language
from jisr.aggregator.store.images.image_links import link_remote_images, use_local_images
from jisr.aggregator.store.post_serializer import is_credible, normalize_post, render_post
from jisr.ingest.language import identification
from jisr.ingest.language.letter_folding import normalize_text

ExcerptFunction = Callable[[str, str], str]
"""Returns the excerpt of a Markdown text in a language."""

_RECENT_PERIOD = timedelta(days=2)
_MAX_SEEN_ENTRIES = 2000  # of posts without files that left the feed: a feed may have new ones without end


@dataclass(slots=True)
class _Selection:
    """The selection of one member while it is built."""

    source: FeedSource
    member_posts: MemberPosts
    site_context: SiteContext
    make_excerpt: ExcerptFunction
    earlier_entries: tuple[tuple[SeenEntry, PostIdentity], ...]
    posts: list[Post] = field(default_factory=list)
    held_back: list[HeldBack] = field(default_factory=list)
    review_items: list[ReviewItem] = field(default_factory=list)
    seen_entries: list[SeenEntry] = field(default_factory=list)
    hidden_paths: list[str] = field(default_factory=list)

    def hold_back(self, safe_item: SafeItem, reason: HoldReason, detail: str = "") -> None:
        self.held_back.append(HeldBack(self.source.member, safe_item.title, safe_item.item.link, reason, detail))


def select_posts(
    source: FeedSource,
    items: Sequence[SafeItem],
    member_posts: MemberPosts,
    site_context: SiteContext,
    make_excerpt: ExcerptFunction,
) -> PostSelection:
    """Return the posts of a member's feed to write and to hold back, the questions to editors and the new state.

    All of it concerns this member alone. The order of the items makes no difference; a post that is written is not selected
    again. A feed without items changes nothing, and a post that is no longer in it stays.
    """
    run = _Selection(
        source,
        member_posts,
        site_context,
        make_excerpt,
        tuple((entry, seen_identity(entry)) for entry in member_posts.seen_entries),
    )
    safe_items = drop_repeated_items(items)
    identities = tuple(item_identity(entry) for entry in safe_items)
    existing_by_position = dict(match_posts(identities, [existing_identity(entry) for entry in member_posts.existing_posts]))
    new_items: list[SafeItem] = []
    new_tombstones = _new_tombstones(member_posts)
    tombstone_identities = [
        post_identity(entry.guid, entry.original, entry.title, entry.day)
        for entry in (*member_posts.tombstones, *new_tombstones)
    ]
    tombstones_by_position = dict(match_posts(identities, tombstone_identities))
    for position, safe_item in enumerate(safe_items):
        if position in existing_by_position:
            if not _is_hidden(run, member_posts.existing_posts[existing_by_position[position]]):
                _reconcile_existing(run, safe_item, member_posts.existing_posts[existing_by_position[position]])
        elif position not in tombstones_by_position:
            new_items.append(safe_item)
    if not member_posts.tombstone_error:
        _add_new_posts(run, new_items)
    run.review_items += review_items.ask_removed_posts(member_posts, identities, set(existing_by_position.values()))
    run.review_items += review_items.warn_over_limit(source, member_posts) + review_items.warn_broken_tombstones(member_posts)
    for existing in member_posts.existing_posts:
        if _is_hidden(run, existing):
            _withdraw_hidden(run, existing)
    return _build_selection(run, new_tombstones)


def _build_selection(run: _Selection, new_tombstones: tuple[Tombstone, ...]) -> PostSelection:
    return PostSelection(
        member=run.source.member,
        posts=tuple(sorted(run.posts, key=lambda post: post.id)),
        held_back=tuple(sorted(run.held_back, key=lambda one: (one.reason, one.original, one.title))),
        review_items=tuple(sorted(run.review_items, key=lambda one: (one.path, one.kind))),
        seen_entries=_merge_seen_entries(run, new_tombstones),
        new_tombstones=new_tombstones,
        hidden_paths=tuple(sorted(run.hidden_paths)),
    )


def _merge_seen_entries(run: _Selection, new_tombstones: tuple[Tombstone, ...]) -> tuple[SeenEntry, ...]:
    """Return the new state of a member's posts: entries of this feed, and the earlier ones of older posts."""
    paths = {entry.path for entry in run.seen_entries if entry.path}
    identities = [seen_identity(entry) for entry in run.seen_entries]
    removed_posts = {(entry.guid, entry.original) for entry in new_tombstones}
    earlier = [
        entry
        for entry, identity in run.earlier_entries
        if entry.path not in paths
        and not (entry.path and (entry.guid, entry.original) in removed_posts)
        and not any(is_same_post(identity, other) for other in identities)
    ]
    published = [entry for entry in earlier if entry.path]
    others = sorted((entry for entry in earlier if not entry.path), key=lambda entry: entry.first_seen, reverse=True)[
        :_MAX_SEEN_ENTRIES
    ]
    return tuple(
        sorted(
            (*run.seen_entries, *published, *others), key=lambda entry: (entry.guid, entry.original, entry.title, entry.path)
        )
    )


def _new_tombstones(member_posts: MemberPosts) -> tuple[Tombstone, ...]:
    """Return a tombstone for each post that was written and has no file now: an editor removed it."""
    identities = [existing_identity(existing) for existing in member_posts.existing_posts]
    paths = {existing.path for existing in member_posts.existing_posts}
    missing = [entry for entry in member_posts.seen_entries if entry.path and entry.path not in paths]
    if len(missing) > 1 and not identities:
        return ()  # no editor removes a member that way: the state belongs to another version of the content
    renamed = {position for position, _ in match_posts([seen_identity(existing) for existing in missing], identities)}
    return tuple(
        Tombstone(existing.guid, existing.original, existing.title, existing.day, "Its file was removed.")
        for position, existing in enumerate(missing)
        if position not in renamed
    )


def _reconcile_existing(run: _Selection, safe_item: SafeItem, existing: ExistingPost) -> None:
    """Update, propose or keep a post that has a file."""
    entry = existing.seen_entry or SeenEntry(existing.post.guid, existing.post.original, safe_item.title, run.site_context.now)
    current = replace(
        entry,
        title=effective_title(safe_item),
        day=iso_day(safe_item.item.published),
        source_digest=content_digest(safe_item),
        path=existing.path,
    )
    if not existing.is_readable:
        run.seen_entries.append(replace(current, digest=""))
        return
    if not effective_title(safe_item) or (existing.post.body and not safe_item.body.strip()):
        run.seen_entries.append(replace(entry, digest=existing.digest if existing.is_unedited else "", path=existing.path))
        run.review_items.append(review_items.ask_emptied_post(existing))
        return
    post = _update_post(run, safe_item, existing)
    text = render_post(replace(post, body=link_remote_images(post.body)))
    if existing.digest == sha256_digest(text):
        run.seen_entries.append(
            replace(current, digest=existing.digest)
        )  # also where the state was lost: it is as we would write it
    elif existing.is_unedited:
        run.posts.append(post)
        run.seen_entries.append(current)
    elif existing.seen_entry is None or existing.seen_entry.source_digest == current.source_digest:
        run.seen_entries.append(replace(current, digest=""))
    else:
        run.seen_entries.append(replace(entry, digest="", path=existing.path))
        run.review_items.append(review_items.propose_change(existing, text))


def _update_post(run: _Selection, safe_item: SafeItem, existing: ExistingPost) -> Post:
    """Return a post as its source has it now, with the permanent fields: id, language, date, guid, day of fetching."""
    old_post = existing.post
    post = normalize_post(
        replace(
            _build_post(run, safe_item, old_post.id, old_post.language, old_post.date),
            guid=old_post.guid or effective_guid(safe_item.item),
            fetched=old_post.fetched,
        )
    )
    owner = curation_rules.url_owner(post.original, run.site_context.site_owners)
    original = post.original if owner in ("", run.source.member) and post.original else old_post.original
    post = replace(
        post,
        sources=old_post.sources,
        modified=old_post.modified,
        original=original,
        of=source_language(old_post, run.member_posts.existing_posts),
    )
    post = replace(post, body=use_local_images(post.body, existing.pictures))
    if (post.title, link_remote_images(post.body)) == (old_post.title, old_post.body):
        return replace(post, body=old_post.body)
    if existing.seen_entry and existing.seen_entry.source_digest == content_digest(safe_item):
        return post  # the source is unchanged: our conversion differs
    now, updated = run.site_context.now, safe_item.item.updated
    moment = updated if updated and is_credible(updated, now) and updated > (old_post.modified or old_post.date) else now
    return normalize_post(replace(post, modified=moment))


def _build_post(run: _Selection, safe_item: SafeItem, post_id: str, language: str, date: datetime) -> Post:
    source, item = run.source, safe_item.item
    body = safe_item.body if source.full_text else run.make_excerpt(safe_item.body, language)
    topics = tuple(
        sorted(
            {
                run.site_context.topics_by_name[normalize_text(topic)]
                for topic in item.topics
                if normalize_text(topic) in run.site_context.topics_by_name
            }
        )
    )
    return Post(
        member=source.member,
        id=post_id,
        language=language,
        title=effective_title(safe_item),
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


def _add_new_posts(run: _Selection, new_items: list[SafeItem]) -> None:
    """Add new posts; a translation goes into the folder of its original."""
    accepted = list(_limit_new_posts(run, new_items))
    versions = [
        PostVersion(safe_item.item.link, safe_item.item.alternates, language, date) for date, safe_item, language in accepted
    ]
    tags = tuple(dict.fromkeys((*run.source.languages, *run.site_context.languages)))
    origins = find_originals(versions, run.member_posts.existing_posts, tags)
    used_ids = set(run.member_posts.used_ids)
    post_ids: dict[int, str] = {}
    for position in sorted(range(len(accepted)), key=lambda position: (position in origins, position)):
        date, safe_item, language = accepted[position]
        origin = origins.get(position, TranslationOrigin(""))
        post_id = origin.post_id or post_ids.get(origin.position, "")
        post_ids[position] = post_id or slugs.make_post_id(
            safe_item.item.link, safe_item.title, date.date().isoformat(), used_ids
        )
        used_ids.add(post_ids[position])
        path = f"posts/{run.source.member}/{post_ids[position]}/index.{language}.md"
        if path in run.member_posts.translation_paths:
            run.hold_back(safe_item, "translated")
            run.seen_entries.append(_build_seen_entry(safe_item, run, date))
        else:
            run.posts.append(
                normalize_post(
                    replace(_build_post(run, safe_item, post_ids[position], language, date), of=origin.source_language)
                )
            )
            run.seen_entries.append(replace(_build_seen_entry(safe_item, run, date), path=path))


def _limit_new_posts(run: _Selection, new_items: list[SafeItem]) -> Iterator[tuple[datetime, SafeItem, str]]:
    """Yield the new posts to write, the newest first, within the limits of the run and of the member."""
    dated_items = sorted(
        ((_permanent_date(run, safe_item), safe_item) for safe_item in new_items),
        key=lambda dated_item: (dated_item[0], _sort_key(dated_item[1])),
        reverse=True,
    )
    admitted = list(_filter_new_posts(run, dated_items))
    within_limit = curation_rules.newest_within_limit(
        run.source, run.member_posts, [(date, safe_item) for date, safe_item, _ in admitted]
    )
    is_first_run = not run.member_posts.existing_posts and not run.member_posts.seen_entries
    new_count = 0
    for position, (date, safe_item, language) in enumerate(admitted):
        reason: HoldReason | Literal[""] = "" if position in within_limit else "limit"
        if (
            not reason
            and not curation_rules.is_pinned(safe_item, run.source.rules)
            and (not is_first_run or date >= run.site_context.now - _RECENT_PERIOD)
        ):
            reason = "flood" if new_count >= run.site_context.max_new_posts else ""
            new_count += not reason
        if reason:
            run.hold_back(safe_item, reason)
            run.seen_entries.append(_build_seen_entry(safe_item, run, date))
        else:
            yield date, safe_item, language


def _filter_new_posts(
    run: _Selection, dated_items: list[tuple[datetime, SafeItem]]
) -> Iterator[tuple[datetime, SafeItem, str]]:
    """Yield the new posts that rules admit, that are the member's own, and whose language the site has."""
    for date, safe_item in dated_items:
        if (language := _resolve_language(run, safe_item)) in run.site_context.languages:
            yield date, safe_item, language
        else:
            run.seen_entries.append(_build_seen_entry(safe_item, run, date))


def _resolve_language(run: _Selection, safe_item: SafeItem) -> str:
    """Return the language of a new post; an empty string where it is held back, with the reason recorded."""
    owner = curation_rules.url_owner(safe_item.item.link, run.site_context.site_owners)
    rejection = curation_rules.rejection_reason(safe_item, run.source.rules)
    if not effective_title(safe_item):
        run.hold_back(safe_item, "empty")
    elif owner and owner != run.source.member:
        run.hold_back(safe_item, "elsewhere", owner)
    elif rejection is not None:
        run.hold_back(safe_item, "rule", rejection)
    else:
        language = identification.detect_language(
            f"{safe_item.title}\n{safe_item.body}", safe_item.item.language, run.source.languages
        )
        if language in run.site_context.languages:
            return language
        run.hold_back(safe_item, "language", language)
        run.review_items.append(
            review_items.ask_language(run.source, effective_title(safe_item), safe_item.item.link, language)
        )
    return ""


def _is_hidden(run: _Selection, existing: ExistingPost) -> bool:
    rules = (rule for rule in run.source.rules if rule.verb == "hide")
    return any(curation_rules.rule_matches(rule, existing.post.guid, existing.post.original) for rule in rules)


def _withdraw_hidden(run: _Selection, existing: ExistingPost) -> None:
    """Remove a hidden post that nobody edited; otherwise ask. It returns with its date when the rule is removed."""
    if existing.is_unedited and existing.is_alone and existing.seen_entry:
        run.hidden_paths.append(existing.path)
        run.seen_entries.append(replace(existing.seen_entry, path="", digest="", date=existing.post.date))
    else:
        run.review_items.append(review_items.ask_hidden_post(run.source, existing))


def _sort_key(safe_item: SafeItem) -> tuple[str, str, str]:
    return (safe_item.item.link, safe_item.item.guid, safe_item.title)


def _previous_entry(run: _Selection, safe_item: SafeItem) -> SeenEntry | None:
    identity = item_identity(safe_item)
    return next((entry for entry, other in run.earlier_entries if is_same_post(identity, other)), None)


def _permanent_date(run: _Selection, safe_item: SafeItem) -> datetime:
    """Return the permanent date: the source's where it is credible, otherwise the moment when the post was first seen."""
    previous = _previous_entry(run, safe_item)
    if previous and previous.date:
        return previous.date
    published, now = safe_item.item.published, run.site_context.now
    return published if published is not None and is_credible(published, now) else now


def _build_seen_entry(safe_item: SafeItem, run: _Selection, date: datetime) -> SeenEntry:
    previous = _previous_entry(run, safe_item)
    return SeenEntry(
        guid=effective_guid(safe_item.item),
        original=safe_item.item.link,
        title=effective_title(safe_item),
        first_seen=previous.first_seen if previous else run.site_context.now,
        day=iso_day(safe_item.item.published),
        source_digest=content_digest(safe_item),
        date=date,
    )
