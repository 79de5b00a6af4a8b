"""The cache of a build: rendered bodies, and pages by the fingerprint of their views.

Losing it costs time only. It is valid for one version of the code, theme, catalogues, settings and Python.
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
    """A page in the output: the fingerprint of its view and template, and the size and time of its file."""

    fingerprint: bytes
    size: int
    mtime_ns: int  # in nanoseconds


@dataclass(slots=True)
class RenderCache:
    """The entries of the last build, and those of this build for the next one."""

    key_base: bytes
    bodies: dict[bytes, Body] = field(default_factory=dict)
    pages: dict[str, PageRecord] = field(default_factory=dict)
    used_bodies: dict[bytes, Body] = field(default_factory=dict)
    written_pages: dict[str, PageRecord] = field(default_factory=dict)
    new_bodies: dict[bytes, Body] = field(default_factory=dict)  # since the last drain_new_bodies
    serializers: dict[type, Callable[[Any], object]] = field(default_factory=dict)  # of values in views, by their types

    def cached_renderer(self, render: BodyRenderer) -> BodyRenderer:
        """Return a renderer that renders a body once for its text, language, kind, file and first line."""

        def render_cached(source: MarkdownSource) -> Body:
            key = _digest(source.text, source.language.tag, source.kind, source.path, str(source.first_line))
            body = self.bodies.get(key)
            if body is None:
                body = render(source)
            self.used_bodies[key] = self.new_bodies[key] = body
            return body

        return render_cached

    def drain_new_bodies(self) -> dict[bytes, Body]:
        """Return the bodies that were rendered since the last call."""
        bodies, self.new_bodies = self.new_bodies, {}
        return bodies

    def fingerprint(self, template: str, view: object) -> bytes:
        """Return the fingerprint of a page: of its template's name, its view, and everything that all pages depend on."""
        text = json.dumps(view, ensure_ascii=False, check_circular=False, default=self._serialize_part)
        data, person = text.encode("utf-8", "surrogatepass"), template.encode()[-16:]
        return hashlib.blake2b(data, digest_size=16, key=self.key_base, person=person).digest()

    def _serialize_part(self, value: object) -> object:
        """Return a JSON value that determines a part of a view for which JSON has no form."""
        kind = type(value)
        if kind not in self.serializers:
            self.serializers[kind] = _serializer_for(kind)
        return self.serializers[kind](value)

    def is_unchanged(self, path: str, fingerprint: bytes, file: str) -> bool:
        """Whether a file is that of the last build for this fingerprint, and was not changed since."""
        record = self.pages.get(path)
        if record is None or record.fingerprint != fingerprint:
            return False
        try:
            status = os.stat(file)  # noqa: PTH116
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns) == (record.size, record.mtime_ns)

    def record_page(self, path: str, fingerprint: bytes, file: str) -> int:
        """Record a page and the state of its file, and return its size."""
        status = os.stat(file)  # noqa: PTH116
        self.written_pages[path] = PageRecord(fingerprint, status.st_size, status.st_mtime_ns)
        return status.st_size

    def save(self, file: Path) -> None:
        """Write the entries of this build atomically; where that fails, the next build renders everything."""
        atomic_write.write_atomically(file, self._write_stream)

    def _write_stream(self, file: Path) -> None:
        with file.open("wb") as stream:
            # One pickler would keep all values in memory, and to clear its memo after each takes five times as long.
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
    except Exception:  # noqa: BLE001 (whatever is wrong with a cache, the build does without)
        return RenderCache(base)


def _read_next(stream: IO[bytes]) -> Any:
    """Return the next value. Each is a pickle of its own, so each needs a new unpickler."""
    return load_value(stream, Languages(()), _TRUSTED_MODULES)


def cache_path(settings_file: Path, content: Path, output: Path) -> Path:
    """Return the cache file of a build, in the folder of its settings: one for each settings file, content and output."""
    name = _digest(*(str(path.resolve()) for path in (settings_file, content, output))).hex()[:16]
    return settings_file.resolve().parent / ".cache" / f"build-{name}.pickle"


def cache_key_base(folders: Iterable[Path], settings: Mapping[str, Any]) -> bytes:
    """Return the fingerprint of everything that all pages depend on: code, theme, catalogues, settings, Python, packages."""
    values = json.dumps({name: settings[name] for name in sorted(settings)}, default=_setting_name)
    lines = [sys.version, values, *(f"{name} {version(name)}" for name in FINGERPRINTED_PACKAGES)]
    digest = hashlib.blake2b("\n".join(lines).encode(), digest_size=32)
    for number, folder in enumerate(folders):
        for file in sorted(_iter_source_files(folder)):
            digest.update(f"{number} {file.relative_to(folder)}\0".encode() + file.read_bytes() + b"\0")
    return digest.digest()


def _setting_name(value: object) -> str:
    """Return a name for a setting that is no plain value: that of a function, or the members of a set."""
    if isinstance(value, (set, frozenset)):
        return str(sorted(map(str, value)))
    return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', type(value).__name__)}"


def _iter_source_files(folder: Path) -> Iterator[Path]:
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "fonts"))
        yield from (Path(path, name) for name in names if name.endswith((".py", ".html", ".po", ".css")))


def _digest(*parts: str) -> bytes:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _serializer_for(kind: type) -> Callable[[Any], object]:
    """Return a function from values of a type to JSON values: the fields, with the name of the type."""
    if kind is Language:
        return attrgetter("tag")  # the settings that describe it are in the key
    if issubclass(kind, (set, frozenset)):
        return sorted
    if issubclass(kind, date):
        return kind.isoformat
    if is_dataclass(kind):
        parts = attrgetter("__class__.__name__", *(one.name for one in fields(kind)))
        return parts if kind.__hash__ is not object.__hash__ else _memoize_repr(parts)
    return lambda value: pickle.dumps(value, 5).hex()


def _memoize_repr(parts: Callable[[Any], object]) -> Callable[[Any], object]:
    """Return a cached function from parts that many views share to text; such a part is compared by identity."""
    return cache(lambda value: repr(parts(value)))
