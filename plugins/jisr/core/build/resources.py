"""Folders of the installed package: its code, the theme and the catalogues that it ships.

The import system finds them in a wheel and in an editable install alike: ``__path__`` of a package on disk is what
``importlib.resources.files`` returns for it (https://docs.python.org/3/library/importlib.resources.html), without the import of
that module, which takes a twentieth of a build that finds nothing changed.
"""

from __future__ import annotations

from pathlib import Path

import jisr
import jisr.theme
import jisr.translations

PACKAGE, THEME, TRANSLATIONS = (Path(next(iter(package.__path__))) for package in (jisr, jisr.theme, jisr.translations))
