"""The page that says how to tell a true copy of the site from a forged one."""

from __future__ import annotations

from jisr.core.frozen import dataclass
from jisr.core.model.mirrors import fingerprint
from jisr.core.urls import paths
from jisr.pages.layout import LayoutInputs, breadcrumbs, build_head, build_layout
from jisr.pages.links import Linker
from jisr.pages.views.page_views import PageView


@dataclass(frozen=True, slots=True)
class VerifyView(PageView):
    """How to tell a true copy of the site from a forged one: ``verify.html``. Addresses are whole, to be copied."""

    site: str = ""
    key: str = ""  # empty: the site is not signed
    fingerprint: tuple[str, ...] = ()
    sums: str = ""
    signature: str = ""
    mirrors: tuple[str, ...] = ()
    onion: str = ""
    listed: str = ""  # the list of all these addresses for programs; empty where there is none


def verify_view(linker: Linker, surroundings: LayoutInputs) -> VerifyView:
    """Return the key of the network, the addresses of the list and its signature, and where else the site stands."""
    copies = linker.site.mirrors
    title = surroundings.label("verify", linker.language)
    steps = breadcrumbs(linker, surroundings, last=title)
    return VerifyView(
        language=linker.language,
        head=build_head(linker, title.text, surroundings, steps),
        chrome=build_layout(linker, surroundings, steps),
        site=linker.absolute_url(""),
        key=copies.key,
        fingerprint=fingerprint(copies.key) if copies.key else (),
        sums=linker.absolute_url("SHA256SUMS"),
        signature=linker.absolute_url("SHA256SUMS.minisig") if copies.key else "",
        mirrors=tuple(f"{one}/" for one in copies.mirrors),
        onion=f"{copies.onion}/" if copies.onion else "",
        listed=linker.absolute_url(paths.MIRRORS) if copies.has_addresses else "",
    )
