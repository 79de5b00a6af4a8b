"""``inv status``: what is missing or stale, for people, for programs, and with old words where git has them."""

from __future__ import annotations

import json
import subprocess

import pytest
from selectolax.lexbor import LexborHTMLParser

from pelicanconf import LANGUAGES
from tests.editing.conftest import WATER, Office, change

ORIGINAL = f"content/{WATER}/index.ar.md"


@pytest.fixture
def pinned(office: Office) -> Office:
    """Return the small site with the Sorani statement pinned and a French draft."""
    office.done("translate", WATER, "ckb", "--pin")
    office.done("translate", WATER, "fr")
    return office


def git(office: Office, *words: str) -> None:
    """Run git in the office."""
    who = ["-c", "user.name=Shno", "-c", "user.email=shno@example.org"]
    subprocess.run(["git", *who, *words], cwd=office.place.folder, check=True, capture_output=True, timeout=60)


def test_a_table_shows_every_text_in_every_language(pinned: Office) -> None:
    """A text stands in a line, a language in a column; where nothing is stale the exit code is 0."""
    said = pinned.done("status").splitlines()

    assert said[0].split() == list(LANGUAGES)
    assert said[1].split() == [WATER, "missing", "original", "current", "missing", "current", "(draft)"]
    assert said[2].split() == ["pages/about", "missing", "missing", "missing", "missing", "original"]
    assert "ckb: 1 missing, 0 claimed, 0 stale, 0 not pinned, 6 words left" in said


def test_a_translation_without_a_pin_is_never_stale(office: Office) -> None:
    """Nobody noted what was translated: nothing can be said of it."""
    change(office.file(f"{WATER}/index.ar.md"), "للجميع", "لكل الناس")

    assert "not pinned" in office.done("status")
    assert office.standing()["ckb"]["state"] == "unpinned"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("للجميع", "لكل الناس", 7, '"بيانات الأنهار لكل الناس." changed after "ckb"'),
        ("title: الماء حقّ", "title: الماء حقّ للناس", 2, '"الماء حقّ للناس" changed after "ckb"'),
        ("2. بيانات", "2. الماء.\n3. بيانات", 7, '"الماء." is new since "ckb"'),
        ("1. لا سدود بلا تشاور.\n2. ", "1. ", 1, 'Something below was taken out since "ckb"'),
        ("date: ", "summary: خلاصة\ndate: ", 3, '"خلاصة" is new since "ckb"'),
    ],
    ids=["item", "title", "new item", "item taken out", "new summary"],
)
def test_a_change_names_its_block(office: Office, old: str, new: str, line: int, said: str) -> None:
    """Each block that changed is a warning at its line in the original, with what to do; the exit code is 1."""
    office.done("translate", WATER, "ckb", "--pin")
    change(office.file(f"{WATER}/index.ar.md"), old, new)
    (message,) = office.refused("status").splitlines()

    assert message.startswith(f"{ORIGINAL}:{line}:")
    assert f"warning[stale]: {said}" in message
    assert message.endswith(f"inv translate {WATER} ckb --pin.")


def test_white_space_makes_nothing_stale(pinned: Office) -> None:
    """Empty lines, spaces and ends of lines are no change."""
    file = pinned.file(f"{WATER}/index.ar.md")
    change(file, "\n2. بيانات الأنهار", "\n\n2.   بيانات\n   الأنهار")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    pinned.done("status")


@pytest.mark.process  # git is a program
def test_old_words_come_from_git(pinned: Office) -> None:
    """With ``--diff`` a block is shown as it was translated and as it is, whatever was committed in between."""
    git(pinned, "init", "-q")
    git(pinned, "add", ".")
    git(pinned, "commit", "-qm", "one")
    change(pinned.file(f"{WATER}/index.ar.md"), "للجميع", "لكل الناس")
    git(pinned, "commit", "-qam", "two")
    change(pinned.file(f"{WATER}/index.ar.md"), "لكل الناس", "لكل إنسان")
    said = pinned.inv("status", "--diff", "--lang", "ckb")

    assert said.returncode == 1
    assert "  - بيانات الأنهار للجميع.\n  + بيانات الأنهار لكل إنسان.\n" in said.stdout
    (block,) = json.loads(pinned.inv("status", "--json", "--diff").stdout)["texts"][0]["versions"]["ckb"]["blocks"]
    assert block == {
        "change": "changed",
        "kind": "item",
        "line": 7,
        "new": "بيانات الأنهار لكل إنسان.",
        "old": "بيانات الأنهار للجميع.",
    }


@pytest.mark.process  # git is a program
def test_without_git_there_are_no_old_words(pinned: Office) -> None:
    """A folder that git doesn't know, or a machine without git, shows the new words alone."""
    change(pinned.file(f"{WATER}/index.ar.md"), "للجميع", "لكل الناس")
    said = pinned.inv("status", "--diff", PATH="")

    assert said.returncode == 1
    assert "  - (its old words are in no version that git has; its hash was " in said.stdout
    assert "Traceback" not in said.stderr


def test_a_language_narrows_the_question(pinned: Office) -> None:
    """``--lang`` asks of one language, and its staleness alone decides the exit code."""
    change(pinned.file(f"{WATER}/index.ar.md"), "للجميع", "لكل الناس")

    assert "stale" not in pinned.done("status", "--lang", "en").replace("0 stale", "")
    assert pinned.refused("status", "--lang", "ckb").count("warning[stale]") == 1
    assert 'error[language]: "xx"' in pinned.refused("status", "--lang", "xx")


def test_the_json_has_a_stable_shape(pinned: Office) -> None:
    """Programs find the keys that the README of the room describes."""
    change(pinned.file(f"{WATER}/index.ar.md"), "للجميع", "لكل الناس")
    said = json.loads(pinned.inv("status", "--json").stdout)

    assert set(said) == {"version", "languages", "stale", "missing", "left", "texts"}
    assert (said["version"], said["languages"], said["stale"]) == (1, list(LANGUAGES), 2)
    assert set(said["texts"][0]) == {"kind", "id", "original", "versions"}
    assert set(said["texts"][0]["versions"]["ckb"]) == {"state", "path", "draft", "of", "changed", "total", "blocks"}
    assert said["texts"][0]["versions"]["en"] == {"state": "missing", "path": f"content/{WATER}/index.en.md", "draft": False}


def test_what_no_native_speaker_has_read_is_counted(office: Office) -> None:
    """Texts and entries of the site's catalogues that are marked so are told by language; of one text its versions alone."""
    assert "# unreviewed" not in office.done("status")
    change(office.file(f"{WATER}/index.ckb.md"), "---\n", "---\n# unreviewed\n")
    catalog = office.place.folder / "translations" / "ckb" / "LC_MESSAGES" / "messages.po"
    catalog.parent.mkdir(parents=True)
    head = '# unreviewed: all but what is marked\nmsgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    catalog.write_text(f'{head}\nmsgid "Home"\nmsgstr "ماڵەوە"\n\n# reviewed\nmsgid "News"\nmsgstr "هەواڵ"\n', "utf-8")

    assert "ckb: not read by a native speaker yet (# unreviewed): 1 in texts, 1 in catalogues" in office.done("status")
    assert "1 in texts, 0 in catalogues" in office.done("status", WATER)
    assert "# unreviewed" not in office.done("status", "--lang", "ar")
    assert json.loads(office.inv("status", "--json").stdout)["unreviewed"] == {"ckb": {"texts": 1, "entries": 1}}


def test_a_pin_of_another_text_is_an_orphan(pinned: Office) -> None:
    """Where nothing that the pin names is left, that is said at the pin, once."""
    file = pinned.file(f"{WATER}/index.ckb.md")
    text = file.read_text("utf-8")
    file.write_text(text[: text.index('"')] + '"0a1b2c ffffff"' + text[text.rindex('"') + 1 :], "utf-8")
    (message,) = pinned.refused("status").splitlines()

    assert message.startswith(f"content/{WATER}/index.ckb.md:3:")
    assert 'warning[orphan]: Nothing that "ckb" was translated from stands in' in message


def test_a_wrong_pin_is_an_error_of_the_check_too(office: Office) -> None:
    """A pin that is none is told with its place, by check and by status."""
    change(office.file(f"{WATER}/index.ckb.md"), "{of: ar}", "{of: ar, pin: hello}")
    said = f'content/{WATER}/index.ckb.md:3:28: error[pin]: "hello" is no pin'

    assert said in office.place.command("check").stderr
    assert said in office.refused("status")


def test_a_text_with_an_error_is_broken_not_missing(office: Office) -> None:
    """What cannot be read is there all the same, and its error is told."""
    change(office.file(f"{WATER}/index.ckb.md"), "title: ئاو مافە", "title:")

    assert f"content/{WATER}/index.ckb.md:2:7: error[empty]" in office.refused("status")
    assert office.standing()["ckb"]["state"] == "broken"


def test_the_board_has_the_numbers_of_the_command(pinned: Office) -> None:
    """``/status/`` says of each language what ``inv status`` says, drafts among it, and lists each text that readers see."""
    pinned.done("new", "news", "2026-secret", "--lang", "ckb", "--title", "نهێنی")
    change(pinned.file("news/2026-secret/index.ckb.md"), "\n---\n", "\nstatus: draft\n---\n")
    change(pinned.file(f"{WATER}/index.ar.md"), "للجميع", "لكل الناس")
    said = json.loads(pinned.inv("status", "--json").stdout)
    pinned.page("ckb")
    board = LexborHTMLParser((pinned.place.output / "status" / "index.html").read_text("utf-8"))

    numbers = {
        part.attributes["lang"]: [int(one.text()) for one in part.css("dd")] for part in board.css(".board-numbers section")
    }
    keys = ("missing", "words", "stale", "unpinned", "claimed")
    assert numbers == {tag: [one[key] for key in keys] for tag, one in said["left"].items()}
    assert said["left"]["ckb"] == {"missing": 1, "claimed": 0, "stale": 1, "unpinned": 0, "words": 10}
    assert [row.text(strip=True) for row in board.css(".row-line bdi")] == [WATER, "pages/about"]
    assert "secret" not in (board.html or "")
    assert [" ".join(cell.text().split()) for cell in board.css(".stale")] == [
        "کوردی دوای ئەوە گۆڕاوە: 1 لە 4",
        "Français modifié depuis : 1 sur 4 (brouillon)",
    ]


def test_who_claims_a_translation_is_named(office: Office) -> None:
    """A draft that states who translates is a claim, and needs no more than its title: command and board name who has it."""
    claim = "---\ntitle: L’eau est un droit\ntranslation: {of: ar, by: [Shno Ali, Layla]}\nstatus: draft\n---\n"
    office.file(f"{WATER}/index.fr.md").write_text(claim, "utf-8")
    office.check()
    said = office.done("status")
    left, version = json.loads(office.inv("status", "--json").stdout)["left"], office.standing()["fr"]

    assert "not pinned (draft: Shno Ali, Layla)" in said
    assert version["by"] == ["Shno Ali", "Layla"]
    assert left["fr"] == {"missing": 0, "claimed": 1, "stale": 0, "unpinned": 1, "words": 10}
    assert (left["kmr"]["missing"], left["kmr"]["claimed"], left["kmr"]["words"]) == (2, 0, 16)
    office.page("ckb")
    board = LexborHTMLParser((office.place.output / "status" / "index.html").read_text("utf-8"))
    (cell,) = (one for one in board.css(".board-cells li") if "Shno" in one.text())
    assert " ".join(cell.text().split()) == "Français en cours : Shno Ali · Layla"


def test_a_claim_breaks_no_link_of_its_language(office: Office) -> None:
    """A link to a resolution of a text holds while its version in the reader's language is an empty draft."""
    linked = "---\ntitle: Nûçe\ndate: 2026-11-21\n---\n[Biryar](../../statements/2026-water/#r1)\n"
    office.file("news/2026-link").mkdir(parents=True)
    office.file("news/2026-link/index.kmr.md").write_text(linked, "utf-8")
    claim = "---\ntitle: Av maf e\ntranslation: {of: ar, by: [Shno Ali]}\nstatus: draft\n---\n"
    office.file(f"{WATER}/index.kmr.md").write_text(claim, "utf-8")

    office.check()
    office.done("status")
