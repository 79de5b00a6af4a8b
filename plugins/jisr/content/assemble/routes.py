"""The routes of the site: the address of every page, once, with its language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import permutations
from urllib.parse import unquote

from jisr.content.read.redirects import OldAddress
from jisr.core.diagnostics.problems import Phrase, Problem, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language, Languages
from jisr.core.model.document import Document
from jisr.core.model.events import has_location
from jisr.core.model.site import BundledFile, Route, Site
from jisr.core.schema.field_parsers import ALIAS_TAKEN
from jisr.core.schema.kinds import COLLECTION_KINDS
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import FEED_FORMATS, feed_specs
from jisr.core.urls.old_addresses import address_fault, file_ending
from jisr.core.urls.paging import count_archives

FIXED_FAMILIES = ("resolutions", "timeline", "search", "subscribe", "verify", "offline")


@dataclass(frozen=True, slots=True)
class RoutePlan:
    """All pages by address, the copies of files at their old addresses, and what is wrong with addresses."""

    routes: dict[str, Route]
    copies: dict[str, BundledFile]
    problems: list[Problem]
    redirects: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # as in the Site


@dataclass(slots=True)
class _RouteTable:
    routes: dict[str, Route] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)  # address -> path of the text that has it
    folders: set[str] = field(default_factory=set)  # paths that are folders, since there is something below them
    short_addresses: dict[str, str] = field(default_factory=dict)  # short address -> the address that it leads to
    copies: dict[str, BundledFile] = field(default_factory=dict)  # old address of a file -> the file that took its place
    folded: dict[str, str] = field(default_factory=dict)  # each address in one case and normal form -> the address
    problems: list[Problem] = field(default_factory=list)

    def claim(self, address: str, owner: str) -> None:
        """Register the owner of an address."""
        self.owners[address] = owner
        self.folders.update(_parent_folders(address))


def plan_routes(
    site: Site, text_files: Mapping[tuple[str, str], tuple[BundledFile, ...]], old_addresses: Sequence[OldAddress] = ()
) -> RoutePlan:
    """Return all pages by address, the copies of files, and a problem for each address that two of them claim.

    ``text_files`` are the published files of each text that has an old address; ``old_addresses`` are those of redirects.yaml.
    """
    table = _RouteTable()
    for route in (*_fixed_routes(site), *_listing_routes(site), *_profile_routes(site), *_member_redirects(site)):
        table.routes[route.address] = route
    for document in _all_versions(site):
        _add_text(document, table)
    for route in _side_by_side_routes(site):
        table.routes[route.address] = route
    for address in site.files:
        table.claim(address, address)
    for document in _all_versions(site) if site.policy.short_addresses else ():
        _add_short_addresses(document, table)
    with_aliases = [document for document in _all_versions(site) if document.aliases]
    if with_aliases or old_addresses:
        table.folded.update((_fold(address), address) for address in (*table.owners, *table.routes))
    for document in with_aliases:
        for alias in document.aliases:
            _add_alias(alias, document, text_files.get(document.key, ()), table)
    redirects = _plan_redirects(old_addresses, site, table)
    return RoutePlan(table.routes, table.copies, table.problems, redirects)


def _all_versions(site: Site) -> Iterator[Document]:
    return (version for texts in site.sets.values() for version in texts.versions)


def _fixed_routes(site: Site) -> Iterator[Route]:
    """Return the pages every site has: the front door, and in each language its home and its indexes."""
    yield Route("", None, "")
    yield Route("404.html", None, "404.html", indexed=False)
    yield Route("status/", None, "status", indexed=False)
    for language in site.languages:
        yield Route(paths.home(language.tag), language, "")
        yield Route(f"{language.tag}/404.html", language, "404.html", indexed=False)
        for family in (*FIXED_FAMILIES, *_collection_families(site)):
            yield Route(paths.collection_path(language.tag, family), language, family)
        if len(site.languages) > 1:  # a page for those who translate, which search engines need not offer
            yield Route(paths.collection_path(language.tag, "translate"), language, "translate", indexed=False)
        if site.feed_status is not None:
            yield Route(paths.collection_path(language.tag, "blogs"), language, "blogs", indexed=False)
    for family, tag in site.indexes:
        if "/" not in family:
            yield from _index_pages(family, tag, site)


def _index_pages(family: str, tag: str, site: Site) -> Iterator[Route]:
    """Return the pages of a long list but the first."""
    for number in site.indexes.get((family, tag), ()):
        if number > 1:
            yield Route(paths.listing(tag, family, number), site.languages[tag], f"{family}/page/{number}", indexed=False)


def _collection_families(site: Site) -> Iterator[str]:
    """Return the gathering pages that only a site with something to gather has."""
    if site.commitments:
        yield "commitments"
    if any(has_location(one.original) for one in site.sets.values() if one.kind == "conferences"):
        yield "places"


def _listing_routes(site: Site) -> Iterator[Route]:
    """Return the listings: of each kind that has any text, in every language."""
    for kind in site.kinds:
        if not kind.listed or not any(family == kind.name for family, _ in site.collections):
            continue
        for language in site.languages:
            yield Route(paths.collection_path(language.tag, kind.name), language, kind.name)
            count = len(site.collections.get((kind.name, language.tag), ()))
            for number in range(1, count_archives(count, site.policy.page_size) + 1):
                address = paths.listing(language.tag, kind.name, number + 1)
                yield Route(address, language, f"{kind.name}/page/{number + 1}", indexed=False)


def _profile_routes(site: Site) -> Iterator[Route]:
    """Return the pages of topics, members and authors in each language in which they have texts, and the list of authors."""
    for family, tag in site.collections:
        if "/" in family:
            record = _find_record(family, tag, site)
            shown = f"redirect/{record}" if record else family
            yield Route(paths.collection_path(tag, family), site.languages[tag], shown, indexed=not record)
            if not record:
                yield from _index_pages(family, tag, site)
        if family.startswith("authors/"):
            yield Route(paths.collection_path(tag, "authors"), site.languages[tag], "authors")


def _find_record(family: str, tag: str, site: Site) -> str:
    """Return the family of the person or organisation that an author is, where a language has its page."""
    kind, _, identity = family.partition("/")
    names = site.authors[identity].names.values() if kind == "authors" and identity in site.authors else ()
    records = ("/".join(key) for name in names if (key := site.entities.find(name)))
    return next((record for record in records if (record, tag) in site.collections), "")


def _member_redirects(site: Site) -> Iterator[Route]:
    """Return the addresses between the listing of posts and a post: each leads to the member."""
    members = {(version.language, version.id.split("/")[0]) for version in _all_versions(site) if version.kind == "posts"}
    for language, member in sorted(members, key=lambda one: (one[0].tag, one[1])):
        if ("members", member) in site.sets:
            yield Route(f"{language.tag}/posts/{member}/", language, f"redirect/members/{member}", indexed=False)


def _side_by_side_routes(site: Site) -> Iterator[Route]:
    """Return the pages that show two versions side by side, for the kinds and pairs that the settings name."""
    for texts in site.sets.values():
        if texts.kind in site.policy.side_by_side:
            for version, other in permutations(texts.versions, 2):
                if not (site.policy.all_pairs_side_by_side or _is_source_of(version, other) or _is_source_of(other, version)):
                    continue
                family = paths.side_by_side_family(paths.family(*version.key), other.language.tag)
                yield Route(paths.collection_path(version.language.tag, family), version.language, family, indexed=False)


def _is_source_of(version: Document, other: Document) -> bool:
    return other.translation is not None and other.translation.of == version.language.tag


def _add_text(document: Document, table: _RouteTable) -> None:
    family = paths.family(document.kind, document.id)
    address = paths.collection_path(document.language.tag, family)
    owner = table.owners.get(address)
    if owner is not None:
        text = '"/{address}" is the address of {owner} too. Rename one of the two folders.'
        table.problems.append(Problem.error(document.location_of("title"), "address", text, address=address, owner=owner))
        return
    table.claim(address, document.path)
    indexed = document.status != "hidden"
    table.routes[address] = Route(address, document.language, family, indexed, document.modified or document.date)


def _add_short_addresses(document: Document, table: _RouteTable) -> None:
    """Add the short addresses of a text: a code that stays the same as long as its folder, or the alias of that."""
    if document.kind in COLLECTION_KINDS:
        return
    for path in paths.published_paths(document.language.tag, document.kind, document.id, document.aliases):
        address = paths.short_path(path)
        if table.short_addresses.get(address) == path:
            continue  # an alias that is taken, which is reported where aliases are added
        if address in table.owners:
            text = '"/{address}" is the short address of {owner} too, by chance. Rename the newer of the two folders.'
            values = {"address": address, "owner": table.owners[address]}
            table.problems.append(Problem.error(document.location_of("title"), "address", text, **values))
            continue
        table.claim(address, document.path)
        table.short_addresses[address] = path
        family = paths.family(document.kind, document.id)
        table.routes[address] = Route(address, document.language, f"short/{family}", indexed=False)


def _add_alias(alias: str, document: Document, files: tuple[BundledFile, ...], table: _RouteTable) -> None:
    address = paths.legacy_address(alias)
    if address.startswith(paths.SHORT_PREFIX) and table.owners.get(address) == document.path:
        return  # a short address that it has already
    problem = _taken_problem(alias, address, document, table)
    if problem is None and (ending := file_ending(address)):
        problem = _copy_file(alias, ending, document, files, table)
    if problem is not None:
        table.problems.append(problem)
        return
    table.claim(address, document.path)
    table.folded[_fold(address)] = address
    if address not in table.copies:
        family = paths.family(document.kind, document.id)
        table.routes[address] = Route(address, document.language, f"redirect/{family}", indexed=False)


def _taken_problem(alias: str, address: str, document: Document, table: _RouteTable) -> Problem | None:
    """Return a problem where something stands at an address, above it, or at one that some machines take for it."""
    twin = table.folded.get(_fold(address), address)
    owner = _owner_of(address, table)
    if twin != address and owner == document.path and twin in table.routes and not table.routes[twin].indexed:
        return None  # the same text at two spellings of an old address
    if not owner:
        return None
    return Problem.error(_alias_place(alias, document), "alias", ALIAS_TAKEN, alias=alias, owner=owner)


def _plan_redirects(old: Sequence[OldAddress], site: Site, table: _RouteTable) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the addresses of redirects.yaml by their paths, and add a page for each path at which one can be.

    One at which something stands already leads on where the server has rules for it.
    """
    feeds = frozenset(spec.folder + form.file for spec in feed_specs(site) for form in FEED_FORMATS) if old else frozenset()
    feeds |= {paths.replies_feed(language.tag) for language in site.languages} if old else frozenset()
    found: dict[str, list[tuple[str, str]]] = {}
    for one in old:
        target, mark, fragment = paths.split_fragment(unquote(one.target).removeprefix("/"))
        address = paths.legacy_address(one.path)
        if target not in table.routes and target not in site.files and target not in feeds and not _is_made(target):
            text = '"{value}" is no page and no file of this site. Write where "{address}" leads now, as /ar/news/2012-x/.'
            table.problems.append(Problem.error(one.target_place, "link", text, value=one.target, address=one.address))
        elif not one.has_query and (owner := _owner_of(address, table)):
            table.problems.append(Problem.error(one.place, "alias", ALIAS_TAKEN, alias=one.address, owner=owner))
        else:
            found.setdefault(address, []).append((one.address, f"{target}{mark}{fragment}"))
    for address, entries in found.items():
        page = address if address.endswith("/") or not any("?" in one for one, _ in entries) else f"{address}/"
        if page and not _owner_of(page, table) and not file_ending(page) and not address_fault(address, may_be_program=True):
            table.routes[page] = Route(page, _language_of(entries[0][1], table, site), f"moved/{address}", indexed=False)
            table.claim(page, entries[0][0])
    return {address: tuple(entries) for address, entries in found.items()}


def _is_made(address: str) -> bool:
    """Whether the build makes a file at an address for every site."""
    return paths.is_generated(address) and not address.rpartition("/")[2].startswith("feed")


def _language_of(target: str, table: _RouteTable, site: Site) -> Language:
    route = table.routes.get(paths.split_fragment(target)[0])
    return (route.language if route else None) or next(iter(site.languages))


def _owner_of(address: str, table: _RouteTable) -> str | Phrase:
    """Return who has an address, or what no page can be at or below it; empty where it is free."""
    above = next((table.owners[folder] for folder in _parent_folders(address) if folder in table.owners), "")
    twin = table.folded.get(_fold(address), address)
    owner = table.owners.get(address) or table.owners.get(twin) or table.owners.get(address.rstrip("/")) or above
    if owner:
        return owner
    if any(one in table.routes for one in (address, twin, address.rstrip("/"), *_parent_folders(address))):
        return phrase("the site itself")
    if paths.is_generated_or_below(address):
        return phrase("the site itself")
    return phrase("a folder of the site") if address in table.folders else ""


def _copy_file(
    alias: str, ending: str, document: Document, files: tuple[BundledFile, ...], table: _RouteTable
) -> Problem | None:
    """Let a file of the text answer at the old address of a file: the one of that name, else the one that ends so.

    A page under the name of a document or picture would be a broken file to every reader.
    """
    address = paths.legacy_address(alias)
    name = address.rpartition("/")[2]
    same = [file for file in files if file_ending(file.address) == ending]
    chosen = [file for file in same if file.address.rpartition("/")[2] == name] or same
    if len(chosen) == 1:
        table.copies[address] = replace(chosen[0], address=address)
        return None
    if not chosen:
        text = (
            '"{alias}" was a file, and this text publishes none that ends in .{ending}. Link the file that takes its place '
            "here, or take the old address out."
        )
    else:
        text = (
            '"{alias}" was a file, and this text publishes several that end in .{ending}. Name the one that takes its place '
            "{name}, or take the old address out."
        )
    return Problem.error(_alias_place(alias, document), "alias", text, alias=alias, ending=ending, name=name)


def _alias_place(alias: str, document: Document) -> SourceLocation:
    return document.locations.get(f"aliases.{alias}", document.location_of("aliases"))


def _fold(address: str) -> str:
    """Return an address as machines compare it that know neither case nor normal forms."""
    return address if address.isascii() and address.islower() else unicodedata.normalize("NFC", address).casefold()


def _parent_folders(address: str) -> Iterator[str]:
    """Return the paths above an address, none of which can be a file."""
    steps = address.rstrip("/").split("/")
    return ("/".join(steps[:count]) for count in range(1, len(steps)))


def group_by_family(routes: Mapping[str, Route], languages: Languages) -> dict[str, tuple[Route, ...]]:
    """Return the indexed pages below languages by family, each family in the order of the languages."""
    order = {language.tag: position for position, language in enumerate(languages)}
    families: dict[str, list[Route]] = {}
    for route in routes.values():
        if route.language is not None and route.indexed:
            families.setdefault(route.family, []).append(route)
    return {
        family: tuple(sorted(pages, key=lambda page: order[_language_tag(page.language)])) for family, pages in families.items()
    }


def _language_tag(language: Language | None) -> str:
    return language.tag if language else ""
