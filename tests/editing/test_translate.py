"""``inv translate``: the twin of a text, and a pin that is put into a file without touching the rest."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisr.content.read.source_file import parse_source_file
from jisr.core.diagnostics.problems import ProblemsError
from jisr.core.i18n.languages import build_languages
from jisr.core.translation.blocks import split_blocks
from jisr.editing.new.field_help import load_field_help
from jisr.editing.source_edits import set_pin
from jisr.editing.translate.scaffold import scaffold
from pelicanconf import LANGUAGES
from tests.build.conftest import ROOT
from tests.editing.conftest import WATER, Office, change

PINS = (Path(__file__).parent / "cases" / "pins.txt").read_text("utf-8").replace("␣", "\u00a0").split("=== ")[1:]
INHERITED = ("date", "topics", "authors", "signatories", "cover", "event", "menu")
WAYS = [
    WATER,
    "statement/2026-water",
    f"content/{WATER}",
    f"content/{WATER}/",
    f"content/{WATER}/index.ar.md",
    f"./content/{WATER}",
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "BOM"])
@pytest.mark.parametrize("case", PINS, ids=[case.splitlines()[0] for case in PINS])
def test_a_pin_goes_in_and_all_else_stays(case: str, start: str, newline: str) -> None:
    """However the field is written, the pin is the one thing that changes: comments, quotes, spaces and ends of lines stay."""
    before, after = (part.strip("\n") for part in case.split("\n", 1)[1].rsplit("\n---\n", 1))
    frame = f"{start}---\n{{}}\n---\n\nدەق\n---\n"

    text = frame.format(before).replace("\n", newline)
    assert set_pin(parse_source_file(text, "a.md"), "0a1b2c") == frame.format(after).replace("\n", newline)


@given(st.text(alphabet="-\n ab:#{}[]\"'\r\ufeff,", max_size=60))
def test_what_cannot_be_pinned_is_said(text: str) -> None:
    """A file without such a field is refused with an error, whatever is in it."""
    try:
        set_pin(parse_source_file(f"---\n{text}", "a.md"), "0a1b2c")
    except (ProblemsError, ValueError):
        return
    pytest.fail("there was no translation field")


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag not in ("ar", "ckb")])
def test_a_twin_passes_the_check_and_copies_nothing_inherited(office: Office, tag: str) -> None:
    """A new translation is a draft with a pin; the original stands beside, and what is inherited does not."""
    assert office.done("translate", WATER, tag) == f"content/{WATER}/index.{tag}.md\n"
    text = office.file(f"{WATER}/index.{tag}.md").read_text("utf-8")

    office.check()
    assert not any(f"\n{field}:" in text for field in INHERITED)
    assert "\nstatus: draft\n" in text
    assert "1.\n   <!-- لا سدود بلا تشاور. -->\n2.\n   <!-- بيانات الأنهار للجميع. -->" in text
    assert "<!-- [البرنامج](programme.pdf) -->" in text
    assert load_field_help(build_languages([tag])[tag])["to_translate"] in text
    assert office.standing()[tag] | {"state": "current", "draft": True, "of": "ar", "changed": 0} == office.standing()[tag]
    office.place.command("build")
    assert not (office.place.output / tag / WATER).exists()


def test_a_twin_takes_title_and_translator(office: Office) -> None:
    """What is known already stands in the file; a second translation may be made from the first."""
    office.done("translate", f"content/{WATER}/index.ckb.md", "fr", "--title", "L’eau : un droit", "--by", "Amir: B")
    text = office.file(f"{WATER}/index.fr.md").read_text("utf-8")

    assert text.startswith('---\ntitle: "L’eau : un droit"\ntranslation:\n  of: ckb\n  by: ["Amir: B"]\n  pin: "')
    office.check()


@pytest.mark.parametrize("path", WAYS)
def test_a_text_is_named_in_many_ways(office: Office, path: str) -> None:
    """A file, a folder, or kind and id: all mean the same text."""
    assert office.done("translate", path, "en") == f"content/{WATER}/index.en.md\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((f"{WATER}s", "en"), 'error[path]: "2026-waters" is no text of "statements". Did you mean "2026-water"?'),
        (("nothing", "en"), 'nothing:1:1: error[path]: "nothing" is no text.'),
        ((WATER, "ku"), 'error[language]: "ku" is not a language of this site.'),
        ((WATER, "ar"), 'error[original]: "ar" is the original of this text.'),
        ((f"content/{WATER}/index.fr.md", "en"), 'index.fr.md" is not there, or has an error. Its versions: ar, ckb.'),
        ((WATER, "every", "--minor"), 'error[language]: "every" is not a language of this site.'),
        ((WATER, "fr", "--pin"), 'error[pin]: "fr" is no language of this text yet.'),
        ((WATER, "ar", "--pin"), 'error[original]: "ar" is the original'),
    ],
)
def test_what_cannot_be_translated_is_said(office: Office, words: tuple[str, ...], said: str) -> None:
    """A wrong path or language ends with exit code 1, one message, and all files as they were."""
    before = office.place.files(office.place.folder / "content")
    (message,) = office.refused("translate", *words).splitlines()

    assert said in message
    assert office.place.files(office.place.folder / "content") == before


def test_a_text_with_an_error_says_which(office: Office) -> None:
    """Where the original cannot be read, its own problems are told."""
    change(office.file(f"{WATER}/index.ar.md"), "date: 2026-11-20", "date: 12 شباط")

    assert f'content/{WATER}/index.ar.md:3:7: error[date]: "12 شباط"' in office.refused("translate", WATER, "en")


def test_a_second_run_changes_nothing_and_offers_the_pin(office: Office) -> None:
    """A translation is never written over; its pin is set when that is asked for, and nothing else in its file."""
    file = office.file(f"{WATER}/index.ckb.md")
    before = file.read_bytes()
    said = office.done("translate", WATER, "ckb")
    assert "is left as it is: it has no pin." in said
    assert f"inv translate {WATER} ckb --pin" in said
    assert file.read_bytes() == before

    office.done("translate", WATER, "ckb", "--pin")
    pinned = file.read_text("utf-8")
    assert pinned.replace(pinned[pinned.index(", pin") : pinned.index("}")], "") == before.decode()
    assert "it says what content/" in office.done("translate", WATER, "ckb")

    change(office.file(f"{WATER}/index.ar.md"), "للجميع", "لكل الناس")
    assert "1 of 4 blocks of" in office.done("translate", WATER, "ckb")
    assert file.read_text("utf-8") == pinned


def test_a_minor_change_pins_every_pinned_translation(office: Office) -> None:
    """A change without a meaning is noted for all at once; who was never pinned stays so."""
    office.done("translate", WATER, "en")
    office.done("translate", WATER, "fr")
    change(office.file(f"{WATER}/index.ar.md"), "للجميع", "للجميع!")
    said = office.done("translate", WATER, "all", "--minor")

    assert said.count("(1 of 4 blocks had changed)") == 2
    assert {tag: one["state"] for tag, one in office.standing().items()} == {
        "en": "current",
        "ar": "original",
        "ckb": "unpinned",
        "kmr": "missing",
        "fr": "current",
    }


@pytest.mark.parametrize("identity", ["2012-first-bloggers-conference", "2009-rome-conference"])
def test_a_scaffold_has_the_shape_of_its_original(identity: str) -> None:
    """A new translation has as many items and headings as the original, so that resolutions keep their numbers."""
    files = sorted((ROOT / "content" / "statements").glob(f"{identity}/index.*.md"))
    for file in files:
        found = split_blocks(parse_source_file(file.read_text("utf-8"), file.name).body)
        filled = re.sub(r"\n(?= +<!--)", " x\n", scaffold(found))
        marks = [one.prefix for one in found if one.kind == "item"]
        assert [one.prefix for one in split_blocks(filled) if one.kind == "item"] == marks


def test_a_folder_that_is_elsewhere_may_be_named(office: Office, tmp_path: Path) -> None:
    """``--content`` names the folder of the texts, as for other commands."""
    shutil.copytree(office.place.folder / "content", tmp_path / "texts")
    done = office.inv("translate", WATER, "en", "--content", str(tmp_path / "texts"))

    assert done.stdout == f"{tmp_path}/texts/{WATER}/index.en.md\n"
    assert (tmp_path / "texts" / WATER / "index.en.md").is_file()
