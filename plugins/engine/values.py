"""Values as bytes, of the core and of rooms: what is read again is a value, and knows the site's own languages."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import IO, Any
from zoneinfo import ZoneInfo

from plugins.core.bodies import from_bytes
from plugins.core.languages import Language, Languages

CORE = ("plugins.core.",)
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


def load(stream: IO[bytes], languages: Languages, trusted: tuple[str, ...] = CORE) -> Any:
    """Give the next value that was written, of classes whose modules begin with one of ``trusted``.

    Raises pickle.UnpicklingError for anything else: whoever can write to a cache must not be able to run a program.
    """
    return _Reader(stream, languages, trusted).load()


class _Reader(pickle.Unpickler):
    def __init__(self, stream: IO[bytes], languages: Languages, trusted: tuple[str, ...]) -> None:
        super().__init__(stream)
        self.languages = languages
        self.trusted = trusted

    def find_class(self, module: str, name: str) -> Any:
        """Give a class of our own values, or of a day or a time zone; for a language, who finds it by its tag.

        A name is no path: from a module, ``os.system`` would lead to what that imports.
        """
        if (module, name) == (__name__, "language"):
            return self.languages.__getitem__
        if name in _OUTSIDE.get(module, ()):
            return super().find_class(module, name)
        if module.startswith(self.trusted) and "." not in name:
            found = super().find_class(module, name)
            if found is from_bytes or (isinstance(found, type) and found.__module__ == module):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
