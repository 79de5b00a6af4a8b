"""The body of a text from Markdown to HTML."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from xml.etree.ElementTree import Element

from jisr.core.bidi.confusables import CONFUSABLE_MESSAGE, find_confusables, list_confusable_letters, may_have_confusables
from jisr.core.bidi.control_characters import find_controls
from jisr.core.diagnostics.problems import Problem, SourceLocation, phrase, sort_problems
from jisr.core.model.body import Body, MarkdownSource, Resolution
from jisr.markdown.host import MarkdownHost
from jisr.markdown.html_writer import inner_html, repair_html
from jisr.markdown.source_map import SourceMap, build_source_map

_CONTROL_MESSAGE = "U+{point} ({name}) is invisible and {harm}. Take it out."


def render_body(
    source: MarkdownSource, create_host: Callable[[MarkdownSource, SourceMap], MarkdownHost] = MarkdownHost
) -> Body:
    """Return the body of a text: its HTML, links, anchors, resolutions, first paragraph, and what is wrong with it."""
    lines = build_source_map(source)
    typed = lines.raw_lines
    manuscript = create_host(source, lines)
    html = manuscript.convert("\n".join(lines.lines))
    items = manuscript.resolution_items
    shown = {anchor: inner_html(item).strip("\n") for _, anchor, item in items}
    if manuscript.findings.has_html:
        parser = repair_html(html)
        html = (parser.html or "").strip("\n")
        found = {anchor: parser.css_first(f'[id="{anchor}"]') for anchor in shown}
        shown |= {anchor: (node.inner_html or "").strip("\n") for anchor, node in found.items() if node is not None}
    return Body(
        html=html,
        references=tuple(manuscript.findings.references),
        anchors=manuscript.anchors,
        resolutions=tuple(Resolution(number, anchor, shown[anchor]) for number, anchor, _ in items),
        first_paragraph=_first_paragraph(manuscript.root),
        part_lines=tuple(_part_lines(manuscript)),
        problems=tuple(
            sort_problems(
                [*_control_problems(source, typed), *_confusable_problems(source, typed), *manuscript.findings.problems]
            )
        ),
    )


def _control_problems(source: MarkdownSource, lines: Sequence[str]) -> Iterator[Problem]:
    """Return a problem for each control that reorders or hides what stands after it."""
    text = "\n".join(lines)
    for offset, character, name in find_controls(text):
        number = text.count("\n", 0, offset)
        column = offset - text.rfind("\n", 0, offset)
        place = SourceLocation(source.path, source.first_line + number, column)
        turns = unicodedata.category(character) == "Cf"
        harm = phrase("turns the direction of what follows") if turns else phrase("means nothing in a text")
        yield Problem.error(
            place, "bidi" if turns else "control", _CONTROL_MESSAGE, point=f"{ord(character):04X}", name=name, harm=harm
        )


def _confusable_problems(source: MarkdownSource, lines: Sequence[str]) -> Iterator[Problem]:
    """Return a warning for each word that mixes alphabets whose letters look alike."""
    if not may_have_confusables(source.text):
        return
    for number, line in enumerate(lines):
        for offset, word in find_confusables(line):
            place = SourceLocation(source.path, source.first_line + number, offset + 1)
            yield Problem.warning(place, "lookalike", CONFUSABLE_MESSAGE, word=word, letters=list_confusable_letters(word))


def _part_lines(manuscript: MarkdownHost) -> Iterator[int]:
    """Return the line of each part of a body."""
    first = manuscript.source.first_line
    for one in manuscript.root:
        for part in one if one.tag in ("ol", "ul") else (one,):
            yield first + manuscript.part_lines[part] if part in manuscript.part_lines else 0


def _first_paragraph(root: Element) -> str:
    """Return the words of the first paragraph, without the marks of notes."""
    first = next((one for one in root if one.tag == "p"), None)
    if first is None:
        first = next(root.iter("p"), None)
    if first is None:
        return ""
    words: list[str] = []
    waiting: list[Element | str] = [first]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            words.append(one)
        elif one.get("class") != "footnote-mark":
            words.append(" " if one.tag == "br" else one.text or "")
            for child in reversed(one):
                waiting += [child.tail or "", child]
    return " ".join("".join(words).split())
