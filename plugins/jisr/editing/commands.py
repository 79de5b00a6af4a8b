"""What ``inv new``, ``inv translate`` and ``inv status`` do with a site that was read, each giving its exit code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document, TranslationSet
from jisr.core.translation.translation_status import DocumentStatus, open_work
from jisr.editing.arguments import find_text
from jisr.editing.editing_context import EditingContext, create_context
from jisr.editing.file_writer import replace_file, write_new_file
from jisr.editing.new.new_text import NewTextOptions, create_text_file
from jisr.editing.status.git_history import find_old_words
from jisr.editing.status.status_format import format_differences, format_json, format_summary, format_table
from jisr.editing.status.status_report import collect_status, stale_block_warnings
from jisr.editing.text_reference import find_language
from jisr.editing.translate import po_format
from jisr.editing.translate.new_translation import (
    ALL_LANGUAGES,
    TranslateOptions,
    compare_with_source,
    create_translation,
    find_source,
    pinned_translations,
    update_pin,
)
from jisr.editing.translate.po_exchange import build_po_document, merge_po_document


@dataclass(frozen=True, slots=True)
class StatusOptions:
    """What is asked of all texts: in one language or in all, with the words of blocks that changed, or for a program."""

    tag: str = ""
    show_diff: bool = False
    as_json: bool = False


def create_text(context: BuildContext, asked: NewTextOptions) -> int:
    """Write the file of a new text, and say where it is. Raises ProblemsError where it cannot be."""
    page = create_text_file(asked, create_context(context))
    write_new_file(page.file, page.path, page.text)
    print(page.path)
    return 0


def translate_text(context: BuildContext, wanted: TranslateOptions) -> int:
    """Write the file of a translation, or with ``pin`` or ``minor`` its pin anew. Raises ProblemsError where it cannot be."""
    at = create_context(context)
    texts, source = find_text(wanted.path, at)
    if wanted.minor and wanted.tag != ALL_LANGUAGES:
        find_language(wanted.tag, at, source.path)
    if wanted.minor:
        return _update_pins(tuple(pinned_translations(source, texts, wanted.tag)), texts, at)
    language = find_language(wanted.tag, at, source.path)
    there = texts.get(language.tag)
    if wanted.pin and there is not None and there.translation:
        return _update_pins((there,), texts, at)
    if there is not None:
        return _report_existing(there, texts, at)
    if wanted.pin:
        text = '"{tag}" is no language of this text yet. Begin the translation without --pin: a new one is pinned.'
        raise ProblemsError(Problem.error(SourceLocation(source.path), "pin", text, tag=wanted.tag))
    page = create_translation(source, language, wanted, at)
    write_new_file(page.file, page.path, page.text)
    print(page.path)
    return 0


def _update_pins(translations: tuple[Document, ...], texts: TranslationSet, at: EditingContext) -> int:
    pages = [(translation, update_pin(translation, texts, at)) for translation in translations]
    for translation, page in pages:
        source = find_source(translation, texts)
        found = compare_with_source(translation, source, at) if source else None
        replace_file(page.file, page.path, page.text)
        text = " ({changed} of {total} blocks had changed)"
        changed = phrase(text, changed=found.count, total=found.total) if found else ""
        print(f"{page.path}: {at.voice.format(phrase('pinned to the blocks of today{changed}.', changed=changed))}")
    if not pages:
        print(at.voice.format(phrase("Nothing to pin: no translation of this version has a pin.")))
    return 0


def _report_existing(there: Document, texts: TranslationSet, at: EditingContext) -> int:
    """Leave a version as it is, and say how it stands to what it was made from."""
    source = find_source(there, texts)
    if source is None:
        text = '"{tag}" is the original of this text. Name another language to translate it into.'
        raise ProblemsError(Problem.error(SourceLocation(there.path), "original", text, tag=there.language.tag))
    found = compare_with_source(there, source, at)
    if found is None:
        state = phrase("it has no pin")
    elif found.changes:
        text = "{changed} of {total} blocks of {path} changed since (inv status --diff shows them)"
        state = phrase(text, changed=found.count, total=found.total, path=source.path)
    else:
        state = phrase("it says what {path} says today", path=source.path)
    short = f"{there.kind}/{there.id}"
    print(at.voice.format(phrase("{path} is there, and is left as it is: {state}.", path=there.path, state=state)))
    if found is None or found.changes:
        command = f"inv translate {short} {there.language.tag} --pin"
        print(at.voice.format(phrase("When it says what the original says: {command}", command=command)))
        command = f"inv translate {short} {ALL_LANGUAGES} --minor"
        print(at.voice.format(phrase("When the change of the original changed no meaning: {command}", command=command)))
    return 0


def export_po(context: BuildContext, named: str, tag: str, to: str) -> int:
    """Write a PO file of a text for translators. Raises ProblemsError where it cannot be, or where a file is there."""
    at = create_context(context)
    texts, source = find_text(named, at)
    language = find_language(tag, at, source.path)
    there = texts.get(tag)
    if there is not None and source.language == language:  # the translation itself was named
        source = find_source(there, texts) or source
    if source.language == language:
        text = '"{tag}" is the original of this text. Name another language to translate it into.'
        raise ProblemsError(Problem.error(SourceLocation(source.path), "original", text, tag=tag))
    path = to or f"{source.id.replace('/', '-')}.{tag}.po"
    write_new_file(Path(path), path, po_format.format_po(build_po_document(source, texts, language, at)))
    print(path)
    return 0


def import_po(context: BuildContext, path: str) -> int:
    """Put what a PO file says into its translation, which is begun where it isn't there.

    Raises ProblemsError where that cannot be, and with a warning for each entry that was left out.
    """
    at = create_context(context)
    try:
        given = po_format.parse_po(Path(path).read_bytes())
    except (OSError, ValueError):
        text = '"{path}" is no PO file that was made here. Make one with inv po, and let it keep its header.'
        raise ProblemsError(Problem.error(SourceLocation(path), "po", text, path=path)) from None
    texts, source = find_text(given.path, at)
    find_language(given.tag, at, path)
    page, warnings = merge_po_document(given, path, source, texts, at)
    if not page.file.exists():
        write_new_file(page.file, page.path, page.text)
    elif page.file.read_bytes() != page.text.encode():
        replace_file(page.file, page.path, page.text)
    print(page.path)
    if warnings:
        raise ProblemsError(*warnings)
    return 0


def print_status(context: BuildContext, question: StatusOptions) -> int:
    """Print how every text stands in every language. Returns 0.

    Raises ProblemsError with a warning for each block that changed since it was translated, and with the errors of texts.
    """
    at = create_context(context)
    languages = [find_language(question.tag, at, at.display_path)] if question.tag else list(at.site.languages)
    tags, rows = [language.tag for language in languages], collect_status(at, languages)
    old = _old_block_words(rows, at) if question.show_diff else {}
    if question.as_json:
        print(format_json(rows, open_work(rows, tags), old))
    else:
        changes = format_differences(rows, old, at.voice) if question.show_diff else ""
        parts = [format_table(rows, tags, at.voice), changes, format_summary(open_work(rows, tags), at.voice)]
        print("\n\n".join(part for part in parts if part))
    found = (*at.errors, *stale_block_warnings(rows))
    if found:
        raise ProblemsError(*found)
    return 0


def _old_block_words(rows: Sequence[DocumentStatus], at: EditingContext) -> dict[tuple[str, str], str]:
    """Return the old words of all blocks that changed, as far as git has them; each original is looked up once."""
    wanted: dict[str, tuple[Document, set[str]]] = {}
    for one in (one for row in rows for one in row.statuses):
        if one.is_stale and one.source and one.staleness:
            hashes = {change.old_digest for change in one.staleness.changes if change.old_digest}
            wanted.setdefault(one.source.path, (one.source, set()))[1].update(hashes)
    return {
        (path, digest): words
        for path, (source, hashes) in wanted.items()
        for digest, words in find_old_words(at.file(source), frozenset(hashes)).items()
    }
