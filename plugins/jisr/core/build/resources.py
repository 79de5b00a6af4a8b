"""Folders of the installed package: its code, the theme and the catalogues that it ships.

``importlib.resources`` finds them in a wheel and in an editable install alike (https://docs.python.org/3/library/importlib.resources.html).
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

PACKAGE = Path(str(files("jisr")))
THEME = Path(str(files("jisr.theme")))
TRANSLATIONS = Path(str(files("jisr.translations")))
