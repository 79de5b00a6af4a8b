"""What stands in the settings of a server: the headers of ``headers.py``, the front door, the way to compressed files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.publishing.integrity.precompress import METHODS
from jisr.publishing.server_config import redirect_rules
from jisr.publishing.server_config.accept_language import first_known_pattern, language_patterns
from jisr.publishing.server_config.headers import (
    CACHE_IMMUTABLE,
    CACHE_SHORT,
    EDITOR_HEADERS,
    EDITOR_PATH,
    HASHED_PATH,
    HEADERS,
)
from jisr.publishing.server_config.redirect_rules import Redirect

# Types that servers' own lists lack.
_MEDIA_TYPES = {
    "webmanifest": "application/manifest+json",
    "opml": "text/x-opml",
    "ics": "text/calendar",
    "rdf": "application/rdf+xml",
    "rss": "application/rss+xml",
}


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What a server must know of the settings: the languages, whether it chooses one, which compressed files there are."""

    tags: tuple[str, ...] = ()
    redirects_by_language: bool = True
    precompressed: tuple[str, ...] = ()
    onion: str = ""
    redirects: tuple[Redirect, ...] = ()  # from old and short addresses, of the site as it was built last


def read_server_settings(settings: Mapping[str, Any], place: SourceLocation) -> ServerSettings:
    """Return what the settings say of what servers must know. Raises ProblemsError where PRECOMPRESSED is wrong."""
    stated = settings.get("PRECOMPRESSED", ())
    methods = tuple(stated) if isinstance(stated, tuple | list) else (stated,)
    unknown = [one for one in methods if one not in METHODS]
    if unknown:
        text = '"{value}" is no way to compress files. Write PRECOMPRESSED = ("br", "gzip", "zstd"), or some of these.'
        raise ProblemsError(Problem.error(place, "setting", text, value=unknown[0]))
    onion = str(settings.get("ONION") or "").rstrip("/")
    return ServerSettings(
        tuple(settings["LANGUAGES"]), bool(settings.get("FRONT_DOOR", True)), tuple(dict.fromkeys(methods)), onion
    )


def render_nginx(front: ServerSettings) -> str:
    """Return the lines that stand in a ``server`` block of nginx, after its ``root``."""
    return "\n".join(["# What Jisr says of its pages: written by `inv publish --snippets nginx`.", *_nginx_lines(front)]) + "\n"


def _nginx_lines(front: ServerSettings) -> Iterator[str]:
    own = [f'add_header {name} "{value}" always;' for name, value in HEADERS.items()]  # "always": on 404 pages, too
    own += [f'add_header Onion-Location "{front.onion}$request_uri" always;'] if front.onion else []
    shortly = f'add_header Cache-Control "{CACHE_SHORT}" always;'
    yield from (*own, shortly, "charset utf-8;", "types_hash_max_size 2048;", "error_page 404 /404.html;")
    yield from _nginx_compression(front)
    # A location that states one header inherits none (https://nginx.org/r/add_header): all are said again.
    yield from _render_block(f"location {HASHED_PATH}", [*own, f'add_header Cache-Control "{CACHE_IMMUTABLE}";'])
    editor = (f'add_header {name} "{value}" always;' for name, value in EDITOR_HEADERS.items())
    yield from _render_block(f"location ^~ {EDITOR_PATH}", [*editor, shortly])
    types = " ".join(f"{kind} {name};" for name, kind in _MEDIA_TYPES.items())
    yield from _render_block(rf"location ~ \.(?:{'|'.join(_MEDIA_TYPES)})$", [f"types {{ {types} }}"])
    for tag in front.tags:
        yield from _render_block(f"location /{tag}/", [f"error_page 404 /{tag}/404.html;"])
    yield from redirect_rules.nginx_redirects(front.redirects)
    if front.redirects_by_language and front.tags:
        varies = ["gzip_vary off;", 'add_header Vary "Accept-Language, Accept-Encoding" always;']
        yield from _render_block("location = /", [*own, shortly, *varies, *_nginx_language_redirect(front.tags)])


def _nginx_compression(front: ServerSettings) -> Iterator[str]:
    if front.precompressed:
        yield "gzip_vary on;"
    if "gzip" in front.precompressed:
        yield "gzip_static on;"
    if "br" in front.precompressed:
        yield "brotli_static on; # of the module ngx_brotli: Debian's libnginx-mod-http-brotli-static"
    if "zstd" in front.precompressed:
        yield "# zstd_static on; # where nginx has the module zstd-nginx-module"


def _nginx_language_redirect(tags: tuple[str, ...]) -> Iterator[str]:
    """Return the lines that lead to a language; ``/?`` and anything after it shows all of them."""
    yield 'set $jisr_asked "";'
    yield from _render_block(f'if ($http_accept_language ~* "{first_known_pattern(tags)}")', ["set $jisr_asked $1;"])
    yield from _render_block("if ($is_args)", ['set $jisr_asked "";'])
    yield "absolute_redirect off;"
    for expression, tag in language_patterns(tags):
        yield from _render_block(f'if ($jisr_asked ~* "{expression}")', [f"return 302 /{tag}/;"])
    yield "try_files /index.html =404;"


def render_caddy(front: ServerSettings) -> str:
    """Return the lines that stand in a site block of Caddy, after its ``root``."""
    return "\n".join(["# What Jisr says of its pages: written by `inv publish --snippets caddy`.", *_caddy_lines(front)]) + "\n"


def _caddy_lines(front: ServerSettings) -> Iterator[str]:
    onion = [f'Onion-Location "{front.onion}{{http.request.uri}}"'] if front.onion else []
    yield f"@editor path {EDITOR_PATH}*"
    yield f"@readers not path {EDITOR_PATH}*"
    yield from _render_block("header @readers", [*(f'{name} "{value}"' for name, value in HEADERS.items()), *onion])
    yield from _render_block("header @editor", [f'{name} "{value}"' for name, value in EDITOR_HEADERS.items()])
    yield f"@hashed path {HASHED_PATH}*"
    yield f"@others not path {HASHED_PATH}*"
    yield f'header @hashed Cache-Control "{CACHE_IMMUTABLE}"'
    yield f'header @others Cache-Control "{CACHE_SHORT}"'
    for name, kind in _MEDIA_TYPES.items():
        yield f"@{name} path *.{name}"
        yield f"header @{name} Content-Type {kind}"
    if front.redirects:
        yield from _render_block("map {path} {jisr_way}", [*redirect_rules.caddy_redirects(front.redirects), 'default ""'])
        yield '@led expression `{jisr_way} != ""`'
        yield "redir @led {jisr_way} 301"
    if front.redirects_by_language and front.tags:
        yield from _caddy_language_redirect(front.tags)
    yield from _render_block("handle_errors", _caddy_not_found("|".join(front.tags) or "-"))
    order = [one for one in ("zstd", "br", "gzip") if one in front.precompressed]
    yield from _render_block("file_server", [f"precompressed {' '.join(order)}"]) if order else ["file_server"]


def _caddy_not_found(languages: str) -> Iterator[str]:
    """Return the lines that answer for what is not there in the language that was asked for, else with the page of all."""
    missing = "expression {err.status_code} == 404"
    yield from _render_block("@below", [missing, f"path_regexp below ^/({languages})/"])
    yield "rewrite @below /{re.below.1}/404.html"
    yield from _render_block("@above", [missing, f"not path_regexp ^/({languages})/"])
    yield from ("rewrite @above /404.html", "file_server")


def _caddy_language_redirect(tags: tuple[str, ...]) -> Iterator[str]:
    """Return the lines that lead to a language; ``/?x`` and the like shows all of them."""
    asked = ["path /", 'expression {http.request.uri.query} == ""']
    yield from _render_block("@asked", [*asked, f'header_regexp asked Accept-Language "(?i){first_known_pattern(tags)}"'])
    ways = [f'"~(?i){expression}" {tag}' for expression, tag in language_patterns(tags)]
    yield from _render_block("map {re.asked.1} {jisr_language}", ways)
    yield "header / +Vary Accept-Language"
    yield "redir @asked /{jisr_language}/ 302"


def _render_block(head: str, lines: Iterator[str] | list[str]) -> Iterator[str]:
    yield f"{head} {{"
    yield from (f"    {line}" for line in lines)
    yield "}"


SNIPPETS = MappingProxyType({"nginx": render_nginx, "caddy": render_caddy})
