"""The selection of a feed's posts, with their ids, dates and languages; posts held back; questions to editors. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
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
    post_path,
    sha256_digest,
)
from jisr.aggregator.report import review_items
from jisr.aggregator.select import bylines, curation_rules, slugs
from jisr.aggregator.select.edited_posts import match_edited
from jisr.aggregator.select.identity import (
    PostIdentity,
    canonical_url,
    content_digest,
    drop_repeated_items,
    effective_guid,
    effective_title,
    existing_identity,
    is_as_seen,
    is_same_post,
    iso_day,
    item_identity,
    match_posts,
    post_identity,
    seen_identity,
    tag_uri,
    text_sketch,
)
from jisr.aggregator.select.post_language import find_language
from jisr.aggregator.select.post_translations import PostVersion, TranslationOrigin, find_originals, source_language
from jisr.aggregator.store.images.image_links import link_remote_images, use_local_images
from jisr.aggregator.store.post_serializer import is_credible, normalize_post, render_post
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
    site: SiteContext
    make_excerpt: ExcerptFunction
    earlier_entries: tuple[tuple[SeenEntry, PostIdentity], ...]
    undated: Mapping[int, int] = field(default_factory=dict)  # id of an item without a credible date -> how many follow it
    posts: list[Post] = field(default_factory=list)
    held_back: list[HeldBack] = field(default_factory=list)
    review_items: list[ReviewItem] = field(default_factory=list)
    seen_entries: list[SeenEntry] = field(default_factory=list)
    hidden_paths: list[str] = field(default_factory=list)

    def hold_back(self, safe_item: SafeItem, reason: HoldReason, detail: str = "") -> None:
        sketch = text_sketch(safe_item.body) if reason == "elsewhere" else frozenset[int]()
        self.held_back.append(HeldBack(self.source.member, safe_item.title, safe_item.item.link, reason, detail, sketch))


def select_posts(
    source: FeedSource,
    items: Sequence[SafeItem],
    member_posts: MemberPosts,
    site_context: SiteContext,
    make_excerpt: ExcerptFunction,
) -> PostSelection:
    """Return the posts of a member's feed to write and to hold back, the questions to editors and the new state.

    All of it concerns this member alone. Their order makes no difference but to those without a date; a post that is written is
    not selected again. A feed without items changes nothing, and a post that is no longer in it stays.
    """
    earlier_entries = tuple((entry, seen_identity(entry)) for entry in member_posts.seen_entries)
    undated = [id(one) for one in reversed(items) if not is_credible(one.item.published, site_context.now)]
    positions = {identity: number for number, identity in enumerate(undated)}
    run = _Selection(source, member_posts, site_context, make_excerpt, earlier_entries, positions)
    safe_items = drop_repeated_items(items)
    identities = tuple(item_identity(entry) for entry in safe_items)
    existing_by_position = dict(match_posts(identities, [existing_identity(entry) for entry in member_posts.existing_posts]))
    _match_edited_posts(run, safe_items, existing_by_position)
    new_items: list[SafeItem] = []
    new_tombstones = _new_tombstones(member_posts)
    tombstones = (*member_posts.tombstones, *new_tombstones)
    removed_identities = [post_identity(stone.guid, stone.original, stone.title, stone.day) for stone in tombstones]
    removed_positions = {position for position, _ in match_posts(identities, removed_identities)}
    for position, safe_item in enumerate(safe_items):
        if position in existing_by_position:
            existing = member_posts.existing_posts[existing_by_position[position]]
            if not _is_hidden(run, existing):
                _reconcile_existing(run, safe_item, existing)
        elif position not in removed_positions:
            new_items.append(safe_item)
    if not member_posts.tombstone_error:
        _add_new_posts(run, new_items)
    run.review_items += review_items.ask_removed_posts(member_posts, identities, set(existing_by_position.values()))
    run.review_items += review_items.warn_over_limit(source, member_posts) + review_items.warn_broken_tombstones(member_posts)
    for existing in member_posts.existing_posts:
        if _is_hidden(run, existing):
            _withdraw_hidden(run, existing)
    return _build_selection(run, new_tombstones)


def _match_edited_posts(run: _Selection, safe_items: Sequence[SafeItem], existing_by_position: dict[int, int]) -> None:
    """Add the posts whose title, address and id were mended together; an entry beside one in the feed is another post."""

    def text_of(safe_item: SafeItem, language: str) -> str:
        return safe_item.body if run.source.full_text else run.make_excerpt(safe_item.body, language)

    items = {position: one for position, one in enumerate(safe_items) if position not in existing_by_position}
    existing_posts = enumerate(run.member_posts.existing_posts)
    matched = frozenset(existing_by_position.values())
    others = {position: one for position, one in existing_posts if position not in matched and one.is_readable}
    existing_by_position |= match_edited(items, others, text_of)


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
    others = sorted((entry for entry in earlier if not entry.path), key=lambda entry: entry.first_seen, reverse=True)
    entries = (*run.seen_entries, *published, *others[:_MAX_SEEN_ENTRIES])
    return tuple(sorted(entries, key=lambda entry: (entry.guid, entry.original, entry.title, entry.path)))


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
    entry = existing.seen_entry or SeenEntry(existing.post.guid, existing.post.original, safe_item.title, run.site.now)
    current = replace(
        entry,
        title=effective_title(safe_item),
        day=iso_day(safe_item.item.published),
        source_digest=content_digest(safe_item),
        raw_digest=safe_item.item.raw_digest,
        path=existing.path,
    )
    if not existing.is_readable:
        run.seen_entries.append(replace(current, digest=""))
        return
    if not effective_title(safe_item) or safe_item.is_protected or (existing.post.body and not safe_item.full_text.strip()):
        run.seen_entries.append(replace(entry, digest=existing.digest if existing.is_unedited else "", path=existing.path))
        run.review_items.append(review_items.ask_emptied_post(existing))
        return
    post = _update_post(run, safe_item, existing)
    text = render_post(replace(post, body=link_remote_images(post.body)))
    if existing.digest == sha256_digest(text):
        # Also where the state was lost: it is as we would write it.
        run.seen_entries.append(replace(current, digest=existing.digest))
    elif existing.is_unedited:
        run.posts.append(post)
        run.seen_entries.append(current)
    elif existing.seen_entry is None or is_as_seen(safe_item, existing.seen_entry):
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
    owner = curation_rules.url_owner(post.original, run.site.site_owners)
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
    if existing.seen_entry and is_as_seen(safe_item, existing.seen_entry):
        return post  # our conversion differs: the words of the source are as they were
    now, updated = run.site.now, safe_item.item.updated
    moment = updated if updated and is_credible(updated, now) and updated > (old_post.modified or old_post.date) else now
    return normalize_post(replace(post, modified=moment))


def _build_post(run: _Selection, safe_item: SafeItem, post_id: str, language: str, date: datetime) -> Post:
    source, item = run.source, safe_item.item
    excerpt = "" if source.full_text else run.make_excerpt(safe_item.body, language)
    body = safe_item.full_text if source.full_text else replace(safe_item, body=excerpt).full_text
    topics, names = run.site.topics_by_name, {normalize_text(topic) for topic in item.topics}
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
        authors=bylines.normalize_authors(item.authors, source.member, run.site.member_ids, run.site.member_titles),
        topics=tuple(sorted({topics[name] for name in names if name in topics})),
        licence=curation_rules.agreed_licence(source, safe_item),
        fetched=run.site.now,
        is_pinned=curation_rules.is_pinned(safe_item, source.rules),
    )


def _add_new_posts(run: _Selection, new_items: list[SafeItem]) -> None:
    """Add new posts; a translation goes into the folder of its original."""
    accepted = list(_limit_new_posts(run, new_items))
    versions = [PostVersion(new.item.link, new.item.alternates, language, date) for date, new, language in accepted]
    tags = tuple(dict.fromkeys((*run.source.languages, *run.site.languages)))
    origins = find_originals(versions, run.member_posts.existing_posts, tags)
    used_ids = set(run.member_posts.used_ids)
    used_guids = {existing.post.guid for existing in run.member_posts.existing_posts}
    post_ids: dict[int, str] = {}
    for position in sorted(range(len(accepted)), key=lambda position: (position in origins, position)):
        date, safe_item, language = accepted[position]
        origin = origins.get(position, TranslationOrigin(""))
        post_id = origin.post_id or post_ids.get(origin.position, "")
        day = date.date().isoformat()
        post_id = post_id or slugs.make_post_id(safe_item.item.link, effective_title(safe_item), day, used_ids)
        post_ids[position] = post_id
        used_ids.add(post_id)
        path, entry = post_path(run.source.member, post_id, language), _build_seen_entry(safe_item, run, date)
        if path in run.member_posts.translation_paths:
            run.hold_back(safe_item, "translated")
            run.seen_entries.append(entry)
        else:
            post = normalize_post(replace(_build_post(run, safe_item, post_id, language, date), of=origin.source_language))
            if post.guid in used_guids:  # one guid in two texts of a member is an error of the site
                post = replace(post, guid=tag_uri(run.site.tag_authority, post.member, post.id, post.language))
            used_guids.add(post.guid)
            run.posts.append(post)
            run.seen_entries.append(replace(entry, path=path))


def _limit_new_posts(run: _Selection, new_items: list[SafeItem]) -> Iterator[tuple[datetime, SafeItem, str]]:
    """Yield the new posts to write, the newest first, within the limits of the run and of the member."""
    admitted = list(_filter_new_posts(run, new_items))
    dated_items = [(date, safe_item) for date, safe_item, _ in admitted]
    within_limit = curation_rules.newest_within_limit(run.source, run.member_posts, dated_items)
    is_first_run = not run.member_posts.existing_posts and not run.member_posts.seen_entries
    new_count = 0
    for position, (date, safe_item, language) in enumerate(admitted):
        reason: HoldReason | Literal[""] = "" if position in within_limit else "limit"
        if (
            not reason
            and not curation_rules.is_pinned(safe_item, run.source.rules)
            and (not is_first_run or date >= run.site.now - _RECENT_PERIOD)
        ):
            reason = "flood" if new_count >= run.site.max_new_posts else ""
            new_count += not reason
        if reason:
            run.hold_back(safe_item, reason)
            run.seen_entries.append(_build_seen_entry(safe_item, run, date))
        else:
            yield date, safe_item, language


def _filter_new_posts(run: _Selection, new_items: list[SafeItem]) -> Iterator[tuple[datetime, SafeItem, str]]:
    """Yield the new posts that rules admit, that are the member's own, and whose language the site has, the newest first."""
    dated_items = ((_permanent_date(run, new), new.item.link, new.item.guid, new.title, new) for new in new_items)
    for date, *_, safe_item in sorted(dated_items, key=lambda dated_item: dated_item[:-1], reverse=True):
        if language := _resolve_language(run, safe_item):
            yield date, safe_item, language
        else:
            run.seen_entries.append(_build_seen_entry(safe_item, run, date))


def _resolve_language(run: _Selection, safe_item: SafeItem) -> str:
    """Return the language of a new post; an empty string where it is held back, with the reason recorded."""
    owner = curation_rules.url_owner(safe_item.item.link, run.site.site_owners)
    rejection = curation_rules.rejection_reason(safe_item, run.source.rules)
    if not effective_title(safe_item):
        run.hold_back(safe_item, "empty")
    elif safe_item.is_protected:
        run.hold_back(safe_item, "password")
    elif owner not in ("", run.source.member) and not curation_rules.is_pinned(safe_item, run.source.rules):
        run.hold_back(safe_item, "elsewhere", owner)
    elif rejection is not None:
        run.hold_back(safe_item, "rule", rejection)
    else:
        language, question = find_language(safe_item, run.source, run.site.languages)
        if question is None:
            return language
        run.hold_back(safe_item, "language", language)
        run.review_items.append(question)
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


def _previous_entry(run: _Selection, safe_item: SafeItem) -> SeenEntry | None:
    identity = item_identity(safe_item)
    return next((entry for entry, other in run.earlier_entries if is_same_post(identity, other)), None)


def _permanent_date(run: _Selection, safe_item: SafeItem) -> datetime:
    """Return the permanent date: the source's where it is credible, otherwise the day when the post was first seen.

    Posts without a date stand at the beginning of that day, below those that have a time, in the order of their feed.
    """
    previous = _previous_entry(run, safe_item)
    if previous and previous.date:
        return previous.date
    published, now = safe_item.item.published, run.site.now
    if published is not None and is_credible(published, now):
        return published
    first_seen = (previous.first_seen if previous else now).astimezone(run.site.timezone)
    offset = timezone(first_seen.utcoffset() or timedelta())
    begin = first_seen.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=offset)
    return begin + timedelta(seconds=run.undated.get(id(safe_item), 0))


def _build_seen_entry(safe_item: SafeItem, run: _Selection, date: datetime) -> SeenEntry:
    previous = _previous_entry(run, safe_item)
    return SeenEntry(
        guid=effective_guid(safe_item.item),
        original=safe_item.item.link,
        title=effective_title(safe_item),
        first_seen=previous.first_seen if previous else run.site.now,
        day=iso_day(safe_item.item.published),
        source_digest=content_digest(safe_item),
        raw_digest=safe_item.item.raw_digest,
        date=date,
    )
