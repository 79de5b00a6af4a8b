"""A translation that is not finished: what check, status and PO files say of it, and how it is finished in steps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.editing.conftest import WATER, Office, change

ORIGINAL = """---
title: الهواء للجميع
date: 2026-11-20
---
{body}
"""
PARTS = ["تمهيد قصير.", "## المطالب", "كلام {inline}عن الهواء.", "1. أوّل.", "2. ثانٍ.", "> اقتباس.", "خاتمة."]
COMMENTS = {
    "of inv new": ("<!-- اكتب النص هنا -->\n\n", "", "\n\n", "\n"),
    "of several lines": ("<!-- سطر\n\nوسطر آخر -->\n\n", "", "\n\n", "\n"),
    "within a paragraph": ("", "<!-- هنا -->", "\n\n", "\n"),
    "between all parts": ("", "", "\n\n<!-- بين -->\n\n", "\n"),
    "below the number of an item": ("", "", "\n\n", "\n   <!-- ملاحظة -->\n"),
    "empty": ("<!---->\n\n", "<!-- -->", "\n\n", "\n"),
    "with dashes": ("<!-- a - - b -->\n\n<!--\n-->\n\n", "", "\n\n", "\n"),
    "left open": ("", "", "\n\n", "\n"),
}


def original(name: str) -> str:
    """Return an original with comments of a shape."""
    before, inline, between, items = COMMENTS[name]
    parts = [part.format(inline=inline) for part in PARTS]
    body = between.join([*parts[:3], items.join(parts[3:5]), *parts[5:]])
    return ORIGINAL.format(body=before + body + ("\n\n<!-- بلا نهاية" if name == "left open" else ""))


def fill(file: Path, numbers: slice) -> None:
    """Translate some entries of a PO file."""
    head, *entries = file.read_text("utf-8").split("\n\n")
    for number, entry in list(enumerate(entries))[numbers]:
        entries[number] = re.sub(r'msgstr ".*"', f'msgstr "Words {number}."', entry)
    file.write_text("\n\n".join([head, *entries]) + "\n", "utf-8")


@pytest.mark.parametrize("name", COMMENTS)
def test_a_file_is_merged_as_often_as_it_is_sent(office: Office, name: str) -> None:
    """Comments of the original, and comments that the translator adds meanwhile, hinder no later merge and are not lost."""
    office.file(f"{WATER}/index.ar.md").write_text(original(name), "utf-8")
    office.file(f"{WATER}/index.ckb.md").unlink()
    made = Path(office.done("po", WATER, "kmr").strip())
    twin = office.file(f"{WATER}/index.kmr.md")
    fill(made, slice(3))
    office.done("merge", made.name)
    change(twin, "\n---\n\n", "\n---\n\n<!-- têbînî -->\n\n")
    fill(made, slice(3, None))
    said = office.done("merge", made.name)

    text = twin.read_text("utf-8")
    assert all(f"Words {number}." in text for number in range(len(PARTS) + 1))
    assert "<!-- têbînî -->" in text
    assert not any(part.rpartition(" ")[2] in re.sub(r"<!--.*?(-->|\Z)", "", text, flags=re.DOTALL) for part in PARTS[:2])
    assert "Every part is translated. Take the line status: draft out" in said
    assert "Still the title" not in text


TABLE = """---
title: {title}
date: 2026-11-20
---
{head} words.

| a | b |
|---|---|
| {cells} |
"""


def test_an_empty_row_is_not_offered_as_done(office: Office) -> None:
    """A row without words, and a title that is still that of the original, are empty entries; half a row is fuzzy."""
    text = TABLE.format(title="هواء", head="أوّل", cells="نعم | لا").replace("a | b", "أ | ب")
    office.file(f"{WATER}/index.ar.md").write_text(text, "utf-8")
    twin = text.replace("date: 2026-11-20", "translation: {of: ar}").replace("نعم | لا", " | ").replace("أ | ب", "ئا | ")
    office.file(f"{WATER}/index.ckb.md").write_text(twin, "utf-8")
    entries = Path(office.done("po", WATER, "ckb").strip()).read_text("utf-8").split("\n\n")[1:]

    assert [one.rpartition("msgstr ")[2].strip() for one in entries] == ['""', '"أوّل words."', '"| ئا |  |"', '""']
    assert ["fuzzy" in one for one in entries] == [False, False, True, False]


def test_a_row_that_is_not_translated_yet_is_empty(office: Office) -> None:
    """A new translation has the rows of the original without their words, but for rows of numbers; the check tells it."""
    text = TABLE.format(title="هواء", head="أوّل", cells="1 | 2").replace("a | b", "أ | ب")
    office.file(f"{WATER}/index.ar.md").write_text(text, "utf-8")
    made = Path(office.done("po", WATER, "fr").strip())
    fill(made, slice(2))
    office.done("merge", made.name)
    twin = office.file(f"{WATER}/index.fr.md")
    assert twin.read_text("utf-8").endswith("\n\nWords 1.\n\n|  |  |\n|---|---|\n| 1 | 2 |\n")
    change(twin, "status: draft\n", "")

    assert "warning[unfinished]" in office.place.command("check").stderr
    assert office.standing()["fr"]["state"] == "unfinished"
    assert "unfinished" in office.done("status")


def test_comments_within_a_changed_block_stay(office: Office) -> None:
    """A comment of the translator inside a paragraph stays when the paragraph is translated anew."""
    twin = office.file(f"{WATER}/index.ckb.md")
    change(twin, "هیچ بەنداوێک", "هیچ <!-- بپرسە --> بەنداوێک")
    made = Path(office.done("po", WATER, "ckb").strip())
    fill(made, slice(1, 2))
    office.done("merge", made.name)

    assert "1. Words 1. <!-- بپرسە -->\n2. " in twin.read_text("utf-8")


OLD_IDS = '\n#, fuzzy\n#~| msgctxt "item"\n#~| msgid ""\n#~| "Old.\\n"\n#~ msgid "New."\n#~ msgstr "x"\n'


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_old_ids_are_read(office: Office, newline: str) -> None:
    """What ``msgmerge --previous`` keeps of the words before a change is passed over, also in entries that are no more."""
    made = Path(office.done("po", WATER, "ckb").strip())
    text = made.read_text("utf-8").replace("msgctxt", '#| msgid "Before."\nmsgctxt', 1) + OLD_IDS
    made.write_bytes(text.replace("\n", newline).encode())

    office.done("merge", made.name)


@pytest.mark.parametrize("line", ['msgstr "no end', "msgstring", 'msgid "a "quote" inside"'])
def test_a_line_that_cannot_be_read_is_named(office: Office, line: str) -> None:
    """The message has the number and the words of the line; nothing is cut in silence."""
    made = Path(office.done("po", WATER, "ckb").strip())
    text = made.read_text("utf-8")
    made.write_text(f"{text}\n{line}\n", "utf-8")

    assert f'{made.name}:{text.count(chr(10)) + 2}:1: error[po]: "{line}" cannot be read' in office.refused("merge", made.name)


NAMES = [f"{WATER}/", f"content/{WATER}", f"./content/{WATER}/index.ckb.md"]


@pytest.mark.parametrize("name", NAMES)
def test_status_of_one_text(office: Office, name: str) -> None:
    """A text may be named as kind/id, by its folder or file; the table is of that text alone."""
    said = office.done("status", name, "--lang", "ckb")

    assert WATER in said
    assert "pages/about" not in said


@pytest.mark.process  # git is a program
def test_status_of_one_text_ends_as_that_of_all(office: Office) -> None:
    """The exit code is 1 where a version of this text is stale, and the changes are above the table."""
    office.done("translate", WATER, "ckb", "--pin")
    change(office.file(f"{WATER}/index.ar.md"), "للجميع", "لكل الناس")

    assert "warning[stale]" in office.refused("status", WATER)
    assert "stale" not in office.done("status", "pages/about").replace("0 stale", "")
    assert office.inv("status", "--diff", WATER).stdout.startswith(f"content/{WATER}/index.ckb.md: ")
    assert 'error[path]: "2026-wate" is no text' in office.refused("status", "statements/2026-wate")
