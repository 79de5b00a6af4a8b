"""From what a browser printed to the file: shapes, the words over them as text, links, a title and a language, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from jisr.outputs.pdf.chromium import PrintedPage
from jisr.outputs.pdf.text_layer import Chunk, PrintedWord, content_stream, distinct_letters, order_page_text

LETTERS_PER_FONT = 255  # letters of a font: a byte each


def assemble_pdf(printed: PrintedPage) -> bytes:
    """Return a PDF whose pages look as printed and whose text reads as it was written; the same bytes each time."""
    pymupdf: Any = import_module("pymupdf")  # it states no types

    source, made = pymupdf.open("pdf", printed.pdf), pymupdf.open()
    by_page: dict[int, list[PrintedWord]] = {}
    for word in printed.words:
        by_page.setdefault(word.page, []).append(word)
    for number, page in enumerate(source):
        drawn = pymupdf.open("svg", page.get_svg_image(text_as_path=True).encode())
        made.insert_pdf(pymupdf.open("pdf", drawn.convert_to_pdf()))
        found = order_page_text(by_page.get(number, []), printed.rtl)
        _add_text_layer(made, made[number], found)
        for link in page.get_links():
            if link.get("uri"):
                made[number].insert_link({"kind": pymupdf.LINK_URI, "from": link["from"], "uri": link["uri"]})
    made.set_metadata({"title": printed.title, "creator": "Jisr", "producer": "", "creationDate": "", "modDate": ""})
    made.set_language(printed.language)
    data: bytes = made.tobytes(garbage=4, deflate=True, no_new_id=True)
    return data


def _add_text_layer(made: Any, page: Any, found: Sequence[Chunk]) -> None:
    """Put the words over a page, in fonts whose letters draw nothing (PDF 32000-1, 9.6.5)."""
    letters = distinct_letters(found)
    fonts = [letters[at : at + LETTERS_PER_FONT] for at in range(0, len(letters), LETTERS_PER_FONT)]
    codes = {letter: (number, code) for number, some in enumerate(fonts) for code, letter in enumerate(some, 1)}
    for number, some in enumerate(fonts):
        made.xref_set_key(page.xref, f"Resources/Font/T{number}", f"{_add_font(made, some)} 0 R")
    over = made.get_new_xref()
    made.update_object(over, "<<>>")
    made.update_stream(over, content_stream(found, codes, page.rect.height).encode("ascii"))
    before = " ".join(f"{xref} 0 R" for xref in page.get_contents())
    made.xref_set_key(page.xref, "Contents", f"[{before} {over} 0 R]")


def _add_font(made: Any, letters: str) -> int:
    drawing, names = made.get_new_xref(), made.get_new_xref()
    made.update_object(drawing, "<<>>")
    made.update_stream(drawing, b"500 0 d0")
    made.update_object(names, "<<>>")
    made.update_stream(names, _to_unicode_map(letters).encode("ascii"))
    codes = range(1, len(letters) + 1)
    procedures = "".join(f"/c{code} {drawing} 0 R" for code in codes)
    differences = "1 " + "".join(f"/c{code}" for code in codes)
    font = made.get_new_xref()
    made.update_object(
        font,
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 500 1000]/FontMatrix[.001 0 0 .001 0 0]/Resources<<>>"
        f"/FirstChar 1/LastChar {len(letters)}/Widths[{' '.join(['500'] * len(letters))}]"
        f"/CharProcs<<{procedures}>>/Encoding<</Type/Encoding/Differences[{differences}]>>/ToUnicode {names} 0 R>>",
    )
    return int(font)


def _to_unicode_map(letters: str) -> str:
    """Return which letter each code means (PDF 32000-1, 9.10.3)."""
    pairs = [f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for code, letter in enumerate(letters, 1)]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    mapped = "\n".join(f"{len(some)} beginbfchar\n" + "\n".join(some) + "\nendbfchar" for some in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Jisr def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{mapped}\nendcmap\nend\nend"
    )
