"""The linter: applies all rules to a file, and fixes the certain findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field

from jisr.checks.lint_findings import Edit, Finding, apply_edits
from jisr.checks.masked_file import MaskedFile, parse_masked_file
from jisr.checks.phrases import Phrases, load_phrases
from jisr.checks.rules import (
    headings,
    invisible_signs,
    keyboard_letters,
    link_text,
    list_commas,
    list_markers,
    list_numbers,
    placeholders,
    typography,
    untranslated,
)
from jisr.checks.rules.glossary import GLOSSARY_FILE, Glossary, discouraged_names, parse_glossary
from jisr.checks.source_files import ContentFolder
from jisr.content.attachments.formats.location import has_location
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass

LintRule = Callable[[MaskedFile], Iterator[Finding]]

FIXABLE_RULES: tuple[LintRule, ...] = (
    headings.repeated_title,
    typography.typed_entities,
    typography.leading_no_break_spaces,
    typography.no_break_spaces,
    typography.latin_signs,
    typography.spaces_before_signs,
    typography.repeated_spaces,
    typography.missing_french_spaces,
    keyboard_letters.letters_in_sorani,
    keyboard_letters.letters_in_arabic,
    list_markers.glued_headings,
    list_markers.pasted_markers,
    list_markers.typed_numbers,
    list_numbers.broken_numbers,
)
"""The rules that may be certain; where the edits of two of them overlap, the first one applies."""
FIX_ONLY_RULES: tuple[LintRule, ...] = (list_commas.arabic_commas, invisible_signs.invisible_signs)
"""Rules whose findings the build reports, as errors."""
REPORT_ONLY_RULES: tuple[LintRule, ...] = (list_numbers.swallowed_numbers, link_text.images_without_alt)
PUBLISHED_TEXT_RULES: tuple[LintRule, ...] = (placeholders.placeholders, untranslated.empty_bodies, untranslated.wrong_language)
"""Rules that do not apply to a draft."""
TRANSLATION_RULES: tuple[Callable[[MaskedFile, MaskedFile], Iterator[Finding]], ...] = (
    untranslated.untranslated_paragraphs,
    untranslated.copied_titles,
    untranslated.missing_parts,
)
"""Rules that compare a translation that is no draft with the version that it was made from."""

_MAX_ROUNDS = 50
_PHOTO_LOCATION = (
    '"{value}" tells where it was made. Readers do not get that, but whoever sees the repository: take it out with '
    "inv check --fix before it is sent."
)


@dataclass(frozen=True, slots=True)
class LintContext:
    """The input of rules besides the file: phrases of the languages, and the glossary."""

    phrases: Phrases
    glossary: Glossary = field(default_factory=Glossary)


def lint_file(page: MaskedFile, context: LintContext, source: MaskedFile | None = None) -> list[Finding]:
    """Return the findings in a file, sorted by place; ``source`` is the version that it translates."""
    findings = [one for rule in FIXABLE_RULES for one in rule(page)]
    told = {(one.offset, one.code) for one in findings}
    findings += [one for rule in REPORT_ONLY_RULES for one in rule(page) if (one.offset, one.code) not in told]
    findings += headings.bold_headings(page, context.phrases)
    findings += link_text.vague_links(page, context.phrases)
    findings += discouraged_names(page, context.glossary)
    if not (page.is_draft or (source is not None and source.is_draft and "status" not in page.scalars)):
        findings += [one for rule in PUBLISHED_TEXT_RULES for one in rule(page)]
        findings += placeholders.empty_labels(page, context.phrases)
        findings += (
            [one for rule in TRANSLATION_RULES for one in rule(page, source)]
            if source is not None and source is not page
            else ()
        )
    return sorted(findings, key=lambda one: (one.offset, one.code, one.text))


@dataclass(frozen=True, slots=True)
class AppliedFix:
    """A change of a file: its place before the change, and the words around it before and after."""

    line: int
    column: int
    code: str
    before: str
    after: str


def fix_file(page: MaskedFile) -> tuple[MaskedFile, list[AppliedFix]]:
    """Return a file with all certain findings fixed, and the fixes. The result has no such finding (idempotent).

    A fix may cause another finding (a no-break space becomes the second of two), so this repeats until none is left.
    """
    fixes: list[AppliedFix] = []
    for _ in range(_MAX_ROUNDS):
        certain = [(one, one.edit) for rule in (*FIX_ONLY_RULES, *FIXABLE_RULES) for one in rule(page) if one.edit is not None]
        better = _apply_if_safe(page, [edit for _, edit in certain])
        if better is None:
            certain = [(one, edit) for one, edit in certain if edit.start >= page.body_start]
            better = _apply_if_safe(page, [edit for _, edit in certain])
        if better is None or better.text == page.text:
            break
        fixes += sorted((_describe_fix(page, one, edit) for one, edit in certain), key=lambda fix: (fix.line, fix.column))
        page = better
    return page, fixes


def _apply_if_safe(page: MaskedFile, edits: list[Edit]) -> MaskedFile | None:
    """Return a file with its edits, or None where its fields would no longer be the same."""
    try:
        better = parse_masked_file(apply_edits(page.text, edits), page.file.path, page.kind, page.language)
    except ProblemsError:
        return None
    same = [one.name for one in better.values] == [one.name for one in page.values] and set(better.scalars) == set(page.scalars)
    return better if same else None


def _describe_fix(page: MaskedFile, finding: Finding, edit: Edit) -> AppliedFix:
    place, text = page.file.place_at(finding.offset), page.text
    head = text[max(edit.start - 10, text.rfind("\n", 0, edit.start) + 1) : edit.start]
    rest = next(iter(text[edit.end : edit.end + 10].splitlines()), "")
    before = head + text[edit.start : edit.end].rstrip("\r\n") + rest
    return AppliedFix(place.line, place.column, finding.code, before, head + edit.replacement + rest)


def find_problems(content: ContentFolder) -> Iterator[Problem]:
    """Return the problems of all texts and pictures of a content folder."""
    glossary, problems = _load_glossary(content)
    yield from problems
    context = LintContext(load_phrases(), glossary)
    for folder in content.folders():
        for page in folder.pages.values():
            for finding in lint_file(page, context, folder.pages.get(page.scalars.get("translation.of", ""))):
                yield Problem.warning(page.file.place_at(finding.offset), finding.code, finding.text, **finding.values)
    for file in content.media():
        try:
            located = has_location(file.read_bytes())
        except OSError:
            continue
        if located:
            yield Problem.warning(SourceLocation(content.display_path_of(file)), "photo", _PHOTO_LOCATION, value=file.name)


def _load_glossary(content: ContentFolder) -> tuple[Glossary, list[Problem]]:
    file = content.root / GLOSSARY_FILE
    if not file.is_file():
        return Glossary(), []
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):
        text = 'The file cannot be read. Save it as "UTF-8".'
        return Glossary(), [Problem.error(SourceLocation(content.display_path_of(file)), "glossary", text)]
    return parse_glossary(text, content.display_path_of(file), content.languages)
