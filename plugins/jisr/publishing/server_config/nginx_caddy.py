"""What stands in the settings of a server: the headers of ``headers.py``, the front door, the way to compressed files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from jisr.core.diagnostics.problems import Place, Problem, ProblemsError
from jisr.core.frozen import dataclass
from jisr.publishing.integrity.precompress import METHODS
from jisr.publishing.server_config import redirect_rules
from jisr.publishing.server_config.accept_language import chosen, first_known
from jisr.publishing.server_config.headers import EDITOR, FOREVER, HASHED, HEADERS, OF_EDITOR, SHORTLY
from jisr.publishing.server_config.redirect_rules import Way

# Types that servers' own lists lack.
_TYPES = {
    "webmanifest": "application/manifest+json",
    "opml": "text/x-opml",
    "ics": "text/calendar",
    "rdf": "application/rdf+xml",
    "rss": "application/rss+xml",
}


@dataclass(frozen=True, slots=True)
class Front:
    """What a server must know of the settings: the languages, whether it chooses one, which compressed files there are."""

    tags: tuple[str, ...] = ()
    welcomes: bool = True
    precompressed: tuple[str, ...] = ()
    onion: str = ""
    ways: tuple[Way, ...] = ()  # from old and short addresses, of the site as it was built last


def front_of(settings: Mapping[str, Any], place: Place) -> Front:
    """Give what the settings say of what servers must know. Raises ProblemsError where PRECOMPRESSED is wrong."""
    stated = settings.get("PRECOMPRESSED", ())
    methods = tuple(stated) if isinstance(stated, tuple | list) else (stated,)
    unknown = [one for one in methods if one not in METHODS]
    if unknown:
        text = '"{value}" is no way to compress files. Write PRECOMPRESSED = ("br", "gzip", "zstd"), or some of these.'
        raise ProblemsError(Problem.error(place, "setting", text, value=unknown[0]))
    onion = str(settings.get("ONION") or "").rstrip("/")
    return Front(tuple(settings["LANGUAGES"]), bool(settings.get("FRONT_DOOR", True)), tuple(dict.fromkeys(methods)), onion)


def nginx(front: Front) -> str:
    """Give the lines that stand in a ``server`` block of nginx, after its ``root``."""
    return "\n".join(["# What Jisr says of its pages: written by `inv publish --snippets nginx`.", *_nginx(front)]) + "\n"


def _nginx(front: Front) -> Iterator[str]:
    own = [f'add_header {name} "{value}" always;' for name, value in HEADERS.items()]  # "always": on 404 pages, too
    own += [f'add_header Onion-Location "{front.onion}$request_uri" always;'] if front.onion else []
    shortly = f'add_header Cache-Control "{SHORTLY}" always;'
    yield from (*own, shortly, "charset utf-8;", "types_hash_max_size 2048;", "error_page 404 /404.html;")
    yield from _nginx_compressed(front)
    # A location that states one header inherits none (https://nginx.org/r/add_header): all are said again.
    yield from _block(f"location {HASHED}", [*own, f'add_header Cache-Control "{FOREVER}";'])
    editor = (f'add_header {name} "{value}" always;' for name, value in EDITOR.items())
    yield from _block(f"location ^~ {OF_EDITOR}", [*editor, shortly])
    types = " ".join(f"{kind} {name};" for name, kind in _TYPES.items())
    yield from _block(rf"location ~ \.(?:{'|'.join(_TYPES)})$", [f"types {{ {types} }}"])
    for tag in front.tags:
        yield from _block(f"location /{tag}/", [f"error_page 404 /{tag}/404.html;"])
    yield from redirect_rules.nginx(front.ways)
    if front.welcomes and front.tags:
        varies = ["gzip_vary off;", 'add_header Vary "Accept-Language, Accept-Encoding" always;']
        yield from _block("location = /", [*own, shortly, *varies, *_nginx_door(front.tags)])


def _nginx_compressed(front: Front) -> Iterator[str]:
    if front.precompressed:
        yield "gzip_vary on;"
    if "gzip" in front.precompressed:
        yield "gzip_static on;"
    if "br" in front.precompressed:
        yield "brotli_static on; # of the module ngx_brotli: Debian's libnginx-mod-http-brotli-static"
    if "zstd" in front.precompressed:
        yield "# zstd_static on; # where nginx has the module zstd-nginx-module"


def _nginx_door(tags: tuple[str, ...]) -> Iterator[str]:
    """Give the lines that lead to a language; ``/?`` and anything after it shows all of them."""
    yield 'set $jisr_asked "";'
    yield from _block(f'if ($http_accept_language ~* "{first_known(tags)}")', ["set $jisr_asked $1;"])
    yield from _block("if ($is_args)", ['set $jisr_asked "";'])
    yield "absolute_redirect off;"
    for expression, tag in chosen(tags):
        yield from _block(f'if ($jisr_asked ~* "{expression}")', [f"return 302 /{tag}/;"])
    yield "try_files /index.html =404;"


def caddy(front: Front) -> str:
    """Give the lines that stand in a site block of Caddy, after its ``root``."""
    return "\n".join(["# What Jisr says of its pages: written by `inv publish --snippets caddy`.", *_caddy(front)]) + "\n"


def _caddy(front: Front) -> Iterator[str]:
    onion = [f'Onion-Location "{front.onion}{{http.request.uri}}"'] if front.onion else []
    yield f"@editor path {OF_EDITOR}*"
    yield f"@readers not path {OF_EDITOR}*"
    yield from _block("header @readers", [*(f'{name} "{value}"' for name, value in HEADERS.items()), *onion])
    yield from _block("header @editor", [f'{name} "{value}"' for name, value in EDITOR.items()])
    yield f"@hashed path {HASHED}*"
    yield f"@others not path {HASHED}*"
    yield f'header @hashed Cache-Control "{FOREVER}"'
    yield f'header @others Cache-Control "{SHORTLY}"'
    for name, kind in _TYPES.items():
        yield f"@{name} path *.{name}"
        yield f"header @{name} Content-Type {kind}"
    if front.ways:
        yield from _block("map {path} {jisr_way}", [*redirect_rules.caddy(front.ways), 'default ""'])
        yield '@led expression `{jisr_way} != ""`'
        yield "redir @led {jisr_way} 301"
    if front.welcomes and front.tags:
        yield from _caddy_door(front.tags)
    yield from _block("handle_errors", _caddy_missing("|".join(front.tags) or "-"))
    order = [one for one in ("zstd", "br", "gzip") if one in front.precompressed]
    yield from _block("file_server", [f"precompressed {' '.join(order)}"]) if order else ["file_server"]


def _caddy_missing(languages: str) -> Iterator[str]:
    """Give the lines that answer for what is not there in the language that was asked for, else with the page of all."""
    missing = "expression {err.status_code} == 404"
    yield from _block("@below", [missing, f"path_regexp below ^/({languages})/"])
    yield "rewrite @below /{re.below.1}/404.html"
    yield from _block("@above", [missing, f"not path_regexp ^/({languages})/"])
    yield from ("rewrite @above /404.html", "file_server")


def _caddy_door(tags: tuple[str, ...]) -> Iterator[str]:
    """Give the lines that lead to a language; ``/?x`` and the like shows all of them."""
    asked = ["path /", 'expression {http.request.uri.query} == ""']
    yield from _block("@asked", [*asked, f'header_regexp asked Accept-Language "(?i){first_known(tags)}"'])
    ways = [f'"~(?i){expression}" {tag}' for expression, tag in chosen(tags)]
    yield from _block("map {re.asked.1} {jisr_language}", ways)
    yield "header / +Vary Accept-Language"
    yield "redir @asked /{jisr_language}/ 302"


def _block(head: str, lines: Iterator[str] | list[str]) -> Iterator[str]:
    yield f"{head} {{"
    yield from (f"    {line}" for line in lines)
    yield "}"


SNIPPETS = MappingProxyType({"nginx": nginx, "caddy": caddy})
