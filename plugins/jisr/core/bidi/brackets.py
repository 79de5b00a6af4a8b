"""Brackets and quotation marks of a phrase: which belong to it, and which to the sentence around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jisr.core.bidi.ltr_tokens import BidiToken

_CLOSERS = {")": "(", "]": "[", "}": "{", "»": "«", "›": "‹", "”": "“", "’": "‘"}
_PAIRS = frozenset(opener + closer for closer, opener in _CLOSERS.items()) | {'""', "„“", "„”"}
_OPENERS = frozenset(_CLOSERS.values()) | {'"', "„"}
BRACKET = re.compile(r'[()\[\]{}«»‹›“”„"]')
_SPACES = (" ", "\u00a0")
_END_PUNCTUATION = ".,;:!?\u2026"


def match_brackets(text: str, phrase: Sequence[BidiToken]) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the brackets and quotation marks around and between atoms: in pairs, and those without their other half.

    A bracket that closes what was not opened last leaves all that are open without their other half, so each is seen once.

    >>> said = "(Support (IMS) [ckb"
    >>> match_brackets(said, [BidiToken(1, 8, "word"), BidiToken(10, 13, "word"), BidiToken(16, 19, "word")])
    ([(9, 13)], [0, 15])
    """
    head, tail = _opening_start(text, phrase[0].start), _closing_end(text, phrase[-1].end)
    edges = [head, *(edge for atom in phrase for edge in (atom.start, atom.end)), tail]
    stack: list[tuple[int, str]] = []
    pairs: list[tuple[int, int]] = []
    alone: list[int] = []
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        for match in BRACKET.finditer(text, left, right):
            mark, at = match[0], match.start()
            if stack and stack[-1][1] + mark in _PAIRS:
                pairs.append((stack.pop()[0], at))
            elif mark in _OPENERS:
                stack.append((at, mark))
            else:
                alone += [*(opened for opened, _ in stack), at]
                stack = []
    return pairs, sorted([*alone, *(opened for opened, _ in stack)])


def _opening_start(text: str, start: int) -> int:
    """Where the opening brackets before a phrase begin."""
    while start and (text[start - 1] in _OPENERS or (text[start - 1] in _SPACES and text[start - 2 : start - 1] in ("«", "‹"))):
        start -= 1
    return start


def _closing_end(text: str, end: int) -> int:
    """Where the closing brackets after a phrase end, with the points before them."""
    while end < len(text):
        character = text[end]
        spaced = character in _SPACES and text[end + 1 : end + 2] in ("»", "›")
        if not (character in _CLOSERS or character in _END_PUNCTUATION or character == '"' or spaced):
            break
        end += 1
    return end
