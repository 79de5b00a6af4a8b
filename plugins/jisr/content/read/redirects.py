"""The reader of ``content/redirects.yaml``: old addresses, most of them with a query, and where each leads on this site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from jisr.content.read.file_encoding import decode
from jisr.content.read.front_matter import parse_front_matter
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass

REDIRECTS_FILE = "redirects.yaml"
_LINE = re.compile(r"(?P<old>\"[^\"\\]*\"|/[^\s:\"'#]*): (?P<new>\"[^\"\\]*\"|/[^\s:\"'#]*)")
_UNFIT = re.compile(r"[#\\\s]")


@dataclass(frozen=True, slots=True)
class OldAddress:
    """An address of an old site, as it was asked for, and the path of this site that answers there."""

    address: str
    target: str
    place: SourceLocation
    target_place: SourceLocation

    @property
    def path(self) -> str:
        """What stands before its query."""
        return self.address.partition("?")[0]

    @property
    def has_query(self) -> bool:
        """Whether it has a query, at which no page can answer."""
        return "?" in self.address


def read_redirects(root: Path, display_path: str) -> tuple[tuple[OldAddress, ...], list[Problem]]:
    """Return the old addresses of a content folder, and what is wrong with their form."""
    file, path = root / REDIRECTS_FILE, f"{display_path}/{REDIRECTS_FILE}"
    if not file.is_file():
        return (), []
    try:
        entries = list(_parse_entries(decode(file.read_bytes(), path), path))
    except ProblemsError as error:
        return (), list(error.problems)
    except OSError as error:
        reason = parse_reason(error.strerror)
        return (), [Problem.error(SourceLocation(path), "file", "The file cannot be read: {reason}.", reason=reason)]
    problems = {one.address: problem for one in entries if (problem := _form_problem(one)) is not None}
    return tuple(one for one in entries if one.address not in problems), list(problems.values())


def _parse_entries(text: str, path: str) -> Iterator[OldAddress]:
    """Return the entries of a file; one entry a line, as it is written by tools, needs no grammar of YAML.

    Raises ProblemsError where it is no mapping of YAML.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    matches = [(number, _LINE.fullmatch(line.rstrip())) for number, line in lines]
    if len({match["old"].strip('"') for _, match in matches if match}) == len(lines):
        for number, match in matches:
            if match:
                place, target = (SourceLocation(path, number, match.start(name) + 1) for name in ("old", "new"))
                yield OldAddress(match["old"].strip('"'), match["new"].strip('"'), place, target)
        return
    for key, node in parse_front_matter(text, path, first_line=1):
        value = getattr(node, "text", "")
        yield OldAddress(key.text, value, key.place, node.place)


def _form_problem(one: OldAddress) -> Problem | None:
    steps = unquote(one.path)[1:].removesuffix("/").split("/")
    is_readable = one.address.isprintable() and unquote(one.address).isprintable()  # as servers have it in their configuration
    if not one.address.startswith("/") or not is_readable or _UNFIT.search(one.address):
        text = '"{value}" cannot be an old address. Write it from the site\'s root, as /?p=12 or /spip.php?article12.'
        return Problem.error(one.place, "alias", text, value=one.address)
    if {"", ".", ".."} & set(steps) and steps != [""]:
        text = '"{value}" cannot be an old address. Write it from the site\'s root, as /?p=12 or /spip.php?article12.'
        return Problem.error(one.place, "alias", text, value=one.address)
    if not one.target.startswith("/") or one.target.startswith("//") or "?" in one.target:
        text = '"{value}" is no path of this site. Write where "{address}" leads now, as /ar/news/2012-x/.'
        return Problem.error(one.target_place, "link", text, value=one.target, address=one.address)
    return None
