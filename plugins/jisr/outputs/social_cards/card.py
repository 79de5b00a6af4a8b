"""Cards as values, before they are drawn, and which page has which card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from jisr.core.build.page_hooks import PageContext, SharingImage
from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.dates import format_date, format_range
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import localize
from jisr.core.model.document import Day, Document, LocalizedText
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.outputs.social_cards.card_png import CARD_SIZE
from jisr.outputs.social_cards.card_renderer import CardRenderer

IsDrawable = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Card:
    """The texts of a card: those in one language, and one line in another, the bridge."""

    language: Language
    title: LocalizedText
    masthead: str = ""
    kicker: str = ""
    deck: str = ""
    bridge: LocalizedText | None = None


class CardSelector:
    """Selects the image of a page: the card of its text, else that of the network in the language of the page."""

    def __init__(self, kinds_setting: object, renderer: CardRenderer, is_available: bool) -> None:
        self.kinds = tuple(kinds_setting) if isinstance(kinds_setting, tuple | list) else ()
        self.renderer, self.is_available = renderer, is_available

    def __call__(self, subject: PageContext) -> SharingImage | None:
        """Return the image of a page; None where none can be drawn."""
        site, route, document = subject.site, subject.route, subject.document
        if not self.is_available:
            return None
        if document is not None and self.has_card(document):
            return SharingImage(card_address(document), *CARD_SIZE, document.title)
        language = route.language or next(iter(site.languages))  # the language chooser at / has none
        name = site.network_name(language)
        return SharingImage(network_card_address(language), *CARD_SIZE, name) if self.can_draw(name) else None

    def can_draw(self, text: str) -> bool:
        """Whether the font has every letter of a text."""
        return not self.renderer.unsupported_letters(text)

    def has_card(self, document: Document) -> bool:
        """Whether a text has its own card: it has no cover, and the font has every letter of its title."""
        return document.kind in self.kinds and document.cover is None and self.can_draw(document.title)


def card_address(document: Document) -> str:
    """Return the address of the card of a version of a text."""
    return f"{paths.text(document.language.tag, document.kind, document.id)}{paths.CARD}"


def network_card_address(language: Language) -> str:
    """Return the address of the card of the network in a language."""
    return f"{paths.home(language.tag)}{paths.CARD}"


def build_text_card(document: Document, site: Site, messages: Catalogs, can_draw: IsDrawable) -> Card:
    """Return the card of a version of a text: its kind, its date, its title, and its title in another language."""
    language = document.language
    kind = site.kinds.get(document.kind)
    kicker = localize(kind.kicker, messages, language).text if kind and kind.kicker else ""
    masthead = site.network_name(language)
    return Card(
        language=language,
        title=LocalizedText(document.title, language),
        masthead=masthead if can_draw(masthead) else "",
        kicker=" · ".join(filter(None, (kicker, _format_day(document, site)))),
        bridge=_other_language_title(document, site, can_draw),
    )


def build_network_card(language: Language, site: Site, can_draw: IsDrawable) -> Card:
    """Return the card of the network: its name and its purpose."""
    name = site.network.text_in(site.network.names, language, site.languages)
    purpose = site.network.text_in(site.network.purposes, language, site.languages)
    others = (one for one in site.languages if one.direction != language.direction and one.tag in site.network.names)
    other = next((one for one in others if can_draw(site.network.names[one.tag])), None)
    return Card(
        language=language,
        title=name,
        deck=purpose.text if can_draw(purpose.text) else "",
        bridge=LocalizedText(site.network.names[other.tag], other) if other else None,
    )


def _format_day(document: Document, site: Site) -> str:
    """Return the date of a text, or those of a conference, in the format of its page."""
    event = document.event
    if event is not None and event.end is not None:
        return format_range(_to_local_day(event.start, site), _to_local_day(event.end, site), document.language)
    day = event.start if event else document.date
    return format_date(_to_local_day(day, site), document.language) if day else ""


def _to_local_day(day: Day, site: Site) -> Day:
    return day.astimezone(site.timezone) if isinstance(day, datetime) and day.tzinfo else day


def _other_language_title(document: Document, site: Site, can_draw: IsDrawable) -> LocalizedText | None:
    """Return the title in another language: preferably in one of the other direction, and the original before translations."""
    texts = site.sets[document.key]
    others = [one for one in (texts.original, *texts.versions) if one.language != document.language and can_draw(one.title)]
    opposite = [one for one in others if one.language.direction != document.language.direction]
    other = next(iter(opposite or others), None)
    return LocalizedText(other.title, other.language) if other else None
