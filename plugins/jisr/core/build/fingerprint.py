"""Fingerprints of values: equal for equal values, in any run of this version of the program."""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from jisr.core.build.queries import is_missing
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.site import LinkTarget, Route

DIGEST_SIZE = 8  # bytes: one of 10^12 pairs of different answers would be taken for equal once in 10^7 sites
_DIRECT_LENGTH = 40  # characters of a text that is its own fingerprint
_OWN_FIELDS = ("locations", "files", "outline")  # of a document: places in its file, and what is treated apart
_SHOWN_FIELDS = attrgetter(*(one.name for one in fields(Document) if one.name not in _OWN_FIELDS))
_LINK_FIELDS = attrgetter(*(one.name for one in fields(LinkTarget)))


class Fingerprinter:
    """Computes fingerprints; a document has that of what others may show of it, and of what the clock makes of it."""

    def __init__(
        self, faces: Mapping[str, bytes] | None = None, stage: Callable[[Document], str] = lambda document: ""
    ) -> None:
        """``faces`` are the fingerprints of documents as they were read; ``stage`` is what the clock says of one."""
        self.faces = faces or {}
        self.stage = stage
        self._documents: dict[int, tuple[str, Document]] = {}  # by identity, each with the document, which keeps that its own
        self._texts: dict[type, Callable[[Any], str]] = {  # of what is asked for most
            Document: self._document,
            TranslationSet: lambda texts: f"{texts.origin} {' '.join(map(self._document, texts.versions))}",
            Route: lambda one: f"{one.address} {one.language and one.language.tag} {one.family} {one.indexed} {one.modified}",
            LinkTarget: lambda one: repr(_LINK_FIELDS(one)),
            Language: attrgetter("tag"),  # the settings that describe it are fingerprinted apart
        }
        self._serializers: dict[type, Callable[[Any], object]] = dict(self._texts)
        self._encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=self._serialize).encode

    def fingerprint(self, value: object) -> bytes:
        """Return the fingerprint of a value."""
        if is_missing(value):
            return b"?"
        if isinstance(value, bool | str) and len(text := str(value)) <= _DIRECT_LENGTH:
            return text.encode("utf-8", "surrogatepass")  # most queries ask whether there is a page, or for a digest
        kind = type(value)
        if kind in self._texts:
            return hash_text(self._texts[kind](value))
        if isinstance(value, tuple):
            kinds = {*map(type, value)}
            if not kinds:
                return b"()"
            if len(kinds) == 1 and (write := self._texts.get(kind := kinds.pop())) is not None:
                return hash_text("\n".join([kind.__name__, *map(write, value)]))
        if isinstance(value, dict):
            value = [[key, one] for key, one in value.items()]  # JSON has no keys but strings
        return hash_text(self._encode(value))

    def _serialize(self, value: object) -> object:
        """Return a JSON value that determines a value for which JSON has no form."""
        kind = type(value)
        if kind not in self._serializers:
            self._serializers[kind] = _serializer_for(kind)
        return self._serializers[kind](value)

    def _document(self, document: Document) -> str:
        known = self._documents.get(id(document))
        if known is None:
            face = self.faces.get(document.path) or self.fingerprint_face(document)
            stage = self.stage(document) if document.event else ""
            text = f"{face.hex()} {document.status} {document.replies.open} {stage}"
            known = self._documents[id(document)] = (text, document)
        return known[0]

    def fingerprint_face(self, document: Document) -> bytes:
        """Return the fingerprint of what other pages may show of a document: all but its body and the places in its file."""
        outline = document.outline
        links = [(one.target, one.embedded, one.optional) for one in outline.references]
        parts = (links, sorted(outline.anchors), outline.resolutions, outline.first_paragraph)
        return self.fingerprint([_SHOWN_FIELDS(document), parts, sorted(document.locations)])


def hash_text(text: str) -> bytes:
    """Return the digest of a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_SIZE).digest()


def _serializer_for(kind: type) -> Callable[[Any], object]:
    """Return a function from values of a type to JSON values: the fields, with the name of the type."""
    if issubclass(kind, (set, frozenset)):
        return sorted
    if issubclass(kind, date):
        return kind.isoformat
    if issubclass(kind, Mapping):
        return lambda value: [[key, one] for key, one in value.items()]
    if is_dataclass(kind):
        return attrgetter("__class__.__name__", *(one.name for one in fields(kind)))
    return lambda value: pickle.dumps(value, 5).hex()
