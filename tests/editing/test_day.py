"""An editor's day: a statement, its translations, a change, the note for readers, the translation mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from pelicanconf import LANGUAGES
from tests.editing.conftest import WATER, Office, change

RIGHTS = "statements/2026-rights"
NOTES = {
    "en": ("The original changed on 1 December 2026:", "1 of 5 paragraphs"),
    "ar": ("تغيّر الأصل في 1 كانون الأول 2026", "فقرة واحدة من 5"),
    "ckb": ("دەقە ڕەسەنەکە لە 1ی کانوونی یەکەمی 2026 گۆڕاوە", "1 پەرەگراف لە 5"),
    "kmr": ("Nivîsa resen di", "1 paragraf ji 5"),
    "fr": ("L’original a changé le 1er décembre 2026", "1 paragraphe sur 5"),
}


def test_the_day_of_an_editor(outside: Office) -> None:
    """From a new statement in Arabic to a mended translation: status and board name it, readers see the note, then it goes."""
    outside.done("new", "statement", "2026-rights", "--lang", "ar", "--title", "حقوق الناس")
    original = outside.file(f"{RIGHTS}/index.ar.md")
    original.write_text(original.read_text("utf-8") + "\nنطالب بما يلي:\n\n1. الماء للجميع.\n2. الهواء للجميع.\n", "utf-8")
    for tag, title in (("ckb", "مافی خەڵک"), ("en", "The rights of people")):
        outside.done("translate", RIGHTS, tag, "--title", title, "--by", "Shno")
        change(outside.file(f"{RIGHTS}/index.{tag}.md"), "status: draft\n", "")
    outside.check()
    assert not outside.page("ckb", RIGHTS).css(".lag")

    change(original, "2. الهواء للجميع.", "2. الهواء النقي للجميع.")
    change(original, "#modified: ", "modified: ")
    said = outside.refused("status")
    assert [line.split(": ")[0] for line in said.splitlines()] == [f"content/{RIGHTS}/index.ar.md:{line_of(original)}:1"] * 2
    assert all(f'warning[stale]: "الهواء النقي للجميع." changed after "{tag}"' in said for tag in ("en", "ckb"))

    (note,) = outside.page("ckb", RIGHTS).css(".notice .lag")
    assert note.css("a")[0].attributes["href"] == "../../../ar/statements/2026-rights/"
    assert "1 پەرەگراف لە 4" in note.text()
    assert outside.to_mend() == {"en": 1, "ar": 0, "ckb": 1, "kmr": 0, "fr": 0}

    for tag in ("ckb", "en"):
        outside.done("translate", f"content/{RIGHTS}", tag, "--pin")
    assert "stale" not in outside.done("status").replace("0 stale", "")
    assert not outside.page("ckb", RIGHTS).css(".lag")
    assert set(outside.to_mend().values()) == {0}
    outside.check()


def line_of(file: Path) -> int:
    """Give the line of the block that was changed."""
    lines = file.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if "الهواء" in line)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_readers_of_a_stale_translation_get_a_note_in_their_language(office: Office, tag: str) -> None:
    """The note says since when and how much, and leads to the original; it is in the language of the page."""
    source = "fr" if tag == "ar" else "ar"
    if tag == "ar":  # then French is the original
        office.file(f"{WATER}/index.ckb.md").unlink()
        office.file(f"{WATER}/index.ar.md").rename(office.file(f"{WATER}/index.fr.md"))
    original = office.file(f"{WATER}/index.{source}.md")
    change(original, "date: 2026-11-20\n", "date: 2026-11-20\nsummary: خلاصة\nmodified: 2026-12-01\n")
    if tag == "ckb":
        office.done("translate", WATER, tag, "--pin")
    else:
        office.done("translate", WATER, tag)
        change(office.file(f"{WATER}/index.{tag}.md"), "status: draft\n", "")
    change(original, "للجميع", "لكل الناس")
    (note,) = office.page(tag).css(".notice .lag")
    said = " ".join(note.text().split()).replace("\u00a0", " ")

    assert all(part in said for part in NOTES[tag]), said
    assert note.css("time")[0].attributes["datetime"] == "2026-12-01"
    assert note.css("a")[0].attributes["hreflang"] == source


def test_a_note_needs_no_day(office: Office) -> None:
    """Where the original says no day of a change, the note says that it changed."""
    office.done("translate", WATER, "ckb", "--pin")
    change(office.file(f"{WATER}/index.ar.md"), "للجميع", "لكل الناس")
    (note,) = office.page("ckb").css(".notice .lag")

    assert "دوای ئەم وەرگێڕانە گۆڕاوە" in note.text()
    assert not note.css("time")
