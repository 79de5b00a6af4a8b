"""Rendering of the body of a text: Markdown to ``Body``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from sys import intern
from xml.etree.ElementTree import Element

from jisr.core.bidi.confusables import CONFUSABLE_MESSAGE, find_confusables, list_confusable_letters, may_have_confusables
from jisr.core.bidi.control_characters import OBJECT_REPLACEMENT, find_controls, turns_direction
from jisr.core.diagnostics.problems import Problem, SourceLocation, phrase, sort_problems
from jisr.core.model.body import Body, MarkdownSource, Resolution
from jisr.core.urls.media_endings import ending_pattern
from jisr.markdown.host import MarkdownHost
from jisr.markdown.html_writer import inner_html, repair_html
from jisr.markdown.inline.media_elements import FILM_CLASS
from jisr.markdown.source_map import SourceMap, build_source_map
from jisr.markdown.transforms.anchors import HEADINGS

_SECOND_ANCHOR = re.compile(r'<span id="r\d+-\d+"></span>')  # it stands once, on the page of the statement
_CONTROL_MESSAGE = "U+{point} ({name}) is invisible and {harm}. Take it out."

_MAX_OF_LETTERS = 1000  # problems that are told of one text at once: nobody reads more, and each costs time
_MAX_BLOCKS = 50  # in which the first with words is sought
_ADDRESS = re.compile(r"\S+\.[^\W\d_]{2,5}(?:/\S*)?")  # the name of a file or host
_FILE = re.compile(rf"^https?://[^?#]+{ending_pattern()}(?:[?#]|$)", re.IGNORECASE)


def render_body(
    source: MarkdownSource, create_host: Callable[[MarkdownSource, SourceMap], MarkdownHost] = MarkdownHost
) -> Body:
    """Return the body of a text: its HTML, references, anchors, resolutions, first paragraph and problems."""
    source_map = build_source_map(source)
    raw_lines = source_map.raw_lines
    host = create_host(source, source_map)
    html = host.convert("\n".join(source_map.lines))
    items = host.resolution_items
    headings = dict(_list_headings(host.root)) if items else {}
    html_by_anchor = {anchor: inner_html(item).strip("\n") for _, anchor, item in items}
    if host.findings.has_html:
        parser = repair_html(html)
        html = (parser.html or "").strip("\n")
        nodes = {anchor: parser.css_first(f'[id="{anchor}"]') for anchor in html_by_anchor}
        html_by_anchor |= {anchor: (node.inner_html or "").strip("\n") for anchor, node in nodes.items() if node is not None}
    html_by_anchor = {anchor: _SECOND_ANCHOR.sub("", words, count=1) for anchor, words in html_by_anchor.items()}
    letters = (_control_problems(source, raw_lines), _confusable_problems(source, raw_lines))
    problems = [*(problem for found in letters for problem in islice(found, _MAX_OF_LETTERS)), *host.findings.problems]
    return Body(
        html=html,
        references=tuple(host.findings.references),
        anchors=frozenset(map(intern, host.anchors)),  # most are those of other bodies, too: what is kept has each once
        resolutions=tuple(
            Resolution(number, anchor, html_by_anchor[anchor], headings.get(anchor, "")) for number, anchor, _ in items
        ),
        first_paragraph=_first_paragraph(host.root),
        part_lines=tuple(_part_lines(host)),
        problems=tuple(sort_problems(problems)),
    )


def _control_problems(source: MarkdownSource, lines: Sequence[str]) -> Iterator[Problem]:
    """Return an error for each control character that reorders or hides the text after it, or that means nothing."""
    if all(map(str.isprintable, lines)) and OBJECT_REPLACEMENT not in source.text:
        return
    for number, line in enumerate(lines):
        for offset, character, name in find_controls(line):
            place = SourceLocation(source.path, source.first_line + number, offset + 1)
            is_bidi = turns_direction(character)
            harm = phrase("turns the direction of what follows") if is_bidi else phrase("means nothing in a text")
            code, point = "bidi" if is_bidi else "control", f"{ord(character):04X}"
            yield Problem.error(place, code, _CONTROL_MESSAGE, point=point, name=name, harm=harm)


def _confusable_problems(source: MarkdownSource, lines: Sequence[str]) -> Iterator[Problem]:
    """Return a warning for each word that mixes confusable alphabets."""
    if not may_have_confusables(source.text):
        return
    for number, line in enumerate(lines):
        for offset, word in find_confusables(line):
            place = SourceLocation(source.path, source.first_line + number, offset + 1)
            yield Problem.warning(place, "lookalike", CONFUSABLE_MESSAGE, word=word, letters=list_confusable_letters(word))


def _list_headings(root: Element) -> Iterator[tuple[str, str]]:
    """Return the anchor of each item of the lists of a body, with the words of the heading above its list."""
    heading = ""
    for block in root:
        if block.tag in HEADINGS:
            heading = _text(block)
        elif block.tag == "ol":
            yield from ((str(item.get("id")), heading) for item in block)


def _part_lines(host: MarkdownHost) -> Iterator[int]:
    """Return the line of each part of a body, 0 where it is unknown."""
    first = host.source.first_line
    for block in host.root:
        for part in block if block.tag in ("ol", "ul") else (block,):
            yield first + host.part_lines[part] if part in host.part_lines else 0


def _first_paragraph(root: Element) -> str:
    """Return the text of the first paragraph that has words, without references to footnotes; else of an item, else a caption.

    Neither a link to a picture or recording, nor an address as the text of a link, is words of a paragraph.
    """
    top_level = (one for one in root if one.tag == "p")
    for blocks in (top_level, *(root.iter(tag) for tag in ("p", "li", "dd", "td"))):
        if text := next(filter(None, map(_prose, islice(blocks, _MAX_BLOCKS))), ""):
            return text
    captions = map(_text, islice(root.iter("p"), _MAX_BLOCKS))
    return next((text for text in captions if text and not _ADDRESS.fullmatch(text)), "")


def _prose(block: Element) -> str:
    """Return the text of a block, "" where it has no letter but in links to files and in addresses."""
    return _text(block) if any(map(str.isalpha, _text(block, has_files=False))) else ""


def _text(block: Element, has_files: bool = True) -> str:
    words: list[str] = []
    stack: list[Element | str] = [block]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            words.append(one)
        elif one.get("class") != "footnote-mark" and (has_files or not _is_file_link(one)):
            words.append(" " if one.tag == "br" else one.text or "")
            for child in reversed(one):
                stack += [child.tail or "", child]
    return " ".join("".join(words).split())


def _is_file_link(element: Element) -> bool:
    if element.tag != "a":
        return False
    if element.get("class") == FILM_CLASS:
        return True
    return _FILE.search(element.get("href", "")) is not None or _ADDRESS.fullmatch(_text(element).strip()) is not None
