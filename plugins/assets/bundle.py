"""The theme's files as readers get them: one stylesheet, fonts and pictures, each under a name made from its bytes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import lightningcss

from plugins.core.outputs import File

_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")


@dataclass(frozen=True, slots=True)
class Assets:
    """What pages name (addresses from the root), and the files to write."""

    stylesheet: str
    icon: str
    files: tuple[File, ...]


def hashed(name: str, data: bytes) -> str:
    """Give the address of a file of the theme: the same bytes have the same address for ever, others never have it."""
    stem, _, suffix = name.rpartition(".")
    return f"theme/{stem}.{hashlib.sha256(data).hexdigest()[:10]}.{suffix}"


def bundle(theme: Path) -> Assets:
    """Give the theme's stylesheet with its imports inlined, and the fonts and pictures that it names.

    Logical properties stay logical: no target browsers are given, so that nothing is turned into left and right.
    """
    css_file = theme / "static" / "css" / "index.css"
    css = lightningcss.bundle_css(str(css_file), minify=True)
    files: dict[str, File] = {}

    def rename(found: re.Match[str]) -> str:
        name = found[1]
        if name.startswith(("data:", "#", "http:", "https:")):
            return found[0]
        source = _source(theme, name)
        data = source.read_bytes()
        address = hashed(source.name, data)
        files[address] = File(address, data)
        return f"url({address.removeprefix('theme/')})"

    style = _URL.sub(rename, css).encode()
    stylesheet = hashed("style.css", style)
    icon_data = (theme / "static" / "icon.svg").read_bytes()
    icon = hashed("icon.svg", icon_data)
    files |= {stylesheet: File(stylesheet, style), icon: File(icon, icon_data)}
    return Assets(stylesheet, icon, tuple(files[address] for address in sorted(files)))


def _source(theme: Path, name: str) -> Path:
    """Give the file that a stylesheet names, whichever folder of styles it is named from."""
    css = theme / "static" / "css"
    for folder in (css, css / "components", theme / "static"):
        if (found := (folder / name).resolve()).is_file():
            return found
    raise FileNotFoundError(2, "a stylesheet names it", name)
