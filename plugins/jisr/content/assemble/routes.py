"""Which pages the site has: every address, once, with the language it is in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from itertools import permutations

from jisr.core.diagnostics.problems import Phrase, Problem, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language, Languages
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.events import has_location
from jisr.core.model.site import BundledFile, Route, SitePolicy
from jisr.core.schema.kinds import COLLECTION_KINDS, Kinds
from jisr.core.urls import paths

FIXED_FAMILIES = ("resolutions", "timeline", "search", "subscribe", "verify")


@dataclass(frozen=True, slots=True)
class RoutingInputs:
    """What pages are made for."""

    languages: Languages
    kinds: Kinds
    policy: SitePolicy
    sets: Mapping[tuple[str, str], TranslationSet]
    shelves: Mapping[tuple[str, str], tuple[Document, ...]]
    files: tuple[BundledFile, ...] = ()
    has_feed_report: bool = False  # whether it is known how those of members are
    has_commitments: bool = False  # whether there are commitments


@dataclass(slots=True)
class _RouteTable:
    routes: dict[str, Route] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)  # address -> path of the text that has it
    folders: set[str] = field(default_factory=set)  # paths that are folders, since something stands below them
    short_addresses: dict[str, str] = field(default_factory=dict)  # short address -> the address that it stands for
    problems: list[Problem] = field(default_factory=list)

    def claim(self, address: str, owner: str) -> None:
        """Note whose an address is."""
        self.owners[address] = owner
        self.folders.update(_parent_folders(address))


def plan_routes(stock: RoutingInputs) -> tuple[dict[str, Route], list[Problem]]:
    """Return all pages by address, and a problem for each address that two things want."""
    made = _RouteTable()
    for route in (*_fixed_routes(stock), *_listing_routes(stock), *_profile_routes(stock), *_member_redirects(stock)):
        made.routes[route.address] = route
    for document in _all_versions(stock):
        _add_text(document, made)
    for route in _side_by_side_routes(stock):
        made.routes[route.address] = route
    for file in stock.files:
        made.claim(file.address, file.address)
    for document in _all_versions(stock) if stock.policy.short_addresses else ():
        _add_short_addresses(document, made)
    for document in _all_versions(stock):
        for alias in document.aliases:
            _add_alias(alias, document, made)
    return made.routes, made.problems


def _all_versions(stock: RoutingInputs) -> Iterator[Document]:
    return (version for one in stock.sets.values() for version in one.versions)


def _fixed_routes(stock: RoutingInputs) -> Iterator[Route]:
    """Return the pages every site has: the front door, and in each language its home and what goes with it."""
    yield Route("", None, "")
    yield Route("404.html", None, "404.html", indexed=False)
    yield Route("status/", None, "status", indexed=False)
    for language in stock.languages:
        yield Route(paths.home(language.tag), language, "")
        yield Route(f"{language.tag}/404.html", language, "404.html", indexed=False)
        for family in (*FIXED_FAMILIES, *_collection_families(stock)):
            yield Route(paths.collection_path(language.tag, family), language, family)
        if stock.has_feed_report:
            yield Route(paths.collection_path(language.tag, "blogs"), language, "blogs", indexed=False)


def _collection_families(stock: RoutingInputs) -> Iterator[str]:
    """Return the gathering pages that only a site with something to gather has."""
    if stock.has_commitments:
        yield "commitments"
    if any(has_location(one.original) for one in stock.sets.values() if one.kind == "conferences"):
        yield "places"


def _listing_routes(stock: RoutingInputs) -> Iterator[Route]:
    """Return the listings: of each kind that has any text, in every language."""
    for kind in stock.kinds:
        if not kind.listed or not any(family == kind.name for family, _ in stock.shelves):
            continue
        for language in stock.languages:
            yield Route(paths.collection_path(language.tag, kind.name), language, kind.name)
            texts = len(stock.shelves.get((kind.name, language.tag), ()))
            for number in range(2, -(-texts // stock.policy.page_size) + 1):
                address = paths.listing(language.tag, kind.name, number)
                yield Route(address, language, f"{kind.name}/page/{number}", indexed=False)


def _profile_routes(stock: RoutingInputs) -> Iterator[Route]:
    """Return the pages of topics, members and authors in each language in which they have texts, and the list of authors."""
    for family, tag in stock.shelves:
        if "/" in family:
            yield Route(paths.collection_path(tag, family), stock.languages[tag], family)
        if family.startswith("authors/"):
            yield Route(paths.collection_path(tag, "authors"), stock.languages[tag], "authors")


def _member_redirects(stock: RoutingInputs) -> Iterator[Route]:
    """Return the addresses between the listing of posts and a post: each leads to the member."""
    found = {(version.language, version.id.split("/")[0]) for version in _all_versions(stock) if version.kind == "posts"}
    for language, member in sorted(found, key=lambda one: (one[0].tag, one[1])):
        if ("members", member) in stock.sets:
            yield Route(f"{language.tag}/posts/{member}/", language, f"redirect/members/{member}", indexed=False)


def _side_by_side_routes(stock: RoutingInputs) -> Iterator[Route]:
    """Return the pages that show two versions beside each other, for the kinds that a setting names."""
    for texts in stock.sets.values():
        if texts.kind in stock.policy.side_by_side:
            for version, other in permutations(texts.versions, 2):
                family = paths.side_by_side_family(paths.family(*version.key), other.language.tag)
                yield Route(paths.collection_path(version.language.tag, family), version.language, family, indexed=False)


def _add_text(document: Document, made: _RouteTable) -> None:
    family = paths.family(document.kind, document.id)
    address = paths.collection_path(document.language.tag, family)
    owner = made.owners.get(address)
    if owner is not None:
        text = '"/{address}" is the address of {owner} too. Rename one of the two folders.'
        made.problems.append(Problem.error(document.location_of("title"), "address", text, address=address, owner=owner))
        return
    made.claim(address, document.path)
    indexed = document.status != "hidden"
    made.routes[address] = Route(address, document.language, family, indexed, document.modified or document.date)


def _add_short_addresses(document: Document, made: _RouteTable) -> None:
    """Return a text what a person can share: a code, which stays the same as long as its folder or the alias of that."""
    if document.kind in COLLECTION_KINDS:
        return
    for stood in paths.published_paths(document.language.tag, document.kind, document.id, document.aliases):
        address = paths.short_path(stood)
        if made.short_addresses.get(address) == stood:
            continue  # an alias that is taken: told where that is placed
        if address in made.owners:
            text = '"/{address}" is the short address of {owner} too, by chance. Rename the newer of the two folders.'
            values = {"address": address, "owner": made.owners[address]}
            made.problems.append(Problem.error(document.location_of("title"), "address", text, **values))
            continue
        made.claim(address, document.path)
        made.short_addresses[address] = stood
        family = paths.family(document.kind, document.id)
        made.routes[address] = Route(address, document.language, f"short/{family}", indexed=False)


def _add_alias(alias: str, document: Document, made: _RouteTable) -> None:
    address = paths.legacy_address(alias)
    if address.startswith(paths.SHORT_PREFIX) and made.owners.get(address) == document.path:
        return  # that it was given already
    above = next((made.owners[folder] for folder in _parent_folders(address) if folder in made.owners), "")
    owner: str | Phrase = made.owners.get(address) or above
    if address in made.routes or paths.is_generated(address):
        owner = owner or phrase("the site itself")
    if owner or address in made.folders:
        text = '"{alias}" is taken: it is the address of {owner}. Take it out, or choose the address that readers really used.'
        place = document.locations.get(f"aliases.{alias}", document.location_of("aliases"))
        made.problems.append(Problem.error(place, "alias", text, alias=alias, owner=owner or phrase("a folder of the site")))
        return
    made.claim(address, document.path)
    family = paths.family(document.kind, document.id)
    made.routes[address] = Route(address, document.language, f"redirect/{family}", indexed=False)


def _parent_folders(address: str) -> Iterator[str]:
    """Return the paths above an address, none of which can be a file."""
    steps = address.rstrip("/").split("/")
    return ("/".join(steps[:count]) for count in range(1, len(steps)))


def group_by_family(routes: Mapping[str, Route], languages: Languages) -> dict[str, tuple[Route, ...]]:
    """Return the indexed pages below languages by family, each family in the order of the languages."""
    order = {language.tag: position for position, language in enumerate(languages)}
    found: dict[str, list[Route]] = {}
    for route in routes.values():
        if route.language is not None and route.indexed:
            found.setdefault(route.family, []).append(route)
    return {
        family: tuple(sorted(pages, key=lambda page: order[_language_tag(page.language)])) for family, pages in found.items()
    }


def _language_tag(language: Language | None) -> str:
    return language.tag if language else ""
