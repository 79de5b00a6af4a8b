"""Pages that only lead on, from old and short addresses, as servers can be told of them: they then answer with 301 at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from jisr.core.urls.paths import SHORT_PREFIX
from jisr.publishing.checks.built_site import BuiltSite, parse_page

Redirect = tuple[str, str]  # from one address to another, both decoded and from the site's root
_MAX_PAGE_SIZE = 8 * 1024  # bytes: a page that leads on holds a title and a link
# Cloudflare reads 100 KB of the file, and with more than 2,000 lines not all of them; what is not in it is left to the pages.
# See https://developers.cloudflare.com/pages/configuration/redirects/.
_MAX_FILE_SIZE = 90_000


def find_redirects(folder: Path, address: str) -> tuple[Redirect, ...]:
    """Return where the pages of a built folder lead that lead on within the site: old addresses first, then short ones."""
    site, found = BuiltSite(address.rstrip("/"), frozenset(), {}), []
    for file in folder.rglob("*.html"):
        if file.stat().st_size <= _MAX_PAGE_SIZE and b"http-equiv" in (html := file.read_bytes()):
            page = parse_page(file.relative_to(folder).as_posix(), html.decode("utf-8", "replace"))
            there = site.resolve(page.redirect_target, page.path) if page.redirect_target else None
            if there is not None:
                found.append((_path_address(page.path), _path_address(there)))
    return tuple(sorted(found, key=lambda way: (way[0].startswith(f"/{SHORT_PREFIX}"), way)))


def _path_address(path: str) -> str:
    at_home = path == "index.html" or path.endswith("/index.html")
    return f"/{path.removesuffix('index.html') if at_home else path}"


def render_redirects_file(found: Iterable[Redirect]) -> str:
    """Return lines of ``_redirects``, as many of them as all hosts read.

    A host that serves a file where there is one needs the exclamation mark; one that doesn't know it passes over that line.

    >>> print(render_redirects_file([("/بيان/", "/ar/statements/2012-x/")]), end="")
    /%D8%A8%D9%8A%D8%A7%D9%86/ /ar/statements/2012-x/ 301!
    /%D8%A8%D9%8A%D8%A7%D9%86/ /ar/statements/2012-x/ 301
    """
    lines, size = [], 0
    for here, there in found:
        line = f"{quote(here)} {quote(there)} 301"
        size += 2 * len(line) + 3
        if size > _MAX_FILE_SIZE:
            break
        lines += [f"{line}!\n", f"{line}\n"]
    return "".join(lines)


def nginx_redirects(found: Iterable[Redirect]) -> Iterator[str]:
    """Return the lines for nginx, which holds what was asked for against an address as it is decoded."""
    for here, there in found:
        name = here.replace("\\", r"\\").replace('"', r"\"")
        yield f'location = "{name}" {{ absolute_redirect off; return 301 {quote(there)}; }}'


def caddy_redirects(found: Iterable[Redirect]) -> Iterator[str]:
    """Return the lines of a map for Caddy, likewise."""
    for here, there in found:
        name = here.replace("\\", r"\\").replace('"', r"\"")
        yield f'"{name}" {quote(there)}'
