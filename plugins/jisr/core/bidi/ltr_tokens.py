"""Tokens of mixed-direction text: words, addresses and numbers that must not be split by reordering."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from jisr.core.bidi.phone_numbers import find_phone_numbers
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Direction
from jisr.core.i18n.numbers import to_ascii_digits

BidiTokenKind = Literal[
    "phone", "url", "email", "handle", "hashtag", "fixed", "figure", "plain", "acronym", "quotation", "word"
]
"""``fixed`` numbers would be reordered (dates, versions), a ``figure`` keeps its order, ``plain`` is a single number."""

ADDRESS_KINDS = frozenset({"phone", "url", "email", "handle", "hashtag"})
WORD_KINDS = frozenset({"acronym", "quotation", "word"})

MASK = "\ue000"  # replaces the characters of a phone number, so that no other token is found in it
CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
RTL_CHARACTERS = (
    "\u0590-\u05ff\u0608\u060b\u060d\u061b\u061d-\u065f\u066d-\u06ef\u06fa-\u08ff"
    "\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_NON_LETTERS = "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u215f\u2460-\u24ff"  # digits and fractions that \\w matches
_ARABIC = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
LTR_LETTER = rf"[^\W\d_{_ARABIC}{_NON_LETTERS}]"
_DIGIT = "[0-9\u0660-\u0669]"
_WORD_START = r'(?<![^\s(\[{"«“„‘])'  # at the start, or after a space or a bracket
_DOMAINS = "com|net|org|info|edu|gov|int|eu|iq|krd|fr|de|uk|dk|se|nl|be|ch|lb|sy|jo|eg|ps|tn|ma|dz|io|me|tv|social"

_KIND_PATTERNS = {
    "url": (
        r"(?<![A-Za-z0-9+.\-])(?:[A-Za-z][A-Za-z0-9+.\-]{1,20}://|www\.)[^\s<>\"«»“”\u060c\u061b\u061f\ue000]+"
        rf"|(?<![\w.@\-])(?:[A-Za-z0-9\-]++\.)+(?:{_DOMAINS})(?![\w@\-])(?!\.\w)(?:/[^\s<>\"«»“”\u060c\u061b\u061f\ue000]*)?"
        rf"|{_WORD_START}~?(?:/[A-Za-z0-9_.~%\-]++)+/?"
    ),
    "email": r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]*+@[A-Za-z0-9\-]++(?:\.[A-Za-z0-9\-]++)+",
    "handle": r"(?<![A-Za-z0-9_@#&/.])@\w++(?:[.\-@]\w++)*",
    "hashtag": r"(?<![A-Za-z0-9_@#&/])#[\w\u064b-\u065f\u0670\u200c]*\w",
    "fixed": (
        r"(?<![A-Za-z0-9_./\-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+\-][0-9]{2}:?[0-9]{2})?)?(?![\w])"
        r"|(?<![A-Za-z0-9_.,])[0-9]++(?:\.[0-9]++){2,}(?:[a-z]{1,5}[0-9]{0,4})?(?!\w)"
        rf"|{_WORD_START}(?<!\d )[+\-\u2212\u00b1][0-9]++(?:[.,][0-9]++)*(?![\w\-\u2013])%?"
    ),
    "figure": r"(?<![A-Za-z0-9_:.])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![\w:])(?:[ \u00a0]?[AaPp]\.?[Mm](?!\w))?",
    "acronym": rf"(?<!\w)(?:{LTR_LETTER}\.)+{LTR_LETTER}(?!\w)\.?|(?<!\w)(?:{LTR_LETTER}\.){{2,}}(?!\w)",
    "plain": (
        rf"(?<!{_DIGIT}){_DIGIT}++(?:[ \-]{_DIGIT}++){{2,}}(?!\w)"
        rf"|(?<!{_DIGIT}){_DIGIT}++(?:[.,:/\u066b\u066c]{_DIGIT}++)*"
    ),
}
ADDRESS = re.compile("|".join(_KIND_PATTERNS[kind] for kind in ("url", "email", "handle")))
_LATIN_WORD = (
    rf"(?:{_WORD_START}(?:--|[.$]))?(?:(?<![0-9])[0-9]++)?{LTR_LETTER}"
    rf"(?>(?:(?>(?:{LTR_LETTER}|[0-9_\u0300-\u036f])+)|['\u2019&/+.\-\u2010\u2011\u00b7@:=](?={LTR_LETTER}|[0-9]))*)"
    r"(?:(?:\+\+?|\#|\*)(?!\w))?[\u2122\u00ae]?"
)
_QUOTATION = (
    rf"“[^“”{_ARABIC}{CONTROLS}{MASK}]*”|„[^„“”{_ARABIC}{CONTROLS}{MASK}]*[“”]"
    rf"|\"(?!\s)[^\"{_ARABIC}{CONTROLS}{MASK}]*(?<!\s)\"|‘(?:[^‘’{_ARABIC}{CONTROLS}{MASK}]|’(?=[A-Za-z]))*’"
)
_ARABIC_WORD = rf"[{RTL_CHARACTERS}]++(?:[\u200c\u200d0-9\u0660-\u0669_]++[{RTL_CHARACTERS}]*+)*"


def _alternation(elsewhere: str, patterns: dict[str, str]) -> re.Pattern[str]:
    """Return a pattern of tokens, of which none begins ``elsewhere``: most characters are passed over in one look."""
    return re.compile(f"(?!{elsewhere})(?:{'|'.join(f'(?P<{kind}>{pattern})' for kind, pattern in patterns.items())})")


# Numbers with a letter (3G) are words, so words go before plain numbers.
_TOKEN_PATTERNS = {
    "rtl": _alternation(
        r"[\s\u0620-\u065f\u066e-\u06ef]",
        {"quotation": _QUOTATION}
        | {kind: _KIND_PATTERNS[kind] for kind in ("url", "email", "handle", "hashtag", "fixed", "figure", "acronym")}
        | {"word": _LATIN_WORD, "plain": _KIND_PATTERNS["plain"]},
    ),
    "ltr": _alternation(
        r"\s|(?<=[A-Za-z])[A-Za-z]",
        {kind: _KIND_PATTERNS[kind] for kind in ("url", "email", "handle", "hashtag", "fixed", "figure")}
        | {"word": _ARABIC_WORD, "plain": _KIND_PATTERNS["plain"]},
    ),
}
_LETTER = re.compile(LTR_LETTER)
_TRAILING_PUNCTUATION = ".,;:!?'’…*_"
_GROUPED_NUMBER = re.compile(r"\d{1,3}(?: \d{3}){2,}|\d{1,3} 000")
_GROUPED_THOUSAND = re.compile(
    r"(?<![\d.,] )(?<![A-Za-z0-9_\u0660-\u0669.,\-])[0-9\u0660-\u0669]{1,3} (?:000|\u0660{3})(?!\w| \d)"
)


@dataclass(frozen=True, slots=True)
class BidiToken:
    """A span of a text that stays together, and its kind."""

    start: int
    end: int
    kind: BidiTokenKind


def tokenize(text: str, direction: Direction) -> list[BidiToken]:
    """Return the tokens of a paragraph of a direction, in order; its words are those of the other direction.

    >>> [(token.kind, token.start, token.end) for token in tokenize("شبكة INSM، ساڵی 2012-02-09", "rtl")]
    [('word', 5, 9), ('fixed', 16, 26)]
    """
    tokens = [BidiToken(phone.start, phone.end, "phone") for phone in find_phone_numbers(text)]
    masked = mask_spans(text, tokens)
    thousands = [BidiToken(match.start(), match.end(), "fixed") for match in _GROUPED_THOUSAND.finditer(masked)]
    masked = mask_spans(masked, thousands)
    tokens += thousands
    for match in _TOKEN_PATTERNS[direction].finditer(masked):
        if token := _build_token(match):
            tokens.append(token)
    return sorted(tokens, key=lambda token: token.start)


def mask_spans(text: str, spans: list[BidiToken]) -> str:
    """Return a text with spans masked, of the same length."""
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += text[at : span.start], MASK * (span.end - span.start)
        at = span.end
    return "".join(parts) + text[at:]


def has_arabic_digits(text: str) -> bool:
    """Whether a text has Arabic-Indic digits, which the Unicode algorithm orders group by group (UAX 9, class AN).

    >>> has_arabic_digits("٠٧٧٠"), has_arabic_digits("0770")
    (True, False)
    """
    return any(unicodedata.bidirectional(character) == "AN" for character in text)


def _build_token(match: re.Match[str]) -> BidiToken | None:
    kind: BidiTokenKind = match.lastgroup  # type: ignore[assignment]  # the names of the groups are kinds
    text, start, end = match[0], match.start(), match.end()
    if kind == "url":
        end = start + len(_strip_trailing(cut_host(text)))
    elif kind == "quotation" and not _LETTER.search(text):
        return None
    elif (kind == "plain" and _is_long_figure(text)) or (kind == "hashtag" and text[1:].isdecimal()):
        kind = "fixed"
    return BidiToken(start, end, kind)


_HOST = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.\-]*://)?(?:[^/?#@\s]*@)?(?P<host>[^/?#:\s]*)")
_HOST_END = re.compile(rf"(?<=[A-Za-z0-9])(?:[{RTL_CHARACTERS}]|['’])")


def cut_host(address: str) -> str:
    """Return a web address without what is glued to its host: a letter of the other direction, or an apostrophe.

    >>> cut_host("https://example.orgە"), cut_host("www.example.org'ê"), cut_host("https://example.org/صفحة")
    ('https://example.org', 'www.example.org', 'https://example.org/صفحة')
    """
    host = _HOST.match(address)
    glued = _HOST_END.search(address, host.start("host"), host.end("host")) if host else None
    return address[: glued.start()] if glued else address


def _strip_trailing(address: str) -> str:
    """Return an address without the punctuation of the sentence around it; a closing bracket is kept if opened in it."""
    balance = {")": address.count("(") - address.count(")"), "]": address.count("[") - address.count("]")}
    end = len(address)
    while end and (address[end - 1] in _TRAILING_PUNCTUATION or balance.get(address[end - 1], 0) < 0):
        if address[end - 1] in balance:
            balance[address[end - 1]] += 1
        end -= 1
    return address[:end]


def _is_long_figure(text: str) -> bool:
    """Whether groups of digits are one number, as of a card or an account; adjacent years are several."""
    plain = to_ascii_digits(text)
    groups = re.split("[ -]", plain)
    if len(groups) < 3:
        return False
    years = all(len(group) == 4 and group[:2] in ("19", "20") for group in groups)
    return bool(_GROUPED_NUMBER.fullmatch(plain)) or (not years and sum(map(len, groups)) >= 7 and min(map(len, groups)) > 1)
