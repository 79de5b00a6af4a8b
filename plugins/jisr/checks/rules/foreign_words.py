"""Masks words in another language than the text, to which the rules of its language do not apply."""

from __future__ import annotations

import re

from jisr.checks.masking import LINKED, OPAQUE, SYNTAX, mask
from jisr.core.i18n.script_detection import detect_language

LINE = re.compile(r"[^\r\n]+")
_SPAN = re.compile(
    r"«[^«»\r\n]*»|“[^“”\r\n]*”|‘[^‘’\r\n]*’|\"[^\"\r\n]*\"|\([^()\r\n]*\)"
    rf"|\[[^\[\]\r\n{LINKED}]*{LINKED}|{SYNTAX}[^{SYNTAX}\r\n]+(?={SYNTAX})"
)
_MASKS = re.compile(f"[{SYNTAX}-{LINKED}]")


def mask_foreign_words(words: str, tag: str) -> str:
    """Mask the words that are in another language, as far as letters and stop words show it.

    >>> mask_foreign_words('Elle a dit « Nothing about us without us! » hier', "fr").replace(OPAQUE, "·")
    'Elle a dit ································ hier'
    """
    return LINE.sub(
        lambda line: _mask_foreign_line(_SPAN.sub(lambda span: _mask_foreign_text(span[0], tag), line[0]), tag), words
    )


def _mask_foreign_line(line: str, tag: str) -> str:
    """Mask a line whose foreign spans are masked already; all of it where no other letter is left."""
    foreign = OPAQUE in line and not re.search(r"[^\W\d_]", line)
    return mask(line, OPAQUE) if foreign else _mask_foreign_text(line, tag)


def _mask_foreign_text(text: str, tag: str) -> str:
    detected = detect_language(_MASKS.sub(" ", text))
    return text if detected in ("", tag.partition("-")[0]) else mask(text, OPAQUE)
