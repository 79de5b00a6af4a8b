"""The converter of inline content: text with its emphasis and links, as one paragraph of Markdown.

Delimiters of emphasis depend on the characters around them (https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis):
spaces at the edges of emphasis move out of it, and so do punctuation marks next to a letter, or it would be no emphasis.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from jisr.core.frozen import dataclass
from jisr.ingest.to_markdown.escapes import code_span, escape_address_end, escape_line_start, escape_text, escape_url

RunKind = Literal["words", "code", "picture", "break"]
_Emphasis = Literal["strong", "em"]


@dataclass(frozen=True, slots=True)
class StyledRun:
    """Text of one style; that of a picture is its caption."""

    text: str
    kind: RunKind = "words"
    strong: bool = False
    em: bool = False
    href: str = ""
    image_url: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the text can be split."""
        return self.kind == "words"

    def is_mergeable_with(self, other: StyledRun) -> bool:
        """Whether two runs have the same kind and style."""
        return replace(self, text="") == replace(other, text="") and self.kind in ("words", "code")


def split_paragraphs(runs: Iterable[StyledRun]) -> Iterator[list[list[StyledRun]]]:
    """Yield runs as paragraphs of lines: two breaks end a paragraph."""
    lines: list[list[StyledRun]] = [[]]
    for run in runs:
        if run.kind == "break":
            lines.append([])
        else:
            lines[-1].append(run)
    paragraph: list[list[StyledRun]] = []
    for line in map(normalize_runs, lines):
        if line:
            paragraph.append(line)
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def paragraph_lines(paragraph: Sequence[Sequence[StyledRun]]) -> list[str]:
    r"""Return a paragraph of normalized lines as Markdown.

    >>> paragraph_lines([normalize_runs([StyledRun("بيان "), StyledRun("أول.", strong=True), StyledRun("x")])])
    ['بيان **أول**.x']
    """
    lines = [escape_line_start(_render_runs(line)) for line in paragraph]
    return [f"{line}\\" for line in lines[:-1]] + lines[-1:]


def single_line(runs: Iterable[StyledRun], cell: bool = False) -> str:
    """Return runs as one line of Markdown, for a heading or a cell."""
    return _render_runs(normalize_runs(StyledRun(" ") if run.kind == "break" else run for run in runs), cell)


def normalize_runs(runs: Iterable[StyledRun]) -> list[StyledRun]:
    """Return the runs of one line with single spaces and with emphasis that its delimiters can express."""
    normalized = list(_merge_runs(_collapse_spaces(runs)))
    while normalized and not normalized[-1].text.strip() and normalized[-1].kind != "picture":
        normalized.pop()
    if normalized and normalized[-1].is_plain:
        normalized[-1] = replace(normalized[-1], text=normalized[-1].text.rstrip())
    normalized = list(_merge_runs(_unify_adjacent_code(normalized)))
    for style in ("strong", "em"):
        normalized = _trim_emphasis(_trim_emphasis(normalized, style, 1), style, -1)
    return list(_merge_runs(normalized))


def _collapse_spaces(runs: Iterable[StyledRun]) -> Iterator[StyledRun]:
    """Yield runs with single spaces; a space has a style only where both sides have it."""
    last, space = None, False
    for run in runs:
        text = " ".join(run.text.split())
        space = space or run.text[:1].isspace()
        if not text and run.kind != "picture":
            space = space or bool(run.text)
            continue
        current = replace(run, text=text)
        if space and last is not None:
            href = last.href if last.href == current.href else ""
            yield StyledRun(" ", strong=last.strong and current.strong, em=last.em and current.em, href=href)
        yield current
        last, space = current, run.text[-1:].isspace()


def _merge_runs(runs: Iterable[StyledRun]) -> Iterator[StyledRun]:
    last: StyledRun | None = None
    for run in runs:
        if last is not None and last.is_mergeable_with(run):
            last = replace(last, text=last.text + run.text)
        elif run.text or run.kind == "picture":
            if last is not None:
                yield last
            last = run
    if last is not None:
        yield last


def _unify_adjacent_code(runs: Iterable[StyledRun]) -> Iterator[StyledRun]:
    """Yield runs with code after code in one style: adjacent backticks would be one delimiter."""
    last: StyledRun | None = None
    for run in runs:
        follows = last is not None and last.kind == run.kind == "code" and last.href == run.href
        last = replace(last, text=run.text) if follows and last is not None else run
        yield last


def character_class(character: str) -> Literal["space", "mark", "word"]:
    """Return the class of a character for the delimiters of emphasis next to it."""
    if not character or character.isspace():
        return "space"
    return "mark" if not character.isalnum() and unicodedata.category(character)[0] in "PS" else "word"


def _edge_class(run: StyledRun, end: int) -> str:
    return character_class(run.text[end : end + 1] if end == 0 else run.text[-1:]) if run.is_plain else "mark"


def _trim_emphasis(runs: list[StyledRun], style: _Emphasis, step: Literal[1, -1]) -> list[StyledRun]:
    """Remove a style from punctuation at its start after a word (``step`` 1), or at its end before one (-1)."""
    trimmed: list[StyledRun] = []
    for run in runs[::step]:
        before = trimmed[-1] if trimmed else None
        if getattr(run, style) and before is not None and not getattr(before, style):
            first, last = (0, -1) if step == 1 else (-1, 0)
            if _edge_class(before, last) == "word" and _edge_class(run, first) == "mark":
                trimmed += _split_punctuation(run, style, step)
                continue
        trimmed.append(run)
    return trimmed[::step]


def _split_punctuation(run: StyledRun, style: _Emphasis, step: Literal[1, -1]) -> list[StyledRun]:
    """Return the punctuation at one end of a run without the style, and the rest, in the order of ``step``."""
    bare = replace(run, em=False) if style == "em" else replace(run, strong=False)
    if not run.is_plain:
        return [bare]
    text = run.text[::step]
    count = next((index for index, character in enumerate(text) if character_class(character) != "mark"), len(text))
    marks, rest = text[:count][::step], text[count:][::step]
    return [replace(bare, text=marks), *([replace(run, text=rest)] if rest else [])]


def _render_runs(runs: Sequence[StyledRun], cell: bool = False) -> str:
    return _InlineWriter(cell).render(list(runs), frozenset(), "", "")


@dataclass(frozen=True, slots=True)
class _InlineWriter:
    in_cell: bool

    def render(self, runs: list[StyledRun], open_styles: frozenset[str], character_before: str, character_after: str) -> str:
        """Return runs as Markdown within open styles, between two characters."""
        output, position, last_sign = "", 0, ""
        while position < len(runs):
            before = output[-1:] or character_before
            style, end = self._longest_style(runs, position, open_styles, before, character_after)
            following = runs[end] if end < len(runs) else None
            after = (following.text[:1] if following.is_plain else "[") if following else character_after
            if not style:
                is_before_bracket = following and (following.href or not following.is_plain)
                output += self._render_run(runs[position], "[" if is_before_bracket else after)
                last_sign = ""
            else:
                starts_strong = following and following.strong and "strong" not in open_styles and not runs[position].strong
                delimiter = _emphasis_sign(style, before, "*" if starts_strong else after)
                if delimiter == "*" and "strong" in open_styles:
                    open_styles |= {"em"}  # ``*`` within ``**`` next to a letter is ambiguous
                    continue
                edges = ("[", "]") if style == "href" else (before, after)
                styles = open_styles | ({style, "strong"} if delimiter == "*" else {style})
                content = self.render(runs[position:end], styles, *edges)
                wrapped = _wrap_words(content, delimiter, runs[position].href)
                is_ambiguous = bool(last_sign) and wrapped.startswith(last_sign)  # the two delimiters would be one
                output += content if is_ambiguous else wrapped
                last_sign = delimiter[:1] if delimiter and wrapped.endswith(delimiter) and not is_ambiguous else ""
            position = end
        return output

    def _longest_style(
        self, runs: list[StyledRun], position: int, open_styles: frozenset[str], character_before: str, character_after: str
    ) -> tuple[str, int]:
        """Return the longest style that begins at a position, and its end; "" where none begins."""
        ends = {}
        for style in ("href", "strong", "em"):
            value = getattr(runs[position], style)
            if value and style not in open_styles:
                others = (index for index in range(position, len(runs)) if getattr(runs[index], style) != value)
                ends[style] = next(others, len(runs))
        if not ends:
            return "", position + 1
        style = max(ends, key=lambda one: ends[one])
        if style == "href" or "href" in open_styles:
            return style, ends[style]
        end = ends[style]
        after = runs[end].text[:1] if end < len(runs) else character_after
        is_linked = runs[position].href or runs[end - 1].href
        if is_linked and "word" in map(character_class, (character_before, after)):
            # A bracket next to the delimiter would disable it.
            if "href" in ends:
                return "href", ends["href"]
            end = next(index for index in range(position, end) if runs[index].href)
        return style, end

    def _render_run(self, run: StyledRun, after: str) -> str:
        if run.kind == "code":
            return code_span(run.text, self.in_cell)
        text = escape_text(run.text, self.in_cell)
        if run.kind == "picture":
            return f"![{text}]({escape_url(run.image_url)})"
        if after.strip():
            text = escape_address_end(text)
        return f"{text[:-1]}\\!" if text.endswith("!") and after == "[" else text


def _emphasis_sign(style: str, before: str, after: str) -> str:
    """Return the delimiter of emphasis between two characters: next to a letter, ``_`` is none."""
    if style == "em":
        return "*" if "word" in (character_class(before), character_class(after)) else "_"
    return "**" if style == "strong" else ""


def _wrap_words(text: str, delimiter: str, href: str) -> str:
    """Return a text as a link or between delimiters; spaces at its edges stay outside."""
    core = text.strip(" ")
    if not core:
        return text
    leading = text[: len(text) - len(text.lstrip(" "))]
    trailing = text[len(text.rstrip(" ")) :]
    return leading + (f"{delimiter}{core}{delimiter}" if delimiter else f"[{core}]({escape_url(href)})") + trailing
