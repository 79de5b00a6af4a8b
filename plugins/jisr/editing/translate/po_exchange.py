"""Exports a translation as a PO file for translators without git, and merges it back without another change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from jisr.content.read.source_file import SourceFile, parse_source_file
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document, TranslationSet
from jisr.core.translation.alignment import align_blocks
from jisr.core.translation.blocks import TextBlock, format_pin, normalize_block, split_blocks
from jisr.core.translation.gaps import COMMENT, commented_blocks, has_empty_cells, has_words, is_copied_title
from jisr.core.translation.po_format import FIELD_KINDS, PoDocument, PoEntry, entry_keys, entry_words
from jisr.core.translation.staleness import Staleness
from jisr.editing import source_edits
from jisr.editing.editing_context import EditingContext
from jisr.editing.file_writer import PendingFile
from jisr.editing.new.field_help import load_field_help
from jisr.editing.translate.new_translation import TranslateOptions, compare_with_source, create_translation, find_source
from jisr.editing.translate.scaffold import scaffold, scaffold_row


@dataclass(frozen=True, slots=True)
class _VersionBlocks:
    """A version, its source file and its blocks: those of fields, then those of the body."""

    document: Document
    file: SourceFile
    blocks: tuple[TextBlock, ...]

    @property
    def body_blocks(self) -> tuple[TextBlock, ...]:
        """The blocks of the body."""
        return self.blocks[self.field_count :]

    @property
    def field_count(self) -> int:
        """The number of blocks of fields."""
        return sum(block.kind in FIELD_KINDS for block in self.blocks)

    def block_words(self, block: TextBlock) -> str:
        """Return the words of a block of a field or the body."""
        return entry_words(block)

    def line_range(self, index: int) -> tuple[int, int]:
        """Return the range of a block of the body in its lines. Raises ValueError where it is not certain."""
        blocks, first, lines = self.body_blocks, self.file.body_line, source_edits.split_lines(self.file.body)
        following = blocks[index + 1].line if index + 1 < len(blocks) else first + len(lines)
        return source_edits.find_line_range(blocks[index], lines, first, following)


def _read_version(document: Document, context: EditingContext) -> _VersionBlocks:
    return _VersionBlocks(document, context.source_file(document), context.blocks(document))


def _compare(translation: Document, source: Document, texts: TranslationSet, context: EditingContext) -> Staleness | None:
    """Return the changes of a version since a translation was pinned, or None where that was made from another version."""
    return compare_with_source(translation, source, context) if find_source(translation, texts) == source else None


def _align_blocks(source: _VersionBlocks, target: _VersionBlocks | None, staleness: Staleness | None) -> dict[int, int]:
    """Return the index of the corresponding block of a translation by the index of each block of its source."""
    if target is None:
        return {}
    changes = staleness.changes if staleness else ()
    new = {one.block for one in changes if one.block and one.change_type == "added"}
    new |= commented_blocks(source.blocks, target.file.body)
    pairs = align_blocks(source.blocks, target.blocks, new)
    return {index: other for index, other in pairs if index is not None and other is not None}


def build_po_document(source: Document, texts: TranslationSet, language: Language, context: EditingContext) -> PoDocument:
    """Return the blocks of a version, but for code, with those of its translation into a language."""
    version = texts.get(language.tag)
    original, target = _read_version(source, context), _read_version(version, context) if version else None
    staleness = _compare(version, source, texts, context) if version else None
    pairs = _align_blocks(original, target, staleness)
    changed = {change.block for change in staleness.changes if change.block} if staleness else set()
    twins = {index: target.blocks[other] for index, other in pairs.items()} if target else {}
    entries = [
        PoEntry(
            key,
            original.block_words(block),
            _translated_words(block, twins.get(index), original, target, context),
            block in changed or (index in twins and has_empty_cells(block, twins[index])),
            block.kind,
            f"{source.path}:{block.line if block.kind not in FIELD_KINDS else source.location_of(block.kind).line}",
        )
        for index, (key, block) in enumerate(zip(_entry_keys(original), original.blocks, strict=True))
        if block.kind != "code"
    ]
    return PoDocument(f"{source.kind}/{source.id}/index.{source.language.tag}.md", language.tag, tuple(entries))


def _translated_words(
    block: TextBlock, twin: TextBlock | None, original: _VersionBlocks, target: _VersionBlocks | None, context: EditingContext
) -> str:
    """Return the words of a translation for a block, or nothing where it has none of its own yet."""
    if target is None or twin is None or (has_words(block.text) and not has_words(twin.text)):
        return ""
    if block.kind == "title" and _has_copied_title(original.document, target.document, context):
        return ""
    return target.block_words(twin)


def _has_copied_title(source: Document, version: Document, context: EditingContext) -> bool:
    kind = context.site.kinds.get(version.kind)
    return kind is not None and is_copied_title(kind, version.title, source.title, source.language, version.language)


def _entry_keys(version: _VersionBlocks) -> list[str]:
    return entry_keys(version.blocks)


def merge_po_document(
    po: PoDocument, path: str, source: Document, texts: TranslationSet, context: EditingContext
) -> tuple[PendingFile, tuple[Problem, ...]]:
    """Return the file of a translation with the entries of a PO file, and a warning for each entry that is skipped.

    Raises ProblemsError where words that are not in the PO file would be lost, or would not be one block of the same kind.
    """
    version = texts.get(po.tag)
    original, target = _read_version(source, context), _read_version(version, context) if version else None
    indexes = {key: index for index, key in enumerate(_entry_keys(original))}
    warnings = tuple(_entry_warning(one, path, source) for one in po.entries if one.key not in indexes or one.fuzzy)
    entries = [one for one in po.entries if one.key in indexes and one.translation and not one.fuzzy]
    words = {indexes[one.key]: one.translation for one in entries}
    fields = {original.blocks[index].kind: text for index, text in words.items() if index < original.field_count}
    body = {index: text for index, text in words.items() if index >= original.field_count}
    language = context.site.languages[po.tag]
    help_words = load_field_help(language)
    try:
        if target is None:
            options = TranslateOptions(source.path, po.tag, title=fields.get("title", ""))
            page = create_translation(source, language, options, context)
            text = _replace_body(parse_source_file(page.text, page.path), _build_body(original, body))
            return PendingFile(page.file, page.path, _set_fields(text, page.path, fields, help_words)), warnings
        staleness = _compare(target.document, source, texts, context)
        text = _merge_body(original, target, _align_blocks(original, target, staleness), body, path)
        new_fields = {kind: value for kind, value in fields.items() if _field_text(target, kind) != value}
        text = _set_fields(text, target.document.path, new_fields, help_words)
        if not warnings and len(po.entries) == len(words):
            text = _update_pin(text, target.document, original)
        return PendingFile(context.file(target.document), target.document.path, text), warnings
    except ValueError as error:
        problem = '"{words}" cannot take its place in the text: it would be something else there. Keep it in one paragraph.'
        raise ProblemsError(Problem.error(SourceLocation(path), "po", problem, words=" ".join(str(error).split()))) from None


def _merge_body(
    original: _VersionBlocks, target: _VersionBlocks, pairs: Mapping[int, int], words: Mapping[int, str], path: str
) -> str:
    """Return the text of a translation with new words, which take the place of the comment with those of the original.

    The body is rebuilt where a block has neither a counterpart nor such a comment yet.
    """
    text = _replace_blocks(target, {pairs[index]: text for index, text in words.items() if index in pairs})
    new = {index: text for index, text in words.items() if index not in pairs}
    filled = _fill_comments(parse_source_file(text, target.file.path), original, new)
    if filled is not None:
        return filled
    old_words = {index: target.block_words(target.blocks[other]) for index, other in pairs.items()}
    text = _replace_body(target.file, _build_body(original, old_words | dict(words)))
    _refuse_loss(original, target, pairs, text, path)
    return text


def _fill_comments(file: SourceFile, original: _VersionBlocks, words: Mapping[int, str]) -> str | None:
    """Return the text of a translation with words in place of scaffold comments, or None where one has no such comment."""
    body, filled = file.body, []
    for index, text in sorted(words.items()):
        block, lines = original.blocks[index], source_edits.split_lines(original.file.body)
        start, end = original.line_range(index - original.field_count)
        mark = scaffold([block]).rstrip().replace("\n", file.newline)
        place = re.search(rf"^{re.escape(mark)}[ \t]*$", body, re.MULTILINE) if block.kind not in ("code", "row") else None
        if place is None:
            return None
        new = (
            source_edits.replace_words(block, lines[start:end], text)
            .rstrip("\r\n")
            .replace(original.file.newline, file.newline)
        )
        filled.append((block.kind, normalize_block(text)))
        body = body[: place.start()] + new + body[place.end() :]
    before, after = ([(block.kind, block.text) for block in split_blocks(text)] for text in (file.body, body))
    return file.text[: file.body_start] + body if Counter(after) == Counter([*before, *filled]) else None


def _replace_body(file: SourceFile, body: str) -> str:
    """Return the text of a file with another body."""
    return file.text[: file.body_start] + file.newline + body.lstrip("\r\n")


def _field_text(version: _VersionBlocks, kind: str) -> str:
    return next((block.text for block in version.blocks if block.kind == kind), "")


def _replace_blocks(target: _VersionBlocks, words: Mapping[int, str]) -> str:
    """Return the text of a translation with other words in the blocks that change."""
    file, lines = target.file, source_edits.split_lines(target.file.body)
    replacements = {}
    for place, text in words.items():
        block, index = target.blocks[place], place - target.field_count
        if text != target.block_words(block):
            start, end = target.line_range(index)
            replacements[index] = source_edits.replace_words(block, lines[start:end], text)
    return file.text[: file.body_start] + source_edits.replace_block_lines(
        file.body, target.body_blocks, file.body_line, replacements
    )


def _build_body(source: _VersionBlocks, words: Mapping[int, str]) -> str:
    """Return the body of a version with the words of its translation; blocks without them become comments."""
    file, lines = source.file, source_edits.split_lines(source.file.body)
    replacements = {}
    for index, block in enumerate(source.body_blocks):
        start, end = source.line_range(index)
        if index + source.field_count in words:
            replacements[index] = source_edits.replace_words(block, lines[start:end], words[index + source.field_count])
        elif block.kind == "row" and any(character.isalpha() for character in block.text):
            replacements[index] = scaffold_row(block) + file.newline
        elif block.kind not in ("code", "row"):
            replacements[index] = scaffold([block]).rstrip() + file.newline
    return source_edits.replace_block_lines(file.body, source.body_blocks, file.body_line, replacements)


def _set_fields(text: str, path: str, fields: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Return the text of a translation with values of fields, without the comment that its title is that of the original."""
    for name, value in fields.items():
        text = source_edits.set_value(parse_source_file(text, path), name, value)
    if "title" in fields:
        text = re.sub(rf"^# {re.escape(words['to_translate'])}[ \t]*(\r\n|\r|\n)", "", text, count=1, flags=re.MULTILINE)
    return text


def _update_pin(text: str, document: Document, source: _VersionBlocks) -> str:
    """Return the text of a translation with its pin, if it has one of this source, brought up to date."""
    field, pin = document.translation, format_pin(source.blocks)
    if field is None or not field.pin or field.of != source.document.language.tag:
        return text
    current = field.pin.replace(".", " ").split() == pin.split()
    return text if current else source_edits.set_pin(parse_source_file(text, document.path), pin)


def _entry_warning(one: PoEntry, path: str, source: Document) -> Problem:
    if one.fuzzy:
        text = '"{words}" is marked as fuzzy, and was left as it is in the text. Mend it and take the mark away.'
    else:
        text = '"{words}" stands in {source} no more, and its translation was left out. Make the PO file anew.'
    return Problem.warning(SourceLocation(path), "po", text, words=one.original, source=source.path)


def _refuse_loss(source: _VersionBlocks, target: _VersionBlocks, pairs: Mapping[int, int], new: str, path: str) -> None:
    """Raise ProblemsError where a rebuilt body would lose blocks, code or comments of the translation."""
    source_texts = {other: source.blocks[index].text for index, other in pairs.items()}
    body = enumerate(target.body_blocks, target.field_count)
    texts = ((block.text, block.kind, source_texts.get(index)) for index, block in body)
    lost = [text for text, kind, other in texts if other is None or (kind == "code" and text != other)]
    scaffolding = {_comment_text(scaffold([block])) for block in source.body_blocks}
    scaffolding.add(normalize_block(load_field_help(target.document.language)["beside"]))
    kept = Counter(map(normalize_block, COMMENT.findall(new)))
    own = Counter(map(normalize_block, COMMENT.findall(target.file.body)))
    lost += [comment for comment in own - kept if comment not in scaffolding]
    text = '"{words}" stands in {path} and in no entry of the PO file: it would be lost. Put the new parts in by hand.'
    if lost:
        place, target_path = SourceLocation(path), target.document.path
        raise ProblemsError(*(Problem.error(place, "po", text, words=one, path=target_path) for one in lost))


def _comment_text(markdown: str) -> str:
    return normalize_block(" ".join(COMMENT.findall(markdown)))
