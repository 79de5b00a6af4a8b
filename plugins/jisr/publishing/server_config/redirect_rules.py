"""Redirects from old and short addresses, in the syntax of servers, which answer with 301 in place of the redirect pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from jisr.core.urls.paths import SHORT_PREFIX
from jisr.publishing.checks.built_site import BuiltSite, output_address, parse_page

Redirect = tuple[str, str]  # from one address to another, both decoded and from the site's root
_MAX_PAGE_SIZE = 8 * 1024  # bytes; a redirect page has a title and a link
# Cloudflare reads 100 KB of the file, and not all lines if there are over 2,000; other addresses are left to their pages.
# See https://developers.cloudflare.com/pages/configuration/redirects/.
_MAX_FILE_SIZE = 90_000


def find_redirects(folder: Path, address: str) -> tuple[Redirect, ...]:
    """Return the redirects within the site of the redirect pages of a built folder: old addresses first, then short ones."""
    site, redirects = BuiltSite(address.rstrip("/"), frozenset(), {}), []
    for file in folder.rglob("*.html"):
        if file.stat().st_size <= _MAX_PAGE_SIZE and b"http-equiv" in (html := file.read_bytes()):
            page = parse_page(file.relative_to(folder).as_posix(), html.decode("utf-8", "replace"))
            target = site.resolve(page.redirect_target, page.path) if page.redirect_target else None
            if target is not None:
                redirects.append((f"/{output_address(page.path)}", f"/{output_address(target)}"))
    return tuple(sorted(redirects, key=lambda one: (one[0].startswith(f"/{SHORT_PREFIX}"), one)))


def render_redirects_file(redirects: Iterable[Redirect]) -> str:
    """Return lines of ``_redirects``, as many as all hosts read.

    A host that prefers existing files needs the exclamation mark; one that doesn't support it ignores that line.

    >>> print(render_redirects_file([("/بيان/", "/ar/statements/2012-x/")]), end="")
    /%D8%A8%D9%8A%D8%A7%D9%86/ /ar/statements/2012-x/ 301!
    /%D8%A8%D9%8A%D8%A7%D9%86/ /ar/statements/2012-x/ 301
    """
    lines, size = [], 0
    for source, target in redirects:
        line = f"{quote(source)} {quote(target)} 301"
        size += 2 * len(line) + 3
        if size > _MAX_FILE_SIZE:
            break
        lines += [f"{line}!\n", f"{line}\n"]
    return "".join(lines)


def nginx_redirects(redirects: Iterable[Redirect]) -> Iterator[str]:
    """Return the lines for nginx, which compares decoded addresses."""
    for source, target in redirects:
        name = source.replace("\\", r"\\").replace('"', r"\"")
        yield f'location = "{name}" {{ absolute_redirect off; return 301 {quote(target)}; }}'


def caddy_redirects(redirects: Iterable[Redirect]) -> Iterator[str]:
    """Return the lines of a map for Caddy, which compares decoded addresses."""
    for source, target in redirects:
        name = source.replace("\\", r"\\").replace('"', r"\"")
        yield f'"{name}" {quote(target)}'
