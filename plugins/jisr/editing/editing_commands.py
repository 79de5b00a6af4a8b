"""The commands for editors: ``inv new``, ``translate``, ``po``, ``merge`` and ``status``. Each returns its exit code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jisr.content.read.source_file import parse_source_file
from jisr.content.settings.defaults import own_catalogs
from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document, TranslationSet
from jisr.core.translation.po_format import UnreadableLineError, format_po, parse_po
from jisr.core.translation.staleness import Staleness
from jisr.core.translation.translation_status import DocumentStatus, open_work
from jisr.editing.arguments import file_errors, find_language, find_text
from jisr.editing.editing_context import EditingContext, create_context
from jisr.editing.file_writer import PendingFile, replace_file, write_if_changed, write_new_file
from jisr.editing.new.new_text import NewTextOptions, create_text_file
from jisr.editing.status.git_history import find_old_words
from jisr.editing.status.status_format import format_differences, format_json, format_summary, format_table, format_unreviewed
from jisr.editing.status.status_report import collect_status, stale_block_warnings
from jisr.editing.status.unreviewed import Unreviewed, count_unreviewed
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
    """The options of ``inv status``: a text, a language, the old words of changed blocks, JSON in place of a table."""

    path: str = ""
    tag: str = ""
    show_diff: bool = False
    as_json: bool = False


def create_text(context: BuildContext, options: NewTextOptions) -> int:
    """Write the file of a new text, and print its path. Raises ProblemsError where that is not possible."""
    page = create_text_file(options, create_context(context))
    write_new_file(page)
    print(page.path)
    return 0


def translate_text(context: BuildContext, options: TranslateOptions) -> int:
    """Write the file of a translation, or update pins (``pin``, ``minor``). Raises ProblemsError where that is not possible."""
    editing = create_context(context)
    texts, source = find_text(options.path, editing)
    if options.minor and options.tag != ALL_LANGUAGES:
        find_language(options.tag, editing, source.path)
    if options.minor:
        return _update_pins(tuple(pinned_translations(source, texts, options.tag)), texts, editing)
    language = find_language(options.tag, editing, source.path)
    version = texts.get(language.tag)
    if options.pin and version is not None and version.translation:
        return _update_pins((version,), texts, editing)
    if version is not None:
        return _report_existing(version, texts, editing)
    if options.pin:
        text = '"{tag}" is no language of this text yet. Begin the translation without --pin: a new one is pinned.'
        raise ProblemsError(Problem.error(SourceLocation(source.path), "pin", text, tag=options.tag))
    page = create_translation(source, language, options, editing)
    write_new_file(page)
    print(page.path)
    return 0


def _update_pins(translations: tuple[Document, ...], texts: TranslationSet, editing: EditingContext) -> int:
    pages = [(translation, update_pin(translation, texts, editing)) for translation in translations]
    for translation, page in pages:
        source = find_source(translation, texts)
        staleness = compare_with_source(translation, source, editing) if source else None
        replace_file(page)
        text = " ({changed} of {total} blocks had changed)"
        changed = phrase(text, changed=staleness.count, total=staleness.total) if staleness else ""
        print(f"{page.path}: {editing.formatter.format(phrase('pinned to the blocks of today{changed}.', changed=changed))}")
    if not pages:
        print(editing.formatter.format(phrase("Nothing to pin: no translation of this version has a pin.")))
    return 0


def _report_existing(version: Document, texts: TranslationSet, editing: EditingContext) -> int:
    """Leave an existing version unchanged, and print how current it is and how to pin it."""
    source = find_source(version, texts)
    if source is None:
        text = '"{tag}" is the original of this text. Name another language to translate it into.'
        raise ProblemsError(Problem.error(SourceLocation(version.path), "original", text, tag=version.language.tag))
    staleness = compare_with_source(version, source, editing)
    state = _format_state(staleness, source)
    print(editing.formatter.format(phrase("{path} is there, and is left as it is: {state}.", path=version.path, state=state)))
    if staleness is None or staleness.changes:
        name = f"{version.kind}/{version.id}"
        command = f"inv translate {name} {version.language.tag} --pin"
        print(editing.formatter.format(phrase("When it says what the original says: {command}", command=command)))
        command = f"inv translate {name} {ALL_LANGUAGES} --minor"
        print(
            editing.formatter.format(phrase("When the change of the original changed no meaning: {command}", command=command))
        )
    return 0


def _format_state(staleness: Staleness | None, source: Document) -> Phrase:
    if staleness is None:
        return phrase("it has no pin")
    if staleness.changes:
        text = "{changed} of {total} blocks of {path} changed since (inv status --diff shows them)"
        return phrase(text, changed=staleness.count, total=staleness.total, path=source.path)
    return phrase("it says what {path} says today", path=source.path)


def export_po(context: BuildContext, argument: str, tag: str, to: str) -> int:
    """Write a text as a PO file for translators. Raises ProblemsError where that is not possible, or the file exists."""
    editing = create_context(context)
    texts, source = find_text(argument, editing)
    language = find_language(tag, editing, source.path)
    version = texts.get(tag)
    if version is not None and source.language == language:  # the argument is the file of the translation
        source = find_source(version, texts) or source
    if source.language == language:
        text = '"{tag}" is the original of this text. Name another language to translate it into.'
        raise ProblemsError(Problem.error(SourceLocation(source.path), "original", text, tag=tag))
    path = to or f"{source.id.replace('/', '-')}.{tag}.po"
    write_new_file(PendingFile(Path(path), path, format_po(build_po_document(source, texts, language, editing))))
    print(path)
    return 0


def import_po(context: BuildContext, path: str) -> int:
    """Merge a PO file into its translation, which is created where there is none.

    Raises ProblemsError where that is not possible, and with a warning for each entry that was skipped.
    """
    editing = create_context(context)
    try:
        document = parse_po(Path(path).read_bytes())
    except UnreadableLineError as error:
        text = '"{line}" cannot be read in a PO file. Write msgstr and its words between quotes, a quote among them as \\".'
        raise ProblemsError(Problem.error(SourceLocation(path, error.number), "po", text, line=error.line)) from None
    except (OSError, ValueError):
        text = '"{path}" is no PO file that was made here. Make one with inv po, and let it keep its header.'
        raise ProblemsError(Problem.error(SourceLocation(path), "po", text, path=path)) from None
    texts, source = find_text(document.path, editing)
    find_language(document.tag, editing, path)
    page, warnings = merge_po_document(document, path, source, texts, editing)
    write_if_changed(page)
    print(page.path)
    if warnings:
        raise ProblemsError(*warnings)
    is_complete = all(entry.translation for entry in document.entries)
    if is_complete and parse_source_file(page.text, page.path).scalars.get("status") == "draft":
        text = "Every part is translated. Take the line status: draft out of the file when readers may see it."
        print(editing.formatter.format(phrase(text)))
    return 0


def print_status(context: BuildContext, options: StatusOptions) -> int:
    """Print the status of each text, or of one, in each language. Returns 0.

    Raises ProblemsError with a warning for each block that changed since it was translated, and with the errors in texts.
    """
    editing = create_context(context)
    languages = [find_language(options.tag, editing, editing.display_path)] if options.tag else list(editing.site.languages)
    tags, rows = [language.tag for language in languages], collect_status(editing, languages)
    errors = editing.errors
    if options.path:
        key = find_text(options.path, editing)[0].key
        rows = tuple(row for row in rows if (row.kind, row.id) == key)
        errors = file_errors(*key, editing)
    old_words = _find_old_words(rows, editing) if options.show_diff else {}
    work, unreviewed = open_work(rows, tags), _find_unreviewed(rows, tags, context, options, editing)
    if options.as_json:
        print(format_json(rows, work, unreviewed, old_words))
    else:
        changes = format_differences(rows, old_words, editing.formatter) if options.show_diff else ""
        parts = [changes, format_table(rows, tags, editing.formatter), format_summary(work, editing.formatter)]
        print("\n\n".join(part for part in (*parts, format_unreviewed(unreviewed, editing.formatter)) if part))
    problems = (*errors, *stale_block_warnings(rows))
    if problems:
        raise ProblemsError(*problems)
    return 0


def _find_unreviewed(
    rows: Sequence[DocumentStatus], tags: Sequence[str], context: BuildContext, options: StatusOptions, editing: EditingContext
) -> tuple[Unreviewed, ...]:
    """Return what no native speaker has read: of a text its versions, else of the catalogues of this site as well."""
    sets = [editing.site.sets_with_drafts[row.kind, row.id] for row in rows]
    catalogs = own_catalogs(context.settings, Path(context.run.settings_path).absolute().parent)
    return count_unreviewed(
        (one for texts in sets for one in texts.versions), tags, None if options.path else catalogs, editing
    )


def _find_old_words(rows: Sequence[DocumentStatus], editing: EditingContext) -> dict[tuple[str, str], str]:
    """Return the old words of all changed blocks that git has, by path and digest; each original is looked up once."""
    digests: dict[str, tuple[Document, set[str]]] = {}
    for one in (one for row in rows for one in row.statuses):
        if one.is_stale and one.source and one.staleness:
            old = {change.old_digest for change in one.staleness.changes if change.old_digest}
            digests.setdefault(one.source.path, (one.source, set()))[1].update(old)
    return {
        (path, digest): words
        for path, (source, old) in digests.items()
        for digest, words in find_old_words(editing.file(source), frozenset(old)).items()
    }
