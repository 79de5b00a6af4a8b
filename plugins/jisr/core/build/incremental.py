"""What rooms share to write a text anew whose words alone changed: all that other pages show of it is as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.site import Site


class WholeBuildError(Exception):
    """A change that only a whole build shows everywhere."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What pages and files are made from: the site as it is now, its words, settings, the theme's files by name."""

    site: Site
    messages: Catalogs
    settings: Mapping[str, Any]
    assets: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A text before and after its words changed, and which of its versions did."""

    before: TranslationSet
    after: TranslationSet

    @property
    def versions(self) -> tuple[tuple[Document, Document], ...]:
        """The versions that changed, each as it was and as it is."""
        return tuple((old, new) for old, new in zip(self.before.versions, self.after.versions, strict=True) if old != new)


def differs_in_words_alone(before: TranslationSet, after: TranslationSet) -> bool:
    """Whether a text says the same of itself to all pages but its own: as a row, by its links, anchors and resolutions."""
    if (before.key, before.origin, before.tags) != (after.key, after.origin, after.tags):
        return False
    return all(_is_same_to_others(*both) for both in zip(before.versions, after.versions, strict=True))


def _is_same_to_others(before: Document, after: Document) -> bool:
    old, new = before.body, after.body
    return (
        replace(before, body=new, blocks=after.blocks) == after
        and [(one.target, one.embedded) for one in old.references] == [(one.target, one.embedded) for one in new.references]
        and (old.resolutions, old.problems) == (new.resolutions, new.problems)
        and old.anchors <= new.anchors  # nobody links a place that was not there
    )
