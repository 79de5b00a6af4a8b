"""Posts into the content folder: each file whole or not at all, never over an editor's work, nor in another's folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from jisr.aggregator.model import Post
from jisr.aggregator.post_model import ExistingPost, MemberPosts, PostSelection, SeenEntry, Tombstone, sha256_digest
from jisr.aggregator.select import bylines
from jisr.aggregator.store import front_matter_edit, tombstones
from jisr.aggregator.store.images.image_links import is_fetched_image
from jisr.core.frozen import dataclass

NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})

_TOMBSTONE_FILE = "removed.yaml"


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that was written or taken away; ``path`` is below the content folder."""

    kind: Literal["added", "updated", "removed", "buried"]
    member: str
    path: str


@dataclass(frozen=True, slots=True)
class StoreResult:
    """What a run left: the changes of the content, and what is to be remembered of it."""

    changes: tuple[FileChange, ...]
    seen_entries: tuple[SeenEntry, ...]


def read_member_posts(content: Path, member: str, traces: Iterable[SeenEntry] = ()) -> MemberPosts:
    """Return what lies in a member's folder of posts, with what is remembered of it.

    Files that cannot be read as posts are an editor's. Symbolic links are not followed.
    """
    folder = content / "posts" / member
    kept = tuple(traces)
    by_path = {trace.path: trace for trace in kept if trace.path}
    inside = [] if folder.is_symlink() else sorted(one for one in folder.glob("*") if not one.name.startswith("."))
    folders = [path for path in inside if path.is_dir() and not path.is_symlink()]
    found = [known for one in folders for known in _read_versions(one, content, member, by_path)]
    paths = {one.path for one in found}
    files = (file.relative_to(content).as_posix() for one in folders for file in sorted(one.glob("index.*.md")))
    stones, broken = _read_tombstones(folder / _TOMBSTONE_FILE)
    return MemberPosts(
        member,
        tuple(found),
        frozenset(one.name for one in inside if not one.is_dir() or one.is_symlink() or _has_content(one)),
        stones,
        kept,
        broken,
        frozenset(path for path in files if path not in paths),
    )


def _has_content(folder: Path) -> bool:
    """Whether anything lies in a folder but what a killed run left."""
    return any(not one.name.startswith(".") and not is_fetched_image(one.name) for one in folder.iterdir())


def read_author_names(content: Path) -> dict[str, str]:
    """Return the names of authors in all texts of the content, by their slug."""
    files = (file for file in sorted(content.glob("**/index.*.md")) if file.is_file() and not file.is_symlink())
    return bylines.collect_spellings(file.read_bytes().decode("utf-8", "replace") for file in files)


def _read_versions(folder: Path, content: Path, member: str, traces: Mapping[str, SeenEntry]) -> list[ExistingPost]:
    """Return the versions of a post's folder that came from its source; a translation without a guid is people's work."""
    found = []
    names = [one.name for one in folder.iterdir() if not one.name.startswith(".")]
    pictures = frozenset(filter(is_fetched_image, names))
    alone = len(names) == len(pictures) + 1
    for file in sorted(folder.glob("index.*.md")):
        path = file.relative_to(content).as_posix()
        data = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
        language = file.name.removeprefix("index.").removesuffix(".md")
        trace = traces.get(path)
        try:
            post, translates = front_matter_edit.parse_post(data.decode("utf-8"), member, folder.name, language)
        except ValueError:
            said = trace or SeenEntry("", "", "", front_matter_edit.EPOCH)
            blank = Post(member, folder.name, language, said.title, "", False, said.date or said.seen, said.guid, said.original)
            found.append(ExistingPost(blank, path, "", is_readable=False, is_alone=False, seen_entry=trace))
            continue
        if not translates or (post.of and post.guid):
            found.append(
                ExistingPost(
                    post, path, sha256_digest(data), is_alone=alone or bool(post.of), seen_entry=trace, pictures=pictures
                )
            )
    return [known if known.seen_entry else replace(known, seen_entry=_find_renamed(known, traces)) for known in found]


def _find_renamed(known: ExistingPost, traces: Mapping[str, SeenEntry]) -> SeenEntry | None:
    """Return what is remembered of a post whose file an editor renamed; it is the editor's then."""
    same = (one for one in traces.values() if known.post.guid and one.guid == known.post.guid)
    trace = next(same, None)
    return replace(trace, path=known.path, digest="") if trace else None


def _read_tombstones(file: Path) -> tuple[tuple[Tombstone, ...], str]:
    try:
        return tombstones.parse_tombstones(file.read_text("utf-8")), ""
    except FileNotFoundError:
        return (), ""
    except (OSError, ValueError) as error:
        return (), str(error)


def write_posts(
    choice: PostSelection, shelf: MemberPosts, content: Path, pictures: Mapping[str, bytes] = NO_PICTURES
) -> StoreResult:
    """Write what was chosen of one member, with its pictures by their paths, and give what changed.

    A file that is not as it was read is left alone: an editor was there meanwhile. Nothing outside the member's own folder
    is touched; a link in the way is not followed. Writing the same choice twice changes nothing.
    """
    folder = content / "posts" / choice.member
    if any(one.is_symlink() for one in (content / "posts", folder)):
        return StoreResult((), choice.seen_entries)
    before = {known.path: known.digest for known in shelf.existing_posts}
    changes: list[FileChange] = []
    digests: dict[str, str] = {}
    for post in choice.posts:
        path = f"posts/{choice.member}/{post.id}/index.{post.language}.md"
        data = front_matter_edit.render_post(post).encode("utf-8")
        if post.member != choice.member or not _is_unchanged(content / path, before.get(path, "")):
            continue
        digests[path] = sha256_digest(data)
        if digests[path] != before.get(path):
            _write_post(
                content / path, data, {one: pictures[one] for one in pictures if one.startswith(f"{path.rpartition('/')[0]}/")}
            )
            changes.append(FileChange("updated" if path in before else "added", choice.member, path))
    changes += [change for path in choice.hidden_paths if (change := _remove_post(path, choice.member, content, before))]
    if choice.new_tombstones and not shelf.tombstone_error:
        changes.append(_write_tombstones(choice, folder))
    traces = tuple(replace(one, digest=digests[one.path]) if one.path in digests else one for one in choice.seen_entries)
    return StoreResult(tuple(changes), traces)


def _write_post(file: Path, data: bytes, pictures: Mapping[str, bytes]) -> None:
    """Write a post with its pictures, a new one with all of them at once: pictures without a text are an error of the site.

    Pictures that no version shows any more go.
    """
    folder, new = file.parent, bool(pictures) and not file.parent.exists()
    if new:
        folder = folder.with_name(f".{folder.name}.new")
        shutil.rmtree(folder, ignore_errors=True)
    for path in sorted(pictures):
        write_atomically(folder / path.rpartition("/")[2], pictures[path])
    write_atomically(folder / file.name, data)
    if new:
        folder.replace(file.parent)
        return
    said = b"".join(one.read_bytes() for one in folder.glob("index.*.md"))
    for picture in [one for one in folder.iterdir() if is_fetched_image(one.name) and one.name.encode() not in said]:
        picture.unlink()


def _is_unchanged(file: Path, known: str) -> bool:
    if file.is_symlink() or file.parent.is_symlink():
        return False
    try:
        return sha256_digest(file.read_bytes()) == known
    except FileNotFoundError:
        return not known
    except OSError:
        return False


def _remove_post(path: str, member: str, content: Path, before: Mapping[str, str]) -> FileChange | None:
    file = content / path
    if not path.startswith(f"posts/{member}/") or not before.get(path) or not _is_unchanged(file, before[path]):
        return None
    file.unlink()
    if not any(file.parent.glob("index.*.md")):
        for picture in (one for one in file.parent.iterdir() if is_fetched_image(one.name)):
            picture.unlink()
    if not any(file.parent.iterdir()):
        file.parent.rmdir()
    return FileChange("removed", member, path)


def _write_tombstones(choice: PostSelection, folder: Path) -> FileChange:
    file = folder / _TOMBSTONE_FILE
    said = file.read_text("utf-8") if file.exists() else ""
    write_atomically(file, tombstones.append_tombstones(said, choice.new_tombstones).encode("utf-8"))
    return FileChange("buried", choice.member, f"posts/{choice.member}/{_TOMBSTONE_FILE}")


def write_atomically(file: Path, data: bytes) -> None:
    """Write a file aside and rename it, so that a run that is ended leaves the old one or the new one.

    Its name aside begins with a dot: what a killed run leaves is no content, and the next run writes over it.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}.new")
    with aside.open("wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    aside.replace(file)
