"""Overrides of CLDR: languages that it lacks, and patterns that differ from the usage of readers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class LanguageOverride:
    """Properties of a language that override CLDR; an empty one follows from the tag and CLDR."""

    locale: str
    own_name: str
    short_name: str
    script: str = ""


LANGUAGE_OVERRIDES: Mapping[str, LanguageOverride] = MappingProxyType(
    {
        # British English puts the day before the month, as the four other languages do: a reader who moves between
        # versions of a text finds its date in the same order.
        "en": LanguageOverride("en_GB", "English", "English"),
        # With Iraq's names of the months (شباط, آب); plain "ar" has the ones that are used in Egypt.
        "ar": LanguageOverride("ar_IQ", "العربية", "العربية"),
        "ckb": LanguageOverride("ckb_IQ", "کوردیی ناوەندی (سۆرانی)", "کوردی"),
        # CLDR calls Kurmanji "ku". A page says "kmr", since "ku" may be read as any Kurdish.
        "kmr": LanguageOverride("ku_TR", "Kurdî (Kurmancî)", "Kurmancî"),
        # Kurmanji in Arabic letters (Badini). CLDR has no such locale; its only Kurdish months in this script are those of ckb.
        "kmr-Arab": LanguageOverride("ckb_IQ", "کوردی (کورمانجی)", "کورمانجی", script="Arab"),
        "fr": LanguageOverride("fr_FR", "Français", "Français"),
    }
)

# Right-to-left scripts in present use, by ISO 15924 code: https://www.unicode.org/iso15924/
RTL_SCRIPTS = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"})

# The digit zero of each supported numbering system, by its CLDR name.
ZEROS: Mapping[str, str] = MappingProxyType({"latn": "0", "arab": "\u0660", "arabext": "\u06f0"})


@dataclass(frozen=True, slots=True)
class CldrPatch:
    """Patterns that replace those of CLDR 47 (Babel 2.18) for a language; they take day, month, year and weekday."""

    full: str
    long: str
    day_month: str
    month_year: str
    months: tuple[tuple[int, str], ...] = ()
    capitalize_names: bool = False
    comma: str = ""
    conjunction: str = ""


# By the language of the locale, so that a language that borrows a locale has its patch, too.
CLDR_PATCHES: Mapping[str, CldrPatch] = MappingProxyType(
    {
        "ckb": CldrPatch(
            # CLDR: year, month, day, weekday, which is the order of its root and not one that Sorani has.
            full="{weekday}، {day}ی {month}ی {year}",
            # As CLDR has it; stated since a pattern takes our spelling of December.
            long="{day}ی {month}ی {year}",
            # CLDR: month before day, without the ezafe after the day.
            day_month="{day}ی {month}",
            # CLDR: year before month, without the ezafe that ties the year to its month.
            month_year="{month}ی {year}",
            # CLDR spells the same word with one و in December and with two in January.
            months=((12, "کانوونی یەکەم"),),
            # CLDR: a Latin comma in a script that has its own, and no "and" before the last item.
            comma="، ",
            conjunction=" و ",
        ),
        "ku": CldrPatch(
            # All as CLDR has it but for capitals: it writes "9ê sibata 2012an", our readers' press "9ê Sibata 2012an".
            # Its intervals lack the endings between the two days, so that they are made of these patterns too.
            full="{weekday}, {day}ê {month}a {year}an",
            long="{day}ê {month}a {year}an",
            day_month="{day}ê {month}ê",
            month_year="{month}a {year}an",
            capitalize_names=True,
        ),
    }
)
