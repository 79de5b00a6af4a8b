"""``.well-known/mirrors.json``: where a site stands besides, and the key that proves each copy; publishing signs it."""

from __future__ import annotations

import json

from jisr.core.model.mirrors import fingerprint
from jisr.core.model.site import Site
from jisr.core.urls import paths


def render_mirrors(site: Site) -> bytes:
    """Return the list of a site's addresses. It is the same in each copy, and names what to check one against."""
    copies = site.mirrors
    key = {"public": copies.key, "sha256": "".join(fingerprint(copies.key)), "form": "minisign"} if copies.key else None
    said = {
        "version": 1,
        "site": paths.absolute_url(site.url, ""),
        "mirrors": [f"{one}/" for one in copies.mirrors],
        "onion": f"{copies.onion}/" if copies.onion else None,
        "sums": "SHA256SUMS",
        "signature": "SHA256SUMS.minisig" if copies.key else None,
        "key": key,
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
