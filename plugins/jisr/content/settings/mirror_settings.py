"""The settings of mirrors: SIGNED_BY, MIRRORS, ONION."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from jisr.core.diagnostics.problems import Problem
from jisr.core.model.mirrors import MirrorSettings, fingerprint, is_onion

ReportError = Callable[..., Problem]
_SCHEMES = ("https", "http", "ipfs", "ipns")


def read_mirrors(settings: Mapping[str, Any], error: ReportError) -> MirrorSettings:
    """Return what settings say of mirrors; ``error`` takes what is wrong, with the name of the setting."""
    mirrors = tuple(_mirror_urls(settings, error))
    return MirrorSettings(_signing_key(settings, error), mirrors, _onion_setting(settings, error))


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
        text = '"{value}" is not a list of addresses. Write MIRRORS = ("https://mirror.example.org/",).'
        error("MIRRORS", text, value=value)
        return
    for one in dict.fromkeys(value):
        parts, has_space = urlsplit(str(one)), re.search(r"\s", str(one))
        if parts.scheme not in _SCHEMES or not parts.netloc or parts.query or parts.fragment or has_space:
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
