"""What surrounds every page: head, language bar, menu, breadcrumb, footer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any

from jisr.core.build.page_hooks import Describer, Illustrator, Step, Subject
from jisr.core.charts.site_map import Ring
from jisr.core.diagnostics.message_formatter import Tell, untranslated
from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Messages
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import label, sentence
from jisr.core.model.document import Document, Words
from jisr.core.model.events import occasions
from jisr.core.model.site import Route, Site
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import ATOM, FORMS, feeds_around, main_feed, shelf_name
from jisr.pages.links import Linker
from jisr.pages.views.component_views import Alternate, Chrome, Crumb, FeedLink, Frame, Head, MenuItem

CALENDAR_TYPE = "text/calendar"
MENU_KINDS = ("statements", "conferences", "news", "members")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a menu leads to: an address, the kind that it lists or nothing, its words, and what pages it stands for."""

    address: str
    kind: str
    words: Words
    family: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What the frames of a language lead to; ``within``: what they lead to and the folders above it."""

    menu: tuple[Entry, ...]
    footer: tuple[Entry, ...]
    contact: str
    within: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frames:
    """What pages of a build share: frames by language, folder and kind, the links to feeds by language and shelf."""

    plans: dict[str, Plan] = field(default_factory=dict)
    drawn: dict[tuple[str, str, bool, str], Frame] = field(default_factory=dict)
    feeds: dict[tuple[str, bool, str], tuple[FeedLink, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What makers of pages need beside the texts: the theme's files by name, as addresses from the root."""

    stylesheet: str
    icon: str
    messages: Messages
    describe: Describer | None = None
    data: bool = False  # whether texts are also written as data
    illustrate: Illustrator | None = None
    manifest: bool = False  # whether each language has one, for browsers
    frames: Frames = field(default_factory=Frames)
    coasts: tuple[Ring, ...] = ()  # of the land on maps
    tell: Tell = untranslated

    def label(self, name: str, language: Language) -> Words:
        """Give the name of a part of the site."""
        return label(name, self.messages, language)


def surroundings_of(
    assets: Mapping[str, str], messages: Messages, settings: Mapping[str, Any], coasts: tuple[Ring, ...] = ()
) -> Surroundings:
    """Give the surroundings of pages by what other rooms offer."""
    return Surroundings(
        assets["stylesheet"],
        assets["icon"],
        messages,
        settings.get("DESCRIBE"),
        data=bool(settings.get("OPEN_DATA")),
        illustrate=settings.get("ILLUSTRATE"),
        manifest=bool(settings.get("WEB_MANIFEST")),
        coasts=coasts,
        tell=settings.get("TELL") or untranslated,
    )


def head(
    linker: Linker,
    title: str,
    surroundings: Surroundings,
    steps: tuple[Step, ...] = (),
    document: Document | None = None,
    **more: object,
) -> Head:
    """Give the head of a page: its canonical address and that of each language, its feeds, what it says to machines."""
    site, route = linker.site, linker.route
    subject = Subject(site, route, steps, document)
    if not more.get("image"):
        more |= _picture(linker, subject, surroundings.illustrate)
    found = site.alternates(route)
    alternates = tuple(Alternate(one.language.tag, linker.absolute(one.address)) for one in found if one.language)
    return Head(
        title=title,
        canonical=linker.absolute(route.address) if route.indexed or "/page/" in route.family else "",
        indexed=route.indexed or "/page/" in route.family,
        alternates=(*alternates, Alternate("x-default", linker.absolute(""))) if alternates else (),
        feeds=feeds(linker, surroundings),
        onion=_onion(linker),
        structured=surroundings.describe(subject) if surroundings.describe else "",
        **more,  # type: ignore[arg-type]
    )


def _picture(linker: Linker, subject: Subject, illustrate: Illustrator | None) -> dict[str, object]:
    """Give what the head says of the picture that stands for a page, if there is one."""
    found = illustrate(subject) if illustrate else None
    if found is None:
        return {}
    return {"image": linker.absolute(found.address), "image_alt": found.alt, "image_sides": (found.width, found.height)}


def _onion(linker: Linker) -> str:
    """Give where a page stands in the Tor network: Tor Browser offers to go there (https://community.torproject.org/onion-services/advanced/onion-location/)."""
    there = linker.site.copies.onion
    return paths.absolute(there, linker.route.address) if there and linker.route.family != "404.html" else ""


def feeds(linker: Linker, surroundings: Surroundings) -> tuple[FeedLink, ...]:
    """Give the feeds that the head of a page names, from the most specific to that of the whole site."""
    language, known = linker.language, surroundings.frames.feeds
    found: list[FeedLink] = []
    for tongue, family in feeds_around(linker.route.family, language, linker.site):
        key = (language.tag, tongue is None, family)
        if key not in known:
            known[key] = tuple(_forms(tongue, family, linker, surroundings))
        found += known[key]
    return (*found, *_calendars(linker, surroundings))


def _forms(tongue: Language | None, family: str, linker: Linker, surroundings: Surroundings) -> Iterator[FeedLink]:
    """Give the links to a feed in each of its formats."""
    name = _feed_name(tongue, family, linker, surroundings)
    folder = paths.shelf(linker.language.tag, family) if family else main_feed(tongue)
    for form in FORMS:
        yield FeedLink(f"{name} ({form.name})", linker.absolute(folder + form.file), form.type)


def _calendars(linker: Linker, surroundings: Surroundings) -> Iterator[FeedLink]:
    """Give the calendars that the head of a page names: of a conference its own, then that of all."""
    site, language = linker.site, linker.language
    kind, _, identity = linker.route.family.partition("/")
    if kind != "conferences" or not linker.route.indexed:
        return
    texts = site.get(kind, identity)
    version = texts.get(language.tag) if texts else None
    if version and version.event:
        address = paths.event_calendar(language.tag, identity)
        yield FeedLink(f"{version.title} (iCalendar)", linker.absolute(address), CALENDAR_TYPE)
    if occasions(site):
        name = f"{surroundings.label(kind, language).text} · {network_name(site, language)}"
        yield FeedLink(f"{name} (iCalendar)", linker.absolute(paths.calendar(language.tag)), CALENDAR_TYPE)


def _feed_name(tongue: Language | None, family: str, linker: Linker, surroundings: Surroundings) -> str:
    """Give what a feed is called in a head."""
    site, language, messages = linker.site, linker.language, surroundings.messages
    network = network_name(site, language)
    if family:
        return f"{shelf_name(family, language, site, messages).text} · {network}"
    return network if tongue else f"{sentence('all', messages, language).striptags()} · {network}"


def chrome(linker: Linker, surroundings: Surroundings, steps: tuple[Step, ...] = ()) -> Chrome:
    """Give what surrounds a page."""
    return Chrome(
        frame=_frame(linker, surroundings),
        languages=tuple(linker.language_link(one) for one in linker.site.languages),
        breadcrumb=tuple(_crumb(step, linker) for step in steps),
    )


def _frame(linker: Linker, surroundings: Surroundings) -> Frame:
    """Give the frame of a page. Pages of a folder share one: links from them to what lies in none of them are the same."""
    language, route, known = linker.language, linker.route, surroundings.frames
    if language.tag not in known.plans:
        known.plans[language.tag] = _plan(linker.site, language, surroundings)
    plan = known.plans[language.tag]
    if route.family == "404.html" or paths.apart(route.family)[1] or route.address in plan.within:
        return _drawn(plan, linker, surroundings)
    folder = route.address.rstrip("/").rpartition("/")[0] if route.address.endswith("/") else route.address.rpartition("/")[0]
    key = (language.tag, folder, route.address.endswith("/"), route.family.partition("/")[0])
    if key not in known.drawn:
        known.drawn[key] = _drawn(plan, linker, surroundings)
    return known.drawn[key]


def _drawn(plan: Plan, linker: Linker, surroundings: Surroundings) -> Frame:
    """Give the frame of a page from the plan of its language."""
    site, language, family = linker.site, linker.language, linker.route.family
    kind, network = family.partition("/")[0], site.network
    return Frame(
        home_url=linker.url(paths.home(language.tag)),
        network=network.words(network.names, language, site.languages),
        purpose=network.words(network.purposes, language, site.languages),
        note=network.words(network.notes, language, site.languages),
        stylesheet=linker.url(surroundings.stylesheet),
        icon=linker.url(surroundings.icon),
        manifest=linker.url(paths.manifest(language.tag)) if surroundings.manifest and linker.route.language else "",
        menu=tuple(
            MenuItem(linker.url(one.address), one.kind, one.words, (kind if one.kind else family) == one.family)
            for one in plan.menu
        ),
        contact_url=linker.url(plan.contact) if plan.contact else "",
        feed_url=linker.url(main_feed(language) + ATOM.file),
        footer=tuple(MenuItem(linker.url(one.address), one.kind, one.words) for one in plan.footer),
    )


def _plan(site: Site, language: Language, surroundings: Surroundings) -> Plan:
    """Give what the frames of a language lead to."""
    texts = site.get("pages", "contact")
    contact = _address(texts.best_for(language)) if texts else ""
    home = paths.home(language.tag)
    menu, footer = tuple(_menu(site, language, surroundings)), tuple(_footer(site, language, surroundings))
    return Plan(menu, footer, contact, frozenset(_above([home, contact, *(one.address for one in (*menu, *footer))])))


def _above(found: Iterable[str]) -> Iterator[str]:
    """Give addresses and those of all folders that they stand in."""
    for address in found:
        steps = address.split("/")
        yield address
        yield from ("".join(f"{step}/" for step in steps[:depth]) for depth in range(len(steps)))


def _menu(site: Site, language: Language, surroundings: Surroundings) -> Iterator[Entry]:
    """Give the site's menu: the listings there are, then the pages that name their place in it."""
    for kind in site.kinds:
        if kind.name in MENU_KINDS and (address := site.in_language(kind.name, language)) is not None:
            yield Entry(address, kind.name, surroundings.label(kind.name, language), kind.name)
    pages = [(one.best_for(language), one) for one in site.of_kind("pages")]
    for document, _ in sorted(pages, key=lambda pair: (pair[0].menu or 0, pair[0].id)):
        if document.menu is not None and document.listed:
            yield Entry(_address(document), "", Words(document.title, document.language), document.id)


def _address(document: Document) -> str:
    return paths.text(document.language.tag, document.kind, document.id)


def _footer(site: Site, language: Language, surroundings: Surroundings) -> Iterator[Entry]:
    """Give the pages that the footer leads to beside the menu."""
    names = (
        "subscribe", "resolutions", "commitments", "timeline", "places", "search",
        "topics", "workgroups", "organisations", "people", "posts", "authors", "verify",
    )  # fmt: skip
    for name in names:
        if (address := site.in_language(name, language)) is not None:
            yield Entry(address, name, surroundings.label(name, language), name)


def way(linker: Linker, surroundings: Surroundings, *names: str, last: Words) -> tuple[Step, ...]:
    """Give the way from the home to a page: the listings called ``names``, then the page itself."""
    site, language = linker.site, linker.language
    home = Step(surroundings.label("home", language), paths.home(language.tag))
    above = (
        Step(surroundings.label(name, language), address)
        for name in names
        if (address := site.in_language(name, language)) is not None
    )
    return (home, *above, Step(last, None))


def _crumb(step: Step, linker: Linker) -> Crumb:
    return Crumb(linker.url(step.address) if step.address is not None else "", words=step.words)


def network_name(site: Site, language: Language) -> str:
    """Give the network's name for a title."""
    return site.network.words(site.network.names, language, site.languages).text


def linker_for(site: Site, route: Route) -> Linker:
    """Give the links of a page; the front door speaks the first language."""
    return Linker(site, route, route.language or next(iter(site.languages)))


def description(document: Document) -> str:
    """Give what a search result says of a text: its summary, else its first paragraph, cut at a word."""
    text = document.summary or document.body.plain
    if len(text) <= 160:
        return text
    return text[:160].rsplit(" ", 1)[0].rstrip("،,;؛:") + " …"
