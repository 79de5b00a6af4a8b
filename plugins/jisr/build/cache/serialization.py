"""Pickles of values, with references for languages of the site and shipped kinds; unpickling trusts named packages alone."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import IO, Any
from zoneinfo import ZoneInfo

from jisr.core.build.safe_pickle import SafeUnpickler
from jisr.core.i18n.languages import Language, Languages
from jisr.core.model.body import unpickle_body
from jisr.core.model.document import Document
from jisr.core.schema.field_types import Kind
from jisr.core.schema.kinds import DEFAULT_KINDS

CORE_PACKAGES = ("jisr.core.",)
NO_DOCUMENTS: Mapping[Any, Any] = MappingProxyType({})
_KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in DEFAULT_KINDS})
_ALLOWED_TYPES = (date, datetime, timedelta, timezone, frozenset, set, ZoneInfo, unpickle_body)
_CONSTRUCTORS: Mapping[tuple[str, str], Any] = MappingProxyType({(one.__module__, one.__name__): one for one in _ALLOWED_TYPES})


class ValuePickler:
    """Pickles values; a language of the site becomes its tag, a shipped kind and a time zone their names."""

    def __init__(self, languages: Languages, documents: Mapping[int, str] = NO_DOCUMENTS) -> None:
        """``documents`` are the paths, by identity, of those that become their paths."""
        self.reduced_languages = {id(one): (language_reference, (one.tag,)) for one in languages}
        self.languages = {one.tag: one for one in languages}  # which keeps their ids from being used again
        self.documents = documents
        # A dispatch table is looked up for these types alone; a persistent id would be computed for every value.
        self.reducers: dict[type, Callable[[Any], Any]] = {
            Language: self._language,
            Kind: _reduce_kind,
            ZoneInfo: lambda zone: (ZoneInfo, (zone.key,)),
        }
        if documents:
            self.reducers[Document] = self._document

    def dumps(self, value: object) -> bytes:
        """Return a value as bytes."""
        stream = io.BytesIO()
        self.dump(value, stream)
        return stream.getvalue()

    def dump(self, value: object, stream: IO[bytes]) -> None:
        """Append a value to a stream; it has no references to the values before it."""
        pickler = pickle.Pickler(stream, 5)
        pickler.dispatch_table = self.reducers
        pickler.dump(value)

    def _document(self, one: Document) -> Any:
        path = self.documents.get(id(one))
        return (document_reference, (path,)) if path else one.__reduce_ex__(5)

    def _language(self, one: Language) -> Any:
        reduced = self.reduced_languages.get(id(one))
        return reduced or ((language_reference, (one.tag,)) if self.languages.get(one.tag) == one else one.__reduce_ex__(5))


def _reduce_kind(kind: Kind) -> Any:
    """Reduce a shipped kind to its name: its declaration is code, and larger than the text that changed."""
    return (kind_reference, (kind.name,)) if kind is _KINDS.get(kind.name) else kind.__reduce_ex__(5)


def language_reference(tag: str) -> Language:
    """Mark a language of the site in a pickle; reading replaces it by the language of that tag."""
    raise LookupError(tag)


def kind_reference(name: str) -> Kind:
    """Mark a shipped kind in a pickle; reading replaces it by the kind of that name."""
    raise LookupError(name)


def document_reference(path: str) -> Document:
    """Mark a document in a pickle; reading replaces it by the document of that path."""
    raise LookupError(path)


def load_value(
    stream: IO[bytes],
    languages: Languages,
    trusted: tuple[str, ...] = CORE_PACKAGES,
    documents: Mapping[str, Document] = NO_DOCUMENTS,
) -> Any:
    """Return the next value of a stream, of classes of the modules and packages in ``trusted``; ``documents`` are by path.

    Raises pickle.UnpicklingError for anything else: whoever can write to a cache must not be able to run a program.
    """
    references = {
        "language_reference": languages.__getitem__,
        "kind_reference": _KINDS.__getitem__,
        "document_reference": documents.__getitem__,
    }
    return _ValueUnpickler(stream, references, trusted).load()


class _ValueUnpickler(SafeUnpickler):
    def __init__(self, stream: IO[bytes], references: Mapping[str, Callable[[str], Any]], trusted: tuple[str, ...]) -> None:
        super().__init__(stream, trusted)
        self.constructors = {**{(__name__, name): function for name, function in references.items()}, **_CONSTRUCTORS}

    def find_class(self, module: str, name: str) -> Any:
        """Return a trusted class, or the constructor of a day, a time zone, or a reference."""
        return self.constructors.get((module, name)) or super().find_class(module, name)
