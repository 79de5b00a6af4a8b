"""Rules on punctuation and spaces: signs of another script, superfluous and missing spaces, no-break spaces of web pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from jisr.checks.lint_findings import Edit, Finding, fix_hint
from jisr.checks.masked_file import MaskedFile
from jisr.checks.masking import DIGITS, ENTITY, LINKED, OPAQUE, SYNTAX
from jisr.checks.rules.foreign_words import mask_foreign_words

ARABIC_LETTER = "\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f"
"""The letters of the Arabic script, for a set of a pattern."""
ARABIC_MARK = "\u064b-\u065f\u0670\u200c\u200d"
"""Vowel marks and joiners."""
WORD = re.compile(rf"[{ARABIC_LETTER}{ARABIC_MARK}]+")
_CLOSING = rf"{SYNTAX}{LINKED}\)\]»”\"’"
_WORD_END = rf"(?=[{_CLOSING}]*(?:\s|\Z))"

_OWN_SIGNS = {",": "،", ";": "؛", "?": "؟"}
_LATIN_SIGN = re.compile(
    rf"(?<![{ARABIC_LETTER}{ARABIC_MARK}])(?P<word>[{ARABIC_LETTER}][{ARABIC_LETTER}{ARABIC_MARK}]*+[{_CLOSING}]*+)"
    rf"(?P<space>[ \u00a0]*)(?P<sign>[,;?])"
    rf"(?=[^\w\r\n{OPAQUE}]*(?:[{ARABIC_LETTER}\d]|[\r\n]|\Z))"
)
_SPACE = "[ \u00a0\u202f]"
_BEFORE_ARABIC = re.compile(rf"(?<=\S){_SPACE}+(?P<sign>[،؛؟])(?P<next>[{ARABIC_LETTER}])?")
_BEFORE_STOP = re.compile(rf"(?<=[{ARABIC_LETTER}{ARABIC_MARK}{_CLOSING}]){_SPACE}+(?P<sign>\.){_WORD_END}")
_BEFORE_LATIN = re.compile(rf"(?<=[\w{_CLOSING}])[ \u00a0]+(?P<sign>[,.!?]|;(?!\))){_WORD_END}")
_BEFORE_FRENCH = re.compile(rf"(?<=[\w{_CLOSING}])[ \u00a0]+(?P<sign>[,.]){_WORD_END}")
_REPEATED_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_NO_BREAK = re.compile(rf"[\u00a0\u202f\u2007]+|{ENTITY}+")
_NO_BREAK_ENTITY = re.compile(r"(?:&nbsp;|&#160;|&#xa0;)+", re.IGNORECASE)
_INDENT = re.compile("(?:[ \t\u00a0>]*> ?)?[ \t]*(?P<spaces>[ \t\u00a0]*)")
_MARKER = re.compile(rf"(?:[-+*]|[{DIGITS}]{{1,9}}[.)])(?P<spaces>[ \t\u00a0]+)(?=\S)")
_FRENCH_BEFORE = re.compile(
    rf"(?P<word>[\w»][{SYNTAX}{LINKED}\)\]%’”\"…]*)(?P<sign>[;!?]{{1,3}}|:)(?=[{SYNTAX}{LINKED}\)\]»”\"]*(?:\s|\Z))"
)
_FRENCH_CLOSING = re.compile(rf"[\w.,!?…\)’{LINKED}][{SYNTAX}{LINKED}]*(?P<sign>»)")  # not after the sign of an item alone
_FRENCH_OPENING = re.compile(rf"(?P<sign>«)(?=[\w\({SYNTAX}])")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)

LATIN_SIGN = '"{value}" ends with a Latin sign. Write "{sign}" in Arabic script. inv check --fix does it.'
SPACE_BEFORE = 'A space stands before "{value}". Take it out. inv check --fix does it.'
REPEATED_SPACES = '"{value}" has {count} spaces between its words. Leave one. inv check --fix does it.'
NO_BREAK_SPACE = '"{value}" has a no-break space, as web pages leave them. Write a plain space. inv check --fix does it.'
NO_BREAK_INDENT = 'No-break spaces stand before "{value}", as word processors indent. Take them out. inv check --fix does it.'
MISSING_FRENCH_SPACE = (
    '"{value}" lacks a space at "{sign}". French has one before ; ! ? : » and after «. inv check --fix does it.'
)

TYPED_ENTITY = '"{value}" is shown as it was typed: a field is no HTML. Write {sign} itself.{mended}'


def typed_entities(page: MaskedFile) -> Iterator[Finding]:
    """Find each entity in a field, which is plain text; a no-break space is found among the spaces."""
    for value in page.values:
        quote = page.text[value.end : value.end + 1]
        for match in _ENTITY.finditer(page.text, value.start, value.end):
            sign = unescape(match[0])
            if sign == match[0] or not sign.isprintable() or sign.isspace():
                continue
            reserved = {'"': '"\\', "'": "'"}.get(quote, ":#,[]{}" if match.start() > value.start else "")
            certain = sign not in reserved and (quote in ("'", '"') or sign.isalnum() or match.start() > value.start)
            edit = Edit(match.start(), match.end(), sign) if certain else None
            yield Finding(
                match.start(), "entity", TYPED_ENTITY, {"value": match[0], "sign": sign, "mended": fix_hint(edit)}, edit
            )


def latin_signs(page: MaskedFile) -> Iterator[Finding]:
    """Find each Latin comma, semicolon and question mark after a word of Arabic script, in a text of that script."""
    if page.language.script != "Arab":
        return
    for match in _LATIN_SIGN.finditer(page.masked):
        offset, sign = match.start("sign"), _OWN_SIGNS[match["sign"]]
        next_letter = re.match(rf"[{ARABIC_LETTER}\d]", page.masked[offset + 1 : offset + 2])
        value = page.text[match.start() : offset + 1]
        edit = Edit(match.start("space"), offset + 1, sign + " " * bool(next_letter))
        yield Finding(offset, "punctuation", LATIN_SIGN, {"value": value, "sign": sign}, edit)


def spaces_before_signs(page: MaskedFile) -> Iterator[Finding]:
    """Find each space before a sign that follows its word without one in the language of the text."""
    french = page.language.tag.partition("-")[0] == "fr"
    patterns = [_BEFORE_ARABIC]
    if page.language.script == "Arab":
        patterns.append(_BEFORE_STOP)
    elif page.language.script == "Latn":
        patterns.append(_BEFORE_FRENCH if french else _BEFORE_LATIN)
    for pattern in patterns:
        for match in pattern.finditer(page.masked):
            edit = Edit(match.start(), match.end("sign"), match["sign"] + " " * bool(match.groupdict().get("next")))
            yield Finding(match.start(), "space", SPACE_BEFORE, {"value": match["sign"]}, edit)


def repeated_spaces(page: MaskedFile) -> Iterator[Finding]:
    """Find each run of spaces between two words; two at the end of a line are a line break, and stay."""
    for match in _REPEATED_SPACES.finditer(page.masked):
        values = {"value": _with_adjacent_words(page, match.start(), match.end()), "count": str(match.end() - match.start())}
        yield Finding(match.start(), "space", REPEATED_SPACES, values, Edit(match.start(), match.end(), " "))


def no_break_spaces(page: MaskedFile) -> Iterator[Finding]:
    """Find each no-break space but for those next to a digit and at French signs, where it may stay."""
    french = page.language.tag.partition("-")[0] == "fr"
    for match in _NO_BREAK.finditer(page.masked):
        start, end = match.span()
        if match[0].startswith(ENTITY) and not _NO_BREAK_ENTITY.fullmatch(page.text, start, end):
            continue
        before, after = page.text[start - 1 : start], page.text[end : end + 1]
        is_french_space = french and (before == "«" or after in tuple(";:!?»%€"))
        if is_french_space or before.isdigit() or after.isdigit():
            continue
        spaces = " " * (end - start)
        if match[0].startswith(ENTITY):
            spaces = "" if before in ("\n", "\r") else " "
        values = {"value": _with_adjacent_words(page, start, end)}
        yield Finding(start, "space", NO_BREAK_SPACE, values, Edit(start, end, spaces))


def leading_no_break_spaces(page: MaskedFile) -> Iterator[Finding]:
    """Find no-break spaces that indent a line or follow the marker of an item: plain ones stay where they place an item."""
    in_list = False
    for start, line, words in page.lines:
        if "\u00a0" not in line and not in_list and line[:1].isalpha():
            continue
        indent = _INDENT.match(line)
        marker = _MARKER.match(line, indent.end()) if indent else None
        if indent is None or not line.strip() or words.startswith(OPAQUE):
            continue
        width = len(indent["spaces"]) if marker and in_list else 0
        in_list = marker is not None or (in_list and line[:1].isspace())
        for match, spaces in ((indent, " " * width), (marker, " ")):
            if match is not None and "\u00a0" in match["spaces"] and (match is indent or len(match["spaces"]) > 1):
                value = " ".join(line[match.end("spaces") :].split()[:1])
                edit = Edit(start + match.start("spaces"), start + match.end("spaces"), spaces)
                yield Finding(edit.start, "space", NO_BREAK_INDENT, {"value": value}, edit)


def missing_french_spaces(page: MaskedFile) -> Iterator[Finding]:
    """Find each sign of a French text that lacks its space; Canada and Switzerland have other conventions."""
    if page.language.tag not in ("fr", "fr-FR", "fr-BE"):
        return
    words = mask_foreign_words(page.masked, page.language.tag)
    for pattern, after in ((_FRENCH_BEFORE, False), (_FRENCH_CLOSING, False), (_FRENCH_OPENING, True)):
        for match in pattern.finditer(words):
            offset = match.end("sign") if after else match.start("sign")
            values = {"value": _with_adjacent_words(page, match.start("sign"), match.end("sign")), "sign": match["sign"]}
            yield Finding(match.start("sign"), "space", MISSING_FRENCH_SPACE, values, Edit(offset, offset, " "))


def _with_adjacent_words(page: MaskedFile, start: int, end: int) -> str:
    """Return the text of a range, with the words next to it."""
    before = re.search(rf"[^\s{SYNTAX}-{LINKED}]*\Z", page.masked[max(0, start - 30) : start])
    after = re.match(rf"[^\s{SYNTAX}-{LINKED}]*", page.masked[end : end + 30])
    return page.text[start - len(before[0] if before else "") : end + len(after[0] if after else "")]
