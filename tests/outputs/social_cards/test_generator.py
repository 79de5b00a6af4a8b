"""Cards of a site: links from pages, cache, and messages where none can be drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from jisr.outputs.social_cards.card_renderer import CARD_SIZE
from tests.build.conftest import WATER, Workplace
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
