"""HTTP headers of the site, declared once; ``nginx_caddy.py`` renders them in the syntax of each server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from jisr.core.urls import content_policies
from jisr.core.urls.content_policies import FILM_ENDINGS, FOLDERS_OF_FILES
from jisr.core.urls.paths import ADMIN

CONTENT_SECURITY_POLICY = f"{content_policies.PAGE}; {content_policies.ONLY_IN_HEADERS}"
_DENIED_FEATURES = "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi payment usb".split()

HEADERS = MappingProxyType(
    {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Cross-Origin-Opener-Policy": "same-origin",
        # A linked site learns nothing about the page that was read here.
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{one}=()" for one in _DENIED_FEATURES),
        "X-Content-Type-Options": "nosniff",
    }
)
# A sandboxed page and one that other windows may not reach exclude each other (https://html.spec.whatwg.org/#coop-sandbox).
FILE_HEADERS = MappingProxyType(
    HEADERS | {"Content-Security-Policy": content_policies.FILE, "Cross-Origin-Opener-Policy": "unsafe-none"}
)
FILM_HEADERS = MappingProxyType(FILE_HEADERS | {"Content-Security-Policy": content_policies.FILM})
FILE_PATHS = f"^/(?:{'|'.join(FOLDERS_OF_FILES)})/"
FILM_NAMES = rf"\.(?:{'|'.join(FILM_ENDINGS)})$"
# The web editor is an application: it creates inline styles, shows images before they are saved, and connects to the host of
# the repository, which the settings name. Its scripts are files of the site; signing in opens a window of another site.
EDITOR_HEADERS = MappingProxyType(
    HEADERS
    | {
        "Content-Security-Policy": (
            "default-src 'self'; base-uri 'none'; connect-src 'self' blob: data: https:; font-src 'self'; form-action 'self'; "
            "frame-ancestors 'none'; img-src 'self' blob: data: https:; media-src 'self' blob: https:; object-src 'none'; "
            "script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:"
        ),
        "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
        "X-Robots-Tag": "noindex",
    }
)
EDITOR_PATH = f"/{ADMIN}"
SEARCH_HEADERS = MappingProxyType(
    HEADERS | {"Content-Security-Policy": f"{content_policies.SEARCH_PAGE}; {content_policies.ONLY_IN_HEADERS}"}
)
SEARCH_PATHS = "^/[^/]+/(?:search|offline)/(?:index\\.html)?$"  # pages that run a script
# The names of assets contain a hash of their content, so a file never changes (RFC 8246).
CACHE_IMMUTABLE = "public, max-age=31536000, immutable"
CACHE_SHORT = "public, max-age=300, must-revalidate"
HASHED_PATH = "/theme/"


def headers_for(path: str) -> dict[str, str]:
    """Return the headers for a path of the site.

    >>> headers_for("/ckb/")["Cache-Control"], headers_for("/theme/style.0a1b2c3d4e.css")["Cache-Control"]
    ('public, max-age=300, must-revalidate', 'public, max-age=31536000, immutable')
    """
    own = {content_policies.FILE: FILE_HEADERS, content_policies.FILM: FILM_HEADERS}.get(content_policies.file_policy(path))
    own = own or (EDITOR_HEADERS if path.startswith(EDITOR_PATH) else None)
    own = own or (SEARCH_HEADERS if re.match(SEARCH_PATHS, path) else HEADERS)
    return {**own, "Cache-Control": CACHE_IMMUTABLE if path.startswith(HASHED_PATH) else CACHE_SHORT}


def render_headers_file(editor: bool = False) -> str:
    """Return ``_headers`` for hosts of static sites; ``editor`` adds the headers of the web editor.

    If two blocks state a header such a host joins both values with a comma, so that each header is in one block, and the blocks
    of files and of the editor remove that of the site first (``!``); caching of pages is left to the host, which revalidates
    each time.
    See https://developers.cloudflare.com/pages/configuration/headers/ and https://docs.netlify.com/manage/routing/headers/.
    """
    lines = ["/*", *(f"  {name}: {value}" for name, value in HEADERS.items())]
    lines += [f"{HASHED_PATH}*", f"  Cache-Control: {CACHE_IMMUTABLE}"]
    lines += ["/*.txt", "  Content-Type: text/plain; charset=utf-8"]  # they contain names in every script
    for page in ("search", "offline"):
        lines += _render_changes(f"/:language/{page}/", SEARCH_HEADERS, HEADERS)
    for folder in FOLDERS_OF_FILES:
        lines += _render_changes(f"/{folder}/*", FILE_HEADERS, HEADERS)
    for ending in FILM_ENDINGS:  # there is none elsewhere
        lines += _render_changes(f"/*.{ending}", FILM_HEADERS, FILE_HEADERS)
    return "\n".join([*lines, *(_render_changes(f"{EDITOR_PATH}*", EDITOR_HEADERS, HEADERS) if editor else [])]) + "\n"


def _render_changes(path: str, own: Mapping[str, str], before: Mapping[str, str]) -> list[str]:
    """Return a block that replaces those headers of an earlier one that differ."""
    changed = {name: value for name, value in own.items() if before.get(name) != value}
    removed = {name: [f"  ! {name}"] if name in before else [] for name in changed}
    return [path, *(line for name, value in changed.items() for line in (*removed[name], f"  {name}: {value}"))]
