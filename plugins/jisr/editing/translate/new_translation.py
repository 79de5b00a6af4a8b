"""``inv translate``: the file of a new translation, and its pin brought up to date."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document, TranslationSet
from jisr.core.translation.blocks import format_pin, parse_pin
from jisr.core.translation.staleness import Staleness, compare_with_pin
from jisr.editing.editing_context import EditingContext
from jisr.editing.file_writer import PendingFile
from jisr.editing.new.field_help import load_field_help
from jisr.editing.source_edits import quote_yaml, set_pin
from jisr.editing.translate.scaffold import scaffold

ALL_LANGUAGES = "all"


@dataclass(frozen=True, slots=True)
class TranslateOptions:
    """The options of ``inv translate``: a text, a language; for a new file its title and translator; what to pin."""

    path: str
    tag: str
    title: str = ""
    by: str = ""
    pin: bool = False
    minor: bool = False


def create_translation(source: Document, language: Language, options: TranslateOptions, context: EditingContext) -> PendingFile:
    """Return the file of a new translation: a draft, without the fields that it inherits."""
    words, blocks = load_field_help(language), context.blocks(source)
    title = options.title.strip() or source.title
    lines = ["---", *([] if options.title.strip() else [f"# {words['to_translate']}"]), f"title: {quote_yaml(title)}"]
    lines += [*_summary_lines(source, words["summary"]), "translation:", f"  of: {source.language.tag}"]
    lines += [f"  by: [{quote_yaml(options.by)}]"] if options.by.strip() else [f"  # {words['by']}", '  #by: ["…"]']
    lines += [f'  pin: "{format_pin(blocks)}"', f"# {words['draft']}", "status: draft", "---", ""]
    body = [block for block in blocks if block.kind not in ("title", "summary")]
    lines += [f"<!-- {words['beside']} -->", "", scaffold(body)] if body else []
    path = context.display_path_of(source.kind, source.id, language.tag)
    file = context.folder(source.kind, source.id) / f"index.{language.tag}.md"
    return PendingFile(file, path, "\n".join(lines).rstrip() + "\n")


def _summary_lines(source: Document, sentence: str) -> list[str]:
    if not source.summary.strip():
        return []
    return [f"# {sentence}", *(f"# {line}" for line in source.summary.splitlines()), '#summary: "…"']


def compare_with_source(translation: Document, source: Document, context: EditingContext) -> Staleness | None:
    """Return the changes of the source since a translation was pinned, or None where it has no valid pin."""
    field = translation.translation
    if field is None or not field.pin:
        return None
    try:
        return compare_with_pin(parse_pin(field.pin), context.blocks(source))
    except ValueError:
        return None


def update_pin(translation: Document, texts: TranslationSet, context: EditingContext) -> PendingFile:
    """Return the file of a translation with a pin of the current blocks of its source.

    Raises ProblemsError where there is no source, or the pin cannot be put into the file.
    """
    path = translation.path
    source = find_source(translation, texts)
    if source is None:
        text = '"{tag}" is no translation of a version that is there. A pin has a language in translation: {{of: …}}.'
        raise ProblemsError(Problem.error(SourceLocation(path), "pin", text, tag=translation.language.tag))
    pin = format_pin(context.blocks(source))
    try:
        return PendingFile(context.file(translation), path, set_pin(context.source_file(translation), pin))
    except ValueError:
        text = 'The pin cannot be put into this file. Write it after "of" by hand: pin: "{pin}".'
        raise ProblemsError(Problem.error(SourceLocation(path), "pin", text, pin=pin)) from None


def find_source(translation: Document, texts: TranslationSet) -> Document | None:
    """Return the version that a translation was made from, or None where it is not a translation or has no such version."""
    return texts.get(translation.translation.of) if translation.translation else None


def pinned_translations(source: Document, texts: TranslationSet, tag: str) -> Iterator[Document]:
    """Return the pinned translations of a version, in a language or in all."""
    for version in texts.versions:
        field = version.translation
        if field and field.pin and field.of == source.language.tag and tag in (ALL_LANGUAGES, field.of, version.language.tag):
            yield version
