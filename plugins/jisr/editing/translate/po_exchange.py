"""A translation as a PO file for those who translate without git, and back again with no other character changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jisr.core.diagnostics.problems import Place, Problem, ProblemsError
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document, TranslationSet
from jisr.core.translation.alignment import Part, align
from jisr.core.translation.blocks import Block, normal, pin
from jisr.core.translation.staleness import Staleness
from jisr.editing.editing_context import Desk
from jisr.editing.new.field_help import wording
from jisr.editing.new.new_text import Page
from jisr.editing.source_spans import body_lines, replaced, span, with_words, words
from jisr.editing.source_text import Manuscript, present_blocks, read, take_apart, with_pin, with_value
from jisr.editing.translate.new_translation import Wanted, lag, source_of, twin
from jisr.editing.translate.po_format import Entry, Sheet, keyed
from jisr.editing.translate.scaffold import scaffold

_ABOVE = ("title", "summary")
_NUMBER = re.compile(r"\d+")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Side:
    """A version as it lies in its file, with all its blocks."""

    document: Document
    manuscript: Manuscript
    blocks: tuple[Block, ...]

    def words(self, block: Block) -> str:
        """Give the words of a block, those of a field among them."""
        return block.text if block.kind in _ABOVE else words(block)


def _side(document: Document, desk: Desk) -> _Side:
    return _Side(document, read(desk.file(document), document.path), present_blocks(document, desk))


def _matched(source: _Side, target: _Side | None, found: Staleness | None) -> dict[int, int]:
    """Give for the blocks of a version the blocks of its translation that stand beside them, by their places."""
    if target is None:
        return {}
    new = {change.block for change in found.changes if change.what == "added"} if found else set()
    ours, theirs = ([_part(one, side, one in new and side is source) for one in side.blocks] for side in (source, target))
    return {one: other for one, other in align(ours, theirs) if one is not None and other is not None}


def _part(block: Block, side: _Side, new: bool) -> Part:
    """Give a block as it is aligned: an item by its number, unless its author left the counting to the page."""
    number = _NUMBER.search(block.mark) if block.kind == "item" else None
    counted = any(int(one[0]) != 1 for other in side.blocks if other.kind == "item" and (one := _NUMBER.search(other.mark)))
    kind = f"{block.kind} {block.mark.count('#')}{'.' if number else ''}" if block.kind in ("heading", "item") else block.kind
    return Part(kind, str(int(number[0])) if number and counted else "", len(block.text), new)


def sheet(source: Document, texts: TranslationSet, language: Language, desk: Desk) -> Sheet:
    """Give a version of a text as it is to be translated, with the translation that is there. Code is not translated."""
    there = texts.get(language.tag)
    ours, theirs = _side(source, desk), _side(there, desk) if there else None
    found = lag(there, source, desk) if there and source_of(there, texts) == source else None
    matched = _matched(ours, theirs, found)
    changed = {change.block for change in found.changes if change.block} if found else set()
    entries = [
        Entry(
            key,
            ours.words(block),
            theirs.words(theirs.blocks[matched[place]]) if theirs and place in matched else "",
            block in changed,
            block.kind,
            f"{source.path}:{block.line if block.kind not in _ABOVE else source.place(block.kind).line}",
        )
        for place, (key, block) in enumerate(zip(_keys(ours), ours.blocks, strict=True))
        if block.kind != "code"
    ]
    return Sheet(f"{source.kind}/{source.id}/index.{source.language.tag}.md", language.tag, tuple(entries))


def _keys(side: _Side) -> list[str]:
    return keyed([f"{block.kind} {block.digest}" for block in side.blocks])


def merged(given: Sheet, path: str, source: Document, texts: TranslationSet, desk: Desk) -> tuple[Page, tuple[Problem, ...]]:
    """Give the file of a translation with what a PO file says, and a warning for each entry that has no place in it.

    Raises ProblemsError where words that are not in the PO file would be lost, or would not be blocks any more.
    """
    language = desk.site.languages[given.tag]
    there = texts.get(given.tag)
    ours, theirs = _side(source, desk), _side(there, desk) if there else None
    places = {key: place for place, key in enumerate(_keys(ours))}
    warnings = tuple(_warning(one, path, source) for one in given.entries if one.key not in places or one.fuzzy)
    said = {places[one.key]: one.translated for one in given.entries if one.key in places and one.translated and not one.fuzzy}
    found = lag(there, source, desk) if there and source_of(there, texts) == source else None
    matched = _matched(ours, theirs, found)
    fields = {ours.blocks[place].kind: text for place, text in said.items() if ours.blocks[place].kind in _ABOVE}
    body = {place: text for place, text in said.items() if ours.blocks[place].kind not in _ABOVE}
    try:
        if theirs is None:
            begun = twin(source, language, Wanted(source.path, given.tag, title=fields.get("title", "")), desk)
            text = _headed(take_apart(begun.text), _skeleton(ours, body))
            return Page(begun.file, begun.path, _with_fields(text, fields)), warnings
        if all(place in matched for place in body):
            text = _in_place(theirs, {matched[place]: text for place, text in body.items()})
        else:
            _refuse_loss(ours, theirs, matched, path)
            kept = {one: theirs.words(theirs.blocks[other]) for one, other in matched.items()}
            text = _headed(theirs.manuscript, _skeleton(ours, kept | body))
        text = _with_fields(text, {kind: one for kind, one in fields.items() if _field(theirs, kind) != one})
        complete = not warnings and len(given.entries) == len(said)
        return Page(desk.file(theirs.document), theirs.document.path, _pinned(text, theirs.document, ours, complete)), warnings
    except ValueError as error:
        problem = '"{words}" cannot take its place in the text: it would be something else there. Keep it in one paragraph.'
        raise ProblemsError(Problem.error(Place(path), "po", problem, words=" ".join(str(error).split()))) from None


def _headed(manuscript: Manuscript, body: str) -> str:
    """Give a file with its front matter and another body."""
    return manuscript.text[: len(manuscript.text) - len(manuscript.body)] + manuscript.newline + body.lstrip("\r\n")


def _field(side: _Side, kind: str) -> str:
    return next((block.text for block in side.blocks if block.kind == kind), "")


def _in_place(target: _Side, said: dict[int, str]) -> str:
    """Give the file of a translation in which the blocks that read otherwise now have other words."""
    manuscript, above = target.manuscript, sum(block.kind in _ABOVE for block in target.blocks)
    found, lines = target.blocks[above:], body_lines(manuscript.body)
    wanted = {}
    for place, text in said.items():
        block = target.blocks[place]
        if text != target.words(block):
            begin, end = span(block, lines, manuscript.body_line, _next(found, place - above, manuscript, lines))
            wanted[place - above] = replaced(block, lines[begin:end], text)
    body = with_words(manuscript.body, found, manuscript.body_line, wanted)
    return manuscript.text[: len(manuscript.text) - len(manuscript.body)] + body


def _next(found: Sequence[Block], place: int, manuscript: Manuscript, lines: Sequence[str]) -> int:
    return found[place + 1].line if place + 1 < len(found) else manuscript.body_line + len(lines)


def _skeleton(source: _Side, said: dict[int, str]) -> str:
    """Give the body of a version with the words of its translation; what has none yet stands in a comment."""
    manuscript, above = source.manuscript, sum(block.kind in _ABOVE for block in source.blocks)
    found, lines = source.blocks[above:], body_lines(manuscript.body)
    wanted = {}
    for place, block in enumerate(found):
        begin, end = span(block, lines, manuscript.body_line, _next(found, place, manuscript, lines))
        if place + above in said:
            wanted[place] = replaced(block, lines[begin:end], said[place + above])
        elif block.kind not in ("code", "row"):
            wanted[place] = scaffold([block]).rstrip() + manuscript.newline
    return with_words(manuscript.body, found, manuscript.body_line, wanted)


def _with_fields(text: str, fields: dict[str, str]) -> str:
    for name, value in fields.items():
        text = with_value(take_apart(text), name, value)
    return text


def _pinned(text: str, document: Document, source: _Side, complete: bool) -> str:
    """Give a translation with its pin brought up to date, where it has one and every block was translated."""
    stated = document.translation
    wanted = pin(source.blocks)
    if not complete or stated is None or not stated.pin or stated.of != source.document.language.tag:
        return text
    return text if stated.pin.replace(".", " ").split() == wanted.split() else with_pin(take_apart(text), wanted)


def _warning(one: Entry, path: str, source: Document) -> Problem:
    if one.fuzzy:
        text = '"{words}" is marked as fuzzy, and was left as it is in the text. Mend it and take the mark away.'
    else:
        text = '"{words}" stands in {source} no more, and its translation was left out. Make the PO file anew.'
    return Problem.warning(Place(path), "po", text, words=one.original, source=source.path)


def _refuse_loss(source: _Side, target: _Side, matched: dict[int, int], path: str) -> None:
    """Refuse to build the body of a translation anew where it holds what the original's blocks have no place for."""
    beside = {other: source.blocks[one].text for one, other in matched.items()}
    alone = [
        block.text
        for place, block in enumerate(target.blocks)
        if block.kind not in _ABOVE and (place not in beside or (block.kind == "code" and block.text != beside[place]))
    ]
    ours = {_bare(scaffold([block])) for block in source.blocks if block.kind not in _ABOVE} | {
        normal(wording(target.document.language)["beside"])
    }
    noted = [comment for comment in map(normal, _COMMENT.findall(target.manuscript.body)) if comment not in ours]
    text = '"{words}" stands in {path} and in no entry of the PO file: it would be lost. Put the new parts in by hand.'
    if alone or noted:
        place, shown = Place(path), target.document.path
        raise ProblemsError(*(Problem.error(place, "po", text, words=one, path=shown) for one in (*alone, *noted)))


def _bare(scaffolding: str) -> str:
    return normal(" ".join(_COMMENT.findall(scaffolding)))
