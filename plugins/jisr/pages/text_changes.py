"""A text whose words alone changed: read again without the others, and the pages that show its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jisr.content.loader import ContentSource, read_bundle
from jisr.content.read.discovery import Bundle, VersionFile
from jisr.core.build.build_context import BuildContext
from jisr.core.build.incremental import Change, WholeBuildError
from jisr.core.build.outputs import PageOutput
from jisr.core.model.body import Body, MarkdownSource
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.site import Site
from jisr.core.translation.translation_status import translation_status
from jisr.core.urls import paths
from jisr.pages.dispatch import PROFILE_KINDS, build_page
from jisr.pages.layout import create_layout_inputs


def reread_text(key: tuple[str, str], changed: frozenset[str], context: BuildContext) -> tuple[Change, TranslationSet]:
    """Return a text as it was and is, by its key, and all its versions with drafts; ``changed`` are the paths of files.

    Raises WholeBuildError where more than its words changed, or anything is wrong with it.
    """
    site, run = context.site, context.run
    before, before_published = site.sets_with_drafts[key], site.sets.get(key)
    if key[0] in PROFILE_KINDS or before_published is None:
        raise WholeBuildError(key)
    bodies = {one.path: one.body for one in before.versions}

    def render(source: MarkdownSource) -> Body:
        return context.hooks.render_body(source) if source.path in changed else bodies[source.path]

    library = ContentSource(
        root=Path(context.settings["PATH"]),
        display_path=run.content_path,
        languages=site.languages,
        kinds=site.kinds,
        render=render,
        timezone=site.timezone,
        now=run.now,
        drafts=run.drafts,
    )
    text = read_bundle(_bundle_of_versions(before, library), library)
    if text.problems or text.unreadable or text.built_set is None or text.complete_set is None:
        raise WholeBuildError(key)
    if not (_differs_in_words_alone(before, text.complete_set) and _differs_in_words_alone(before_published, text.built_set)):
        raise WholeBuildError(key)
    return Change(before_published, text.built_set), text.complete_set


def _differs_in_words_alone(before: TranslationSet, after: TranslationSet) -> bool:
    """Whether a text shows the same on all pages but its own: as a row, by its links, anchors and resolutions."""
    if (before.key, before.origin, before.tags) != (after.key, after.origin, after.tags):
        return False
    return all(_is_same_to_others(*versions) for versions in zip(before.versions, after.versions, strict=True))


def _is_same_to_others(before: Document, after: Document) -> bool:
    old, new = before.body, after.body
    return (
        replace(before, body=new, blocks=after.blocks) == after
        and [(one.target, one.embedded) for one in old.references] == [(one.target, one.embedded) for one in new.references]
        and (old.resolutions, old.problems) == (new.resolutions, new.problems)
        and old.anchors <= new.anchors  # no link leads to an anchor that did not exist
    )


def changed_pages(change: Change, context: BuildContext) -> Iterator[PageOutput]:
    """Return the pages of a text in each language, side by side, and the translation board where its row changed."""
    site, inputs = context.site, create_layout_inputs(context)
    for address in _text_addresses(change.after, site):
        yield build_page(site.routes[address], site, inputs)
    if _board_row_values(change.before, site) != _board_row_values(change.after, site) and "status/" in site.routes:
        yield build_page(site.routes["status/"], site, inputs)


def _bundle_of_versions(before: TranslationSet, library: ContentSource) -> Bundle:
    kind = library.kinds.get(before.kind)
    assert kind is not None, before.kind  # noqa: S101 (a text of the site is of one of its kinds)
    sources = ((one, Path(one.path).relative_to(library.display_path)) for one in before.versions)
    files = tuple(VersionFile(one.language, library.root / source, one.path) for one, source in sources)
    return Bundle(kind, before.id, files[0].path.rpartition("/")[0], files, {})


def _text_addresses(texts: TranslationSet, site: Site) -> Iterator[str]:
    family = paths.family(*texts.key)
    for version in texts.versions:
        yield paths.text(version.language.tag, *texts.key)
        for other in texts.versions:
            side_by_side = site.family_address(paths.side_by_side_family(family, other.language.tag), version.language)
            if other is not version and side_by_side is not None:
                yield side_by_side


def _board_row_values(texts: TranslationSet, site: Site) -> list[object]:
    """Return the values of a text's row on the translation board."""
    (row,) = translation_status([texts], tuple(site.languages))
    lags = ((one.staleness.count, one.staleness.total) if one.staleness else None for one in row.statuses)
    return [(one.tag, one.state, one.words, lag) for one, lag in zip(row.statuses, lags, strict=True)]
