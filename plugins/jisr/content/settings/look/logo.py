"""The logo of a site: the setting ``LOGO``, its files as they are published, and the logo as a picture for cards."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from jisr.content.attachments.attachment_checks import find_file_problems
from jisr.content.attachments.cleaner import clean_data
from jisr.content.attachments.file_types import detect_type
from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.content.attachments.picture_facts import MEDIA_TYPES, image_size
from jisr.core.diagnostics.problems import Phrase, Problem, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.schema.validation_context import suggest_word

if TYPE_CHECKING:
    from PIL import Image

LOGO_PLACES = ("header", "cards", "icon", "feeds")
DEFAULT_HEIGHT, LEAST_HEIGHT, MOST_HEIGHT = 40, 16, 96  # in CSS pixels
MOST_BYTES = 32 * 1024  # each page shows it
_TYPES = ("SVG", "PNG", "WebP")
_ROLES = {"file": "logo", "dark": "logo-dark", "icon": "logo-icon"}  # the names of files as they are published
_KEYS = ("file", "dark", "icon", "height", "places", "name")
_RASTER_SCALE = 4  # how much larger a drawing is rasterized than it is shown, before it is made smaller


@dataclass(frozen=True, slots=True)
class LogoFile:
    """A file of a logo as it is published: its name, its bytes, its media type and its sides."""

    name: str
    data: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Logo:
    """The logo of a site: its file, another for dark pages, and one for where it is small; its height in CSS pixels."""

    file: LogoFile
    icon: LogoFile
    dark: LogoFile | None = None
    height: int = DEFAULT_HEIGHT
    places: tuple[str, ...] = LOGO_PLACES
    with_name: bool = True  # whether the name of the network stands beside it


def read_logo(setting: object, folder: Path, place: SourceLocation) -> tuple[Logo | None, tuple[Problem, ...]]:
    """Return the logo that a site states, and what is wrong with it; paths are meant from the folder of the settings."""
    stated = {"file": setting} if isinstance(setting, str) else setting
    problems = [Problem.error(place, "setting", one.text, **dict(one.values)) for one in _find_faults(stated)]
    files: dict[str, LogoFile] = {}
    if not problems and isinstance(stated, Mapping):
        for key, role in _ROLES.items():
            if key in stated:
                file, wrong = _read_file(role, stated[key], folder, place)
                problems += wrong
                files |= {key: file} if file else {}
    if any(one.severity == "error" for one in problems) or not isinstance(stated, Mapping):
        return None, tuple(problems)
    height, places = int(stated.get("height", DEFAULT_HEIGHT)), tuple(stated.get("places", LOGO_PLACES))
    main = files["file"]
    logo = Logo(main, files.get("icon", main), files.get("dark"), height, places, bool(stated.get("name", True)))
    return logo, tuple(problems)


def _find_faults(stated: object) -> Iterator[Phrase]:
    """Return what is wrong with the form of the setting."""
    if not isinstance(stated, Mapping) or not isinstance(stated.get("file"), str):
        text = '"{value}" names no logo. Write LOGO = "logo.svg", or {{"file": "logo.svg", "dark": "logo-dark.svg"}}.'
        yield phrase(text, value=stated)
        return
    for key, value in stated.items():
        if key not in _KEYS:
            text = '"{value}" is not known in LOGO. {hint}There are: {names}.'
            yield phrase(text, value=key, hint=suggest_word(str(key), _KEYS), names=", ".join(_KEYS))
        elif key in ("dark", "icon") and not isinstance(value, str):
            yield phrase('"{value}" is not the path of a file. Write it as "logo-dark.svg".', value=value)
        elif key == "height" and not (type(value) is int and LEAST_HEIGHT <= value <= MOST_HEIGHT):
            text = '"{value}" is no height of a logo. Write a whole number from {least} to {most}.'
            yield phrase(text, value=value, least=LEAST_HEIGHT, most=MOST_HEIGHT)
        elif key == "places" and not _are_places(value):
            text = '"{value}" names no places of a logo. Write some of {places}.'
            yield phrase(text, value=value, places=", ".join(f'"{one}"' for one in LOGO_PLACES))
        elif key == "name" and not isinstance(value, bool):
            text = '"{value}" does not say whether the name stands beside the logo. Write True or False.'
            yield phrase(text, value=value)


def _are_places(value: object) -> bool:
    return isinstance(value, tuple | list) and all(one in LOGO_PLACES for one in value)


def _read_file(role: str, name: str, folder: Path, place: SourceLocation) -> tuple[LogoFile | None, list[Problem]]:
    """Return a file without what it tells of people, and what is wrong with it."""
    file = folder / name
    if not file.is_file():
        text = '"{value}" is not there. Put the file beside the settings, or mend its path.'
        return None, [Problem.error(place, "setting", text, value=name)]
    problems = list(find_file_problems(file.name, file, name))
    if any(one.severity == "error" for one in problems):
        return None, problems
    try:
        data = clean_data(file.read_bytes())
    except DamagedFileError:  # which the problems say
        return None, problems
    kind, sides = detect_type(data), image_size(data)
    text = ""
    if kind not in _TYPES:
        text = '"{value}" cannot be a logo. Save it as SVG, PNG or WebP.'
    elif not all(sides):
        text = '"{value}" does not say how large it is. Give it a viewBox.'
    elif len(data) > MOST_BYTES:
        text = '"{value}" has {size} bytes, and each page shows it: {most} are allowed. Save it smaller.'
    elif kind == "SVG" and b"<text" in data:
        text = '"{value}" has letters, which look otherwise on each device. Turn them into paths.'
    if text:
        return None, [*problems, Problem.error(place, "setting", text, value=name, size=len(data), most=MOST_BYTES)]
    return LogoFile(f"{role}.{kind.lower()}", data, MEDIA_TYPES[kind], *sides), problems


def rasterize(file: LogoFile, box: tuple[int, int]) -> Image.Image:
    """Return a file of a logo as a picture with alpha that fits in a box. Raises ImportError without Pillow or resvg-py."""
    from PIL import Image

    data = file.data
    if file.media_type == "image/svg+xml":
        import resvg_py

        scale = min(box[0] / file.width, box[1] / file.height) * _RASTER_SCALE
        size = max(1, round(file.height * scale))
        data = bytes(resvg_py.svg_to_bytes(svg_string=data.decode("utf-8-sig"), height=size, skip_system_fonts=True))
    with Image.open(io.BytesIO(data)) as opened:
        image = opened.convert("RGBA")
    scale = min(box[0] / image.width, box[1] / image.height)
    sides = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(sides, Image.Resampling.LANCZOS)
