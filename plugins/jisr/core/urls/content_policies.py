"""The Content-Security-Policy of each part of the site: of pages, of the files beside texts, of the web editor."""

from __future__ import annotations

from jisr.core.schema.kinds import DEFAULT_KINDS

# Stated explicitly where ``default-src`` does not reach: https://www.w3.org/TR/CSP3/#directive-fallback-list
PAGE = "default-src 'self'; script-src 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
"""Resources of the site only, nothing inline and no script: nothing in a text can run, or load from another host."""

SEARCH_PAGE = PAGE.replace("script-src 'none'", "script-src 'self'")
"""The page that searches runs the script for that, and the files of the index, which are scripts: a disk has no others."""

FILE = "sandbox; default-src 'none'"
"""A file that a stranger hands in is of no site, and loads nothing."""

FILM = "sandbox allow-same-origin; default-src 'none'; media-src 'self'"
"""A browser opens a film or recording in a page of its own, which loads it; without a script that page can do nothing else."""

EDITOR_PAGE = "script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'; form-action 'self'; object-src 'none'"
"""The part of the web editor's policy that its page says itself, where no server does: which scripts run."""

ONLY_IN_HEADERS = "frame-ancestors 'none'"
FOLDERS_OF_FILES = tuple(kind.name for kind in DEFAULT_KINDS)
FILM_ENDINGS = ("mp4", "m4v", "mov", "m4a", "mp3", "ogg", "oga", "ogv", "opus", "webm", "wav", "flac")


def file_policy(path: str) -> str:
    """Return the policy of a file beside a text by its path from the root; an empty string for what is none.

    >>> file_policy("/statements/2026-x/a.pdf"), file_policy("/ar/statements/2026-x/"), file_policy("/news/x/a.mp3") == FILM
    ("sandbox; default-src 'none'", '', True)
    """
    if path.lstrip("/").partition("/")[0] not in FOLDERS_OF_FILES:
        return ""
    return FILM if path.rpartition(".")[2].lower() in FILM_ENDINGS else FILE
