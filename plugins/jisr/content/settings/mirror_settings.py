"""What the settings say of copies of the site: its key, its mirrors, its address in the Tor network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from jisr.core.model.mirrors import MirrorSettings, fingerprint, is_onion

_SCHEMES = ("https", "http", "ipfs", "ipns")
ReportError = Callable[..., object]


def read_copies(settings: Mapping[str, Any], error: ReportError) -> MirrorSettings:
    """Return what the settings say of copies; ``error`` notes what is wrong with one of them, by its name."""
    return MirrorSettings(
        key=_signing_key(settings, error), mirrors=tuple(_mirror_urls(settings, error)), onion=_onion_setting(settings, error)
    )


def _signing_key(settings: Mapping[str, Any], error: ReportError) -> str:
    value = str(settings.get("SIGNED_BY") or "")
    try:
        if value:
            fingerprint(value)
    except ValueError:
        text = '"{value}" is not a public key. Write the line that `inv sign-key` printed, or take SIGNED_BY out.'
        error("SIGNED_BY", text, value=value)
        return ""
    return value


def _mirror_urls(settings: Mapping[str, Any], error: ReportError) -> Iterator[str]:
    value = settings.get("MIRRORS", ())
    if isinstance(value, str) or not isinstance(value, tuple | list):
        error("MIRRORS", '"{value}" is not a list of addresses. Write MIRRORS = ("https://mirror.example.org/",).', value=value)
        return
    for one in dict.fromkeys(value):
        parts = urlsplit(str(one))
        if parts.scheme not in _SCHEMES or not parts.netloc or parts.query or parts.fragment or re.search(r"\s", str(one)):
            text = '"{value}" is not the address of a mirror. Write it whole, as https://mirror.example.org/.'
            error("MIRRORS", text, value=one)
        else:
            yield str(one).rstrip("/")


def _onion_setting(settings: Mapping[str, Any], error: ReportError) -> str:
    value = str(settings.get("ONION") or "").rstrip("/")
    if value and not is_onion(value):
        text = (
            '"{value}" is no address of the Tor network. Write it whole, as your server states it: http://…56 letters….onion.'
        )
        error("ONION", text, value=value)
        return ""
    return value
