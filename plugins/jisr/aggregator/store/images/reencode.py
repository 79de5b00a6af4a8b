"""``python -m jisr.aggregator.store.images.reencode``: a stranger's picture drawn anew, in a process of its own.

What comes out has the picture's dots and nothing else: no place, no camera, no words, no second file behind the first.
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
_MAX_SIDE = 1600  # dots: twice a text's width
_MIN_SIDE = 8  # what is smaller is a dot that counts readers, or a bullet
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_EXTENSIONS = {b"\xff\xd8": "jpg", b"\x89P": "png"}


@dataclass(frozen=True, slots=True)
class EncodedImage:
    """A picture, and the end of its file's name."""

    data: bytes
    extension: str


async def reencode_in_process(data: bytes, seconds: float = _TIMEOUT_SECONDS) -> EncodedImage | None:
    """Return a picture drawn anew; nothing where it is none, or one that could not be drawn in time."""
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
            said, _ = await process.communicate(data)
    except TimeoutError:
        process.kill()
        await process.wait()
        return None
    end = _EXTENSIONS.get(said[:2], "")
    return EncodedImage(said, end) if end and process.returncode == 0 else None


def has_pillow() -> bool:
    """Whether the package that draws is installed."""
    return importlib.util.find_spec("PIL") is not None


def reencode_image(data: bytes) -> bytes:
    """Return a picture as JPEG, or as PNG where it has transparent parts, upright and no larger than a page needs.

    Raises what Pillow raises for what is no picture, and ValueError for one that is too large or too small.
    """
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
        if opened.width * opened.height > _MAX_PIXELS or min(opened.size) < _MIN_SIDE:
            raise ValueError("its size")
        upright = ImageOps.exif_transpose(opened)
        if upright.mode.startswith("I"):  # 16 bits a dot: as they are, all but the darkest would be white
            upright = upright.convert("I").point(lambda dot: dot / 256).convert("L")
        clear = upright.has_transparency_data
        picture = upright.convert("RGBA" if clear else "RGB")
    picture.thumbnail((_MAX_SIDE, _MAX_SIDE))
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    file = io.BytesIO()
    if clear:
        bare.save(file, "PNG", optimize=True)
    else:
        bare.save(file, "JPEG", quality=82, optimize=True, progressive=True)
    return file.getvalue()


def main() -> int:
    """Draw the picture of standard input to standard output. Returns 1 where it is none."""
    if hasattr(signal, "alarm"):  # not on Windows
        import resource

        signal.alarm(_TIMEOUT_SECONDS)
        resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    try:
        sys.stdout.buffer.write(reencode_image(sys.stdin.buffer.read()))
    except Exception:  # noqa: BLE001 (whatever is wrong with a stranger's picture, it is not shown)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
