"""Mirrors of a site, and the public key that proves any copy of it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from urllib.parse import urlsplit

from jisr.core.frozen import dataclass

_ONION = re.compile(r"([a-z2-7]{56})\.onion")
_KEY_PREFIX = b"Ed"
_KEY_LENGTH = 42


@dataclass(frozen=True, slots=True)
class MirrorSettings:
    """The settings about mirrors; an empty string where a setting is absent. Addresses end in no slash."""

    key: str = ""  # the public key that releases are signed with, in the format of minisign
    mirrors: tuple[str, ...] = ()
    onion: str = ""  # the site's address in the Tor network

    @property
    def has_addresses(self) -> bool:
        """Whether the site has another address."""
        return bool(self.mirrors or self.onion)


def fingerprint(key: str) -> tuple[str, ...]:
    """Return the SHA-256 fingerprint of a public key in groups of four, to be read aloud over the phone.

    Raises ValueError where it is no minisign public key (https://jedisct1.github.io/minisign/#public-key-format).

    >>> fingerprint("RWQAAQIDBAUGBwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")[0]
    '6e79'
    """
    try:
        data = base64.b64decode(key.encode(), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        data = b""
    if len(data) != _KEY_LENGTH or not data.startswith(_KEY_PREFIX):
        raise ValueError(key)
    digest = hashlib.sha256(data).hexdigest()
    return tuple(digest[start : start + 4] for start in range(0, len(digest), 4))


def is_onion(address: str) -> bool:
    """Whether an address is one of the Tor network, with a valid checksum: a mistyped one may belong to somebody else.

    See https://spec.torproject.org/rend-spec/encoding-onion-addresses.html.

    >>> is_onion("http://duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion"), is_onion("http://بيان.onion")
    (True, False)
    """
    parts = urlsplit(address)
    match = _ONION.fullmatch(parts.netloc)
    if match is None or parts.scheme not in ("http", "https"):
        return False
    data = base64.b32decode(match[1].upper())
    key, checksum, version = data[:32], data[32:34], data[34:]
    return version == b"\x03" and hashlib.sha3_256(b".onion checksum" + key + version).digest()[:2] == checksum
