"""Old addresses of texts and files: which can be answered, and whether by a page that redirects or by a copy of a file."""

from __future__ import annotations

import re
import unicodedata

from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.urls.file_names import FILE_TYPES, name_fault, runs

MAX_STEP_BYTES = 240  # of 255 that file systems hold: programs that copy or compress put signs of their own behind a name
MAX_BYTES = 800
MAX_STEPS = 40
_FILE_NAME = re.compile(r".*\.(?P<ending>[A-Za-z][A-Za-z0-9]{0,9})")
_PAGE_ENDINGS = frozenset(["html", "htm"])
_SAME_ENDINGS = {"jpeg": "jpg", "jpe": "jpg", "tiff": "tif"}
_SIGNS = frozenset("-._~!()+,=@&' ")
# Names that the site, a server or a host of pages keeps for itself, and first steps below which they run programs.
_KEPT_NAMES = frozenset(
    "cname sha256sums sha256sums.minisig minisign.pub web.config cgi-bin _headers _redirects _routes.json".split()
)
_KEPT_FIRST = frozenset("sw.js bundles search 404 functions api".split())
_PROOF = re.compile(r"(?:google|yandex|baidu|naver|pinterest|bing|facebook|zoho|w?mail|verif)[\w-]*\d[\w-]*\.html?|.*\.txt")
"""Files at the root by which services know whose a site is."""
_PROGRAM = phrase("a server would run or obey a file of this name, not show a page")
_KEPT = phrase("the site or its server keeps this name for itself")
_HIDDEN = phrase("servers show nothing whose name begins with a dot")
_UNDERSCORE = phrase('servers keep names at the root that begin with "_" for themselves')
_NAME = phrase(
    'it may have letters, digits and - . _ ~ ! ( ) + , = @ & \' alone, no step that begins with "-", and the ending of a page '
    "(.html) or of a file that can lie beside a text"
)
_LONG = phrase("it is longer than file systems and servers take")


def file_ending(address: str) -> str:
    """Return the ending of an address that names a file and no page, in small letters, or an empty string.

    >>> [file_ending(one) for one in ("2012/report.PDF", "photo.jpeg", "old.html", "2012/v1.0", "report.pdf/")]
    ['pdf', 'jpg', '', '', '']
    """
    match = _FILE_NAME.fullmatch(address.rpartition("/")[2])
    ending = match["ending"].lower() if match else ""
    return "" if ending in _PAGE_ENDINGS else _SAME_ENDINGS.get(ending, ending)


def is_file_name(name: str) -> bool:
    """Whether the last step of an address names a file, a page among them, so that no slash follows it.

    >>> [is_file_name(one) for one in ("report.pdf", "old.html", "v1.0", "statement")]
    [True, True, False, False]
    """
    return _FILE_NAME.fullmatch(name) is not None


def address_fault(address: str, may_be_program: bool = False) -> Phrase | None:
    """Return why nothing can answer at an address, decoded and without its first slash, or None where something can.

    ``may_be_program``: its last step may end as a program, as that of an address with a query, which a page explains.
    """
    steps = address.rstrip("/").split("/")
    if (
        max(len(step.encode()) for step in steps) > MAX_STEP_BYTES
        or len(steps) > MAX_STEPS
        or len(address.encode()) > MAX_BYTES
    ):
        return _LONG
    if any(step.startswith(".") for step in steps):
        return _HIDDEN
    if steps[0].startswith("_"):
        return _UNDERSCORE
    names = [step.casefold() for step in steps]
    if not _KEPT_NAMES.isdisjoint(names) or names[0] in _KEPT_FIRST or _PROOF.fullmatch(names[-1] if len(names) == 1 else ""):
        return _KEPT
    match = _FILE_NAME.fullmatch(steps[-1]) if not address.endswith("/") else None
    ending = match["ending"].lower() if match else ""
    stems = [
        *(steps[1:-1] if names[0] == "index.php" else steps[:-1]),
        steps[-1].removesuffix(f".{match['ending']}" if match else ""),
    ]
    if any(runs(part) for stem in stems for part in stem.split(".")[1:]) or (
        runs(ending) and ending not in _PAGE_ENDINGS and not may_be_program
    ):
        return _PROGRAM
    fits = not ending or may_be_program or ending in _PAGE_ENDINGS or file_ending(steps[-1]) in FILE_TYPES
    if not fits or not all(map(_is_plain, steps)):
        return next(filter(None, map(name_fault, steps)), _NAME)
    return next(filter(None, map(name_fault, steps)), None)


def _is_plain(step: str) -> bool:
    """Whether a step of an address means nothing to a shell or a server: letters, digits and a few signs."""
    letters = (one.isalnum() or one in _SIGNS or unicodedata.category(one)[0] == "M" for one in step)
    return all(letters) and not step.startswith("-") and not step.endswith("~")
