"""What a page says of itself to machines: the seam between pages and whoever describes them."""

from __future__ import annotations

from collections.abc import Callable

from jisr.core.frozen import dataclass
from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.site import Route, Site


@dataclass(frozen=True, slots=True)
class Breadcrumb:
    """A step of a breadcrumb: its words and its address from the root; None is the page itself."""

    words: LocalizedText
    address: str | None


@dataclass(frozen=True, slots=True)
class PageContext:
    """A page to describe: where it stands, the way to it, and the text it shows, if it shows one."""

    site: Site
    route: Route
    breadcrumbs: tuple[Breadcrumb, ...]
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class SharingImage:
    """A picture that stands for a page where it is shared: its address from the root, its sides, what it says."""

    address: str
    width: int
    height: int
    alt: str


Describer = Callable[[PageContext], str]
Illustrator = Callable[[PageContext], SharingImage | None]
