"""The files of a built site that a reader of one language takes away, with links that work from a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.site import Route, Site
from jisr.core.urls import paths
from jisr.outputs.offline.bundles.page_links import (
    SiteLink,
    absolute_link,
    list_links,
    list_style_files,
    relative_link,
    replace_links,
)

LARGEST_FILE = 5_000_000  # bytes: what is larger than that, as a film, stays on the site, and is linked there
_OWN_SUFFIXES = (".txt", ".ics")  # of the files of a language beside its pages
_LEFT_OUT = ("redirect/", "short/", "404.html", "blogs")
_SEARCH = "search/"
_CARD = re.compile(r'\["([a-z][\w-]*/[a-z0-9/-]*/)"')  # of a text, in a file of results: its address comes first
FIRST_PAGE = "index.html"


@dataclass(frozen=True, slots=True)
class LanguageFiles:
    """The files of a language by path, in a built folder; ``extra`` are those that are made for the bundle."""

    language: Language
    folder: Path
    site_url: str
    paths: frozenset[str]
    extra: dict[str, bytes]

    def names(self) -> Iterator[str]:
        """Return the paths of all files."""
        yield from self.paths
        yield from self.extra

    def read(self, path: str) -> bytes:
        """Return a file; the links of a page lead to files of the bundle, and else to the site."""
        if path in self.extra:
            return self.extra[path]
        data = (self.folder / path).read_bytes()
        if path.startswith(_SEARCH):
            return self._search_file(data.decode()).encode()
        if not path.endswith(".html"):
            return data
        return replace_links(path, data.decode(), lambda link: self.link(path, link)).encode()

    def _search_file(self, code: str) -> str:
        """Return a file of the search whose results lead to files of the bundle, and else to the site."""

        def address(match: re.Match[str]) -> str:
            path = paths.output_path(match[1])
            return match[0] if path in self.paths else f'["{paths.absolute_url(self.site_url, match[1])}"'

        return _CARD.sub(address, code).replace('"fromDisk":false', '"fromDisk":true', 1)

    def link(self, page: str, link: SiteLink) -> str:
        """Return a link of a page to a file of the bundle, or to the site."""
        is_here = link.path in self.paths or link.path in self.extra
        return relative_link(page, link) if is_here else absolute_link(self.site_url, link)


def collect_files(site: Site, language: Language, folder: Path) -> LanguageFiles:
    """Return the files of a language: its listed pages, what they show, and the files beside texts that they link."""
    pages = {paths.output_path(one.address) for one in site.routes.values() if is_taken(one, site, language)}
    found = set(pages)
    for page in sorted(pages):
        for link in list_links(page, (folder / page).read_text("utf-8")):
            if link.path not in found and _is_file_of(language, link.path, folder, site):
                found.add(link.path)
    for sheet in [one for one in found if one.endswith(".css")]:
        found.update(list_style_files(sheet, (folder / sheet).read_text("utf-8")))
    index = folder / _SEARCH / language.tag
    found.update(file.relative_to(folder).as_posix() for file in index.rglob("*") if file.is_file())
    return LanguageFiles(language, folder, site.url, frozenset(found), {FIRST_PAGE: _first_page(language)})


def is_taken(route: Route, site: Site, language: Language) -> bool:
    """Whether a page belongs to what is taken away in a language: what is hidden, or shows two languages, does not."""
    if route.language != language or route.family.startswith(_LEFT_OUT) or paths.split_side_by_side(route.family)[1]:
        return False
    kind, _, identity = route.family.partition("/")
    texts = site.get(kind, identity) if identity else site.get("pages", route.family)
    version = texts.get(language.tag) if texts else None
    return version is None or version.listed


def _is_file_of(language: Language, path: str, folder: Path, site: Site) -> bool:
    """Whether a linked file is taken along: of the theme, of the language, or beside a text."""
    first, file = path.partition("/")[0], folder / path
    if path.endswith(".html") or not file.is_file():
        return False
    if first == language.tag:
        return path.endswith(_OWN_SUFFIXES)
    is_beside_text = path in site.files or path.endswith(paths.CARD_ENDING)
    return first == "theme" or (is_beside_text and file.stat().st_size <= LARGEST_FILE)


def _first_page(language: Language) -> bytes:
    """Return the page at the root of a bundle, which leads to the home of the language."""
    home = f"{language.tag}/index.html"
    return (
        f'<!doctype html>\n<html lang="{language.tag}" dir="{language.direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="refresh" content="0; url={home}">\n<title>{language.own_name}</title>\n</head>\n'
        f'<body>\n<p><a href="{home}">{language.own_name}</a></p>\n</body>\n</html>\n'
    ).encode()
