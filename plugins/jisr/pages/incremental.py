"""A text whose words alone changed: read again by itself, and the pages that show its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jisr.content.catalogs.catalog_loader import CatalogFolder, load_messages
from jisr.content.loader import ContentSource, read_bundle
from jisr.content.read.discovery import Bundle, VersionFile
from jisr.core.build.incremental import Change, WholeBuildError, Workshop, differs_in_words_alone
from jisr.core.build.outputs import PageOutput
from jisr.core.build.run_context import RunContext
from jisr.core.diagnostics.problems import Problems
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.model.body import Body, MarkdownSource
from jisr.core.model.document import TranslationSet
from jisr.core.model.site import Site
from jisr.core.translation.translation_status import translation_status
from jisr.core.urls import paths
from jisr.pages.dispatch import PROFILE_KINDS, build_page
from jisr.pages.layout import create_layout_inputs


def reread_text(
    key: tuple[str, str], changed: frozenset[str], run: RunContext, workshop: Workshop
) -> tuple[Change, TranslationSet]:
    """Return a text as it was and is, by its key, and all its versions with drafts; ``changed`` are the paths of files.

    Raises WholeBuildError where more than its words changed, or anything is wrong with it.
    """
    site = workshop.site
    known, built = site.sets_with_drafts[key], site.sets.get(key)
    if key[0] in PROFILE_KINDS or built is None:
        raise WholeBuildError(key)
    bodies = {one.path: one.body for one in known.versions}

    def render(source: MarkdownSource) -> Body:
        made: Body = workshop.settings["RENDER_BODY"](source) if source.path in changed else bodies[source.path]
        return made

    library = ContentSource(
        root=Path(workshop.settings["PATH"]),
        display_path=run.content_path,
        languages=site.languages,
        kinds=site.kinds,
        render=render,
        timezone=site.timezone,
        now=run.now,
        drafts=run.drafts,
    )
    text = read_bundle(_bundle_of_versions(known, library), library)
    if text.problems or text.unreadable or text.built_set is None or text.complete_set is None:
        raise WholeBuildError(key)
    if not (differs_in_words_alone(known, text.complete_set) and differs_in_words_alone(built, text.built_set)):
        raise WholeBuildError(key)
    return Change(built, text.built_set), text.complete_set


def reload_messages(site: Site, settings: Mapping[str, Any]) -> Catalogs:
    """Return the words of the interface; what is wrong in them was said when they changed."""
    folder = Path(settings["TRANSLATIONS"])
    return load_messages(CatalogFolder(folder, str(folder)), site.languages, Problems(), strict=False)


def changed_pages(change: Change, workshop: Workshop) -> Iterator[PageOutput]:
    """Return the pages that show a text: its own in each language, side by side, and the board where its row changed."""
    site, assets, settings = workshop.site, workshop.assets, workshop.settings
    surroundings = create_layout_inputs(assets, workshop.messages, settings)
    for address in _text_addresses(change.after, site):
        yield build_page(site.routes[address], site, surroundings)
    if _board_row_values(change.before, site) != _board_row_values(change.after, site) and "status/" in site.routes:
        yield build_page(site.routes["status/"], site, surroundings)


def _bundle_of_versions(known: TranslationSet, library: ContentSource) -> Bundle:
    kind = library.kinds.get(known.kind)
    assert kind is not None, known.kind  # noqa: S101 (a text of the site is of one of its kinds)
    files = tuple(
        VersionFile(one.language, library.root / Path(one.path).relative_to(library.display_path), one.path)
        for one in known.versions
    )
    return Bundle(kind, known.id, files[0].path.rpartition("/")[0], files, {})


def _text_addresses(texts: TranslationSet, site: Site) -> Iterator[str]:
    family = paths.family(*texts.key)
    for version in texts.versions:
        yield paths.text(version.language.tag, *texts.key)
        for other in texts.versions:
            beside = site.family_address(paths.side_by_side_family(family, other.language.tag), version.language)
            if other is not version and beside is not None:
                yield beside


def _board_row_values(texts: TranslationSet, site: Site) -> list[object]:
    """Return what the board says of a text."""
    (row,) = translation_status([texts], tuple(site.languages))
    lags = ((one.staleness.count, one.staleness.total) if one.staleness else None for one in row.statuses)
    return [(one.tag, one.state, one.words, lag) for one, lag in zip(row.statuses, lags, strict=True)]
