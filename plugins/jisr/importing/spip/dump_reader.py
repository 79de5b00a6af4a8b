"""The tables of a dump of SPIP: an XML backup, a database of SQLite, or a dump of MySQL; only those that are asked for."""

from __future__ import annotations

import gzip
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from lxml import etree

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation

Row = dict[str, str]
TABLES = (
    *("articles", "rubriques", "breves", "auteurs", "mots", "groupes_mots", "documents", "forum", "urls", "meta", "syndic"),
    *("auteurs_liens", "mots_liens", "documents_liens", "auteurs_articles", "mots_articles", "documents_articles"),
    *("mots_rubriques", "auteurs_rubriques", "documents_rubriques"),
)
_SECRET = frozenset(
    "pass htpass low_sec cookie_oubli alea_actuel alea_futur email ip auteur email_auteur backup_cles pgp cookie source".split()
)
_CONTROLS = bytes(one for one in range(0x20) if one not in (0x09, 0x0A, 0x0D))
_INSERT = re.compile(
    r"INSERT\s+(?:IGNORE\s+)?INTO\s+[`\"]?(?:\w+[`\"]?\.[`\"]?)?(?P<table>\w+)[`\"]?\s*(?P<columns>\([^)]*\))?\s*VALUES",
    re.IGNORECASE,
)
_CREATE = re.compile(
    r"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[`\"]?(?P<table>\w+)[`\"]?\s*\((?P<body>.*?)\)\s*(?:ENGINE|TYPE|DEFAULT|;)",
    re.IGNORECASE | re.DOTALL,
)
_COLUMN = re.compile(
    r"^\s*[`\"](\w+)[`\"]|^\s*(?!PRIMARY|KEY|UNIQUE|INDEX|FULLTEXT|CONSTRAINT)(\w+)\s", re.IGNORECASE | re.MULTILINE
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "", "Z": "", "b": ""}
_KEPT_AUTHOR = frozenset(["auteurs"])  # whose own columns of names are needed


def read_tables(path: Path) -> dict[str, list[Row]]:
    """Return the tables of a dump by their names without a prefix; what is secret is not read.

    Raises ProblemsError where it is none.
    """
    if path.is_dir():
        found = sorted(one for one in path.iterdir() if one.suffix.lower() in (".sqlite", ".xml", ".sql", ".gz", ".db"))
        path = found[0] if found else path
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError:
        head = b""
    tables: dict[str, list[Row]] = {}
    if head.startswith(b"SQLite format 3\0"):
        tables = _read_sqlite(path)
    else:
        data = _unpack(path, head)
        start = data[:8192].lstrip(b"\xef\xbb\xbf \r\n\t")
        if start.startswith((b"<?xml", b"<SPIP")):
            tables = _read_xml(data, path)
        elif re.search(rb"INSERT\s+(?:IGNORE\s+)?INTO|CREATE\s+TABLE", data[:2_000_000], re.IGNORECASE):
            tables = _read_sql(data)
    if not tables.get("articles") and not tables.get("rubriques"):
        text = '"{path}" holds no dump of SPIP. Name the file that it wrote to tmp/dump, or a dump of its database.'
        raise ProblemsError(Problem.error(SourceLocation(str(path)), "import", text, path=path))
    return tables


def _unpack(path: Path, head: bytes) -> bytes:
    if head.startswith(b"\x1f\x8b"):
        with gzip.open(path) as stream:
            return stream.read(2_000_000_000)
    if head.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(path) as archive:
            name = next((one for one in archive.namelist() if one.lower().endswith((".xml", ".sql"))), "")
            return archive.read(name) if name else b""
    return path.read_bytes() if path.is_file() else b""


def _short_name(table: str) -> str:
    """Return the name of a table without the prefix of a site, or an empty string for one that is not needed."""
    return next((one for one in sorted(TABLES, key=len, reverse=True) if table == one or table.endswith(f"_{one}")), "")


def _keep(table: str, row: Row) -> Row:
    """Return a row without what must not come: secrets and addresses of people."""
    names = {"nom", "login"} if table in _KEPT_AUTHOR else set()
    secret = _SECRET - ({"auteur", "source"} if table in ("forum", "syndic", "meta") else set())
    if table == "meta" and row.get("nom") not in ("adresse_site", "langue_site", "nom_site", "charset", "langues_multilingue"):
        return {}
    return {name: value for name, value in row.items() if name not in secret or name in names}


def _read_sqlite(path: Path) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {}
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    try:
        names = [str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            short = _short_name(name)
            if short:
                cursor = connection.execute(f'SELECT * FROM "{name}"')  # noqa: S608 (a name of the database itself)
                columns = [one[0] for one in cursor.description]
                rows = ({column: _text(value) for column, value in zip(columns, row, strict=True)} for row in cursor)
                tables.setdefault(short, []).extend(kept for row in rows if (kept := _keep(short, row)))
    except sqlite3.DatabaseError as error:
        text = '"{path}" cannot be read as a database: {reason}.'
        raise ProblemsError(Problem.error(SourceLocation(str(path)), "import", text, path=path, reason=str(error))) from None
    finally:
        connection.close()
    return tables


def _text(value: object) -> str:
    return "" if value is None else value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _read_xml(data: bytes, path: Path) -> dict[str, list[Row]]:
    """Return the tables of an XML backup: an element a row, an element a column. Its letters may be references."""
    if b"<!doctype" in data[:4096].lower():
        text = '"{name}" has a document type, which no backup of SPIP has. Make it again.'
        raise ProblemsError(Problem.error(SourceLocation(str(path)), "import", text, name=path.name))
    clean = data.translate(None, _CONTROLS)
    parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(clean, parser)
    tables: dict[str, list[Row]] = {}
    for element in root if root is not None else ():
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("database", "table_data"):  # of phpMyAdmin
            _read_other_xml(element, tables)
            continue
        short = _short_name(element.tag)
        if short:
            row = {str(one.tag): unescape(one.text or "") for one in element if isinstance(one.tag, str)}
            if kept := _keep(short, row):
                tables.setdefault(short, []).append(kept)
    home = root.get("adresse_site", "") if root is not None else ""
    if home:
        tables.setdefault("meta", []).append({"nom": "adresse_site", "valeur": home})
    return tables


def _read_other_xml(element: etree._Element, tables: dict[str, list[Row]]) -> None:
    for one in element.iter("table"):
        short = _short_name(one.get("name", ""))
        row = {column.get("name", ""): unescape(column.text or "") for column in one.iter("column")}
        if short and row and (kept := _keep(short, row)):
            tables.setdefault(short, []).append(kept)


def _read_sql(data: bytes) -> dict[str, list[Row]]:
    """Return the tables of a dump of MySQL: its INSERT statements alone, nothing is run."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    columns_of = {
        match["table"]: [one[0] or one[1] for one in _COLUMN.findall(match["body"])] for match in _CREATE.finditer(text)
    }
    tables: dict[str, list[Row]] = {}
    for match in _INSERT.finditer(text):
        short = _short_name(match["table"])
        if not short:
            continue
        stated = re.findall(r"\w+", match["columns"] or "")
        columns = stated or columns_of.get(match["table"], [])
        for values in _values(text, match.end()):
            row = dict(zip(columns, values, strict=False))
            if columns and (kept := _keep(short, row)):
                tables.setdefault(short, []).append(kept)
    return tables


def _values(text: str, position: int) -> Iterator[list[str]]:
    """Return the rows of an INSERT: strings with their escapes resolved, numbers as they are."""
    size = len(text)
    while position < size:
        while position < size and text[position] in " \t\r\n,":
            position += 1
        if position >= size or text[position] != "(":
            return
        row, position = _row(text, position + 1)
        yield row


def _row(text: str, position: int) -> tuple[list[str], int]:
    row: list[str] = []
    size = len(text)
    while position < size:
        sign = text[position]
        if sign == ")":
            return row, position + 1
        if sign in " \t\r\n,":
            position += 1
        elif sign in "'\"":
            value, position = _string(text, position)
            row.append(value)
        else:
            end = position
            while end < size and text[end] not in ",)":
                end += 1
            word = text[position:end].strip()
            row.append("" if word.upper() == "NULL" else word)
            position = end
    return row, position


def _string(text: str, start: int) -> tuple[str, int]:
    quote, position = text[start], start + 1
    parts: list[str] = []
    special = re.compile(rf"[\\{quote}]")
    while match := special.search(text, position):
        parts.append(text[position : match.start()])
        position = match.end()
        if match[0] == "\\":
            sign = text[position : position + 1]
            parts.append(_ESCAPES.get(sign, sign))
            position += 1
        elif text[position : position + 1] == quote:
            parts.append(quote)
            position += 1
        else:
            return "".join(parts), position
    return "".join([*parts, text[position:]]), len(text)
