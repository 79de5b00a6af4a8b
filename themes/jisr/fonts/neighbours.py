"""Writes neighbours.json: how wide the letters of a script are in fonts that readers have, for the fonts of a site's own.

Install fonttools and brotli, and run

    python neighbours.py FOLDER_WITH_THESE_FONTS

They are Arimo (as wide as Arial), DejaVu Sans, and the Noto Sans of each script. A width is the mean of the letters of the
script, in em.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools import unicodedata
from fontTools.ttLib import TTFont

from jisr.content.settings.look.font_files import read_facts, select_letters

HERE = Path(__file__).parent
LEAST_LETTERS = 20
ARIAL = ("Arial as Vazirmatn", "Arimo", ("Arial", "ArialMT", "Liberation Sans", "Arimo"), ("Arial Bold", "Arial-BoldMT"))
DEJAVU = ("DejaVu as Vazirmatn", "DejaVuSans", ("DejaVu Sans",), ("DejaVu Sans Bold",))
NOTO = {"Hebr": "Hebrew", "Armn": "Armenian", "Geor": "Georgian", "Deva": "Devanagari", "Syrc": "Syriac", "Ethi": "Ethiopic"}


def neighbours(folder: Path, script: str) -> list[dict[str, object]]:
    """Return the fonts that have the letters of a script, with the width of these."""
    noto = f"Noto Sans {NOTO[script]}" if script in NOTO else ""
    candidates = [ARIAL, DEJAVU, ("Noto as Vazirmatn", noto.replace(" ", ""), (noto, f"{noto} Regular"), (f"{noto} Bold",))]
    found: list[dict[str, object]] = []
    for family, stem, regular, bold in candidates if noto else candidates[:2]:
        file = next(
            iter(sorted(one for one in folder.rglob(f"{stem}*") if one.stem in (stem, f"{stem}-Regular", f"{stem}[wght]")))
        )
        facts = read_facts(TTFont(file))
        letters = select_letters(facts.letters, script)
        if sum(unicodedata.script(chr(letter)) == script for letter in letters) >= LEAST_LETTERS:
            font = TTFont(file)
            for table in font["cmap"].tables:
                table.cmap = {letter: name for letter, name in table.cmap.items() if letter in letters}
            width = round(read_facts(font).width, 4)
            found.append({"family": family, "regular": regular, "bold": bold, "width": width})
    return found


def main(folder: Path) -> None:
    """Write the file."""
    table = {script: neighbours(folder, script) for script in (*NOTO, "Cyrl", "Grek")}
    (HERE / "neighbours.json").write_text(json.dumps(table, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
