"""All rules together: what a file has, and its text mended where that is certain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field

from jisr.checks.lint_findings import Edit, Finding, apply_edits
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
from jisr.checks.rules.glossary import Glossary, discouraged_names
from jisr.checks.source_text_positions import MaskedFile, parse_masked_file
from jisr.core.frozen import dataclass

LintRule = Callable[[MaskedFile], Iterator[Finding]]

FIXABLE_RULES: tuple[LintRule, ...] = (
    headings.repeated_title,
    typography.no_break_spaces,
    typography.latin_signs,
    typography.spaces_before_signs,
    typography.repeated_spaces,
    typography.missing_french_spaces,
    sorani_letters.arabic_letters,
    arabic_letters.keyboard_letters,
    list_numbers.broken_numbers,
)
"""The rules that may be certain, in the order in which they mend what two of them meet in."""
REPORT_ONLY_RULES: tuple[LintRule, ...] = (list_numbers.typed_numbers, link_text.images_without_alt, placeholders.lost_hashtags)
PUBLISHED_TEXT_RULES: tuple[LintRule, ...] = (placeholders.placeholders, untranslated.empty_bodies, untranslated.wrong_language)
"""A draft may have what these find."""

_MAX_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class LintContext:
    """What rules know beside the file: phrases of the languages, names of the network."""

    phrases: Phrases
    glossary: Glossary = field(default_factory=Glossary)


def lint_file(page: MaskedFile, lore: LintContext, source: MaskedFile | None = None) -> list[Finding]:
    """Return all that a file has, by its place; ``source`` is the version that it translates."""
    found = [one for rule in (*FIXABLE_RULES, *REPORT_ONLY_RULES) for one in rule(page)]
    found += headings.bold_headings(page, lore.phrases)
    found += link_text.vague_links(page, lore.phrases)
    found += discouraged_names(page, lore.glossary)
    if not (page.is_draft or (source is not None and source.is_draft and "status" not in page.scalars)):
        found += [one for rule in PUBLISHED_TEXT_RULES for one in rule(page)]
        found += placeholders.empty_labels(page, lore.phrases)
        found += untranslated.untranslated_paragraphs(page, source) if source else ()
    return sorted(found, key=lambda one: (one.offset, one.code, one.text))


@dataclass(frozen=True, slots=True)
class AppliedFix:
    """A change that was made: its place before it, and the words around it before and after."""

    line: int
    column: int
    code: str
    before: str
    after: str


def fix_file(page: MaskedFile) -> tuple[MaskedFile, list[AppliedFix]]:
    """Return a file with everything mended that is certain, and what was done. A second time there is nothing to do.

    One change may make room for another (a no-break space becomes the second of two), so it goes on until none is left.
    """
    done: list[AppliedFix] = []
    for _ in range(_MAX_ROUNDS):
        certain = [(one, one.edit) for rule in FIXABLE_RULES for one in rule(page) if one.edit is not None]
        better = _apply_if_safe(page, [edit for _, edit in certain])
        if better is None:
            certain = [(one, edit) for one, edit in certain if edit.begin >= page.body_start]
            better = _apply_if_safe(page, [edit for _, edit in certain])
        if better is None or better.text == page.text:
            break
        done += sorted((_describe_fix(page, one, edit) for one, edit in certain), key=lambda mend: (mend.line, mend.column))
        page = better
    return page, done


def _apply_if_safe(page: MaskedFile, edits: list[Edit]) -> MaskedFile | None:
    """Return a file with its edits, or None where its fields would no longer be the same."""
    try:
        better = parse_masked_file(apply_edits(page.text, edits), page.path, page.kind, page.language)
    except ValueError:
        return None
    same = [one.name for one in better.values] == [one.name for one in page.values] and set(better.scalars) == set(page.scalars)
    return better if same else None


def _describe_fix(page: MaskedFile, finding: Finding, edit: Edit) -> AppliedFix:
    place = page.place_at(finding.offset)
    begin, end = max(edit.begin - 10, page.text.rfind("\n", 0, edit.begin) + 1), edit.end + 10
    rest = page.text[edit.end : end].splitlines()[0] if page.text[edit.end : end].splitlines() else ""
    before = page.text[begin : edit.begin]
    return AppliedFix(
        place.line,
        place.column,
        finding.code,
        before + page.text[edit.begin : edit.end].rstrip("\r\n") + rest,
        before + edit.replacement + rest,
    )
