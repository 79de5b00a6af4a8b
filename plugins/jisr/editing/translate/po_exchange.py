"""A translation as a PO file for those who translate without git, and back again with no other character changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document, TranslationSet
from jisr.core.translation.alignment import BodyPart, align
from jisr.core.translation.blocks import TextBlock, format_pin, normalize_block
from jisr.core.translation.staleness import Staleness
from jisr.editing.editing_context import EditingContext
from jisr.editing.new.field_help import load_field_help
from jisr.editing.new.new_text import PendingFile
from jisr.editing.source_spans import block_words, find_span, replace_block_lines, replace_words, split_lines
from jisr.editing.source_text import SourceFile, parse_source_file, read_blocks, read_source_file, set_pin, set_value
from jisr.editing.translate.new_translation import TranslateOptions, compare_with_source, create_translation, find_source
from jisr.editing.translate.po_format import PoDocument, PoEntry, number_duplicates
from jisr.editing.translate.scaffold import scaffold

_FIELD_KINDS = ("title", "summary")
_NUMBER = re.compile(r"\d+")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _VersionBlocks:
    """A version as it lies in its file, with all its blocks."""

    document: Document
    source_file: SourceFile
    blocks: tuple[TextBlock, ...]

    def block_words(self, block: TextBlock) -> str:
        """Return the words of a block, those of a field among them."""
        return block.text if block.kind in _FIELD_KINDS else block_words(block)


def _read_version(document: Document, desk: EditingContext) -> _VersionBlocks:
    return _VersionBlocks(document, read_source_file(desk.file(document), document.path), read_blocks(document, desk))


def _align_blocks(source: _VersionBlocks, target: _VersionBlocks | None, found: Staleness | None) -> dict[int, int]:
    """Return for the blocks of a version the blocks of its translation that stand beside them, by their places."""
    if target is None:
        return {}
    new = {change.block for change in found.changes if change.change_type == "added"} if found else set()
    ours, theirs = (
        [_alignment_part(one, side, one in new and side is source) for one in side.blocks] for side in (source, target)
    )
    return {one: other for one, other in align(ours, theirs) if one is not None and other is not None}


def _alignment_part(block: TextBlock, side: _VersionBlocks, new: bool) -> BodyPart:
    """Return a block as it is aligned: an item by its number, unless its author left the counting to the page."""
    number = _NUMBER.search(block.prefix) if block.kind == "item" else None
    counted = any(int(one[0]) != 1 for other in side.blocks if other.kind == "item" and (one := _NUMBER.search(other.prefix)))
    kind = f"{block.kind} {block.prefix.count('#')}{'.' if number else ''}" if block.kind in ("heading", "item") else block.kind
    return BodyPart(kind, str(int(number[0])) if number and counted else "", len(block.text), new)


def build_po_document(source: Document, texts: TranslationSet, language: Language, desk: EditingContext) -> PoDocument:
    """Return a version of a text as it is to be translated, with the translation that is there. Code is not translated."""
    there = texts.get(language.tag)
    ours, theirs = _read_version(source, desk), _read_version(there, desk) if there else None
    found = compare_with_source(there, source, desk) if there and find_source(there, texts) == source else None
    matched = _align_blocks(ours, theirs, found)
    changed = {change.block for change in found.changes if change.block} if found else set()
    entries = [
        PoEntry(
            key,
            ours.block_words(block),
            theirs.block_words(theirs.blocks[matched[place]]) if theirs and place in matched else "",
            block in changed,
            block.kind,
            f"{source.path}:{block.line if block.kind not in _FIELD_KINDS else source.location_of(block.kind).line}",
        )
        for place, (key, block) in enumerate(zip(_entry_keys(ours), ours.blocks, strict=True))
        if block.kind != "code"
    ]
    return PoDocument(f"{source.kind}/{source.id}/index.{source.language.tag}.md", language.tag, tuple(entries))


def _entry_keys(side: _VersionBlocks) -> list[str]:
    return number_duplicates([f"{block.kind} {block.digest}" for block in side.blocks])


def merge_po_document(
    given: PoDocument, path: str, source: Document, texts: TranslationSet, desk: EditingContext
) -> tuple[PendingFile, tuple[Problem, ...]]:
    """Return the file of a translation with what a PO file says, and a warning for each entry that has no place in it.

    Raises ProblemsError where words that are not in the PO file would be lost, or would not be blocks any more.
    """
    language = desk.site.languages[given.tag]
    there = texts.get(given.tag)
    ours, theirs = _read_version(source, desk), _read_version(there, desk) if there else None
    places = {key: place for place, key in enumerate(_entry_keys(ours))}
    warnings = tuple(_entry_warning(one, path, source) for one in given.entries if one.key not in places or one.fuzzy)
    said = {
        places[one.key]: one.translation for one in given.entries if one.key in places and one.translation and not one.fuzzy
    }
    found = compare_with_source(there, source, desk) if there and find_source(there, texts) == source else None
    matched = _align_blocks(ours, theirs, found)
    fields = {ours.blocks[place].kind: text for place, text in said.items() if ours.blocks[place].kind in _FIELD_KINDS}
    body = {place: text for place, text in said.items() if ours.blocks[place].kind not in _FIELD_KINDS}
    try:
        if theirs is None:
            begun = create_translation(
                source, language, TranslateOptions(source.path, given.tag, title=fields.get("title", "")), desk
            )
            text = _replace_body(parse_source_file(begun.text), _build_body(ours, body))
            return PendingFile(begun.file, begun.path, _set_fields(text, fields)), warnings
        if all(place in matched for place in body):
            text = _replace_blocks(theirs, {matched[place]: text for place, text in body.items()})
        else:
            _refuse_loss(ours, theirs, matched, path)
            kept = {one: theirs.block_words(theirs.blocks[other]) for one, other in matched.items()}
            text = _replace_body(theirs.source_file, _build_body(ours, kept | body))
        text = _set_fields(text, {kind: one for kind, one in fields.items() if _field_text(theirs, kind) != one})
        complete = not warnings and len(given.entries) == len(said)
        return PendingFile(
            desk.file(theirs.document), theirs.document.path, _update_pin(text, theirs.document, ours, complete)
        ), warnings
    except ValueError as error:
        problem = '"{words}" cannot take its place in the text: it would be something else there. Keep it in one paragraph.'
        raise ProblemsError(Problem.error(SourceLocation(path), "po", problem, words=" ".join(str(error).split()))) from None


def _replace_body(manuscript: SourceFile, body: str) -> str:
    """Return a file with its front matter and another body."""
    return manuscript.text[: len(manuscript.text) - len(manuscript.body)] + manuscript.newline + body.lstrip("\r\n")


def _field_text(side: _VersionBlocks, kind: str) -> str:
    return next((block.text for block in side.blocks if block.kind == kind), "")


def _replace_blocks(target: _VersionBlocks, said: dict[int, str]) -> str:
    """Return the file of a translation in which the blocks that read otherwise now have other words."""
    manuscript, above = target.source_file, sum(block.kind in _FIELD_KINDS for block in target.blocks)
    found, lines = target.blocks[above:], split_lines(manuscript.body)
    wanted = {}
    for place, text in said.items():
        block = target.blocks[place]
        if text != target.block_words(block):
            begin, end = find_span(
                block, lines, manuscript.body_line, _next_block_line(found, place - above, manuscript, lines)
            )
            wanted[place - above] = replace_words(block, lines[begin:end], text)
    body = replace_block_lines(manuscript.body, found, manuscript.body_line, wanted)
    return manuscript.text[: len(manuscript.text) - len(manuscript.body)] + body


def _next_block_line(found: Sequence[TextBlock], place: int, manuscript: SourceFile, lines: Sequence[str]) -> int:
    return found[place + 1].line if place + 1 < len(found) else manuscript.body_line + len(lines)


def _build_body(source: _VersionBlocks, said: dict[int, str]) -> str:
    """Return the body of a version with the words of its translation; what has none yet stands in a comment."""
    manuscript, above = source.source_file, sum(block.kind in _FIELD_KINDS for block in source.blocks)
    found, lines = source.blocks[above:], split_lines(manuscript.body)
    wanted = {}
    for place, block in enumerate(found):
        begin, end = find_span(block, lines, manuscript.body_line, _next_block_line(found, place, manuscript, lines))
        if place + above in said:
            wanted[place] = replace_words(block, lines[begin:end], said[place + above])
        elif block.kind not in ("code", "row"):
            wanted[place] = scaffold([block]).rstrip() + manuscript.newline
    return replace_block_lines(manuscript.body, found, manuscript.body_line, wanted)


def _set_fields(text: str, fields: dict[str, str]) -> str:
    for name, value in fields.items():
        text = set_value(parse_source_file(text), name, value)
    return text


def _update_pin(text: str, document: Document, source: _VersionBlocks, complete: bool) -> str:
    """Return a translation with its pin brought up to date, where it has one and every block was translated."""
    stated = document.translation
    wanted = format_pin(source.blocks)
    if not complete or stated is None or not stated.pin or stated.of != source.document.language.tag:
        return text
    return text if stated.pin.replace(".", " ").split() == wanted.split() else set_pin(parse_source_file(text), wanted)


def _entry_warning(one: PoEntry, path: str, source: Document) -> Problem:
    if one.fuzzy:
        text = '"{words}" is marked as fuzzy, and was left as it is in the text. Mend it and take the mark away.'
    else:
        text = '"{words}" stands in {source} no more, and its translation was left out. Make the PO file anew.'
    return Problem.warning(SourceLocation(path), "po", text, words=one.original, source=source.path)


def _refuse_loss(source: _VersionBlocks, target: _VersionBlocks, matched: dict[int, int], path: str) -> None:
    """Refuse to build the body of a translation anew where it holds what the original's blocks have no place for."""
    beside = {other: source.blocks[one].text for one, other in matched.items()}
    alone = [
        block.text
        for place, block in enumerate(target.blocks)
        if block.kind not in _FIELD_KINDS and (place not in beside or (block.kind == "code" and block.text != beside[place]))
    ]
    ours = {_comment_text(scaffold([block])) for block in source.blocks if block.kind not in _FIELD_KINDS} | {
        normalize_block(load_field_help(target.document.language)["beside"])
    }
    noted = [comment for comment in map(normalize_block, _COMMENT.findall(target.source_file.body)) if comment not in ours]
    text = '"{words}" stands in {path} and in no entry of the PO file: it would be lost. Put the new parts in by hand.'
    if alone or noted:
        place, shown = SourceLocation(path), target.document.path
        raise ProblemsError(*(Problem.error(place, "po", text, words=one, path=shown) for one in (*alone, *noted)))


def _comment_text(scaffolding: str) -> str:
    return normalize_block(" ".join(_COMMENT.findall(scaffolding)))
