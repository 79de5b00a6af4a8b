"""The layout of every page: head, language bar, menu, breadcrumb, footer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import partial
from typing import Any

from jisr.core.bidi.marks import mark_title
from jisr.core.build.build_context import BuildContext, LogoAsset
from jisr.core.build.page_hooks import Breadcrumb, Describer, Illustrator, PageContext
from jisr.core.charts.svg import NO_WATERS, Waters
from jisr.core.diagnostics.message_formatter import PhraseRenderer, render_untranslated
from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import translate_label, translate_sentence
from jisr.core.model.channels import addresses_for, to_url
from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.events import has_listed_conferences
from jisr.core.model.site import Route, Site
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import ATOM, FEED_FORMATS, collection_title, feed_folder, related_feeds
from jisr.pages.links import Linker
from jisr.pages.navigation import MenuEntry, MenuPlan, plan_menu
from jisr.pages.views.component_views import (
    AlternateLink,
    BreadcrumbItem,
    ChannelLink,
    FeedLink,
    FooterLinks,
    LogoView,
    MenuItem,
    PageFrame,
    PageHead,
    PageLayout,
)

_MOST_LETTERS = 70  # of a title, to which marks of direction may come: results show about that many
CALENDAR_TYPE = "text/calendar"


@dataclass(frozen=True, slots=True)
class LayoutInputs:
    """The inputs of pages other than the texts: files of the theme as addresses from the root, words, hooks."""

    stylesheet: str
    icon: str
    messages: Catalogs
    describe: Describer | None = None
    has_open_data: bool = False  # whether texts are also written as data
    text_twins: frozenset[str] = frozenset()  # the kinds whose texts are also written as plain text
    keeping_script: str = ""  # the file that keeps pages in a browser, where the site has one
    illustrate: Illustrator | None = None
    search_script: str = ""  # the file that searches, where there is an index
    has_manifest: bool = False  # whether each language has one, for browsers
    has_web_editor: bool = False  # whether texts can be written at /admin/
    waters: Waters = NO_WATERS  # of maps
    sheets: Mapping[str, str] = field(default_factory=dict)  # stylesheets of what only some pages show, by their names
    render_phrase: PhraseRenderer = render_untranslated
    logo: LogoAsset | None = None  # without one, the mark of the theme
    papers: tuple[str, str] = ("", "")  # the grounds of light and dark pages

    def label(self, name: str, language: Language) -> LocalizedText:
        """Return the name of a part of the site."""
        return translate_label(name, self.messages, language)


def create_layout_inputs(context: BuildContext, waters: Waters = NO_WATERS) -> LayoutInputs:
    """Return the inputs of pages: the theme's files, the words of the interface, and the hooks of other outputs."""
    hooks = context.hooks
    return LayoutInputs(
        context.assets.stylesheet,
        context.assets.icon,
        context.messages,
        hooks.describe,
        has_open_data=hooks.has_open_data,
        text_twins=hooks.text_twins,
        keeping_script=context.assets.scripts.get("offline", "") if hooks.keeps_pages else "",
        illustrate=hooks.illustrate,
        search_script=context.assets.scripts.get("search", "") if hooks.has_search else "",
        has_manifest=hooks.has_web_manifest,
        has_web_editor=hooks.has_web_editor,
        waters=waters,
        sheets=context.assets.sheets,
        render_phrase=hooks.render_phrase,
        logo=context.assets.logo,
        papers=context.assets.papers,
    )


def page_fields(
    linker: Linker,
    title: str,
    inputs: LayoutInputs,
    steps: tuple[Breadcrumb, ...] = (),
    document: Document | None = None,
    **more: object,
) -> dict[str, Any]:
    """Return the fields that the views of all pages have: language, head and layout; ``more`` are fields of the head.

    The head has the canonical address of the page and that of each language, its feeds, its structured data.
    """
    site, route = linker.site, linker.route
    subject = PageContext(site, route, steps, document)
    if not more.get("image"):
        more |= _image_fields(linker, subject, inputs.illustrate)
    routes = site.alternates(route)
    alternates = tuple(AlternateLink(one.language.tag, linker.absolute_url(one.address)) for one in routes if one.language)
    head = PageHead(
        title=title,
        window=window_title(title, site.network_name(linker.language), site.network.short_name, linker.language),
        canonical=linker.absolute_url(route.address) if route.indexed or "/page/" in route.family else "",
        indexed=route.indexed or "/page/" in route.family,
        alternates=(*alternates, AlternateLink("x-default", linker.absolute_url(""))) if alternates else (),
        feeds=feed_links(linker, inputs),
        onion=_onion_url(linker),
        twin=linker.url(route.address + paths.TEXT_TWIN) if document and document.kind in inputs.text_twins else "",
        keep=_keeping_url(linker) if document and inputs.keeping_script else "",
        structured=inputs.describe(subject) if inputs.describe else "",
        **more,  # type: ignore[arg-type]
    )
    return {"language": linker.language, "head": head, "chrome": _build_layout(linker, inputs, steps)}


def _keeping_url(linker: Linker) -> str:
    """Return the link to the page on which a reader may keep the text of this page, which its fragment names."""
    tag, address = linker.language.tag, linker.route.address
    return f"{linker.url(paths.collection_path(tag, 'offline'))}#keep={address.removeprefix(f'{tag}/')}"


def _image_fields(linker: Linker, subject: PageContext, illustrate: Illustrator | None) -> dict[str, object]:
    """Return the fields of the preview image of a page, if there is one."""
    picture = illustrate(subject) if illustrate else None
    if picture is None:
        return {}
    sides = (picture.width, picture.height)
    address = linker.absolute_url(picture.address)
    return {"image": address, "image_alt": picture.alt, "image_sides": sides, "image_type": "image/png"}


def _onion_url(linker: Linker) -> str:
    """Return the address of a page in the Tor network, which Tor Browser offers.

    See https://community.torproject.org/onion-services/advanced/onion-location/.
    """
    onion = linker.site.mirrors.onion
    return paths.absolute_url(onion, linker.route.address) if onion and linker.route.family != "404.html" else ""


def feed_links(linker: Linker, inputs: LayoutInputs) -> tuple[FeedLink, ...]:
    """Return the feeds that the head of a page names, from the most specific to that of the whole site."""
    site, language = linker.site, linker.language
    links: list[FeedLink] = []
    for feed_language, family in related_feeds(linker.route.family, language, site):
        make = partial(_feed_format_links, feed_language, family, linker, inputs)
        links += site.once(("feed links", language.tag, feed_language is None, family), make)
    return (*links, *_calendar_links(linker, inputs))


def _feed_format_links(
    feed_language: Language | None, family: str, linker: Linker, inputs: LayoutInputs
) -> tuple[FeedLink, ...]:
    """Return the links to a feed in each of its formats."""
    name = _feed_name(feed_language, family, linker, inputs)
    folder = paths.collection_path(linker.language.tag, family) if family else feed_folder(feed_language)
    urls = ((one, linker.absolute_url(folder + one.file)) for one in FEED_FORMATS)
    return tuple(FeedLink(f"{name} ({one.name})", url, one.media_type) for one, url in urls)


def _calendar_links(linker: Linker, inputs: LayoutInputs) -> Iterator[FeedLink]:
    """Return the calendars that the head of a page names: of a conference its own, then that of all."""
    site, language = linker.site, linker.language
    kind, _, identity = linker.route.family.partition("/")
    if kind != "conferences" or not linker.route.indexed:
        return
    texts = site.get(kind, identity)
    version = texts.get(language.tag) if texts else None
    if version and version.event:
        address = paths.event_calendar(language.tag, identity)
        yield FeedLink(f"{version.title} (iCalendar)", linker.absolute_url(address), CALENDAR_TYPE)
    if site.ask(has_listed_conferences):
        name = f"{inputs.label(kind, language).text} · {site.network_name(language)}"
        yield FeedLink(f"{name} (iCalendar)", linker.absolute_url(paths.calendar(language.tag)), CALENDAR_TYPE)


def _feed_name(feed_language: Language | None, family: str, linker: Linker, inputs: LayoutInputs) -> str:
    """Return the name of a feed in a head."""
    site, language, messages = linker.site, linker.language, inputs.messages
    network = site.network_name(language)
    if family:
        return f"{collection_title(family, language, site, messages).text} · {network}"
    return network if feed_language else f"{translate_sentence('all', messages, language).striptags()} · {network}"


def _build_layout(linker: Linker, inputs: LayoutInputs, steps: tuple[Breadcrumb, ...]) -> PageLayout:
    """Return the layout of a page."""
    return PageLayout(
        frame=_cached_frame(linker, inputs),
        languages=tuple(map(linker.language_link, linker.site.languages)) if len(linker.site.languages) > 1 else (),
        breadcrumb=tuple(
            BreadcrumbItem(linker.url(step.address) if step.address is not None else "", words=step.words) for step in steps
        ),
    )


def _cached_frame(linker: Linker, inputs: LayoutInputs) -> PageFrame:
    """Return the frame of a page. Pages of a section share one where their links to its targets are the same.

    These depend on the depth of a page, and on the last folder on the way to it that is one on the way to a target.
    """
    site, language, route = linker.site, linker.language, linker.route
    plan = site.once(("menu", language.tag), lambda: plan_menu(site, language, inputs.label))
    if route.family == "404.html":
        return _build_frame(plan, linker, inputs)
    shared = next(folder for folder, _ in paths.list_folders(route.address) if folder in plan.shared_addresses)
    depth = route.address.count("/")
    key = ("frame", language.tag, shared, depth, route.address.endswith("/"), route.family.partition("/")[0])
    return site.once(key, lambda: _build_frame(plan, linker, inputs))


def _build_frame(plan: MenuPlan, linker: Linker, inputs: LayoutInputs) -> PageFrame:
    """Return the frame of a page from the plan of its language."""
    site, language, family = linker.site, linker.language, linker.route.family
    network = site.network
    return PageFrame(
        home_url=linker.url(paths.home(language.tag)),
        search_url=linker.url(paths.collection_path(language.tag, "search")),
        network=network.text_in(network.names, language, site.languages),
        purpose=network.text_in(network.purposes, language, site.languages),
        note=network.text_in(network.notes, language, site.languages),
        stylesheet=linker.url(inputs.stylesheet),
        sheets={name: linker.url(address) for name, address in inputs.sheets.items()},
        icon=linker.url(inputs.icon),
        logo=logo_view(inputs.logo, linker.url),
        papers=inputs.papers,
        manifest=linker.url(paths.manifest(language.tag)) if inputs.has_manifest and linker.route.language else "",
        menu=tuple(_menu_item(one, linker) for one in plan.menu),
        contact_url=linker.url(plan.contact) if plan.contact else "",
        translate_url=linker.url(plan.translate) if plan.translate else "",
        feed_url=linker.url(feed_folder(language) + ATOM.file),
        footer=tuple(_footer_groups(plan, linker)),
        channels=_channel_links(site, language) if family != "404.html" else (),  # a lost address leads back into the site
    )


def logo_view(logo: LogoAsset | None, link: Callable[[str], str]) -> LogoView | None:
    """Return the logo of the site as a page links it; None is the mark of the theme."""
    if logo is None:
        return None
    return LogoView(link(logo.address) if logo.address else "", *logo.sides, logo.with_name)


def _footer_groups(plan: MenuPlan, linker: Linker) -> Iterator[FooterLinks]:
    """Return the groups of the footer that have anything in them: feeds there are always."""
    for group in plan.footer:
        items = tuple(_menu_item(entry, linker) for entry in group.entries)
        if items or group.name == "follow" or (group.name == "take part" and plan.contact):
            yield FooterLinks(group.name, group.words, items)


def _menu_item(entry: MenuEntry, linker: Linker) -> MenuItem:
    """Return an entry as a page links it; what is on another site stays as it is."""
    family = linker.route.family
    is_current = bool(entry.family) and (family.partition("/")[0] if entry.kind else family) == entry.family
    return MenuItem(entry.url or linker.url(entry.address), entry.kind, entry.words, is_current)


def _channel_links(site: Site, language: Language) -> tuple[ChannelLink, ...]:
    addresses = addresses_for(site.channels.follow, language)
    return tuple(ChannelLink(name, to_url(address)) for name, address in addresses.items())


def breadcrumbs(linker: Linker, inputs: LayoutInputs, *names: str, last: LocalizedText) -> tuple[Breadcrumb, ...]:
    """Return the breadcrumbs from the home to a page: the listings called ``names``, then the page itself."""
    site, language = linker.site, linker.language
    home = Breadcrumb(inputs.label("home", language), paths.home(language.tag))
    addresses = ((name, site.family_address(name, language)) for name in names)
    above = (Breadcrumb(inputs.label(name, language), address) for name, address in addresses if address is not None)
    return (home, *above, Breadcrumb(last, None))


def create_linker(site: Site, route: Route, messages: Catalogs | None = None) -> Linker:
    """Return the links of a page; the front door speaks the first language."""
    return Linker(site, route, route.language or next(iter(site.languages)), messages)


def window_title(title: str, network: str, short: str, language: Language) -> str:
    """Return the title of a page as browsers and search engines show it: with the network's short name, and cut before it.

    Each of the two has the marks that its direction needs beside the other.

    >>> from jisr.core.i18n.languages import build_languages
    >>> english = build_languages(["en"])["en"]
    >>> window_title("Water", "The network of rivers", "Rivers", english), window_title("Rivers", "Rivers", "", english)
    ('Water – Rivers', 'Rivers')
    >>> window_title("A statement on the rivers of this land and of the lands around it, and so on", "", "Rivers", english)
    'A statement on the rivers of this land and of the lands … – Rivers'
    """
    name = short or network
    ending = f" – {mark_title(name, language)}" if title != network and len(name) <= _MOST_LETTERS // 2 else ""
    room = _MOST_LETTERS - (len(f" – {name}") if ending else 0)
    return f"{mark_title(_cut_words(title, room), language)}{ending}"


def _cut_words(text: str, most: int) -> str:
    """Return a text that is cut at a word where it has too many letters."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip("،,;؛:") + " …"


def meta_description(document: Document) -> str:
    """Return the meta description of a text: its summary, else its first paragraph, cut at a word."""
    return _cut_words(document.summary or document.outline.first_paragraph, 160)
