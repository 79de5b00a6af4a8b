"""What readers of a translation see when its original has changed; test_day.py has the day of an editor around it."""

from __future__ import annotations

import pytest

from pelicanconf import LANGUAGES
from tests.editing.conftest import WATER, Office, change

NOTES = {
    "en": ("The original changed on 1 December 2026:", "1 of 5 paragraphs"),
    "ar": ("تغيّر الأصل في 1 كانون الأول 2026", "فقرة واحدة من 5"),
    "ckb": ("دەقە ڕەسەنەکە لە 1ی کانوونی یەکەمی 2026 گۆڕاوە", "1 پەرەگراف لە 5"),
    "kmr": ("Nivîsa resen di", "1 paragraf ji 5"),
    "fr": ("L’original a changé le 1er décembre 2026", "1 paragraphe sur 5"),
}


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
    page = office.page("ckb")
    (note,) = page.css(".notice .lag")

    assert len(page.css(".notice a")) == 1  # the original is linked once
    assert "دوای ئەم وەرگێڕانە گۆڕاوە" in note.text()
    assert not note.css("time")
