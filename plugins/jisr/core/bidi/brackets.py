"""Matching of brackets and quotation marks: which belong to a phrase, and which to the sentence around it."""

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
    """Return the brackets and quotation marks around and between tokens: matched pairs, and unmatched ones.

    A closing bracket that does not match the innermost open one leaves all open ones unmatched, so that each is visited once.

    >>> text = "(Support (IMS) [ckb"
    >>> match_brackets(text, [BidiToken(1, 8, "word"), BidiToken(10, 13, "word"), BidiToken(16, 19, "word")])
    ([(9, 13)], [0, 15])
    """
    head, tail = _opening_start(text, phrase[0].start), _closing_end(text, phrase[-1].end)
    edges = [head, *(edge for token in phrase for edge in (token.start, token.end)), tail]
    stack: list[tuple[int, str]] = []
    pairs: list[tuple[int, int]] = []
    unmatched: list[int] = []
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        for match in BRACKET.finditer(text, left, right):
            mark, at = match[0], match.start()
            if stack and stack[-1][1] + mark in _PAIRS:
                pairs.append((stack.pop()[0], at))
            elif mark in _OPENERS:
                stack.append((at, mark))
            else:
                unmatched += [*(opener for opener, _ in stack), at]
                stack = []
    return pairs, sorted([*unmatched, *(opener for opener, _ in stack)])


def _opening_start(text: str, start: int) -> int:
    """Return the start of the opening brackets before a phrase."""
    while start and (text[start - 1] in _OPENERS or (text[start - 1] in _SPACES and text[start - 2 : start - 1] in ("«", "‹"))):
        start -= 1
    return start


def _closing_end(text: str, end: int) -> int:
    """Return the end of the closing brackets after a phrase, with the punctuation before them."""
    while end < len(text):
        character = text[end]
        spaced = character in _SPACES and text[end + 1 : end + 2] in ("»", "›")
        if not (character in _CLOSERS or character in _END_PUNCTUATION or character == '"' or spaced):
            break
        end += 1
    return end
