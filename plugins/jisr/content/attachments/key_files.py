"""Keys for encrypted mail beside a text: what a file holds (RFC 9580), and what is wrong with it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from jisr.core.diagnostics.problems import Problem
from jisr.core.model.document import Document
from jisr.core.urls.contact_addresses import group_fingerprint

_PRIVATE = re.compile(rb"^-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----", re.MULTILINE)
_ARMOR = re.compile(rb"^-----BEGIN PGP PUBLIC KEY BLOCK-----[ \t]*\n(.*?)^-----END PGP", re.MULTILINE | re.DOTALL)
_PUBLIC_KEY, _SECRET_KEY = 6, 5  # packets
_LENGTH_BYTES = (1, 2, 4)  # of a packet of the old form

_NO_KEY = (
    '"{name}" holds no public OpenPGP key. Export the key as text ("gpg --armor --export ADDRESS"), and put that file here.'
)
_OTHER_KEY = (
    '"{value}" is not the fingerprint of the key in "{name}", which is {right}. Ask its owner which is right: write that '
    "fingerprint, or put the right key here."
)


def holds_private_key(data: bytes) -> bool:
    """Whether a text file holds a private key, of OpenPGP or of another system.

    >>> holds_private_key(b"-----BEGIN PGP PRIVATE KEY BLOCK-----"), holds_private_key(b"-----BEGIN PGP PUBLIC KEY BLOCK-----")
    (True, False)
    """
    return b"PRIVATE KEY" in data and _PRIVATE.search(data) is not None


def read_fingerprints(data: bytes) -> tuple[str, ...]:
    """Return the fingerprints of the public keys in a file, those of the keys below them left out; none where it holds none."""
    found: list[str] = []
    for block in _ARMOR.finditer(data.replace(b"\r\n", b"\n")):
        head, blank, body = block[1].partition(b"\n\n")
        lines = [line for line in (body if blank else head).split(b"\n") if not line.startswith(b"=")]
        try:
            packets = base64.b64decode(b"".join(lines), validate=True)
        except (binascii.Error, ValueError):
            continue
        found += [_fingerprint(body) for tag, body in _list_packets(packets) if tag == _PUBLIC_KEY and body]
    return tuple(one for one in found if one)


def _list_packets(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Return the type and the body of each packet; what follows one that is cut off is left out."""
    at = 0
    while at + 1 < len(data) and data[at] & 0x80:
        head = data[at]
        tag, at, length = (head & 0x3F, *_new_length(data, at + 1)) if head & 0x40 else _old_length(data, at)
        if length is None or at + length > len(data):
            return
        yield tag, data[at : at + length]
        at += length


def _new_length(data: bytes, at: int) -> tuple[int, int | None]:
    """Return where the body of a packet begins, and its length; keys have no lengths in parts."""
    first = data[at]
    if first < 192:
        return at + 1, first
    if first < 224:
        return at + 2, ((first - 192) << 8) + int.from_bytes(data[at + 1 : at + 2]) + 192
    return at + 5, int.from_bytes(data[at + 1 : at + 5]) if first == 255 else None


def _old_length(data: bytes, at: int) -> tuple[int, int, int | None]:
    tag, form = (data[at] & 0x3C) >> 2, data[at] & 3
    if form == len(_LENGTH_BYTES):
        return tag, at + 1, len(data) - at - 1
    size = _LENGTH_BYTES[form]
    return tag, at + 1 + size, int.from_bytes(data[at + 1 : at + 1 + size])


def _fingerprint(body: bytes) -> str:
    """Return the fingerprint of a public key packet, an empty string for a version that nobody should use."""
    if body[0] == 4:
        return hashlib.sha1(b"\x99" + len(body).to_bytes(2) + body, usedforsecurity=False).hexdigest().upper()
    if body[0] == 6:
        return hashlib.sha256(b"\x9b" + len(body).to_bytes(4) + body).hexdigest().upper()
    return ""


def find_key_problems(document: Document, file: Path) -> Iterator[Problem]:
    """Return what is wrong between the key file that a text names and the fingerprint that it states."""
    name, stated = document.contact.pgp, document.contact.fingerprint
    try:
        data = file.read_bytes()
    except OSError:
        return  # which the check of the file reports
    fingerprints = read_fingerprints(data)
    if holds_private_key(data):
        return  # likewise
    if not fingerprints:
        yield Problem.warning(document.location_of("contact.pgp"), "pgp", _NO_KEY, name=name)
    elif stated and stated not in fingerprints:
        place, right = document.location_of("contact.fingerprint"), group_fingerprint(fingerprints[0])
        yield Problem.error(place, "fingerprint", _OTHER_KEY, value=group_fingerprint(stated), name=name, right=right)
