"""``.well-known/mirrors.json``: the mirrors of a site and the key that proves each copy; publishing signs it."""

from __future__ import annotations

import json

from jisr.core.model.mirrors import fingerprint
from jisr.core.model.site import Site
from jisr.core.urls import paths


def render_mirrors(site: Site) -> bytes:
    """Return the list of the addresses of a site, which is the same in each copy and names the checksums to compare with."""
    mirrors = site.mirrors
    key = {"public": mirrors.key, "sha256": "".join(fingerprint(mirrors.key)), "form": "minisign"} if mirrors.key else None
    values = {
        "version": 1,
        "site": paths.absolute_url(site.url, ""),
        "mirrors": [f"{one}/" for one in mirrors.mirrors],
        "onion": f"{mirrors.onion}/" if mirrors.onion else None,
        "sums": "SHA256SUMS",
        "signature": "SHA256SUMS.minisig" if mirrors.key else None,
        "key": key,
    }
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()
