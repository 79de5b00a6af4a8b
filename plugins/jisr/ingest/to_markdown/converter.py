r"""The converter of safe HTML to the Markdown of this site, which renders to the same content, without raw HTML.

Headings begin at ``##`` and go down by one. Where our Markdown has no markup: deleted words stand between ``~~``, small
numbers become their own characters, tables for layout become paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from jisr.core.bidi.base_direction import base_direction
from jisr.core.frozen import dataclass
from jisr.core.urls.media_endings import PICTURES, ending_pattern
from jisr.ingest.sanitize.node_tree import BLOCKS, HEADINGS, HtmlNode, integer_attribute, parse_html, text_content
from jisr.ingest.sanitize.safe_urls import safe_url
from jisr.ingest.to_markdown import normalization, table_converter
from jisr.ingest.to_markdown.block_converter import OutputBlock, build_list, join_blocks, list_numbers, quote_lines
from jisr.ingest.to_markdown.escapes import escape_heading_end, escape_line_start, fence_code
from jisr.ingest.to_markdown.inline_converter import StyledRun, paragraph_lines, single_line, split_paragraphs

MAX_NESTING = 12
"""Lists and quotes that are nested deeper are flattened."""

_PICTURE = re.compile(rf"{ending_pattern(PICTURES)}(?:\?|$)", re.IGNORECASE)
_LONGEST_HEADING = 300
_IMAGE_FILE = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}\.(?:jpe?g|png|gif|webp|avif)")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_INLINE_SIGNS = {"del": ("~~", "~~"), "q": ("“", "”")}
_NO_SIGNS = ("", "")
_RTL_LANGUAGES = frozenset("ar arc azb ckb fa glk he mzn ps sd sdh syr ug ur yi".split())


def html_to_markdown(safe_html: str) -> str:
    """Return HTML from ``sanitize_html`` as Markdown with a final line end; an empty text is "".

    >>> html_to_markdown('<h1>بيان</h1><p>نطالب <strong>بالحرية</strong></p><ol start="3"><li>أول<li><p>a*b')
    '## بيان\\n\\nنطالب **بالحرية**\\n\\n3. أول\\n4. a\\\\*b\\n'
    """
    root = parse_html(safe_html)
    lines = join_blocks(_Converter(_main_language(root)).convert(root, _InlineStyle()))
    return "\n".join(lines) + "\n" if lines else ""


@dataclass(frozen=True, slots=True)
class _InlineStyle:
    """The style of text by the elements around it."""

    strong: bool = False
    em: bool = False
    code: bool = False
    href: str = ""
    language: str = ""
    depth: int = 0
    in_list: bool = False  # where the list would change a thematic break

    def make_run(self, text: str) -> StyledRun:
        return StyledRun(text, "code" if self.code else "words", self.strong, self.em, self.href)


@dataclass(slots=True)
class _ContainerParts:
    """The parts of a container: its blocks, and the runs after the last block."""

    blocks: list[OutputBlock] = field(default_factory=list)
    runs: list[StyledRun] = field(default_factory=list)


def _main_language(root: HtmlNode) -> str:
    """Return the declared language of most letters, "" where most have none."""
    letters: Counter[str] = Counter()
    stack: list[tuple[HtmlNode, str]] = [(root, "")]
    while stack:
        node, language = stack.pop()
        language = node.attributes.get("lang", language)
        for child in node.children:
            if isinstance(child, str):
                letters[language] += sum(map(str.isalpha, child))
            else:
                stack.append((child, language))
    return max(letters, key=lambda tag: (letters[tag], tag), default="")


def _matches_direction(language: str, text: str) -> bool:
    """Whether a text can be in a language, by the direction of its letters: many texts declare a wrong one."""
    is_rtl = language.partition("-")[0].lower() in _RTL_LANGUAGES or "-arab" in language.lower()
    return base_direction(text, "ltr" if is_rtl else "rtl") == ("rtl" if is_rtl else "ltr")


class _Converter:
    """The conversion of one document; ``open_levels`` are the levels of the open headings in the HTML."""

    def __init__(self, main_language: str) -> None:
        self.main_language = main_language
        self.open_levels: list[int] = []

    def convert(self, node: HtmlNode, style: _InlineStyle) -> list[OutputBlock]:
        """Return the blocks of a container."""
        part = _ContainerParts()
        self._collect(node, style, part)
        self._flush_paragraphs(part, style)
        return part.blocks

    def _collect(self, node: HtmlNode, style: _InlineStyle, part: _ContainerParts) -> None:
        for child in node.children:
            if isinstance(child, str):
                part.runs.append(style.make_run(child))
            elif child.name in BLOCKS:
                self._flush_paragraphs(part, style)
                block_style = replace(style, language=child.attributes.get("lang", style.language))
                part.blocks += self._convert_block(child, block_style)
            elif child.name == "br":
                part.runs.append(StyledRun("", "break"))
            elif child.name == "img":
                part.runs += _picture_runs(child, style)
            else:
                has_signs = not style.code and text_content(child).strip()
                opening, closing = _INLINE_SIGNS.get(child.name, _NO_SIGNS) if has_signs else _NO_SIGNS
                part.runs.append(style.make_run(opening))
                before = part.runs[-2].text if len(part.runs) > 1 else ""
                self._collect(normalization.convert_small_signs(child, before), _element_style(child, style), part)
                part.runs.append(style.make_run(closing))

    def _flush_paragraphs(self, part: _ContainerParts, style: _InlineStyle) -> None:
        for paragraph in split_paragraphs(part.runs):
            text = "".join(run.text for line in paragraph for run in line)
            lines = paragraph_lines(paragraph)
            part.blocks.append(OutputBlock("words", [*lines, *self._language_attribute(style, text)]))
        part.runs.clear()

    def _language_attribute(self, style: _InlineStyle, text: str) -> list[str]:
        """Return the attribute list of a language other than the main one."""
        tag = style.language
        is_other = tag != self.main_language and _LANGUAGE_TAG.fullmatch(tag) and _matches_direction(tag, text)
        return [f'{{: lang="{tag}" }}'] if is_other else []

    def _convert_block(self, node: HtmlNode, style: _InlineStyle) -> list[OutputBlock]:
        if node.name in HEADINGS:
            return self._convert_heading(node, style)
        if node.name == "pre":
            return self._convert_code(node, style)
        if node.name in ("ul", "ol"):
            return self._convert_list(node, style)
        if node.name == "table":
            return self._convert_table(node, style)
        if node.name == "dl":
            return self._convert_terms(node, style)
        if node.name == "hr":
            return [] if style.in_list else [OutputBlock("rule", ["---"])]
        if node.name == "blockquote" and style.depth < MAX_NESTING:
            lines = join_blocks(self.convert(node, replace(style, depth=style.depth + 1, in_list=False)))
            return [OutputBlock("quote", quote_lines(lines))] if lines else []
        return self.convert(node, style)

    def _convert_heading(self, node: HtmlNode, style: _InlineStyle) -> list[OutputBlock]:
        blocks = self.convert(node, style)
        if any(block.kind != "words" for block in blocks) or len(text_content(node)) > _LONGEST_HEADING:
            return blocks  # it is a heading for its size only
        runs = list(self._inline_runs(node, replace(style, strong=False, em=False)))
        if all(run.strong for run in runs if run.text.strip()):
            runs = [replace(run, strong=False) for run in runs]
        line = single_line(runs)
        if not re.search(r"\w", line) or all(_PICTURE.search(run.href) for run in runs if run.text.strip()):
            return blocks
        level = int(node.name[1])
        while self.open_levels and self.open_levels[-1] >= level:
            self.open_levels.pop()
        self.open_levels.append(level)
        language = "".join(f" {attribute}" for attribute in self._language_attribute(style, text_content(node)))
        return [OutputBlock("heading", [f"{'#' * min(6, len(self.open_levels) + 1)} {escape_heading_end(line)}{language}"])]

    def _inline_runs(self, node: HtmlNode, style: _InlineStyle) -> Iterator[StyledRun]:
        """Return the runs of an element as if it had no blocks."""
        part = _ContainerParts()
        self._collect(normalization.flatten_blocks(node), style, part)
        yield from part.runs

    def _convert_code(self, node: HtmlNode, style: _InlineStyle) -> list[OutputBlock]:
        """Return a code block; text with links, or of right-to-left direction, is verse and not code."""
        text = "".join(normalization.raw_text(node)).replace("\r", "").strip("\n").rstrip()
        links = any(isinstance(child, HtmlNode) and child.name == "a" for child in normalization.descendants(node))
        if not text.strip():
            return []
        if links or base_direction(text, "ltr") == "rtl":
            return self.convert(normalization.convert_line_ends(node), style)
        return [OutputBlock("code", fence_code(text))]

    def _convert_list(self, node: HtmlNode, style: _InlineStyle) -> list[OutputBlock]:
        if style.depth >= MAX_NESTING:
            return self.convert(HtmlNode("div", {}, [HtmlNode("div", {}, [child]) for child in node.children]), style)
        item_style = replace(style, depth=style.depth + 1, in_list=True)
        items: list[list[OutputBlock]] = []
        stated: dict[int, int] = {}
        for child in node.children:
            if isinstance(child, HtmlNode) and child.name == "li":
                language = child.attributes.get("lang", style.language)
                number = integer_attribute(child, "value", 999_999)
                stated |= {len(items): number} if number is not None else {}
                items.append(self.convert(child, replace(item_style, language=language)))
            elif isinstance(child, HtmlNode) or child.strip():
                blocks = self.convert(HtmlNode("div", {}, [child]), item_style)
                if items and isinstance(child, HtmlNode) and child.name in ("ul", "ol"):
                    items[-1] += blocks
                elif blocks:
                    items.append(blocks)
        start = integer_attribute(node, "start", 999_999)
        if node.name == "ul":
            return build_list(items)
        return build_list(items, list_numbers(len(items), 1 if start is None else start, stated))

    def _convert_table(self, node: HtmlNode, style: _InlineStyle) -> list[OutputBlock]:
        captions = table_converter.table_captions(node)
        blocks = [block for caption in captions for block in self.convert(caption, style)]
        rows = table_converter.table_rows(node)
        if not table_converter.is_data_table(rows):
            cells = [cell for row in rows for cell in row if cell is not None]
            return blocks + [block for cell in cells for block in self.convert(cell, style)]
        texts = [[self._cell_text(cell, style) if cell is not None else "" for cell in row] for row in rows]
        return [*blocks, OutputBlock("table", table_converter.table_lines(texts))]

    def _cell_text(self, cell: HtmlNode, style: _InlineStyle) -> str:
        return single_line(self._inline_runs(table_converter.mark_items(cell), style), True)

    def _convert_terms(self, node: HtmlNode, style: _InlineStyle) -> list[OutputBlock]:
        """Return a definition list; a definition without a term is a paragraph."""
        lines: list[str] = []
        paragraphs: list[OutputBlock] = []
        is_deep = style.depth >= MAX_NESTING
        item_style = replace(style, depth=style.depth + 1, in_list=True)
        has_term = False
        for child in normalization.definition_items(node):
            if child.name == "dt" and (line := single_line(self._inline_runs(child, item_style))) and not is_deep:
                lines += [""] * bool(lines and lines[-1].startswith((": ", "  "))) + [escape_line_start(line)]
                has_term = True
            elif child.name == "dd" and has_term and (definition := join_blocks(self.convert(child, item_style))):
                first, *rest = definition
                lines += [f": {first}", *(f"  {continuation}" if continuation else "" for continuation in rest)]
            elif not has_term or is_deep:
                paragraphs += self.convert(child, style)
        return paragraphs + [OutputBlock("terms", lines)] * bool(lines)


def _element_style(node: HtmlNode, style: _InlineStyle) -> _InlineStyle:
    if node.name in ("strong", "em"):
        if not any(unicodedata.category(character)[0] in "LNP" for character in text_content(node)):
            return style  # signs such as emoji
        return replace(style, strong=True) if node.name == "strong" else replace(style, em=True)
    if node.name == "code":
        return replace(style, code=True)
    if node.name == "a" and not style.href:
        return replace(style, href=safe_url(node.attributes.get("href", ""), ""))
    return style


def _picture_runs(node: HtmlNode, style: _InlineStyle) -> Sequence[StyledRun]:
    source = node.attributes.get("src", "")
    url = source if _IMAGE_FILE.fullmatch(source) else safe_url(source, "")
    alt = " ".join(node.attributes.get("alt", "").split())
    return [StyledRun(alt, "picture", style.strong, style.em, style.href, url)] if url else [style.make_run(alt)]
