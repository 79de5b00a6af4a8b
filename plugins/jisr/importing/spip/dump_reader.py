"""The tables of a dump of SPIP: an XML backup, a database of SQLite, or a dump of MySQL; only those that are asked for.

A dump is read as a stream, and long texts lie in a temporary file, so that a large site needs little memory.
"""

from __future__ import annotations

import codecs
import gzip
import mmap
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, cast

from lxml import etree

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.importing.wordpress.wxr_reader import CleanStream

TABLES = (
    *("articles", "rubriques", "breves", "auteurs", "mots", "groupes_mots", "documents", "forum", "urls", "meta", "syndic"),
    *("auteurs_liens", "mots_liens", "documents_liens", "auteurs_articles", "mots_articles", "documents_articles"),
    *("mots_rubriques", "auteurs_rubriques", "documents_rubriques"),
)
_SECRET = frozenset(
    "pass htpass low_sec cookie_oubli alea_actuel alea_futur email ip auteur email_auteur backup_cles pgp cookie source".split()
)
_INSERT = re.compile(
    rb"INSERT\s+(?:IGNORE\s+)?INTO\s+[`\"]?(?:\w+[`\"]?\.[`\"]?)?(?P<table>\w+)[`\"]?\s*(?P<columns>\([^)]*\))?\s*VALUES",
    re.IGNORECASE,
)
_CREATE = re.compile(
    rb"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[`\"]?(?P<table>\w+)[`\"]?\s*\((?P<body>.{0,20000}?)\)\s*(?:ENGINE|TYPE|DEFAULT|;)",
    re.IGNORECASE | re.DOTALL,
)
_COLUMN = re.compile(
    r"^\s*[`\"](\w+)[`\"]|^\s*(?!PRIMARY|KEY|UNIQUE|INDEX|FULLTEXT|CONSTRAINT)(\w+)\s", re.IGNORECASE | re.MULTILINE
)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"0": b"", b"Z": b"", b"b": b""}
_LONG = 200  # characters; longer texts lie in a file
_KEPT_AUTHOR = frozenset(["auteurs"])  # whose own columns of names are needed


@dataclass(slots=True)
class _TextFile:
    """The long texts of a dump, in a temporary file."""

    stream: IO[bytes] = field(default_factory=TemporaryFile)
    size: int = 0

    def __del__(self) -> None:
        """Close the file, which then is no more."""
        self.stream.close()

    def add(self, text: str) -> tuple[int, int]:
        """Store a text; return where it lies."""
        data = text.encode("utf-8", "replace")
        place = (self.size, len(data))
        self.stream.seek(self.size)
        self.size += self.stream.write(data)
        return place

    def read(self, place: tuple[int, int]) -> str:
        """Return a text."""
        self.stream.seek(place[0])
        return self.stream.read(place[1]).decode("utf-8")


class Row:
    """A row of a table: its values by the names of the columns, without those that are empty."""

    __slots__ = ("_texts", "_values")

    def __init__(self, values: Mapping[str, str], texts: _TextFile) -> None:
        self._texts = texts
        stated = ((name, one) for name, one in values.items() if one or name == "statut")
        self._values = {name: one if len(one) <= _LONG else texts.add(one) for name, one in stated}

    def get(self, name: str, default: str = "") -> str:
        """Return a value, or ``default`` where there is none."""
        value = self._values.get(name, default)
        return value if isinstance(value, str) else self._texts.read(value)

    def __getitem__(self, name: str) -> str:
        """Return a value. Raises KeyError where there is none."""
        value = self._values[name]
        return value if isinstance(value, str) else self._texts.read(value)

    def __setitem__(self, name: str, value: str) -> None:
        """Add a value."""
        self._values[name] = value

    def __contains__(self, name: str) -> bool:
        """Whether there is a value."""
        return name in self._values


@dataclass(slots=True)
class _Tables:
    """The tables of a dump by their names without a prefix, without what is secret."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    texts: _TextFile = field(default_factory=_TextFile)

    def add(self, table: str, values: Mapping[str, str]) -> None:
        """Add a row, unless nothing may come of it."""
        if kept := _keep(table, values):
            self.rows.setdefault(table, []).append(Row(kept, self.texts))


def read_tables(path: Path) -> dict[str, list[Row]]:
    """Return the tables of a dump by their names without a prefix; what is secret is not read.

    Raises ProblemsError where it is none.
    """
    if path.is_dir():
        found = sorted(one for one in path.iterdir() if one.suffix.lower() in (".sqlite", ".xml", ".sql", ".gz", ".db"))
        path = found[0] if found else path
    tables = _Tables()
    with ExitStack() as stack:
        try:
            stream = _open(path, stack)
            head = stream.read(2_000_000)
        except (OSError, EOFError, zipfile.BadZipFile):
            head = b""
        start = head[:8192].lstrip(b"\xef\xbb\xbf \r\n\t")
        if head.startswith(b"SQLite format 3\0"):
            _read_sqlite(path, tables)
        elif start.startswith((b"<?xml", b"<SPIP")):
            stream.seek(0)
            _read_xml(stream, head, path, tables)
        elif re.search(rb"INSERT\s+(?:IGNORE\s+)?INTO|CREATE\s+TABLE", head, re.IGNORECASE):
            stream.seek(0)
            _read_sql(stream, stack, tables)
    if not tables.rows.get("articles") and not tables.rows.get("rubriques"):
        text = '"{path}" holds no dump of SPIP. Name the file that it wrote to tmp/dump, or a dump of its database.'
        raise ProblemsError(Problem.error(SourceLocation(str(path)), "import", text, path=path))
    return tables.rows


def _open(path: Path, stack: ExitStack) -> IO[bytes]:
    """Open a dump, which may be compressed."""
    stream = stack.enter_context(path.open("rb"))
    head = stream.read(4)
    stream.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", stack.enter_context(gzip.open(stream)))
    if head == b"PK\x03\x04":
        archive = stack.enter_context(zipfile.ZipFile(stream))
        name = next((one for one in archive.namelist() if one.lower().endswith((".xml", ".sql"))), "")
        return stack.enter_context(archive.open(name)) if name else stack.enter_context(TemporaryFile())
    return stream


def _short_name(table: str) -> str:
    """Return the name of a table without the prefix of a site, or an empty string for one that is not needed."""
    return next((one for one in sorted(TABLES, key=len, reverse=True) if table == one or table.endswith(f"_{one}")), "")


def _keep(table: str, row: Mapping[str, str]) -> Mapping[str, str]:
    """Return a row without what must not come: secrets and addresses of people."""
    names = {"nom", "login"} if table in _KEPT_AUTHOR else set()
    secret = _SECRET - ({"auteur", "source"} if table in ("forum", "syndic", "meta") else set())
    if table == "meta" and row.get("nom") not in ("adresse_site", "langue_site", "type_urls"):
        return {}
    return {name: value for name, value in row.items() if name not in secret or name in names}


def _read_sqlite(path: Path, tables: _Tables) -> None:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    try:
        names = [str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            if short := _short_name(name):
                cursor = connection.execute(f'SELECT * FROM "{name}"')  # noqa: S608 (a name of the database itself)
                columns = [one[0] for one in cursor.description]
                for row in cursor:
                    tables.add(short, {column: _text(value) for column, value in zip(columns, row, strict=True)})
    except (sqlite3.Error, UnicodeError, OverflowError) as error:
        text = '"{path}" cannot be read as a database: {reason}.'
        raise ProblemsError(Problem.error(SourceLocation(str(path)), "import", text, path=path, reason=str(error))) from None
    finally:
        connection.close()


def _text(value: object) -> str:
    return "" if value is None else value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _read_xml(stream: IO[bytes], head: bytes, path: Path, tables: _Tables) -> None:
    """Read an XML backup: an element a row, an element a column; or what phpMyAdmin and mysqldump write."""
    if b"<!doctype" in head.lower().partition(b"<spip")[0]:
        text = '"{name}" has a document type, which no backup of SPIP has. Make it again.'
        raise ProblemsError(Problem.error(SourceLocation(str(path)), "import", text, name=path.name))
    options: dict[str, Any] = {"huge_tree": True, "resolve_entities": False, "no_network": True, "load_dtd": False}
    root = None
    try:
        for event, element in etree.iterparse(CleanStream(stream), events=("start", "end"), recover=True, **options):
            if event == "start":
                root = element if root is None else root
                continue
            parent = element.getparent()
            table, columns = _row_of(element, parent)
            if table:
                tables.add(table, {name: unescape(value) for name, value in columns.items()})
            if parent is root or columns:
                element.clear()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
    except etree.XMLSyntaxError:
        pass  # what stands before is read
    if root is not None and root.get("adresse_site", ""):
        tables.add("meta", {"nom": "adresse_site", "valeur": root.get("adresse_site", "")})


def _row_of(element: Any, parent: Any) -> tuple[str, dict[str, str]]:
    """Return the table and the columns of a row in XML; nothing of an element that is none."""
    if parent is None or not isinstance(element.tag, str):
        return "", {}
    if element.tag == "table" and element.get("name"):  # of phpMyAdmin
        columns = {one.get("name", ""): one.text or "" for one in element.iter("column")}
        return _short_name(element.get("name", "")), columns
    if element.tag == "row" and parent.get("name"):  # of mysqldump
        columns = {one.get("name", ""): one.text or "" for one in element.iter("field")}
        return _short_name(parent.get("name", "")), columns
    if parent.getparent() is None and (short := _short_name(element.tag)):
        return short, {str(one.tag): one.text or "" for one in element if isinstance(one.tag, str)}
    return "", {}


def _read_sql(stream: IO[bytes], stack: ExitStack, tables: _Tables) -> None:
    """Read a dump of MySQL: its INSERT statements alone, nothing is run."""
    file = stack.enter_context(TemporaryFile())  # noqa: SIM115 (the stack is the manager)
    shutil.copyfileobj(stream, file)
    file.flush()
    data = stack.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    encoding = "utf-8" if _is_utf8(file) else "cp1252"
    columns_of = {
        match["table"]: [one[0] or one[1] for one in _COLUMN.findall(match["body"].decode(encoding, "replace"))]
        for match in _CREATE.finditer(data)
    }
    for match in _INSERT.finditer(data):
        short = _short_name(match["table"].decode("ascii", "replace"))
        if not short:
            continue
        stated = re.findall(r"\w+", (match["columns"] or b"").decode("ascii", "replace"))
        columns = stated or columns_of.get(match["table"], [])
        for values in _values(data, match.end()) if columns else ():
            texts = (one.decode(encoding, "replace") for one in values)
            tables.add(short, dict(zip(columns, texts, strict=False)))


def _is_utf8(file: IO[bytes]) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(1_000_000):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _values(data: mmap.mmap, position: int) -> Iterator[list[bytes]]:
    """Return the rows of an INSERT: strings with their escapes resolved, numbers as they are."""
    while match := _NEXT_ROW.match(data, position):
        row, position = _row(data, match.end())
        yield row


_NEXT_ROW = re.compile(rb"[\s,]*\(")
_STRING = re.compile(rb"[\s,]*(?:(?P<end>\))|(?P<quote>['\"])|(?P<word>[^,)'\"\s][^,)]*))")
_SPECIAL = {b"'": re.compile(rb"[\\']"), b'"': re.compile(rb'[\\"]')}


def _row(data: mmap.mmap, position: int) -> tuple[list[bytes], int]:
    row: list[bytes] = []
    while match := _STRING.match(data, position):
        position = match.end()
        if match["end"]:
            break
        if match["quote"]:
            value, position = _string(data, position, match["quote"])
            row.append(value)
        else:
            word = match["word"].strip()
            row.append(b"" if word.upper() == b"NULL" else word)
    return row, position


def _string(data: mmap.mmap, position: int, quote: bytes) -> tuple[bytes, int]:
    """Return a string, whose first sign stands at a position, and where it ends."""
    parts: list[bytes] = []
    while match := _SPECIAL[quote].search(data, position):
        parts.append(data[position : match.start()])
        position = match.end()
        following = data[position : position + 1]
        if match[0] == b"\\":
            parts.append(_ESCAPES.get(following, following))
            position += 1
        elif following == quote:
            parts.append(quote)
            position += 1
        else:
            return b"".join(parts), position
    return b"".join([*parts, data[position:]]), len(data)
