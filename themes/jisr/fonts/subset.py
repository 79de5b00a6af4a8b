"""Makes the font files of this folder from the fonts of Vazirmatn.

Download Vazirmatn 33 (https://github.com/rastikerdar/vazirmatn), install fonttools and brotli, and run

    python subset.py FOLDER_WITH_Vazirmatn-Regular.ttf_AND_Vazirmatn[wght].ttf

Pages have one file a script, which holds both weights: two files of each weight and script would weigh a seventh more.

The Arabic files hold what Arabic, Sorani, Persian and Urdu need; the Latin ones English, French and Kurmanji, and digits.
Those for cards hold both, the Latin letters as large as the style sheet makes them: a line of a card has one font.
Those called ``more`` hold all letters of Vazirmatn, for sites in other languages: the Arabic one in place of the other, since a
word has one font; the Latin one what the other has not.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter, load_font, save_font
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables.ttProgram import Program
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
WEIGHTS = {"Regular": 400, "Bold": 700}
LATIN_SIZE = 0.94  # size-adjust in static/css/fonts.css
# A program that does nothing. FreeType fits outlines of a font that has none, or one of up to 7 bytes, to the grid of pixels by
# rules of its own, which takes as long as to draw them; most browsers do not.
NO_HINTING = ["PUSHB[ ]", "0", "POP[ ]"] * 3
ARABIC = (
    "\u060c\u061b\u061f\u0640\u066a\u066b\u066c\u06d4\u200c\u200d"  # comma, semicolon, question mark, tatweel, joiners
    "\u0621\u0622\u0623\u0624\u0625\u0626\u0627\u0628\u0629\u062a\u062b\u062c\u062d\u062e\u062f\u0630\u0631\u0632"
    "\u0633\u0634\u0635\u0636\u0637\u0638\u0639\u063a\u0641\u0642\u0643\u0644\u0645\u0646\u0647\u0648\u0649\u064a"
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"  # short vowels
    "\u067e\u0686\u0692\u0695\u0698\u06a4\u06a9\u06af\u06b5\u06be\u06c0\u06c6\u06c7\u06c9\u06cc\u06ce\u06d5"  # Kurdish, Persian
    "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669"
    "\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9"
)
LATIN = "".join(
    [
        *map(chr, range(0x20, 0x7F)),
        *map(chr, range(0xA0, 0x100)),
        "\u0152\u0153\u0178\u0130\u0131\u015e\u015f\u011e\u011f\u0160\u0161\u017d\u017e\u0106\u0107\u010c\u010d",
        "\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2020\u2022\u2026\u202f\u2039\u203a\u20ac\u2192\u2212",
    ]
)
FEATURES = ["calt", "ccmp", "curs", "fina", "init", "isol", "kern", "liga", "locl", "mark", "medi", "mkmk", "rlig", "tnum"]


def subset(source: Path, letters: str, target: Path) -> None:
    """Write the letters of a font as WOFF2."""
    options = Options(flavor="woff2", layout_features=FEATURES, hinting=False, desubroutinize=True, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 13, 14]  # names and the licence
    font = load_font(str(source), options)
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    save_font(font, str(target), options)


def both(arabic: Path, latin: Path, target: Path) -> None:
    """Write the letters of two fonts as one, the Latin ones at their size."""
    with tempfile.TemporaryDirectory() as place:
        parts = [Path(place, "arabic.ttf"), Path(place, "latin.ttf")]
        for source, part, size in zip((arabic, latin), parts, (1.0, LATIN_SIZE), strict=True):
            font = TTFont(source)
            em = font["head"].unitsPerEm
            scale_upem(font, round(em * size))
            font["head"].unitsPerEm = em
            font.flavor = None
            font.save(part)
        merged = Merger().merge([str(part) for part in parts])
        merged["prep"] = newTable("prep")
        merged["prep"].program = Program()
        merged["prep"].program.fromAssembly(NO_HINTING)
        merged["head"].created = merged["head"].modified = TTFont(arabic)["head"].modified  # the same file whenever it is made
        merged.flavor = "woff2"
        merged.recalcTimestamp = False
        merged.save(target)


def all_letters(font: Path, *ranges: range) -> str:
    """Return the letters of a font that lie in some ranges."""
    letters = TTFont(font).getBestCmap()
    return "".join(chr(letter) for letter in sorted(letters) if any(letter in one for one in ranges))


def main(folder: Path) -> None:
    """Write all files."""
    more_arabic = all_letters(folder / "Vazirmatn-Regular.ttf", range(0x600, 0x700), range(0x750, 0x780), range(0x200C, 0x200E))
    more_latin = all_letters(folder / "Vazirmatn-Regular.ttf", range(0x100, 0x250), range(0x1E00, 0x1F00))
    more_latin = "".join(sorted({*more_latin} - {*LATIN}))
    (HERE / "letters-more.txt").write_text("".join(sorted({*ARABIC, *LATIN, *more_arabic, *more_latin})) + "\n", "utf-8")
    (HERE / "letters.txt").write_text("".join(sorted({*ARABIC, *LATIN})) + "\n", "utf-8")
    scripts = {"arab": ARABIC, "latn": LATIN, "arab-more": more_arabic, "latn-more": more_latin}
    with tempfile.TemporaryDirectory() as place:
        variable = Path(place, "weights.ttf")
        instantiateVariableFont(
            TTFont(folder / "Vazirmatn[wght].ttf", recalcTimestamp=False), {"wght": tuple(WEIGHTS.values())}
        ).save(variable)
        files = [HERE / f"vazirmatn-{script}.woff2" for script in scripts]
        for file, letters in zip(files, scripts.values(), strict=True):
            subset(variable, letters, file)
        for name, weight in WEIGHTS.items():
            for ending, sets in (("", (ARABIC, LATIN)), ("-more", (ARABIC + more_arabic, LATIN + more_latin))):
                parts = [Path(place, f"{script}{ending}-{weight}.woff2") for script in ("arab", "latn")]
                for part, letters in zip(parts, sets, strict=True):
                    subset(folder / f"Vazirmatn-{name}.ttf", letters, part)
                files.append(HERE / f"vazirmatn-card{ending}-{weight}.woff2")
                both(*parts, files[-1])
    sys.stdout.writelines(f"{file.name}: {file.stat().st_size} bytes\n" for file in files)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
