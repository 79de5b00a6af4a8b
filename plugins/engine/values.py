"""Values as bytes, of the core and of rooms: what is read again is a value, and knows the site's own languages."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import IO, Any
from zoneinfo import ZoneInfo

from plugins.core.languages import Language, Languages

CORE = "plugins.core."
_OUTSIDE = {
    "datetime": ("date", "datetime", "timedelta", "timezone"),
    "builtins": ("frozenset", "set"),
    "zoneinfo": ("ZoneInfo",),
}


class Writer:
    """Writes values; a language of the site is its tag, a time zone its name."""

    def __init__(self, languages: Languages) -> None:
        self.known = {id(one): (language, (one.tag,)) for one in languages}
        self.languages = {one.tag: one for one in languages}  # which also keeps the ids theirs
        # Python is asked about values of these types alone; a persistent id is asked for of every value there is.
        self.forms: dict[type, Callable[[Any], Any]] = {
            Language: self._language,
            ZoneInfo: lambda zone: (ZoneInfo, (zone.key,)),
        }

    def dumps(self, value: object) -> bytes:
        """Give a value as bytes."""
        stream = io.BytesIO()
        self.dump(value, stream)
        return stream.getvalue()

    def dump(self, value: object, stream: IO[bytes]) -> None:
        """Write a value behind others, of which it knows nothing."""
        pickler = pickle.Pickler(stream, 5)
        pickler.dispatch_table = self.forms
        pickler.dump(value)

    def _language(self, one: Language) -> Any:
        known = self.known.get(id(one))
        return known or ((language, (one.tag,)) if self.languages.get(one.tag) == one else one.__reduce_ex__(5))


def language(tag: str) -> Language:
    """Stand for a language of the site in what is written; whoever reads it puts the site's own in its place."""
    raise LookupError(tag)


def load(stream: IO[bytes], languages: Languages, trusted: str = CORE) -> Any:
    """Give the next value that was written; what is no value, or not of a module that begins with ``trusted``, is refused."""
    return _Reader(stream, languages, trusted).load()


class _Reader(pickle.Unpickler):
    def __init__(self, stream: IO[bytes], languages: Languages, trusted: str) -> None:
        super().__init__(stream)
        self.languages = languages
        self.trusted = trusted

    def find_class(self, module: str, name: str) -> Any:
        """Give a class of our own values, or of a day or a time zone; for a language, who finds it by its tag."""
        if (module, name) == (__name__, "language"):
            return self.languages.__getitem__
        if module.startswith(self.trusted) or name in _OUTSIDE.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")
