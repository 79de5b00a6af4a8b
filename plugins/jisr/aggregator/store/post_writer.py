"""The writer of posts: each file whole or not at all, never over an editor's work, nor in another member's folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from jisr.aggregator.model import ExistingPost, MemberPosts, Post, PostSelection, SeenEntry, Tombstone, sha256_digest
from jisr.aggregator.select import bylines
from jisr.aggregator.store import post_serializer, tombstones
from jisr.aggregator.store.images.image_links import is_fetched_image
from jisr.content.atomic_write import write_durably
from jisr.core.frozen import dataclass

NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})

_TOMBSTONE_FILE = "removed.yaml"


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that was written or removed; ``path`` is below the content folder."""

    kind: Literal["added", "updated", "removed", "buried"]
    path: str


@dataclass(frozen=True, slots=True)
class StoreResult:
    """The result of writing the posts of a member: the changes of files, and the new state of the posts."""

    changes: tuple[FileChange, ...]
    seen_entries: tuple[SeenEntry, ...]


def read_member_posts(content: Path, member: str, seen_entries: Iterable[SeenEntry] = ()) -> MemberPosts:
    """Return the posts in a member's folder with their states.

    Files that cannot be parsed as posts count as an editor's. Symbolic links are not followed.
    """
    folder = content / "posts" / member
    entries = tuple(seen_entries)
    by_path = {entry.path: entry for entry in entries if entry.path}
    paths = [] if folder.is_symlink() else sorted(path for path in folder.glob("*") if not path.name.startswith("."))
    folders = [path for path in paths if path.is_dir() and not path.is_symlink()]
    existing_posts = [existing for path in folders for existing in _read_versions(path, content, member, by_path)]
    post_paths = {existing.path for existing in existing_posts}
    files = (file.relative_to(content).as_posix() for path in folders for file in sorted(path.glob("index.*.md")))
    tombstone_list, tombstone_error = _read_tombstones(folder / _TOMBSTONE_FILE)
    return MemberPosts(
        member,
        tuple(existing_posts),
        frozenset(path.name for path in paths if not path.is_dir() or path.is_symlink() or _has_content(path)),
        tombstone_list,
        entries,
        tombstone_error,
        frozenset(path for path in files if path not in post_paths),
    )


def _has_content(folder: Path) -> bool:
    """Whether a folder has any file but those that a killed run left."""
    return any(not path.name.startswith(".") and not is_fetched_image(path.name) for path in folder.iterdir())


def read_author_names(content: Path) -> dict[str, str]:
    """Return the names of authors in all texts of the content, by their normal form."""
    files = (file for file in sorted(content.glob("**/index.*.md")) if file.is_file() and not file.is_symlink())
    return bylines.collect_spellings(file.read_bytes().decode("utf-8", "replace") for file in files)


def _read_versions(folder: Path, content: Path, member: str, entries: Mapping[str, SeenEntry]) -> list[ExistingPost]:
    """Return the versions in a post's folder that came from its source; a translation without a guid is people's work."""
    existing_posts = []
    names = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
    pictures = frozenset(filter(is_fetched_image, names))
    is_alone = len(names) == len(pictures) + 1
    for file in sorted(folder.glob("index.*.md")):
        path = file.relative_to(content).as_posix()
        data = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
        language = file.name.removeprefix("index.").removesuffix(".md")
        entry = entries.get(path)
        try:
            post, is_translation = post_serializer.parse_post(data.decode("utf-8"), member, folder.name, language)
        except ValueError:
            source = entry or SeenEntry("", "", "", post_serializer.EPOCH)
            date = source.date or source.first_seen
            post = Post(member, folder.name, language, source.title, "", False, date, source.guid, source.original)
            existing_posts.append(ExistingPost(post, path, "", is_readable=False, is_alone=False, seen_entry=entry))
            continue
        if not is_translation or (post.of and post.guid):
            is_only_file = is_alone or bool(post.of)
            existing_posts.append(ExistingPost(post, path, sha256_digest(data), True, is_only_file, entry, pictures))
    return [post if post.seen_entry else replace(post, seen_entry=_find_renamed(post, entries)) for post in existing_posts]


def _find_renamed(existing: ExistingPost, entries: Mapping[str, SeenEntry]) -> SeenEntry | None:
    """Return the state of a post whose file an editor renamed; the file counts as the editor's."""
    guid = existing.post.guid
    entry = next((entry for entry in entries.values() if guid and entry.guid == guid), None)
    return replace(entry, path=existing.path, digest="") if entry else None


def _read_tombstones(file: Path) -> tuple[tuple[Tombstone, ...], str]:
    try:
        return tombstones.parse_tombstones(file.read_text("utf-8")), ""
    except FileNotFoundError:
        return (), ""
    except (OSError, ValueError) as error:
        return (), str(error)


def write_posts(
    selection: PostSelection, member_posts: MemberPosts, content: Path, pictures: Mapping[str, bytes] = NO_PICTURES
) -> StoreResult:
    """Write the selected posts of one member and their pictures (by path), and return the changes.

    A file that changed since it was read is skipped: an editor changed it. Nothing outside the member's own folder is
    written; symbolic links are not followed. Writing the same selection twice changes nothing.
    """
    folder = content / "posts" / selection.member
    if any(path.is_symlink() for path in (content / "posts", folder)):
        return StoreResult((), selection.seen_entries)
    earlier = {existing.path: existing.digest for existing in member_posts.existing_posts}
    changes: list[FileChange] = []
    digests: dict[str, str] = {}
    for post in selection.posts:
        path = f"posts/{selection.member}/{post.id}/index.{post.language}.md"
        data = post_serializer.render_post(post).encode("utf-8")
        if post.member != selection.member or not _is_unchanged(content / path, earlier.get(path, "")):
            continue
        digests[path] = sha256_digest(data)
        if digests[path] != earlier.get(path):
            folder_path = f"{path.rpartition('/')[0]}/"
            _write_post(content / path, data, {file: pictures[file] for file in pictures if file.startswith(folder_path)})
            changes.append(FileChange("updated" if path in earlier else "added", path))
    changes += [change for path in selection.hidden_paths if (change := _remove_post(path, selection.member, content, earlier))]
    if selection.new_tombstones and not member_posts.tombstone_error:
        changes.append(_write_tombstones(selection, folder))
    entries = (replace(entry, digest=digests.get(entry.path, entry.digest)) for entry in selection.seen_entries)
    return StoreResult(tuple(changes), tuple(entries))


def _write_post(file: Path, data: bytes, pictures: Mapping[str, bytes]) -> None:
    """Write a post with its pictures, a new folder with all of them at once: pictures without a text are an error of the site.

    Pictures that no version shows any more are deleted.
    """
    folder, is_new = file.parent, bool(pictures) and not file.parent.exists()
    if is_new:
        folder = folder.with_name(f".{folder.name}.new")
        shutil.rmtree(folder, ignore_errors=True)
    for path in sorted(pictures):
        write_durably(folder / path.rpartition("/")[2], pictures[path])
    write_durably(folder / file.name, data)
    if is_new:
        folder.replace(file.parent)
        return
    texts = b"".join(path.read_bytes() for path in folder.glob("index.*.md"))
    for picture in [path for path in folder.iterdir() if is_fetched_image(path.name) and path.name.encode() not in texts]:
        picture.unlink()


def _is_unchanged(file: Path, digest: str) -> bool:
    if file.is_symlink() or file.parent.is_symlink():
        return False
    try:
        return sha256_digest(file.read_bytes()) == digest
    except FileNotFoundError:
        return not digest
    except OSError:
        return False


def _remove_post(path: str, member: str, content: Path, earlier: Mapping[str, str]) -> FileChange | None:
    file = content / path
    if not path.startswith(f"posts/{member}/") or not earlier.get(path) or not _is_unchanged(file, earlier[path]):
        return None
    file.unlink()
    if not any(file.parent.glob("index.*.md")):
        for picture in (path for path in file.parent.iterdir() if is_fetched_image(path.name)):
            picture.unlink()
    if not any(file.parent.iterdir()):
        file.parent.rmdir()
    return FileChange("removed", path)


def _write_tombstones(selection: PostSelection, folder: Path) -> FileChange:
    file = folder / _TOMBSTONE_FILE
    text = file.read_text("utf-8") if file.exists() else ""
    write_durably(file, tombstones.append_tombstones(text, selection.new_tombstones).encode("utf-8"))
    return FileChange("buried", f"posts/{selection.member}/{_TOMBSTONE_FILE}")
