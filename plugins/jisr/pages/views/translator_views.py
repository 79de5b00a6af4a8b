"""The views for those who translate: the translation board, and what waits in a language."""

from __future__ import annotations

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import LocalizedText
from jisr.pages.views.component_views import ListingRow, TranslationLag
from jisr.pages.views.entity_views import ContactView
from jisr.pages.views.page_views import GatheringView, PageView


@dataclass(frozen=True, slots=True)
class BoardCell:
    """A version of a text on the translation board, with its status as in ``core/translation/translation_status.py``.

    ``url``: empty where readers cannot see it. ``count`` of ``total`` blocks changed since, ``words`` are left to translate,
    ``by`` are those who work on a draft of it.
    """

    language: Language
    state: str
    url: str = ""
    draft: bool = False
    count: int = 0
    total: int = 0
    words: int = 0
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A text on the translation board: its title in the language it was written in, and its versions."""

    kind: str
    id: str
    title: LocalizedText
    cells: tuple[BoardCell, ...]


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The open work of a language: texts to translate, translations to update, those not compared, words to translate.

    ``claimed`` are translations that somebody is at work on.
    """

    language: Language
    url: str  # its home
    missing: int
    stale: int
    unpinned: int
    words: int
    claimed: int


@dataclass(frozen=True, slots=True)
class BoardView(PageView):
    """The translation board, for editors of all languages: ``status.html``."""

    columns: tuple[BoardColumn, ...] = ()
    rows: tuple[BoardRow, ...] = ()
    unseen: int = 0  # texts that readers see in no language yet: counted, not named


@dataclass(frozen=True, slots=True)
class WaitingText:
    """A text that waits for a translator, or a translation that lags behind.

    ``mail`` begins a letter about it; ``by`` are those who are at work on it.
    """

    row: ListingRow
    anchor: str
    words: int = 0
    by: tuple[LocalizedText, ...] = ()
    mail: str = ""
    lag: TranslationLag | None = None


@dataclass(frozen=True, slots=True)
class TranslateView(GatheringView):
    """The texts that a language lacks, for those who translate: ``translate.html``."""

    texts: tuple[WaitingText, ...] = ()
    posts: tuple[WaitingText, ...] = ()
    shortest: tuple[WaitingText, ...] = ()  # some to begin with, where there are many
    stale: tuple[WaitingText, ...] = ()
    contact: ContactView | None = None
    editor_url: str = ""  # empty where texts cannot be written in a browser
