"""``inv translate``: the twin of a text in another language, and its pin brought up to date."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document, TranslationSet
from jisr.core.translation.blocks import format_pin, parse_pin
from jisr.core.translation.staleness import Staleness, compare_with_pin
from jisr.editing.editing_context import EditingContext
from jisr.editing.new.field_examples import quote_yaml
from jisr.editing.new.field_help import load_field_help
from jisr.editing.new.new_text import PendingFile
from jisr.editing.source_text import read_blocks, read_source_file, set_pin
from jisr.editing.translate.scaffold import scaffold

ALL_LANGUAGES = "all"


@dataclass(frozen=True, slots=True)
class TranslateOptions:
    """What an editor asks for: a text, a language, and for a new file its title and who translates."""

    path: str
    tag: str
    title: str = ""
    by: str = ""
    pin: bool = False
    minor: bool = False


def create_translation(source: Document, language: Language, wanted: TranslateOptions, desk: EditingContext) -> PendingFile:
    """Return the file of a new translation: what is inherited stays out, the draft keeps it from readers."""
    words, blocks = load_field_help(language), read_blocks(source, desk)
    title = wanted.title.strip() or source.title
    lines = ["---", *([] if wanted.title.strip() else [f"# {words['to_translate']}"]), f"title: {quote_yaml(title)}"]
    lines += [*_summary_lines(source, words["summary"]), "translation:", f"  of: {source.language.tag}"]
    lines += [f"  by: [{quote_yaml(wanted.by)}]"] if wanted.by.strip() else [f"  # {words['by']}", '  #by: ["…"]']
    lines += [f'  pin: "{format_pin(blocks)}"', f"# {words['draft']}", "status: draft", "---", ""]
    body = [block for block in blocks if block.kind not in ("title", "summary")]
    lines += [f"<!-- {words['beside']} -->", "", scaffold(body)] if body else []
    path = desk.display_path_of(source.kind, source.id, language.tag)
    return PendingFile(desk.folder(source.kind, source.id) / f"index.{language.tag}.md", path, "\n".join(lines).rstrip() + "\n")


def _summary_lines(source: Document, sentence: str) -> list[str]:
    if not source.summary.strip():
        return []
    return [f"# {sentence}", *(f"# {line}" for line in source.summary.splitlines()), '#summary: "…"']


def compare_with_source(translation: Document, source: Document, desk: EditingContext) -> Staleness | None:
    """Return what changed in the source since a translation of it was pinned, or None where it is not pinned."""
    stated = translation.translation
    if stated is None or not stated.pin:
        return None
    try:
        return compare_with_pin(parse_pin(stated.pin), read_blocks(source, desk))
    except ValueError:
        return None


def update_pin(translation: Document, texts: TranslationSet, desk: EditingContext) -> PendingFile:
    """Return the file of a translation with the pin of what it was made from, as that stands now.

    Raises ProblemsError where that version is not there, or the pin cannot be put into the file.
    """
    path = translation.path
    source = find_source(translation, texts)
    if source is None:
        text = '"{tag}" is no translation of a version that is there. A pin has a language in translation: {{of: …}}.'
        raise ProblemsError(Problem.error(SourceLocation(path), "pin", text, tag=translation.language.tag))
    file, wanted = desk.file(translation), format_pin(read_blocks(source, desk))
    try:
        return PendingFile(file, path, set_pin(read_source_file(file, path), wanted))
    except ValueError:
        text = 'The pin cannot be put into this file. Write it after "of" by hand: pin: "{pin}".'
        raise ProblemsError(Problem.error(SourceLocation(path), "pin", text, pin=wanted)) from None


def find_source(translation: Document, texts: TranslationSet) -> Document | None:
    """Return the version that a translation was made from, or None where it is none or that isn't there."""
    return texts.get(translation.translation.of) if translation.translation else None


def pinned_translations(source: Document, texts: TranslationSet, tag: str) -> Iterator[Document]:
    """Return the pinned translations of a version, in a language or in every one."""
    for version in texts.versions:
        stated = version.translation
        if (
            stated
            and stated.pin
            and stated.of == source.language.tag
            and tag in (ALL_LANGUAGES, stated.of, version.language.tag)
        ):
            yield version
