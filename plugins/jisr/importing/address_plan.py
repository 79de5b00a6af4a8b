"""Where the old addresses lead: an alias of the version that stood there, a line of ``redirects.yaml``, or a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from jisr.core.diagnostics.problems import phrase
from jisr.core.urls import paths
from jisr.core.urls.old_addresses import address_fault, file_ending
from jisr.importing.old_site import Note, OldSite, normal
from jisr.importing.text_plan import ImportPlan, Taken

Place = tuple[str, str, str]
"""The kind, id and language of a version."""

_SAFE = "/%:@!$&'()*+,;=~-._"


def plan_addresses(plan: ImportPlan, site: OldSite, taken: Taken) -> None:
    """Give each old address to the version that stood there: as an alias where a page can be, else as a line of redirects."""
    ours = {one.folder.removeprefix("pages/") for one in plan.texts} | {f"topics/{one}" for one, _ in plan.topics.values()}
    own = {text.address(tag) for text in plan.texts for tag in text.versions}
    own |= {address for address, owner in taken.addresses.items() if owner not in ours}
    own |= {f"{tag}/topics/{identity}/" for identity, topic in plan.topics.values() for tag in topic.names}
    seen = {_fold(one) for one in own}
    for address, place in _claims(plan):
        kind, identity, tag = place
        target = f"/{paths.text(tag, kind, identity)}"
        if known := plan.places.get(normal(address)):
            if known != place:
                site.read["addresses"] += 1
                there = f"{known[0]}/{known[1]}"
                why = phrase("{address} was the address of {place} too, and leads there", address=address, place=there)
                site.doubts.append(Note(f"{kind}/{identity}", why, "address"))
            continue
        plan.places[normal(address)] = place
        site.read["addresses"] += 1
        path = paths.legacy_address(address.partition("?")[0])
        if f"/{path}" == target or not (path or "?" in address):
            plan.same.append(address)
            continue  # where it stood before
        if not _is_path(address) or ("?" not in address and (_fold(path) in seen or _is_taken(path, own, taken))):
            why = phrase("{address} is an address of this site, or can be none: it does not lead on", address=address)
            site.doubts.append(Note(f"{kind}/{identity}", why, "address"))
        elif "?" in address or address_fault(path) or file_ending(path):
            plan.redirects[address] = target
        else:
            plan.aliases[place].append(address)
            seen.add(_fold(path))
    _plan_feeds(plan, site, taken)
    _name_unanswered(plan, own)


def _claims(plan: ImportPlan) -> Iterator[tuple[str, Place]]:
    """Yield the old addresses of texts and topics, each with the version that stood there."""
    for text in plan.texts:
        for tag, version in text.versions.items():
            for address in version.addresses if not version.is_draft else ():
                yield tidy_address(address), (text.kind, text.id, tag)
    for identity, topic in plan.topics.values():
        for tag, addresses in topic.addresses.items():
            own = tag if tag in topic.names else next(iter(topic.names))
            for address in addresses:
                yield tidy_address(address), ("topics", identity, own)


def _plan_feeds(plan: ImportPlan, site: OldSite, taken: Taken) -> None:
    """Lead the feeds of the old site to those of this one."""
    for address, tag in site.feeds.items() if plan.texts else ():
        if normal(address) in plan.places or address in plan.redirects:
            continue
        site.read["addresses"] += 1
        if tag in taken.tags:
            plan.redirects[address] = f"/{tag}/replies/feed.atom" if "/comments/" in address else f"/{tag}/feed.rss"
        else:
            why = phrase('its language, "{tag}", is not one of this site; add it to LANGUAGES', tag=tag)
            site.leave("address", address, why)


def _is_path(address: str) -> bool:
    """Whether an address has no steps that lead elsewhere, and no signs that nobody sees."""
    if not unquote(address).isprintable() or re.search(r"[#\\\s]", address):
        return False
    steps = unquote(address.partition("?")[0]).strip("/").split("/")
    return not {"", ".", ".."} & set(steps) or steps == [""]


def _is_taken(path: str, own: set[str] | frozenset[str], taken: Taken) -> bool:
    """Whether something of this site stands at an address, or will as soon as it has a text for it."""
    steps = path.rstrip("/").split("/")
    is_listing = steps[0] in taken.tags and (len(steps) == 1 or steps[1] in paths.RESERVED_SEGMENTS)
    below_file = any(one in own for one in _folders(path)) or path.rstrip("/") in own
    return is_listing or below_file or paths.is_generated_or_below(path)


def _name_unanswered(plan: ImportPlan, own: set[str] | frozenset[str]) -> None:
    """Note the old addresses that a host without rules cannot answer: those whose path is a page of this site, and files."""
    for address in plan.redirects:
        path = paths.legacy_address(address.partition("?")[0])
        if not path or path in own or (file_ending(path) and "?" not in address):
            plan.no_page.append(address)


def _folders(address: str) -> list[str]:
    """Return the paths above an address, at which no file can be."""
    steps = address.rstrip("/").split("/")
    return ["/".join(steps[:count]) for count in range(1, len(steps))]


def _fold(address: str) -> str:
    return address.casefold()


def tidy_address(address: str) -> str:
    """Return an address with all its letters encoded where one of them is no part of an address.

    >>> tidy_address("/a b/"), tidy_address("/%D8%A8/?x=1")
    ('/a%20b/', '/%D8%A8/?x=1')
    """
    if address.isprintable() and not re.search(r"[\s\\#\"<>]", address):
        return address
    path, mark, query = address.partition("?")
    return f"{quote(path, safe=_SAFE)}{mark}{quote(query, safe=_SAFE)}"


def quote_path(address: str) -> str:
    """Return an address as it stands in a ledger: encoded."""
    return quote(unquote(address))
