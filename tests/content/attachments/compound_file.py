"""Compound files (MS-CFB) as office programs of before 2007 write them, made by hand: no package writes them."""

from __future__ import annotations

import struct
from itertools import pairwise

_SECTOR, _FREE, _END, _TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _entry(name: str, kind: int, left: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, left, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def compound_file(streams: dict[str, bytes]) -> bytes:
    """Return a file with streams; a slash in a name is a storage. Each is at least a mini stream's limit long."""
    nodes: list[tuple[str, bytes | None, list[int]]] = [("Root Entry", None, [])]
    for path, content in streams.items():
        parent = 0
        for depth, step in enumerate(steps := path.split("/")):
            is_last = depth == len(steps) - 1
            nodes.append((step, content.ljust(4096, b"\0") if is_last else None, []))
            nodes[parent][2].append(len(nodes) - 1)
            parent = len(nodes) - 1
    siblings = {one: right for _, _, children in nodes for one, right in pairwise([*children, _FREE])}
    count = -(-len(nodes) * 128 // _SECTOR)
    table, body, directory = [_TABLE, *range(2, 1 + count), _END], b"", b""
    for number, (name, held, children) in enumerate(nodes):
        start = _END
        if held is not None:
            start, length = len(table), -(-len(held) // _SECTOR)
            table += [*range(start + 1, start + length), _END]
            body += held.ljust(length * _SECTOR, b"\0")
        kind = 5 if not number else 1 if held is None else 2
        child = children[0] if children else _FREE
        directory += _entry(name, kind, _FREE, siblings.get(number, _FREE), child, start, len(held or b""))
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    )
    head += struct.pack("<I", 0) + b"\xff" * (4 * 108)
    fat = b"".join(struct.pack("<I", one) for one in table).ljust(_SECTOR, b"\xff")
    return head + fat + directory.ljust(count * _SECTOR, b"\0") + body
