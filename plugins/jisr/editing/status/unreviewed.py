"""What no native speaker of its language has read yet: texts and entries of catalogues that say so themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from jisr.core.diagnostics.problems import ProblemsError
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document
from jisr.editing.editing_context import EditingContext

MARK = re.compile(r"^#[ \t]*unreviewed\b", re.MULTILINE)
"""The comment that says it: of a text in its front matter, of an entry above it, of a whole catalogue at its head."""
_READ = re.compile(r"^#[ \t]*reviewed\b", re.MULTILINE)  # of an entry in such a catalogue
_ENTRY = re.compile(r"^(?:msgctxt|msgid) ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """The numbers of texts and entries of a language that nobody who speaks it has read."""

    tag: str
    texts: int
    entries: int


def count_unreviewed(
    documents: Iterable[Document], tags: Sequence[str], catalogs: Path | None, editing: EditingContext
) -> tuple[Unreviewed, ...]:
    """Return what is unread in each language that has some: of versions, and of the site's own catalogues."""
    marked = [one.language.tag for one in documents if is_unreviewed(one, editing)]
    files = {tag: sorted(catalogs.glob(f"{tag}/LC_MESSAGES/*.po")) if catalogs else [] for tag in tags}
    counts = (Unreviewed(tag, marked.count(tag), sum(map(_count_file, files[tag]))) for tag in tags)
    return tuple(one for one in counts if one.texts or one.entries)


def is_unreviewed(document: Document, editing: EditingContext) -> bool:
    """Whether a version says that no native speaker has read it."""
    try:
        return MARK.search(editing.source_file(document).front_matter) is not None
    except ProblemsError:
        return False


def _count_file(file: Path) -> int:
    try:
        return count_entries(file.read_text("utf-8"))
    except (OSError, ValueError):
        return 0


def count_entries(catalog: str) -> int:
    r"""Return the number of unread entries of a catalogue.

    >>> head, entry = 'msgid ""\nmsgstr ""\n\n', 'msgid "Home"\nmsgstr "Mal"\n\n'
    >>> count_entries(head + f"# unreviewed\n{entry}{entry}"), count_entries(f"# unreviewed\n{head}{entry}# reviewed\n{entry}")
    (1, 1)
    """
    head, *entries = [block for block in re.split(r"\n{2,}", catalog.strip()) if _ENTRY.search(block)] or [""]
    is_whole = MARK.search(head) is not None
    return sum(not _READ.search(one) if is_whole else MARK.search(one) is not None for one in entries)
