"""Pictures that tell where they were taken are found, whatever their format; others are not."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from jisr.content.attachments.formats.location import has_location

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
PLACE = {1: "N", 2: (33.0, 18.0, 0.0), 3: "E", 4: (44.0, 24.0, 0.0)}


def picture(form: str, place: dict[int, object] | None, camera: str = "Camera") -> bytes:
    """Return a small picture in a format, with the name of a camera and a place where there is one."""
    image = Image.new("RGB", (2, 2))
    facts = Image.Exif()
    facts[0x0110] = camera
    if place is not None:
        facts[0x8825] = place
    if form == "TIFF":  # which is how facts are written in the other formats, too
        return facts.tobytes().removeprefix(b"Exif\0\0")
    written = io.BytesIO()
    image.save(written, form, exif=facts)
    return written.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_with_a_place_is_found(form: str) -> None:
    """Latitude and longitude are found in each format."""
    assert has_location(picture(form, dict(PLACE)))


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_without_a_place_is_not(form: str) -> None:
    """A camera's name is no place, and neither is an empty directory or the version of its form."""
    assert not has_location(picture(form, None))
    assert not has_location(picture(form, {0: b"\2\3\0\0"}))


def test_a_place_in_other_words_is_found() -> None:
    """A picture may tell its place in XMP alone."""
    assert has_location(picture("JPEG", None) + b'<x exif:GPSLatitude="33,18N" exif:GPSLongitude="44,24E"/>')


@pytest.mark.parametrize("form", FORMATS)
@given(cut=st.integers(0, 400), change=st.tuples(st.integers(0, 200), st.integers(0, 255)))
def test_a_broken_picture_raises_nothing(form: str, cut: int, change: tuple[int, int]) -> None:
    """Whatever is cut off or wrong in a file, there is an answer."""
    data = bytearray(picture(form, dict(PLACE)))
    data[change[0] % len(data)] = change[1]

    assert has_location(bytes(data[:cut])) in (True, False)
    assert has_location(bytes(data)) in (True, False)
