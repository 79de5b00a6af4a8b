"""Formatting of lists in a sentence of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from markupsafe import Markup, escape

from jisr.core.i18n.cldr_overrides import CLDR_PATCHES
from jisr.core.i18n.languages import Language, babel_locale
from jisr.core.i18n.punctuation import NO_BREAK_SPACE

_WAW = "و"  # "and", which Arabic joins to the next word, but not to one in Latin letters
_LATIN_START = re.compile(r"(?:<[^>]*>|[^\w<])*[A-Za-z\u00c0-\u024f]")
_MARK_REMOVAL = dict.fromkeys((0x200E, 0x200F))


def format_list(items: Iterable[str], language: Language) -> str:
    r"""Return items as a list with the commas and the conjunction of a language.

    The result is Markup if an item is Markup, with all others escaped; else a plain string.
    The rule is https://www.unicode.org/reports/tr35/tr35-general.html#ListPatterns

    >>> from jisr.core.i18n.languages import build_languages
    >>> ckb, ar = build_languages(["ckb", "ar"])
    >>> format_list(["هەولێر", "سلێمانی", "دهۆک"], ckb)
    'هەولێر، سلێمانی و دهۆک'
    >>> format_list(["بغداد", "أربيل"], ar)
    'بغداد وأربيل'
    >>> format_list(["RSS", Markup("<bdi>Atom</bdi>")], ar)
    Markup('RSS و\xa0<bdi>Atom</bdi>')
    >>> format_list([Markup("<b>بەغدا</b>"), "R&D"], ckb)
    Markup('<b>بەغدا</b> و R&amp;D')
    """
    texts = list(items)
    wrap = Markup if any(isinstance(text, Markup) for text in texts) else str
    if len(texts) < 2:
        return wrap(texts[0]) if texts else ""
    if wrap is Markup:
        texts = list(map(escape, texts))
    return wrap(_join_texts(texts, _list_patterns(language)))


def _join_texts(texts: Sequence[str], patterns: Mapping[str, str]) -> str:
    if len(texts) == 2:
        return _fill_pattern(patterns["2"], *texts)
    result = _fill_pattern(patterns["end"], *texts[-2:])
    for text in reversed(texts[1:-2]):
        result = _fill_pattern(patterns["middle"], text, result)
    return _fill_pattern(patterns["start"], texts[0], result)


def _fill_pattern(pattern: str, first: str, second: str) -> str:
    before, _, rest = pattern.partition("{0}")
    between, _, after = rest.partition("{1}")
    joint = f"{between}{NO_BREAK_SPACE}" if between.endswith(_WAW) and _LATIN_START.match(second) else between
    return "".join((before, first, joint, second, after))


@cache
def _list_patterns(language: Language) -> dict[str, str]:
    """Return the patterns of start, middle, end and of two items, without the direction marks that some have in CLDR."""
    locale = babel_locale(language)
    patch = CLDR_PATCHES.get(locale.language)
    if patch and patch.conjunction:
        comma, last = f"{{0}}{patch.comma}{{1}}", f"{{0}}{patch.conjunction}{{1}}"
        return {"start": comma, "middle": comma, "end": last, "2": last}
    return {name: pattern.translate(_MARK_REMOVAL) for name, pattern in locale.list_patterns["standard"].items()}
