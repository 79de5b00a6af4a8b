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

from jisr.core.diagnostics.problems import SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.publishing.checks.output_checks import list_files
from jisr.publishing.integrity import checksums
from jisr.publishing.integrity.precompress import SUFFIXES
from jisr.publishing.server_config.headers import CACHE_IMMUTABLE, CACHE_SHORT, HASHED_PATH
from jisr.publishing.targets.subprocesses import run_program
from jisr.publishing.targets.target import PublishTarget

_FAILURE_NOTE = phrase("Some files may be new already: publish again, and it goes on where this ended.")
_FEED_SUFFIXES = (".atom", ".rss", ".opml", ".rdf", ".ics", ".xml")


@dataclass(frozen=True, slots=True)
class UploadPlan:
    """What is sent, stage after stage, and then removed."""

    stages: tuple[tuple[str, ...], ...]
    deletions: tuple[str, ...]


def upload_stage(path: str) -> int:
    """Return when a file is sent: those that never change, other files, pages, feeds, lists of all that.

    >>> [upload_stage(one) for one in ("theme/style.1.css", "ar/بيان.pdf", "ckb/index.html", "ckb/feed.atom", "SHA256SUMS")]
    [0, 1, 2, 3, 4]
    """
    path = path.removesuffix(next((one for one in SUFFIXES if path.endswith(one)), ""))  # compressed, it comes with what it is
    name = path.rpartition("/")[2]
    if path in (checksums.SUMS_NAME, *checksums.SIGNATURES):
        return 4
    if name.endswith(_FEED_SUFFIXES) or (name.startswith("feed") and name.endswith(".json")):
        return 3
    if name.endswith(".html"):
        return 2
    return 0 if f"/{path}".startswith(HASHED_PATH) else 1


def plan_upload(ours: Mapping[str, str], theirs: Mapping[str, str]) -> UploadPlan:
    """Return what is sent and removed, by the sums of the files here and there; one that is not known there counts as changed.

    >>> before = {"ckb/index.html": "3", "fr/index.html": "4"}
    >>> plan_upload({"ar/index.html": "1", "theme/a.css": "2", "ckb/index.html": "3"}, before)
    UploadPlan(stages=(('theme/a.css',), ('ar/index.html',)), deletions=('fr/index.html',))
    """
    changed = sorted(path for path, value in ours.items() if theirs.get(path) != value)
    stages = (tuple(path for path in changed if upload_stage(path) == number) for number in range(5))
    removed = sorted(theirs.keys() - ours.keys(), key=lambda path: (-upload_stage(path), path))
    return UploadPlan(tuple(one for one in stages if one), tuple(removed))


def publish(output: Path, where: PublishTarget, place: SourceLocation) -> UploadPlan:
    """Publish a built site to a storage and give what was done.

    Raises ProblemsError where rclone is missing or fails; to publish again completes what was begun.
    """
    rclone = ["rclone", *(["--config", str(Path(where.config).expanduser())] if where.config else [])]
    made = plan_upload(_local_sums(output), _remote_sums(rclone, where.remote, place))
    with tempfile.TemporaryDirectory(prefix="jisr-rclone-") as folder:
        listed = Path(folder) / "files"
        for paths in made.stages:
            listed.write_text("".join(f"{path}\n" for path in paths), "utf-8")
            cached = CACHE_IMMUTABLE if upload_stage(paths[0]) == 0 else CACHE_SHORT
            # What changed was found above, by sums: times say nothing here.
            command = [*rclone, "copy", "--ignore-times", "--no-traverse", "--header-upload", f"Cache-Control: {cached}"]
            run_program([*command, "--files-from-raw", str(listed), str(output), where.remote], place, _FAILURE_NOTE)
        if made.deletions:
            listed.write_text("".join(f"{path}\n" for path in made.deletions), "utf-8")
            run_program([*rclone, "delete", "--files-from-raw", str(listed), where.remote], place, _FAILURE_NOTE)
    return made


def _local_sums(output: Path) -> dict[str, str]:
    """Return the MD5 sums of the files here: the one that all storages keep. It only tells what changed."""
    return {
        file.relative_to(output).as_posix(): hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
        for file in list_files(output)
    }


def _remote_sums(rclone: list[str], remote: str, place: SourceLocation) -> dict[str, str]:
    run_program([*rclone, "mkdir", remote], place, _FAILURE_NOTE)  # a place that is not there yet is empty, not a fault
    listed = run_program(
        [*rclone, "lsjson", "-R", "--files-only", "--hash", "--hash-type", "MD5", remote], place, _FAILURE_NOTE
    )
    return {one["Path"]: (one.get("Hashes") or {}).get("md5", "") for one in json.loads(listed)}
