"""The site of a build in a database, from which the next one loads single values: a text, an address, a collection.

It lies in ``.cache/`` (https://www.sqlite.org/appfileformat.html). Losing it costs time only; a stamp proves that it belongs
to the build of a manifest.
"""

from __future__ import annotations

import io
import json
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import field, fields
from operator import is_
from pathlib import Path
from typing import Any

from jisr.build.cache.serialization import ValuePickler, load_value
from jisr.content import atomic_write
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Languages
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.site import Site

StoreKey = str | tuple[str, ...]
TABLES = ("sets", "sets_with_drafts", "collections", "author_ids", "targets", "routes", "routes_by_family", "referrers")


@dataclass(frozen=True, slots=True)
class SiteExtras:
    """Values stored with the site: the files that show the words of a text, and the context of the build."""

    text_files: Mapping[str, tuple[str, ...]]  # path of a text -> files of the output
    shared: Mapping[str, Any]


def write_site_store(file: Path, stamp: str, site: Site, extras: SiteExtras) -> bool:
    """Write the site of a build atomically. Returns whether it could be written."""

    def write(aside: Path) -> None:
        with closing(sqlite3.connect(aside, isolation_level=None)) as base:
            base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
            base.execute("CREATE TABLE site (space TEXT, key TEXT, value BLOB, PRIMARY KEY (space, key)) WITHOUT ROWID")
            base.executemany("INSERT INTO site VALUES (?1, ?2, ?3)", _iter_rows(stamp, site, extras))
            base.execute("COMMIT")

    try:
        atomic_write.replace_atomically(file, write)
    except (OSError, sqlite3.Error, pickle.PicklingError, TypeError, AttributeError):
        return False
    return True


def _iter_rows(stamp: str, site: Site, extras: SiteExtras) -> Iterator[tuple[str, str, bytes]]:
    head = {one.name: getattr(site, one.name) for one in fields(site) if one.init and one.name not in TABLES}
    yield "head", "stamp", stamp.encode()
    plain_pickler = ValuePickler(Languages(()))  # the languages of the site are in this row
    yield "head", "site", plain_pickler.dumps(head)
    yield "head", "shared", plain_pickler.dumps(dict(extras.shared))
    pickler = ValuePickler(site.languages)
    spaces: dict[str, Mapping[Any, Any]] = {name: getattr(site, name) for name in TABLES}
    published, drafts = site.sets, site.sets_with_drafts
    spaces["sets_with_drafts"] = {key: one for key, one in drafts.items() if not _is_same(one, published.get(key))}
    spaces["text_files"] = extras.text_files
    for space, values in spaces.items():
        for key, value in values.items():
            entry = [(*one.key, one.language.tag) for one in value] if space == "collections" else value
            yield space, _encode_key(key), pickler.dumps(entry)
        yield "order", space, json.dumps([_encode_key(key) for key in getattr(site, space, values)]).encode()


def _is_same(one: TranslationSet, other: TranslationSet | None) -> bool:
    if other is None or len(one.versions) != len(other.versions):
        return False
    return all(map(is_, one.versions, other.versions))


def _encode_key(key: StoreKey) -> str:
    return key if isinstance(key, str) else "\0".join(key)


class SiteStore:
    """A stored site that loads values on demand; ``put`` changes it for later builds."""

    def __init__(self, file: Path, stamp: str) -> None:
        """Open the site of the build with this stamp. Raises LookupError where the file is that of another, or none."""
        try:
            self.base = sqlite3.connect(f"file:{file}?mode=rw", uri=True, isolation_level=None)
            if self._read_bytes("head", "stamp") != stamp.encode():
                raise LookupError(stamp)
        except sqlite3.Error as error:
            raise LookupError(str(error)) from None
        self.languages = Languages(())
        head = self._load(self._read_bytes("head", "site"))
        self.languages = head["languages"]
        self.shared: dict[str, Any] = self._load(self._read_bytes("head", "shared"))
        self.text_files: Mapping[str, tuple[str, ...]] = LazyTable(self, "text_files")
        spaces: dict[str, LazyTable] = {name: LazyTable(self, name) for name in TABLES}
        spaces["sets_with_drafts"].fallback = spaces["sets"]
        spaces["collections"].convert = lambda keys: LazyDocuments(self.site, keys)
        self.spaces = spaces
        parts: dict[str, Any] = {**head, **spaces}
        self.site: Site = Site(**parts)

    def change(self, texts: TranslationSet, complete: TranslationSet) -> None:
        """Replace a text in the open site."""
        self.spaces["sets"].loaded[texts.key] = texts
        self.spaces["sets_with_drafts"].loaded[texts.key] = texts if _is_same(complete, texts) else complete

    def put(self, texts: Iterable[TranslationSet], stamp: str) -> None:
        """Store texts as they are now, for the build with this stamp."""
        pickler = ValuePickler(self.languages)
        keys = [one.key for one in texts]
        values = ((space, key, self.spaces[space][key]) for key in keys for space in ("sets", "sets_with_drafts"))
        rows = [(pickler.dumps(value), space, _encode_key(key)) for space, key, value in values]
        self.base.execute("BEGIN")
        self.base.executemany("UPDATE site SET value = ?1 WHERE space = ?2 AND key = ?3", rows)
        self.base.execute("UPDATE site SET value = ?1 WHERE space = 'head' AND key = 'stamp'", (stamp.encode(),))
        self.base.execute("COMMIT")

    def get(self, space: str, key: str) -> Any:
        """Return a value. Raises KeyError where there is none."""
        return self._load(self._read_bytes(space, key))

    def order(self, space: str) -> list[str]:
        """Return the keys of a space in the order of the site."""
        keys: list[str] = json.loads(self._read_bytes("order", space))
        return keys

    def _read_bytes(self, space: str, key: str) -> bytes:
        row = self.base.execute("SELECT value FROM site WHERE space = ?1 AND key = ?2", (space, key)).fetchone()
        if row is None:
            raise KeyError(key)
        value: bytes = row[0]
        return value

    def _load(self, data: bytes) -> Any:
        return load_value(io.BytesIO(data), self.languages)


@dataclass(frozen=True, slots=True)
class LazyDocuments(Sequence[Document]):
    """The texts of a collection, each loaded on demand."""

    site: Site
    keys: Sequence[tuple[str, str, str]]  # kind, id, language tag

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, number: Any) -> Any:
        keys = self.keys[number]
        return tuple(map(self._text, keys)) if isinstance(number, slice) else self._text(keys)

    def _text(self, key: tuple[str, str, str]) -> Document:
        kind, identity, tag = key
        document = self.site.sets[kind, identity].get(tag)
        assert document is not None, key  # noqa: S101 (collections hold texts of the sets)
        return document


@dataclass(eq=False)
class LazyTable(Mapping[Any, Any]):
    """A mapping of the site, loaded by key; a key that it lacks may be in ``fallback``."""

    store: SiteStore
    name: str
    loaded: dict[Any, Any] = field(default_factory=dict)
    order: list[Any] = field(default_factory=list)
    fallback: LazyTable | None = None
    convert: Callable[[Any], Any] | None = None  # from the stored value

    def __getitem__(self, key: Any) -> Any:
        if key not in self.loaded:
            try:
                value = self.store.get(self.name, _encode_key(key))
                self.loaded[key] = self.convert(value) if self.convert else value
            except KeyError:
                if self.fallback is None:
                    raise
                return self.fallback[key]
        return self.loaded[key]

    def __iter__(self) -> Iterator[Any]:
        yield from self._keys()

    def __len__(self) -> int:
        return len(self._keys())

    def _keys(self) -> list[Any]:
        if not self.order:
            self.order = [tuple(text.split("\0")) if "\0" in text else text for text in self.store.order(self.name)]
        return self.order
