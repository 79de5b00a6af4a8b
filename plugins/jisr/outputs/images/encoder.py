"""Drawing of smaller pictures with Pillow: the same pixels in other sides and types, without anything that is not seen."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, Any

from jisr.content.attachments.cleaner import clean_data
from jisr.core.frozen import dataclass
from jisr.core.model.pictures import WIDTHS

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = dict(zip(WIDTHS, (28_000, 72_000, 120_000), strict=True))
"""Bytes of a picture by its width: a cover and the picture below it together stay below what an article may load."""
MOST_PIXELS = 100_000_000  # of a picture that is drawn: beyond that it takes a gigabyte of memory
PREFERRED_SAVING = 0.9  # a newer type is used where it has at most this part of the bytes
AVIF, WEBP, JPEG = "image/avif", "image/webp", "image/jpeg"
_FORMS: dict[str, tuple[str, int, dict[str, Any]]] = {
    AVIF: ("AVIF", 55, {"speed": 8, "max_threads": 1}),  # slower speeds save a tenth of the bytes in three times the time
    WEBP: ("WEBP", 76, {"method": 4}),
    JPEG: ("JPEG", 82, {"optimize": True, "progressive": True}),
}
_LEAST_QUALITY, _TRIES = 5, 4
_FLAT_COLOURS = 4096  # a drawing has no more of them, and is better kept as it is than smoothed
_PAPER = (255, 255, 255)  # below what shows through, where a type knows no transparency


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to draw, or that was drawn: its media type, its sides, the most bytes that it may have, its bytes."""

    type: str
    width: int
    height: int
    most: int
    data: bytes = b""
    unlimited: int = 0  # bytes in the quality that it would have without a limit, by which types are compared


def can_draw() -> bool:
    """Whether Pillow is here."""
    try:
        import PIL  # noqa: F401
    except ImportError:
        return False
    return True


def supported_types() -> tuple[str, ...]:
    """Return the media types that this machine can draw, the preferred one first."""
    from PIL import features

    return (AVIF, WEBP) if features.check("avif") else (WEBP,)


def library_versions() -> tuple[str | None, ...]:
    """Return the versions of all that decides on the bytes of a picture."""
    from PIL import __version__, features

    return (__version__, *map(features.version, ("avif", "webp", "jpg", "libjpeg_turbo", "littlecms2", "zlib")))


def draw_picture(path: str, plan: tuple[Drawing, ...]) -> tuple[Drawing, ...]:
    """Return pictures as they are planned, in those types that save something.

    Raises OSError, ValueError or SyntaxError where the file is no whole picture.
    """
    from PIL import Image, ImageOps

    largest = max((one.width, one.height) for one in plan)
    with Image.open(path) as opened:
        turned = (opened.width > opened.height) != (largest[0] > largest[1])
        opened.draft("RGB", largest[::-1] if turned else largest)  # a JPEG is read at half or a quarter of its sides
        flat = opened.format in ("PNG", "GIF") and opened.convert("RGBA").getcolors(_FLAT_COLOURS) is not None
        picture = _to_srgb(ImageOps.exif_transpose(opened))
    sides = {(one.width, one.height) for one in plan}
    scaled = {one: picture.resize(one, Image.Resampling.LANCZOS, reducing_gap=3.0) for one in sorted(sides)}
    with ThreadPoolExecutor(_thread_count()) as pool:
        drawn = tuple(pool.map(lambda one: _encode(scaled[one.width, one.height], one, flat), plan))
    return tuple(_select_types(drawn))


def _thread_count() -> int:
    import os

    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _to_srgb(picture: Image.Image) -> Image.Image:
    """Return a picture in the colours of screens, without profile and facts."""
    from PIL import Image, ImageCms

    profile, has_alpha = picture.info.get("icc_profile"), picture.has_transparency_data
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        with suppress(ImageCms.PyCMSError, OSError, ValueError):  # a profile that is none: the colours are taken as they are
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(
                picture, io.BytesIO(profile), target, outputMode="RGBA" if picture.mode == "RGBA" else "RGB"
            )
            picture = converted or picture
    plain = picture.convert("RGBA" if has_alpha else "RGB")
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean


def _encode(picture: Image.Image, wanted: Drawing, flat: bool) -> Drawing:
    """Return a picture in the best quality that has not too many bytes."""
    form, quality, options = _FORMS[wanted.type]
    # Pillow keeps the options of a file in the picture while it writes: threads that share one would mix them.
    picture = _on_paper(picture) if wanted.type == JPEG and picture.mode == "RGBA" else picture.copy()

    def write(**more: Any) -> bytes:
        stream = io.BytesIO()
        picture.save(stream, form, **options, **more)
        return stream.getvalue()

    best = write(quality=quality)
    data = best if len(best) <= wanted.most else _fit_quality(lambda one: write(quality=one), quality, wanted.most)
    if flat and wanted.type == WEBP and len(exact := write(lossless=True, quality=60)) <= min(len(data), wanted.most):
        data = exact
    return Drawing(wanted.type, *picture.size, wanted.most, clean_data(data), min(len(best), len(data) if flat else len(best)))


def _fit_quality(write: Callable[[int], bytes], best: int, most: int) -> bytes:
    """Return what is written in the best quality below one that does not fit, or in the least."""
    fitting, least, too_much = b"", _LEAST_QUALITY, best
    for _ in range(_TRIES):
        middle = (least + too_much) // 2
        data = write(middle)
        if len(data) <= most:
            fitting, least = data, middle
        else:
            too_much = middle
    return fitting or write(_LEAST_QUALITY)


def _on_paper(picture: Image.Image) -> Image.Image:
    from PIL import Image

    paper = Image.new("RGB", picture.size, _PAPER)
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _select_types(drawn: tuple[Drawing, ...]) -> list[Drawing]:
    """Return pictures without those of a newer type that saves too little beside the next."""
    groups = {kind: list(group) for kind, group in groupby(drawn, key=lambda one: one.type)}
    sizes = {kind: sum(one.unlimited for one in group) for kind, group in groups.items()}
    if AVIF in groups and sizes[AVIF] > PREFERRED_SAVING * sizes[WEBP]:
        del groups[AVIF]
    return [one for group in groups.values() for one in group]
