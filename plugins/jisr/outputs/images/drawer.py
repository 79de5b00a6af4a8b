"""The drawer of a build: draws pictures that are not kept, and keeps them by what they are drawn from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from jisr.content.attachments.cleaner import clean_data
from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.content.attachments.picture_facts import image_size
from jisr.content.drawing_cache import DrawingCache
from jisr.core.build.resources import PACKAGE
from jisr.core.model.pictures import (
    SHARED_SIZE,
    SHARED_WIDTH,
    WIDTHS,
    DrawnPicture,
    DrawnSet,
    PictureFile,
    can_be_shared,
    plan_sides,
    scale_height,
)
from jisr.core.urls import paths
from jisr.outputs.images import encoder
from jisr.outputs.images.encoder import MOST_BYTES, MOST_PIXELS, Drawing, draw_picture

ENDINGS = MappingProxyType({"image/avif": "avif", "image/webp": "webp", "image/jpeg": "jpg"})
KEPT_ENDINGS = (*ENDINGS.values(), "txt")  # the last is the list of what is drawn of a picture
_LINE = re.compile(r"(image/[a-z]+) (\d{1,5}) (\d{1,5}) (\d{1,9}) ([0-9a-f]{10})")
_MAX_LIST = 2000  # bytes


def is_drawing(ending: str, data: bytes) -> bool:
    """Whether bytes are what the drawer writes: a list, or a whole picture of the type of its ending without any fact."""
    if ending == "txt":
        lines = data[:_MAX_LIST].decode("ascii", "replace").splitlines()
        return len(data) < _MAX_LIST and all(map(_LINE.fullmatch, lines))
    try:
        return all(image_size(data)) and _ending_of(data) == ending and clean_data(data) == data
    except DamagedFileError:
        return False


def _ending_of(data: bytes) -> str:
    return "jpg" if data[:2] == b"\xff\xd8" else "webp" if data[8:12] == b"WEBP" else "avif" if data[4:8] == b"ftyp" else ""


class Drawer:
    """Draws pictures: ``PictureDrawer`` of core/model/pictures."""

    def __init__(self, cache: DrawingCache) -> None:
        self.cache = cache
        self._unkept: dict[str, bytes] = {}  # where the folder cannot be written

    @cached_property
    def recipe(self) -> str:
        """All that decides on the bytes of a picture beside its source: the libraries, and the code that draws."""
        code = [hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(PACKAGE.glob("outputs/images/*.py"))]
        return repr((encoder.library_versions(), encoder.supported_types(), code))

    def __call__(self, pictures: Sequence[tuple[str, PictureFile]]) -> Iterator[DrawnSet]:
        """Return what is drawn of each picture."""
        for path, file in pictures:
            plan = _plan(file)
            yield self._find(path, file, plan) if plan else DrawnSet()

    def _find(self, path: str, file: PictureFile, plan: tuple[Drawing, ...]) -> DrawnSet:
        """Return what is kept of a picture, else draw it."""
        fingerprint = self._fingerprint(file, plan)
        listed = self.cache.get(fingerprint)
        drawn = self._read_list(fingerprint, listed.decode("ascii"), plan) if listed else None
        if drawn is not None:
            return drawn
        made = _draw(path, file, plan)
        drawn = self._read_list(fingerprint, "\n".join(self._keep(fingerprint, made)), plan) if made else None
        return drawn or DrawnSet(is_unreadable=True)

    def _fingerprint(self, file: PictureFile, plan: tuple[Drawing, ...]) -> str:
        return _hash(file.digest, self.recipe, repr(plan))

    def _keep(self, fingerprint: str, made: tuple[Drawing, ...]) -> Iterator[str]:
        """Keep pictures, and return the lines of their list, which is kept last."""
        lines = []
        for one in made:
            own = _own_fingerprint(fingerprint, one.type, one.width)
            self.cache.put(own, one.data, ENDINGS[one.type])
            if self.cache.get(own) is None:
                self._unkept[own] = one.data
            digest = _digest(one.data)
            lines.append(f"{one.type} {one.width} {one.height} {len(one.data)} {digest}")
        self.cache.put(fingerprint, "\n".join(lines).encode(), "txt")
        yield from lines

    def _read_list(self, fingerprint: str, listed: str, plan: tuple[Drawing, ...]) -> DrawnSet | None:
        """Return what a list names; None where it names what is not planned, or a file that is not there."""
        planned = {(one.type, one.width, one.height) for one in plan}
        drawn = []
        for kind, width, height, size, digest in (
            match.groups() for match in map(_LINE.fullmatch, listed.splitlines()) if match
        ):
            own = _own_fingerprint(fingerprint, kind, int(width))
            kept = self.cache.files.get(own)
            if (kind, int(width), int(height)) not in planned or not (own in self._unkept or (kept and kept.size == int(size))):
                return None
            self.cache.note_use(own)
            address = f"{paths.PICTURES}{digest}-{width}.{ENDINGS[kind]}"
            drawn.append(DrawnPicture(address, kind, int(width), int(height), int(size)))
        shared = next((one for one in drawn if one.type == encoder.JPEG), None)
        return DrawnSet(tuple(one for one in drawn if one is not shared), shared)

    def read(self, path: str, file: PictureFile, wanted: DrawnPicture) -> bytes:
        """Return the bytes of a picture: those that are kept, where they are its own, else drawn again."""
        plan = _plan(file)
        fingerprint = self._fingerprint(file, plan)
        own = _own_fingerprint(fingerprint, wanted.type, wanted.width)
        data = self._unkept.get(own) or self.cache.get(own)
        if data is None or not _is(wanted, data):
            made = _draw(path, file, plan)
            list(self._keep(fingerprint, made))
            data = next((one.data for one in made if (one.type, one.width) == (wanted.type, wanted.width)), b"")
        return data


def _draw(path: str, file: PictureFile, plan: tuple[Drawing, ...]) -> tuple[Drawing, ...]:
    """Return a picture as drawn; nothing where it cannot be."""
    if file.width * file.height > MOST_PIXELS:
        return ()
    try:
        return draw_picture(path, plan)
    except (OSError, ValueError, SyntaxError, MemoryError):
        return ()


def _is(wanted: DrawnPicture, data: bytes) -> bool:
    """Whether bytes are those that the address of a picture names."""
    return f"/{_digest(data)}-" in wanted.address and image_size(data) == (
        wanted.width,
        wanted.height,
    )


def _digest(data: bytes) -> str:
    """Return the hash of a picture in its address: another picture has another address, which browsers may keep for ever."""
    return hashlib.blake2b(data, digest_size=5).hexdigest()


def _own_fingerprint(fingerprint: str, kind: str, width: int) -> str:
    return _hash(fingerprint, kind, str(width))


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _plan(file: PictureFile) -> tuple[Drawing, ...]:
    """Return what is to be drawn of a picture: nothing that is as light and as well known already."""
    if not file.can_be_drawn:
        return ()
    plan: list[Drawing] = []
    if file.size > MOST_BYTES[WIDTHS[0]]:
        for kind in encoder.supported_types():
            plan += [Drawing(kind, *sides, _most_bytes(sides[0])) for sides in plan_sides(file.width, file.height)]
    if not can_be_shared(file.type, file.width, file.size):
        width = min(SHARED_WIDTH, file.width)
        plan.append(Drawing(encoder.JPEG, width, scale_height(width, file.width, file.height), SHARED_SIZE))
    return tuple(plan)


def _most_bytes(width: int) -> int:
    """Return how many bytes a picture may have: those of the next width that is drawn."""
    limits: Mapping[int, int] = MOST_BYTES
    return next((most for one, most in limits.items() if width <= one), limits[WIDTHS[-1]])
