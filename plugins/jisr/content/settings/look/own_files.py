"""The files that settings name for the looks of a site, whatever else is wrong in them: a build depends on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

OWN_FONT = "own-"  # what the names of fonts begin with that settings state, as they are published
_KEYS = ("file", "dark", "icon")  # of LOGO


def list_own_files(settings: Mapping[str, Any], folder: Path) -> list[Path]:
    """Return the files of the logo and of fonts; paths are meant from the folder of the settings.

    >>> [file.name for file in list_own_files({"LOGO": "logo.svg", "FONTS": {"Hebr": ("a.ttf", "b.ttf")}}, Path("/site"))]
    ['logo.svg', 'a.ttf', 'b.ttf']
    """
    return [folder / name for name in (*_logo_names(settings.get("LOGO")), *_font_names(settings.get("FONTS")))]


def _logo_names(setting: object) -> Iterator[str]:
    values = [setting.get(key) for key in _KEYS] if isinstance(setting, Mapping) else [setting]
    return (value for value in values if isinstance(value, str))


def _font_names(setting: object) -> Iterator[str]:
    for value in setting.values() if isinstance(setting, Mapping) else ():
        names = value if isinstance(value, tuple | list) else (value,)
        yield from (name for name in names if isinstance(name, str) and "." in name)
