"""The rules of editors on a member's posts (pin, hide, only, skip), the limit, the licence, and the owners of addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from jisr.aggregator.model import CurationRule, FeedSource, MemberPosts, SafeItem
from jisr.aggregator.select.identity import canonical_url
from jisr.ingest.language.letter_folding import first_mentioned

_LICENCE = re.compile(
    r"https?://(?:www\.)?(?:creativecommons\.org/(?:licenses|publicdomain)/|gnu\.org/licenses/|artlibre\.org/|opendatacommons\.org/licenses/)\S*"
    r"|CC0(?: 1\.0)?|CC[ -]BY(?:-NC)?(?:-SA|-ND)?(?: \d\.\d)?(?: [A-Z]{2,4})?",
    re.IGNORECASE,
)


def rejection_reason(safe_item: SafeItem, rules: Sequence[CurationRule]) -> str | None:
    """Return why a post is rejected, in the words of the rule, or None where it is admitted.

    A pin admits a post whatever the other rules say; a hide rejects it; then ``skip`` words reject it; and where there are
    ``only`` words, it needs one of them. Words are searched in title, topics and text.
    """
    if is_pinned(safe_item, rules):
        return None
    for rule in rules:
        if rule.verb == "hide" and rule_matches(rule, safe_item.item.guid, safe_item.item.link):
            return rule.reason or rule.target
    text = "\n".join((safe_item.title, *safe_item.item.topics, safe_item.body))
    if word := first_mentioned(text, [rule.target for rule in rules if rule.verb == "skip"]):
        return next((rule.reason or rule.target for rule in rules if rule.verb == "skip" and rule.target == word), word)
    words = [rule.target for rule in rules if rule.verb == "only"]
    return ", ".join(words) if words and not first_mentioned(text, words) else None


def agreed_licence(source: FeedSource, safe_item: SafeItem) -> str:
    """Return the licence that a member agreed to, else the one its feed states: a line about copyright is none."""
    stated = safe_item.item.licence
    return source.licence or (stated if _LICENCE.fullmatch(stated) else "")


def is_pinned(safe_item: SafeItem, rules: Sequence[CurationRule]) -> bool:
    """Whether an editor pinned a post: it is admitted beyond the limit and against other rules."""
    return any(rule.verb == "pin" and rule_matches(rule, safe_item.item.guid, safe_item.item.link) for rule in rules)


def rule_matches(rule: CurationRule, guid: str, link: str) -> bool:
    """Whether the target of a rule is this guid or this address, however it is spelled."""
    target = rule.target.strip()
    url = canonical_url(target)
    return bool(target) and (target == guid.strip() or (bool(url) and url == canonical_url(link)))


def newest_within_limit(
    source: FeedSource, member_posts: MemberPosts, dated_items: Sequence[tuple[datetime, SafeItem]]
) -> set[int]:
    """Return the positions of the new posts that are within the limit of a member, the newest first, and of pinned posts.

    Existing posts count, and stay: a limit removes nothing.
    """
    existing_dates = [existing.post.date for existing in member_posts.existing_posts]
    dates = sorted([*existing_dates, *(date for date, _ in dated_items)], reverse=True)
    oldest = dates[source.limit - 1] if 0 < source.limit <= len(dates) else None
    return {
        position
        for position, (date, safe_item) in enumerate(dated_items)
        if (position < source.limit and (oldest is None or date >= oldest)) or is_pinned(safe_item, source.rules)
    }


def url_owner(link: str, site_owners: Mapping[str, str]) -> str:
    """Return the member whose site has an address, or an empty string.

    The keys of ``site_owners`` are prefixes of canonical URLs; the longest decides, which distinguishes blogs of one host.

    >>> url_owner("https://blogs.example.org/penus/7", {"blogs.example.org": "insm", "blogs.example.org/penus": "penus"})
    'penus'
    """
    address = canonical_url(link)
    sites = [site for site in site_owners if address == site or address.startswith((f"{site}/", f"{site}?"))]
    return site_owners[max(sites, key=len)] if sites else ""
