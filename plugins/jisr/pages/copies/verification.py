"""The page on verifying a copy of the site: the key, the checksums, the mirrors."""

from __future__ import annotations

from jisr.core.model.mirrors import fingerprint
from jisr.core.urls import paths
from jisr.pages.layout import LayoutInputs, breadcrumbs, page_fields
from jisr.pages.links import Linker
from jisr.pages.views.page_views import VerifyView


def verify_view(linker: Linker, inputs: LayoutInputs) -> VerifyView:
    """Return the key of the network, the addresses of the checksums and their signature, and the mirrors of the site."""
    mirrors = linker.site.mirrors
    title = inputs.label("verify", linker.language)
    return VerifyView(
        **page_fields(linker, title.text, inputs, breadcrumbs(linker, inputs, last=title)),
        site=linker.absolute_url(""),
        key=mirrors.key,
        fingerprint=fingerprint(mirrors.key) if mirrors.key else (),
        sums=linker.absolute_url("SHA256SUMS"),
        signature=linker.absolute_url("SHA256SUMS.minisig") if mirrors.key else "",
        mirrors=tuple(f"{one}/" for one in mirrors.mirrors),
        onion=f"{mirrors.onion}/" if mirrors.onion else "",
        listed=linker.absolute_url(paths.MIRRORS) if mirrors.has_addresses else "",
    )
