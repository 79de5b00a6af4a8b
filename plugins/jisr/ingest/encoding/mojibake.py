"""Text that was put into UTF-8 twice, the first time from the wrong encoding: told, and put right."""

from __future__ import annotations

import re

from jisr.core.frozen import dataclass

_PLAUSIBLE_TEXT = re.compile(
    r"[\u00a0-\u00ff\u0100-\u017f\u0600-\u06ff\u0750-\u077f\u200b-\u200f\u2010-\u2027\u2030-\u203a\u20ac\ufb50-\ufdff\ufe70-\ufeff]+"
)


@dataclass(frozen=True, slots=True)
class _MojibakeTable:
    """How the bytes of UTF-8 look when they are read in another encoding."""

    byte_of: dict[int, int]  # from a character to its byte
    mojibake_pattern: re.Pattern[str]  # what was one or more characters


def _build_table(encoding: str) -> _MojibakeTable:
    shown = [_decode_byte(byte, encoding) for byte in range(256)]

    def some(first: int, last: int) -> str:
        # Bytes from 128 to 159 are controls where ISO 8859-1 was meant to the letter.
        return "[" + "".join(re.escape(letter) for letter in shown[first : last + 1]) + "\x80-\x9f]"

    after = some(0x80, 0xBF)
    one = f"{some(0xC2, 0xDF)}{after}|{some(0xE0, 0xEF)}{after}{{2}}|{some(0xF0, 0xF4)}{after}{{3}}"
    back = {byte: byte for byte in range(256)} | {ord(letter): byte for byte, letter in enumerate(shown)}
    return _MojibakeTable(back, re.compile(f"(?:{one})+"))


def _decode_byte(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)  # what browsers do with the five bytes that windows-1252 leaves open


_TABLES = (_build_table("windows-1252"), _build_table("windows-1256"))


def fix_mojibake(text: str) -> str:
    """Return the text as it was before its second conversion, or the same text where there was none.

    A run of three or more twisted characters is never an accident; a shorter one is believed where most of what is beyond
    ASCII is twisted.

    >>> fix_mojibake("العربية".encode().decode("windows-1256"))
    'العربية'
    >>> fix_mojibake("Une fête à Genève: «fini»")
    'Une fête à Genève: «fini»'
    """
    if text.isascii():
        return text
    for table in _TABLES:
        beyond = sum(letter > "\x7f" for letter in text)
        found = [
            (match[0], back) for match in table.mojibake_pattern.finditer(text) if (back := _reverse_mojibake(match[0], table))
        ]
        twisted = sum(len(said) for said, _ in found)
        if twisted > 0.7 * beyond and (len(found) > 1 or twisted > 3):
            return table.mojibake_pattern.sub(lambda match, table=table: _reverse_mojibake(match[0], table) or match[0], text)  # type: ignore[misc]
    return text


def is_mojibake(text: str) -> bool:
    """Whether a good part of a text is characters converted twice, which could not be put right.

    >>> is_mojibake("ط§ظ„ط¹ط±ط¨ظٹ"), is_mojibake("العربية")
    (True, False)
    """
    beyond = sum(letter > "\x7f" for letter in text)
    return any(
        sum(
            len(match[0])
            for match in table.mojibake_pattern.finditer(text)
            if len(match[0]) > 3 and _reverse_mojibake(match[0], table)
        )
        > 0.1 * beyond
        for table in _TABLES
    )


def _reverse_mojibake(said: str, table: _MojibakeTable) -> str:
    """Return what a run of twisted characters was, or nothing where it was none."""
    try:
        text = bytes(table.byte_of[ord(letter)] for letter in said).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return ""
    return text if _PLAUSIBLE_TEXT.fullmatch(text) else ""
