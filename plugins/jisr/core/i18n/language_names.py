"""Names of languages in a sentence of another: "in Arabic", بالعربية, bi erebî, en arabe."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from babel import Locale
from babel.core import get_global

from jisr.core.i18n.languages import Language, babel_locale

# By the language of the display locale, then by tag. CLDR has no name for "kmr" at all, and its names for "ckb" are those
# of linguists ("Central Kurdish", السورانية الكردية): readers know Sorani and Kurmanji.
_NAME_OVERRIDES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {"ckb": "Sorani Kurdish", "kmr": "Kurmanji Kurdish"},
        "ar": {"ckb": "الكردية (السورانية)", "kmr": "الكردية (الكرمانجية)"},
        "ckb": {"ckb": "سۆرانی", "kmr": "کورمانجی"},
        # CLDR has "fransizî", after Turkish.
        "ku": {"ckb": "soranî", "kmr": "kurmancî", "fr": "fransî"},
        "fr": {"ckb": "sorani", "kmr": "kurmandji"},
    }
)

# CLDR has no such phrase. Any other language uses the bare name, which reads as a label in any grammar.
_IN_PHRASES: Mapping[str, str] = MappingProxyType(
    {
        "en": "in {name}",
        "ar": "ب{name}",
        "ckb": "بە {name}",
        "ku": "bi {name}",
        "fr": "en {name}",
        "fa": "به {name}",
        "de": "auf {name}",
        "es": "en {name}",
        "it": "in {name}",
        "pt": "em {name}",
    }
)

_LANGUAGE = re.compile("[a-z]{2,3}", re.IGNORECASE)
_SUBTAG = re.compile("[a-z0-9]{2,8}", re.IGNORECASE)
_NAME_LOCALES = ("en", "ar", "ckb", "ku", "fr")  # whose names of languages are known, too


def language_name(of: Language, within: Language) -> str:
    """Return the name of a language in a sentence of another.

    >>> from jisr.core.i18n.languages import build_languages
    >>> ar, ckb, kmr = build_languages(["ar", "ckb", "kmr"])
    >>> [language_name(ckb, within) for within in (ar, ckb, kmr)]
    ['الكردية (السورانية)', 'سۆرانی', 'soranî']
    """
    locale = babel_locale(within)
    return _NAME_OVERRIDES.get(locale.language, {}).get(of.tag) or _cldr_name(of, within, locale)


def in_language_phrase(of: Language, within: Language) -> str:
    """Return the phrase "in <language>" in another language.

    >>> from jisr.core.i18n.languages import build_languages
    >>> ar, ckb, kmr = build_languages(["ar", "ckb", "kmr"])
    >>> [in_language_phrase(ar, within) for within in (ar, ckb, kmr)]
    ['بالعربية', 'بە عەرەبی', 'bi erebî']
    """
    name = language_name(of, within)
    # A name that cannot join the Arabic preposition ب is separated by a tatweel: بـ Kurmancî.
    if babel_locale(within).language == "ar" and not "\u0621" <= name[0] <= "\u064a":
        name = f"\u0640 {name}"
    return _IN_PHRASES.get(babel_locale(within).language, "{name}").format(name=name)


def _cldr_name(of: Language, within: Language, locale: Locale) -> str:
    """Return the CLDR name of a language, or one built from its family, script, region and own name where CLDR has none."""
    tag = of.tag.replace("-", "_")
    base, *parts = tag.split("_")
    names = locale.languages
    if tag in names:
        return str(names[tag])
    if of.tag == within.tag:
        return of.own_name
    aliases = get_global("language_aliases")
    name = _NAME_OVERRIDES.get(locale.language, {}).get(base) or names.get(base)
    if not name:
        family = names.get(aliases.get(base, base))
        return f"{family} ({of.short_name})" if family else of.own_name
    details = [str(locale.scripts.get(part) or locale.territories.get(part) or part) for part in parts]
    return f"{name} ({', '.join(details)})" if details else str(name)


def find_language_tag(text: str) -> str:
    """Return the tag that was meant by one in another form, as of a system, or by the name of a language; else nothing.

    >>> [find_language_tag(text) for text in ("fr_FR", "zh_Hant_TW.UTF-8", "French", "العربية", "soranî", "Kurdish")]
    ['fr-FR', 'zh-Hant-TW', 'fr', 'ar', 'ckb', '']
    """
    words = text.partition(".")[0].replace("_", "-").split("-")
    if _LANGUAGE.fullmatch(words[0]) and all(map(_SUBTAG.fullmatch, words[1:])):
        cases = {2: str.upper, 4: str.title}
        return "-".join([words[0].lower(), *(cases.get(len(word), str.lower)(word) for word in words[1:])])
    name = text.strip().casefold()
    for locale in _NAME_LOCALES:
        names = {**Locale.parse(locale).languages, **_NAME_OVERRIDES.get(locale, {})}
        for tag, known in names.items():
            if known.casefold() == name and tag != "ku":
                return str(tag).replace("_", "-")
    return "ckb" if name.startswith("sorani") else "kmr" if name.startswith("kurmanji") else ""
