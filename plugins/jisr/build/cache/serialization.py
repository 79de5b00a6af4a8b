"""Values as bytes, of the core and of rooms: what is read again is a value, and knows the site's own languages."""

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
    """Writes values; a language of the site is its tag, a time zone its name."""

    def __init__(self, languages: Languages) -> None:
        self.reduced_languages = {id(one): (language, (one.tag,)) for one in languages}
        self.languages = {one.tag: one for one in languages}  # which also keeps the ids theirs
        # Python is asked about values of these types alone; a persistent id is asked for of every value there is.
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
        """Write a value behind others, of which it knows nothing."""
        pickler = pickle.Pickler(stream, 5)
        pickler.dispatch_table = self.reducers
        pickler.dump(value)

    def _language(self, one: Language) -> Any:
        known = self.reduced_languages.get(id(one))
        return known or ((language, (one.tag,)) if self.languages.get(one.tag) == one else one.__reduce_ex__(5))


def language(tag: str) -> Language:
    """Stand for a language of the site in what is written; whoever reads it puts the site's own in its place."""
    raise LookupError(tag)


def load_value(stream: IO[bytes], languages: Languages, trusted: tuple[str, ...] = CORE_PACKAGES) -> Any:
    """Return the next value that was written, of classes of the modules and packages in ``trusted``.

    Raises pickle.UnpicklingError for anything else: who can write to a cache must not be able to run a program.
    """
    return _ValueUnpickler(stream, languages, trusted).load()


class _ValueUnpickler(SafeUnpickler):
    def __init__(self, stream: IO[bytes], languages: Languages, trusted: tuple[str, ...]) -> None:
        super().__init__(stream, trusted)
        self.constructors = {(__name__, "language"): languages.__getitem__, **_CONSTRUCTORS}

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of our own values, or of a day or a time zone; for a language, who finds it by its tag."""
        return self.constructors.get((module, name)) or super().find_class(module, name)
