"""Letters are joined, lines are in order, and no letter is missing: a card shows what a browser shows."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import pytest

from jisr.core.i18n.languages import build_languages
from jisr.core.i18n.punctuation import add_no_break_spaces
from jisr.core.model.document import LocalizedText
from jisr.outputs.social_cards.card import Card
from jisr.outputs.social_cards.card_look import BOLD
from jisr.outputs.social_cards.card_png import CARD_SIZE, LINE, SHADES, CardColors, CardFormat
from jisr.outputs.social_cards.card_renderer import BODY_SIZE, HEAD_HEIGHT, CardRenderer
from pelicanconf import LANGUAGES, NETWORK_NAMES, NETWORK_PURPOSES
from tests.conftest import ROOT, lacking
from tests.waiting import take_screenshot

if TYPE_CHECKING:
    from PIL import Image
    from playwright.sync_api import Browser

TONGUES = build_languages(LANGUAGES)
THEME = ROOT / "themes" / "jisr"
SIZE = 60
LINES = {
    "ar": "مؤتمر المدوّنين العراقيين",
    "ckb": "ڕێکخراوەکانی ژنان لە سلێمانی، گوڵ",
    "kmr": "Civaka sivîl û hêviya çêtir",
    "fr": "L’été à Érbil : où, ça ?",
    "en": "Water for all (2026)",
}
MIXED = {
    "ar": "هاتف 00 964 770 88 66 150، I.N.S.M. و C++",
    "ckb": "ساڵی 2012 لە 10–11 شوبات، Code for Iraq",
    "en": "The word بيان here, 2012",
}


@pytest.fixture(scope="module")
def artist() -> CardRenderer:
    """Return who draws."""
    made = CardRenderer(str(THEME))
    if lacks := made.missing_requirement():
        lacking(lacks)
    return made


def drawn(artist: CardRenderer, tag: str, text: str) -> Image.Image:
    """Return a line as it is drawn on a card, cut to its ink."""
    from PIL import Image

    mask = Image.new("L", (CARD_SIZE[0], SIZE * 3), 0)
    artist.draw_text(mask, text, TONGUES[tag], (BOLD, SIZE, 255), (0, SIZE * 2, False))
    return mask.crop(mask.getbbox())


def in_a_browser(browser: Browser, tag: str, html: str) -> Image.Image:
    """Return a line as Chromium draws it with the fonts of pages, cut to its ink."""
    from PIL import Image, ImageOps

    faces = (THEME / "static" / "css" / "fonts.css").read_text("utf-8")
    for file in (THEME / "fonts").glob("vazirmatn-????.woff2"):
        data = base64.b64encode(file.read_bytes()).decode()
        faces = faces.replace(f"../../fonts/{file.name}", f"data:font/woff2;base64,{data}")
    page = browser.new_page(viewport={"width": 1600, "height": 300})
    page.set_content(
        f'<style>{faces} p {{ font: 700 {SIZE}px "Vazirmatn"; margin: 80px; white-space: nowrap }}</style>'
        f'<p lang="{tag}" dir="{TONGUES[tag].direction}">{html}</p>'
    )
    page.evaluate("document.fonts.ready")
    picture = ImageOps.invert(Image.open(io.BytesIO(take_screenshot(page))).convert("L"))
    page.close()
    return picture.crop(picture.getbbox())


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Return how much of the ink of two lines falls together, from 0 to 1, at the best of a few shifts."""
    from PIL import Image, ImageChops

    def total(picture: Image.Image) -> int:
        return sum(value * count for value, count in enumerate(picture.histogram()))

    width, height = max(one.width, other.width) + 4, max(one.height, other.height) + 4
    sheets = []
    for picture, places in ((one, ((2, 2),)), (other, tuple((x, y) for x in range(5) for y in range(5)))):
        made = []
        for place in places:
            sheet = Image.new("L", (width, height), 0)
            sheet.paste(picture, place)
            made.append(sheet)
        sheets.append(made)
    (still,), moved = sheets
    return max(2 * total(ImageChops.darker(still, sheet)) / (total(still) + total(sheet)) for sheet in moved)


@pytest.mark.parametrize(("tag", "text"), [*LINES.items(), *MIXED.items()])
def test_a_line_is_drawn_as_a_browser_draws_it(tag: str, text: str, artist: CardRenderer, browser: Browser) -> None:
    """A line of a card and the same line of a page, with its runs isolated, have the same letters in the same places."""
    from jisr.core.bidi.runs import isolate_as_html

    isolated = str(isolate_as_html(add_no_break_spaces(text, tag), TONGUES[tag].direction))
    ours, theirs = drawn(artist, tag, text), in_a_browser(browser, tag, isolated)
    assert abs(ours.width - theirs.width) <= 0.01 * theirs.width + 2
    assert likeness(ours, theirs) > 0.9


@pytest.mark.parametrize("tag", ["ar", "ckb"])
def test_letters_apart_are_told(tag: str, artist: CardRenderer, browser: Browser) -> None:
    """The comparison above can fail: letters that are not joined, and a line in the order of its letters, are unlike."""
    theirs = in_a_browser(browser, tag, LINES[tag])
    apart = "\u200c".join(LINES[tag])
    assert likeness(drawn(artist, tag, apart), theirs) < 0.6
    assert likeness(drawn(artist, tag, LINES[tag][::-1]), theirs) < 0.6


def test_letters_that_no_font_has_are_told(artist: CardRenderer) -> None:
    """The font has every letter of the five languages; others are reported, since they would be drawn as empty boxes."""
    letters = "".join([*NETWORK_NAMES.values(), *NETWORK_PURPOSES.values(), *LINES.values(), *MIXED.values()])
    assert artist.unsupported_letters(letters + "ڕڵۆێەگچپژڤڎًٌٍَُِّْ٠۴«»،؛؟ÇÊÎŞÛçêîşûœŒ“”…\u200c\u2067\u2069") == "ڎ"
    assert artist.unsupported_letters("水 и بيان") == "и水"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_card_is_small_and_the_same_each_time(tag: str, artist: CardRenderer) -> None:
    """A card has 1200 by 630 pixels, 13 colours, under 30 KB, and always the same bytes; another title gives others."""
    from PIL import Image

    other = LocalizedText(LINES["en"], TONGUES["en"])
    card = Card(TONGUES[tag], LocalizedText(LINES[tag] * 4, TONGUES[tag]), NETWORK_NAMES[tag], "بيان · 2012", "", other)
    data = artist.draw(card)
    picture = Image.open(io.BytesIO(data))
    picture.load()
    assert (picture.format, picture.size, picture.mode) == ("PNG", CARD_SIZE, "P")
    assert len(data) < 30_000
    assert CardFormat().is_card(data)
    again = CardRenderer(str(THEME))
    assert (again.draw(card), again.fingerprint(card)) == (data, artist.fingerprint(card))
    changed = Card(TONGUES[tag], LocalizedText(LINES[tag], TONGUES[tag]), NETWORK_NAMES[tag], "بيان · 2012", "", other)
    assert artist.fingerprint(changed) != artist.fingerprint(card)
    assert artist.draw(changed) != data


@pytest.mark.parametrize("colors", [(), ((1, 2, 3),)], ids=["4 bits", "8 bits"])
def test_a_picture_is_its_head_and_its_body(colors: tuple[tuple[int, int, int], ...]) -> None:
    """Each pixel of both is at its place, at the first and the last row and column, too."""
    from PIL import Image

    form = CardFormat(CardColors(logo=colors))
    head, body = Image.new("P", (CARD_SIZE[0], HEAD_HEIGHT), LINE), Image.new("P", BODY_SIZE, 5)
    for sheet in (head, body):
        for x in (0, CARD_SIZE[0] - 1):
            for y in (0, 70, sheet.height - 1):
                sheet.putpixel((x, y), 12)
    picture = Image.open(io.BytesIO(form.encode(form.compress_start(head), body)))
    assert (picture.size, picture.tobytes()) == (CARD_SIZE, head.tobytes() + body.tobytes())


@pytest.mark.parametrize("tag", LANGUAGES)
def test_nothing_is_drawn_over_the_edge(tag: str, artist: CardRenderer) -> None:
    """However long a title is, the margins stay empty: the longest word, the longest name, a line that is cut."""
    from PIL import Image, ImageChops

    for text in (LINES[tag] * 30, LINES[tag].replace(" ", "") * 9, "ا" * 200):
        words = LocalizedText(text, TONGUES[tag])
        card = Card(TONGUES[tag], words, text, "–", "", words)
        picture = Image.open(io.BytesIO(artist.draw(card))).convert("RGB")
        empty = Image.new("RGB", picture.size, CardColors().paper)
        left, top, right, bottom = ImageChops.difference(picture, empty).getbbox() or (0, 0, *CARD_SIZE)
        assert left >= 56
        assert right <= CARD_SIZE[0] - 56
        assert (top > 20, bottom < CARD_SIZE[1] - 8) == (True, True)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_each_colour_has_its_place(tag: str, artist: CardRenderer) -> None:
    """Kind and date are drawn in the colour of marks, the title in that of ink, the line in another language in a soft one."""
    from PIL import Image

    fullest = {name: value for name, (_, value) in SHADES.items()} | {"line": LINE}
    words, other = LocalizedText(LINES[tag], TONGUES[tag]), LocalizedText(LINES["en"], TONGUES["en"])
    card = Card(TONGUES[tag], words, NETWORK_NAMES[tag], "2012 · 10–11 · 2012", "", other)
    picture = Image.open(io.BytesIO(artist.draw(card)))

    def colours(top: int, end: int) -> set[str]:
        used = {value for _, value in picture.crop((160, top, CARD_SIZE[0] - 160, end)).getcolors() or ()}
        return {name for name, value in fullest.items() if value % 16 in used}

    bands = [(60, 140), (190, 250), (260, 530), (546, 548), (570, 625)]
    assert [colours(*band) for band in bands] == [{"ink"}, {"mark"}, {"ink"}, {"line"}, {"soft"}]


def test_what_a_machine_lacks_is_named(tmp_path: object) -> None:
    """A theme without the fonts for cards cannot draw any, and the missing file is reported."""
    assert CardRenderer(str(tmp_path)).missing_requirement().endswith("vazirmatn-card-400.woff2")
