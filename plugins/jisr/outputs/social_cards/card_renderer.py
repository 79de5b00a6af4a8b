"""Renderer of cards: Pillow with raqm, which shapes Arabic letters and applies the bidirectional algorithm to lines."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jisr.core.bidi.marks import add_direction_marks
from jisr.core.i18n.languages import Language
from jisr.core.model.document import LocalizedText
from jisr.outputs.social_cards import masks
from jisr.outputs.social_cards.line_breaking import TextBox, TypesetText, fit_text, split_words

if TYPE_CHECKING:
    from PIL import Image, ImageFont

    from jisr.outputs.social_cards.card import Card

CARD_SIZE = (1200, 630)  # the size that social networks crop least (https://ogp.me names none)
MARGIN = 72
DRAWING_VERSION = 1  # a cached card is drawn again when this changes
PAPER, INK, MARK, SOFT, LINE = (248, 245, 238), (34, 38, 43), (138, 67, 24), (71, 75, 80), (211, 203, 187)
SHADES = {"ink": (1, 7), "mark": (8, 4), "soft": (12, 3), "line": (15, 1)}  # of 16 colours: the first, and the number
BOLD, REGULAR = "700", "400"
_FORMAT_CHARACTERS = frozenset("\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\u061c\u00ad")
_MEASURING_SIZE = 64  # font size for measuring words


class CardRenderer:
    """Draws cards with the fonts of a theme."""

    def __init__(self, theme: str) -> None:
        self.font_files = {weight: Path(theme) / "fonts" / f"vazirmatn-card-{weight}.woff2" for weight in (REGULAR, BOLD)}
        self.fonts: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}
        self.letters_file = Path(theme) / "fonts" / "letters.txt"  # the letters of the fonts, written by subset.py
        self.supported_letters = frozenset(self.letters_file.read_text("utf-8")) if self.letters_file.is_file() else frozenset()

    def missing_requirement(self) -> str:
        """Return the first missing requirement of drawing cards, or an empty string."""
        try:
            from PIL import features
        except ImportError:
            return "pillow"
        if not features.check("raqm"):
            return "raqm"
        return next((str(file) for file in (*self.font_files.values(), self.letters_file) if not file.is_file()), "")

    def unsupported_letters(self, text: str) -> str:
        """Return the letters of a text that the font has no glyph for."""
        letters = set(unicodedata.normalize("NFC", text)) - self.supported_letters - _FORMAT_CHARACTERS
        return "".join(sorted(letter for letter in letters if not letter.isspace()))

    def fingerprint(self, card: Card) -> str:
        """Return the cache key of a card: a hash of its content, and of the fonts and libraries that draw it."""
        from PIL import __version__, features

        versions = (DRAWING_VERSION, __version__, *map(features.version, ("raqm", "harfbuzz", "freetype2", "fribidi")))
        fonts = [hashlib.sha256(file.read_bytes()).hexdigest() for file in self.font_files.values()]
        texts = (card.language.tag, card.language.direction, card.masthead, card.kicker, card.deck)
        lines = [(one.text, one.language.tag) for one in (card.title, card.bridge) if one]
        return hashlib.sha256(repr((versions, fonts, texts, lines)).encode()).hexdigest()[:32]

    def draw(self, card: Card) -> bytes:
        """Return a card as a PNG of 16 colours, the same bytes for the same card."""
        from PIL import Image

        sheet = Image.new("L", CARD_SIZE, 0)
        rtl = card.language.direction == "rtl"
        self._draw_masthead(sheet, card, rtl)
        top = 184
        if card.kicker:
            self._draw_line(sheet, card.kicker, card.language, (BOLD, 30, "mark"), 230)
            top = 254
        foot = 534 if card.bridge else 574
        deck = self._fit_deck(card)
        below = len(deck.lines) * round(deck.size * _leading(card.language)) + 16 if deck else 0
        self._draw_lines(sheet, self._fit_title(card, foot - 20 - below - top), card, (BOLD, "ink"), top)
        if deck:
            self._draw_lines(sheet, deck, card, (REGULAR, "soft"), foot - below)
        if card.bridge:
            self._draw_bridge(sheet, card.bridge, rtl)
        return _encode_png(sheet)

    def _fit_title(self, card: Card, height: int) -> TypesetText:
        language = card.title.language
        box = TextBox(CARD_SIZE[0] - 2 * MARGIN, height, (88, 80, 72, 66, 60, 54, 48, 42), _leading(language))
        return fit_text(box, split_words(card.title.text, language) or ["–"], partial(self._measure_text, BOLD))

    def _fit_deck(self, card: Card) -> TypesetText | None:
        if not card.deck:
            return None
        box = TextBox(CARD_SIZE[0] - 2 * MARGIN, 150, (34, 30, 26), _leading(card.language))
        return fit_text(box, split_words(card.deck, card.language), partial(self._measure_text, REGULAR))

    def _draw_masthead(self, sheet: Image.Image, card: Card, rtl: bool) -> None:
        """Draw the logo at the inline start, the name of the network next to it, and the rule below both."""
        side = 72
        _paint_mask(sheet, masks.draw_logo_bridge(side), (CARD_SIZE[0] - MARGIN - side if rtl else MARGIN, 48), "ink")
        _paint_mask(sheet, masks.draw_logo_dot(side), (CARD_SIZE[0] - MARGIN - side if rtl else MARGIN, 48), "mark")
        if card.masthead:
            width = CARD_SIZE[0] - 2 * MARGIN - side - 24
            size = max(1, min(34, int(width / self._measure_text(BOLD, card.masthead))))
            self._draw_line(sheet, card.masthead, card.language, (BOLD, size, "ink"), 98, inset=side + 24)
        _draw_rule(sheet, 146, 6, "ink")

    def _draw_bridge(self, sheet: Image.Image, line: LocalizedText, rtl: bool) -> None:
        """Draw the line in another language at the same edge, after the dot of its script."""
        _draw_rule(sheet, 546, 2, "line")
        x = CARD_SIZE[0] - MARGIN - 18 if rtl else MARGIN
        draw_dot = masks.draw_rhombus if line.language.direction == "rtl" else masks.draw_disc
        _paint_mask(sheet, draw_dot(18), (x, 580), "mark")
        box = TextBox(CARD_SIZE[0] - 2 * MARGIN - 34, 40, (30, 27, 24), 1.0)
        typeset = fit_text(box, split_words(line.text, line.language) or ["–"], partial(self._measure_text, REGULAR))
        self._draw_line(sheet, typeset.lines[0], line.language, (REGULAR, typeset.size, "soft"), 600, inset=34, rtl=rtl)

    def _draw_lines(self, sheet: Image.Image, typeset: TypesetText, card: Card, style: tuple[str, str], top: int) -> None:
        """Draw consecutive lines, with capitals and alef vertically centred in each."""
        weight, colour = style
        step = typeset.size * _leading(card.title.language)
        for number, line in enumerate(typeset.lines):
            baseline = round(top + step * (number + 0.5) + typeset.size * 0.33)
            rtl = card.language.direction == "rtl"
            self._draw_line(sheet, line, card.title.language, (weight, typeset.size, colour), baseline, rtl=rtl)

    def _draw_line(
        self,
        sheet: Image.Image,
        text: str,
        language: Language,
        style: tuple[str, int, str],
        baseline: int,
        inset: int = 0,
        rtl: bool | None = None,
    ) -> None:
        """Draw a line that begins at the inline start of the card, in any language."""
        weight, size, colour = style
        at_end = language.direction == "rtl" if rtl is None else rtl
        x = CARD_SIZE[0] - MARGIN - inset if at_end else MARGIN + inset
        _paint_mask(sheet, self.render_line(text, language, weight, size, (x, at_end)), (0, baseline - 2 * size), colour)

    def render_line(self, text: str, language: Language, weight: str, size: int, start: tuple[int, bool]) -> Image.Image:
        """Return a line of text as a mask with the width of a card and the baseline at twice the font size.

        ``start`` is the x position of its inline start, and whether that is on the right: a line of one direction among lines
        of the other starts on the same side as they do.
        """
        from PIL import Image, ImageDraw

        x, at_end = start
        strip = Image.new("L", (CARD_SIZE[0], size * 3), 0)
        ImageDraw.Draw(strip).text(
            (x, size * 2),
            add_direction_marks(text, language),
            fill=255,
            font=self._load_font(weight, size),
            anchor="rs" if at_end else "ls",
            direction=language.direction,
            language=language.tag,
        )
        return strip

    def _measure_text(self, weight: str, text: str) -> float:
        return float(self._load_font(weight, _MEASURING_SIZE).getlength(text)) / _MEASURING_SIZE

    def _load_font(self, weight: str, size: int) -> ImageFont.FreeTypeFont:
        from PIL import ImageFont

        if (weight, size) not in self.fonts:
            file = str(self.font_files[weight])
            self.fonts[weight, size] = ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.RAQM)
        return self.fonts[weight, size]


def _leading(language: Language) -> float:
    """Return the line height of a title, relative to the font size, as in the stylesheet."""
    return 1.45 if language.direction == "rtl" else 1.22


def _paint_mask(sheet: Image.Image, mask: Image.Image, at: tuple[int, int], colour: str) -> None:
    """Paint a mask in a colour onto the sheet, whose pixel values are palette indexes."""
    first, count = SHADES[colour]
    shades = [0 if value < 128 // count else first + min(count, max(1, round(value * count / 255))) - 1 for value in range(256)]
    box = mask.getbbox()
    if box:
        cropped = mask.crop(box)
        sheet.paste(cropped.point(shades), (at[0] + box[0], at[1] + box[1]), cropped.point([bool(one) * 255 for one in shades]))


def _draw_rule(sheet: Image.Image, top: int, height: int, colour: str) -> None:
    first, count = SHADES[colour]
    sheet.paste(first + count - 1, (MARGIN, top, CARD_SIZE[0] - MARGIN, top + height))


def _encode_png(sheet: Image.Image) -> bytes:
    from PIL import Image

    palette = [*PAPER]
    for name, colour in (("ink", INK), ("mark", MARK), ("soft", SOFT), ("line", LINE)):
        count = SHADES[name][1]
        for step in range(1, count + 1):
            palette += [round(paper + (full - paper) * step / count) for paper, full in zip(PAPER, colour, strict=True)]
    card = Image.frombytes("P", CARD_SIZE, sheet.tobytes())
    card.putpalette(palette)
    file = io.BytesIO()
    card.save(file, "PNG", bits=4, compress_level=6)  # level 9 takes ten times as long and saves a twentieth of the bytes
    return file.getvalue()
