"""A text as a PO file for translators, and back: nothing is lost, and what was not touched stays to the letter."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from hypothesis import given
from hypothesis import strategies as st

from jisr.core.translation.po_format import PoDocument, PoEntry, format_po, parse_po
from tests.conftest import ROOT
from tests.editing.conftest import WATER, Office, change

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30).filter(
    lambda text: text.strip() and text == "\n".join(text.splitlines())
)
RICH = """\
---
title: "Water: a right"   # a comment stays
translation: {of: ar, by: [Shno]}
cover: {file: x.jpg, alt: "A river"}
---

<!-- for editors -->
It was held
in *Erbil*.\\
On two lines.

## Demands {#demands}

1. No dams without
   talks.
    - a nested one
2. Data for all. [Programme](programme.pdf)

| a | b |
|---|--:|
| 1 | 2 |

```
code
```

> Quoted words.
"""


def catalogue(office: Office, tag: str) -> tuple[Path, Catalog]:
    """Write the PO file of the statement on water, and read it as other programs do."""
    file = office.place.folder / office.done("po", WATER, tag).strip()
    with file.open("rb") as opened:
        return file, read_po(opened)


def translated(file: Path, words: dict[str, str]) -> None:
    """Translate entries in a PO file, as a program does that writes the whole file anew."""
    text = file.read_text("utf-8")
    for original, translation in words.items():
        begin = text.index("msgstr", text.index(f'msgid "{original}"'))
        text = text[:begin] + f'msgstr "{translation}"' + text[text.index("\n", begin) :]
    file.write_text(text, "utf-8")


@given(st.lists(st.builds(PoEntry, WORDS, WORDS, WORDS), max_size=4, unique_by=lambda one: one.key))
def test_any_words_survive_the_file(entries: list[PoEntry]) -> None:
    """Quotes, line ends and letters of any script come back as they went."""
    sheet = PoDocument("statements/x/index.ar.md", "ckb", tuple(entries))

    assert parse_po(format_po(sheet).encode()) == sheet


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_no_change_leaves_every_byte(office: Office, newline: str) -> None:
    """Front matter, comments, lists, tables, code and line ends are as they were when nothing was translated."""
    for tag, text in (("en", RICH), ("ckb", office.file(f"{WATER}/index.ckb.md").read_text("utf-8"))):
        file = office.file(f"{WATER}/index.{tag}.md")
        file.write_bytes(text.replace('cover: {file: x.jpg, alt: "A river"}\n', "").replace("\n", newline).encode())
        before = file.read_bytes()
        made, _ = catalogue(office, tag)
        office.done("merge", made.name)
        assert file.read_bytes() == before


def test_a_text_of_the_sample_stays_as_it_is(office: Office) -> None:
    """Every translation of the sample's statements goes out and comes back."""
    for file in sorted((ROOT / "content" / "statements").glob("*/index.*.md")):
        copy = office.file(f"statements/{file.parent.name}/{file.name}")
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(file.read_bytes())
    made = 0
    for file in sorted(office.file("statements").glob("2*/index.*.md")):
        if "translation:" in file.read_text("utf-8"):
            before = file.read_bytes()
            name = office.inv("po", f"statements/{file.parent.name}", file.name.split(".")[1]).stdout.strip()
            assert office.inv("merge", name).returncode == 0
            assert file.read_bytes() == before
            made += 1
    assert made > 3


def test_a_translated_block_takes_its_place(office: Office) -> None:
    """One block reads otherwise, and nothing else: not its number, nor any other line."""
    file = office.file(f"{WATER}/index.ckb.md")
    before = file.read_text("utf-8")
    made, _ = catalogue(office, "ckb")
    translated(made, {"بيانات الأنهار للجميع.": "زانیاری بۆ هەمووان.", "الماء حقّ": "ئاو: مافی خەڵک"})
    office.done("merge", made.name)

    expected = before.replace("2. زانیاریی ڕووبارەکان بۆ هەمووان.", "2. زانیاری بۆ هەمووان.")
    assert file.read_text("utf-8") == expected.replace("title: ئاو مافە", 'title: "ئاو: مافی خەڵک"')


def test_a_new_translation_begins_with_what_is_translated(office: Office) -> None:
    """A draft is made with the lists of the original; what is not translated yet stands there as a comment, and can follow."""
    made, found = catalogue(office, "fr")
    assert [one.id for one in found if one.id] == [
        "الماء حقّ",
        "لا سدود بلا تشاور.",
        "بيانات الأنهار للجميع.",
        "[البرنامج](programme.pdf)",
    ]
    translated(made, {"الماء حقّ": "L’eau est un droit", "بيانات الأنهار للجميع.": "Les données pour tous."})
    office.done("merge", made.name)
    text = office.file(f"{WATER}/index.fr.md").read_text("utf-8")
    assert text.endswith(
        "1.\n   <!-- لا سدود بلا تشاور. -->\n2. Les données pour tous.\n\n<!-- [البرنامج](programme.pdf) -->\n"
    )
    assert 'title: "L’eau est un droit"' in text
    office.check()

    translated(made, {"لا سدود بلا تشاور.": "Pas de barrages.", "[البرنامج](programme.pdf)": "[Programme](programme.pdf)"})
    office.done("merge", made.name)
    text = office.file(f"{WATER}/index.fr.md").read_text("utf-8")
    assert text.endswith("1. Pas de barrages.\n2. Les données pour tous.\n\n[Programme](programme.pdf)\n")


def test_a_stale_block_is_fuzzy_until_it_is_mended(office: Office) -> None:
    """What changed in the original is marked for translators; when all is mended, the pin is that of today."""
    office.done("translate", WATER, "ckb", "--pin")
    change(office.file(f"{WATER}/index.ar.md"), "للجميع", "لكل الناس")
    made, found = catalogue(office, "ckb")
    assert [one.id for one in found if one.id and one.fuzzy] == ["بيانات الأنهار لكل الناس."]
    assert "fuzzy" in office.refused("merge", made.name)

    made.write_text(made.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    translated(made, {"[البرنامج](programme.pdf)": "[بەرنامە](programme.pdf)"})
    office.done("merge", made.name)
    assert office.standing()["ckb"]["state"] == "current"


REFUSED = [
    ("لا سدود بلا تشاور.", "یەک\\n\\n2. دوو", '"یەک 2. دوو" cannot take its place'),
]


@pytest.mark.parametrize(("original", "words", "said"), REFUSED)
def test_what_would_be_something_else_is_refused(office: Office, original: str, words: str, said: str) -> None:
    """A translation that would break a list is told, and nothing is written."""
    before = office.file(f"{WATER}/index.ckb.md").read_bytes()
    made, _ = catalogue(office, "ckb")
    translated(made, {original: words})

    assert said in office.refused("merge", made.name)
    assert office.file(f"{WATER}/index.ckb.md").read_bytes() == before


@pytest.mark.parametrize(
    "own", ["پێشەکییەکی خۆی.\n\n", "<!-- تێبینییەک -->\n\n", "```\nx\n```\n\n"], ids=["words", "comment", "code"]
)
def test_no_word_of_an_editor_is_lost(office: Office, own: str) -> None:
    """Where the translation has what the original has not, and lacks a block that is new, nothing is written over it."""
    file = office.file(f"{WATER}/index.ckb.md")
    change(file, "1. هیچ", f"{own}1. هیچ")
    change(office.file(f"{WATER}/index.ar.md"), "[البرنامج](programme.pdf)", "- [البرنامج](programme.pdf)")
    before = file.read_bytes()
    made, _ = catalogue(office, "ckb")
    translated(made, {"[البرنامج](programme.pdf)": "[بەرنامە](programme.pdf)"})

    assert "it would be lost" in office.refused("merge", made.name)
    assert file.read_bytes() == before


def test_fuzzy_words_stay_where_a_block_is_new(office: Office) -> None:
    """A body that is put together anew keeps the words of entries that are not ready."""
    made, _ = catalogue(office, "ckb")
    translated(made, {"[البرنامج](programme.pdf)": "[بەرنامە](programme.pdf)"})
    made.write_text(made.read_text("utf-8").replace("#. item", "#. item\n#, fuzzy"), "utf-8")
    office.refused("merge", made.name)
    text = office.file(f"{WATER}/index.ckb.md").read_text("utf-8")

    assert text.endswith("1. هیچ بەنداوێک بەبێ ڕاوێژ.\n2. زانیاریی ڕووبارەکان بۆ هەمووان.\n\n[بەرنامە](programme.pdf)\n")


def test_a_change_of_the_original_meanwhile_is_told(office: Office) -> None:
    """An entry whose block is no more is a warning that names it; the others take their places."""
    made, _ = catalogue(office, "ckb")
    change(office.file(f"{WATER}/index.ar.md"), "للجميع", "لكل الناس")
    translated(made, {"لا سدود بلا تشاور.": "هیچ بەنداوێک."})

    assert '"بيانات الأنهار للجميع." stands in content/statements/2026-water/index.ar.md no more' in office.refused(
        "merge", made.name
    )
    assert "1. هیچ بەنداوێک.\n" in office.file(f"{WATER}/index.ckb.md").read_text("utf-8")


def test_other_programs_may_write_the_file_anew(office: Office) -> None:
    """A file that another program read and wrote, in lines of another length, merges as before."""
    made, found = catalogue(office, "ckb")
    head = made.read_text("utf-8").split("\n\n")[0]
    written = io.BytesIO()
    write_po(written, found, width=20, omit_header=True)
    made.write_text(f"{head}\n\n{written.getvalue().decode()}", "utf-8")
    before = office.file(f"{WATER}/index.ckb.md").read_bytes()
    office.done("merge", made.name)

    assert office.file(f"{WATER}/index.ckb.md").read_bytes() == before


@pytest.mark.parametrize("text", ["", "hello", 'msgid ""\nmsgstr "Language: ckb\\n"\n', 'msgid "x'])
def test_what_is_no_po_file_of_ours_is_refused(office: Office, text: str) -> None:
    """Any other file is told by its name, and no file of ours is written over."""
    Path("x.po").write_text(text, "utf-8")

    assert 'x.po:1:1: error[po]: "x.po" is no PO file that was made here.' in office.refused("merge", "x.po")
    office.done("po", WATER, "ckb", "--to", "y.po")
    assert "error[taken]" in office.refused("po", WATER, "ckb", "--to", "y.po")
    assert 'error[original]: "ar" is the original' in office.refused("po", WATER, "ar")
