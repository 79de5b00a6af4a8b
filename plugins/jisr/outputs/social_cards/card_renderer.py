"""Renderer of cards: Pillow with raqm, which shapes Arabic letters and applies the bidirectional algorithm to lines."""

from __future__ import annotations

import hashlib
import unicodedata
import zlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from jisr.core.bidi.marks import add_direction_marks
from jisr.core.build.resources import PACKAGE
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import LocalizedText
from jisr.outputs.social_cards import masks
from jisr.outputs.social_cards.card_png import CARD_SIZE, SHADES, CardEncoder
from jisr.outputs.social_cards.line_breaking import TextBox, TypesetText, fit_text, split_words

if TYPE_CHECKING:
    from PIL import Image, ImageFont

    from jisr.outputs.social_cards.card import Card

MARGIN, HEAD_HEIGHT, FOOT_TOP = 72, 152, 546
BOLD, REGULAR = "700", "400"
_FORMAT_CHARACTERS = frozenset("\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\u061c\u00ad")
_KEPT_FEET = 16
_MEASURING_SIZE = 64  # font size for measuring words
_DRAWING_CODE = ("outputs/social_cards/*.py", "core/bidi/*.py", "core/i18n/punctuation.py")
# Text is drawn in the shades of ink, of which it takes as many as its colour has; these make them those of the colour.
_RECOLOURING = {name: [first + v - 1 if 0 < v <= count else v for v in range(256)] for name, (first, count) in SHADES.items()}
# From the values of a mask to the shades of a colour.
_SHADING = {
    name: [0 if v < 128 // count else first + min(count, max(1, round(v * count / 255))) - 1 for v in range(256)]
    for name, (first, count) in SHADES.items()
}
_IS_SHADED = [bool(v) * 255 for v in range(256)]


@dataclass(frozen=True, slots=True)
class _Background:
    """What all cards of a language share, drawn and compressed once."""

    sheet: Image.Image
    encoder: CardEncoder


class CardRenderer:
    """Draws cards with the fonts of a theme."""

    def __init__(self, theme: str) -> None:
        self.font_files = {weight: Path(theme) / "fonts" / f"vazirmatn-card-{weight}.woff2" for weight in (REGULAR, BOLD)}
        self.fonts: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}
        self.widths: dict[tuple[str, str], float] = {}  # of words, by their weight, in the font size 1
        self.backgrounds: dict[tuple[str, str], _Background] = {}
        self.feet: dict[tuple[str, str, bool], Image.Image] = {}
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
        """Return the cache key of a card: a hash of its content, and of the fonts, code and libraries that draw it."""
        texts = (card.language.tag, card.language.direction, card.masthead, card.kicker, card.deck)
        lines = [(one.text, one.language.tag) for one in (card.title, card.bridge) if one]
        return hashlib.sha256(repr((self._drawing_version, texts, lines)).encode()).hexdigest()[:32]

    @cached_property
    def _drawing_version(self) -> str:
        """Return the hash of all that the same card is drawn with."""
        from PIL import __version__, features

        versions = (
            zlib.ZLIB_RUNTIME_VERSION,
            __version__,
            *map(features.version, ("raqm", "harfbuzz", "freetype2", "fribidi")),
        )
        code = sorted(file for pattern in _DRAWING_CODE for file in PACKAGE.glob(pattern))
        files = [hashlib.sha256(file.read_bytes()).hexdigest() for file in (*self.font_files.values(), *code)]
        return repr((versions, files))

    def draw(self, card: Card) -> bytes:
        """Return a card as a PNG file, the same bytes for the same card."""
        background = self._background(card.masthead, card.language)
        sheet = background.sheet.copy()
        rtl = card.language.direction == "rtl"
        top, foot = (254 if card.kicker else 184), (534 if card.bridge else 574)
        # The title is last: until then a band of the sheet has lines of one colour alone.
        if card.kicker:
            self._draw_line(sheet, card.kicker, card.language, (BOLD, 30, "mark"), 230)
            _recolour(sheet, "mark", 186, 246)
        deck = self._fit_deck(card)
        below = len(deck.lines) * round(deck.size * _leading(card.language)) + 16 if deck else 0
        if deck:
            self._draw_lines(sheet, deck, card, (REGULAR, "soft"), foot - below)
            _recolour(sheet, "soft", foot - below - 12, foot)
        if card.bridge:
            sheet.paste(self._draw_foot(card.bridge, rtl), (0, FOOT_TOP))
        self._draw_lines(sheet, self._fit_title(card, foot - 20 - below - top), card, (BOLD, "ink"), top)
        return background.encoder.encode(sheet)

    def _background(self, masthead: str, language: Language) -> _Background:
        """Return what all cards of a language share: the logo, the name of the network, and the rule below both."""
        key = masthead, language.tag
        if key not in self.backgrounds:
            from PIL import Image

            sheet = Image.new("P", CARD_SIZE, 0)
            self._draw_masthead(sheet, masthead, language)
            self.backgrounds[key] = _Background(sheet, CardEncoder(sheet, HEAD_HEIGHT))
        return self.backgrounds[key]

    def _fit_title(self, card: Card, height: int) -> TypesetText:
        language = card.title.language
        box = TextBox(CARD_SIZE[0] - 2 * MARGIN, height, (88, 80, 72, 66, 60, 54, 48, 42), _leading(language))
        return fit_text(box, split_words(card.title.text, language) or ["–"], self._measure_bold)

    def _fit_deck(self, card: Card) -> TypesetText | None:
        if not card.deck:
            return None
        box = TextBox(CARD_SIZE[0] - 2 * MARGIN, 150, (34, 30, 26), _leading(card.language))
        return fit_text(box, split_words(card.deck, card.language), self._measure_regular)

    def _draw_masthead(self, sheet: Image.Image, masthead: str, language: Language) -> None:
        """Draw the logo at the inline start, the name of the network next to it, and the rule below both."""
        side, rtl = 72, language.direction == "rtl"
        if masthead:
            width = CARD_SIZE[0] - 2 * MARGIN - side - 24
            size = max(1, min(34, int(width / self._measure_bold(masthead))))
            self._draw_line(sheet, masthead, language, (BOLD, size, "ink"), 98, inset=side + 24)
        _paint_mask(sheet, masks.draw_logo_bridge(side), (CARD_SIZE[0] - MARGIN - side if rtl else MARGIN, 48), "ink")
        _paint_mask(sheet, masks.draw_logo_dot(side), (CARD_SIZE[0] - MARGIN - side if rtl else MARGIN, 48), "mark")
        _draw_rule(sheet, HEAD_HEIGHT - 6, 6, "ink")

    def _draw_foot(self, line: LocalizedText, rtl: bool) -> Image.Image:
        """Return the line in another language, at the same edge, below a hairline and after the dot of its script.

        Cards of one text follow each other, and several have the same line.
        """
        key = line.text, line.language.tag, rtl
        if key not in self.feet:
            from PIL import Image

            if len(self.feet) >= _KEPT_FEET:
                self.feet.clear()
            foot = self.feet[key] = Image.new("P", (CARD_SIZE[0], CARD_SIZE[1] - FOOT_TOP), 0)
            box = TextBox(CARD_SIZE[0] - 2 * MARGIN - 34, 40, (30, 27, 24), 1.0)
            typeset = fit_text(box, split_words(line.text, line.language) or ["–"], self._measure_regular)
            self._draw_line(foot, typeset.lines[0], line.language, (REGULAR, typeset.size, "soft"), 54, inset=34, rtl=rtl)
            _recolour(foot, "soft", 0, foot.height)
            _draw_rule(foot, 0, 2, "line")
            x = CARD_SIZE[0] - MARGIN - 18 if rtl else MARGIN
            draw_dot = masks.draw_rhombus if line.language.direction == "rtl" else masks.draw_disc
            _paint_mask(foot, draw_dot(18), (x, 34), "mark")
        return self.feet[key]

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
        self.draw_text(sheet, text, language, (weight, size, SHADES[colour][1]), (x, baseline, at_end))

    def draw_text(
        self, sheet: Image.Image, text: str, language: Language, style: tuple[str, int, int], start: tuple[int, int, bool]
    ) -> None:
        """Draw a line of text in a weight and font size, with as many shades as ``style`` says: from 1 to that number.

        ``start`` is the x position of its inline start, its baseline, and whether that start is on the right: a line of one
        direction among lines of the other starts on the same side as they do.
        """
        from PIL import ImageDraw

        (weight, size, shades), (x, baseline, at_end) = style, start
        draw = ImageDraw.Draw(sheet)
        draw.fontmode = "L"  # with smooth edges, which a sheet of palette indexes has not of itself
        draw.text(
            (x, baseline),
            add_direction_marks(text, language),
            fill=shades,
            font=self._load_font(weight, size),
            anchor="rs" if at_end else "ls",
            direction=language.direction,
            language=language.tag,
        )

    def _measure_bold(self, text: str) -> float:
        return self._measure_text(BOLD, text)

    def _measure_regular(self, text: str) -> float:
        return self._measure_text(REGULAR, text)

    def _measure_text(self, weight: str, text: str) -> float:
        width = self.widths.get((weight, text))
        if width is None:
            width = float(self._load_font(weight, _MEASURING_SIZE).getlength(text)) / _MEASURING_SIZE
            self.widths[weight, text] = width
        return width

    def _load_font(self, weight: str, size: int) -> ImageFont.FreeTypeFont:
        if (weight, size) not in self.fonts:
            from PIL import ImageFont

            file = str(self.font_files[weight])
            self.fonts[weight, size] = ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.RAQM)
        return self.fonts[weight, size]


def _leading(language: Language) -> float:
    """Return the line height relative to the font size: marks above and below Arabic letters need more."""
    return 1.45 if language.direction == "rtl" else 1.22


def _recolour(sheet: Image.Image, colour: str, top: int, end: int) -> None:
    """Give a colour to the rows of a sheet between two, whose pixels are shades of ink, as text is drawn."""
    band = (0, top, CARD_SIZE[0], end)
    sheet.paste(sheet.crop(band).point(_RECOLOURING[colour]), band)


def _paint_mask(sheet: Image.Image, mask: Image.Image, at: tuple[int, int], colour: str) -> None:
    """Paint a mask in a colour onto the sheet, whose pixel values are palette indexes."""
    shaded = mask.point(_SHADING[colour])
    sheet.paste(shaded.convert("P"), at, shaded.point(_IS_SHADED))


def _draw_rule(sheet: Image.Image, top: int, height: int, colour: str) -> None:
    first, count = SHADES[colour]
    sheet.paste(first + count - 1, (MARGIN, top, CARD_SIZE[0] - MARGIN, top + height))
