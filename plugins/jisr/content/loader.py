"""The loader of a content folder: bundles are read, translations inherit from their originals, and all are checked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from datetime import datetime
from functools import partial
from operator import call
from pathlib import Path
from zoneinfo import ZoneInfo

from jisr.content.assemble.cross_checks import event_problems, reference_problems
from jisr.content.assemble.inheritance import build_document, inherit_values, missing_nested_fields
from jisr.content.assemble.translations import find_original, version_problems
from jisr.content.attachments.attachment_checks import find_file_problems
from jisr.content.attachments.cleaner import read_clean
from jisr.content.attachments.key_files import find_key_problems
from jisr.content.attachments.picture_facts import is_picture, read_picture
from jisr.content.loaded_texts import LoadedBundle, LoadedTexts, merge_bundles
from jisr.content.read.discovery import Bundle, discover
from jisr.content.read.reply_parser import parse_replies
from jisr.content.read.version_parser import ParsedVersion, missing_field_problems, parse_version
from jisr.core.diagnostics.problems import Problem, Problems, ProblemsError
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Languages
from jisr.core.model.body import Body, BodyRenderer
from jisr.core.model.channels import Channels
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.events import end_of_day
from jisr.core.model.pictures import PictureDrawer, PictureFile
from jisr.core.model.replies import last_day_of_replies
from jisr.core.model.site import Site, to_datetime
from jisr.core.schema.kinds import Kinds
from jisr.core.translation.gaps import find_gaps, is_copied_title

MapBundles = Callable[[Callable[[Bundle], LoadedBundle], Sequence[Bundle]], Iterable[LoadedBundle]]


@dataclass(frozen=True, slots=True)
class ContentSource:
    """A content folder, and how its texts are read."""

    root: Path
    display_path: str
    languages: Languages
    kinds: Kinds
    render: BodyRenderer
    timezone: ZoneInfo
    now: datetime
    drafts: bool = False
    map_bundles: MapBundles = map  # calls a function for each bundle
    channels: Channels = field(default_factory=Channels)
    keeps_markdown: bool = False  # of each body of a text that waits for a translator, for the file of it
    draw: PictureDrawer | None = None  # makes smaller pictures of those that texts show
    keep_site: Callable[[Callable[[], Site]], Site] = call  # assembles the site by a function, unless it is kept
    clock: datetime | None = None  # texts that came between ``now`` and this may be linked already: such a link is plain words


def read_bundles(source: ContentSource, problems: Problems) -> tuple[Sequence[Bundle], Sequence[LoadedBundle]]:
    """Return all bundles of the content folder, and the text of each; what is wrong in them goes to ``problems``."""
    bundles, misplaced = discover(source.root, source.display_path, source.languages, source.kinds)
    loaded = tuple(source.map_bundles(partial(read_bundle, source=source), bundles))
    problems.add(*misplaced, *(problem for part in loaded for problem in part.problems))
    return bundles, loaded


def merge_texts(
    bundles: Sequence[Bundle], loaded: Sequence[LoadedBundle], source: ContentSource, problems: Problems
) -> LoadedTexts:
    """Return all texts together; references to what is not there go to ``problems``."""
    texts = merge_bundles(bundles, loaded, partial(_select_built, source=source), source.drafts)
    problems.add(*reference_problems(texts))
    return texts


def read_bundle(bundle: Bundle, source: ContentSource) -> LoadedBundle:
    """Return the versions of a text, with what is wrong in and between them."""
    key = (bundle.kind.name, bundle.id)
    versions, problems, unreadable = _parse_versions(bundle, source)
    mentions = {version.path: version.mentions for version in versions.values()}
    for name, file in bundle.files.items():
        problems += find_file_problems(name, file, f"{bundle.path}/{name}")
    thread = parse_replies(bundle.replies, source.languages, source.render, source.timezone)
    problems += thread.problems
    if not versions:
        return LoadedBundle(key, mentions, tuple(problems), unreadable)
    unread_tags = frozenset(file.language.tag for file in bundle.versions if file.path in unreadable)
    problems += version_problems(versions, unread_tags)
    original = find_original(versions)
    if original is None:
        invalid = tuple(build_document(version, version.values) for version in versions.values())
        return LoadedBundle(key, mentions, tuple(problems), unreadable | mentions.keys(), invalid)
    documents, invalid, wrong = _build_documents(versions, original, source.timezone)
    problems += _find_key_problems([*documents, *invalid], bundle)
    complete = tuple(_attach_blocks(documents, versions))
    keeps_markdown = source.keeps_markdown and _may_wait(complete, source)
    return LoadedBundle(
        key,
        mentions,
        (*problems, *wrong),
        unreadable | {document.path for document in invalid},
        invalid,
        TranslationSet(*key, complete, original.language.tag) if complete else None,
        {version.path: _body_of(version, keeps_markdown) for version in versions.values()},
        thread.replies,
        _measure_downloads(bundle, documents, frozenset(one.place.path for one in problems if one.severity == "error")),
        _read_pictures(bundle),
    )


def _body_of(version: ParsedVersion, keeps_markdown: bool) -> Body:
    source = version.body_source
    return replace(version.body, markdown=source.text, first_line=source.first_line) if keeps_markdown else version.body


def _measure_downloads(bundle: Bundle, documents: Iterable[Document], wrong: frozenset[str]) -> dict[str, tuple[int, str]]:
    """Return size and checksum of each file that a text offers for download, as it is published: its page shows them."""
    measures = {}
    for name in sorted({name for document in documents for name in download_files(document)} & bundle.files.keys()):
        if f"{bundle.path}/{name}" not in wrong:
            data = read_clean(bundle.files[name])
            measures[name] = (len(data), hashlib.sha256(data).hexdigest())
    return measures


def download_files(document: Document) -> Iterator[str]:
    """Return the files that a text offers for download, drafts that a final version replaced among them."""
    yield from (attachment.file for attachment in document.attachments)
    if document.event is not None and isinstance(document.event.programme, str):
        yield document.event.programme
    if document.contact.pgp:
        yield document.contact.pgp


def _find_key_problems(documents: Iterable[Document], bundle: Bundle) -> Iterator[Problem]:
    """Return what is wrong between the keys that versions name and the fingerprints they state, each once where inherited."""
    by_place = sorted(documents, key=lambda one: "contact.fingerprint" in one.locations)
    stated = {(one.contact.pgp, one.contact.fingerprint): one for one in by_place if one.contact.pgp}
    for (name, _), document in stated.items():
        if name in bundle.files:
            yield from find_key_problems(document, bundle.files[name])


def _read_pictures(bundle: Bundle) -> dict[str, PictureFile]:
    """Return what is known of the pictures of a bundle; one that cannot be read is a problem already."""
    pictures = {}
    for name, file in bundle.files.items():
        with suppress(OSError):
            if is_picture(name) and (picture := read_picture(file)) is not None:
                pictures[name] = picture
    return pictures


def _parse_versions(bundle: Bundle, source: ContentSource) -> tuple[dict[str, ParsedVersion], list[Problem], frozenset[str]]:
    """Return the versions of a bundle by language tag, what is wrong in them, and the paths of those that cannot be read."""
    versions: dict[str, ParsedVersion] = {}
    problems: list[Problem] = []
    unreadable: set[str] = set()
    for file in bundle.versions:
        try:
            version = parse_version(bundle, file, source.languages, source.render)
        except ProblemsError as error:
            problems += error.problems
            unreadable.add(file.path)
        else:
            versions[file.language.tag] = version
    originals = [version.path for version in versions.values() if version.is_original]
    for tag, version in versions.items():
        missing = missing_field_problems(version, [version.path] == originals)
        versions[tag] = replace(version, problems=(*version.problems, *missing))
        problems += versions[tag].problems
    return versions, problems, frozenset(unreadable)


def _build_documents(
    versions: Mapping[str, ParsedVersion], original: ParsedVersion, timezone: ZoneInfo
) -> tuple[list[Document], tuple[Document, ...], list[Problem]]:
    """Return the documents without an error, in themselves or in what they inherit, the others, and what is wrong."""
    documents: list[Document] = []
    invalid: list[Document] = []
    problems: list[Problem] = []
    for version in versions.values():
        values = inherit_values(version, original)
        missing = missing_nested_fields(version.kind, version, values)
        document = build_document(version, values)
        problems += [*missing, *event_problems(document, timezone)]
        if _has_error(version) or _has_error(original) or missing:
            invalid.append(document)
        else:
            document, wrong = _set_member(document)
            documents.append(document)
            problems += wrong
    return documents, tuple(invalid), problems


def _has_error(version: ParsedVersion) -> bool:
    return any(problem.severity == "error" for problem in version.problems) or "title" not in version.values


def _set_member(document: Document) -> tuple[Document, list[Problem]]:
    """Return a post with the member of its folder, and a problem where it states another."""
    if document.kind != "posts":
        return document, []
    member, problems = document.id.split("/")[0], []
    own = document.provenance.member
    if own and own != member:
        text = '"{stated}" is not the member whose folder this post lies in ("{member}"). Move the post, or take the line out.'
        problems.append(Problem.error(document.location_of("member"), "member", text, stated=own, member=member))
    return replace(document, provenance=replace(document.provenance, member=member)), problems


def _attach_blocks(documents: Iterable[Document], versions: Mapping[str, ParsedVersion]) -> Iterator[Document]:
    """Return the documents: a source of a pinned translation with its blocks, such a translation with its gaps."""
    fields = {tag: version.values.get("translation") or {} for tag, version in versions.items()}
    sources = {one.get("of") for one in fields.values() if one.get("pin")}
    complete = {
        one.language.tag: replace(one, blocks=versions[tag].blocks) if (tag := one.language.tag) in sources else one
        for one in documents
    }
    for tag, document in complete.items():
        source = complete.get(fields[tag].get("of", "")) if fields[tag].get("pin") else None
        yield replace(document, gaps=_count_gaps(document, source, versions[tag])) if source else document


def _count_gaps(document: Document, source: Document, version: ParsedVersion) -> int:
    """Return the number of parts of its source that a translation lacks; a title that is still that of the source is one."""
    copied = is_copied_title(version.kind, document.title, source.title, source.language, document.language)
    pin = document.translation.pin if document.translation else ""
    return copied + len(find_gaps(source.blocks, version.blocks, version.body_source.text, pin))


def _may_wait(documents: Iterable[Document], source: ContentSource) -> bool:
    """Whether a text has a file for translators: while a language lacks it, or has a draft of it."""
    tags = {one.language.tag for one in documents if not is_draft(one, source)}
    return len(tags) < len(source.languages)


def _select_built(texts: TranslationSet, source: ContentSource) -> TranslationSet | None:
    """Return the versions of a text that are built: without drafts, unless they are previewed."""
    built = tuple(_effective_version(one, source) for one in texts.versions if source.drafts or not is_draft(one, source))
    return replace(texts, versions=built) if built else None


def is_draft(document: Document, source: ContentSource) -> bool:
    """Whether a version is not yet for readers: by its status, or since its day has not come."""
    if document.status == "draft":
        return True
    return document.date is not None and to_datetime(document.date, source.timezone) > source.now


def _effective_version(document: Document, source: ContentSource) -> Document:
    """Return a draft as it will be when published, for the preview; a text that is no longer valid leaves all lists."""
    if source.drafts and document.status == "draft":
        return _effective_version(replace(document, status="published"), source)
    until = last_day_of_replies(document, source.channels)
    if until is not None and document.replies.open is not False and source.now >= end_of_day(until, source.timezone):
        document = replace(document, replies=replace(document.replies, open=False))
    over = document.expires is not None and source.now >= end_of_day(document.expires, source.timezone)
    return replace(document, status="hidden") if over and document.listed else document
