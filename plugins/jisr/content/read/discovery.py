"""The discovery of bundles: the files that are texts, those that belong to them, and those that fit nowhere."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path

from jisr.content.read.redirects import REDIRECTS_FILE
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language, Languages
from jisr.core.model.body import REPLIES
from jisr.core.schema.field_types import Kind
from jisr.core.schema.kinds import Kinds
from jisr.core.schema.validation_context import suggest_language_tag, suggest_word
from jisr.core.urls import paths
from jisr.core.urls.file_names import is_clutter, name_fault

_MAX_ALIKE = 4  # equal problems, of which each is shown
_ID = re.compile(r"[a-z0-9]+(-+[a-z0-9]+)*")
_GLOSSARY = "glossary.yaml"  # in the content folder: the names of organisations, for plugins/jisr/checks
_TOMBSTONES = "removed.yaml"  # in the folder of a member's posts: those that are not fetched again
_HANDBOOK = re.compile(r"(?:README|FIELDS)(?:\.[A-Za-z-]+)?\.md")  # for editors, in each language
_REPLY = re.compile(r"(?P<name>[a-z0-9]+(?:-+[a-z0-9]+)*)\.(?P<tag>[^.]+)\.md")
_NO_LANGUAGE = (
    '"{tag}" is not a language of this site. {hint}It has: {tags}. Rename the file, or add the language to '
    "LANGUAGES in the settings."
)
_INDEX = re.compile(r"index\.(?P<tag>[^.]+)\.md", re.IGNORECASE)
# What programs and people make of the name of a version: with the ending of a program, a number of a copy, another sign.
_NEARLY_INDEX = re.compile(
    r"index[._ -]+(?P<tag>[a-z-]+?)(?: ?\(\d+\)| - copy)?(?:\.md)?(?:[._](?:txt|text|markdown|mdown|mkdn?|md))?"
    r"(?: ?\(\d+\)| - copy)?(?:\.(?:md|bak|orig|old))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class VersionFile:
    """The file of one language version, and its path as the editor knows it."""

    language: Language
    file: str
    path: str

    @property
    def source(self) -> Path:
        """The file as a path, which most builds ask of few texts."""
        return Path(self.file)


@dataclass(frozen=True, slots=True)
class ReplyFile:
    """The file of a reply to a text: its name, its language, and its path as the editor knows it."""

    name: str
    language: Language
    source: Path
    path: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A text's folder: its versions in the order of the languages, its other files by name, and the replies to it."""

    kind: Kind
    id: str
    path: str
    versions: tuple[VersionFile, ...]
    files: dict[str, Path]
    replies: tuple[ReplyFile, ...] = ()


@dataclass(slots=True)
class _ContentScan:
    """The state and the results of a walk through the content folder."""

    root: Path
    languages: Languages
    kinds: Kinds
    bundles: list[Bundle] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    version_names: dict[str, Language] = field(init=False)  # the language of a version by the name of its file

    def __post_init__(self) -> None:
        self.version_names = {f"index.{one.tag}.md": one for one in self.languages}

    def error(self, where: str, code: str, text: str, **values: object) -> None:
        self.problems.append(Problem.error(SourceLocation(where), code, text, **values))


def discover(root: Path, display_path: str, languages: Languages, kinds: Kinds) -> tuple[list[Bundle], list[Problem]]:
    """Return the bundles below a content folder, in the order of kinds and ids, and everything that fits nowhere.

    ``display_path`` is the folder as the editor named it; all paths of problems begin with it.
    """
    scan = _ContentScan(root, languages, kinds)
    if not root.is_dir():
        text = '"{path}" is not a folder. Name the folder of the texts with --content.'
        scan.error(display_path, "content", text, path=display_path)
        return [], scan.problems
    for entry in _list_entries(str(root), display_path, scan):
        if entry.name not in (_GLOSSARY, REDIRECTS_FILE):
            _scan_kind(entry, f"{display_path}/{entry.name}", scan)
    if not scan.bundles and not scan.problems:
        text = (
            '"{path}" holds no text. A text is a file such as {path}/{kind}/2012-first-statement/index.{tag}.md. Begin one '
            "with inv new {kind} 2012-first-statement --lang {tag}."
        )
        scan.error(display_path, "content", text, path=display_path, kind=next(iter(kinds)).name, tag=languages.tags[0])
    order = [kind.name for kind in kinds]
    bundles = sorted(scan.bundles, key=lambda bundle: (order.index(bundle.kind.name), bundle.id))
    return bundles, list(_group_languages(scan.problems))


def _group_languages(problems: list[Problem]) -> Iterator[Problem]:
    """Return the problems with one for all files of a language that the site does not have, where there are many."""
    alike: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.values, problem.text) if problem.code == "language" else (problem,), []).append(problem)
    for same in alike.values():
        if len(same) <= _MAX_ALIKE:
            yield from same
            continue
        text = (
            '"{tag}" is not a language of this site, and {number} files are called so, this one first. {hint}It has: {tags}. '
            "Rename the files, remove them, or add the language to LANGUAGES in the settings."
        )
        yield Problem.error(min(same).place, "language", text, number=len(same), **dict(same[0].values))


def _scan_kind(entry: os.DirEntry[str], path: str, scan: _ContentScan) -> None:
    names = [kind.name for kind in scan.kinds]
    kind = scan.kinds.get(entry.name)
    if kind is None:
        text = '"{name}" fits nowhere. {hint}Here stand the folders of the kinds of text: {names}.'
        scan.error(path, "kind", text, name=entry.name, hint=suggest_word(entry.name, names), names=", ".join(names))
    elif not entry.is_dir():
        text = '"{name}" is a file where a folder of texts should be. Remove it, or move it into the folder of a text.'
        scan.error(path, "kind", text, name=entry.name)
    elif kind.name == "posts":
        for member in _list_text_folders(entry, path, kind, scan):
            member_path = f"{path}/{member.name}"
            for post in _list_text_folders(member, member_path, kind, scan):
                _scan_bundle(post, f"{member_path}/{post.name}", kind, f"{member.name}/{post.name}", scan)
    else:
        for folder in _list_text_folders(entry, path, kind, scan):
            _scan_bundle(folder, f"{path}/{folder.name}", kind, folder.name, scan)


def _list_text_folders(folder: os.DirEntry[str], folder_path: str, kind: Kind, scan: _ContentScan) -> list[os.DirEntry[str]]:
    """Return the folders of texts; report all other entries."""
    folders = []
    for entry in _list_entries(folder.path, folder_path, scan):
        path = f"{folder_path}/{entry.name}"
        if entry.name == _TOMBSTONES and kind.name == "posts" != folder.name:
            continue
        if not entry.is_dir():
            text = (
                '"{name}" lies beside the folders of texts. Put it into the folder of the text it belongs to; a text is '
                "{kind}/<id>/index.<language>.md."
            )
            scan.error(path, "place", text, name=entry.name, kind=kind.name)
        elif not _ID.fullmatch(entry.name):
            text = (
                '"{name}" cannot be a folder\'s name: it is part of the address in every language. Use a-z, 0-9 and "-" '
                "only, as in 2012-first-statement."
            )
            scan.error(path, "name", text, name=entry.name)
        elif entry.name in paths.RESERVED_SEGMENTS:
            text = '"{name}" is taken: the site itself uses this address. Choose another name.'
            scan.error(path, "address", text, name=entry.name)
        else:
            folders.append(entry)
    return folders


def _scan_bundle(folder: os.DirEntry[str], bundle_path: str, kind: Kind, identity: str, scan: _ContentScan) -> None:
    versions: dict[str, VersionFile] = {}
    files: dict[str, Path] = {}
    replies: tuple[ReplyFile, ...] = ()
    for entry in _list_entries(folder.path, bundle_path, scan):
        path = f"{bundle_path}/{entry.name}"
        if (language := scan.version_names.get(entry.name)) and not entry.is_dir():
            versions[language.tag] = VersionFile(language, entry.path, path)
        elif entry.is_dir() and entry.name == REPLIES and kind.get(REPLIES):
            replies = tuple(_scan_replies(entry, path, scan))
        elif entry.is_dir() and entry.name == REPLIES:
            text = (
                '"{name}" is a folder of replies, and a text of "{kind}" has none. Move it into the text that they are about.'
            )
            scan.error(path, "place", text, name=entry.name, kind=kind.name)
        elif entry.is_dir():
            text = '"{name}" is a folder inside a text. Put its files beside the text itself.'
            scan.error(path, "place", text, name=entry.name)
        elif (right := _intended_name(entry.name, scan.languages)) and _is_version(entry.name, Path(folder.path, right)):
            _report_nearly_index(path, entry.name, right, folder, scan)
        elif not entry.name.endswith(".md") and not _INDEX.fullmatch(entry.name):
            files[unicodedata.normalize("NFC", entry.name)] = Path(entry.path)
        else:
            _report_file_name(entry.name, path, scan)
    if versions:
        ordered = tuple(versions[tag] for tag in scan.languages.tags if tag in versions)
        scan.bundles.append(Bundle(kind, identity, bundle_path, ordered, files, replies))
    elif not any(problem.place.path.startswith(f"{bundle_path}/") for problem in scan.problems):
        text = '"{name}" holds no text. Add a file index.<language>.md, or remove the folder.'
        scan.error(bundle_path, "empty", text, name=folder.name)


def _scan_replies(folder: os.DirEntry[str], folder_path: str, scan: _ContentScan) -> Iterator[ReplyFile]:
    """Return the replies in a folder; report what is none, and a name that two of them have."""
    seen: dict[str, str] = {}
    for entry in _list_entries(folder.path, folder_path, scan):
        path, tags = f"{folder_path}/{entry.name}", scan.languages.tags
        match = _REPLY.fullmatch(entry.name)
        if match is None or entry.is_dir():
            text = (
                '"{name}" is no name of a reply. A reply is called <name>.<language>.md, as 2026-03-sara.{tag}.md, with a-z, '
                '0-9 and "-".'
            )
            scan.error(path, "name", text, name=entry.name, tag=tags[0])
        elif match["tag"] not in tags:
            hint = suggest_language_tag(match["tag"], tags)
            scan.error(path, "language", _NO_LANGUAGE, tag=match["tag"], hint=hint, tags=", ".join(tags))
        elif match["name"] in seen:
            text = '"{name}" is the name of {other} too, and a reply is in one language. Rename one of the two files.'
            scan.error(path, "name", text, name=match["name"], other=seen[match["name"]])
        else:
            seen[match["name"]] = entry.name
            yield ReplyFile(match["name"], scan.languages[match["tag"]], Path(entry.path), path)


def _intended_name(name: str, languages: Languages) -> str:
    """Return the name of the version that a file is nearly called, or an empty string.

    >>> from jisr.core.i18n.languages import build_languages
    >>> [_intended_name(name, build_languages(["ar"])) for name in ("index.ar.md.txt", "index_ar.md", "index.ar.md", "ar.txt")]
    ['index.ar.md', 'index.ar.md', '', '']
    """
    match = _NEARLY_INDEX.fullmatch(name)
    tags = {tag.casefold(): tag for tag in languages.tags}
    right = f"index.{tags[match['tag'].casefold()]}.md" if match and match["tag"].casefold() in tags else ""
    return "" if name.casefold() == right.casefold() else right


def _is_version(name: str, right: Path) -> bool:
    """Whether a file is a version under a wrong name: beside a version, ``index.ar.txt`` may be any other file."""
    return ".md" in name.lower() or not right.exists()


def _report_nearly_index(path: str, name: str, right: str, folder: os.DirEntry[str], scan: _ContentScan) -> None:
    if Path(folder.path, right).exists():
        text = '"{name}" is nearly called "{right}", which lies beside it. Keep one of the two files, as {right}.'
    else:
        text = '"{name}" is no name of a text, and nobody would see it. Rename the file to {right}.'
    scan.error(path, "name", text, name=name, right=right)


def _report_file_name(name: str, path: str, scan: _ContentScan) -> None:
    """Report what is wrong with the name of a text file that is none of a version."""
    tags, match = scan.languages.tags, _INDEX.fullmatch(name)
    spellings = {right.casefold(): right for right in scan.version_names}
    if match is None:
        text = '"{name}" says no language. A text is called index.<language>.md, as index.{tag}.md.'
        scan.error(path, "name", text, name=name, tag=tags[0])
    elif name.casefold() in spellings:
        spelling = spellings[name.casefold()]
        scan.error(path, "name", '"{name}" is written {right}. Rename the file.', name=name, right=spelling)
    else:
        hint = suggest_language_tag(match["tag"], tags)
        scan.error(path, "language", _NO_LANGUAGE, tag=match["tag"], hint=hint, tags=", ".join(tags))


def _list_entries(folder: str, folder_path: str, scan: _ContentScan) -> list[os.DirEntry[str]]:
    """Return the visible entries of a folder by name; report links that leave it and names that other systems confuse."""
    try:
        with os.scandir(folder) as found:
            listed = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        text = '"{path}" cannot be read: {reason}.'
        scan.error(folder_path, "file", text, path=folder_path, reason=parse_reason(error.strerror))
        return []
    entries: dict[str, os.DirEntry[str]] = {}
    for entry in listed:
        name, is_version = entry.name, entry.name in scan.version_names
        if not is_version and (is_clutter(name) or _HANDBOOK.fullmatch(name)):
            continue
        path = f"{folder_path}/{name}"
        folded = unicodedata.normalize("NFC", name).casefold()
        if not name.isprintable():
            text = '"{name}" has characters that cannot be seen. Rename it, best with a-z, 0-9 and "-".'
            scan.error(path, "name", text, name=name)
        elif folded in entries:
            text = '"{name}" and "{other}" are one name on some machines. Rename one of them.'
            scan.error(path, "name", text, name=name, other=entries[folded].name)
        elif _is_inside(entry, path, scan):
            entries[folded] = entry
            if not is_version and (why := name_fault(name)):
                text = '"{name}" cannot be on every computer: {reason}. Rename it, best with a-z, 0-9 and "-".'
                scan.error(path, "name", text, name=name, reason=why)
    return list(entries.values())


def _is_inside(entry: os.DirEntry[str], path: str, scan: _ContentScan) -> bool:
    """Whether an entry is inside the content folder: a symbolic link may lead to a file inside it, nowhere else."""
    if not entry.is_symlink():
        if entry.is_dir() or entry.is_file():
            return True
        scan.error(path, "file", '"{name}" is neither a file nor a folder. Remove it.', name=entry.name)
        return False
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        text = '"{name}" is a link that leads nowhere. Remove it, or put the file itself here.'
        scan.error(path, "symlink", text, name=entry.name)
        return False
    if target.is_file() and target.is_relative_to(scan.root.resolve()):
        return True
    text = (
        '"{name}" is a link that leaves the content folder, or leads to a folder. Put the file or folder itself here, or '
        "remove the link."
    )
    scan.error(path, "symlink", text, name=entry.name)
    return False
