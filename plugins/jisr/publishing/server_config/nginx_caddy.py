"""Configuration snippets for servers: headers, language negotiation, redirects, compressed files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.publishing.integrity.precompress import METHODS
from jisr.publishing.server_config import headers, redirect_rules
from jisr.publishing.server_config.accept_language import first_match_pattern, language_patterns
from jisr.publishing.server_config.redirect_rules import QueryRedirect, Redirect

# Media types that are missing in the lists of servers.
_MEDIA_TYPES = {
    "webmanifest": "application/manifest+json",
    "opml": "text/x-opml",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "rdf": "application/rdf+xml",
    "rss": "application/rss+xml",
}


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Settings of the site that a server needs: languages, language negotiation, compressed files, onion address, redirects."""

    tags: tuple[str, ...] = ()
    redirects_by_language: bool = True
    precompressed: tuple[str, ...] = ()
    onion: str = ""
    redirects: tuple[Redirect, ...] = ()  # from old and short addresses, of the last build
    queries: tuple[QueryRedirect, ...] = ()  # from addresses with a query


def read_server_settings(settings: Mapping[str, Any], place: SourceLocation) -> ServerSettings:
    """Return the settings that servers need. Raises ProblemsError where PRECOMPRESSED is invalid."""
    setting = settings.get("PRECOMPRESSED", ())
    methods = tuple(setting) if isinstance(setting, tuple | list) else (setting,)
    unknown = [one for one in methods if one not in METHODS]
    if unknown:
        text = '"{value}" is no way to compress files. Write PRECOMPRESSED = ("br", "gzip", "zstd"), or some of these.'
        raise ProblemsError(Problem.error(place, "setting", text, value=unknown[0]))
    tags, onion = tuple(settings["LANGUAGES"]), str(settings.get("ONION") or "").rstrip("/")
    return ServerSettings(tags, bool(settings.get("FRONT_DOOR", True)), tuple(dict.fromkeys(methods)), onion)


def render_nginx(server: ServerSettings) -> str:
    """Return the lines for a ``server`` block of nginx, after its ``root``."""
    return _format_lines("# What Jisr says of its pages: written by `inv publish --snippets nginx`.", _nginx_lines(server))


def _nginx_lines(server: ServerSettings) -> Iterator[str]:
    common = [f'add_header {name} "{value}" always;' for name, value in headers.HEADERS.items()]  # "always": on 404 pages, too
    common += [f'add_header Onion-Location "{server.onion}$request_uri" always;'] if server.onion else []
    cache_short = f'add_header Cache-Control "{headers.CACHE_SHORT}" always;'
    yield from (*common, cache_short, "charset utf-8;", "types_hash_max_size 2048;", "error_page 404 /404.html;")
    yield from _nginx_compression(server)
    # A location that states one header inherits none (https://nginx.org/r/add_header): all are repeated.
    yield from _render_block(
        f"location {headers.HASHED_PATH}", [*common, f'add_header Cache-Control "{headers.CACHE_IMMUTABLE}";']
    )
    editor = (f'add_header {name} "{value}" always;' for name, value in headers.EDITOR_HEADERS.items())
    yield from _render_block(f"location ^~ {headers.EDITOR_PATH}", [*editor, cache_short])
    yield from _render_block(
        f"location ~ {headers.FILE_PATHS}", list(_nginx_files([*common[len(headers.HEADERS) :], cache_short]))
    )
    search = [f'add_header {name} "{value}" always;' for name, value in headers.SEARCH_HEADERS.items()]
    yield from _render_block(f"location ~ {headers.SEARCH_PATHS}", [*search, *common[len(headers.HEADERS) :], cache_short])
    types = " ".join(f"{kind} {name};" for name, kind in _MEDIA_TYPES.items())
    yield from _render_block(rf"location ~ \.(?:{'|'.join(_MEDIA_TYPES)})$", [f"types {{ {types} }}"])
    for tag in server.tags:
        yield from _render_block(f"location /{tag}/", [f"error_page 404 /{tag}/404.html;"])
    queries = redirect_rules.nginx_queries(server.queries)
    both = [one for one in server.redirects if one[0] in queries]  # a path has one location
    for source, target in both:
        queries[source].append(f'return 301 "{redirect_rules.quote_target(target)}";')
    yield from redirect_rules.nginx_redirects(one for one in server.redirects if one[0] not in queries)
    front = queries.pop("/", [])
    for path, lines in queries.items():
        name = path.replace("\\", r"\\").replace('"', r"\"")
        missing = [f"error_page 404 /{tag}/404.html;" for tag in server.tags if path.startswith(f"/{tag}/")]
        yield from _render_block(f'location = "{name}"', ["absolute_redirect off;", *missing, *lines])
    if server.redirects_by_language and server.tags:
        vary = ["gzip_vary off;", 'add_header Vary "Accept-Language, Accept-Encoding" always;']
        yield from _render_block("location = /", [*common, cache_short, *vary, *front, *_nginx_language_redirect(server.tags)])
    elif front:
        yield from _render_block("location = /", ["absolute_redirect off;", *front, "try_files /index.html =404;"])


def _nginx_files(others: list[str]) -> Iterator[str]:
    """Return the lines for the files beside texts, films and recordings among them; ``others`` are headers of all pages."""
    file, film = (
        [*(f'add_header {name} "{value}" always;' for name, value in stated.items()), *others]
        for stated in (headers.FILE_HEADERS, headers.FILM_HEADERS)
    )
    yield from file
    yield from _render_block(f"location ~* {headers.FILM_NAMES}", film)
    types = " ".join(f"{_MEDIA_TYPES[name]} {name};" for name in ("ics", "vcf"))
    yield from _render_block(r"location ~ \.(?:ics|vcf)$", [f"types {{ {types} }}"])


def _nginx_compression(server: ServerSettings) -> Iterator[str]:
    if server.precompressed:
        yield "gzip_vary on;"
    if "gzip" in server.precompressed:
        yield "gzip_static on;"
    if "br" in server.precompressed:
        yield "brotli_static on; # of the module ngx_brotli: Debian's libnginx-mod-http-brotli-static"
    if "zstd" in server.precompressed:
        yield "# zstd_static on; # where nginx has the module zstd-nginx-module"


def _nginx_language_redirect(tags: tuple[str, ...]) -> Iterator[str]:
    """Return the lines that redirect to a language; ``/`` with any query shows all of them."""
    yield 'set $jisr_asked "";'
    yield from _render_block(f'if ($http_accept_language ~* "{first_match_pattern(tags)}")', ["set $jisr_asked $1;"])
    yield from _render_block("if ($is_args)", ['set $jisr_asked "";'])
    yield "absolute_redirect off;"
    for expression, tag in language_patterns(tags):
        yield from _render_block(f'if ($jisr_asked ~* "{expression}")', [f"return 302 /{tag}/;"])
    yield "try_files /index.html =404;"


def render_caddy(server: ServerSettings) -> str:
    """Return the lines for a site block of Caddy, after its ``root``."""
    return _format_lines("# What Jisr says of its pages: written by `inv publish --snippets caddy`.", _caddy_lines(server))


def _caddy_lines(server: ServerSettings) -> Iterator[str]:
    onion = [f'Onion-Location "{server.onion}{{http.request.uri}}"'] if server.onion else []
    yield f"@editor path {headers.EDITOR_PATH}*"
    yield f"@films path_regexp (?i){headers.FILE_PATHS}.*{headers.FILM_NAMES}"
    files = [f"path_regexp {headers.FILE_PATHS}", f"not path_regexp (?i){headers.FILE_PATHS}.*{headers.FILM_NAMES}"]
    yield from _render_block("@files", files)
    yield f"@search path_regexp {headers.SEARCH_PATHS}"
    readers = [
        f"not path {headers.EDITOR_PATH}*",
        f"not path_regexp {headers.FILE_PATHS}",
        f"not path_regexp {headers.SEARCH_PATHS}",
    ]
    yield from _render_block("@readers", readers)
    yield from _render_block("header @readers", [*(f'{name} "{value}"' for name, value in headers.HEADERS.items()), *onion])
    yield from _render_block("header @editor", [f'{name} "{value}"' for name, value in headers.EDITOR_HEADERS.items()])
    others = {"films": headers.FILM_HEADERS, "files": headers.FILE_HEADERS, "search": headers.SEARCH_HEADERS}
    for name, stated in others.items():
        yield from _render_block(f"header @{name}", [*(f'{key} "{value}"' for key, value in stated.items()), *onion])
    yield f"@hashed path {headers.HASHED_PATH}*"
    yield f"@others not path {headers.HASHED_PATH}*"
    yield f'header @hashed Cache-Control "{headers.CACHE_IMMUTABLE}"'
    yield f'header @others Cache-Control "{headers.CACHE_SHORT}"'
    for name, kind in _MEDIA_TYPES.items():
        yield f"@{name} path *.{name}"
        yield f"header @{name} Content-Type {kind}"
    if server.queries:
        lines = [*redirect_rules.caddy_queries(server.queries), 'default ""']
        yield from _render_block('map "{path}?{query}" {jisr_old}', lines)
        yield '@old expression `{jisr_old} != ""`'
        yield "redir @old {jisr_old} 301"
    if server.redirects:
        yield from _render_block("map {path} {jisr_way}", [*redirect_rules.caddy_redirects(server.redirects), 'default ""'])
        yield '@led expression `{jisr_way} != ""`'
        yield "redir @led {jisr_way} 301"
    if server.redirects_by_language and server.tags:
        yield from _caddy_language_redirect(server.tags)
    yield from _render_block("handle_errors", _caddy_not_found("|".join(server.tags) or "-"))
    order = [one for one in ("zstd", "br", "gzip") if one in server.precompressed]
    yield from _render_block("file_server", [f"precompressed {' '.join(order)}"]) if order else ["file_server"]


def _caddy_not_found(languages: str) -> Iterator[str]:
    """Return the lines for missing pages: the 404 page of the language in the path, else that of all languages."""
    missing = "expression {err.status_code} == 404"
    yield from _render_block("@below", [missing, f"path_regexp below ^/({languages})/"])
    yield "rewrite @below /{re.below.1}/404.html"
    yield from _render_block("@above", [missing, f"not path_regexp ^/({languages})/"])
    yield from ("rewrite @above /404.html", "file_server")


def _caddy_language_redirect(tags: tuple[str, ...]) -> Iterator[str]:
    """Return the lines that redirect to a language; ``/`` with a query shows all of them."""
    matchers = ["path /", 'expression {http.request.uri.query} == ""']
    yield from _render_block("@asked", [*matchers, f'header_regexp asked Accept-Language "(?i){first_match_pattern(tags)}"'])
    mappings = [f'"~(?i){expression}" {tag}' for expression, tag in language_patterns(tags)]
    yield from _render_block("map {re.asked.1} {jisr_language}", mappings)
    yield "header / +Vary Accept-Language"
    yield "redir @asked /{jisr_language}/ 302"


def _format_lines(head: str, lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in (head, *lines))


def _render_block(head: str, lines: Iterator[str] | list[str]) -> Iterator[str]:
    yield f"{head} {{"
    yield from (f"    {line}" for line in lines)
    yield "}"


def render_apache(server: ServerSettings) -> str:
    """Return the lines for a virtual host of Apache: headers, the pages for what is missing, old addresses."""
    stated = [f'Header always set {name} "{value}"' for name, value in headers.HEADERS.items()]
    missing = [f'<Location "/{tag}/">\n    ErrorDocument 404 /{tag}/404.html\n</Location>' for tag in server.tags]
    lines = ("AddDefaultCharset utf-8", *stated, "ErrorDocument 404 /404.html", *missing)
    for pattern, own in ((headers.FILE_PATHS, headers.FILE_HEADERS), (f"^{headers.EDITOR_PATH}", headers.EDITOR_HEADERS)):
        lines = (
            *lines,
            f'<LocationMatch "{pattern}">',
            *(f'    Header always set {one} "{own[one]}"' for one in own),
            "</LocationMatch>",
        )
    head = "# What Jisr says of its pages: written by `inv publish --snippets apache`; it needs mod_headers and mod_rewrite"
    return _format_lines(head, iter(lines)) + redirect_rules.render_apache(server.redirects, server.queries)


def render_cloudflare(server: ServerSettings) -> str:
    """Return ``functions/_middleware.js`` of Cloudflare Pages, for old addresses."""
    head = "// Old addresses: written by `inv publish --snippets cloudflare`, to be kept as functions/_middleware.js\n"
    return head + redirect_rules.render_cloudflare(server.redirects, server.queries)


SNIPPETS = MappingProxyType(
    {"nginx": render_nginx, "caddy": render_caddy, "apache": render_apache, "cloudflare": render_cloudflare}
)
