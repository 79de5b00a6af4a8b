"""The typed context of one run: settings, clock, problems, hooks, and the site once it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any, TypeVar

from jisr.core.build.page_hooks import Describer, Illustrator
from jisr.core.build.run_context import RunContext
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter, PhraseRenderer, render_untranslated
from jisr.core.diagnostics.problems import Problems
from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.languages import Languages
from jisr.core.model.body import Body, BodyRenderer, MarkdownSource
from jisr.core.model.pictures import PictureDrawer
from jisr.core.model.site import Site

T = TypeVar("T")
ParallelMap = Callable[[Callable[[Any], Any], Sequence[Any], Languages], Iterable[Any]]
SiteKeeper = Callable[[Callable[[], Site], Languages], Site]
"""Returns the site that a function assembles, or that of the last build where it would be the same."""


def _no_renderer(source: MarkdownSource) -> Body:
    raise LookupError(f"no plugin of PLUGINS renders the Markdown of {source.path}")


def _map_in_order(function: Callable[[Any], Any], items: Sequence[Any], _languages: Languages) -> Iterable[Any]:
    return map(function, items)


def _assemble_always(assemble: Callable[[], Site], _languages: Languages) -> Site:
    return assemble()


@dataclass(slots=True)
class Hooks:
    """The functions and facts that outputs offer to each other; ``Output.offer_hooks`` sets them before anything is read."""

    render_body: BodyRenderer = _no_renderer
    describe: Describer | None = None  # JSON-LD of a page
    illustrate: Illustrator | None = None  # the picture of a page where it is shared
    render_phrase: PhraseRenderer = render_untranslated
    keeps_pages: bool = False  # whether a browser may keep pages for reading without a network
    text_twins: frozenset[str] = frozenset()  # the kinds whose texts are also written as plain text
    has_open_data: bool = False  # whether texts are also written as data
    has_search: bool = False  # whether the words of texts are in an index, which the page of the search asks
    has_web_manifest: bool = False  # whether each language has a web app manifest
    has_web_editor: bool = False  # whether texts can be written at /admin/
    draw_pictures: PictureDrawer | None = None  # makes smaller pictures of those beside texts
    can_draw_cards: bool | None = None  # whether this machine can


@dataclass(frozen=True, slots=True)
class LogoAsset:
    """The logo of a site on its pages: its address from the root, sides in CSS pixels. Without an address none is shown."""

    address: str = ""
    sides: tuple[int, int] = (0, 0)
    with_name: bool = True


@dataclass(frozen=True, slots=True)
class ThemeAssets:
    """The addresses of the theme's files from the root, and what of them a site has of its own."""

    stylesheet: str
    icon: str
    sheets: Mapping[str, str]  # stylesheets of single pages, by the name of the page
    scripts: Mapping[str, str] = field(default_factory=dict)  # scripts of single pages, by the name of the page
    icon_type: str = "image/svg+xml"
    icon_sides: tuple[int, int] = (0, 0)  # of one that is no drawing
    logo: LogoAsset | None = None  # without one, the mark of the theme
    feed_icon: str = ""
    papers: tuple[str, str] = ("", "")  # the colours of light and of dark pages


@dataclass(slots=True)
class BuildContext:
    """The state that the outputs and commands of one run share.

    ``settings`` are those that a site states, completed by Pelican's defaults. ``site``, ``messages`` and ``assets`` are set
    while the outputs read; each raises LookupError before that, and ``site`` also where the settings allow none.
    """

    settings: Mapping[str, Any]
    run: RunContext
    problems: Problems = field(default_factory=Problems)
    formatter: MessageFormatter = ENGLISH
    hooks: Hooks = field(default_factory=Hooks)
    map_texts: ParallelMap = _map_in_order  # applies a function to texts, by several processes where that is faster
    keep_site: SiteKeeper = _assemble_always
    _site: Site | None = field(default=None, init=False)
    _messages: Catalogs | None = field(default=None, init=False)
    _assets: ThemeAssets | None = field(default=None, init=False)

    @property
    def has_site(self) -> bool:
        """Whether the settings allowed a site, and it was read."""
        return self._site is not None

    @property
    def site(self) -> Site:
        """The site."""
        return _require(self._site, "site")

    @site.setter
    def site(self, site: Site) -> None:
        self._site = site

    def release_site(self) -> None:
        """Forget the site, for a command that has asked it all it needs and takes much memory itself."""
        self._site = None

    @property
    def messages(self) -> Catalogs:
        """The catalogues of the interface."""
        return _require(self._messages, "messages")

    @messages.setter
    def messages(self, messages: Catalogs) -> None:
        self._messages = messages

    @property
    def assets(self) -> ThemeAssets:
        """The files of the theme."""
        return _require(self._assets, "assets")

    @assets.setter
    def assets(self, assets: ThemeAssets) -> None:
        self._assets = assets


def _require(value: T | None, name: str) -> T:
    if value is None:
        raise LookupError(f"no output of PLUGINS has read: {name}")
    return value


@dataclass(frozen=True, slots=True)
class CommandContext:
    """The settings of a command that reads no texts, its language of messages, and a function that builds the site.

    ``build`` takes a folder, or None for the output of the settings, and returns an exit code. ``build_site`` builds into a
    folder, and returns what was built from, or None where that failed.
    """

    settings: Mapping[str, Any]
    formatter: MessageFormatter
    build: Callable[[str | None], int]
    build_site: Callable[[str], BuildContext | None] = lambda _folder: None
