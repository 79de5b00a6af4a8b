"""Types of a build after the words of a text changed, where everything that other pages show of it stayed the same."""

from __future__ import annotations

from jisr.core.frozen import dataclass
from jisr.core.model.document import Document, TranslationSet


class WholeBuildError(Exception):
    """A change that only a whole build shows everywhere."""


@dataclass(frozen=True, slots=True)
class Change:
    """A text before and after its words changed."""

    before: TranslationSet
    after: TranslationSet

    @property
    def versions(self) -> tuple[tuple[Document, Document], ...]:
        """The versions that changed, each as it was and as it is."""
        return tuple((old, new) for old, new in zip(self.before.versions, self.after.versions, strict=True) if old != new)
