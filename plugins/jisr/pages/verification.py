"""The page on verifying a copy of the site: the key, the checksums, the mirrors."""

from __future__ import annotations

from jisr.core.frozen import dataclass
from jisr.core.model.mirrors import fingerprint
from jisr.core.urls import paths
from jisr.pages.layout import LayoutInputs, breadcrumbs, build_head, build_layout
from jisr.pages.links import Linker
from jisr.pages.views.page_views import PageView


@dataclass(frozen=True, slots=True)
class VerifyView(PageView):
    """The means to verify a copy of the site: ``verify.html``. Addresses are whole, to be copied."""

    site: str = ""
    key: str = ""  # empty: the site is not signed
    fingerprint: tuple[str, ...] = ()
    sums: str = ""
    signature: str = ""
    mirrors: tuple[str, ...] = ()
    onion: str = ""
    listed: str = ""  # the list of all these addresses for programs; empty where there is none


def verify_view(linker: Linker, inputs: LayoutInputs) -> VerifyView:
    """Return the key of the network, the addresses of the checksums and their signature, and the mirrors of the site."""
    copies = linker.site.mirrors
    title = inputs.label("verify", linker.language)
    steps = breadcrumbs(linker, inputs, last=title)
    return VerifyView(
        language=linker.language,
        head=build_head(linker, title.text, inputs, steps),
        chrome=build_layout(linker, inputs, steps),
        site=linker.absolute_url(""),
        key=copies.key,
        fingerprint=fingerprint(copies.key) if copies.key else (),
        sums=linker.absolute_url("SHA256SUMS"),
        signature=linker.absolute_url("SHA256SUMS.minisig") if copies.key else "",
        mirrors=tuple(f"{one}/" for one in copies.mirrors),
        onion=f"{copies.onion}/" if copies.onion else "",
        listed=linker.absolute_url(paths.MIRRORS) if copies.has_addresses else "",
    )
