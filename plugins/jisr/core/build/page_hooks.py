"""Types of the hooks that describe a page to machines, and of the values that they get and return."""

from __future__ import annotations

from collections.abc import Callable

from jisr.core.frozen import dataclass
from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.site import Route, Site


@dataclass(frozen=True, slots=True)
class Breadcrumb:
    """A step of a breadcrumb: its words, and its address from the root, or None for the page itself."""

    words: LocalizedText
    address: str | None


@dataclass(frozen=True, slots=True)
class PageContext:
    """A page to describe: its route, the breadcrumb to it, and its text, if it shows one."""

    site: Site
    route: Route
    breadcrumbs: tuple[Breadcrumb, ...]
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class SharingImage:
    """The picture of a page where it is shared: its address from the root, its sides in pixels, its alternative text."""

    address: str
    width: int
    height: int
    alt: str


Describer = Callable[[PageContext], str]
Illustrator = Callable[[PageContext], SharingImage | None]
