"""All texts of a content folder, read and put together, with everything that is wrong in and between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from jisr.content.assemble.event_checks import event_problems
from jisr.content.assemble.inheritance import build_document, inherit_values, missing_nested_fields
from jisr.content.assemble.translations import find_original, version_problems
from jisr.content.read.discovery import Bundle, discover
from jisr.content.read.version_parser import ParsedVersion, parse_version
from jisr.core.diagnostics.problems import Problem, Problems, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Languages
from jisr.core.model.body import BodyRenderer
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.events import end_of_day
from jisr.core.model.site import to_datetime
from jisr.core.schema.kinds import Kinds
from jisr.core.schema.validation_context import Reference, suggest_word

ReadResult = tuple["LoadedTexts", list[Problem]]
MapBundles = Callable[[Callable[[Bundle], ReadResult], Sequence[Bundle]], Iterable[ReadResult]]


@dataclass(frozen=True, slots=True)
class ContentSource:
    """Where texts lie and how they are read."""

    root: Path
    display_path: str
    languages: Languages
    kinds: Kinds
    render: BodyRenderer
    timezone: ZoneInfo
    now: datetime
    drafts: bool = False
    map_bundles: MapBundles = map  # asks a function about each bundle
    clock: datetime | None = None  # what came between ``now`` and this may be linked already: such a link is plain words


@dataclass(slots=True)
class LoadedTexts:
    """What was read: bundles, sets of built versions, and what each version mentions."""

    bundles: dict[tuple[str, str], Bundle] = field(default_factory=dict)
    sets: dict[tuple[str, str], TranslationSet] = field(default_factory=dict)
    complete_sets: dict[tuple[str, str], TranslationSet] = field(default_factory=dict)  # with drafts as they are
    originals: list[tuple[Document, tuple[Document, ...]]] = field(default_factory=list)
    mentions: dict[str, tuple[Reference, ...]] = field(default_factory=dict)
    invalid: list[Document] = field(default_factory=list)  # versions with errors, whose links are checked all the same
    scheduled: set[tuple[str, str]] = field(default_factory=set)  # texts whose day has not come
    unreadable: set[str] = field(default_factory=set)  # paths of files about which no more is known

    def add(self, other: LoadedTexts) -> None:
        """Take in what was read by itself."""
        self.sets |= other.sets
        self.complete_sets |= other.complete_sets
        self.originals += other.originals
        self.mentions |= other.mentions
        self.invalid += other.invalid
        self.scheduled |= other.scheduled
        self.unreadable |= other.unreadable


def read_texts(library: ContentSource, problems: Problems) -> LoadedTexts:
    """Return all texts of the content folder; what is wrong goes to ``problems``."""
    texts = LoadedTexts()
    bundles, found = discover(library.root, library.display_path, library.languages, library.kinds)
    problems.add(*found)
    texts.bundles = {(bundle.kind.name, bundle.id): bundle for bundle in bundles}
    for part, wrong in library.map_bundles(partial(_read_one, library), bundles):
        texts.add(part)
        problems.add(*wrong)
    for bundle in bundles:
        for path, mentions in _mentions_by_file(bundle, texts):
            problems.add(*_unknown_references(mentions, bundle, texts, path))
    return texts


def _read_one(library: ContentSource, bundle: Bundle) -> ReadResult:
    """Read the versions of a text, and nothing else."""
    texts, problems = LoadedTexts(), Problems()
    read_bundle(bundle, library, texts, problems)
    return texts, problems.problems


def read_bundle(bundle: Bundle, library: ContentSource, texts: LoadedTexts, problems: Problems) -> None:
    """Read the versions of a text into ``texts``; what is wrong in and between them goes to ``problems``."""
    versions: dict[str, ParsedVersion] = {}
    for file in bundle.versions:
        try:
            stated = parse_version(bundle, file, library.languages, library.render)
        except ProblemsError as error:
            problems.add(*error.problems)
            texts.unreadable.add(file.path)
            continue
        versions[file.language.tag] = stated
        texts.mentions[file.path] = stated.mentions
        problems.add(*stated.problems)
    if not versions:
        return
    unread = frozenset(file.language.tag for file in bundle.versions if file.path in texts.unreadable)
    wrong = version_problems(versions, unread)
    problems.add(*wrong)
    original = find_original(versions)
    if original is None:
        texts.unreadable.update(version.path for version in versions.values())
        texts.invalid += [build_document(version, version.values) for version in versions.values()]
        return
    found = _valid_documents(versions, original, texts, problems, library.timezone)
    documents = tuple(_attach_blocks(found, versions))
    _store_versions(bundle, documents, original, library, texts)


def _valid_documents(
    versions: Mapping[str, ParsedVersion], original: ParsedVersion, texts: LoadedTexts, problems: Problems, timezone: ZoneInfo
) -> Iterator[Document]:
    """Return the document of each version that has no error, in itself or in what it inherits, and say what is wrong."""
    for version in versions.values():
        values = inherit_values(version, original)
        missing = missing_nested_fields(version.kind, version, values)
        document = build_document(version, values)
        problems.add(*missing, *event_problems(document, timezone))
        if _has_error(version) or _has_error(original) or missing:
            texts.unreadable.add(version.path)
            texts.invalid.append(document)
        else:
            yield _set_member(document, problems)


def _attach_blocks(documents: Iterator[Document], versions: Mapping[str, ParsedVersion]) -> Iterator[Document]:
    """Return the documents, with their blocks where a pinned translation was made from one: others need not be taken apart."""
    stated = (version.values.get("translation") or {} for version in versions.values())
    wanted = {one.get("of") for one in stated if one.get("pin")}
    for document in documents:
        tag = document.language.tag
        yield replace(document, blocks=versions[tag].blocks) if tag in wanted else document


def _has_error(stated: ParsedVersion) -> bool:
    return any(problem.severity == "error" for problem in stated.problems) or "title" not in stated.values


def _set_member(document: Document, problems: Problems) -> Document:
    """Return a post its member from its folder, and say where a stated one disagrees."""
    if document.kind != "posts":
        return document
    member = document.id.split("/")[0]
    stated = document.provenance.member
    if stated and stated != member:
        text = '"{stated}" is not the member whose folder this post lies in ("{member}"). Move the post, or take the line out.'
        problems.add(Problem.error(document.location_of("member"), "member", text, stated=stated, member=member))
    return replace(document, provenance=replace(document.provenance, member=member))


def _store_versions(
    bundle: Bundle, documents: tuple[Document, ...], original: ParsedVersion, library: ContentSource, texts: LoadedTexts
) -> None:
    """Keep the versions that are built; the original is known to the others even as a draft."""
    built = tuple(_effective_version(one, library) for one in documents if library.drafts or not is_draft(one, library))
    first = next((one for one in documents if one.language == original.language), None)
    key = (bundle.kind.name, bundle.id)
    if documents:
        texts.complete_sets[key] = TranslationSet(*key, documents, original.language.tag)
    if not built and any(one.status != "draft" for one in documents):
        texts.scheduled.add(key)
    if built:
        texts.sets[key] = TranslationSet(*key, built, original.language.tag)
        if first is not None:
            texts.originals.append((first, built))


def is_draft(document: Document, library: ContentSource) -> bool:
    """Whether a version is not yet for readers: by its status, or since its day has not come."""
    if document.status == "draft":
        return True
    return document.date is not None and to_datetime(document.date, library.timezone) > library.now


def _effective_version(document: Document, library: ContentSource) -> Document:
    """Return a draft as it will stand when published, for the preview; a text that is no longer valid leaves all lists."""
    if library.drafts and document.status == "draft":
        return _effective_version(replace(document, status="published"), library)
    over = document.expires is not None and library.now >= end_of_day(document.expires, library.timezone)
    return replace(document, status="hidden") if over and document.listed else document


def _mentions_by_file(bundle: Bundle, texts: LoadedTexts) -> Iterator[tuple[str, tuple[Reference, ...]]]:
    for file in bundle.versions:
        yield file.path, texts.mentions.get(file.path, ())


_REMEDIES = {
    "topics": phrase("A topic is a folder in content/topics; mend the id, or add the topic."),
    "members": phrase("A member is a folder in content/members; mend the id, or add the member."),
    "statements": phrase("A statement is a folder in content/statements; mend the id."),
    "workgroups": phrase("A workgroup is a folder in content/workgroups; mend the id, or add the workgroup."),
    "organisations": phrase("An organisation is a folder in content/organisations; mend the id, or add the organisation."),
}
_CODES = {
    "topics": "topic",
    "members": "member",
    "statements": "document",
    "workgroups": "workgroup",
    "organisations": "organisation",
}


def _unknown_references(mentions: tuple[Reference, ...], bundle: Bundle, texts: LoadedTexts, path: str) -> Iterator[Problem]:
    """Return a problem for each topic, member, statement or file that a version mentions and that isn't there."""
    for mention in mentions:
        if mention.field == "member":
            continue  # it must be the folder's, which is looked up below
        if not mention.kind:
            if mention.name not in bundle.files:
                text = '"{name}" does not lie in {folder}. {hint}Add the file there, or mend its name.'
                yield Problem.error(
                    mention.place,
                    "file",
                    text,
                    name=mention.name,
                    folder=bundle.path,
                    hint=suggest_word(mention.name, bundle.files),
                )
        elif (mention.kind, mention.name) not in texts.bundles:
            known = [identity for kind, identity in texts.bundles if kind == mention.kind]
            text = '"{name}" is not known. {hint}{remedy}'
            yield Problem.error(
                mention.place,
                _CODES[mention.kind],
                text,
                name=mention.name,
                hint=suggest_word(mention.name, known),
                remedy=_REMEDIES[mention.kind],
            )
    member = bundle.id.split("/")[0]
    if bundle.kind.name == "posts" and ("members", member) not in texts.bundles and path == bundle.versions[0].path:
        yield _unknown_member(bundle, member, texts)


def _unknown_member(bundle: Bundle, member: str, texts: LoadedTexts) -> Problem:
    known = [identity for kind, identity in texts.bundles if kind == "members"]
    text = (
        '"{member}" is not a member, and this folder holds posts of one. {hint}Rename the folder, or add '
        "content/members/{member}."
    )
    return Problem.error(
        SourceLocation(bundle.versions[0].path), "member", text, member=member, hint=suggest_word(member, known)
    )
