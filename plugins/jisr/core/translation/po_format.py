"""The format of PO files, as Weblate and Poedit use it (https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html)."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from babel.messages.pofile import PoFileError, read_po

from jisr.core.frozen import dataclass
from jisr.core.translation.blocks import TextBlock, block_words

FIELD_KINDS = ("title", "summary")
_LINE = re.compile(r'#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\.)*"')
_PREVIOUS = re.compile(r"^[ \t]*#~?[ \t]*[|].*$", re.MULTILINE)
"""The words before a change, which msgmerge --previous keeps, also of entries that are no more."""
TEXT_HEADER, LANGUAGE_HEADER = "X-Jisr-Text", "Language"


@dataclass(frozen=True, slots=True)
class PoEntry:
    """A block of a text and its translation, which may be empty. ``key`` identifies it, in any order of entries."""

    key: str
    original: str
    translation: str = ""
    fuzzy: bool = False
    kind: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class PoDocument:
    """The content of a PO file: the file of the original, the language of the translation, the entries."""

    path: str
    tag: str
    entries: tuple[PoEntry, ...]


def format_po(document: PoDocument) -> str:
    """Return the text of a PO file."""
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        LANGUAGE_HEADER: document.tag,
        TEXT_HEADER: document.path,
    }
    lines = ['msgid ""', 'msgstr ""', *(_quote(f"{name}: {value}\n") for name, value in headers.items())]
    for one in document.entries:
        lines += ["", f"#. {one.kind}", f"#: {one.place}", *(["#, fuzzy"] if one.fuzzy and one.translation else [])]
        lines += [f"msgctxt {_quote(one.key)}", f"msgid {_quote(one.original)}", f"msgstr {_quote(one.translation)}"]
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return f'"{escaped}"'


def untranslated_po(path: str, tag: str, blocks: Sequence[TextBlock]) -> PoDocument:
    """Return the blocks of a version, but for code, without a translation; ``path`` is that of its file, from the kind on."""
    entries = [
        PoEntry(key, entry_words(block), kind=block.kind, place=path if block.kind in FIELD_KINDS else f"{path}:{block.line}")
        for key, block in zip(entry_keys(blocks), blocks, strict=True)
        if block.kind != "code"
    ]
    return PoDocument(path, tag, tuple(entries))


def entry_words(block: TextBlock) -> str:
    """Return the words of a block of a field or of a body."""
    return block.text if block.kind in FIELD_KINDS else block_words(block)


def entry_keys(blocks: Sequence[TextBlock]) -> list[str]:
    """Return a key for each block of a text, unique in it."""
    return number_duplicates([f"{block.kind} {block.digest}" for block in blocks])


def parse_po(data: bytes) -> PoDocument:
    """Parse a PO file. Raises ValueError where it is not one, or was not exported here, UnreadableLineError with the line."""
    try:
        text = data.decode("utf-8-sig")
        header = _parse_header(text)
        _check_lines(text)
        catalog = read_po(io.StringIO(_PREVIOUS.sub("#", text)), abort_invalid=True, ignore_obsolete=True)
        entries = [(str(one.context or ""), str(one.id), str(one.string or ""), one.fuzzy) for one in catalog if one.id]
    except PoFileError as error:
        raise UnreadableLineError(error.lineno + 1, error.line) from None
    except UnreadableLineError:
        raise
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise ValueError(str(error)) from None
    return PoDocument(*header, tuple(PoEntry(*one) for one in entries))


def _check_lines(text: str) -> None:
    """Raise UnreadableLineError at a line that Babel would read otherwise than it was meant, or cut."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not _LINE.fullmatch(line.strip()):
            raise UnreadableLineError(number, line.strip())


class UnreadableLineError(ValueError):
    """A line of a PO file that cannot be read, and its number."""

    def __init__(self, number: int, line: str) -> None:
        super().__init__(line)
        self.number, self.line = number, line


def _parse_header(text: str) -> tuple[str, str]:
    """Return the text and the language in the header: Babel drops fields that it does not know."""
    head = re.split(r"\n\s*\n", text.replace("\r", "").lstrip(), maxsplit=1)[0]
    header = "".join(re.findall(r'^(?:msgstr )?"(.*)"\s*$', head, re.MULTILINE))
    fields = dict(line.split(": ", 1) for line in header.split("\\n") if ": " in line)
    if not fields.get(TEXT_HEADER) or not fields.get(LANGUAGE_HEADER):
        raise ValueError(TEXT_HEADER)
    return fields[TEXT_HEADER], fields[LANGUAGE_HEADER]


def number_duplicates(keys: Sequence[str]) -> list[str]:
    """Return unique keys: a number is added to each that occurred before.

    >>> number_duplicates(["0a1b2c", "ffffff", "0a1b2c"])
    ['0a1b2c', 'ffffff', '0a1b2c 2']
    """
    counts: dict[str, int] = {}
    unique = []
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
        unique.append(key if counts[key] == 1 else f"{key} {counts[key]}")
    return unique
