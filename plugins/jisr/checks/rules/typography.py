"""Signs and spaces: those of another script, those too many, those that an old web page left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Edit, Finding
from jisr.checks.masking import ENTITY, LINKED, OPAQUE, SYNTAX
from jisr.checks.rules.foreign_words import mask_foreign_words
from jisr.checks.source_text_positions import MaskedFile

ARABIC_LETTER = "\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f"
"""The letters of the Arabic script, for a set of a pattern."""
ARABIC_MARK = "\u064b-\u065f\u0670\u200c\u200d"
"""What stands above, below or between them."""
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
_FRENCH_BEFORE = re.compile(
    rf"(?P<word>[\w»][{SYNTAX}{LINKED}\)\]%’”\"…]*)(?P<sign>[;!?]{{1,3}}|:)(?=[{SYNTAX}{LINKED}\)\]»”\"]*(?:\s|\Z))"
)
_FRENCH_CLOSING = re.compile(rf"[\w.,!?…\)’{LINKED}][{SYNTAX}{LINKED}]*(?P<sign>»)")  # not after the sign of an item alone
_FRENCH_OPENING = re.compile(rf"(?P<sign>«)(?=[\w\({SYNTAX}])")

LATIN_SIGN = '"{value}" ends with a Latin sign. Write "{sign}" in Arabic script. inv check --fix does it.'
SPACE_BEFORE = 'A space stands before "{value}". Take it out. inv check --fix does it.'
REPEATED_SPACES = '"{value}" has {count} spaces between its words. Leave one. inv check --fix does it.'
NO_BREAK_SPACE = '"{value}" has a no-break space, as web pages leave them. Write a plain space. inv check --fix does it.'
MISSING_FRENCH_SPACE = (
    '"{value}" lacks a space at "{sign}". French has one before ; ! ? : » and after «. inv check --fix does it.'
)


def latin_signs(page: MaskedFile) -> Iterator[Finding]:
    """Return each Latin comma, semicolon and question mark that ends a word of Arabic script, in a text of that script."""
    if page.language.script != "Arab":
        return
    for found in _LATIN_SIGN.finditer(page.masked):
        at, own = found.start("sign"), _OWN_SIGNS[found["sign"]]
        close = re.match(rf"[{ARABIC_LETTER}\d]", page.masked[at + 1 : at + 2])
        value = page.text[found.start() : at + 1]
        edit = Edit(found.start("space"), at + 1, own + " " * bool(close))
        yield Finding(at, "punctuation", LATIN_SIGN, {"value": value, "sign": own}, edit)


def spaces_before_signs(page: MaskedFile) -> Iterator[Finding]:
    """Return each space before a sign that no language of the text's script parts from its word."""
    french = page.language.tag.partition("-")[0] == "fr"
    rules = [_BEFORE_ARABIC]
    if page.language.script == "Arab":
        rules.append(_BEFORE_STOP)
    elif page.language.script == "Latn":
        rules.append(_BEFORE_FRENCH if french else _BEFORE_LATIN)
    for rule in rules:
        for found in rule.finditer(page.masked):
            edit = Edit(found.start(), found.end("sign"), found["sign"] + " " * bool(found.groupdict().get("next")))
            yield Finding(found.start(), "space", SPACE_BEFORE, {"value": found["sign"]}, edit)


def repeated_spaces(page: MaskedFile) -> Iterator[Finding]:
    """Return each run of spaces between two words; two at the end of a line break it, and stay."""
    for found in _REPEATED_SPACES.finditer(page.masked):
        values = {"value": _with_adjacent_words(page, found.start(), found.end()), "count": str(found.end() - found.start())}
        yield Finding(found.start(), "space", REPEATED_SPACES, values, Edit(found.start(), found.end(), " "))


def no_break_spaces(page: MaskedFile) -> Iterator[Finding]:
    """Return each no-break space that no rule of a language put there: beside a figure and at French signs it may stay."""
    french = page.language.tag.partition("-")[0] == "fr"
    for covered in _NO_BREAK.finditer(page.masked):
        begin, end = covered.span()
        if covered[0].startswith(ENTITY):
            entity = _NO_BREAK_ENTITY.fullmatch(page.text, begin, end)
            if entity is None:
                continue
        before, after = page.text[begin - 1 : begin], page.text[end : end + 1]
        tied = french and (before == "«" or after in tuple(";:!?»%€"))
        if tied or before.isdigit() or after.isdigit():
            continue
        spaces = " " * (end - begin)
        if covered[0].startswith(ENTITY):
            spaces = "" if before in ("\n", "\r") else " "
        yield Finding(
            begin, "space", NO_BREAK_SPACE, {"value": _with_adjacent_words(page, begin, end)}, Edit(begin, end, spaces)
        )


def missing_french_spaces(page: MaskedFile) -> Iterator[Finding]:
    """Return each sign of a French text that lacks its space; Canada and Switzerland have other customs."""
    if page.language.tag not in ("fr", "fr-FR", "fr-BE"):
        return
    words = mask_foreign_words(page.masked, page.language.tag)
    for rule, after in ((_FRENCH_BEFORE, False), (_FRENCH_CLOSING, False), (_FRENCH_OPENING, True)):
        for found in rule.finditer(words):
            at = found.end("sign") if after else found.start("sign")
            values = {"value": _with_adjacent_words(page, found.start("sign"), found.end("sign")), "sign": found["sign"]}
            yield Finding(found.start("sign"), "space", MISSING_FRENCH_SPACE, values, Edit(at, at, " "))


def _with_adjacent_words(page: MaskedFile, begin: int, end: int) -> str:
    """Return a stretch with the words that it touches, as typed."""
    before = re.search(rf"[^\s{SYNTAX}-{LINKED}]*\Z", page.masked[max(0, begin - 30) : begin])
    after = re.match(rf"[^\s{SYNTAX}-{LINKED}]*", page.masked[end : end + 30])
    return page.text[begin - len(before[0] if before else "") : end + len(after[0] if after else "")]
