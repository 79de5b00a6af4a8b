"""Words with their emphasis and links, as one paragraph of Markdown.

Emphasis is a matter of what stands around its signs (https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis):
spaces at its edges go out of it, and so do punctuation marks where a letter follows, or nothing would be emphasized.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from jisr.core.frozen import dataclass
from jisr.ingest.to_markdown.escapes import code_span, escape_line_start, escape_text, escape_url

RunKind = Literal["words", "code", "picture", "break"]
_Emphasis = Literal["strong", "em"]


@dataclass(frozen=True, slots=True)
class StyledRun:
    """Words of one style; ``source`` is the address of a picture, whose words they are."""

    text: str
    kind: RunKind = "words"
    strong: bool = False
    em: bool = False
    href: str = ""
    image_url: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether these are words that can be taken apart."""
        return self.kind == "words"

    def is_mergeable_with(self, other: StyledRun) -> bool:
        """Whether both are of one kind and style."""
        return replace(self, text="") == replace(other, text="") and self.kind in ("words", "code")


def split_paragraphs(runs: Iterable[StyledRun]) -> Iterator[list[list[StyledRun]]]:
    """Return runs as paragraphs of lines: two breaks end a paragraph."""
    lines: list[list[StyledRun]] = [[]]
    for run in runs:
        if run.kind != "break":
            lines[-1].append(run)
            continue
        lines.append([])
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
    r"""Return a paragraph of settled lines as Markdown.

    >>> paragraph_lines([normalize_runs([StyledRun("بيان "), StyledRun("أول.", strong=True), StyledRun("x")])])
    ['بيان **أول**.x']
    """
    found = [escape_line_start(_render_runs(line)) for line in paragraph]
    return [f"{line}\\" for line in found[:-1]] + found[-1:]


def single_line(runs: Iterable[StyledRun], cell: bool = False) -> str:
    """Return runs as one line of Markdown, as it stands in a heading or a cell."""
    return _render_runs(normalize_runs(StyledRun(" ") if run.kind == "break" else run for run in runs), cell)


def normalize_runs(runs: Iterable[StyledRun]) -> list[StyledRun]:
    """Return the runs of one line with single spaces, each style where its signs can be read."""
    found = list(_merge_runs(_collapse_spaces(runs)))
    while found and not found[-1].text.strip() and found[-1].kind != "picture":
        found.pop()
    if found and found[-1].is_plain:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    found = list(_merge_runs(_unify_adjacent_code(found)))
    for style in ("strong", "em"):
        found = _trim_emphasis(_trim_emphasis(found, style, 1), style, -1)
    return list(_merge_runs(found))


def _collapse_spaces(runs: Iterable[StyledRun]) -> Iterator[StyledRun]:
    """Return runs with single spaces, which stand in a style only where both sides do."""
    last, space = None, False
    for run in runs:
        words = " ".join(run.text.split())
        space = space or run.text[:1].isspace()
        if not words and run.kind != "picture":
            space = space or bool(run.text)
            continue
        current = replace(run, text=words)
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
    """Return code that follows code in the style of that: ticks side by side would be read as others."""
    last: StyledRun | None = None
    for run in runs:
        follows = last is not None and last.kind == run.kind == "code" and last.href == run.href
        last = replace(last, text=run.text) if follows and last is not None else run
        yield last


def character_class(character: str) -> Literal["space", "mark", "word"]:
    """Return what a character is to the signs of emphasis beside it."""
    if not character or character.isspace():
        return "space"
    return "mark" if not character.isalnum() and unicodedata.category(character)[0] in "PS" else "word"


def _edge_class(run: StyledRun, end: int) -> str:
    return character_class(run.text[end : end + 1] if end == 0 else run.text[-1:]) if run.is_plain else "mark"


def _trim_emphasis(runs: list[StyledRun], style: _Emphasis, step: Literal[1, -1]) -> list[StyledRun]:
    """Take marks out of a style where a word stands before them (``step`` 1), or after (-1)."""
    fitting: list[StyledRun] = []
    for run in runs[::step]:
        before = fitting[-1] if fitting else None
        if getattr(run, style) and before is not None and not getattr(before, style):
            first, last = (0, -1) if step == 1 else (-1, 0)
            if _edge_class(before, last) == "word" and _edge_class(run, first) == "mark":
                fitting += _split_punctuation(run, style, step)
                continue
        fitting.append(run)
    return fitting[::step]


def _split_punctuation(run: StyledRun, style: _Emphasis, step: Literal[1, -1]) -> list[StyledRun]:
    """Return the marks at one end of a run without the style, and the rest, the end first."""
    bare = replace(run, em=False) if style == "em" else replace(run, strong=False)
    if not run.is_plain:
        return [bare]
    words = run.text[::step]
    count = next((at for at, one in enumerate(words) if character_class(one) != "mark"), len(words))
    marks, rest = words[:count][::step], words[count:][::step]
    return [replace(bare, text=marks), *([replace(run, text=rest)] if rest else [])]


def _render_runs(runs: Sequence[StyledRun], cell: bool = False) -> str:
    return _InlineWriter(cell).render(list(runs), frozenset(), "", "")


@dataclass(frozen=True, slots=True)
class _InlineWriter:
    in_cell: bool

    def render(self, runs: list[StyledRun], within: frozenset[str], left: str, right: str) -> str:
        """Return runs that stand in these styles, between two characters."""
        out, at, signed = "", 0, ""
        while at < len(runs):
            before = out[-1:] or left
            style, end = self._longest_style(runs, at, within, before, right)
            after = runs[end].text[:1] if end < len(runs) and runs[end].is_plain else "[" if end < len(runs) else right
            if not style:
                out += self._render_run(
                    runs[at], "[" if end < len(runs) and (runs[end].href or not runs[end].is_plain) else after
                )
                signed = ""
            else:
                beside = end < len(runs) and runs[end].strong and "strong" not in within and not runs[at].strong
                sign = _emphasis_sign(style, before, "*" if beside else after)
                if sign == "*" and "strong" in within:
                    within |= {"em"}  # stars in stars beside a letter: nobody could tell which belong together
                    continue
                around = ("[", "]") if style == "href" else (before, after)
                inner = self.render(runs[at:end], within | {style} | ({"strong"} if sign == "*" else set()), *around)
                wrapped = _wrap_words(inner, sign, runs[at].href)
                touches = bool(signed) and wrapped.startswith(signed)  # both signs would be read as one
                out += inner if touches else wrapped
                signed = sign[:1] if sign and wrapped.endswith(sign) and not touches else ""
            at = end
        return out

    def _longest_style(self, runs: list[StyledRun], at: int, within: frozenset[str], left: str, right: str) -> tuple[str, int]:
        """Return the style that begins here and goes on longest, and where it ends; "" where none begins."""
        ends = {}
        for style in ("href", "strong", "em"):
            value = getattr(runs[at], style)
            if value and style not in within:
                ends[style] = next((to for to in range(at, len(runs)) if getattr(runs[to], style) != value), len(runs))
        if not ends:
            return "", at + 1
        style = max(ends, key=lambda one: ends[one])
        if style == "href" or "href" in within:
            return style, ends[style]
        end = ends[style]
        after = runs[end].text[:1] if end < len(runs) else right
        linked = runs[at].href or runs[end - 1].href
        if linked and "word" in (
            character_class(left),
            character_class(after),
        ):  # a bracket before the sign would keep it from being one
            if "href" in ends:
                return "href", ends["href"]
            end = next(to for to in range(at, end) if runs[to].href)
        return style, end

    def _render_run(self, run: StyledRun, after: str) -> str:
        if run.kind == "code":
            return code_span(run.text, self.in_cell)
        words = escape_text(run.text, self.in_cell)
        if run.kind == "picture":
            return f"![{words}]({escape_url(run.image_url)})"
        return f"{words[:-1]}\\!" if words.endswith("!") and after == "[" else words


def _emphasis_sign(style: str, before: str, after: str) -> str:
    """Return the sign of an emphasis between two characters: beside a letter, ``_`` is none."""
    if style == "em":
        return "*" if "word" in (character_class(before), character_class(after)) else "_"
    return "**" if style == "strong" else ""


def _wrap_words(inner: str, sign: str, href: str) -> str:
    """Return words as a link or with signs of emphasis; spaces at their edges stay outside."""
    core = inner.strip(" ")
    if not core:
        return inner
    lead = inner[: len(inner) - len(inner.lstrip(" "))]
    trail = inner[len(inner.rstrip(" ")) :]
    return f"{lead}{sign}{core}{sign}{trail}" if sign else f"{lead}[{core}]({escape_url(href)}){trail}"
