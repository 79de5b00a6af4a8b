"""PO files, as Weblate and Poedit read and write them (https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html)."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from babel.messages.pofile import PoFileError, read_po

from jisr.core.frozen import dataclass

TEXT_HEADER, LANGUAGE_HEADER = "X-Jisr-Text", "Language"


@dataclass(frozen=True, slots=True)
class PoEntry:
    """A block of a text and its translation, which may be empty. ``key`` tells it from all others, whatever their order."""

    key: str
    original: str
    translation: str = ""
    fuzzy: bool = False
    kind: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class PoDocument:
    """What a PO file holds: which version of a text, into which language, block by block."""

    path: str
    tag: str
    entries: tuple[PoEntry, ...]


def format_po(sheet: PoDocument) -> str:
    """Return a PO file."""
    head = {"Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "8bit", LANGUAGE_HEADER: sheet.tag}
    lines = [
        'msgid ""',
        'msgstr ""',
        *(_quote(f"{name}: {value}\n") for name, value in (head | {TEXT_HEADER: sheet.path}).items()),
    ]
    for one in sheet.entries:
        lines += ["", f"#. {one.kind}", f"#: {one.place}", *(["#, fuzzy"] if one.fuzzy and one.translation else [])]
        lines += [f"msgctxt {_quote(one.key)}", f"msgid {_quote(one.original)}", f"msgstr {_quote(one.translation)}"]
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return f'"{escaped}"'


def parse_po(data: bytes) -> PoDocument:
    """Return what a PO file holds. Raises ValueError where it is none, or not one that was made here."""
    try:
        text = data.decode("utf-8-sig")
        catalogue = read_po(io.StringIO(text), abort_invalid=True, ignore_obsolete=True)
        found = [(str(one.context or ""), str(one.id), str(one.string or ""), one.fuzzy) for one in catalogue if one.id]
    except (PoFileError, UnicodeDecodeError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise ValueError(str(error)) from None
    return PoDocument(*_read_header(text), tuple(PoEntry(*one) for one in found))


def _read_header(text: str) -> tuple[str, str]:
    """Return the text and the language that the header names: Babel keeps no field that it does not know."""
    head = re.split(r"\n\s*\n", text.replace("\r", "").lstrip(), maxsplit=1)[0]
    joined = "".join(re.findall(r'^(?:msgstr )?"(.*)"\s*$', head, re.MULTILINE))
    stated = dict(line.split(": ", 1) for line in joined.split("\\n") if ": " in line)
    if not stated.get(TEXT_HEADER) or not stated.get(LANGUAGE_HEADER):
        raise ValueError(TEXT_HEADER)
    return stated[TEXT_HEADER], stated[LANGUAGE_HEADER]


def number_duplicates(found: Sequence[str]) -> list[str]:
    """Return hashes as keys: one that stands twice is counted.

    >>> number_duplicates(["0a1b2c", "ffffff", "0a1b2c"])
    ['0a1b2c', 'ffffff', '0a1b2c 2']
    """
    seen: dict[str, int] = {}
    keys = []
    for one in found:
        seen[one] = seen.get(one, 0) + 1
        keys.append(one if seen[one] == 1 else f"{one} {seen[one]}")
    return keys
