"""All rules together: what a file has, and its text mended where that is certain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field

from jisr.checks.lint_findings import Edit, Finding, applied
from jisr.checks.phrases import Phrases
from jisr.checks.rules import (
    arabic_letters,
    headings,
    link_text,
    list_numbers,
    placeholders,
    sorani_letters,
    typography,
    untranslated,
)
from jisr.checks.rules.glossary import Glossary, other_names
from jisr.checks.source_text_positions import Manuscript, take_apart
from jisr.core.frozen import dataclass

Rule = Callable[[Manuscript], Iterator[Finding]]

MENDING: tuple[Rule, ...] = (
    headings.title_twice,
    typography.no_break_spaces,
    typography.latin_signs,
    typography.spaces_before,
    typography.doubled_spaces,
    typography.french_spaces,
    sorani_letters.arabic_letters,
    arabic_letters.keyboard_letters,
    list_numbers.broken_numbers,
)
"""The rules that may be certain, in the order in which they mend what two of them meet in."""
TELLING: tuple[Rule, ...] = (list_numbers.typed_numbers, link_text.pictures_without_words, placeholders.lost_hashtags)
OF_A_FINISHED_TEXT: tuple[Rule, ...] = (placeholders.placeholders, untranslated.empty_bodies, untranslated.other_tongues)
"""A draft may have what these find."""

_MOST_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Lore:
    """What rules know beside the file: phrases of the languages, names of the network."""

    phrases: Phrases
    glossary: Glossary = field(default_factory=Glossary)


def findings(page: Manuscript, lore: Lore, source: Manuscript | None = None) -> list[Finding]:
    """Give all that a file has, by its place; ``source`` is the version that it translates."""
    found = [one for rule in (*MENDING, *TELLING) for one in rule(page)]
    found += headings.bold_headings(page, lore.phrases)
    found += link_text.vague_links(page, lore.phrases)
    found += other_names(page, lore.glossary)
    if not (page.draft or (source is not None and source.draft and "status" not in page.scalars)):
        found += [one for rule in OF_A_FINISHED_TEXT for one in rule(page)]
        found += placeholders.empty_labels(page, lore.phrases)
        found += untranslated.untranslated(page, source) if source else ()
    return sorted(found, key=lambda one: (one.at, one.code, one.text))


@dataclass(frozen=True, slots=True)
class Mend:
    """A change that was made: its place before it, and the words around it before and after."""

    line: int
    column: int
    code: str
    before: str
    after: str


def mended(page: Manuscript) -> tuple[Manuscript, list[Mend]]:
    """Give a file with everything mended that is certain, and what was done. A second time there is nothing to do.

    One change may make room for another (a no-break space becomes the second of two), so it goes on until none is left.
    """
    done: list[Mend] = []
    for _ in range(_MOST_ROUNDS):
        certain = [(one, one.edit) for rule in MENDING for one in rule(page) if one.edit is not None]
        better = _changed(page, [edit for _, edit in certain])
        if better is None:
            certain = [(one, edit) for one, edit in certain if edit.begin >= page.body]
            better = _changed(page, [edit for _, edit in certain])
        if better is None or better.text == page.text:
            break
        done += sorted((_told(page, one, edit) for one, edit in certain), key=lambda mend: (mend.line, mend.column))
        page = better
    return page, done


def _changed(page: Manuscript, edits: list[Edit]) -> Manuscript | None:
    """Give a file with its edits, or None where its fields would no longer be the same."""
    try:
        better = take_apart(applied(page.text, edits), page.path, page.kind, page.language)
    except ValueError:
        return None
    same = [one.name for one in better.values] == [one.name for one in page.values] and set(better.scalars) == set(page.scalars)
    return better if same else None


def _told(page: Manuscript, finding: Finding, edit: Edit) -> Mend:
    place = page.place(finding.at)
    begin, end = max(edit.begin - 10, page.text.rfind("\n", 0, edit.begin) + 1), edit.end + 10
    rest = page.text[edit.end : end].splitlines()[0] if page.text[edit.end : end].splitlines() else ""
    before = page.text[begin : edit.begin]
    return Mend(
        place.line,
        place.column,
        finding.code,
        before + page.text[edit.begin : edit.end].rstrip("\r\n") + rest,
        before + edit.new + rest,
    )
