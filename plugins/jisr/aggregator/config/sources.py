"""The members of the site as sources of posts, and the site as context of the selection."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from jisr.aggregator.config.shared_hosts import host_of, is_on_shared_host
from jisr.aggregator.model import CurationRule, FeedSource, SiteContext
from jisr.aggregator.select.identity import canonical_url
from jisr.core.model.document import Document, Profile
from jisr.core.model.site import Site
from jisr.ingest.language.letter_folding import normalize_text

_DEFAULT_LIMIT = 200  # posts of a member whose file states no limit


def member_sources(site: Site) -> tuple[FeedSource, ...]:
    """Return the members whose files state the address of a blog, in the order of their ids; a draft is no member yet."""
    originals = (texts.original for texts in site.of_kind("members"))
    return tuple(
        _build_source(text) for text in originals if text.status != "draft" and (text.profile.feed or text.profile.site)
    )


def _build_source(document: Document) -> FeedSource:
    profile = document.profile
    return FeedSource(
        member=document.id,
        path=document.path,
        feed=profile.feed,
        site=profile.site,
        languages=profile.languages,
        full_text=profile.republish == "full",
        licence=profile.licence,
        consent=_consent_day(profile.consent),
        limit=_DEFAULT_LIMIT if profile.limit is None else profile.limit,
        rules=tuple(_curation_rules(profile)),
    )


def _curation_rules(profile: Profile) -> Iterable[CurationRule]:
    yield from (CurationRule("pin", target) for target in profile.pin)
    yield from (CurationRule("hide", hidden.post, hidden.reason) for hidden in profile.hide)
    yield from (CurationRule("only", target) for target in profile.only)
    yield from (CurationRule("skip", target) for target in profile.skip)


def _consent_day(moment: date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def site_context(site: Site, max_new_posts: int) -> SiteContext:
    """Return the context of the selection without the names of authors."""
    return SiteContext(
        now=site.now,
        languages=site.languages.tags,
        site_owners=_site_owners(site),
        topics_by_name=_topics_by_name(site),
        member_ids=frozenset(texts.id for texts in site.of_kind("members")),
        member_titles={
            texts.id: frozenset(normalize_text(version.title) for version in texts.versions)
            for texts in site.of_kind("members")
        },
        max_new_posts=max_new_posts,
        timezone=site.timezone,
        tag_authority=site.policy.tag_authority,
        own_guids=frozenset(
            version.provenance.guid.strip()
            for (kind, _), texts in site.sets.items()
            for version in texts.versions
            if kind != "posts" and version.provenance.guid
        ),
    )


def _site_owners(site: Site) -> dict[str, str]:
    """Return the owners of addresses by prefix of a canonical URL: sites, and hosts of feeds that one member alone has.

    A site that two members state has no owner, nor has the host of a feed that several members state, or many blogs share.
    """
    owners_by_url: dict[str, set[str]] = {}
    members_by_host: dict[str, set[str]] = {}
    for texts in site.of_kind("members"):
        profile = texts.original.profile
        if address := canonical_url(profile.site):
            owners_by_url.setdefault(address, set()).add(texts.id)
        for address in filter(None, map(canonical_url, (profile.site, profile.feed))):
            members_by_host.setdefault(host_of(address), set()).add(texts.id)
    for texts in site.of_kind("members"):
        feed = canonical_url(texts.original.profile.feed)
        if feed and len(members_by_host[host_of(feed)]) == 1 and not is_on_shared_host(feed):
            owners_by_url.setdefault(host_of(feed), set()).add(texts.id)
    return {address: next(iter(owners)) for address, owners in owners_by_url.items() if len(owners) == 1}


def _topics_by_name(site: Site) -> dict[str, str]:
    """Return the ids of topics by all their names in all languages and by the ids themselves."""
    topics: dict[str, str] = {}
    for texts in site.of_kind("topics"):
        for name in (texts.id, *(version.title for version in texts.versions)):
            topics.setdefault(normalize_text(name), texts.id)
    return topics
