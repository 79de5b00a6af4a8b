"""Detection and repair of mojibake: text that was encoded as UTF-8 twice, once from the wrong encoding."""

from __future__ import annotations

import re

from jisr.core.frozen import dataclass

_PLAUSIBLE_TEXT = re.compile(
    r"[\u00a0-\u00ff\u0100-\u017f\u0600-\u06ff\u0750-\u077f\u200b-\u200f\u2010-\u2027\u2030-\u203a\u20ac\ufb50-\ufdff\ufe70-\ufeff]+"
)


@dataclass(frozen=True, slots=True)
class _MojibakeTable:
    """The bytes of UTF-8 as characters of another encoding."""

    byte_of: dict[int, int]  # from a character to its byte
    mojibake_pattern: re.Pattern[str]  # of one or more characters


def _build_table(encoding: str) -> _MojibakeTable:
    characters = [_decode_byte(byte, encoding) for byte in range(256)]

    def characters_of(first: int, last: int) -> str:
        # Bytes from 128 to 159 are controls where ISO 8859-1 was meant to the letter.
        return "[" + "".join(re.escape(letter) for letter in characters[first : last + 1]) + "\x80-\x9f]"

    tail = characters_of(0x80, 0xBF)
    two, three, four = characters_of(0xC2, 0xDF), characters_of(0xE0, 0xEF), characters_of(0xF0, 0xF4)
    sequence = f"{two}{tail}|{three}{tail}{{2}}|{four}{tail}{{3}}"
    bytes_by_code = {byte: byte for byte in range(256)} | {ord(letter): byte for byte, letter in enumerate(characters)}
    return _MojibakeTable(bytes_by_code, re.compile(f"(?:{sequence})+"))


def _decode_byte(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)  # as browsers do with the five undefined bytes of windows-1252


_TABLES = (_build_table("windows-1252"), _build_table("windows-1256"))


def fix_mojibake(text: str) -> str:
    """Return a text before its second conversion, or the same text where there was none.

    A run of three or more such characters is never an accident; shorter ones count where they are most of the characters
    beyond ASCII.

    >>> fix_mojibake("العربية".encode().decode("windows-1256"))
    'العربية'
    >>> fix_mojibake("Une fête à Genève: «fini»")
    'Une fête à Genève: «fini»'
    """
    if text.isascii():
        return text
    for table in _TABLES:
        non_ascii = sum(letter > "\x7f" for letter in text)
        runs = _mojibake_runs(text, table)
        mojibake_length = sum(map(len, runs))
        if mojibake_length > 0.7 * non_ascii and (len(runs) > 1 or mojibake_length > 3):
            return table.mojibake_pattern.sub(lambda match, table=table: _reverse_mojibake(match[0], table) or match[0], text)  # type: ignore[misc]
    return text


def is_mojibake(text: str) -> bool:
    """Whether more than a tenth of the characters beyond ASCII are mojibake.

    >>> is_mojibake("ط§ظ„ط¹ط±ط¨ظٹ"), is_mojibake("العربية")
    (True, False)
    """
    non_ascii = sum(letter > "\x7f" for letter in text)
    lengths = (sum(len(run) for run in _mojibake_runs(text, table) if len(run) > 3) for table in _TABLES)
    return any(length > 0.1 * non_ascii for length in lengths)


def _mojibake_runs(text: str, table: _MojibakeTable) -> list[str]:
    return [match[0] for match in table.mojibake_pattern.finditer(text) if _reverse_mojibake(match[0], table)]


def _reverse_mojibake(run: str, table: _MojibakeTable) -> str:
    """Return the original of a run of mojibake, or an empty string where it is none."""
    try:
        text = bytes(table.byte_of[ord(letter)] for letter in run).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return ""
    return text if _PLAUSIBLE_TEXT.fullmatch(text) else ""
