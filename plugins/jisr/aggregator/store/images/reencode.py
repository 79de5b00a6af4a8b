"""``python -m jisr.aggregator.store.images.reencode``: re-encodes an untrusted picture, in a process of its own.

The result has the pixels alone: no location, no camera, no comments, no second file behind the first.
"""

from __future__ import annotations

import asyncio
import importlib.util
import io
import signal
import sys

from jisr.core.frozen import dataclass

_TIMEOUT_SECONDS = 10
_MAX_MEMORY = 1_000_000_000  # bytes of address space
_MAX_PIXELS = 40_000_000
_MAX_SIDE = 1600  # pixels: twice the width of a text
_MIN_SIDE = 8  # smaller pictures are tracking pixels or bullets
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_EXTENSIONS = {b"\xff\xd8": "jpg", b"\x89P": "png"}


@dataclass(frozen=True, slots=True)
class EncodedImage:
    """A picture and the extension of its file."""

    data: bytes
    extension: str


async def reencode_in_process(data: bytes, seconds: float = _TIMEOUT_SECONDS) -> EncodedImage | None:
    """Return a re-encoded picture; None where it is none, or re-encoding takes too long."""
    if seconds <= 0:
        return None
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-P", "-m", __name__),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(min(seconds, _TIMEOUT_SECONDS)):
            output, _ = await process.communicate(data)
    except TimeoutError:
        process.kill()
        await process.wait()
        return None
    extension = _EXTENSIONS.get(output[:2], "")
    return EncodedImage(output, extension) if extension and process.returncode == 0 else None


def has_pillow() -> bool:
    """Whether Pillow is installed."""
    return importlib.util.find_spec("PIL") is not None


def reencode_image(data: bytes) -> bytes:
    """Return a picture as JPEG, or as PNG where it has transparent parts, upright and no larger than a page needs.

    Raises the exceptions of Pillow for other data, and ValueError for a picture that is too large or too small.
    """
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
        if opened.width * opened.height > _MAX_PIXELS or min(opened.size) < _MIN_SIDE:
            raise ValueError("its size")
        upright = ImageOps.exif_transpose(opened)
        if upright.mode.startswith("I"):  # 16 bits a pixel: unscaled, all but the darkest would be white
            upright = upright.convert("I").point(lambda value: value / 256).convert("L")
        is_transparent = upright.has_transparency_data
        picture = upright.convert("RGBA" if is_transparent else "RGB")
    picture.thumbnail((_MAX_SIDE, _MAX_SIDE))
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    file = io.BytesIO()
    if is_transparent:
        bare.save(file, "PNG", optimize=True)
    else:
        bare.save(file, "JPEG", quality=82, optimize=True, progressive=True)
    return file.getvalue()


def main() -> int:
    """Re-encode the picture of standard input to standard output. Returns 1 where it is none."""
    if hasattr(signal, "alarm"):  # not on Windows
        import resource

        signal.alarm(_TIMEOUT_SECONDS)
        resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    try:
        sys.stdout.buffer.write(reencode_image(sys.stdin.buffer.read()))
    except Exception:  # noqa: BLE001 (a picture that fails for any reason is not shown)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
