"""The theme's files as readers get them: one stylesheet, fonts and pictures, each under a name made from its bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import lightningcss

from jisr.core.build.outputs import FileOutput
from jisr.core.frozen import dataclass

_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")


@dataclass(frozen=True, slots=True)
class Assets:
    """What pages name (addresses from the root), and the files to write."""

    stylesheet: str
    icon: str
    files: tuple[FileOutput, ...]
    sheets: Mapping[str, str]  # of single pages that need more than the others, by the name of the page


def hashed_address(name: str, data: bytes) -> str:
    """Return the address of a file of the theme: the same bytes have the same address for ever, others never have it."""
    stem, _, suffix = name.rpartition(".")
    return f"theme/{stem}.{hashlib.sha256(data).hexdigest()[:10]}.{suffix}"


def bundle(theme: Path) -> Assets:
    """Return the theme's stylesheets with their imports inlined, and the fonts and pictures that they name.

    Logical properties stay logical: no target browsers are given, so that nothing is turned into left and right.
    """
    css = theme / "static" / "css"
    files: dict[str, FileOutput] = {}
    stylesheet = _bundle_stylesheet(css / "index.css", "style.css", theme, files)
    own = sorted((css / "pages").glob("*.css"))
    sheets = {file.stem: _bundle_stylesheet(file, file.name, theme, files) for file in own}
    icon_data = (theme / "static" / "icon.svg").read_bytes()
    icon = hashed_address("icon.svg", icon_data)
    files[icon] = FileOutput(icon, icon_data)
    return Assets(stylesheet, icon, tuple(files[address] for address in sorted(files)), sheets)


def _bundle_stylesheet(css_file: Path, name: str, theme: Path, files: dict[str, FileOutput]) -> str:
    """Return the address of a stylesheet under a name; it and what it names are added to the files."""
    css = lightningcss.bundle_css(str(css_file), minify=True)

    def rename(found: re.Match[str]) -> str:
        named = found[1]
        if named.startswith(("data:", "#", "http:", "https:")):
            return found[0]
        source = _resolve_source(theme, named)
        data = source.read_bytes()
        address = hashed_address(source.name, data)
        files[address] = FileOutput(address, data)
        return f"url({address.removeprefix('theme/')})"

    style = _URL.sub(rename, css).encode()
    address = hashed_address(name, style)
    files[address] = FileOutput(address, style)
    return address


def _resolve_source(theme: Path, name: str) -> Path:
    """Return the file that a stylesheet names, whichever folder of styles it is named from."""
    css = theme / "static" / "css"
    for folder in (css, css / "components", theme / "static"):
        if (found := (folder / name).resolve()).is_file():
            return found
    raise FileNotFoundError(2, "a stylesheet names it", name)
