"""The targets of the menu and of the footer in a language: those of the theme, or what the settings state in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from jisr.core.build.queries import query
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.index_pages import is_empty_index
from jisr.core.model.site import FooterGroup, NavigationEntry, Site
from jisr.core.urls import paths

Label = Callable[[str, Language], LocalizedText]
_FOOTER = {
    "find": (
        "search", "resolutions", "commitments", "timeline", "places",
        "topics", "workgroups", "organisations", "people", "posts", "authors",
    ),
    "follow": ("subscribe", "offline"),
    "take part": ("translate", "verify"),
}  # fmt: skip
_GATHERED = ("resolutions", "timeline")  # pages that every language has, with or without a text


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry of a menu: its address, the kind that it lists or nothing, its words, and the family that it represents."""

    address: str
    kind: str
    words: LocalizedText
    family: str
    url: str = ""  # of an entry that leads to another site, whole


@dataclass(frozen=True, slots=True)
class FooterPlan:
    """A group of the footer: its name in the theme, or its own title, and its entries."""

    name: str
    words: LocalizedText | None
    entries: tuple[MenuEntry, ...]


@dataclass(frozen=True, slots=True)
class MenuPlan:
    """The targets of the frames of a language; ``shared_addresses`` are these and the folders above them."""

    menu: tuple[MenuEntry, ...]
    footer: tuple[FooterPlan, ...]
    contact: str
    translate: str
    shared_addresses: frozenset[str]


def plan_menu(site: Site, language: Language, label: Label) -> MenuPlan:
    """Return the targets of the frames of a language; ``label`` says what a part of the site is called."""
    contact = site.ask(find_contact_page, language.tag)
    stated = site.navigation.menu
    menu = tuple(_kind_entries(site, language, label) if stated is None else _stated_entries(stated, site, language, label))
    footer = tuple(_plan_group(group, site, language, label) for group in site.navigation.footer)
    targets = [*menu, *(entry for group in footer for entry in group.entries)]
    addresses = [paths.home(language.tag), contact, *(one.address for one in targets)]
    translate = site.family_address("translate", language) or ""
    return MenuPlan(menu, footer, contact, translate, frozenset(_with_parents(addresses)))


def _with_parents(addresses: Iterable[str]) -> Iterator[str]:
    """Return addresses and those of all folders above them."""
    for address in addresses:
        steps = address.split("/")
        yield address
        yield from ("".join(f"{step}/" for step in steps[:depth]) for depth in range(len(steps)))


def _kind_entries(site: Site, language: Language, label: Label) -> Iterator[MenuEntry]:
    """Return the menu of the theme: the listings there are, then the pages that name their place in it."""
    for kind in site.kinds:
        if kind.in_menu:
            yield from _section_entries(kind.name, site, language, label)
    yield from site.ask(find_menu_pages, language.tag)


def _stated_entries(entries: Iterable[NavigationEntry], site: Site, language: Language, label: Label) -> Iterator[MenuEntry]:
    """Return the entries that settings state; what is not there in any language, or has nothing in it, is left out."""
    for entry in entries:
        words = site.network.text_in(entry.words, language, site.languages) if entry.words else None
        if entry.addresses:
            url = site.network.text_in(entry.addresses, language, site.languages).text
            yield MenuEntry("", "", words or LocalizedText(url, language), "", url)
            continue
        found = site.ask(find_text_entry, language.tag, *entry.text) if entry.text[0] else None
        targets = found or _section_entries(entry.target, site, language, label)
        yield from (replace(one, words=words or one.words) for one in targets)


def _section_entries(name: str, site: Site, language: Language, label: Label) -> Iterator[MenuEntry]:
    """Return the entry of a section that has anything in it; "pages" are those that name their place in the menu."""
    if name == "pages":
        yield from site.ask(find_menu_pages, language.tag)
        return
    address = site.family_address("" if name == "home" else name, language)
    kind = site.kinds.get(name)
    if address is None or (kind is not None and not site.ask(has_rows, name, language.tag)):
        return
    if not (name in _GATHERED and site.ask(is_empty_index, name, language.tag)):
        yield MenuEntry(address, name, label(name, language), "" if name == "home" else name)


def _plan_group(group: FooterGroup, site: Site, language: Language, label: Label) -> FooterPlan:
    """Return a group of the footer: of the theme, what it links in addition to the menu, else what the settings state."""
    if not group.name:
        words = site.network.text_in(group.words, language, site.languages)
        return FooterPlan("", words, tuple(_stated_entries(group.entries, site, language, label)))
    entries = []
    for name in _FOOTER[group.name]:
        address = site.family_address(name, language)
        if address is not None and not (name in _GATHERED and site.ask(is_empty_index, name, language.tag)):
            entries.append(MenuEntry(address, name, label(name, language), name))
    return FooterPlan(group.name, None, tuple(entries))


@query
def has_rows(site: Site, kind: str, tag: str) -> bool:
    """Whether the listing of a kind has any text, in its language or offered from another."""
    language = site.languages[tag]
    return site.has_texts(kind, language) or bool(site.in_other_languages(kind, language)[: site.policy.other_language_limit])


@query
def find_contact_page(site: Site, tag: str) -> str:
    """Return the address of the page with the means of contact in a language or the best there is, or an empty string."""
    texts = site.get("pages", "contact")
    return _text_address(texts.best_for(site.languages[tag])) if texts else ""


@query
def find_menu_pages(site: Site, tag: str) -> tuple[MenuEntry, ...]:
    """Return the pages that name their place in the menu, by that, in a language or the best there is."""
    pages = (one.best_for(site.languages[tag]) for one in site.of_kind("pages"))
    entries = (one for one in pages if one.menu is not None and one.listed)
    return tuple(_text_entry(one) for one in sorted(entries, key=lambda one: (one.menu or 0, one.id)))


@query
def find_text_entry(site: Site, tag: str, kind: str, identity: str) -> tuple[MenuEntry, ...]:
    """Return the entry of a text, in a language or the best there is; none while it is not there, or is hidden."""
    texts = site.get(kind, identity)
    document = texts.best_for(site.languages[tag]) if texts else None
    return (_text_entry(document),) if document and document.listed else ()


def _text_entry(document: Document) -> MenuEntry:
    family = document.id if document.kind == "pages" else f"{document.kind}/{document.id}"
    return MenuEntry(_text_address(document), "", LocalizedText(document.title, document.language), family)


def _text_address(document: Document) -> str:
    return paths.text(document.language.tag, document.kind, document.id)
