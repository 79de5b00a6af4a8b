"""Asset bundle: one stylesheet, fonts and images, each with a hash of its bytes in its name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import lightningcss

from jisr.core.frozen import dataclass

_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")


@dataclass(frozen=True, slots=True)
class Assets:
    """Addresses of the assets that pages link, and the files to write."""

    stylesheet: str
    icon: str
    files: Mapping[str, bytes]  # by address
    sheets: Mapping[str, str]  # additional stylesheets of single pages, by the name of the page
    scripts: Mapping[str, str]  # by the name of the page


def hashed_address(name: str, data: bytes) -> str:
    """Return the address of an asset, which has a hash of its bytes: an address never has other bytes."""
    stem, _, suffix = name.rpartition(".")
    return f"theme/{stem}.{hashlib.sha256(data).hexdigest()[:10]}.{suffix}"


def bundle(theme: Path, rules: str = "", own_files: Mapping[str, bytes] | None = None, extra: str = "") -> Assets:
    """Return the stylesheets of the theme with their imports inlined, and the fonts and images that they name.

    ``rules`` are those of a site, which come last in the stylesheet of all pages, after those of the stylesheet ``extra``;
    ``own_files`` are files of the site by their addresses.
    No target browsers are given, so that logical properties are not converted to left and right.
    """
    css = theme / "static" / "css"
    files: dict[str, bytes] = dict(own_files or {})
    rules = (_inline_stylesheet(css / extra, theme, files) if extra else "") + rules
    stylesheet = _bundle_stylesheet(css / "index.css", "style.css", theme, files, rules)
    own = sorted((css / "pages").glob("*.css"))
    sheets = {file.stem: _bundle_stylesheet(file, file.name, theme, files) for file in own}
    scripts = _bundle_scripts(theme / "static" / "js", files)
    icon_data = (theme / "static" / "icon.svg").read_bytes()
    icon = hashed_address("icon.svg", icon_data)
    files[icon] = icon_data
    return Assets(stylesheet, icon, {address: files[address] for address in sorted(files)}, sheets, scripts)


def _bundle_scripts(folder: Path, files: dict[str, bytes]) -> dict[str, str]:
    """Return the addresses of scripts by the names of their pages; add them to ``files``.

    The script of the page ``x`` is ``x.js``, after the files of the folder ``x`` in the order of their names. Lines of comments
    and indentations are left out: a script here has no text of several lines.
    """
    scripts = {}
    for file in sorted(folder.glob("*.js")):
        sources = [*sorted((folder / file.stem).glob("*.js")), file]
        lines = (line.strip() for source in sources for line in source.read_text("utf-8").splitlines())
        code = "\n".join(line for line in lines if line and not line.startswith("//"))
        data = f'"use strict";{{{code}}}\n'.encode()
        scripts[file.stem] = hashed_address(file.name, data)
        files[scripts[file.stem]] = data
    return scripts


def _bundle_stylesheet(css_file: Path, name: str, theme: Path, files: dict[str, bytes], rules: str = "") -> str:
    """Return the address of a stylesheet; add it and the files that it names to ``files``."""
    style = (_inline_stylesheet(css_file, theme, files) + rules).encode()
    address = hashed_address(name, style)
    files[address] = style
    return address


def _inline_stylesheet(css_file: Path, theme: Path, files: dict[str, bytes]) -> str:
    """Return a stylesheet with its imports; add the files that it names to ``files``."""
    css = lightningcss.bundle_css(str(css_file), minify=True)

    def rename(match: re.Match[str]) -> str:
        url = match[1]
        if url.startswith(("data:", "#", "http:", "https:")):
            return match[0]
        source = _resolve_source(theme, url)
        data = source.read_bytes()
        address = hashed_address(source.name, data)
        files[address] = data
        return f"url({address.removeprefix('theme/')})"

    return _URL.sub(rename, css)


def _resolve_source(theme: Path, name: str) -> Path:
    """Return the file that a stylesheet names, relative to any folder of styles."""
    css = theme / "static" / "css"
    for folder in (css, css / "components", theme / "static"):
        if (file := (folder / name).resolve()).is_file():
            return file
    raise FileNotFoundError(2, "a stylesheet names it", name)
