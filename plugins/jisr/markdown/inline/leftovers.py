"""Signs left over in the words that readers see: Markdown that is none, and commands of other programs.

They are looked for in what is shown, at the place where they were typed: code, links, signs behind a backslash and the
attributes of tags are never reported.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from jisr.markdown.findings import Findings
from jisr.markdown.inline.emphasis import DelimiterRun, is_between_digits
from jisr.markdown.inline.leftover_signs import HTML_SIGNS, LEFTOVER_SIGNS, LeftoverSign
from jisr.markdown.source_map import Passage

_HIDDEN = "\x00"
"""Stands for a character that is not shown as typed."""
_PRODUCT = '"{value}" loses its stars, which make emphasis between numbers. Write {right}.'
_NUMBERS = re.compile(r"[\w*#.,+=/\\-]+")
_PLAIN_STAR = re.compile(r"(?<!\\)\*")
_HEADING_NEEDLE = ". "  # of "h2. ", and of every second sentence
_PICTURE_NEEDLE = "! "  # of "! [words](picture.png)", and of sentences
_NEEDLES = frozenset(sign.needle for sign in LEFTOVER_SIGNS) - {":", _HEADING_NEEDLE, _PICTURE_NEEDLE}
# Each with its first sign: most texts lack that, which is found in a fifth of the time.
_LEAST_NEEDLES = tuple((one[0], one) for one in sorted(_NEEDLES) if not any(other in one for other in _NEEDLES - {one}))


def may_have_leftovers(text: str) -> bool:
    """Whether a text without links may have signs that are left over: few do, and what has none is read in one look."""
    for first, needle in _LEAST_NEEDLES:
        if first in text and needle in text:
            return True
    if text.count(":") > 1:
        return True
    return _HEADING_NEEDLE in text and (text.startswith(("h", "H")) or "\nh" in text or "\nH" in text)


def report_leftovers(passage: Passage, pieces: Iterable[tuple[int, str]], findings: Findings, in_html: bool = False) -> None:
    """Add a warning for each sign left over in a passage, given the pieces of it that are shown, each with its offset."""
    parts: list[str] = []
    at = 0
    for offset, words in pieces:
        if passage.text.startswith(words, offset):  # an escaped sign or an entity is not shown as typed
            parts += _HIDDEN * (offset - at), words
            at = offset + len(words)
    shown = "".join(parts)
    if in_html or _PICTURE_NEEDLE in shown or may_have_leftovers(shown):
        _report((*HTML_SIGNS, *LEFTOVER_SIGNS) if in_html else LEFTOVER_SIGNS, passage, shown, findings)


def _report(signs: Iterable[LeftoverSign], passage: Passage, shown: str, findings: Findings) -> None:
    reported = bytearray(len(passage.text))
    for sign in signs:
        if sign.needle not in shown:
            continue
        for match in sign.pattern.finditer(passage.text):
            typed = [match.span(name) for name, text in match.groupdict().items() if text and name.startswith("sign")]
            seen = all(shown[start:end] == passage.text[start:end] for start, end in typed or [match.span()])
            if not seen or any(reported[match.start() : match.end()]):
                continue
            values = sign.values(match)
            if values is not None:
                reported[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
                value = " ".join(match[0].split())
                findings.warning(passage.position_at(match.start()), "leftover", sign.message, **{"value": value, **values})


def report_products(passage: Passage, pairs: Iterable[tuple[DelimiterRun, DelimiterRun]], findings: Findings) -> None:
    """Add a warning for each product or code to dial whose stars became emphasis."""
    ends = {opener.offset: closer for opener, closer in pairs if is_between_digits(passage.text, opener, closer)}
    offsets = sorted(ends)
    for numbers in _NUMBERS.finditer(passage.text) if ends else ():
        first = next(iter(offsets[(at := bisect_left(offsets, numbers.start())) : at + 1]), numbers.end())
        if first >= numbers.end():
            continue
        begin, end, text = first, numbers.end(), passage.text
        while begin > numbers.start() and text[begin - 1] not in "*\\" and not text[begin - 1].isalpha():
            begin -= 1
        while end > first + 1 and text[end - 1] in "*.," and end > ends[first].offset + ends[first].length:
            end -= 1  # of other emphasis around it, or of the sentence
        value = text[begin:end]
        right = _PLAIN_STAR.sub(r"\\*", value)
        findings.warning(passage.position_at(begin), "leftover", _PRODUCT, value=value, right=right)
