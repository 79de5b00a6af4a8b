"""Whether the lines of an indented block are words and no code."""

from __future__ import annotations

import re
import unicodedata

from jisr.core.i18n.script_detection import find_stop_words

# Words with the signs of running text alone: nothing that a computer is told.
_WORDS = re.compile(r"(?:[—–] ?)?[«“(]?[^\W\d_](?:[\w\s,;:!?.…'’‘“”«»()–—]|(?<=\w)-(?=\w)|(?<=\s)-(?=\s))*")
_SENTENCE_END = re.compile(r"[.!?…]['’\"”»)\s]*\Z")
_SHORTEST = 5  # words of a sentence
_VERSE_LINE = re.compile(r"\W*[^\W\d_a-z]\S*(?: +\S+){2,}")  # whose first letter is no small one
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
# What a computer is told may be words alone, too: calls, lines that go on, the first words of commands and queries.
_TOLD = re.compile(
    r"\w\(|[:;]\s*$|\w\.\w|^\s*(?:apt|brew|cd|class|cp|def|delete|docker|echo|for|from|git|go|if|import|insert|inv|ls|make|mkdir|mv"
    r"|npm|pip|python|rm|run|select|set|sudo|update|use|while|with|yarn)\b(?! [A-ZÀ-Ý])|^\s*[a-z_]+:\s",
    re.MULTILINE,
)


def is_prose(text: str) -> bool:
    """Whether most letters of an indented block are of a script that runs from right to left, or all of it is running text.

    What a computer is told seldom begins with a capital and has letters beyond ASCII, as verses have, or ends with a stop,
    or begins each of its lines with a capital, or has the small words of a language.

    >>> is_prose("بدأ اللقاء صباحا\\n"), is_prose("git clone x\\n"), is_prose("Nous sommes arrivés à Erbil hier.\\n")
    (True, False, True)
    >>> is_prose("the river runs beside the town\\nand no one asks of it\\n"), is_prose("for one in all:\\n  cross(one)\\n")
    (True, False)
    """
    kinds = [unicodedata.bidirectional(letter) for letter in text if letter.isalpha()]
    if 2 * sum(kind in ("R", "AL") for kind in kinds) > len(kinds):
        return True
    if len(text.split()) < (_SHORTEST if text.isascii() else _SHORTEST - 2) or _WORDS.fullmatch(text) is None:
        return False
    lines = text.strip("\n").split("\n")
    if len(lines) > 1 and all(map(_VERSE_LINE.match, filter(str.strip, lines))) and not _CAPITALS.search(text):
        return True
    if text.lstrip("«“(—– ")[:1].isupper() and (not text.isascii() or _SENTENCE_END.search(text)):
        return True
    return len(find_stop_words(text)) > 1 and not _TOLD.search(text)
