"""Atoms of mixed-direction text: the words, addresses and figures that a line must not tear apart."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from jisr.core.bidi.phone_numbers import ASCII_DIGITS, phones
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Direction

Form = Literal["phone", "url", "email", "handle", "hashtag", "fixed", "figure", "plain", "acronym", "quotation", "word"]
"""``fixed`` figures would be torn apart (dates, versions), a ``figure`` stays whole by itself, ``plain`` is one number."""

ADDRESSES = frozenset({"phone", "url", "email", "handle", "hashtag"})
WORDS = frozenset({"acronym", "quotation", "word"})

MASK = "\ue000"  # stands where a phone number was found, so that nothing else is found in it
CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
RIGHT_TO_LEFT = (
    "\u0590-\u05ff\u0608\u060b\u060d\u061b\u061d-\u065f\u066d-\u06ef\u06fa-\u08ff"
    "\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_NO_LETTER = "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u215f\u2460-\u24ff"  # digits and fractions, letters to \\w
_ARABIC = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
LEFT_TO_RIGHT = rf"[^\W\d_{_ARABIC}{_NO_LETTER}]"
_DIGIT = "[0-9\u0660-\u0669]"
_OPENED = r'(?<![^\s(\[{"«“„‘])'  # at the start, or after a space or a bracket
_DOMAINS = "com|net|org|info|edu|gov|int|eu|iq|krd|fr|de|uk|dk|se|nl|be|ch|lb|sy|jo|eg|ps|tn|ma|dz|io|me|tv|social"

_FORMS = {
    "url": (
        r"(?<![A-Za-z0-9+.\-])(?:[A-Za-z][A-Za-z0-9+.\-]{1,20}://|www\.)[^\s<>\"«»“”\u060c\u061b\u061f\ue000]+"
        rf"|(?<![\w.@\-])(?:[A-Za-z0-9\-]++\.)+(?:{_DOMAINS})(?![\w@\-])(?!\.\w)(?:/[^\s<>\"«»“”\u060c\u061b\u061f\ue000]*)?"
        rf"|{_OPENED}~?(?:/[A-Za-z0-9_.~%\-]++)+/?"
    ),
    "email": r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]*+@[A-Za-z0-9\-]++(?:\.[A-Za-z0-9\-]++)+",
    "handle": r"(?<![A-Za-z0-9_@#&/.])@\w++(?:[.\-@]\w++)*",
    "hashtag": r"(?<![A-Za-z0-9_@#&/])#[\w\u064b-\u065f\u0670\u200c]*\w",
    "fixed": (
        r"(?<![A-Za-z0-9_./\-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+\-][0-9]{2}:?[0-9]{2})?)?(?![\w])"
        r"|(?<![A-Za-z0-9_.,])[0-9]++(?:\.[0-9]++){2,}(?:[a-z]{1,5}[0-9]{0,4})?(?!\w)"
        rf"|{_OPENED}(?<!\d )[+\-\u2212\u00b1][0-9]++(?:[.,][0-9]++)*(?![\w\-\u2013])%?"
    ),
    "figure": r"(?<![A-Za-z0-9_:.])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![\w:])(?:[ \u00a0]?[AaPp]\.?[Mm](?!\w))?",
    "acronym": rf"(?<!\w)(?:{LEFT_TO_RIGHT}\.)+{LEFT_TO_RIGHT}(?!\w)\.?|(?<!\w)(?:{LEFT_TO_RIGHT}\.){{2,}}(?!\w)",
    "plain": (
        rf"(?<!{_DIGIT}){_DIGIT}++(?:[ \-]{_DIGIT}++){{2,}}(?!\w)"
        rf"|(?<!{_DIGIT}){_DIGIT}++(?:[.,:/\u066b\u066c]{_DIGIT}++)*"
    ),
}
ADDRESS = re.compile("|".join(_FORMS[form] for form in ("url", "email", "handle")))
_LATIN_WORD = (
    rf"(?:{_OPENED}(?:--|[.$]))?(?:(?<![0-9])[0-9]++)?{LEFT_TO_RIGHT}"
    rf"(?>(?:(?>(?:{LEFT_TO_RIGHT}|[0-9_\u0300-\u036f])+)|['\u2019&/+.\-\u2010\u2011\u00b7@:=](?={LEFT_TO_RIGHT}|[0-9]))*)"
    r"(?:(?:\+\+?|\#|\*)(?!\w))?[\u2122\u00ae]?"
)
_QUOTATION = (
    rf"“[^“”{_ARABIC}{CONTROLS}{MASK}]*”|„[^„“”{_ARABIC}{CONTROLS}{MASK}]*[“”]"
    rf"|\"(?!\s)[^\"{_ARABIC}{CONTROLS}{MASK}]*(?<!\s)\"|‘(?:[^‘’{_ARABIC}{CONTROLS}{MASK}]|’(?=[A-Za-z]))*’"
)
_ARABIC_WORD = rf"[{RIGHT_TO_LEFT}]++(?:[\u200c\u200d0-9\u0660-\u0669_]++[{RIGHT_TO_LEFT}]*+)*"


def _one_of(forms: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{form}>{pattern})" for form, pattern in forms.items()))


# Numbers with a letter (3G) are words, so words go before plain numbers.
_TEXT = {
    "rtl": _one_of(
        {"quotation": _QUOTATION}
        | {form: _FORMS[form] for form in ("url", "email", "handle", "hashtag", "fixed", "figure", "acronym")}
        | {"word": _LATIN_WORD, "plain": _FORMS["plain"]}
    ),
    "ltr": _one_of(
        {form: _FORMS[form] for form in ("url", "email", "handle", "hashtag", "fixed", "figure")}
        | {"word": _ARABIC_WORD, "plain": _FORMS["plain"]}
    ),
}
_LETTER = re.compile(LEFT_TO_RIGHT)
_TRAILING = ".,;:!?'’…*_"
_GROUPED = re.compile(r"\d{1,3}(?: \d{3}){2,}|\d{1,3} 000")
_GROUPED_THOUSAND = re.compile(
    r"(?<![\d.,] )(?<![A-Za-z0-9_\u0660-\u0669.,\-])[0-9\u0660-\u0669]{1,3} (?:000|\u0660{3})(?!\w| \d)"
)


@dataclass(frozen=True, slots=True)
class Atom:
    """A span of a text that stays together, and what it is."""

    start: int
    end: int
    form: Form


def atoms(text: str, direction: Direction) -> list[Atom]:
    """Give, in order, what has a form of its own in a paragraph of ``direction``; words are those of the other direction.

    >>> [(atom.form, atom.start, atom.end) for atom in atoms("شبكة INSM، ساڵی 2012-02-09", "rtl")]
    [('word', 5, 9), ('fixed', 16, 26)]
    """
    found = [Atom(phone.start, phone.end, "phone") for phone in phones(text)]
    masked = masked_out(text, found)
    thousands = [Atom(match.start(), match.end(), "fixed") for match in _GROUPED_THOUSAND.finditer(masked)]
    masked = masked_out(masked, thousands)
    found += thousands
    for match in _TEXT[direction].finditer(masked):
        atom = _atom(match)
        if atom:
            found.append(atom)
    return sorted(found, key=lambda atom: atom.start)


def masked_out(text: str, spans: list[Atom]) -> str:
    """Give the text with spans blotted out, as long as before."""
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += text[at : span.start], MASK * (span.end - span.start)
        at = span.end
    return "".join(parts) + text[at:]


def has_arabic_digits(text: str) -> bool:
    """Whether digits stand in a text that the algorithm orders by themselves, group by group (UAX 9, class AN).

    >>> has_arabic_digits("٠٧٧٠"), has_arabic_digits("0770")
    (True, False)
    """
    return any(unicodedata.bidirectional(character) == "AN" for character in text)


def _atom(match: re.Match[str]) -> Atom | None:
    form: Form = match.lastgroup  # type: ignore[assignment]  # the names of the groups are the forms
    text, start, end = match[0], match.start(), match.end()
    if form == "url":
        end = start + len(_without_trailing(text))
    elif form == "quotation" and not _LETTER.search(text):
        return None
    elif (form == "plain" and _is_long_figure(text)) or (form == "hashtag" and text[1:].isdecimal()):
        form = "fixed"
    return Atom(start, end, form)


def _without_trailing(address: str) -> str:
    """An address without the punctuation of the sentence around it: a bracket belongs to it when it was opened in it."""
    opened = {")": address.count("(") - address.count(")"), "]": address.count("[") - address.count("]")}
    end = len(address)
    while end and (address[end - 1] in _TRAILING or opened.get(address[end - 1], 0) < 0):
        if address[end - 1] in opened:
            opened[address[end - 1]] += 1
        end -= 1
    return address[:end]


def _is_long_figure(text: str) -> bool:
    """Whether groups of digits are one figure, as on a card or in a ledger; years side by side are many."""
    plain = text.translate(ASCII_DIGITS)
    groups = re.split("[ -]", plain)
    if len(groups) < 3:
        return False
    years = all(len(group) == 4 and group[:2] in ("19", "20") for group in groups)
    return bool(_GROUPED.fullmatch(plain)) or (not years and sum(map(len, groups)) >= 7 and min(map(len, groups)) > 1)
