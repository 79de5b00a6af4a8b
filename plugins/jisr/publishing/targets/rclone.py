"""Publishing to an object storage with rclone: changed files only, in an order in which every page has its resources.

Such a storage has no atomic switch. So resources are uploaded before pages, lists of pages after them, and files that are no
longer needed are deleted last: at worst a reader sees pages of two releases, never a broken one.
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
    """The files to upload, stage by stage, and those to delete after that."""

    stages: tuple[tuple[str, ...], ...]
    deletions: tuple[str, ...]


def upload_stage(path: str) -> int:
    """Return the stage of a file: hashed files, other files, pages, feeds, checksums.

    >>> [upload_stage(one) for one in ("theme/style.1.css", "ar/بيان.pdf", "ckb/index.html", "ckb/feed.atom", "SHA256SUMS")]
    [0, 1, 2, 3, 4]
    """
    # A compressed copy is in the stage of its file.
    path = path.removesuffix(next((one for one in SUFFIXES if path.endswith(one)), ""))
    name = path.rpartition("/")[2]
    if path in (checksums.SUMS_NAME, *checksums.SIGNATURES):
        return 4
    if name.endswith(_FEED_SUFFIXES) or (name.startswith("feed") and name.endswith(".json")):
        return 3
    if name.endswith(".html"):
        return 2
    return 0 if f"/{path}".startswith(HASHED_PATH) else 1


def plan_upload(ours: Mapping[str, str], theirs: Mapping[str, str]) -> UploadPlan:
    """Return the upload plan from the local and remote sums; a file without a remote sum counts as changed.

    >>> before = {"ckb/index.html": "3", "fr/index.html": "4"}
    >>> plan_upload({"ar/index.html": "1", "theme/a.css": "2", "ckb/index.html": "3"}, before)
    UploadPlan(stages=(('theme/a.css',), ('ar/index.html',)), deletions=('fr/index.html',))
    """
    changed = sorted(path for path, value in ours.items() if theirs.get(path) != value)
    stages = (tuple(path for path in changed if upload_stage(path) == number) for number in range(5))
    deletions = sorted(theirs.keys() - ours.keys(), key=lambda path: (-upload_stage(path), path))
    return UploadPlan(tuple(one for one in stages if one), tuple(deletions))


def publish(output: Path, target: PublishTarget, place: SourceLocation) -> UploadPlan:
    """Publish a built site to a storage and return the plan that was carried out.

    Raises ProblemsError where rclone is missing or fails; publishing again continues.
    """
    rclone = ["rclone", *(["--config", str(Path(target.config).expanduser())] if target.config else [])]
    plan = plan_upload(_local_sums(output), _remote_sums(rclone, target.remote, place))
    with tempfile.TemporaryDirectory(prefix="jisr-rclone-") as folder:
        file_list = Path(folder) / "files"
        for paths in plan.stages:
            file_list.write_text("".join(f"{path}\n" for path in paths), "utf-8")
            cache_control = CACHE_IMMUTABLE if upload_stage(paths[0]) == 0 else CACHE_SHORT
            # Changes were detected by checksums: times are irrelevant.
            command = [*rclone, "copy", "--ignore-times", "--no-traverse", "--header-upload", f"Cache-Control: {cache_control}"]
            run_program([*command, "--files-from-raw", str(file_list), str(output), target.remote], place, _FAILURE_NOTE)
        if plan.deletions:
            file_list.write_text("".join(f"{path}\n" for path in plan.deletions), "utf-8")
            run_program([*rclone, "delete", "--files-from-raw", str(file_list), target.remote], place, _FAILURE_NOTE)
    return plan


def _local_sums(output: Path) -> dict[str, str]:
    """Return the MD5 sums of the local files: all storages keep these. They are used to detect changes only."""
    hashes = ((file, hashlib.md5(file.read_bytes(), usedforsecurity=False)) for file in list_files(output))
    return {file.relative_to(output).as_posix(): one.hexdigest() for file, one in hashes}


def _remote_sums(rclone: list[str], remote: str, place: SourceLocation) -> dict[str, str]:
    run_program([*rclone, "mkdir", remote], place, _FAILURE_NOTE)  # a missing folder is empty, not an error
    command = [*rclone, "lsjson", "-R", "--files-only", "--hash", "--hash-type", "MD5", remote]
    listing = run_program(command, place, _FAILURE_NOTE)
    return {one["Path"]: (one.get("Hashes") or {}).get("md5", "") for one in json.loads(listing)}
