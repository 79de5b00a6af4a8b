"""What a build remembers of the last one: bodies that were rendered, and pages by the fingerprint of their views.

Losing it costs time only. It is trusted by no other version of the code, theme, catalogues, settings or Python.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, fields, is_dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from jisr.build.cache.serialization import load_value
from jisr.content import atomic_write
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language, Languages
from jisr.core.model.body import Body, BodyRenderer, MarkdownSource

FINGERPRINTED_PACKAGES = ("babel", "jinja2", "markdown", "markupsafe")
_TRUSTED_MODULES = ("jisr.core.model.body.", "jisr.core.diagnostics.problems.", "jisr.build.cache.render_cache.")


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page as it was written: the fingerprint of what it was made from, and how its file looks."""

    fingerprint: bytes
    size: int
    mtime_ns: int  # in nanoseconds


@dataclass(slots=True)
class RenderCache:
    """What is known of the last build, and what the next one may know of this."""

    key_base: bytes
    bodies: dict[bytes, Body] = field(default_factory=dict)
    pages: dict[str, PageRecord] = field(default_factory=dict)
    used_bodies: dict[bytes, Body] = field(default_factory=dict)
    written_pages: dict[str, PageRecord] = field(default_factory=dict)
    new_bodies: dict[bytes, Body] = field(default_factory=dict)  # seen since they were last asked for
    serializers: dict[type, Callable[[Any], object]] = field(default_factory=dict)  # of the parts of views, by their types

    def cached_renderer(self, render: BodyRenderer) -> BodyRenderer:
        """Return a renderer that renders a body once, as long as it and its place stay the same."""

        def remembered(source: MarkdownSource) -> Body:
            key = _digest(source.text, source.language.tag, source.kind, source.path, str(source.first_line))
            body = self.bodies.get(key)
            if body is None:
                body = render(source)
            self.used_bodies[key] = self.new_bodies[key] = body
            return body

        return remembered

    def drain_new_bodies(self) -> dict[bytes, Body]:
        """Return the bodies that were seen since this was last asked."""
        found, self.new_bodies = self.new_bodies, {}
        return found

    def fingerprint(self, template: str, view: object) -> bytes:
        """Return the fingerprint of a page: of its template's name and its view, beside all that every page depends on."""
        stated = json.dumps(view, ensure_ascii=False, check_circular=False, default=self._serialize_part)
        return hashlib.blake2b(
            stated.encode("utf-8", "surrogatepass"), digest_size=16, key=self.key_base, person=template.encode()[-16:]
        ).digest()

    def _serialize_part(self, value: object) -> object:
        """Return what says all of a part of a view that JSON has no form for."""
        kind = type(value)
        if kind not in self.serializers:
            self.serializers[kind] = _serializer_for(kind)
        return self.serializers[kind](value)

    def is_unchanged(self, path: str, fingerprint: bytes, file: str) -> bool:
        """Whether a file is what the last build wrote for this fingerprint, and nobody changed it since."""
        known = self.pages.get(path)
        if known is None or known.fingerprint != fingerprint:
            return False
        try:
            now = os.stat(file)  # noqa: PTH116
        except OSError:
            return False
        return (now.st_size, now.st_mtime_ns) == (known.size, known.mtime_ns)

    def record_page(self, path: str, fingerprint: bytes, file: str) -> None:
        """Remember a page as it stands in its file."""
        now = os.stat(file)  # noqa: PTH116
        self.written_pages[path] = PageRecord(fingerprint, now.st_size, now.st_mtime_ns)

    def save(self, file: Path) -> None:
        """Keep what this build has seen, written aside and renamed; where it cannot be written the next build is a full one."""
        atomic_write.write_atomically(file, self._write_stream)

    def _write_stream(self, file: Path) -> None:
        with file.open("wb") as stream:
            # One pickler for all would hold all, and to let it forget after each takes five times as long as the work.
            for part in (self.key_base, self.written_pages, len(self.used_bodies), *self.used_bodies.items()):
                stream.write(pickle.dumps(part, 5))


def load_cache(file: Path, base: bytes) -> RenderCache:
    """Return the cache in a file, or an empty one where it is missing, unreadable or of another ``cache_key_base``."""
    try:
        with file.open("rb") as stream:
            if _read_next(stream) != base:
                return RenderCache(base)
            pages, count = _read_next(stream), _read_next(stream)
            return RenderCache(base, dict(_read_next(stream) for _ in range(count)), pages)
    except Exception:  # noqa: BLE001 (whatever is wrong with a cache, the answer is to do without)
        return RenderCache(base)


def _read_next(stream: IO[bytes]) -> Any:
    """Return the next value: each was written by itself, and an unpickler would take what it refers to from the ones before."""
    return load_value(stream, Languages(()), _TRUSTED_MODULES)


def cache_path(settings_file: Path, content: Path, output: Path) -> Path:
    """Return where the memory of a build lies: beside its settings, by settings, content and output."""
    name = _digest(*(str(path.resolve()) for path in (settings_file, content, output))).hex()[:16]
    return settings_file.resolve().parent / ".cache" / f"build-{name}.pickle"


def cache_key_base(folders: Iterable[Path], settings: Mapping[str, Any]) -> bytes:
    """Return the fingerprint of all that every page depends on: code, theme, catalogues, settings, Python and packages."""
    stated = json.dumps({name: settings[name] for name in sorted(settings)}, default=_setting_name)
    said = [sys.version, stated, *(f"{name} {version(name)}" for name in FINGERPRINTED_PACKAGES)]
    found = hashlib.blake2b("\n".join(said).encode(), digest_size=32)
    for number, folder in enumerate(folders):
        for file in sorted(_iter_source_files(folder)):
            found.update(f"{number} {file.relative_to(folder)}\0".encode() + file.read_bytes() + b"\0")
    return found.digest()


def _setting_name(value: object) -> str:
    """Return what stands for a setting that is no plain value: a function by its name, a set by its members."""
    if isinstance(value, (set, frozenset)):
        return str(sorted(map(str, value)))
    return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', type(value).__name__)}"


def _iter_source_files(folder: Path) -> Iterator[Path]:
    for place_, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "fonts"))
        yield from (Path(place_, name) for name in names if name.endswith((".py", ".html", ".po", ".css")))


def _digest(*parts: str) -> bytes:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _serializer_for(kind: type) -> Callable[[Any], object]:
    """Return what turns a value of a type into plain parts: its fields, with the name of its type."""
    if kind is Language:
        return attrgetter("tag")  # the settings are part of the base
    if issubclass(kind, (set, frozenset)):
        return sorted
    if issubclass(kind, date):
        return kind.isoformat
    if is_dataclass(kind):
        parts = attrgetter("__class__.__name__", *(one.name for one in fields(kind)))
        return parts if kind.__hash__ is not object.__hash__ else _memoize_repr(parts)
    return lambda value: pickle.dumps(value, 5).hex()


def _memoize_repr(parts: Callable[[Any], object]) -> Callable[[Any], object]:
    """Return what turns a part that many views share into words, once: such a part is compared as an object."""
    return cache(lambda value: repr(parts(value)))
