"""What the settings say of fetching, with a problem for each that is wrong."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jisr.aggregator.store.images.reencode import has_pillow
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.ingest.fetch.ssrf_guard import parse_allowed_hosts

_NUMBER_SETTINGS = {"FETCH_SECONDS": (20, 1, 600), "FETCH_MOST_NEW": (10, 1, 10_000)}


def read_limits(settings: Mapping[str, Any], shown: str) -> tuple[int, int]:
    """Return how many seconds a run may take, and how many new posts of a member it takes.

    Raises ProblemsError where a setting is no number, or none that makes sense.
    """
    stated = {"FETCH_SECONDS": settings.get("FETCH_SECONDS"), "FETCH_MOST_NEW": settings.get("FETCH_MOST_NEW")}
    found = []
    for name, (default, least, most) in _NUMBER_SETTINGS.items():
        value = default if stated[name] is None else stated[name]
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            text = '"{value}" is not a whole number from {least} to {most}. Write {name} = {default}.'
            raise _setting_error(shown, text, value=value, least=least, most=most, name=name, default=default)
        found.append(value)
    return found[0], found[1]


def read_allowed_hosts(settings: Mapping[str, Any], shown: str) -> frozenset[tuple[str, int]]:
    """Return the hosts that may be asked although their address is private. Raises ProblemsError where one cannot be read."""
    stated = settings.get("FETCH_ALLOW_HOSTS") or ()
    text = '"{value}" is not a host. Write FETCH_ALLOW_HOSTS = ("127.0.0.1:8000",), each with its port.'
    if not isinstance(stated, list | tuple | set | frozenset) or not all(isinstance(one, str) for one in stated):
        raise _setting_error(shown, text, value=stated)
    try:
        return parse_allowed_hosts(sorted(stated))
    except ValueError as error:
        raise _setting_error(shown, text, value=error) from None


def read_pictures_setting(settings: Mapping[str, Any], shown: str) -> bool:
    """Whether the pictures of whole posts are fetched. Raises ProblemsError where that is not said, or cannot be done here."""
    stated = settings.get("FETCH_PICTURES") or False
    if not isinstance(stated, bool):
        raise _setting_error(
            shown, '"{value}" is neither True nor False. Write FETCH_PICTURES = True, or leave it out.', value=stated
        )
    if stated and not has_pillow():
        text = "{name} is not installed here. Install what pictures need: .venv/bin/pip install -e '.[images]'."
        raise _setting_error(shown, text, name="pillow")
    return stated


def user_agent(url: str) -> str:
    """Return as whom we ask: a program, and where those who are asked can find out more.

    >>> user_agent("https://example.org/").partition("/")[2].partition(" ")[2]
    '(+https://example.org/; reads the feeds of member blogs)'
    """
    try:
        number = version("jisr")
    except PackageNotFoundError:
        number = "0"
    host = urlsplit(url).hostname or ""
    known = f"+{url}; " if url.isascii() and url.isprintable() and "." in host else ""
    return f"Jisr/{number} ({known}reads the feeds of member blogs)"


def cache_folder(settings_file: Path, content: Path) -> Path:
    """Return where a run remembers: beside the settings, apart for each content folder but the usual one."""
    folder = settings_file.resolve().parent
    name = os.path.relpath(content.resolve(), folder)
    usual = folder / ".cache" / "fetch"
    return usual if name == "content" else usual / hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _setting_error(shown: str, text: str, **values: object) -> ProblemsError:
    return ProblemsError(Problem.error(SourceLocation(shown), "setting", text, **values))
