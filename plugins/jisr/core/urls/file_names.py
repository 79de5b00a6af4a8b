"""Names of files and folders: types by their endings, and names that a system cannot hold, leaves behind, runs or obeys."""

from __future__ import annotations

import re
from types import MappingProxyType

from jisr.core.diagnostics.problems import Phrase, phrase

FILE_TYPES = MappingProxyType(
    {
        ending: kind
        for kind, endings in {
            "JPEG": "jpg jpeg", "PNG": "png", "WebP": "webp", "AVIF": "avif", "GIF": "gif", "SVG": "svg",
            "PDF": "pdf", "ZIP": "docx xlsx pptx odt ods odp odg epub zip", "Office": "doc xls ppt", "RTF": "rtf",
            "MP3": "mp3", "MP4": "mp4 m4v mov m4a", "Ogg": "ogg oga ogv opus", "WebM": "webm", "WAV": "wav", "FLAC": "flac",
            "text": "vtt srt ics csv tsv txt asc",
            "gzip": "gz tgz", "tar": "tar", "7z": "7z", "xz": "xz", "bzip2": "bz2",
        }.items()
        for ending in endings.split()
    }
)  # fmt: skip
"""The type of each ending that a file may have. ``asc`` is a PGP key."""
_PROGRAM = re.compile(
    r"ph(?:p\d*|ps|t|tml|ar)|[psx]?html?\d*|htc|hta|xht|stm|xml|xslt?|mht(?:ml)?|svgz|swf|m?js[mpx]?|cjs|jspx?|css|wasm|"
    r"p[ly]c?|pm|rb|lua|tcl|f?cgi|sh|bash|bat|cmd|ps1|vbs?|wsf|exe|dll|com|scr|msi|jar|as[hmcpai]x?|cer|cdx|cfml?|cfc|"
    r"config|ini|conf|htaccess|htpasswd|var|asis|map|webmanifest|appcache",
    re.IGNORECASE,
)


def runs(part: str) -> bool:
    """Whether a server may run or obey a file with this part between dots in its name: some do wherever it stands.

    >>> [part for part in ("php", "PHP5", "html", "var", "phps", "asp", "ar", "v1", "2012", "map") if runs(part)]
    ['php', 'PHP5', 'html', 'var', 'phps', 'asp', 'map']
    """
    return _PROGRAM.fullmatch(part.strip("~ ")) is not None


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
