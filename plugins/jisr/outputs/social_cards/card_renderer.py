"""Renderer of cards: Pillow with raqm, which shapes Arabic letters and applies the bidirectional algorithm to lines."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from jisr.content.settings.look.logo import rasterize
from jisr.core.bidi.marks import add_direction_marks
from jisr.core.build.resources import PACKAGE
from jisr.core.i18n.languages import Language
from jisr.core.model.document import LocalizedText
from jisr.outputs.social_cards import masks
from jisr.outputs.social_cards.card_look import BOLD, REGULAR, CardFace, CardLook
from jisr.outputs.social_cards.card_png import (
    CARD_SIZE,
    FIRST_LOGO_COLOR,
    LINE,
    PAPER,
    SHADES,
    SOFT_PAPER,
    CardColors,
    CardFormat,
    CardStart,
    Rgb,
)
from jisr.outputs.social_cards.line_breaking import TextBox, TypesetText, fit_text, split_words

if TYPE_CHECKING:
    from PIL import Image, ImageFont

    from jisr.outputs.social_cards.card import Card

MARGIN, HEAD_HEIGHT = 72, 152
BODY_SIZE = (CARD_SIZE[0], CARD_SIZE[1] - HEAD_HEIGHT)  # of what is below the head, which all cards of a language share
FOOT_TOP = 394  # in the body
_FORMAT_CHARACTERS = frozenset("\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\u061c\u00ad")
_KEPT_FEET = 16
_MEASURING_SIZE = 64  # font size for measuring words
_DRAWING_CODE = ("outputs/social_cards/*.py", "content/settings/look/*.py", "core/bidi/*.py", "core/i18n/punctuation.py")
_LOGO_BOX = (420, 72)
_LOGO_COLORS = 48
_MOST_HEIGHT, _HIGH = 1.9, 0.9  # of a font in em, above which its lines have this share of it between them
_LOW_SCRIPTS = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Geor", "Hebr"})  # without marks far above and below their letters
_IS_SHADED = [bool(v) * 255 for v in range(256)]


class CardRenderer:
    """Draws cards with the fonts of a theme and the looks of a site."""

    def __init__(self, theme: str, look: CardLook | None = None) -> None:
        self.look = look or CardLook(CardColors())
        self.font_files = {weight: Path(theme) / "fonts" / f"vazirmatn-card-{weight}.woff2" for weight in (REGULAR, BOLD)}
        self.fonts: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}
        self.widths: dict[tuple[str, str, str], float] = {}  # of words, by weight and language, in the font size 1
        self.heads: dict[tuple[str, str], CardStart] = {}
        self.feet: dict[tuple[str, str, bool], Image.Image] = {}
        self.letters_file = Path(theme) / "fonts" / "letters.txt"  # the letters of the fonts, written by subset.py
        self.supported_letters = frozenset(self.letters_file.read_text("utf-8")) if self.letters_file.is_file() else frozenset()

    def missing_requirement(self) -> str:
        """Return the first missing requirement of drawing cards, or an empty string."""
        try:
            from PIL import features
        except ImportError:
            return "Pillow"
        if not features.check("raqm"):
            return "FriBiDi"
        logo = self.look.logo
        needed = {"deflate": "deflate"} | ({"resvg_py": "resvg-py"} if logo and logo.media_type == "image/svg+xml" else {})
        for module, name in needed.items():
            if importlib.util.find_spec(module) is None:
                return name
        return next((str(file) for file in (*self.font_files.values(), self.letters_file) if not file.is_file()), "")

    def unsupported_letters(self, text: str) -> str:
        """Return the letters of a text that no font has a glyph for: of the one that has most of them."""
        fonts = (self.supported_letters, *(one.letters for one in self.look.faces))
        if not _find_missing(text, self.supported_letters):
            return ""
        lacking: list[str] = ["".join(sorted(_find_missing(text, letters))) for letters in fonts]
        return min(lacking, key=len)

    def find_face(self, text: str, language: Language) -> CardFace | None:
        """Return the font for a text: of its language or script, else that of the theme (None), else one with its letters."""
        for face in self.look.faces_for(language):
            if not _find_missing(text, face.letters):
                return face
        if not _find_missing(text, self.supported_letters):
            return None
        return next((face for face in self.look.faces if not _find_missing(text, face.letters)), None)

    @cached_property
    def form(self) -> CardFormat:
        """The form of the files."""
        colors = tuple(self._logo[2]) if self._logo else ()
        return CardFormat(replace(self.look.colors, logo=colors))

    @cached_property
    def _logo(self) -> tuple[Image.Image, Image.Image, list[Rgb]] | None:
        """The logo of the site: its pixels as indexes of the palette, the mask of those that it has, and its colours."""
        if self.look.logo is None:
            return None
        from PIL import Image

        picture = rasterize(self.look.logo, _LOGO_BOX)
        ground = Image.new("RGBA", picture.size, (*self.look.colors.paper, 255))
        ground.alpha_composite(picture)
        reduced = ground.convert("RGB").quantize(_LOGO_COLORS)
        palette = reduced.getpalette() or []
        count = len(reduced.getcolors() or ())
        colors: list[Rgb] = [(palette[at], palette[at + 1], palette[at + 2]) for at in range(0, 3 * count, 3)]
        pixels = reduced.point([min(255, value + FIRST_LOGO_COLOR) for value in range(256)])
        return pixels, picture.getchannel("A").point(_IS_SHADED), colors

    def fingerprint(self, card: Card) -> str:
        """Return the cache key of a card: a hash of its content, and of the fonts, code and libraries that draw it."""
        texts = (card.language.tag, card.language.direction, card.masthead, card.kicker, card.deck)
        lines = [(one.text, one.language.tag) for one in (card.title, card.bridge) if one]
        return hashlib.sha256(repr((self._drawing_version, texts, lines)).encode()).hexdigest()[:32]

    @cached_property
    def _drawing_version(self) -> str:
        """Return the hash of all that any card is drawn with."""
        import deflate
        from PIL import __version__, features

        versions = (
            deflate.__version__,
            zlib.ZLIB_RUNTIME_VERSION,
            __version__,
            *map(features.version, ("raqm", "harfbuzz", "freetype2", "fribidi")),
        )
        code = sorted(file for pattern in _DRAWING_CODE for file in PACKAGE.glob(pattern))
        files = [hashlib.sha256(file.read_bytes()).hexdigest() for file in (*self.font_files.values(), *code)]
        look = self.look
        logo = hashlib.sha256(look.logo.data).hexdigest() if look.logo else look.has_own_logo
        all_of_it = (versions, files, look.colors, logo, [(one.name, one.version) for one in look.faces])
        return hashlib.sha256(repr(all_of_it).encode()).hexdigest()

    def draw(self, card: Card) -> bytes:
        """Return a card as a PNG file, the same bytes for the same card."""
        from PIL import Image

        sheet = Image.new("P", BODY_SIZE, PAPER)
        rtl = card.language.direction == "rtl"
        top, foot = (102 if card.kicker else 32), (382 if card.bridge else 422)
        if card.kicker:
            self._draw_line(sheet, card.kicker, card.language, (BOLD, 30, "mark"), 78)
        deck = self._fit_deck(card)
        below = len(deck.lines) * round(deck.size * _leading(card.language, self.look)) + 16 if deck else 0
        if deck:
            sheet.paste(SOFT_PAPER, (0, foot - below - 8, BODY_SIZE[0], foot))
            self._draw_lines(sheet, deck, card, (REGULAR, "soft"), foot - below)
        if card.bridge:
            sheet.paste(self._draw_foot(card.bridge, rtl), (0, FOOT_TOP))
        self._draw_lines(sheet, self._fit_title(card, foot - 20 - below - top), card, (BOLD, "ink"), top)
        return self.form.encode(self._draw_head(card.masthead, card.language), sheet)

    def _draw_head(self, masthead: str, language: Language) -> CardStart:
        """Return what all cards of a language share, drawn once: the logo, the name of the network, and the rule."""
        key = masthead, language.tag
        if key not in self.heads:
            from PIL import Image

            sheet = Image.new("P", (CARD_SIZE[0], HEAD_HEIGHT), PAPER)
            self._draw_masthead(sheet, masthead, language)
            self.heads[key] = self.form.compress_start(sheet)
        return self.heads[key]

    def _fit_title(self, card: Card, height: int) -> TypesetText:
        language = card.title.language
        box = TextBox(CARD_SIZE[0] - 2 * MARGIN, height, (88, 80, 72, 66, 60, 54, 48, 42), _leading(language, self.look))
        return fit_text(box, split_words(card.title.text, language) or ["–"], self._measure(BOLD, language))

    def _fit_deck(self, card: Card) -> TypesetText | None:
        if not card.deck:
            return None
        box = TextBox(CARD_SIZE[0] - 2 * MARGIN, 150, (34, 30, 26), _leading(card.language, self.look))
        return fit_text(box, split_words(card.deck, card.language), self._measure(REGULAR, card.language))

    def _draw_masthead(self, sheet: Image.Image, masthead: str, language: Language) -> None:
        """Draw the logo at the inline start, the name of the network next to it, and the rule below both."""
        inset = self._draw_logo(sheet, language.direction == "rtl")
        if masthead:
            width = CARD_SIZE[0] - 2 * MARGIN - inset
            size = max(1, min(34, int(width / self._measure(BOLD, language)(masthead))))
            self._draw_line(sheet, masthead, language, (BOLD, size, "ink"), 98, inset=inset)
        _draw_rule(sheet, HEAD_HEIGHT - 6, 6, SHADES["ink"][1])

    def _draw_logo(self, sheet: Image.Image, rtl: bool) -> int:
        """Draw the logo of the site, or the mark of the theme; return the width that it takes, with the space beside it."""
        if self._logo:
            pixels, mask, _ = self._logo
            x = CARD_SIZE[0] - MARGIN - pixels.width if rtl else MARGIN
            sheet.paste(pixels, (x, 48 + (_LOGO_BOX[1] - pixels.height) // 2), mask)
            return pixels.width + 24
        if self.look.has_own_logo:
            return 0
        side = 72
        x = CARD_SIZE[0] - MARGIN - side if rtl else MARGIN
        sheet.paste(SHADES["ink"][1], (x, 48), masks.draw_logo_bridge(side))
        sheet.paste(SHADES["mark"][1], (x, 48), masks.draw_logo_dot(side))
        return side + 24

    def _draw_foot(self, line: LocalizedText, rtl: bool) -> Image.Image:
        """Return the line in another language, at the same edge, below a hairline and after the dot of its script.

        Cards of one text follow each other, and several have the same line.
        """
        key = line.text, line.language.tag, rtl
        if key not in self.feet:
            from PIL import Image

            if len(self.feet) >= _KEPT_FEET:
                self.feet.clear()
            foot = self.feet[key] = Image.new("P", (BODY_SIZE[0], BODY_SIZE[1] - FOOT_TOP), SOFT_PAPER)
            box = TextBox(CARD_SIZE[0] - 2 * MARGIN - 34, 40, (30, 27, 24), 1.0)
            typeset = fit_text(box, split_words(line.text, line.language) or ["–"], self._measure(REGULAR, line.language))
            self._draw_line(foot, typeset.lines[0], line.language, (REGULAR, typeset.size, "soft"), 54, inset=34, rtl=rtl)
            _draw_rule(foot, 0, 2, LINE)
            x = CARD_SIZE[0] - MARGIN - 18 if rtl else MARGIN
            draw_dot = masks.draw_rhombus if line.language.direction == "rtl" else masks.draw_disc
            foot.paste(PAPER, (x, 34, x + 18, 34 + 18))
            foot.paste(SHADES["mark"][1], (x, 34), draw_dot(18))
        return self.feet[key]

    def _draw_lines(self, sheet: Image.Image, typeset: TypesetText, card: Card, style: tuple[str, str], top: int) -> None:
        """Draw consecutive lines, with capitals and alef vertically centred in each."""
        weight, colour = style
        step = typeset.size * _leading(card.title.language, self.look)
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
        """Draw a line of text in a weight, a font size and a colour; its edges are between that and what the sheet has there.

        ``start`` is the x position of its inline start, its baseline, and whether that start is on the right: a line of one
        direction among lines of the other starts on the same side as they do.
        """
        from PIL import ImageDraw

        (weight, size, colour), (x, baseline, at_end) = style, start
        draw = ImageDraw.Draw(sheet)
        draw.fontmode = "L"  # with smooth edges, which a sheet of palette indexes has not of itself
        draw.text(
            (x, baseline),
            add_direction_marks(text, language),
            fill=colour,
            font=self._load_font(weight, size, self.find_face(text, language)),
            anchor="rs" if at_end else "ls",
            direction=language.direction,
            language=language.tag,
        )

    def _measure(self, weight: str, language: Language) -> Callable[[str], float]:
        """Return a function that measures words in a weight."""
        return partial(self._measure_text, weight, language)

    def _measure_text(self, weight: str, language: Language, text: str) -> float:
        key = (weight, language.tag, text)
        width = self.widths.get(key)
        if width is None:
            font = self._load_font(weight, _MEASURING_SIZE, self.find_face(text, language))
            self.widths[key] = width = float(font.getlength(text)) / _MEASURING_SIZE
        return width

    def _load_font(self, weight: str, size: int, face: CardFace | None) -> ImageFont.FreeTypeFont:
        key = (f"{weight} {face.name}" if face else weight, size)
        if key not in self.fonts:
            from PIL import ImageFont

            file = io.BytesIO(face.load(weight)) if face else str(self.font_files[weight])
            self.fonts[key] = ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.RAQM)
        return self.fonts[key]


def _find_missing(text: str, letters: frozenset[str]) -> set[str]:
    """Return the characters of a text that are not among some letters, but for spaces and what is not seen."""
    missing = set(unicodedata.normalize("NFC", text)) - letters - _FORMAT_CHARACTERS
    return {letter for letter in missing if not letter.isspace()}


def _leading(language: Language, look: CardLook) -> float:
    """Return the line height relative to the font size: marks above and below Arabic letters need more."""
    height = max((face.height for face in look.faces_for(language)), default=0.0)
    return max(1.22 if language.script in _LOW_SCRIPTS else 1.45, height * _HIGH if height > _MOST_HEIGHT else 0.0)


def _draw_rule(sheet: Image.Image, top: int, height: int, colour: int) -> None:
    sheet.paste(colour, (MARGIN, top, CARD_SIZE[0] - MARGIN, top + height))
