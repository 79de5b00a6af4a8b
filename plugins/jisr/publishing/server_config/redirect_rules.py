"""Redirects from old and short addresses, in the syntax of servers, which answer with 301 in place of the redirect pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from jisr.core.urls.paths import SHORT_PREFIX, split_fragment
from jisr.publishing.checks.built_site import BuiltSite, output_address, parse_page

Redirect = tuple[str, str]  # from one address to another, both decoded and from the site's root
# From an address with a query, as it was asked for, to a decoded one, which may name a part of a page.
QueryRedirect = tuple[str, str]
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
        line = f"{quote(source)} {quote_target(target)} 301"
        size += 2 * len(line) + 3
        if size > _MAX_FILE_SIZE:
            break
        lines += [f"{line}!\n", f"{line}\n"]
    return "".join(lines)


def nginx_redirects(redirects: Iterable[Redirect]) -> Iterator[str]:
    """Return the lines for nginx, which compares decoded addresses."""
    for source, target in redirects:
        name = source.replace("\\", r"\\").replace('"', r"\"")
        yield f'location = "{name}" {{ absolute_redirect off; return 301 "{quote_target(target)}"; }}'


def caddy_redirects(redirects: Iterable[Redirect]) -> Iterator[str]:
    """Return the lines of a map for Caddy, which compares decoded addresses."""
    for source, target in redirects:
        name = source.replace("\\", r"\\").replace('"', r"\"")
        yield f'"{name}" {quote_target(target)}'


def merge_redirects(found: Iterable[Redirect], stated: Iterable[tuple[str, str]]) -> tuple[Redirect, ...]:
    """Return the redirects of pages, and those that are stated for addresses without a query, at which no page can be.

    >>> merge_redirects([("/old/", "/ar/")], [("/old/", "/ar/"), ("/rss.xml", "/ar/feed.atom"), ("/?p=1", "/ar/")])
    (('/old/', '/ar/'), ('/rss.xml', '/ar/feed.atom'))
    """
    pages = tuple(found)
    known = {source for source, _ in pages}
    others = ((unquote(source), target) for source, target in stated if "?" not in source)
    return (*pages, *((source, target) for source, target in others if source not in known and f"{source}/" not in known))


def quote_target(target: str) -> str:
    """Return a decoded address with its fragment as a header states it."""
    path, mark, fragment = split_fragment(target)
    return f"{quote(path)}{mark}{quote(fragment)}"


def netlify_queries(queries: Iterable[QueryRedirect]) -> Iterator[str]:
    """Return lines of ``_redirects`` for hosts that compare the values of queries; others ignore lines of four words.

    See https://docs.netlify.com/manage/routing/redirects/redirect-options/#query-parameters.

    >>> list(netlify_queries([("/?p=12&lang=ar", "/ar/news/x/"), ("/spip.php?article3", "/ar/")]))
    ['/ p=12 lang=ar /ar/news/x/ 301!', '/spip.php article3= /ar/ 301!']
    """
    for source, target in queries:
        path, _, query = source.partition("?")
        values = " ".join(one if "=" in one else f"{one}=" for one in query.split("&") if one)
        yield f"{quote(unquote(path))} {values} {quote_target(target)} 301!"  # a plain * or : would stand for any address


def nginx_queries(queries: Iterable[QueryRedirect]) -> dict[str, list[str]]:
    """Return the lines for nginx by path, for a location of that path alone: other requests pay nothing for them."""
    lines: dict[str, list[str]] = {}
    for source, target in queries:
        path, _, query = source.partition("?")
        asked = query.replace("\\", r"\\").replace('"', r"\"")
        test = f'= "{asked}"' if "$" not in query else f'~ "^{re.escape(query).replace("$", "x24")}$"'
        lines.setdefault(unquote(path), []).append(f'if ($args {test}) {{ return 301 "{quote_target(target)}"; }}')
    return lines


def caddy_queries(queries: Iterable[QueryRedirect]) -> Iterator[str]:
    """Return the lines of a map for Caddy, which compares decoded paths, and queries as they were asked for."""
    for source, target in queries:
        path, _, query = source.partition("?")
        name = f"{unquote(path)}?{query}".replace("\\", r"\\").replace('"', r"\"")
        yield f'"{name}" {quote_target(target)}'


def render_apache(redirects: Iterable[Redirect], queries: Iterable[QueryRedirect]) -> str:
    """Return the lines for a virtual host or ``.htaccess`` of Apache, which compares decoded paths and queries as asked for."""
    lines = ["RewriteEngine On"]
    for source, target in queries:
        path, _, query = source.partition("?")
        lines.append(f'RewriteCond %{{QUERY_STRING}} "^{_apache_pattern(query)}$"')
        lines.append(
            f'RewriteRule "^/?{_apache_pattern(unquote(path).removeprefix("/"))}$" "{_apache_target(target)}" [R=301,L,NE,QSD]'
        )
    for source, target in redirects:
        pattern = _apache_pattern(source.removeprefix("/"))
        lines.append(f'RewriteRule "^/?{pattern}$" "{_apache_target(target)}" [R=301,L,NE]')
    return "\n".join(lines) + "\n"


def _apache_pattern(text: str) -> str:
    return re.escape(text).replace('"', r"\x22")


def _apache_target(target: str) -> str:
    return quote_target(target).replace("%", r"\%").replace("$", r"\$")


def render_cloudflare(redirects: Iterable[Redirect], queries: Iterable[QueryRedirect]) -> str:
    """Return a function for Cloudflare Pages, whose ``_redirects`` compares no query.

    See https://developers.cloudflare.com/pages/functions/middleware/.
    """
    ways = {quote(source): quote_target(target) for source, target in redirects}
    ways |= {source: quote_target(target) for source, target in queries}
    table = ",\n".join(f"  {json.dumps(source)}: {json.dumps(target)}" for source, target in ways.items())
    return f"const WAYS = new Map(Object.entries({{\n{table}\n}}).map(([from, to]) => [plain(from), to]));\n{_CLOUDFLARE}"


_CLOUDFLARE = """
function plain(address) {
  const [path, ...query] = address.split("?");
  try {
    return [decodeURIComponent(path), ...query].join("?");  // one letter may be encoded in several ways
  } catch {
    return address;
  }
}

export function onRequest(context) {
  const url = new URL(context.request.url);
  const way = WAYS.get(plain(url.pathname + url.search)) || WAYS.get(plain(url.pathname));
  return way ? Response.redirect(new URL(way, url), 301) : context.next();
}
"""
