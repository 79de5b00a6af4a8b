"""Formatting of numbers in a language: digits and grouping."""

from __future__ import annotations

import re
from decimal import Decimal

from babel.numbers import format_decimal

from jisr.core.i18n.cldr_overrides import ZEROS
from jisr.core.i18n.languages import Language, babel_locale

_TO_ASCII = {chr(ord(zero) + n): str(n) for name, zero in ZEROS.items() if name != "latn" for n in range(10)}
_OTHER_DIGIT = re.compile(f"[{''.join(_TO_ASCII)}]")
_TO_DIGITS = {name: {ord("0") + n: chr(ord(zero) + n) for n in range(10)} for name, zero in ZEROS.items()}
# Direction marks before a minus in CLDR; pages isolate by markup, and other texts have their own marks.
_MARK_REMOVAL = dict.fromkeys((0x200E, 0x200F, 0x061C))


def to_ascii_digits(text: str) -> str:
    """Return a text with Arabic-Indic and Persian digits replaced by ASCII ones.

    >>> to_ascii_digits("٢٠١٢-۰۲-09")
    '2012-02-09'
    """
    return _OTHER_DIGIT.sub(lambda digit: _TO_ASCII[digit[0]], text)


def localize_digits(text: str, language: Language) -> str:
    """Return a text with ASCII digits replaced by those of a language.

    >>> from jisr.core.i18n.languages import build_languages
    >>> ckb = build_languages(["ckb"], {"ckb": {"digits": "arab"}})["ckb"]
    >>> localize_digits("9ی شوباتی 2012", ckb)
    '٩ی شوباتی ٢٠١٢'
    """
    return text if language.digits == "latn" else text.translate(_TO_DIGITS[language.digits])


def format_number(number: int | float | Decimal, language: Language) -> str:
    """Return a number with the digits, grouping and decimal sign of a language (CLDR decimal formats).

    Not for years and ordinal numbers, which are not grouped.

    >>> from jisr.core.i18n.languages import build_languages
    >>> [format_number(4000, language) for language in build_languages(["en", "ar", "kmr"])]
    ['4,000', '4,000', '4.000']
    """
    text = format_decimal(number, locale=babel_locale(language), numbering_system=language.digits)
    return localize_digits(text.translate(_MARK_REMOVAL), language)
