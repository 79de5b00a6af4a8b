"""What editors say of a member's posts: pin, hide, only, skip; the limit; and whose an address is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from jisr.aggregator.model import CurationRule, FeedSource
from jisr.aggregator.post_model import MemberPosts, SafeItem
from jisr.aggregator.select.identity import canonical_url
from jisr.ingest.language.letter_folding import first_mentioned


def rejection_reason(clean: SafeItem, rules: Sequence[CurationRule]) -> str | None:
    """Return why a post is left out, in the rule's words, or None where it is let in.

    A pin lets a post in whatever else is said; a hide keeps it out; then ``skip`` words; and where there are ``only`` words,
    one of them is needed. Words are looked for in title, topics and text.
    """
    if is_pinned(clean, rules):
        return None
    for rule in rules:
        if rule.verb == "hide" and rule_matches(rule, clean.item.guid, clean.item.link):
            return rule.reason or rule.target
    text = "\n".join((clean.title, *clean.item.topics, clean.body))
    if skipped := first_mentioned(text, [rule.target for rule in rules if rule.verb == "skip"]):
        return next((rule.reason or rule.target for rule in rules if rule.verb == "skip" and rule.target == skipped), skipped)
    wanted = [rule.target for rule in rules if rule.verb == "only"]
    return ", ".join(wanted) if wanted and not first_mentioned(text, wanted) else None


def is_pinned(clean: SafeItem, rules: Sequence[CurationRule]) -> bool:
    """Whether an editor wants a post, however many there are and whatever it is about."""
    return any(rule.verb == "pin" and rule_matches(rule, clean.item.guid, clean.item.link) for rule in rules)


def rule_matches(rule: CurationRule, guid: str, link: str) -> bool:
    """Whether a rule speaks of the post with this guid or address, however the address is written."""
    said = rule.target.strip()
    address = canonical_url(said)
    return bool(said) and (said == guid.strip() or (bool(address) and address == canonical_url(link)))


def newest_within_limit(source: FeedSource, shelf: MemberPosts, wanted: Sequence[tuple[datetime, SafeItem]]) -> set[int]:
    """Return the positions of the new posts that are among the newest a member may have; a pinned post always is.

    Posts that are shown already count, and stay: nothing that was shown is lost to a limit.
    """
    dates = sorted([*(one.post.date for one in shelf.existing_posts), *(date for date, _ in wanted)], reverse=True)
    oldest = dates[source.limit - 1] if 0 < source.limit <= len(dates) else None
    return {
        at
        for at, (date, clean) in enumerate(wanted)
        if (at < source.limit and (oldest is None or date >= oldest)) or is_pinned(clean, source.rules)
    }


def url_owner(link: str, claims: Mapping[str, str]) -> str:
    """Return the member whose site an address belongs to, or an empty string.

    ``claims`` are the beginnings of canonical links; the longest that fits decides, so that blogs of one host can be told.

    >>> url_owner("https://blogs.example.org/penus/7", {"blogs.example.org": "insm", "blogs.example.org/penus": "penus"})
    'penus'
    """
    address = canonical_url(link)
    fitting = [site for site in claims if address == site or address.startswith((f"{site}/", f"{site}?"))]
    return claims[max(fitting, key=len)] if fitting else ""
