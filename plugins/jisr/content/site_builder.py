"""The builder of the Site: reads all texts, then resolves authors, collections, links, files and addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from jisr.content.assemble.authors import find_authors, names_by_id, order_names
from jisr.content.assemble.collections import CollectionRules, build_collections
from jisr.content.assemble.cross_checks import draft_problems, guid_problems, pin_problems, resolution_problems
from jisr.content.assemble.link_resolver import LinkTargets, resolve_links
from jisr.content.assemble.navigation_targets import navigation_problems
from jisr.content.assemble.routes import group_by_family, plan_routes
from jisr.content.assemble.shown_pictures import build_pictures, shown_files
from jisr.content.loaded_texts import LoadedTexts
from jisr.content.loader import ContentSource, download_files, is_draft, merge_texts, read_bundles
from jisr.content.read.feed_report import read_feed_report
from jisr.content.read.redirects import read_redirects
from jisr.content.settings.settings import Configuration
from jisr.core.diagnostics.problems import Problem, Problems, SourceLocation
from jisr.core.model.document import Document
from jisr.core.model.entities import build_entity_index
from jisr.core.model.index_pages import build_indexes
from jisr.core.model.replies import as_document
from jisr.core.model.resolutions import collect_commitments
from jisr.core.model.site import Author, BundledFile, LinkTarget, Site
from jisr.core.urls import paths


def build_site(configuration: Configuration, source: ContentSource, problems: Problems) -> Site:
    """Return the site of a content folder; everything that is wrong goes to ``problems``."""
    bundles, loaded = read_bundles(source, problems)

    def assemble() -> Site:
        return _assemble(configuration, source, merge_texts(bundles, loaded, source, problems), problems)

    return replace(source.keep_site(assemble), now=source.now)


def _assemble(configuration: Configuration, source: ContentSource, texts: LoadedTexts, problems: Problems) -> Site:
    authors, rules = _resolve_authors(texts, configuration, problems)
    collections = build_collections(texts.sets.values(), rules, configuration.timezone)
    targets = _resolve_targets(texts, source, problems)
    files = {file.address: file for file in _bundled_files(texts, targets, problems)}
    pictures = build_pictures(texts, targets, files, source.draw)
    problems.add(*navigation_problems(configuration.navigation, configuration.navigation_places, texts))
    site = Site(
        url=configuration.url,
        timezone=configuration.timezone,
        now=source.now,
        languages=configuration.languages,
        kinds=configuration.kinds,
        network=configuration.network,
        policy=configuration.policy,
        sets=texts.sets,
        collections=collections,
        authors=authors,
        author_ids=rules.author_ids,
        targets=targets,
        routes={},
        bodies=texts.bodies,
        files=files,
        bundles=_read_bundles(configuration),
        pictures=pictures,
        feed_status=read_feed_report(configuration.feed_report, problems),
        mirrors=configuration.mirrors,
        navigation=configuration.navigation,
        sets_with_drafts=texts.complete_sets,
        entities=rules.entities,
        commitments=collect_commitments(texts.sets.values(), source.now, configuration.timezone),
        referrers=_collect_referrers(texts, targets),
        replies=texts.replies,
        waiting_replies=texts.waiting_replies,
    )
    return _add_routes(replace(site, indexes=build_indexes(site), channels=configuration.channels), texts, source, problems)


def _add_routes(site: Site, texts: LoadedTexts, source: ContentSource, problems: Problems) -> Site:
    """Return the site with the address of every page, and with the old addresses of ``redirects.yaml``."""
    old, wrong = read_redirects(source.root, source.display_path)
    plan = plan_routes(site, _group_by_text(site.files.values(), texts), old)
    problems.add(*wrong, *plan.problems)
    by_family = group_by_family(plan.routes, site.languages)
    files = {**site.files, **plan.copies}
    return replace(site, routes=plan.routes, files=files, routes_by_family=by_family, redirects=plan.redirects)


def _read_bundles(configuration: Configuration) -> dict[str, BundledFile]:
    """Return what publishing laid out for readers to take away, with its sizes and checksums."""
    folder, found = configuration.bundle_folder, {}
    for language in configuration.languages if folder else ():
        for form in configuration.policy.bundles:
            address = paths.bundle(language.tag, form)
            file = Path(str(folder)) / address.rpartition("/")[2]
            if file.is_file():
                data = file.read_bytes()
                # The bytes of a ZIM are other ones each time, and a page that named them would be, too.
                digest = "" if form == "zim" else hashlib.sha256(data).hexdigest()
                found[address] = BundledFile(str(file), address, len(data), digest)
    return found


def _resolve_authors(
    texts: LoadedTexts, configuration: Configuration, problems: Problems
) -> tuple[dict[str, Author], CollectionRules]:
    """Return the authors who are no members, and the rules that assign texts to collections, theirs among them."""
    members = frozenset(identity for kind, identity in texts.bundles if kind == "members")
    entities, wrong = build_entity_index(texts.sets.values())
    problems.add(*wrong, *resolution_problems(texts), *guid_problems(texts), *pin_problems(texts, configuration.timezone))
    authors, author_ids, wrong = find_authors(texts.originals, members, names_by_id(texts.sets.values()), entities)
    problems.add(*wrong, *draft_problems(texts, author_ids))
    tags = configuration.languages.tags
    authors = {identity: replace(author, names=order_names(author.names, tags)) for identity, author in authors.items()}
    return authors, CollectionRules(configuration.kinds, author_ids, members, entities, configuration.policy.posts_in_topics)


def _all_versions(texts: LoadedTexts) -> Iterator[Document]:
    return (version for translations in texts.sets.values() for version in translations.versions)


def _resolve_targets(texts: LoadedTexts, source: ContentSource, problems: Problems) -> dict[str, tuple[LinkTarget, ...]]:
    since = replace(source, now=source.clock or source.now)
    later = ((key, texts.complete_sets[key]) for key in texts.scheduled)
    forgiven = {key: one for key, one in later if not all(is_draft(version, since) for version in one.versions)}
    complete = (version for translations in texts.complete_sets.values() for version in translations.versions)
    drafts = frozenset(version.path for version in complete if version.status == "draft")
    linkable = LinkTargets(source.kinds, texts.bundles, texts.sets, texts.unreadable, forgiven, drafts, texts.complete_sets)
    targets = {}
    for document in _all_versions(texts):
        targets[document.path], wrong = resolve_links(document, linkable)
        problems.add(*wrong)
    for reply in _reply_documents(texts):
        targets[reply.path], wrong = resolve_links(reply, linkable)
        problems.add(*wrong)
    for document in texts.invalid:
        if not is_draft(document, source):
            problems.add(*resolve_links(document, linkable)[1])
    return targets


def _reply_documents(texts: LoadedTexts) -> Iterator[Document]:
    return (as_document(reply, texts.sets[key].original) for key, replies in texts.replies.items() for reply in replies)


def _collect_referrers(
    texts: LoadedTexts, targets: dict[str, tuple[LinkTarget, ...]]
) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """Return for each text the others that link it, in any of their versions."""
    referrers: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for document in _all_versions(texts):
        for target in targets[document.path]:
            key = (target.kind, target.id)
            if target.id and not target.file and key != document.key:
                referrers.setdefault(key, set()).add(document.key)
    return {key: tuple(sorted(linking)) for key, linking in referrers.items()}


def _bundled_files(texts: LoadedTexts, targets: dict[str, tuple[LinkTarget, ...]], problems: Problems) -> Iterator[BundledFile]:
    """Return the files that a built version links or names, and a warning for each that no version does."""
    linked = (target for links in targets.values() for target in links if target.file)
    used = {(target.kind, target.id, name) for target in linked for name in (target.file, *target.companions)}
    for document in _all_versions(texts):
        used.update((document.kind, document.id, name) for name in _used_files(document))
    wrong = {problem.place.path for problem in problems if problem.severity == "error"}
    waiting = {(*version.key, name) for version in _drafts(texts) for name in (*_used_files(version), *_linked_names(version))}
    for key, bundle in texts.bundles.items():
        for name, source in bundle.files.items():
            if f"{bundle.path}/{name}" in wrong:
                continue
            if (*key, name) in used:
                measures = texts.downloads.get((*key, name), ())
                yield BundledFile(str(source), paths.bundle_file_path(*key, name), *measures)
            elif key in texts.scheduled or (*key, name) in waiting:
                continue
            elif not any(version.path in texts.unreadable for version in bundle.versions):
                text = '"{name}" is not published: no version of the text links or names it. Link it, or remove it.'
                problems.add(Problem.warning(SourceLocation(f"{bundle.path}/{name}"), "file", text, name=name))


def _drafts(texts: LoadedTexts) -> Iterator[Document]:
    return (one for texts_of in texts.complete_sets.values() for one in texts_of.versions if one.status == "draft")


def _linked_names(document: Document) -> Iterator[str]:
    """Return the names of files beside a text that its body links."""
    return (unquote(reference.target.removeprefix("./")) for reference in document.outline.references)


def _group_by_text(files: Iterable[BundledFile], texts: LoadedTexts) -> dict[tuple[str, str], tuple[BundledFile, ...]]:
    """Return the published files of each text that has an old address."""
    groups: dict[tuple[str, str], list[BundledFile]] = {one.key: [] for one in _all_versions(texts) if one.aliases}
    folders = {paths.bundle_file_path(*key, ""): key for key in groups}
    for file in files if groups else ():
        if (key := folders.get(f"{file.address.rpartition('/')[0]}/")) is not None:
            groups[key].append(file)
    return {key: tuple(group) for key, group in groups.items()}


def _used_files(document: Document) -> Iterator[str]:
    """Return the files that the fields of a version name, and its PDF."""
    yield paths.printed_file(document.id, document.language.tag)
    yield from shown_files(document)
    yield from download_files(document)
