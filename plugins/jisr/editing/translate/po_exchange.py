"""Exports a translation as a PO file for translators without git, and merges it back without another change."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jisr.content.read.source_file import SourceFile, parse_source_file
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document, TranslationSet
from jisr.core.translation.alignment import BodyPart, align
from jisr.core.translation.blocks import TextBlock, format_pin, normalize_block
from jisr.core.translation.staleness import Staleness
from jisr.editing import source_edits
from jisr.editing.editing_context import EditingContext
from jisr.editing.file_writer import PendingFile
from jisr.editing.new.field_help import load_field_help
from jisr.editing.translate.new_translation import TranslateOptions, compare_with_source, create_translation, find_source
from jisr.editing.translate.po_format import PoDocument, PoEntry, number_duplicates
from jisr.editing.translate.scaffold import scaffold

_FIELD_KINDS = ("title", "summary")
_NUMBER = re.compile(r"\d+")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


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
        return sum(block.kind in _FIELD_KINDS for block in self.blocks)

    def block_words(self, block: TextBlock) -> str:
        """Return the words of a block of a field or the body."""
        return block.text if block.kind in _FIELD_KINDS else source_edits.block_words(block)

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
    new = {change.block for change in staleness.changes if change.change_type == "added"} if staleness else set()
    source_parts = [_alignment_part(block, source, block in new) for block in source.blocks]
    pairs = align(source_parts, [_alignment_part(block, target, new=False) for block in target.blocks])
    return {index: other for index, other in pairs if index is not None and other is not None}


def _alignment_part(block: TextBlock, side: _VersionBlocks, new: bool) -> BodyPart:
    """Return a block for alignment: an item by its number, unless all items of its version have the number 1."""
    number = _NUMBER.search(block.prefix) if block.kind == "item" else None
    counted = any(int(one[0]) != 1 for other in side.blocks if other.kind == "item" and (one := _NUMBER.search(other.prefix)))
    kind = f"{block.kind} {block.prefix.count('#')}{'.' if number else ''}" if block.kind in ("heading", "item") else block.kind
    return BodyPart(kind, str(int(number[0])) if number and counted else "", len(block.text), new)


def build_po_document(source: Document, texts: TranslationSet, language: Language, context: EditingContext) -> PoDocument:
    """Return the blocks of a version, but for code, with those of its translation into a language."""
    version = texts.get(language.tag)
    original, target = _read_version(source, context), _read_version(version, context) if version else None
    staleness = _compare(version, source, texts, context) if version else None
    pairs = _align_blocks(original, target, staleness)
    changed = {change.block for change in staleness.changes if change.block} if staleness else set()
    entries = [
        PoEntry(
            key,
            original.block_words(block),
            target.block_words(target.blocks[pairs[index]]) if target and index in pairs else "",
            block in changed,
            block.kind,
            f"{source.path}:{block.line if block.kind not in _FIELD_KINDS else source.location_of(block.kind).line}",
        )
        for index, (key, block) in enumerate(zip(_entry_keys(original), original.blocks, strict=True))
        if block.kind != "code"
    ]
    return PoDocument(f"{source.kind}/{source.id}/index.{source.language.tag}.md", language.tag, tuple(entries))


def _entry_keys(version: _VersionBlocks) -> list[str]:
    return number_duplicates([f"{block.kind} {block.digest}" for block in version.blocks])


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
    try:
        if target is None:
            language = context.site.languages[po.tag]
            options = TranslateOptions(source.path, po.tag, title=fields.get("title", ""))
            page = create_translation(source, language, options, context)
            text = _replace_body(parse_source_file(page.text, page.path), _build_body(original, body))
            return PendingFile(page.file, page.path, _set_fields(text, page.path, fields)), warnings
        staleness = _compare(target.document, source, texts, context)
        text = _merge_body(original, target, _align_blocks(original, target, staleness), body, path)
        new_fields = {kind: value for kind, value in fields.items() if _field_text(target, kind) != value}
        text = _set_fields(text, target.document.path, new_fields)
        if not warnings and len(po.entries) == len(words):
            text = _update_pin(text, target.document, original)
        return PendingFile(context.file(target.document), target.document.path, text), warnings
    except ValueError as error:
        problem = '"{words}" cannot take its place in the text: it would be something else there. Keep it in one paragraph.'
        raise ProblemsError(Problem.error(SourceLocation(path), "po", problem, words=" ".join(str(error).split()))) from None


def _merge_body(
    original: _VersionBlocks, target: _VersionBlocks, pairs: Mapping[int, int], words: Mapping[int, str], path: str
) -> str:
    """Return the text of a translation with new words; the body is rebuilt where a block has no counterpart yet."""
    if all(index in pairs for index in words):
        return _replace_blocks(target, {pairs[index]: text for index, text in words.items()})
    _refuse_loss(original, target, pairs, path)
    old_words = {index: target.block_words(target.blocks[other]) for index, other in pairs.items()}
    return _replace_body(target.file, _build_body(original, old_words | dict(words)))


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
        elif block.kind not in ("code", "row"):
            replacements[index] = scaffold([block]).rstrip() + file.newline
    return source_edits.replace_block_lines(file.body, source.body_blocks, file.body_line, replacements)


def _set_fields(text: str, path: str, fields: Mapping[str, str]) -> str:
    for name, value in fields.items():
        text = source_edits.set_value(parse_source_file(text, path), name, value)
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


def _refuse_loss(source: _VersionBlocks, target: _VersionBlocks, pairs: Mapping[int, int], path: str) -> None:
    """Raise ProblemsError where a rebuilt body would lose blocks, code or comments of the translation."""
    source_texts = {other: source.blocks[index].text for index, other in pairs.items()}
    body = enumerate(target.body_blocks, target.field_count)
    texts = ((block.text, block.kind, source_texts.get(index)) for index, block in body)
    lost = [text for text, kind, other in texts if other is None or (kind == "code" and text != other)]
    scaffolding = {_comment_text(scaffold([block])) for block in source.body_blocks}
    scaffolding.add(normalize_block(load_field_help(target.document.language)["beside"]))
    lost += [comment for comment in map(normalize_block, _COMMENT.findall(target.file.body)) if comment not in scaffolding]
    text = '"{words}" stands in {path} and in no entry of the PO file: it would be lost. Put the new parts in by hand.'
    if lost:
        place, target_path = SourceLocation(path), target.document.path
        raise ProblemsError(*(Problem.error(place, "po", text, words=one, path=target_path) for one in lost))


def _comment_text(markdown: str) -> str:
    return normalize_block(" ".join(_COMMENT.findall(markdown)))
