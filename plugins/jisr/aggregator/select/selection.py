"""Which of a feed's posts are shown, under which id, date and language; what is held back; what editors are asked. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from jisr.aggregator.model import Post, Source
from jisr.aggregator.post_model import Choice, Clean, Held, Known, Network, Proposal, Shelf, Tombstone, Trace, Why, digest
from jisr.aggregator.report import review_items
from jisr.aggregator.select import bylines, curation_rules, slugs
from jisr.aggregator.select.identity import Marks, canonical, is_same, marks, pair
from jisr.aggregator.select.post_translations import Origin, Version, origins, translated
from jisr.aggregator.select.recognition import day_of, guid_of, known_marks, marks_of, once, said, title_of, trace_marks
from jisr.aggregator.store.front_matter_edit import is_credible, render, settle
from jisr.aggregator.store.images.image_links import linked, placed
from jisr.ingest.language import identification
from jisr.ingest.language.letter_folding import fold

Shorten = Callable[[str, str], str]
"""Gives the excerpt of a Markdown text in a language."""

_RECENT = timedelta(days=2)
_MOST_TRACES = 2000  # of posts without files that left the feed: it can name new ones for ever


@dataclass(slots=True)
class _Run:
    """One member's choice while it is made."""

    source: Source
    shelf: Shelf
    network: Network
    shorten: Shorten
    remembered: tuple[tuple[Trace, Marks], ...]
    posts: list[Post] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)

    def hold(self, clean: Clean, why: Why, said: str = "") -> None:
        self.held.append(Held(self.source.member, clean.title, clean.item.link, why, said))


def choose(source: Source, items: Sequence[Clean], shelf: Shelf, network: Network, shorten: Shorten) -> Choice:
    """Give what is to be written, held back, asked and remembered of a member's feed.

    Posts and traces are of this member alone. The order of the items makes no difference; what was chosen and written is
    not chosen again. A feed without items changes nothing, and a post that is no longer in it stays.
    """
    run = _Run(source, shelf, network, shorten, tuple((one, trace_marks(one)) for one in shelf.traces))
    cleans = once(items)
    found = tuple(marks_of(one) for one in cleans)
    paired = dict(pair(found, [known_marks(one) for one in shelf.known]))
    fresh: list[Clean] = []
    buried = _buried(shelf)
    stones = [marks(one.guid, one.original, one.title, one.day) for one in (*shelf.tombstones, *buried)]
    removed = dict(pair(found, stones))
    for at, clean in enumerate(cleans):
        if at in paired:
            if not _is_hidden(run, shelf.known[paired[at]]):
                _again(run, clean, shelf.known[paired[at]])
        elif at not in removed:
            fresh.append(clean)
    if not shelf.broken:
        _take(run, fresh)
    run.proposals += review_items.removed(shelf, found, set(paired.values()))
    run.proposals += review_items.limit(source, shelf) + review_items.broken(shelf)
    for known in shelf.known:
        if _is_hidden(run, known):
            _withdraw(run, known)
    return _choice(run, buried)


def _choice(run: _Run, buried: tuple[Tombstone, ...]) -> Choice:
    return Choice(
        member=run.source.member,
        posts=tuple(sorted(run.posts, key=lambda post: post.id)),
        held=tuple(sorted(run.held, key=lambda one: (one.why, one.original, one.title))),
        proposals=tuple(sorted(run.proposals, key=lambda one: (one.path, one.kind))),
        traces=_remember(run, buried),
        buried=buried,
        withdrawn=tuple(sorted(run.withdrawn)),
    )


def _remember(run: _Run, buried: tuple[Tombstone, ...]) -> tuple[Trace, ...]:
    """Give all that is to be remembered of a member: what this feed says, and of older posts what was known before."""
    paths = {one.path for one in run.traces if one.path}
    now = [trace_marks(one) for one in run.traces]
    gone = {(one.guid, one.original) for one in buried}
    kept = [
        one
        for one, mark in run.remembered
        if one.path not in paths
        and not (one.path and (one.guid, one.original) in gone)
        and not any(is_same(mark, other) for other in now)
    ]
    shown = [one for one in kept if one.path]
    others = sorted((one for one in kept if not one.path), key=lambda one: one.seen, reverse=True)[:_MOST_TRACES]
    return tuple(sorted((*run.traces, *shown, *others), key=lambda one: (one.guid, one.original, one.title, one.path)))


def _buried(shelf: Shelf) -> tuple[Tombstone, ...]:
    """Give a tombstone for each post that was written and has no file any more: an editor removed it."""
    there = [known_marks(one) for one in shelf.known]
    paths = {one.path for one in shelf.known}
    gone = [trace for trace in shelf.traces if trace.path and trace.path not in paths]
    if len(gone) > 1 and not there:
        return ()  # nobody removes a member that way: the memory is that of another state of the content
    kept = {at for at, _ in pair([trace_marks(one) for one in gone], there)}
    return tuple(
        Tombstone(one.guid, one.original, one.title, one.day, "Its file was removed.")
        for at, one in enumerate(gone)
        if at not in kept
    )


def _again(run: _Run, clean: Clean, known: Known) -> None:
    """Write, propose or leave a post that has a file already."""
    trace = known.trace or Trace(known.post.guid, known.post.original, clean.title, run.network.now)
    current = replace(trace, title=title_of(clean), day=day_of(clean.item.published), said=said(clean), path=known.path)
    if not known.readable:
        run.traces.append(replace(current, digest=""))
        return
    if not title_of(clean) or (known.post.body and not clean.body.strip()):
        run.traces.append(replace(trace, digest=known.digest if known.ours else "", path=known.path))
        run.proposals.append(review_items.emptied(known))
        return
    post = _updated(run, clean, known)
    written = render(replace(post, body=linked(post.body)))
    if known.digest == digest(written):
        run.traces.append(replace(current, digest=known.digest))  # also where the memory was lost: it is as we would write it
    elif known.ours:
        run.posts.append(post)
        run.traces.append(current)
    elif known.trace is None or known.trace.said == current.said:
        run.traces.append(replace(current, digest=""))
    else:
        run.traces.append(replace(trace, digest="", path=known.path))
        run.proposals.append(review_items.changed(known, written))


def _updated(run: _Run, clean: Clean, known: Known) -> Post:
    """Give a post as its source says it now, with what stays: its id, language, date, guid and when it was fetched."""
    old = known.post
    new = settle(
        replace(_post(run, clean, old.id, old.language, old.date), guid=old.guid or guid_of(clean.item), fetched=old.fetched)
    )
    owner = curation_rules.owner(new.original, run.network.claims)
    original = new.original if owner in ("", run.source.member) and new.original else old.original
    new = replace(new, sources=old.sources, modified=old.modified, original=original, of=translated(old, run.shelf.known))
    new = replace(new, body=placed(new.body, known.pictures))
    if (new.title, linked(new.body)) == (old.title, old.body):
        return replace(new, body=old.body)
    if known.trace and known.trace.said == said(clean):
        return new  # it is we who show it otherwise
    now, updated = run.network.now, clean.item.updated
    moment = updated if updated and is_credible(updated, now) and updated > (old.modified or old.date) else now
    return settle(replace(new, modified=moment))


def _post(run: _Run, clean: Clean, identity: str, language: str, date: datetime) -> Post:
    source, item = run.source, clean.item
    body = clean.body if source.full else run.shorten(clean.body, language)
    topics = tuple(sorted({run.network.topics[fold(one)] for one in item.topics if fold(one) in run.network.topics}))
    return Post(
        member=source.member,
        id=identity,
        language=language,
        title=title_of(clean),
        body=body,
        excerpt=not source.full,
        date=date,
        guid=guid_of(item),
        original=item.link if canonical(item.link) else source.site,
        authors=bylines.names(item.authors, source.member, run.network.spelled, run.network.members),
        topics=topics,
        licence=item.licence or source.licence,
        fetched=run.network.now,
    )


def _take(run: _Run, fresh: list[Clean]) -> None:
    """Take new posts; a translation goes into the folder of its original."""
    accepted = list(_accepted(run, fresh))
    versions = [Version(clean.item.link, clean.item.alternates, language, date) for date, clean, language in accepted]
    tags = tuple(dict.fromkeys((*run.source.languages, *run.network.languages)))
    found = origins(versions, run.shelf.known, tags)
    taken = set(run.shelf.taken)
    identities: dict[int, str] = {}
    for at in sorted(range(len(accepted)), key=lambda at: (at in found, at)):
        date, clean, language = accepted[at]
        origin = found.get(at, Origin(""))
        identity = origin.identity or identities.get(origin.position, "")
        identities[at] = identity or slugs.name(clean.item.link, clean.title, date.date().isoformat(), taken)
        taken.add(identities[at])
        path = f"posts/{run.source.member}/{identities[at]}/index.{language}.md"
        if path in run.shelf.translated:
            run.hold(clean, "translated")
            run.traces.append(_trace(clean, run, date))
        else:
            run.posts.append(settle(replace(_post(run, clean, identities[at], language, date), of=origin.of)))
            run.traces.append(replace(_trace(clean, run, date), path=path))


def _accepted(run: _Run, fresh: list[Clean]) -> Iterator[tuple[datetime, Clean, str]]:
    """Give the new posts that are written, the newest first, until the run or the member has enough of them."""
    dated = sorted(((_date(run, clean), clean) for clean in fresh), key=lambda one: (one[0], _natural(one[1])), reverse=True)
    wanted = list(_wanted(run, dated))
    kept = curation_rules.within_limit(run.source, run.shelf, [(date, clean) for date, clean, _ in wanted])
    first = not run.shelf.known and not run.shelf.traces
    new = 0
    for at, (date, clean, language) in enumerate(wanted):
        held: Why | Literal[""] = "" if at in kept else "limit"
        if (
            not held
            and not curation_rules.is_pinned(clean, run.source.rules)
            and (not first or date >= run.network.now - _RECENT)
        ):
            held = "flood" if new >= run.network.most_new else ""
            new += not held
        if held:
            run.hold(clean, held)
            run.traces.append(_trace(clean, run, date))
        else:
            yield date, clean, language


def _wanted(run: _Run, dated: list[tuple[datetime, Clean]]) -> Iterator[tuple[datetime, Clean, str]]:
    """Give the new posts that rules let in, that are the member's own, and whose language is known."""
    for date, clean in dated:
        if (language := _language(run, clean)) in run.network.languages:
            yield date, clean, language
        else:
            run.traces.append(_trace(clean, run, date))


def _language(run: _Run, clean: Clean) -> str:
    """Give the language of a new post, or an empty string where it is held back for any reason, which is noted."""
    owner = curation_rules.owner(clean.item.link, run.network.claims)
    refused = curation_rules.refused(clean, run.source.rules)
    if not title_of(clean):
        run.hold(clean, "empty")
    elif owner and owner != run.source.member:
        run.hold(clean, "elsewhere", owner)
    elif refused is not None:
        run.hold(clean, "rule", refused)
    else:
        told = identification.tell(f"{clean.title}\n{clean.body}", clean.item.language, run.source.languages)
        if told in run.network.languages:
            return told
        run.hold(clean, "language", told)
        run.proposals.append(review_items.language(run.source, title_of(clean), clean.item.link, told))
    return ""


def _is_hidden(run: _Run, known: Known) -> bool:
    rules = (rule for rule in run.source.rules if rule.verb == "hide")
    return any(curation_rules.names(rule, known.post.guid, known.post.original) for rule in rules)


def _withdraw(run: _Run, known: Known) -> None:
    """Take a hidden post away where nobody worked on it; else ask. It comes back with its date when the rule goes."""
    if known.ours and known.alone and known.trace:
        run.withdrawn.append(known.path)
        run.traces.append(replace(known.trace, path="", digest="", date=known.post.date))
    else:
        run.proposals.append(review_items.hidden(run.source, known))


def _natural(clean: Clean) -> tuple[str, str, str]:
    return (clean.item.link, clean.item.guid, clean.title)


def _remembered(run: _Run, clean: Clean) -> Trace | None:
    mine = marks_of(clean)
    return next((trace for trace, mark in run.remembered if is_same(mine, mark)), None)


def _date(run: _Run, clean: Clean) -> datetime:
    """Give the date that stays: the source's where it can be one, else when the post was first seen."""
    remembered = _remembered(run, clean)
    if remembered and remembered.date:
        return remembered.date
    published, now = clean.item.published, run.network.now
    return published if published is not None and is_credible(published, now) else now


def _trace(clean: Clean, run: _Run, date: datetime) -> Trace:
    remembered = _remembered(run, clean)
    return Trace(
        guid=guid_of(clean.item),
        original=clean.item.link,
        title=title_of(clean),
        seen=remembered.seen if remembered else run.network.now,
        day=day_of(clean.item.published),
        said=said(clean),
        date=date,
    )
