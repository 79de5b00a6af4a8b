"""The looks of a site as its cards have them: colours, logo, and fonts for the letters that those of the theme lack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jisr.content.settings.colors import choose_colors, read_scheme
from jisr.content.settings.look.logo import Logo, LogoFile, read_logo
from jisr.content.settings.settings import read_languages
from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.problems import ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.outputs.social_cards.card_png import CardColors

REGULAR, BOLD = "400", "700"


@dataclass(frozen=True, slots=True)
class CardFace:
    """A font beside that of the theme: of a script, of a language, or of all; what it is known by, and its file in a weight."""

    name: str
    letters: frozenset[str]
    load: Callable[[str], bytes]
    version: str = ""
    script: str = ""
    tag: str = ""
    height: float = 0.0  # of its lines in em, where they are higher than those of the theme


@dataclass(frozen=True, slots=True)
class CardLook:
    """What cards have of their site. Without ``has_own_logo`` they show the mark of the theme."""

    colors: CardColors
    faces: tuple[CardFace, ...] = ()
    logo: LogoFile | None = None
    has_own_logo: bool = False

    def faces_for(self, language: Language) -> list[CardFace]:
        """Return the fonts that are meant for a language."""
        own = [one for one in self.faces if one.tag == language.tag]
        return own + [one for one in self.faces if one.script == language.script and not one.tag]


def read_card_look(context: BuildContext, theme: Path) -> CardLook:
    """Return the looks of a site. What is wrong with its settings is reported with its stylesheet, and left out here."""
    settings, folder = context.settings, Path(context.run.settings_path).resolve().parent
    logo: Logo | None = None
    if settings.get("LOGO") is not None:
        logo, _ = read_logo(settings["LOGO"], folder, SourceLocation(""))
    shown = logo.file if logo is not None and "cards" in logo.places else None
    faces = (*_own_faces(context, folder, theme), *_theme_faces(theme))
    return CardLook(_read_colors(settings, theme), faces, shown, logo is not None)


def _read_colors(settings: Mapping[str, Any], theme: Path) -> CardColors:
    """Return the colours of cards: those of light pages, where a site states them."""
    if settings.get("COLORS") is None:
        return CardColors()
    scheme = read_scheme((theme / "static" / "css" / "tokens.css").read_text("utf-8"))
    chosen, _ = choose_colors(settings["COLORS"], scheme)
    names = ("paper", "ink", "mark", "soft", "line")
    found: dict[str, Any] = {name: tuple(bytes.fromhex(chosen.light[name][1:])) for name in names if name in chosen.light}
    return CardColors(**found)


def _theme_faces(theme: Path) -> tuple[CardFace, ...]:
    """Return the font of the theme with all its letters, for languages that need more than those it was made for."""
    letters = theme / "fonts" / "letters-more.txt"
    if not letters.is_file():
        return ()
    path = theme / "fonts"
    return (CardFace("more", frozenset(letters.read_text("utf-8")), lambda weight: (path / _file_name(weight)).read_bytes()),)


def _file_name(weight: str) -> str:
    return f"vazirmatn-card-more-{weight}.woff2"


def _own_faces(context: BuildContext, folder: Path, theme: Path) -> tuple[CardFace, ...]:
    """Return the fonts that the site states, each with the letters of the theme beside its own."""
    setting, run = context.settings.get("FONTS"), context.run
    try:
        languages = read_languages(context.settings, run.settings_path) if setting is not None else None
    except ProblemsError:
        return ()
    if languages is None:
        return ()
    import hashlib

    from jisr.content.settings.look.typefaces import Typeface, TypefaceMaker, missing_requirement, read_typefaces

    if missing_requirement():
        return ()
    maker = TypefaceMaker(folder / ".cache" / "fonts", run.clock or run.now)
    beside = frozenset((theme / "fonts" / "letters-more.txt").read_text("utf-8"))

    def load(typeface: Typeface, weight: str) -> bytes:
        return maker.card_font(typeface, int(weight), (theme / "fonts" / _file_name(weight)).read_bytes())

    return tuple(
        CardFace(
            name=one.key,
            letters=frozenset(map(chr, one.letters)) | beside,
            load=partial(load, one),
            version=repr([hashlib.sha256(file.data).hexdigest() for file in one.files]),
            script=one.script,
            tag=one.tag,
            height=one.files[0].facts.ascent + one.files[0].facts.descent,
        )
        for one in read_typefaces(setting, languages, folder)[0]
    )
