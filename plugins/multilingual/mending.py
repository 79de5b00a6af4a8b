"""A text whose words alone changed: read again by itself, and the pages that show its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.core import addresses
from plugins.core.bodies import Body, Source
from plugins.core.documents import TranslationSet
from plugins.core.mending import Change, WholeBuildError, Workshop, differs_in_words_alone
from plugins.core.messages import Messages
from plugins.core.outputs import Page
from plugins.core.problems import Problems
from plugins.core.run import Run
from plugins.core.site import Site
from plugins.core.standing import survey
from plugins.multilingual.assembling import Library, Texts, read_bundle
from plugins.multilingual.catalogues import Folder, load_messages
from plugins.multilingual.chrome import surroundings_of
from plugins.multilingual.discovery import Bundle, VersionFile
from plugins.multilingual.pages import PROFILES, page_of


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
    family = addresses.family(*texts.key)
    for version in texts.versions:
        yield addresses.text(version.language.tag, *texts.key)
        for other in texts.versions:
            beside = site.in_language(addresses.beside(family, other.language.tag), version.language)
            if other is not version and beside is not None:
                yield beside


def _row(texts: TranslationSet, site: Site) -> list[object]:
    """Give what the board says of a text."""
    (row,) = survey([texts], tuple(site.languages))
    lags = ((one.lag.count, one.lag.total) if one.lag else None for one in row.standings)
    return [(one.tag, one.state, one.words, lag) for one, lag in zip(row.standings, lags, strict=True)]
