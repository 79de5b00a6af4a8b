"""Fonts as files: the letters of a script taken out of one for pages, and joined with those of the theme for cards.

fontTools does all of it (extra ``fonts``). It is imported where a site states fonts, and nowhere else.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from unicodedata import decomposition

from jisr.core.frozen import dataclass

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

REGULAR, BOLD = 400, 700
_JOINERS = frozenset({0x200C, 0x200D})
_ARABIC_FORMS = (range(0xFB50, 0xFE00), range(0xFE70, 0xFF00))  # texts have letters, of which a font makes its forms
_SCRIPTS = {
    "Aran": ("Arab",),
    "Hans": ("Hani", "Bopo"),
    "Hant": ("Hani", "Bopo"),
    "Jpan": ("Hani", "Hira", "Kana"),
    "Kore": ("Hang",),
}
_RESTRICTED = 0x0002  # OS/2.fsType: no embedding without leave (https://learn.microsoft.com/typography/opentype/spec/os2)
_KEPT_NAMES = (0, 1, 2, 13, 14)  # copyright, names, licence
# A program that does nothing: themes/jisr/fonts/subset.py says what FreeType does without one.
_NO_HINTING = ["PUSHB[ ]", "0", "POP[ ]"] * 3


class FontError(ValueError):
    """A file that is no font, or one that cannot be used."""


@dataclass(frozen=True, slots=True)
class FontFacts:
    """What is known of a font: its letters, heights above and below the line and mean width of a letter in em, its weights."""

    letters: frozenset[int]
    ascent: float
    descent: float
    width: float
    weights: tuple[int, int]
    may_be_embedded: bool


def script_names(script: str) -> tuple[str, ...]:
    """Return the scripts of Unicode whose letters a script of ISO 15924 has: Japanese has three."""
    return _SCRIPTS.get(script, (script,))


def open_font(data: bytes) -> TTFont:
    """Return a font. Raises FontError for what is none, and ImportError without fontTools."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        font = TTFont(io.BytesIO(data), recalcTimestamp=False)
        if "cmap" not in font or not font.getBestCmap():
            raise FontError
        return font
    except (TTLibError, AssertionError, KeyError, ValueError, TypeError, EOFError, OSError) as error:
        raise FontError(str(error)) from None


def read_facts(font: TTFont) -> FontFacts:
    """Return what is known of a font."""
    em = font["head"].unitsPerEm
    cmap, advances = font.getBestCmap(), font["hmtx"].metrics
    # Without those that Unicode has for older sets of characters, as the Hebrew ones with points.
    plain = (name for letter, name in cmap.items() if chr(letter).isalpha() and not decomposition(chr(letter)))
    widths = [advances[name][0] for name in plain if advances[name][0]]
    weight = font["OS/2"].usWeightClass if "OS/2" in font else REGULAR
    axis = next((one for one in font["fvar"].axes if one.axisTag == "wght"), None) if "fvar" in font else None
    weights = (int(axis.minValue), int(axis.maxValue)) if axis else (weight, weight)
    allowed = not ("OS/2" in font and font["OS/2"].fsType & 0x000F == _RESTRICTED)
    width = sum(widths) / len(widths) / em if widths else 0.0
    return FontFacts(frozenset(cmap), font["hhea"].ascent / em, -font["hhea"].descent / em, width, weights, allowed)


def select_letters(letters: Iterable[int], script: str) -> frozenset[int]:
    """Return those of some characters that a script has: its letters, and marks and digits that it shares with others."""
    from fontTools import unicodedata

    scripts = script_names(script)

    def belongs(letter: int) -> bool:
        own = unicodedata.script(chr(letter))
        if own in scripts:
            return not any(letter in forms for forms in _ARABIC_FORMS)
        return own in ("Zyyy", "Zinh") and not unicodedata.script_extension(chr(letter)).isdisjoint(scripts)

    found = frozenset(filter(belongs, letters))
    return found | (_JOINERS & frozenset(letters)) if found and script not in ("Latn", "Cyrl", "Grek") else found


def format_ranges(letters: Collection[int], script: str) -> str:
    """Return characters as a unicode-range of CSS; gaps between them that have no letters of another script are closed.

    What a script shares with Latin or Arabic, as a comma, and what is not seen, is left to the font that stands around it: a
    page in those would load this one for it.
    """
    from fontTools import unicodedata

    scripts = {*script_names(script), "Zzzz"}
    others = {"Latn", "Arab"} - scripts
    ranges: list[list[int]] = []
    for letter in sorted(frozenset(letters) - _JOINERS):
        if not others.isdisjoint(unicodedata.script_extension(chr(letter))):
            continue
        gap = range(ranges[-1][1] + 1, letter) if ranges else range(0)
        if ranges and len(gap) <= 256 and all(unicodedata.script(chr(one)) in scripts for one in gap):
            ranges[-1][1] = letter
        else:
            ranges.append([letter, letter])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in ranges)


def make_web_font(data: bytes, letters: Collection[int]) -> bytes:
    """Return some letters of a font as WOFF2, of one with weights those from regular to bold."""
    font = _take_letters(open_font(data), letters)
    return _save(_limit_weights(font, REGULAR, BOLD), "woff2")


def make_card_font(data: bytes, weight: int, letters: Collection[int], of_theme: bytes) -> bytes:
    """Return a font for cards: some letters of one at a weight, with all others of the font that the theme has for that."""
    font = _limit_weights(_take_letters(open_font(data), letters), weight, weight)
    rest = open_font(of_theme)
    others = _take_letters(rest, frozenset(rest.getBestCmap()) - frozenset(font.getBestCmap()))
    merged = _merge(font, others) if "glyf" in font else font
    return _save(_without_hinting(merged) if "glyf" in merged else merged, None)


def _take_letters(font: TTFont, letters: Collection[int]) -> TTFont:
    from fontTools.subset import Options, Subsetter

    options = Options(hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.layout_features = [*options.layout_features, "tnum"]
    options.name_IDs = list(_KEPT_NAMES)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    return font


def _limit_weights(font: TTFont, least: int, most: int) -> TTFont:
    """Return a font with the weights between two, all other axes at what is usual."""
    from fontTools.varLib.instancer import instantiateVariableFont

    if "fvar" not in font:
        return font
    limits: dict[str, Any] = {}
    for axis in font["fvar"].axes:
        first, last = (min(max(weight, axis.minValue), axis.maxValue) for weight in (least, most))
        limits[axis.axisTag] = axis.defaultValue if axis.axisTag != "wght" else first if first == last else (first, last)
    return instantiateVariableFont(font, limits)


def _merge(font: TTFont, others: TTFont) -> TTFont:
    """Return two fonts as one, the second in the units of the first."""
    import tempfile
    from pathlib import Path

    from fontTools.merge import Merger
    from fontTools.ttLib.scaleUpem import scale_upem

    scale_upem(others, font["head"].unitsPerEm)
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder, name)) for name in ("own.ttf", "theme.ttf")]
        for one, file in zip((font, others), files, strict=True):
            for table in ("STAT", "DSIG", "meta"):
                with suppress(KeyError):
                    del one[table]
            one.flavor = None
            one.save(file)
        merged = Merger().merge(files)
    merged["head"].created = merged["head"].modified = font["head"].modified  # the same file whenever it is made
    merged.recalcTimestamp = False
    return merged


def _without_hinting(font: TTFont) -> TTFont:
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables.ttProgram import Program

    font["prep"] = newTable("prep")
    font["prep"].program = Program()
    font["prep"].program.fromAssembly(_NO_HINTING)
    return font


def _save(font: TTFont, flavor: str | None) -> bytes:
    font.flavor = flavor
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()
