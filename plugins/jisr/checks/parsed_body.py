"""The blocks of a body as a page shows them, with the offset of each in the file."""

from __future__ import annotations

from jisr.checks.masked_file import MaskedFile
from jisr.core.model.body import MarkdownSource
from jisr.markdown.blocks.block_parser import BodyParser
from jisr.markdown.source_map import SourceMap, build_source_map


def parse_body(page: MaskedFile) -> BodyParser:
    """Return the parsed blocks of a body."""
    text = page.file.body.replace("\r\n", "\n").replace("\r", "\n")
    source = MarkdownSource(text, page.language, page.kind.name, page.file.path, page.file.body_line)
    return BodyParser(build_source_map(source))


def offset_at(page: MaskedFile, source_map: SourceMap, number: int, column: int) -> int:
    """Return the offset in the file of a character of a line of the body, both counted from 0."""
    place = source_map.location_at(number, column)
    return page.file.line_starts[place.line - 1] + place.column - 1
