"""The page that says how to tell a true copy of the site from a forged one."""

from __future__ import annotations

from plugins.core import addresses
from plugins.core.copies import fingerprint
from plugins.core.frozen import dataclass
from plugins.multilingual.chrome import Surroundings, chrome, head, way
from plugins.multilingual.linker import Linker
from plugins.multilingual.views import PageView


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


def verify_view(linker: Linker, surroundings: Surroundings) -> VerifyView:
    """Give the key of the network, the addresses of the list and its signature, and where else the site stands."""
    copies = linker.site.copies
    title = surroundings.label("verify", linker.language)
    steps = way(linker, surroundings, last=title)
    return VerifyView(
        language=linker.language,
        head=head(linker, title.text, surroundings, steps),
        chrome=chrome(linker, surroundings, steps),
        site=linker.absolute(""),
        key=copies.key,
        fingerprint=fingerprint(copies.key) if copies.key else (),
        sums=linker.absolute("SHA256SUMS"),
        signature=linker.absolute("SHA256SUMS.minisig") if copies.key else "",
        mirrors=tuple(f"{one}/" for one in copies.mirrors),
        onion=f"{copies.onion}/" if copies.onion else "",
        listed=linker.absolute(addresses.MIRRORS) if copies.named else "",
    )
