"""The settings of fetching, with a problem for each that is wrong."""

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


def read_limits(settings: Mapping[str, Any], settings_path: str) -> tuple[int, int]:
    """Return the seconds of a run, and the number of new posts of a member in a run.

    Raises ProblemsError where a setting is no whole number within its limits.
    """
    values = {"FETCH_SECONDS": settings.get("FETCH_SECONDS"), "FETCH_MOST_NEW": settings.get("FETCH_MOST_NEW")}
    limits = []
    for name, (default, least, most) in _NUMBER_SETTINGS.items():
        value = default if values[name] is None else values[name]
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            text = '"{value}" is not a whole number from {least} to {most}. Write {name} = {default}.'
            raise _setting_error(settings_path, text, value=value, least=least, most=most, name=name, default=default)
        limits.append(value)
    return limits[0], limits[1]


def read_allowed_hosts(settings: Mapping[str, Any], settings_path: str) -> frozenset[tuple[str, int]]:
    """Return the hosts that may be requested although their address is private.

    Raises ProblemsError where one cannot be parsed.
    """
    hosts = settings.get("FETCH_ALLOW_HOSTS") or ()
    text = '"{value}" is not a host. Write FETCH_ALLOW_HOSTS = ("127.0.0.1:8000",), each with its port.'
    if not isinstance(hosts, list | tuple | set | frozenset) or not all(isinstance(host, str) for host in hosts):
        raise _setting_error(settings_path, text, value=hosts)
    try:
        return parse_allowed_hosts(sorted(hosts))
    except ValueError as error:
        raise _setting_error(settings_path, text, value=error) from None


def read_pictures_setting(settings: Mapping[str, Any], settings_path: str) -> bool:
    """Whether the pictures of whole posts are downloaded. Raises ProblemsError for another value, or without Pillow."""
    value = settings.get("FETCH_PICTURES") or False
    if not isinstance(value, bool):
        text = '"{value}" is neither True nor False. Write FETCH_PICTURES = True, or leave it out.'
        raise _setting_error(settings_path, text, value=value)
    if value and not has_pillow():
        text = "{name} is not installed here. Install what pictures need: .venv/bin/pip install -e '.[images]'."
        raise _setting_error(settings_path, text, name="pillow")
    return value


def user_agent(url: str) -> str:
    """Return the ``User-Agent`` header: the program, and where the owners of servers find out more.

    >>> user_agent("https://example.org/").partition("/")[2].partition(" ")[2]
    '(+https://example.org/; reads the feeds of member blogs)'
    """
    try:
        release = version("jisr")
    except PackageNotFoundError:
        release = "0"
    host = urlsplit(url).hostname or ""
    website = f"+{url}; " if url.isascii() and url.isprintable() and "." in host else ""
    return f"Jisr/{release} ({website}reads the feeds of member blogs)"


def cache_folder(settings_file: Path, content: Path) -> Path:
    """Return the folder of states and reports, next to the settings: one for each content folder."""
    folder = settings_file.resolve().parent
    name = os.path.relpath(content.resolve(), folder)
    default = folder / ".cache" / "fetch"
    return default if name == "content" else default / hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _setting_error(settings_path: str, text: str, **values: object) -> ProblemsError:
    return ProblemsError(Problem.error(SourceLocation(settings_path), "setting", text, **values))
