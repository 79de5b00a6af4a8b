"""Shards on the disk: what says which part of a site a folder holds, and bodies that others rendered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from plugins.core.bodies import Body
from plugins.core.frozen import dataclass
from plugins.core.shards import Shard
from plugins.engine.memory import Memory, remember

MARK = "shard.json"  # in the folder of a shard, and never in that of a site
_READ = (".md", ".yaml")  # other files of the content folder are known by their size


@dataclass(frozen=True, slots=True)
class Part:
    """The folder of a shard: which it is, what it was made from, and the moment it was made for."""

    folder: Path
    shard: Shard
    made_from: str
    now: str


def mark(folder: Path, shard: Shard, base: bytes, now: datetime, content: Path) -> None:
    """Write into the folder of a shard which it is, and what all shards of one site have in common."""
    made_from = hashlib.blake2b(base, digest_size=16)
    for file in sorted(file for file in content.rglob("*") if file.is_file()):
        made_from.update(f"{file.relative_to(content)}\0{file.stat().st_size}\0".encode("utf-8", "surrogatepass"))
        if file.suffix in _READ:
            made_from.update(file.read_bytes())
    said = {"shard": shard.number, "of": shard.of, "made_from": made_from.hexdigest(), "now": now.isoformat()}
    (folder / MARK).write_text(json.dumps(said), "utf-8")


def part(folder: Path) -> Part | None:
    """Give what a folder holds, or None where it is that of no shard. Raises ValueError where its mark cannot be read."""
    file = folder / MARK
    if not file.is_file() or file.is_symlink():
        return None
    try:
        said = json.loads(file.read_text("utf-8"))
        return Part(folder, Shard(int(said["shard"]), int(said["of"])), str(said["made_from"]), str(said["now"]))
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from None


def keep(folder: Path, shard: Shard, base: bytes, bodies: Mapping[bytes, Body]) -> Path:
    """Keep bodies for the builds of other shards; give the file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{shard.number}-of-{shard.of}.bodies"
    Memory(base, seen_bodies=dict(bodies)).save(file)
    return file


def gathered(folder: Path, base: bytes) -> dict[bytes, Body]:
    """Give the bodies that lie in a folder; those of another version of code, theme or settings are left alone."""
    return {key: body for kept in _kept(folder, base) for key, body in kept.bodies.items()}


def _kept(folder: Path, base: bytes) -> Iterator[Memory]:
    return (remember(file, base) for file in sorted(folder.rglob("*.bodies")))
