"""What ``inv new``, ``inv translate`` and ``inv status`` do with a site that was read, each giving its exit code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jisr.core.diagnostics.problems import Place, Problem, ProblemsError, phrase
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document, TranslationSet
from jisr.core.translation.translation_status import Row, left
from jisr.editing.arguments import find
from jisr.editing.editing_context import Desk, desk
from jisr.editing.file_writer import rewrite, write_new
from jisr.editing.new.new_text import NewText, start
from jisr.editing.status.git_history import old_words
from jisr.editing.status.status_format import as_json, differences, summary, table
from jisr.editing.status.status_report import findings, survey
from jisr.editing.text_reference import language_named
from jisr.editing.translate import po_format
from jisr.editing.translate.new_translation import EVERY, Wanted, lag, pinned_on, repinned, source_of, twin
from jisr.editing.translate.po_exchange import merged, sheet


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of all texts: in one language or in all, with the words of blocks that changed, or for a program."""

    tag: str = ""
    diff: bool = False
    json: bool = False


def new(context: Mapping[str, Any], asked: NewText) -> int:
    """Write the file of a new text, and say where it is. Raises ProblemsError where it cannot be."""
    page = start(asked, desk(context))
    write_new(page.file, page.path, page.text)
    print(page.path)
    return 0


def translate(context: Mapping[str, Any], wanted: Wanted) -> int:
    """Write the file of a translation, or with ``pin`` or ``minor`` its pin anew. Raises ProblemsError where it cannot be."""
    at = desk(context)
    texts, source = find(wanted.path, at)
    if wanted.minor and wanted.tag != EVERY:
        language_named(wanted.tag, at, source.path)
    if wanted.minor:
        return _pin(tuple(pinned_on(source, texts, wanted.tag)), texts, at)
    language = language_named(wanted.tag, at, source.path)
    there = texts.get(language.tag)
    if wanted.pin and there is not None and there.translation:
        return _pin((there,), texts, at)
    if there is not None:
        return _is_there(there, texts, at)
    if wanted.pin:
        text = '"{tag}" is no language of this text yet. Begin the translation without --pin: a new one is pinned.'
        raise ProblemsError(Problem.error(Place(source.path), "pin", text, tag=wanted.tag))
    page = twin(source, language, wanted, at)
    write_new(page.file, page.path, page.text)
    print(page.path)
    return 0


def _pin(translations: tuple[Document, ...], texts: TranslationSet, at: Desk) -> int:
    pages = [(translation, repinned(translation, texts, at)) for translation in translations]
    for translation, page in pages:
        source = source_of(translation, texts)
        found = lag(translation, source, at) if source else None
        rewrite(page.file, page.path, page.text)
        text = " ({changed} of {total} blocks had changed)"
        changed = phrase(text, changed=found.count, total=found.total) if found else ""
        print(f"{page.path}: {at.voice.say(phrase('pinned to the blocks of today{changed}.', changed=changed))}")
    if not pages:
        print(at.voice.say(phrase("Nothing to pin: no translation of this version has a pin.")))
    return 0


def _is_there(there: Document, texts: TranslationSet, at: Desk) -> int:
    """Leave a version as it is, and say how it stands to what it was made from."""
    source = source_of(there, texts)
    if source is None:
        text = '"{tag}" is the original of this text. Name another language to translate it into.'
        raise ProblemsError(Problem.error(Place(there.path), "original", text, tag=there.language.tag))
    found = lag(there, source, at)
    if found is None:
        state = phrase("it has no pin")
    elif found.changes:
        text = "{changed} of {total} blocks of {path} changed since (inv status --diff shows them)"
        state = phrase(text, changed=found.count, total=found.total, path=source.path)
    else:
        state = phrase("it says what {path} says today", path=source.path)
    short = f"{there.kind}/{there.id}"
    print(at.voice.say(phrase("{path} is there, and is left as it is: {state}.", path=there.path, state=state)))
    if found is None or found.changes:
        command = f"inv translate {short} {there.language.tag} --pin"
        print(at.voice.say(phrase("When it says what the original says: {command}", command=command)))
        command = f"inv translate {short} {EVERY} --minor"
        print(at.voice.say(phrase("When the change of the original changed no meaning: {command}", command=command)))
    return 0


def hand_out(context: Mapping[str, Any], named: str, tag: str, to: str) -> int:
    """Write a PO file of a text for translators. Raises ProblemsError where it cannot be, or where a file is there."""
    at = desk(context)
    texts, source = find(named, at)
    language = language_named(tag, at, source.path)
    there = texts.get(tag)
    if there is not None and source.language == language:  # the translation itself was named
        source = source_of(there, texts) or source
    if source.language == language:
        text = '"{tag}" is the original of this text. Name another language to translate it into.'
        raise ProblemsError(Problem.error(Place(source.path), "original", text, tag=tag))
    path = to or f"{source.id.replace('/', '-')}.{tag}.po"
    write_new(Path(path), path, po_format.write(sheet(source, texts, language, at)))
    print(path)
    return 0


def take_back(context: Mapping[str, Any], path: str) -> int:
    """Put what a PO file says into its translation, which is begun where it isn't there.

    Raises ProblemsError where that cannot be, and with a warning for each entry that was left out.
    """
    at = desk(context)
    try:
        given = po_format.read(Path(path).read_bytes())
    except (OSError, ValueError):
        text = '"{path}" is no PO file that was made here. Make one with inv po, and let it keep its header.'
        raise ProblemsError(Problem.error(Place(path), "po", text, path=path)) from None
    texts, source = find(given.path, at)
    language_named(given.tag, at, path)
    page, warnings = merged(given, path, source, texts, at)
    if not page.file.exists():
        write_new(page.file, page.path, page.text)
    elif page.file.read_bytes() != page.text.encode():
        rewrite(page.file, page.path, page.text)
    print(page.path)
    if warnings:
        raise ProblemsError(*warnings)
    return 0


def status(context: Mapping[str, Any], question: Question) -> int:
    """Print how every text stands in every language. Gives 0.

    Raises ProblemsError with a warning for each block that changed since it was translated, and with the errors of texts.
    """
    at = desk(context)
    languages = [language_named(question.tag, at, at.shown)] if question.tag else list(at.site.languages)
    tags, rows = [language.tag for language in languages], survey(at, languages)
    old = _old(rows, at) if question.diff else {}
    if question.json:
        print(as_json(rows, left(rows, tags), old))
    else:
        changes = differences(rows, old, at.voice) if question.diff else ""
        parts = [table(rows, tags, at.voice), changes, summary(left(rows, tags), at.voice)]
        print("\n\n".join(part for part in parts if part))
    found = (*at.errors, *findings(rows))
    if found:
        raise ProblemsError(*found)
    return 0


def _old(rows: Sequence[Row], at: Desk) -> dict[tuple[str, str], str]:
    """Give the old words of all blocks that changed, as far as git has them; each original is looked up once."""
    wanted: dict[str, tuple[Document, set[str]]] = {}
    for one in (one for row in rows for one in row.standings):
        if one.behind and one.source and one.lag:
            hashes = {change.pinned for change in one.lag.changes if change.pinned}
            wanted.setdefault(one.source.path, (one.source, set()))[1].update(hashes)
    return {
        (path, digest): words
        for path, (source, hashes) in wanted.items()
        for digest, words in old_words(at.file(source), frozenset(hashes)).items()
    }
