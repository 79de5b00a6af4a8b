"""Assembly of the PDF: shapes, a text layer over them, links, title and language, without the time of the build."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from jisr.outputs.pdf.chromium import PrintedPage
from jisr.outputs.pdf.text_layer import Chunk, PrintedWord, content_stream, distinct_letters, order_page_text

LETTERS_PER_FONT = 255  # the codes of a font are single bytes


def assemble_pdf(printed: PrintedPage) -> bytes:
    """Return a PDF with pages as printed and with text in logical order; the same page gives the same bytes."""
    pymupdf: Any = import_module("pymupdf")  # it has no type stubs

    source, pdf = pymupdf.open("pdf", printed.pdf), pymupdf.open()
    by_page: dict[int, list[PrintedWord]] = {}
    for word in printed.words:
        by_page.setdefault(word.page, []).append(word)
    for number, page in enumerate(source):
        svg = pymupdf.open("svg", page.get_svg_image(text_as_path=True).encode())
        pdf.insert_pdf(pymupdf.open("pdf", svg.convert_to_pdf()))
        chunks = order_page_text(by_page.get(number, []), printed.rtl)
        _add_text_layer(pdf, pdf[number], chunks)
        for link in page.get_links():
            if link.get("uri"):
                pdf[number].insert_link({"kind": pymupdf.LINK_URI, "from": link["from"], "uri": link["uri"]})
    pdf.set_metadata({"title": printed.title, "creator": "Jisr", "producer": "", "creationDate": "", "modDate": ""})
    pdf.set_language(printed.language)
    data: bytes = pdf.tobytes(garbage=4, deflate=True, no_new_id=True)
    return data


def _add_text_layer(pdf: Any, page: Any, chunks: Sequence[Chunk]) -> None:
    """Add the words over a page, in Type 3 fonts with empty glyphs (PDF 32000-1, 9.6.5)."""
    letters = distinct_letters(chunks)
    fonts = [letters[at : at + LETTERS_PER_FONT] for at in range(0, len(letters), LETTERS_PER_FONT)]
    codes = {letter: (number, code) for number, font in enumerate(fonts) for code, letter in enumerate(font, 1)}
    for number, font in enumerate(fonts):
        pdf.xref_set_key(page.xref, f"Resources/Font/T{number}", f"{_add_font(pdf, font)} 0 R")
    layer = pdf.get_new_xref()
    pdf.update_object(layer, "<<>>")
    pdf.update_stream(layer, content_stream(chunks, codes, page.rect.height).encode("ascii"))
    before = " ".join(f"{xref} 0 R" for xref in page.get_contents())
    pdf.xref_set_key(page.xref, "Contents", f"[{before} {layer} 0 R]")


def _add_font(pdf: Any, letters: str) -> int:
    glyph, names = pdf.get_new_xref(), pdf.get_new_xref()
    pdf.update_object(glyph, "<<>>")
    pdf.update_stream(glyph, b"500 0 d0")
    pdf.update_object(names, "<<>>")
    pdf.update_stream(names, _to_unicode_map(letters).encode("ascii"))
    codes = range(1, len(letters) + 1)
    procedures = "".join(f"/c{code} {glyph} 0 R" for code in codes)
    differences = "1 " + "".join(f"/c{code}" for code in codes)
    font = pdf.get_new_xref()
    pdf.update_object(
        font,
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 500 1000]/FontMatrix[.001 0 0 .001 0 0]/Resources<<>>"
        f"/FirstChar 1/LastChar {len(letters)}/Widths[{' '.join(['500'] * len(letters))}]"
        f"/CharProcs<<{procedures}>>/Encoding<</Type/Encoding/Differences[{differences}]>>/ToUnicode {names} 0 R>>",
    )
    return int(font)


def _to_unicode_map(letters: str) -> str:
    """Return the ToUnicode CMap of the letters of a font (PDF 32000-1, 9.10.3)."""
    pairs = [f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for code, letter in enumerate(letters, 1)]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    mapping = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Jisr def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{mapping}\nendcmap\nend\nend"
    )
