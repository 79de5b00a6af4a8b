"""Publishing to an object storage by rclone: what changed alone, in an order in which no page lacks what it needs.

Such a storage switches nothing over at once. So what pages need comes before them, what leads to pages after them,
and what nothing names any more goes last: a reader meets pages of two releases at worst, never one that is broken.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from jisr.core.diagnostics.problems import Place, phrase
from jisr.core.frozen import dataclass
from jisr.publishing.checks.output_checks import files_of
from jisr.publishing.integrity import checksums
from jisr.publishing.integrity.precompress import SUFFIXES
from jisr.publishing.server_config.headers import FOREVER, HASHED, SHORTLY
from jisr.publishing.targets.subprocesses import run
from jisr.publishing.targets.target import Destination

_TOLD = phrase("Some files may be new already: publish again, and it goes on where this ended.")
_FEEDS = (".atom", ".rss", ".opml", ".rdf", ".ics", ".xml")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is sent, stage after stage, and then removed."""

    stages: tuple[tuple[str, ...], ...]
    removed: tuple[str, ...]


def stage(path: str) -> int:
    """Give when a file is sent: those that never change, other files, pages, feeds, lists of all that.

    >>> [stage(one) for one in ("theme/style.1.css", "ar/بيان.pdf", "ckb/index.html", "ckb/feed.atom", "SHA256SUMS")]
    [0, 1, 2, 3, 4]
    """
    path = path.removesuffix(next((one for one in SUFFIXES if path.endswith(one)), ""))  # compressed, it comes with what it is
    name = path.rpartition("/")[2]
    if path in (checksums.NAME, *checksums.SIGNATURES):
        return 4
    if name.endswith(_FEEDS) or (name.startswith("feed") and name.endswith(".json")):
        return 3
    if name.endswith(".html"):
        return 2
    return 0 if f"/{path}".startswith(HASHED) else 1


def plan(ours: Mapping[str, str], theirs: Mapping[str, str]) -> Plan:
    """Give what is sent and removed, by the sums of the files here and there; one that is not known there counts as changed.

    >>> plan({"ar/index.html": "1", "theme/a.css": "2", "ckb/index.html": "3"}, {"ckb/index.html": "3", "fr/index.html": "4"})
    Plan(stages=(('theme/a.css',), ('ar/index.html',)), removed=('fr/index.html',))
    """
    changed = sorted(path for path, value in ours.items() if theirs.get(path) != value)
    stages = (tuple(path for path in changed if stage(path) == number) for number in range(5))
    removed = sorted(theirs.keys() - ours.keys(), key=lambda path: (-stage(path), path))
    return Plan(tuple(one for one in stages if one), tuple(removed))


def publish(output: Path, where: Destination, place: Place) -> Plan:
    """Publish a built site to a storage and give what was done.

    Raises ProblemsError where rclone is missing or fails; to publish again completes what was begun.
    """
    rclone = ["rclone", *(["--config", str(Path(where.config).expanduser())] if where.config else [])]
    made = plan(_ours(output), _theirs(rclone, where.remote, place))
    with tempfile.TemporaryDirectory(prefix="jisr-rclone-") as folder:
        listed = Path(folder) / "files"
        for paths in made.stages:
            listed.write_text("".join(f"{path}\n" for path in paths), "utf-8")
            cached = FOREVER if stage(paths[0]) == 0 else SHORTLY
            # What changed was found above, by sums: times say nothing here.
            command = [*rclone, "copy", "--ignore-times", "--no-traverse", "--header-upload", f"Cache-Control: {cached}"]
            run([*command, "--files-from-raw", str(listed), str(output), where.remote], place, _TOLD)
        if made.removed:
            listed.write_text("".join(f"{path}\n" for path in made.removed), "utf-8")
            run([*rclone, "delete", "--files-from-raw", str(listed), where.remote], place, _TOLD)
    return made


def _ours(output: Path) -> dict[str, str]:
    """Give the MD5 sums of the files here: the one that all storages keep. It only tells what changed."""
    return {
        file.relative_to(output).as_posix(): hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
        for file in files_of(output)
    }


def _theirs(rclone: list[str], remote: str, place: Place) -> dict[str, str]:
    run([*rclone, "mkdir", remote], place, _TOLD)  # a place that is not there yet is empty, not a fault
    listed = run([*rclone, "lsjson", "-R", "--files-only", "--hash", "--hash-type", "MD5", remote], place, _TOLD)
    return {one["Path"]: (one.get("Hashes") or {}).get("md5", "") for one in json.loads(listed)}
