"""Letter folding: one form for all spellings of Arabic, Persian, Kurdish and Latin words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# French capitals often lack these; the circumflex and the cedilla stay, since they distinguish Kurdish words (ser, şer).
_DROPPED_ACCENTS = "\u0300\u0301\u0303\u0307\u0308"
_LETTER_VARIANTS = {
    "\u064a": "\u06cc",  # yeh
    "\u0649": "\u06cc",  # alef maksura
    "\u06d2": "\u06cc",  # yeh barree
    "\u0643": "\u06a9",  # kaf
    "\u06aa": "\u06a9",  # swash kaf
    "\u0629": "\u0647",  # teh marbuta
    "\u06c0": "\u0647",  # heh with yeh
    "\u06c1": "\u0647",  # heh goal
    "\u06be": "\u0647",  # heh doachashmee
    "\u06d5": "\u0647",  # the Kurdish vowel, typed as a heh on old keyboards
    "\u0671": "\u0627",  # alef wasla
    "\u0640": "",  # tatweel
    "\u200c": "",  # zero width non-joiner
    "\u200d": "",
    "\u00ad": "",
    "\u2019": "'",
    "\u0131": "i",
}
_TABLE = str.maketrans(_LETTER_VARIANTS | dict.fromkeys(_DROPPED_ACCENTS, ""))
_HARAKAT = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]")
_PROCLITICS = "(?:[وف])?(?:[بکل])?(?:ال|لل)?"  # and, so; by, like, for; the
_ARABIC = re.compile("[\u0620-\u06ff]")


def normalize_text(text: str) -> str:
    """Return a text without differences of case, digits, spaces, vowel signs and forms of kaf, yeh, heh and alef.

    >>> normalize_text("كُتُب ١٢") == normalize_text("کتب ۱۲") == normalize_text("كـتـب 12")
    True
    >>> normalize_text("Élections"), normalize_text("هه‌ڵه‌") == normalize_text("هەڵە")
    ('elections', True)
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("\u06c2", "\u06c1"))
    letters = unicodedata.normalize("NFC", _HARAKAT.sub("", plain).translate(_TABLE))
    digits = "".join(str(unicodedata.decimal(character)) if character.isdecimal() else character for character in letters)
    return " ".join("".join(character for character in digits if unicodedata.category(character) != "Cf").split())


def first_mentioned(text: str, words: Iterable[str]) -> str:
    """Return the first of ``words`` that a text mentions, or an empty string.

    A word matches as a whole, also behind the Arabic article and the particles that are written with it; one that ends in
    ``*`` matches the beginning of words. Several words match in their order.

    >>> first_mentioned("بيان حول الإنتخابات والكهرباء", ["رياضة", "كهرباء"])
    'كهرباء'
    >>> first_mentioned("Les élections", ["elect"]), first_mentioned("Les élections", ["elect*"])
    ('', 'elect*')
    """
    normalized = normalize_text(text)
    return next((word for word in words if (pattern := _word_pattern(word)) and pattern.search(normalized)), "")


def _word_pattern(word: str) -> re.Pattern[str] | None:
    normalized = normalize_text(word)
    stem = normalized.rstrip("*").strip()
    if not stem:
        return None
    before = _PROCLITICS if _ARABIC.match(stem) else ""
    gaps = r"[\W_]+".join(re.escape(part) for part in stem.split())
    return re.compile(rf"(?<!\w){before}{gaps}" + ("" if normalized.endswith("*") else r"(?!\w)"))
