"""From the texts that were read to the Site: authors, shelves, links, files and addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jisr.content.assemble.authors import find_authors, names_by_id, order_names
from jisr.content.assemble.collections import CollectionRules, build_collections
from jisr.content.assemble.draft_checks import draft_problems
from jisr.content.assemble.link_resolver import LinkTargets, resolve_links
from jisr.content.assemble.resolution_checks import resolution_problems
from jisr.content.assemble.routes import RoutingInputs, group_by_family, plan_routes
from jisr.content.loader import ContentSource, LoadedTexts, is_draft, read_texts
from jisr.content.settings.settings import Configuration
from jisr.core.diagnostics.problems import Problem, Problems, SourceLocation
from jisr.core.model.document import Document
from jisr.core.model.entities import build_entity_index
from jisr.core.model.resolutions import collect_commitments
from jisr.core.model.site import Author, BundledFile, LinkTarget, Site
from jisr.core.urls import paths
from jisr.pages.feed_status_page import read_feed_report


def build_site(configuration: Configuration, library: ContentSource, problems: Problems) -> Site:
    """Return the site of a content folder; everything that is wrong goes to ``problems``."""
    texts = read_texts(library, problems)
    authors, sources = _resolve_authors(texts, configuration, problems)
    shelves = build_collections(texts.sets.values(), sources, configuration.timezone)
    targets = _resolve_targets(texts, library, problems)
    files = tuple(_bundled_files(texts, targets, problems))
    kept = collect_commitments(texts.sets.values(), library.now, configuration.timezone)
    blogs = read_feed_report(configuration.report, problems)
    made = (texts.sets, shelves, files, blogs is not None, bool(kept))
    stock = RoutingInputs(configuration.languages, configuration.kinds, configuration.policy, *made)
    routes, wrong = plan_routes(stock)
    problems.add(*wrong)
    return Site(
        url=configuration.url,
        timezone=configuration.timezone,
        now=library.now,
        languages=configuration.languages,
        kinds=configuration.kinds,
        network=configuration.network,
        policy=configuration.policy,
        sets=texts.sets,
        collections=shelves,
        authors=authors,
        author_ids=sources.author_ids,
        targets=targets,
        routes=routes,
        files=files,
        feed_status=blogs,
        mirrors=configuration.copies,
        routes_by_family=group_by_family(routes, configuration.languages),
        sets_with_drafts=texts.complete_sets,
        entities=sources.records,
        commitments=kept,
        referrers=_collect_referrers(texts, targets),
    )


def _resolve_authors(
    texts: LoadedTexts, configuration: Configuration, problems: Problems
) -> tuple[dict[str, Author], CollectionRules]:
    """Return the authors who are no members, and what decides where texts stand: whose they are."""
    members = frozenset(identity for kind, identity in texts.bundles if kind == "members")
    records, wrong = build_entity_index(texts.sets.values())
    problems.add(*wrong, *resolution_problems(texts))
    found, author_ids, wrong = find_authors(texts.originals, members, names_by_id(texts.sets.values()))
    problems.add(*wrong, *draft_problems(texts, author_ids))
    tags = configuration.languages.tags
    authors = {key: replace(one, names=order_names(one.names, tags)) for key, one in found.items()}
    return authors, CollectionRules(configuration.kinds, author_ids, members, records, configuration.policy.posts_in_topics)


def _all_versions(texts: LoadedTexts) -> Iterator[Document]:
    return (version for one in texts.sets.values() for version in one.versions)


def _resolve_targets(texts: LoadedTexts, library: ContentSource, problems: Problems) -> dict[str, tuple[LinkTarget, ...]]:
    since = replace(library, now=library.clock or library.now)
    later = ((key, texts.complete_sets[key]) for key in texts.scheduled)
    coming = {key: one for key, one in later if not all(is_draft(version, since) for version in one.versions)}
    drafts = frozenset(one.path for every in texts.complete_sets.values() for one in every.versions if one.status == "draft")
    shelf = LinkTargets(library.kinds, texts.bundles, texts.sets, frozenset(texts.unreadable), coming, drafts)
    targets = {}
    for document in _all_versions(texts):
        targets[document.path], wrong = resolve_links(document, shelf)
        problems.add(*wrong)
    for document in texts.invalid:
        if not is_draft(document, library):
            problems.add(*resolve_links(document, shelf)[1])
    return targets


def _collect_referrers(
    texts: LoadedTexts, targets: dict[str, tuple[LinkTarget, ...]]
) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """Return for each text the others that link it, in any of their versions."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for document in _all_versions(texts):
        for target in targets[document.path]:
            key = (target.kind, target.id)
            if target.id and not target.file and key != document.key:
                found.setdefault(key, set()).add(document.key)
    return {key: tuple(sorted(linking)) for key, linking in found.items()}


def _bundled_files(texts: LoadedTexts, targets: dict[str, tuple[LinkTarget, ...]], problems: Problems) -> Iterator[BundledFile]:
    """Return the files that a built version links or names, and a warning for each that no version does."""
    wanted = {(target.kind, target.id, target.file) for found in targets.values() for target in found if target.file}
    for document in _all_versions(texts):
        wanted.update((document.kind, document.id, name) for name in _named_files(document))
    offered = {(document.kind, document.id, name) for document in _all_versions(texts) for name in _offered_files(document)}
    for key, bundle in texts.bundles.items():
        for name, source in bundle.files.items():
            if (*key, name) in wanted:
                address = paths.bundle_file_path(*key, name)
                yield _measure_file(source, address) if (*key, name) in offered else BundledFile(str(source), address)
            elif key not in texts.scheduled and not any(version.path in texts.unreadable for version in bundle.versions):
                text = '"{name}" is not published: no version of the text links or names it. Link it, or remove it.'
                problems.add(Problem.warning(SourceLocation(f"{bundle.path}/{name}"), "file", text, name=name))


def _measure_file(source: Path, address: str) -> BundledFile:
    """Return a file that is offered as a document, with what a reader is told before fetching it."""
    data = source.read_bytes()
    return BundledFile(str(source), address, len(data), hashlib.sha256(data).hexdigest())


def _named_files(document: Document) -> Iterator[str]:
    if document.cover is not None:
        yield document.cover.file
    yield from (photo.file for photo in document.photos)
    yield from _offered_files(document)


def _offered_files(document: Document) -> Iterator[str]:
    """Return the files that a text offers as documents, drafts that a final version replaced among them."""
    yield from (attachment.file for attachment in document.attachments)
    if document.event is not None and isinstance(document.event.programme, str):
        yield document.event.programme
    if document.contact.pgp:
        yield document.contact.pgp
