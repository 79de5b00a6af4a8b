"""The fonts of a site: the setting ``FONTS``, and what is made of each font for pages and for cards."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from jisr.content.drawing_cache import DrawingCache
from jisr.content.settings.look import font_files
from jisr.content.settings.look.font_files import BOLD, REGULAR, FontError, FontFacts
from jisr.content.settings.look.own_files import OWN_FONT
from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Languages

MOST_BYTES = 120 * 1024  # of the letters of a script in one file, which each reader of it loads
_ENDINGS = (".ttf", ".otf", ".woff2", ".woff")
_LICENCE = re.compile(r"(?:licen[cs]e|ofl|copying|ufl)", re.IGNORECASE)
_SCRIPT = re.compile(r"[A-Z][a-z]{3}")
_REMEDY = phrase(
    'Write FONTS = {{"Hebr": "fonts/Heebo.ttf"}}, a pair of files for regular and bold, or the name of a package with fonts.'
)


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font as it lies here: its name, its bytes, and what is known of it."""

    name: str
    data: bytes
    facts: FontFacts


@dataclass(frozen=True, slots=True)
class Typeface:
    """The font of a script, or of one language: a file that has all weights, or one for regular and one for bold."""

    key: str
    script: str
    tag: str  # of the language; empty where it is that of all languages in the script
    files: tuple[FontFile, ...]

    @property
    def letters(self) -> frozenset[int]:
        """The characters of the script that its files have."""
        return font_files.select_letters(self.files[0].facts.letters, self.script)

    def file_for(self, weight: int) -> FontFile:
        """Return the file that has a weight, or the nearest."""
        return min(self.files, key=lambda one: max(one.facts.weights[0] - weight, weight - one.facts.weights[1], 0))


@dataclass(frozen=True, slots=True)
class WebFont:
    """A font as pages get it: its name and bytes, its weights and characters as CSS states them, and what is known of it."""

    name: str
    data: bytes
    weights: str
    ranges: str
    facts: FontFacts


def missing_requirement() -> str:
    """Return the first package that fonts need and that is not installed, or an empty string."""
    for name in ("fontTools", "brotli"):
        try:
            __import__(name)
        except ImportError:
            return name.lower()
    return ""


def read_typefaces(setting: object, languages: Languages, folder: Path) -> tuple[tuple[Typeface, ...], tuple[Phrase, ...]]:
    """Return the fonts that a site states, and what is wrong with them; paths are meant from the folder of the settings."""
    if not isinstance(setting, Mapping):
        return (), (phrase('"{value}" names no fonts. {remedy}', value=setting, remedy=_REMEDY),)
    if missing := missing_requirement():
        text = 'Fonts need {name}, which is missing. Install it (pip install "jisr[fonts]"), or take FONTS out of the settings.'
        return (), (phrase(text, name=missing),)
    found, faults = [], []
    for key, value in setting.items():
        try:
            found.append(_read_typeface(key, value, languages, folder))
        except _FontSettingError as fault:
            faults.append(fault.reason)
    return tuple(found), tuple(faults)


class _FontSettingError(Exception):
    """A font that cannot be used, and why."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.reason = phrase(text, **values)


def _read_typeface(key: object, value: object, languages: Languages, folder: Path) -> Typeface:
    """Return the font of a script or language. Raises _FontSettingError."""
    language = languages[key] if isinstance(key, str) and key in languages else None
    if language is None and not (isinstance(key, str) and _SCRIPT.fullmatch(key)):
        text = (
            '"{value}" is neither a script nor a language of this site. Write four letters, as Hebr or Deva, or one of {tags}.'
        )
        raise _FontSettingError(text, value=key, tags=", ".join(languages.tags))
    names = value if isinstance(value, tuple | list) else (value,)
    if not 1 <= len(names) <= 2 or not all(isinstance(name, str) and name for name in names):
        raise _FontSettingError('"{value}" is no font. {remedy}', value=value, remedy=_REMEDY)
    if len(names) == 1 and not names[0].lower().endswith(_ENDINGS):
        paths = _find_in_package(names[0])
    else:
        paths = [folder / name for name in names]
        for path, name in zip(paths, names, strict=True):
            _require_licence(path, name)
    files = tuple(_read_file(path) for path in paths)
    typeface = Typeface(str(key), language.script if language else str(key), language.tag if language else "", files)
    if not typeface.letters:
        raise _FontSettingError(
            '"{value}" has no letters of {script}. Name a font that has them.', value=names[0], script=typeface.script
        )
    return typeface


def _require_licence(path: Path, name: str) -> None:
    """Raise _FontSettingError where a file is not there, or nobody says beside it who may use it."""
    if not path.is_file():
        raise _FontSettingError('"{value}" is not there. Put the file beside the settings, or mend its path.', value=name)
    if not any(_LICENCE.match(one.name) for one in path.parent.iterdir() if one.is_file()):
        text = '"{value}" has no licence beside it. Put the text of its licence there, as OFL.txt.'
        raise _FontSettingError(text, value=name)


def _read_file(path: Path) -> FontFile:
    try:
        data = path.read_bytes()
        facts = font_files.read_facts(font_files.open_font(data))
    except (OSError, FontError):
        raise _FontSettingError(
            '"{value}" is no font that can be read. Put a TTF, OTF or WOFF2 file there.', value=path.name
        ) from None
    if not facts.may_be_embedded:
        raise _FontSettingError('"{value}" forbids to be published (its embedding rights). Name another font.', value=path.name)
    return FontFile(path.name, data, facts)


def _find_in_package(name: str) -> list[Path]:
    """Return the fonts of an installed package that are upright: the one with all weights, else regular and bold."""
    try:
        files = distribution(name).files or ()
    except (PackageNotFoundError, ValueError):
        text = (
            '"{value}" is neither a file nor an installed package. Install it (pip install {value}), or name a file of fonts.'
        )
        raise _FontSettingError(text, value=name) from None
    fonts = sorted(Path(str(one.locate())) for one in files if one.name.lower().endswith(_ENDINGS))
    upright = [one for one in fonts if "italic" not in one.name.lower() and "oblique" not in one.name.lower()]
    variable = [one for one in upright if "wght" in one.name]
    chosen = variable[:1] or [
        one for weight in ("regular", "bold") for one in upright if one.stem.lower().endswith(f"-{weight}")
    ]
    if not (chosen or upright):
        raise _FontSettingError('"{value}" has no fonts. Name another package.', value=name)
    return chosen or upright[:1]


class TypefaceMaker:
    """Makes files of fonts, and keeps them in ``.cache/fonts/`` beside the settings: each costs up to some seconds."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.cache = DrawingCache(folder, now, _is_font, ("woff2", "ttf"))
        self.version = _code_version()

    def web_fonts(self, typeface: Typeface) -> Iterator[WebFont]:
        """Return the files of a font for pages."""
        letters = typeface.letters
        ranges = font_files.format_ranges(letters, typeface.script)
        for file in typeface.files:
            data = self._keep((file, "web", sorted(letters)), "woff2", partial(font_files.make_web_font, file.data, letters))
            stem = re.sub(r"[^a-z0-9]+", "-", Path(file.name).stem.lower()).strip("-") or "font"
            facts = font_files.read_facts(font_files.open_font(data))
            yield WebFont(
                f"{OWN_FONT}{stem}-{typeface.key.lower()}.woff2", data, _format_weights(typeface, file), ranges, facts
            )

    def card_font(self, typeface: Typeface, weight: int, of_theme: bytes) -> bytes:
        """Return the file of a font for cards in a weight, with the letters of the theme beside its own."""
        file, letters = typeface.file_for(weight), typeface.letters
        key = (file, "card", sorted(letters), weight, hashlib.sha256(of_theme).hexdigest())
        return self._keep(key, "ttf", partial(font_files.make_card_font, file.data, weight, letters, of_theme))

    def _keep(self, key: tuple[FontFile, *tuple[object, ...]], ending: str, make: Callable[[], bytes]) -> bytes:
        """Return a file that was made before by the same code of the same font, else one that is made now."""
        source = hashlib.sha256(key[0].data).hexdigest()
        fingerprint = hashlib.sha256(repr((source, key[1:], self.version)).encode()).hexdigest()[:32]
        data = self.cache.get(fingerprint)
        if data is None:
            data = make()
            self.cache.put(fingerprint, data, ending)
        return data


def _format_weights(typeface: Typeface, file: FontFile) -> str:
    """Return the weights of a file as CSS states them; one of a pair has those that the other has not."""
    if len(typeface.files) == 1:
        first, last = file.facts.weights
        return str(first) if first == last else f"{max(first, REGULAR)} {min(last, BOLD)}"
    return str(REGULAR if file is typeface.files[0] else BOLD)


def _is_font(ending: str, data: bytes) -> bool:
    return data[:4] == b"wOF2" if ending == "woff2" else data[:4] in (b"\0\1\0\0", b"OTTO")


def _code_version() -> tuple[str, ...]:
    import brotli
    import fontTools

    return fontTools.version, brotli.__version__, hashlib.sha256(Path(font_files.__file__).read_bytes()).hexdigest()
