"""Old addresses of texts and files: which can be answered, and whether by a page that redirects or by a copy of a file."""

from __future__ import annotations

import re

from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.urls.file_names import name_fault

MAX_STEP_BYTES = 240  # of 255 that file systems hold: programs that copy or compress put signs of their own behind a name
MAX_BYTES = 800
MAX_STEPS = 40
_FILE_NAME = re.compile(r".*\.(?P<ending>[A-Za-z][A-Za-z0-9]{0,9})")
_PAGE_ENDINGS = frozenset(["html", "htm"])
_SAME_ENDINGS = {"jpeg": "jpg", "jpe": "jpg", "tiff": "tif"}
# First steps that the site, a server or a host of git pages keeps for itself.
_KEPT_NAMES = frozenset(["cname", "sha256sums", "sha256sums.minisig", "minisign.pub", "sw.js", "web.config", "bundles", "404"])
_PROGRAM_ENDINGS = frozenset(
    (
        "php php3 php4 php5 php7 php8 phtml phar pht asp aspx ashx asmx asax cfm cgi fcgi pl py rb jsp jspx do action shtml "
        "shtm stm xhtml xht js mjs cjs css wasm swf jar exe dll com msi bat cmd sh ps1 vbs config ini conf env htaccess user"
    ).split()
)
_PROGRAM = phrase("a server would run or obey a file of this name, not show a page")
_KEPT = phrase("the site or its server keeps this name for itself")
_HIDDEN = phrase("servers show nothing whose name begins with a dot")
_UNDERSCORE = phrase('servers keep names at the root that begin with "_" for themselves')
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


def address_fault(address: str) -> Phrase | None:
    """Return why nothing can answer at an address, decoded and without its first slash, or None where something can."""
    steps = address.rstrip("/").split("/")
    if len(steps) > MAX_STEPS or len(address.encode()) > MAX_BYTES:
        return _LONG
    if any(len(step.encode()) > MAX_STEP_BYTES for step in steps):
        return _LONG
    if any(step.startswith(".") for step in steps):
        return _HIDDEN
    if steps[0].startswith("_"):
        return _UNDERSCORE
    if steps[0].casefold() in _KEPT_NAMES:
        return _KEPT
    if file_ending(steps[-1]) in _PROGRAM_ENDINGS:
        return _PROGRAM
    return next(filter(None, map(name_fault, steps)), None)
