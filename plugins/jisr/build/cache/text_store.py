"""The texts of the last build, read and rendered, in files of ``.cache/`` that hold some of them each.

Losing them costs time only. They hold for one version of the code and the settings.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from zlib import crc32

from jisr.build.cache.named_files import read_named, write_named
from jisr.build.cache.serialization import ValuePickler, load_value
from jisr.build.files.snapshot import hash_bytes
from jisr.content import atomic_write
from jisr.content.loaded_texts import LoadedBundle, TextKey
from jisr.core.diagnostics.problems import Problem
from jisr.core.i18n.languages import Languages
from jisr.core.model.body import Body
from jisr.core.model.document import Document

_CHUNKS = 128  # files of texts: an edit writes one of them
_TRUSTED_PACKAGES = ("jisr.core.", "jisr.content.loaded_texts.")
UNREADABLE = (OSError, LookupError, ValueError, TypeError, EOFError, AttributeError, pickle.UnpicklingError)
BodyPlace = tuple[int, int, str]
"""Where a body is in the file of its chunk, its size, and its digest."""


class LostMemoryError(Exception):
    """A body that is kept cannot be read, or is another: nothing of the last build can be used."""


@dataclass(slots=True)
class StoredText:
    """A text without its bodies, the fingerprint of what others may show of each version, and the place of each body."""

    loaded: LoadedBundle
    faces: dict[str, bytes]  # by the path of a version, as the bodies
    bodies: dict[str, BodyPlace]


@dataclass(slots=True)
class TextStore:
    """The texts of a site, by kind and id, and the bodies of those that were read in this run."""

    folder: Path
    texts: dict[TextKey, StoredText] = field(default_factory=dict)
    chunk_names: dict[int, str] = field(default_factory=dict)  # the stem of the two files of a chunk
    changed_chunks: set[int] = field(default_factory=set)
    new_bodies: dict[str, tuple[Body, str]] = field(default_factory=dict)  # by the path of a version, with digests
    chunks_by_path: dict[str, int] = field(default_factory=dict)
    faces: dict[str, bytes] = field(default_factory=dict)
    has_new_faces: bool = False  # whether any text shows more than other words since the store was opened

    def put(self, loaded: LoadedBundle, fingerprint: Callable[[Document], bytes]) -> None:
        """Add a text that was read, or replace it."""
        chunk, before = _chunk_of(loaded.key), self.texts.get(loaded.key)
        self.remove(loaded.key)
        versions = loaded.complete_set.versions if loaded.complete_set else ()
        faces = {one.path: fingerprint(one) for one in versions}
        for path, body in loaded.bodies.items():
            self.new_bodies[path] = (body, _digest(body))
        places = {path: (0, 0, self.new_bodies[path][1]) for path in loaded.bodies}
        self._add(StoredText(replace(loaded, bodies={}), faces, places), chunk)
        self.changed_chunks.add(chunk)
        self.has_new_faces |= before is None or before.faces != faces or before.bodies.keys() != places.keys()

    def _add(self, text: StoredText, chunk: int) -> None:
        self.texts[text.loaded.key] = text
        self.faces.update(text.faces)
        self.chunks_by_path.update(dict.fromkeys(text.bodies, chunk))

    def remove(self, key: TextKey) -> None:
        """Take a text away where it is there."""
        text = self.texts.pop(key, None)
        if text is not None:
            self.changed_chunks.add(_chunk_of(key))
            for path in text.bodies:
                self.new_bodies.pop(path, None)
                self.chunks_by_path.pop(path, None)
                self.faces.pop(path, None)

    def may_be_new(self, path: str) -> bool:
        """Whether the body of a version may be another than in the last build: it was read again, or is gone."""
        return path in self.new_bodies or path not in self.chunks_by_path

    def concern_new(self, problems: Iterable[Problem]) -> bool:
        """Whether any of some problems is in a version that was read in this run: it may be in another line now, or gone."""
        return any(one.place.path in self.new_bodies for one in problems)

    def save(self, pickler: ValuePickler) -> None:
        """Write the chunks that changed, each under a new name; the last build may still need their old files."""
        names = set(self.chunk_names.values())
        for file in self.folder.glob("texts-*"):
            if file.stem not in names:
                file.unlink(missing_ok=True)
        by_chunk: dict[int, list[StoredText]] = {}
        for key, text in self.texts.items():
            if (chunk := _chunk_of(key)) in self.changed_chunks:
                by_chunk.setdefault(chunk, []).append(text)
        for chunk in self.changed_chunks:
            self._save_chunk(chunk, by_chunk.get(chunk, []), pickler)
        self.changed_chunks.clear()
        self.new_bodies.clear()  # which are in the files now

    def _save_chunk(self, chunk: int, texts: list[StoredText], pickler: ValuePickler) -> None:
        data, start = bytearray(), 0
        for text in texts:
            for path, (_, _, digest) in text.bodies.items():
                body = pickler.dumps(self.new_bodies[path][0]) if path in self.new_bodies else self.read_body(text, path)
                text.bodies[path] = (start, len(body), digest)
                data += body
                start += len(body)
        values = pickler.dumps([(one.loaded, one.faces, one.bodies) for one in texts])
        file = write_named(self.folder, f"texts-{chunk}", values, ".pickle")
        atomic_write.replace_atomically(file.with_suffix(".bodies"), lambda aside: aside.write_bytes(data))
        self.chunk_names[chunk] = file.stem

    def read_body(self, text: StoredText, path: str) -> bytes:
        """Return a body as it is stored. Raises OSError or LookupError where that is not possible."""
        start, size, _ = text.bodies[path]
        with (self.folder / f"{self.chunk_names[self.chunks_by_path[path]]}.bodies").open("rb") as stream:
            stream.seek(start)
            return stream.read(size)

    def load(self, chunk_names: Mapping[str, str], languages: Languages) -> None:
        """Read all chunks. Raises OSError, LookupError or pickle.UnpicklingError where that is not possible."""
        for number, name in chunk_names.items():
            data = read_named(self.folder, f"{name}.pickle")
            for values in load_value(io.BytesIO(data), languages, _TRUSTED_PACKAGES):
                self._add(StoredText(*values), int(number))
            self.chunk_names[int(number)] = Path(name).name

    def documents(self) -> dict[str, Document]:
        """Return all versions by path."""
        sets = (text.loaded.complete_set for text in self.texts.values())
        return {one.path: one for texts in sets if texts for one in texts.versions}

    def bodies(self, languages: Languages) -> Bodies:
        """Return the bodies of all versions by path."""
        return Bodies(self, languages)


@dataclass(slots=True)
class Bodies(Mapping[str, Body]):
    """The bodies of a site by path, each read when it is asked for."""

    store: TextStore
    languages: Languages
    keys_by_path: dict[str, TextKey] = field(default_factory=dict)

    def __getitem__(self, path: str) -> Body:
        if path in self.store.new_bodies:
            return self.store.new_bodies[path][0]
        try:
            body = load_value(io.BytesIO(self.store.read_body(self._text(path), path)), self.languages, _TRUSTED_PACKAGES)
        except UNREADABLE as error:
            raise LostMemoryError(path) from error
        if not isinstance(body, Body) or _digest(body) != self.digest(path):
            raise LostMemoryError(path)
        return body

    def digest(self, path: str) -> str:
        """Return the digest of a body. Raises LookupError where there is none."""
        return self._text(path).bodies[path][2]

    def _text(self, path: str) -> StoredText:
        if not self.keys_by_path:
            self.keys_by_path.update((one, key) for key, text in self.store.texts.items() for one in text.bodies)
        return self.store.texts[self.keys_by_path[path]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.store.chunks_by_path)

    def __len__(self) -> int:
        return len(self.store.chunks_by_path)


def _digest(body: Body) -> str:
    return hash_bytes(f"{body.part_lines}{body.html}{body.first_line}{body.markdown}".encode("utf-8", "surrogatepass"))


def _chunk_of(key: TextKey) -> int:
    return crc32("/".join(key).encode()) % _CHUNKS


def load_text_store(folder: Path, chunk_names: Mapping[str, str], languages: Languages) -> TextStore | None:
    """Return the texts of a build, or None where they cannot be read."""
    store = TextStore(folder)
    try:
        store.load(chunk_names, languages)
    except UNREADABLE:
        return None
    return store
