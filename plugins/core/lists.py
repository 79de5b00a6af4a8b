"""How a language writes a list inside a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from plugins.core.languages import Language, locale_of
from plugins.core.registry import PATCHES

_UNMARKED = dict.fromkeys((0x200E, 0x200F))


def format_list(items: Iterable[str], language: Language) -> str:
    """Give items as a list with the commas and the "and" of a language.

    Markup if an item is Markup, with all others escaped; else a plain string.
    The rule is https://www.unicode.org/reports/tr35/tr35-general.html#ListPatterns

    >>> from plugins.core.languages import languages
    >>> ckb, ar = languages(["ckb", "ar"])
    >>> format_list(["هەولێر", "سلێمانی", "دهۆک"], ckb)
    'هەولێر، سلێمانی و دهۆک'
    >>> format_list(["بغداد", "أربيل"], ar)
    'بغداد وأربيل'
    >>> format_list([Markup("<b>بەغدا</b>"), "R&D"], ckb)
    Markup('<b>بەغدا</b> و R&amp;D')
    """
    texts = list(items)
    wrap = Markup if any(isinstance(text, Markup) for text in texts) else str
    if len(texts) < 2:
        return wrap(texts[0]) if texts else ""
    patterns = {name: wrap(pattern) for name, pattern in _patterns(language).items()}
    if len(texts) == 2:
        return patterns["2"].format(*texts)
    joined = patterns["end"].format(*texts[-2:])
    for text in reversed(texts[1:-2]):
        joined = patterns["middle"].format(text, joined)
    return patterns["start"].format(texts[0], joined)


def _patterns(language: Language) -> dict[str, str]:
    """Give the patterns of start, middle, end and of two items, without the marks of direction that CLDR puts into some."""
    locale = locale_of(language)
    patch = PATCHES.get(locale.language)
    if patch and patch.conjunction:
        comma, last = f"{{0}}{patch.comma}{{1}}", f"{{0}}{patch.conjunction}{{1}}"
        return {"start": comma, "middle": comma, "end": last, "2": last}
    return {name: pattern.translate(_UNMARKED) for name, pattern in locale.list_patterns["standard"].items()}
