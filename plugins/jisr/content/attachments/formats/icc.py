"""Profiles of colours (ICC.1): what colours mean is kept in place; names, makers, numbers and times are blank."""

from __future__ import annotations

_HEAD, _ENTRY = 128, 12
_KEPT_IN_HEAD = ((0, 4), (8, 24), (36, 40), (40, 48), (64, 80))  # size, version and spaces, signature, intent, white
_KEPT_TAGS = frozenset(
    b"wtpt bkpt rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC chad A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3 "
    b"gamt pre0 pre1 pre2 lumi cicp A2B3 B2A3 aarg aabg aagg".split()
)


def clean_profile(profile: bytes) -> bytes:
    """Return a profile of the same length in which nothing but colours is told; nothing for what no program could read."""
    count = int.from_bytes(profile[_HEAD : _HEAD + 4])
    table = _HEAD + 4 + _ENTRY * count
    if profile[36:40] != b"acsp" or int.from_bytes(profile[:4]) != len(profile) or table > len(profile):
        return b""
    cleaned = bytearray(len(profile))
    for start, end in _KEPT_IN_HEAD:
        cleaned[start:end] = profile[start:end]
    kept = []
    for at in range(_HEAD + 4, table, _ENTRY):
        name, start, size = profile[at : at + 4], *(int.from_bytes(profile[at + one : at + one + 4]) for one in (4, 8))
        if name in _KEPT_TAGS:
            if start < table or start + size > len(profile):
                return b""
            kept.append(profile[at : at + _ENTRY])
            cleaned[start : start + size] = profile[start : start + size]
    cleaned[_HEAD : _HEAD + 4] = len(kept).to_bytes(4)
    cleaned[_HEAD + 4 : _HEAD + 4 + _ENTRY * len(kept)] = b"".join(kept)
    return bytes(cleaned)
