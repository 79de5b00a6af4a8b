"""Signatures of ``SHA256SUMS``, in the form of minisign: https://jedisct1.github.io/minisign/#signature-format.

Whoever has minisign checks a copy of the site with ``minisign -Vm SHA256SUMS -P <public key>``.
The secret key is one line, made for a secret of a workflow; its letters begin so that it is found where it must not stand.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from typing import TYPE_CHECKING

from jisr.core.frozen import dataclass

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

VARIABLE = "JISR_SIGN_KEY"
_SECRET = "jisr-secret-"  # noqa: S105 (how one begins, not one)
_KEY, _HASHED = b"Ed", b"ED"  # a key; a signature of the BLAKE2b-512 hash of a file
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "


@dataclass(frozen=True, slots=True)
class Key:
    """A secret key: eight bytes that name it, and the seed of its Ed25519 key (RFC 8032)."""

    name: bytes
    seed: bytes

    @property
    def public(self) -> str:
        """The line that everybody may know."""
        return _packed(_KEY + self.name + _private(self.seed).public_key().public_bytes_raw())

    @property
    def secret(self) -> str:
        """The line that nobody else may know."""
        return _SECRET + _packed(self.name + self.seed)


def new_key() -> Key:
    """Make a key."""
    return Key(secrets.token_bytes(8), secrets.token_bytes(32))


def read_secret(line: str) -> Key:
    """Give the key of a secret line. Raises ValueError, which does not hold it, where it is none."""
    data = _unpacked(line.strip().removeprefix(_SECRET))
    if not line.strip().startswith(_SECRET) or len(data) != 40:
        raise ValueError
    return Key(data[:8], data[8:])


def public_file(public: str) -> str:
    """Give ``minisign.pub`` of a public key."""
    return f"{_UNTRUSTED}minisign public key\n{public}\n"


def sign(data: bytes, key: Key, comment: str) -> str:
    """Give the signature of a file; the comment is signed with it. It holds no moment: the same file has the same signature."""
    private = _private(key.seed)
    signature = private.sign(hashlib.blake2b(data).digest())
    sealed = private.sign(signature + comment.encode())
    lines = [
        f"{_UNTRUSTED}signature of {comment}",
        _packed(_HASHED + key.name + signature),
        _TRUSTED + comment,
        _packed(sealed),
    ]
    return "\n".join(lines) + "\n"


def is_signed(data: bytes, signature: str, public: str) -> bool:
    """Whether a signature is that of a file by a public key, its comment included. Raises ValueError where the key is none."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    known = _unpacked(public)
    if len(known) != 42 or known[:2] != _KEY:
        raise ValueError(public)
    lines = signature.splitlines()
    if len(lines) < 4 or not lines[2].startswith(_TRUSTED):
        return False
    try:
        first, second = _unpacked(lines[1]), _unpacked(lines[3])
        if first[:2] != _HASHED or first[2:10] != known[2:10]:
            return False
        reader = Ed25519PublicKey.from_public_bytes(known[10:])
        reader.verify(first[10:], hashlib.blake2b(data).digest())
        reader.verify(second, first[10:] + lines[2].removeprefix(_TRUSTED).encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _private(seed: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed)


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unpacked(line: str) -> bytes:
    try:
        return base64.b64decode(line.encode(), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError from None  # without the line: it may be a secret
