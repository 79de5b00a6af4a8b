"""A site with everything set: logo, menu, footer, home, fonts, colours. What its settings state is what its readers get."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from jisr.content.settings.look import font_files
from jisr.content.settings.look.logo import read_logo
from jisr.content.settings.look.typefaces import read_typefaces
from jisr.core.build.resources import THEME
from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.i18n.languages import build_languages
from jisr.outputs.social_cards.card_png import FIRST_LOGO_COLOR
from jisr.publishing.checks.page_weight import check_weight, weigh_pages
from tests.content.conftest import SITES

Build = Callable[..., Any]
SITE = SITES / "good" / "own-looks"
PLACE = SourceLocation("network.py")


@pytest.fixture
def folder(good: Build) -> Path:
    """Return the built site."""
    return Path(good("own-looks").output)


def page(folder: Path, address: str) -> LexborHTMLParser:
    """Return a page."""
    return LexborHTMLParser((folder / address / "index.html").read_text("utf-8"))


def words(nodes: list[LexborNode]) -> list[str]:
    """Return the words of nodes."""
    return [re.sub(r"[\u200e\u200f\u2066-\u2069]", "", node.text(strip=True)) for node in nodes]


def style(folder: Path) -> str:
    """Return the stylesheet of all pages."""
    (file,) = (folder / "theme").glob("style.*.css")
    return file.read_text("utf-8")


def test_the_menu_has_the_stated_entries_in_their_order(folder: Path) -> None:
    """Sections, texts and other sites stand as they are stated, each in the page's language; the present one is marked."""
    here = page(folder, "he/statements/2026-water")
    assert words(here.css(".menu li")) == ["News", "עלינו", "מאגר", "הצהרות"]
    assert words(here.css(".menu [aria-current]")) == ["הצהרות"]
    assert [node.attributes["href"] for node in here.css(".menu a")][2:] == ["https://archive.example.org/", "../"]
    assert words(page(folder, "ar/news").css(".menu li")) == ["الأخبار", "About us", "الأرشيف", "ما نقول"]
    about = page(folder, "ar/news").css(".menu bdi")
    assert [(node.attributes["lang"], node.attributes["dir"]) for node in about] == [("en", "ltr")]


def test_the_footer_has_the_stated_groups(folder: Path) -> None:
    """An own group has its title in the page's language; what is not stated is not there."""
    here = page(folder, "en")
    assert words(here.css(".footer h2")) == ["The network", "Follow"]
    assert words(here.css(".footer section:first-child li")) == ["About us", "Timeline", "Mail"]
    assert here.css_first('.footer a[href="mailto:rivers@example.org"]') is not None
    assert words(page(folder, "ar").css(".footer h2"))[0] == "الشبكة"


def test_the_home_has_the_stated_blocks(folder: Path) -> None:
    """Blocks stand in the stated order, a text among them with what it is about; no others are there."""
    main = page(folder, "en").css_first("main")
    assert main is not None
    assert [node.attributes["class"] for node in main.css(".thirds, .front, .stations")] == ["thirds", "front"]
    assert words(main.css(".thirds h2")) == ["News", "About us"]
    assert words(main.css(".thirds section:last-child p")) == ["Who we are, and what we want."]
    assert not main.css(".side, .waiting")


def test_the_logo_stands_on_every_page(folder: Path) -> None:
    """Pages have the logo, another one where the reader's device is dark, without what programs note in a drawing."""
    for address in ("he", "en/statements/2026-water", "", "ar/search"):
        here = page(folder, address)
        (image, *_) = here.css("img.mark")
        assert (image.attributes["width"], image.attributes["height"], image.attributes["alt"]) == ("144", "36", "")
        assert not here.css("svg.mark")
        drawing = (folder / address / str(image.attributes["src"])).read_text("utf-8")
        assert ("<path" in drawing, re.search("Somebody|by hand", drawing)) == (True, None)
    css = style(folder)
    assert ".mark:is(img){inline-size:auto;block-size:36px" in css
    (dark,) = re.findall(r"@media \(prefers-color-scheme:dark\)\{\.mark:is\(img\)\{content:url\((logo-dark[^)]*)\)\}\}", css)
    assert "#63c7a6" in (folder / "theme" / dark).read_text("utf-8")


def test_the_icon_is_that_of_the_site(folder: Path) -> None:
    """Tabs, feeds and installed pages show the icon, as what it is."""
    link = page(folder, "he").css_first('link[rel="icon"]')
    assert link is not None
    assert (folder / "he" / str(link.attributes["href"])).read_bytes()[:4] == b"\x89PNG"
    assert "type" not in link.attributes
    (icon,) = json.loads((folder / "ar/manifest.webmanifest").read_text("utf-8"))["icons"]
    assert (icon["sizes"], icon["type"]) == ("96x96", "image/png")
    address = f"https://example.org/theme/{icon['src'].rpartition('/')[2]}"
    assert json.loads((folder / "en/feed.json").read_text("utf-8"))["icon"] == address
    assert f"<logo>{address}</logo>" in (folder / "en/feed.atom").read_text("utf-8")
    assert f"<url>{address}</url>" in (folder / "en/feed.rss").read_text("utf-8")


def test_colours_are_those_of_the_site(folder: Path) -> None:
    """The paper of pages is told to browsers, too, light and dark."""
    metas = page(folder, "en").css('meta[name="theme-color"]')
    assert [node.attributes["content"] for node in metas] == ["#f4f8f6", "#10201b"]
    assert ":root{--paper:#f4f8f6;--link:#0b5e48}" in style(folder)


def test_a_script_has_the_font_of_the_site(folder: Path) -> None:
    """The letters of a script are one more file of the theme's family, with fonts of readers as wide and high as that."""
    css = style(folder)
    faces = [face for face in re.findall(r"@font-face\{[^}]*\}", css) if "U+5D0" in face or "U+5B" in face]
    own = [face for face in faces if "url(" in face]
    (name,) = re.findall(r"url\((own-heebo-hebr\.[0-9a-f]+\.woff2)\)", own[0])
    facts = font_files.read_facts(font_files.open_font((folder / "theme" / name).read_bytes()))
    assert {0x5D0, 0x5EA} <= facts.letters
    assert "font-weight:400 700" in own[0]
    assert [re.findall('font-family:"([^"]+)"', face)[0] for face in own] == ["Vazirmatn"]
    stand_ins = [face for face in faces if "local(" in face]
    assert {re.findall('font-family:"([^"]+)"', face)[0] for face in stand_ins} >= {"Arial as Vazirmatn", "Noto as Vazirmatn"}
    assert all(re.search(r"size-adjust:\d+\.\d\d%;ascent-override:\d+\.\d\d%", face) for face in stand_ins)
    assert ":root:lang(he){--title-line" in css


def test_cards_have_the_logo_the_colours_and_the_letters(folder: Path) -> None:
    """Each title has a card, drawn with the font of its script; a word of the interface on it is plain words."""
    image = pytest.importorskip("PIL.Image")
    for address in ("he", "he/statements/2026-water", "en/news/2026-river"):
        card = image.open(io.BytesIO((folder / address / "card.png").read_bytes()))
        assert card.convert("RGB").getpixel((2, 2)) == (0xF4, 0xF8, 0xF6)
        colours = {value for _, value in card.crop((72, 40, 1128, 130)).getcolors()}
        assert any(value >= FIRST_LOGO_COLOR for value in colours)


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h9"/></svg>'


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        (7, "names no logo"),
        ({"dark": "logo.svg"}, "names no logo"),
        ({"file": "logo.svg", "dark": 7}, "not the path"),
        ({"file": "photo.jpg"}, "cannot be a logo"),
        ({"file": "large.svg"}, "bytes"),
        ("../logo.svg", "is not there"),
        ({"file": "logo.svg", "height": True}, "no height"),
    ],
)
def test_a_logo_that_cannot_be_shown_is_an_error(tmp_path: Path, setting: object, text: str) -> None:
    """What is wrong with the setting or a file is said, and no logo is shown."""
    (tmp_path / "logo.svg").write_text(LOGO, "utf-8")
    (tmp_path / "large.svg").write_text(LOGO.replace("M0", "M0 0h9" * 8000), "utf-8")
    (tmp_path / "photo.jpg").write_bytes((SITES / "photo.jpg").read_bytes())
    logo, problems = read_logo(setting, tmp_path, PLACE)
    assert logo is None
    assert any(text in str(one) for one in problems), problems


def test_a_font_of_a_language_is_its_own_family(tmp_path: Path) -> None:
    """A font of one language stands before the others on its pages, but for other languages; a pair has regular and bold."""
    fonts = SITE / "looks" / "fonts"
    languages = build_languages(["he", "ar"])
    (own,), faults = read_typefaces({"he": ("heebo.woff2", "heebo.woff2")}, languages, fonts)
    assert (own.tag, own.script, faults) == ("he", "Hebr", ())
    from datetime import UTC, datetime

    from jisr.content.settings.look.font_rules import write_font_rules
    from jisr.content.settings.look.typefaces import TypefaceMaker

    made = tuple(TypefaceMaker(tmp_path, datetime(2026, 11, 30, tzinfo=UTC)).web_fonts(own))
    rules = write_font_rules(own, made, {made[0].name: "a.woff2"}, languages, THEME)
    assert [one.weights for one in made] == ["400", "700"]
    assert ':root:lang(he){font-family:"Own he","Vazirmatn"' in rules
    assert ":root:lang(he) [lang]:not(:lang(he)){font-family:" in rules
    again = tuple(TypefaceMaker(tmp_path, datetime(2026, 11, 30, tzinfo=UTC)).web_fonts(own))
    assert [one.data for one in again] == [one.data for one in made]


def test_a_language_without_a_catalogue_has_english_words_marked(folder: Path) -> None:
    """An option has words alone, marked by its own attributes; an English sentence names languages in English."""
    options = page(folder, "he/search").css("option")
    assert {node.attributes.get("lang") for node in options if node.text(strip=True) in ("All", "News")} == {"en"}
    assert not re.search(r"<option[^>]*>[^<]*<span", (folder / "he/search/index.html").read_text("utf-8"))
    (link,) = page(folder, "he/about").css('.translated a[hreflang="en"], .notice a[hreflang="en"]')
    assert words([link]) == ["Read the original in English"]


def test_own_fonts_have_a_limit_of_their_own(folder: Path) -> None:
    """What pages weigh in fonts is measured, and those of the site do not count against the limit of the theme's."""
    weights = {one.path: one for one in weigh_pages(folder)}
    weight = weights["he/index.html"]
    assert weight.fonts > weight.own_fonts > 0
    assert not [one for page in weights.values() for one in check_weight(page) if one.code == "weight-fonts"]


def test_a_site_of_one_language_is_weighed_from_its_root(tmp_path: Path) -> None:
    """Its front door leads to the home of its language; the address of the site is the one above that."""
    head = '<meta http-equiv="refresh" content="0; url=ar/"><link rel="canonical" href="https://example.org/ar/">'
    (tmp_path / "index.html").write_text(f"<html><head>{head}</head><body></body></html>", "utf-8")
    (tmp_path / "404.html").write_text('<html><head><link rel="icon" href="https://example.org/a.svg"></head></html>', "utf-8")
    assert [one.foreign_addresses for one in weigh_pages(tmp_path)] == [(), ()]
