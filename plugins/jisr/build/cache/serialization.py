"""Pickles of values, in which languages of a site are references; unpickling trusts named packages alone."""

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

CORE_PACKAGES = ("jisr.core.",)
_ALLOWED_TYPES = (date, datetime, timedelta, timezone, frozenset, set, ZoneInfo, unpickle_body)
_CONSTRUCTORS: Mapping[tuple[str, str], Any] = MappingProxyType({(one.__module__, one.__name__): one for one in _ALLOWED_TYPES})


class ValuePickler:
    """Pickles values; a language of the site becomes its tag, a time zone its name."""

    def __init__(self, languages: Languages) -> None:
        self.reduced_languages = {id(one): (language, (one.tag,)) for one in languages}
        self.languages = {one.tag: one for one in languages}  # which keeps their ids from being used again
        # A dispatch table is looked up for these types alone; a persistent id would be computed for every value.
        self.reducers: dict[type, Callable[[Any], Any]] = {
            Language: self._language,
            ZoneInfo: lambda zone: (ZoneInfo, (zone.key,)),
        }

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

    def _language(self, one: Language) -> Any:
        reduced = self.reduced_languages.get(id(one))
        return reduced or ((language, (one.tag,)) if self.languages.get(one.tag) == one else one.__reduce_ex__(5))


def language(tag: str) -> Language:
    """Mark a language of the site in a pickle; reading replaces it by the language of that tag."""
    raise LookupError(tag)


def load_value(stream: IO[bytes], languages: Languages, trusted: tuple[str, ...] = CORE_PACKAGES) -> Any:
    """Return the next value of a stream, of classes of the modules and packages in ``trusted``.

    Raises pickle.UnpicklingError for anything else: whoever can write to a cache must not be able to run a program.
    """
    return _ValueUnpickler(stream, languages, trusted).load()


class _ValueUnpickler(SafeUnpickler):
    def __init__(self, stream: IO[bytes], languages: Languages, trusted: tuple[str, ...]) -> None:
        super().__init__(stream, trusted)
        self.constructors = {(__name__, "language"): languages.__getitem__, **_CONSTRUCTORS}

    def find_class(self, module: str, name: str) -> Any:
        """Return a trusted class, or the constructor of a day, a time zone, or a language by its tag."""
        return self.constructors.get((module, name)) or super().find_class(module, name)
