"""Cards of a site: links from pages, cache, and messages where none can be drawn."""

from __future__ import annotations

import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jisr.outputs.social_cards.card_cache import KEPT_UNUSED, USE_NOTED, CardCache
from jisr.outputs.social_cards.card_png import CARD_SIZE, CardFormat
from tests.build.conftest import WATER, Workplace
from tests.conftest import daily
from tests.site.pages import Page, Site

CARD = "card.png"
IMAGE = 'meta[property="og:image"]'


def said(page: Page, name: str) -> str:
    """Return the sharing metadata of a page, or None."""
    return next(iter(page.values(f'meta[property="{name}"], meta[name="{name}"]', "content")), "")


def test_every_page_of_the_sample_has_a_picture(site: Site) -> None:
    """A page names the card of its text, else that of the network in its language, with its sides, words and locales."""
    for page in site.pages.values():
        if page.is_redirect or page.path.startswith("styleguide/"):
            continue
        image = said(page, "og:image")
        assert image.startswith(f"{site.address}/"), page.path
        assert (site.folder / image.removeprefix(f"{site.address}/")).is_file(), page.path
        assert said(page, "og:image:alt"), page.path
        assert (said(page, "twitter:card"), said(page, "og:locale")) == ("summary_large_image", said(page, "og:locale"))
        if image.endswith(CARD):
            assert (said(page, "og:image:width"), said(page, "og:image:height")) == tuple(map(str, CARD_SIZE)), page.path
        own = site.folder / Path(page.path).parent / CARD
        if own.is_file() and page.path.endswith("/index.html"):
            assert image == f"{site.address}/{page.path.removesuffix('index.html')}{CARD}"


def test_cards_of_the_sample_are_light(site: Site) -> None:
    """Each text without a cover has its card in each language, under 30 KB; none is like another but by what it shows."""
    cards = {file.relative_to(site.folder).as_posix(): file.read_bytes() for file in site.folder.rglob(CARD)}
    assert {path.split("/")[0] for path in cards} == {"en", "ar", "ckb", "kmr", "fr"}
    assert all(len(data) < 30_000 for data in cards.values())
    assert len(set(cards.values())) == len(cards)


def test_only_what_changed_is_drawn_again(place: Workplace) -> None:
    """Cards are cached by content: a second build draws none, one with another title the cards that show it."""
    place.command("build")
    cards = {path: data for path, data in place.files().items() if path.endswith(CARD)}
    assert {f"ar/{WATER}{CARD}", f"ckb/{WATER}{CARD}", "fr/card.png"} <= cards.keys()
    kept = place.folder / ".cache" / "cards"
    before = {file.name: file.stat().st_mtime_ns for file in kept.iterdir()}

    place.text("ckb").write_text(place.text("ckb").read_text("utf-8").replace("title: ", "title: نوێ "), "utf-8")
    assert place.command("build").returncode == 0
    after = {file.name: file.stat().st_mtime_ns for file in kept.iterdir()}
    assert before.items() <= after.items()
    assert len(after) == len(before) + 2
    changed = {path for path, data in place.files().items() if path.endswith(CARD) and data != cards[path]}
    assert changed == {f"ckb/{WATER}{CARD}", f"ar/{WATER}{CARD}"}


def test_kept_cards_are_taken_by_another_output(place: Workplace) -> None:
    """A machine that has ``.cache/cards`` alone draws no card and builds the same; a file has the time of its last use."""
    place.command("build")
    cards = {path: data for path, data in place.files().items() if path.endswith(CARD)}
    kept = place.folder / ".cache" / "cards"
    long_ago = time.time() - 2 * USE_NOTED.total_seconds()
    for file in kept.iterdir():
        os.utime(file, (long_ago, long_ago))
    inodes = {file.name: file.stat().st_ino for file in kept.iterdir()}
    for file in (place.folder / ".cache").iterdir():
        if file != kept:
            shutil.rmtree(file) if file.is_dir() else file.unlink()
    shutil.rmtree(place.output)

    assert place.command("build").returncode == 0
    assert {path: data for path, data in place.files().items() if path.endswith(CARD)} == cards
    assert {file.name: file.stat().st_ino for file in kept.iterdir()} == inodes
    assert all(file.stat().st_mtime > long_ago for file in kept.iterdir())


@pytest.mark.parametrize("harm", daily(["other", "cut", "script", "link", "swapped", "renamed"], "cut", "swapped"))
def test_a_poisoned_file_is_drawn_again(harm: str, place: Workplace) -> None:
    """What is no card, or not the one that was kept under its name, is not published: the card is drawn again in its place."""
    place.command("build")
    before = place.files()
    kept = place.folder / ".cache" / "cards"
    names = sorted(file.name for file in kept.iterdir())
    one, other = (kept / name for name in names[:2])
    data = one.read_bytes()
    fingerprint = one.name.partition("-")[0]
    if harm == "other":
        one.write_bytes(data[:-30] + bytes(30))
    elif harm == "cut":
        one.write_bytes(data[:500])
    elif harm == "script":
        one.write_bytes(b"<script>alert(1)</script>")
    elif harm == "link":
        one.unlink()
        one.symlink_to(place.folder / "network.py")
    elif harm == "swapped":
        one.write_bytes(other.read_bytes())
    else:  # whoever knows how names are made cannot publish anything but a card
        text = b"GIF89a" + data
        CardCache(kept, datetime.now(UTC), CardFormat()).put(fingerprint, text)
    shutil.rmtree(place.output)

    assert place.command("build").returncode == 0
    assert place.files() == before
    assert sorted(file.name for file in kept.iterdir()) == names
    assert one.read_bytes() == data
    assert (place.folder / "network.py").is_file()


def test_cards_that_no_build_uses_go(place: Workplace) -> None:
    """A card stays for a month after its last use; no other file in the folder is touched."""
    place.command("build")
    kept = place.folder / ".cache" / "cards"
    used = {file.name for file in kept.iterdir()}
    now = time.time()
    ages = {f"{1:032x}-{1:016x}.png": 1.1, f"{2:032x}-{2:016x}.png": 0.9, f"{3:032x}.png": 1.1, "mine.png": 9.0}
    for name, age in ages.items():
        (kept / name).write_bytes(b"")
        os.utime(kept / name, (now, now - age * KEPT_UNUSED.total_seconds()))
    shutil.rmtree(place.output)
    place.command("build")

    assert {file.name for file in kept.iterdir()} == used | {f"{2:032x}-{2:016x}.png", "mine.png"}


def test_a_folder_that_cannot_be_written_costs_time_only(place: Workplace) -> None:
    """Without a writable cache, a build draws all cards."""
    (place.folder / ".cache").mkdir()
    (place.folder / ".cache" / "cards").touch()
    assert place.command("build").returncode == 0
    assert f"ar/{WATER}{CARD}" in place.files()


@pytest.mark.process  # a process that imports nothing of Pillow
def test_a_machine_without_pillow_builds_without_cards(place: Workplace) -> None:
    """The site builds and checks, and its pages name no picture; what is published has cards, or is not published."""
    place.state('import sys\nsys.modules["PIL"] = None')
    for name in ("build", "check"):
        done = place.command(name)
        assert (done.returncode, "Pillow" in done.stderr) == (0, False), done.stderr
    assert "og:image" not in place.page()
    code = (
        "from jisr.cli.commands import run_with_publishing_build; from jisr.build.options import Options;"
        "raise SystemExit(run_with_publishing_build(Options('network.py'), lambda context: context.build(None)))"
    )
    done = place.python("-c", code)
    assert done.returncode == 1
    assert "error[card]: Cards cannot be drawn here: Pillow is missing. Install it (pip install -e '.[images]')" in done.stderr


def test_a_title_that_cannot_be_drawn_has_the_card_of_the_network(place: Workplace) -> None:
    """A letter that the font lacks is drawn on no card."""
    place.text("ckb").write_text(place.text("ckb").read_text("utf-8").replace("title: ", "title: 水 "), "utf-8")
    done = place.command("build")
    assert (done.returncode, "card" in done.stderr) == (0, False)
    assert "/ckb/card.png" in place.page("ckb")
    assert f"/ckb/{WATER}card.png" not in place.page("ckb")


def test_a_kind_that_does_not_exist_is_told(place: Workplace) -> None:
    """CARDS is a list of kinds; an unknown word is reported with its line and with a similar kind."""
    for value, words in (('("statement",)', 'Did you mean "statements"?'), ('"statements"', "is not a list of kinds")):
        place.state(f"CARDS = {value}")
        done = place.command("check")
        assert done.returncode == 1
        assert words in done.stderr
        assert "network.py:" in done.stderr
