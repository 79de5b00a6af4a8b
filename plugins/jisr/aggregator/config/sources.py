"""The members of the site as sources of posts, and what a choice must know of the site."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from jisr.aggregator.model import CurationRule, FeedSource
from jisr.aggregator.post_model import SiteContext
from jisr.aggregator.select.identity import canonical_url
from jisr.core.model.document import Document, Profile
from jisr.core.model.site import Site
from jisr.ingest.language.letter_folding import normalize_text

_DEFAULT_LIMIT = 200  # posts that are kept of a member whose file says nothing else


def member_sources(site: Site) -> tuple[FeedSource, ...]:
    """Return the members that say where their blog is, in the order of their ids; a draft is no member yet."""
    originals = (texts.original for texts in site.of_kind("members"))
    return tuple(_build_source(one) for one in originals if one.status != "draft" and (one.profile.feed or one.profile.site))


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
    yield from (CurationRule("pin", said) for said in profile.pin)
    yield from (CurationRule("hide", one.post, one.reason) for one in profile.hide)
    yield from (CurationRule("only", said) for said in profile.only)
    yield from (CurationRule("skip", said) for said in profile.skip)


def _consent_day(moment: date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def site_context(site: Site, most_new: int) -> SiteContext:
    """Return what a choice must know of the site, but for the names of its authors."""
    return SiteContext(
        now=site.now,
        languages=site.languages.tags,
        site_owners=_site_owners(site),
        topics_by_name=_topics_by_name(site),
        member_ids=frozenset(texts.id for texts in site.of_kind("members")),
        max_new_posts=most_new,
    )


def _site_owners(site: Site) -> dict[str, str]:
    """Return which addresses are whose: a site that two members name is neither's alone."""
    found: dict[str, set[str]] = {}
    for texts in site.of_kind("members"):
        if address := canonical_url(texts.original.profile.site):
            found.setdefault(address, set()).add(texts.id)
    return {address: next(iter(owners)) for address, owners in found.items() if len(owners) == 1}


def _topics_by_name(site: Site) -> dict[str, str]:
    """Return the topics by all their names in all languages, and by their ids."""
    found: dict[str, str] = {}
    for texts in site.of_kind("topics"):
        for name in (texts.id, *(version.title for version in texts.versions)):
            found.setdefault(normalize_text(name), texts.id)
    return found
