"""Signs left over in the words that readers see: Markdown that is none, and commands of other programs.

They are looked for in what is shown, at the place where they were typed: code, links, signs behind a backslash and the
attributes of tags are never reported.
"""

from __future__ import annotations

from collections.abc import Iterable

from jisr.markdown.findings import Findings
from jisr.markdown.inline.leftover_signs import HTML_SIGNS, LEFTOVER_SIGNS, LeftoverSign
from jisr.markdown.source_map import Passage

_HIDDEN = "\x00"
"""Stands for a character that is not shown as typed."""
_NEEDLES = tuple({sign.needle for sign in LEFTOVER_SIGNS} - {":"})


def may_have_leftovers(text: str) -> bool:
    """Whether a text may have signs that are left over."""
    return any(needle in text for needle in _NEEDLES) or text.count(":") > 1


def report_leftovers(passage: Passage, pieces: Iterable[tuple[int, str]], findings: Findings, in_html: bool = False) -> None:
    """Add a warning for each sign left over in a passage, given the pieces of it that are shown, each with its offset."""
    parts: list[str] = []
    at = 0
    for offset, words in pieces:
        if passage.text.startswith(words, offset):  # an escaped sign or an entity is not shown as typed
            parts += _HIDDEN * (offset - at), words
            at = offset + len(words)
    shown = "".join(parts)
    if in_html or may_have_leftovers(shown):
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
