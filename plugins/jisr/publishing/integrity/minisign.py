"""Signatures of ``SHA256SUMS`` in the format of minisign: https://jedisct1.github.io/minisign/#signature-format.

A copy of the site is checked with ``minisign -Vm SHA256SUMS -P <public key>``.
The secret key is one line, for a secret of a workflow; it has a prefix by which it is detected in published files.
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

KEY_VARIABLE = "JISR_SIGN_KEY"
_SECRET_PREFIX = "jisr-secret-"  # noqa: S105 (the prefix, not a key)
_KEY_ALGORITHM, _SIGNATURE_ALGORITHM = b"Ed", b"ED"  # a key; a signature of the BLAKE2b-512 hash of a file
_UNTRUSTED_COMMENT, _TRUSTED_COMMENT = "untrusted comment: ", "trusted comment: "


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A secret key: its id of eight bytes, and the seed of its Ed25519 key (RFC 8032)."""

    key_id: bytes
    seed: bytes

    @property
    def public(self) -> str:
        """The public key as a line."""
        return _encode_base64(_KEY_ALGORITHM + self.key_id + _load_private_key(self.seed).public_key().public_bytes_raw())

    @property
    def secret(self) -> str:
        """The secret key as a line."""
        return _SECRET_PREFIX + _encode_base64(self.key_id + self.seed)


def generate_key() -> SigningKey:
    """Return a new key."""
    return SigningKey(secrets.token_bytes(8), secrets.token_bytes(32))


def parse_secret_key(line: str) -> SigningKey:
    """Return the key of a secret line. Raises ValueError, without the line, where it is invalid."""
    data = _decode_base64(line.strip().removeprefix(_SECRET_PREFIX))
    if not line.strip().startswith(_SECRET_PREFIX) or len(data) != 40:
        raise ValueError
    return SigningKey(data[:8], data[8:])


def format_public_key(public: str) -> str:
    """Return ``minisign.pub`` of a public key."""
    return f"{_UNTRUSTED_COMMENT}minisign public key\n{public}\n"


def sign(data: bytes, key: SigningKey, comment: str) -> str:
    """Return the signature of a file and of the comment. It has no time, so that the same file has the same signature."""
    private = _load_private_key(key.seed)
    signature = private.sign(hashlib.blake2b(data).digest())
    comment_signature = private.sign(signature + comment.encode())
    line, comment_line = _encode_base64(_SIGNATURE_ALGORITHM + key.key_id + signature), _encode_base64(comment_signature)
    return f"{_UNTRUSTED_COMMENT}signature of {comment}\n{line}\n{_TRUSTED_COMMENT}{comment}\n{comment_line}\n"


def verify_signature(data: bytes, signature: str, public: str) -> bool:
    """Whether the signatures of a file and of the comment are valid. Raises ValueError where the public key is invalid."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = _decode_base64(public)
    if len(key) != 42 or key[:2] != _KEY_ALGORITHM:
        raise ValueError(public)
    lines = signature.splitlines()
    if len(lines) < 4 or not lines[2].startswith(_TRUSTED_COMMENT):
        return False
    try:
        first, second = _decode_base64(lines[1]), _decode_base64(lines[3])
        if first[:2] != _SIGNATURE_ALGORITHM or first[2:10] != key[2:10]:
            return False
        verifier = Ed25519PublicKey.from_public_bytes(key[10:])
        verifier.verify(first[10:], hashlib.blake2b(data).digest())
        verifier.verify(second, first[10:] + lines[2].removeprefix(_TRUSTED_COMMENT).encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _load_private_key(seed: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed)


def _encode_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decode_base64(line: str) -> bytes:
    try:
        return base64.b64decode(line.encode(), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError from None  # without the line: it may be a secret
