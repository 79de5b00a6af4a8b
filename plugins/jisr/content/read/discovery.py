"""Which files are texts, which belong to them, and which fit nowhere."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import field
from pathlib import Path

from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language, Languages
from jisr.core.schema.kinds import Kind, Kinds
from jisr.core.schema.validation_context import suggest_language_tag, suggest_word
from jisr.core.urls import paths

_ID = re.compile(r"[a-z0-9]+(-+[a-z0-9]+)*")
_GLOSSARY = "glossary.yaml"  # beside the kinds: the names of organisations, which plugins/jisr/checks reads
_TOMBSTONES = "removed.yaml"  # in the folder of a member's posts: what is not to be fetched again
_HANDBOOK = re.compile(r"(?:README|FIELDS)(?:\.[A-Za-z-]+)?\.md")  # for editors, in each language
_INDEX = re.compile(r"index\.(?P<tag>[^.]+)\.md", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class VersionFile:
    """The file of one language version: where it lies and how the editor calls it."""

    language: Language
    source: Path
    path: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A text's folder: its versions in the order of the languages, and the files beside them by name."""

    kind: Kind
    id: str
    path: str
    versions: tuple[VersionFile, ...]
    files: dict[str, Path]


@dataclass(slots=True)
class _ContentScan:
    """What a walk through the content folder knows and finds."""

    root: Path
    languages: Languages
    kinds: Kinds
    bundles: list[Bundle] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def error(self, where: str, code: str, text: str, **values: object) -> None:
        self.problems.append(Problem.error(SourceLocation(where), code, text, **values))


def discover(root: Path, shown: str, languages: Languages, kinds: Kinds) -> tuple[list[Bundle], list[Problem]]:
    """Return the bundles below a content folder, in the order of kinds and ids, and everything that fits nowhere.

    ``shown`` is the folder as the editor named it; all paths of problems begin with it.
    """
    walk = _ContentScan(root, languages, kinds)
    if not root.is_dir():
        walk.error(shown, "content", '"{path}" is not a folder. Name the folder of the texts with --content.', path=shown)
        return [], walk.problems
    for entry in _list_entries(root, shown, walk):
        if entry.name == _GLOSSARY:
            continue
        _scan_kind(entry, f"{shown}/{entry.name}", walk)
    if not walk.bundles and not walk.problems:
        walk.error(
            shown,
            "content",
            '"{path}" holds no text. A text is a file such as {path}/statements/2012-first-statement/index.ar.md.',
            path=shown,
        )
    order = [kind.name for kind in kinds]
    return sorted(walk.bundles, key=lambda bundle: (order.index(bundle.kind.name), bundle.id)), walk.problems


def _scan_kind(entry: Path, shown: str, walk: _ContentScan) -> None:
    names = [kind.name for kind in walk.kinds]
    kind = walk.kinds.get(entry.name)
    if kind is None:
        walk.error(
            shown,
            "kind",
            '"{name}" fits nowhere. {hint}Here stand the folders of the kinds of text: {names}.',
            name=entry.name,
            hint=suggest_word(entry.name, names),
            names=", ".join(names),
        )
    elif not entry.is_dir():
        walk.error(shown, "kind", '"{name}" is a file where a folder of texts should be.', name=entry.name)
    elif kind.name == "posts":
        for member in _list_text_folders(entry, shown, kind, walk):
            shown_member = f"{shown}/{member.name}"
            for post in _list_text_folders(member, shown_member, kind, walk):
                _scan_bundle(post, f"{shown_member}/{post.name}", kind, f"{member.name}/{post.name}", walk)
    else:
        for text in _list_text_folders(entry, shown, kind, walk):
            _scan_bundle(text, f"{shown}/{text.name}", kind, text.name, walk)


def _list_text_folders(folder: Path, shown: str, kind: Kind, walk: _ContentScan) -> list[Path]:
    """Return the folders in which texts may lie; note whatever else there is."""
    found = []
    for entry in _list_entries(folder, shown, walk):
        path = f"{shown}/{entry.name}"
        if entry.name == _TOMBSTONES and kind.name == "posts" != folder.name:
            continue
        if not entry.is_dir():
            walk.error(
                path,
                "place",
                '"{name}" lies beside the folders of texts. Put it into the folder of the text it belongs to; a text is '
                "{kind}/<id>/index.<language>.md.",
                name=entry.name,
                kind=kind.name,
            )
        elif not _ID.fullmatch(entry.name):
            walk.error(
                path,
                "name",
                '"{name}" cannot be a folder\'s name: it is part of the address in every language. Use a-z, 0-9 and "-" '
                "only, as in 2012-first-statement.",
                name=entry.name,
            )
        elif entry.name in paths.RESERVED_SEGMENTS:
            walk.error(
                path, "address", '"{name}" is taken: the site itself uses this address. Choose another name.', name=entry.name
            )
        else:
            found.append(entry)
    return found


def _scan_bundle(folder: Path, shown: str, kind: Kind, identity: str, walk: _ContentScan) -> None:
    versions: dict[str, VersionFile] = {}
    files: dict[str, Path] = {}
    for entry in _list_entries(folder, shown, walk):
        path = f"{shown}/{entry.name}"
        if entry.is_dir():
            walk.error(
                path, "place", '"{name}" is a folder inside a text. Put its files beside the text itself.', name=entry.name
            )
        elif not entry.name.endswith(".md") and not _INDEX.fullmatch(entry.name):
            files[unicodedata.normalize("NFC", entry.name)] = entry
        elif (language := _file_language(entry.name, path, walk)) is not None:
            versions[language.tag] = VersionFile(language, entry, path)
    if versions:
        ordered = tuple(versions[tag] for tag in walk.languages.tags if tag in versions)
        walk.bundles.append(Bundle(kind, identity, shown, ordered, files))
    elif not any(problem.place.path.startswith(f"{shown}/") for problem in walk.problems):
        walk.error(
            shown,
            "empty",
            '"{name}" holds no text. Add a file index.<language>.md, or remove the folder.',
            name=folder.name,
        )


def _file_language(name: str, path: str, walk: _ContentScan) -> Language | None:
    """Return the language of a text file from its name, or None where the name is wrong."""
    tags = walk.languages.tags
    written = {f"index.{tag}.md".casefold(): f"index.{tag}.md" for tag in tags}
    match = _INDEX.fullmatch(name)
    if match is None:
        walk.error(
            path,
            "name",
            '"{name}" says no language. A text is called index.<language>.md, as index.{tag}.md.',
            name=name,
            tag=tags[0],
        )
    elif name.casefold() in written and name not in written.values():
        right = written[name.casefold()]
        walk.error(path, "name", '"{name}" is written {right}. Rename the file.', name=name, right=right)
    elif match["tag"] not in walk.languages:
        walk.error(
            path,
            "language",
            '"{tag}" is not a language of this site. {hint}It has: {tags}. Rename the file, or add the language to '
            "LANGUAGES in the settings.",
            tag=match["tag"],
            hint=suggest_language_tag(match["tag"], tags),
            tags=", ".join(tags),
        )
    else:
        return walk.languages[match["tag"]]
    return None


def _list_entries(folder: Path, shown: str, walk: _ContentScan) -> list[Path]:
    """Return what counts in a folder, by name; note links that leave it and names that other machines confuse."""
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        walk.error(shown, "file", '"{path}" cannot be read: {reason}.', path=shown, reason=parse_reason(error.strerror))
        return []
    found: dict[str, Path] = {}
    for name in names:
        if name.startswith(".") or name.endswith("~") or _HANDBOOK.fullmatch(name):
            continue
        path = f"{shown}/{name}"
        entry = folder / name
        folded = unicodedata.normalize("NFC", name).casefold()
        if not name.isprintable():
            walk.error(
                path,
                "name",
                '"{name}" has characters that cannot be seen. Rename it, best with a-z, 0-9 and "-".',
                name=name,
            )
        elif folded in found:
            walk.error(
                path,
                "name",
                '"{name}" and "{other}" are one name on some machines. Rename one of them.',
                name=name,
                other=found[folded].name,
            )
        elif _is_inside(entry, path, walk):
            found[folded] = entry
    return sorted(found.values())


def _is_inside(entry: Path, shown: str, walk: _ContentScan) -> bool:
    """Whether an entry lies in the content folder: a link may lead to a file inside it, nowhere else."""
    if not entry.is_symlink():
        if entry.is_dir() or entry.is_file():
            return True
        walk.error(shown, "file", '"{name}" is neither a file nor a folder. Remove it.', name=entry.name)
        return False
    try:
        target = entry.resolve(strict=True)
    except (OSError, RuntimeError):
        walk.error(
            shown, "symlink", '"{name}" is a link that leads nowhere. Remove it, or put the file itself here.', name=entry.name
        )
        return False
    if target.is_file() and target.is_relative_to(walk.root.resolve()):
        return True
    walk.error(
        shown,
        "symlink",
        '"{name}" is a link that leaves the content folder, or leads to a folder. Put the file itself here.',
        name=entry.name,
    )
    return False
