"""A text whose words alone changed: read again by itself, and the pages that show its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jisr.content.catalogs.catalog_loader import Folder, load_messages
from jisr.content.loader import Library, Texts, read_bundle
from jisr.content.read.discovery import Bundle, VersionFile
from jisr.core.build.incremental import Change, WholeBuildError, Workshop, differs_in_words_alone
from jisr.core.build.outputs import Page
from jisr.core.build.run_context import Run
from jisr.core.diagnostics.problems import Problems
from jisr.core.i18n.catalogs import Messages
from jisr.core.model.body import Body, Source
from jisr.core.model.document import TranslationSet
from jisr.core.model.site import Site
from jisr.core.translation.translation_status import survey
from jisr.core.urls import paths
from jisr.pages.dispatch import PROFILES, page_of
from jisr.pages.layout import surroundings_of


def reread(key: tuple[str, str], changed: frozenset[str], run: Run, workshop: Workshop) -> tuple[Change, TranslationSet]:
    """Give a text as it was and is, by its key, and all its versions with drafts; ``changed`` are the paths of files.

    Raises WholeBuildError where more than its words changed, or anything is wrong with it.
    """
    site, texts, problems = workshop.site, Texts(), Problems()
    known, built = site.complete[key], site.sets.get(key)
    if key[0] in PROFILES or built is None:
        raise WholeBuildError(key)
    bodies = {one.path: one.body for one in known.versions}

    def render(source: Source) -> Body:
        made: Body = workshop.settings["RENDER_BODY"](source) if source.path in changed else bodies[source.path]
        return made

    library = Library(
        root=Path(workshop.settings["PATH"]),
        shown=run.content_shown,
        languages=site.languages,
        kinds=site.kinds,
        render=render,
        timezone=site.timezone,
        now=run.now,
        drafts=run.drafts,
    )
    read_bundle(_bundle(known, library), library, texts, problems)
    if list(problems) or texts.unread or key not in texts.sets:
        raise WholeBuildError(key)
    if not (differs_in_words_alone(known, texts.complete[key]) and differs_in_words_alone(built, texts.sets[key])):
        raise WholeBuildError(key)
    return Change(built, texts.sets[key]), texts.complete[key]


def messages(site: Site, settings: Mapping[str, Any]) -> Messages:
    """Give the words of the interface; what is wrong in them was said when they changed."""
    folder = Path(settings["TRANSLATIONS"])
    return load_messages(Folder(folder, str(folder)), site.languages, Problems(), strict=False)


def pages(change: Change, workshop: Workshop) -> Iterator[Page]:
    """Give the pages that show words of a text: its own in each language, side by side, and the board where its row changed."""
    site, assets, settings = workshop.site, workshop.assets, workshop.settings
    surroundings = surroundings_of(assets, workshop.messages, settings)
    for address in _addresses(change.after, site):
        yield page_of(site.routes[address], site, surroundings)
    if _row(change.before, site) != _row(change.after, site) and "status/" in site.routes:
        yield page_of(site.routes["status/"], site, surroundings)


def _bundle(known: TranslationSet, library: Library) -> Bundle:
    kind = library.kinds.get(known.kind)
    assert kind is not None, known.kind  # noqa: S101 (a text of the site is of one of its kinds)
    files = tuple(
        VersionFile(one.language, library.root / Path(one.path).relative_to(library.shown), one.path) for one in known.versions
    )
    return Bundle(kind, known.id, files[0].path.rpartition("/")[0], files, {})


def _addresses(texts: TranslationSet, site: Site) -> Iterator[str]:
    family = paths.family(*texts.key)
    for version in texts.versions:
        yield paths.text(version.language.tag, *texts.key)
        for other in texts.versions:
            beside = site.in_language(paths.beside(family, other.language.tag), version.language)
            if other is not version and beside is not None:
                yield beside


def _row(texts: TranslationSet, site: Site) -> list[object]:
    """Give what the board says of a text."""
    (row,) = survey([texts], tuple(site.languages))
    lags = ((one.lag.count, one.lag.total) if one.lag else None for one in row.standings)
    return [(one.tag, one.state, one.words, lag) for one, lag in zip(row.standings, lags, strict=True)]
