"""Names of files and folders: those that not every system can hold, and those that systems leave behind."""

from __future__ import annotations

import re

from jisr.core.diagnostics.problems import Phrase, phrase

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?: *[.:].*)? *", re.IGNORECASE | re.DOTALL)
_REFUSED_SIGN = re.compile(r'[<>:"\\|?*]')
# Of Windows, macOS, Linux, network storage (Synology, QNAP) and browsers.
_CLUTTER = frozenset(
    (
        "thumbs.db ehthumbs.db ehthumbs_vista.db desktop.ini __macosx icon\r $recycle.bin recycler @eadir @recycle @tmp "
        "@__thumb #recycle #snapshot lost+found"
    ).split(" ")
) | {"system volume information", "network trash folder", "temporary items", "desktop db", "desktop df"}
_UNFINISHED = re.compile(r"~.*\.tmp|.*\.(?:crdownload|part|partial)|found\.\d{3}|thumbs\.db:.*", re.IGNORECASE)


def is_clutter(name: str) -> bool:
    r"""Whether a file or folder is left behind by a system or program, or hidden: it is no content at any depth.

    >>> [is_clutter(name) for name in ("@eaDir", "$RECYCLE.BIN", "System Volume Information", "lost+found", "report.pdf")]
    [True, True, True, True, False]
    >>> [name for name in ("Thumbs.db", "~$report.docx", ".DS_Store", "notes.md~", "Icon\r", "Icon.png") if is_clutter(name)]
    ['Thumbs.db', '~$report.docx', '.DS_Store', 'notes.md~', 'Icon\r']
    """
    if name.startswith((".", "~$")) or name.endswith("~") or name.casefold() in _CLUTTER:
        return True
    return _UNFINISHED.fullmatch(name) is not None


def name_fault(name: str) -> Phrase | None:
    """Return why Windows cannot hold a file or folder of this name, or None where it can.

    >>> print(name_fault("nul.pdf"), "/", name_fault("call: final.pdf"), "/", name_fault("end."), "/", name_fault("بيان.pdf"))
    Windows keeps this name for a device / Windows has no ":" in names / Windows has no names that end so / None
    """
    if _DEVICE.fullmatch(name):
        return phrase("Windows keeps this name for a device")
    if sign := _REFUSED_SIGN.search(name):
        return phrase('Windows has no "{sign}" in names', sign=sign[0])
    if name.endswith((".", " ")):
        return phrase("Windows has no names that end so")
    return None
