"""What is published of a picture, film or recording tells nothing about people, and looks and sounds as before."""

from __future__ import annotations

import io
import zlib
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from jisr.content.attachments.cleaner import clean_data
from jisr.content.attachments.formats.damage import DamagedFileError
from tests.content.attachments import makers
from tests.content.attachments.makers import FILMS, PICTURES, SECRET, WIDE

TELLING = (SECRET, WIDE, b"GPS", b"\xa9xyz", b"ISO6709", b"xmpmeta", SECRET[:4])


def pixels(data: bytes) -> list[bytes]:
    """Return the pixels of each frame of a picture."""
    with Image.open(io.BytesIO(data)) as opened:
        return [_frame(opened, number) for number in range(getattr(opened, "n_frames", 1))]


def _frame(opened: Image.Image, number: int) -> bytes:
    opened.seek(number)
    return opened.convert("RGBA").tobytes()


@pytest.mark.parametrize("ending", [*PICTURES, *FILMS])
def test_nothing_of_what_was_told_is_published(ending: str) -> None:
    """A reader of bytes finds no name, place, device or number in what is published, whatever the format."""
    before = sample(ending)
    assert SECRET in before

    after = clean_data(before)

    assert [one for one in TELLING if one in after] == []
    assert clean_data(after) == after


@pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO")
@pytest.mark.parametrize(
    "data",
    [
        makers.jpeg(),
        makers.jpeg(progressive=True, quality=40),
        makers.jpeg(restart_marker_blocks=1),
        makers.written("JPEG", makers.image("CMYK")),
        makers.written("JPEG", makers.image("L"), comment=SECRET),
        makers.png(),
        makers.png(mode="RGBA"),
        makers.png(mode="P"),
        makers.png(mode="L"),
        makers.webp(),
        makers.webp(lossless=False),
        makers.webp(frames=3),
        makers.gif(),
        makers.avif(),
    ],
    ids="jpeg progressive restarts cmyk grey png transparent palette shades webp lossy moving gif avif".split(),
)
def test_pixels_are_the_same(data: bytes) -> None:
    """A picture is not encoded again: each pixel of each frame is as it was."""
    assert pixels(clean_data(data)) == pixels(data)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("make", [makers.jpeg, makers.png, makers.webp])
def test_a_picture_stays_turned(make: object, orientation: int) -> None:
    """How a camera was held is all that is kept of its facts."""
    after = clean_data(make(orientation))  # type: ignore[operator]

    with Image.open(io.BytesIO(after)) as opened:
        assert dict(opened.getexif()) == ({} if orientation == 1 else {0x0112: orientation})


def test_a_profile_of_colours_stays() -> None:
    """What colours mean belongs to the picture: each colour is turned into the same as before."""
    shade = Image.linear_gradient("L").convert("RGB")
    other = ImageCms.createProfile("LAB")
    for make in (makers.jpeg, makers.png, makers.webp, makers.avif):
        with Image.open(io.BytesIO(clean_data(make()))) as opened:
            profiles = [ImageCms.ImageCmsProfile(io.BytesIO(one)) for one in (makers.profile(), opened.info["icc_profile"])]
        before, after = (ImageCms.profileToProfile(shade, one, other, outputMode="LAB") for one in profiles)
        assert before and after and before.tobytes() == after.tobytes()


@pytest.mark.parametrize("ending", ["mp4", "mov", "m4a", "ogg", "opus", "ogv", "oga", "webm"])
def test_a_film_is_cleaned_in_place(ending: str) -> None:
    """Nothing moves in a film: it is as long as it was, and what is shown is where it was."""
    before = FILMS[ending]()
    after = clean_data(before)

    assert len(after) == len(before)
    for shown in (b"pixels", b"sound", b"config"):
        assert after.find(shown) == before.find(shown)


@pytest.mark.parametrize("ending", ["mp3", "flac", "wav"])
def test_sound_stays(ending: str) -> None:
    """What is heard is as it was."""
    sound = {"mp3": (b"\xff\xfb\x90\x64" + bytes(413)) * 4, "flac": b"\xff\xf8sound", "wav": b"data\4\0\0\0\1\2\3\4"}[ending]
    assert clean_data(FILMS[ending]()).endswith(sound)


def test_a_live_recording_is_cleaned() -> None:
    """A browser records WebM whose size it does not know."""
    after = clean_data(makers.webm(live=True))
    assert SECRET not in after
    assert after.count(b"pixels") == 2


def test_tracks_that_stand_last_are_cleaned() -> None:
    """What belongs to a track of words goes, also where the film says only later that it is one."""
    after = clean_data(makers.webm(is_late=True))
    assert SECRET not in after
    assert after.count(b"pixels") == 2


def test_facts_in_fragments_are_refused() -> None:
    """Places that lie in the fragments of a film cannot be found for certain."""
    with pytest.raises(DamagedFileError):
        clean_data(makers.film(fragmented=True))


def test_the_pages_of_ogg_have_right_sums() -> None:
    """Players drop a page whose sum is wrong: that of a blanked one is made anew (RFC 3533, 6)."""
    blanked = 0
    for rest in clean_data(makers.ogg()).split(b"OggS")[1:]:
        page = b"OggS" + rest
        if stated := int.from_bytes(page[22:26], "little"):
            blanked += 1
            register = 0
            for byte in page[:22] + bytes(4) + page[26:]:
                register ^= byte << 24
                for _ in range(8):
                    register = ((register << 1) ^ (0x04C11DB7 if register & 0x80000000 else 0)) & 0xFFFFFFFF
            assert register == stated
    assert blanked == 2


@cache
def sample(ending: str) -> bytes:
    """Return a file with facts, made once."""
    return {**PICTURES, **FILMS}[ending]()


@pytest.mark.parametrize("ending", [*PICTURES, *FILMS])
@settings(max_examples=20, deadline=None)
@given(cut=st.integers(0, 3000), at=st.integers(0, 2000), byte=st.integers(0, 255))
def test_a_broken_file_raises_one_error(ending: str, cut: int, at: int, byte: int) -> None:
    """Whatever is wrong in a file, it is cleaned or refused."""
    data = bytearray(sample(ending))
    data[at % len(data)] = byte
    for one in (bytes(data), bytes(data[:cut])):
        with suppress(DamagedFileError):
            clean_data(one)


def test_a_drawing_without_facts_stays_as_it_is() -> None:
    """Nothing is written anew where nothing is taken out."""
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Dijla</title>\n<path d="M0 0h9"/></svg>'
    assert clean_data(drawing) == drawing


@pytest.mark.parametrize(
    ("encoding", "begin", "end"),
    [
        ("UTF-7", "+ADwAIQBbAEMARABBAFQAQQBb-", "+AF0AXQA+-"),
        ("JAVA", r"\u003c![CDATA[", r"]]\u003e"),
    ],
)
def test_a_drawing_in_another_encoding_is_written_anew(encoding: str, begin: str, end: str) -> None:
    """What a browser could read as elements, since it knows another encoding, is published as the words that it is."""
    script = f"<desc>{begin}&lt;script>x()&lt;/script>{end}</desc>".replace("&lt;", "<")
    text = f'<?xml version="1.0" encoding="{encoding}"?><svg xmlns="http://www.w3.org/2000/svg">{script}</svg>'
    clean = clean_data(text.encode("ascii"))
    assert clean.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert b"<desc>&lt;script&gt;x()&lt;/script&gt;</desc>" in clean


def test_a_document_type_is_not_published() -> None:
    """The type of a document has no use in a picture, and may bring attributes of its own."""
    head = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    clean = clean_data(f'{head}<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>'.encode())
    assert clean.endswith(b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>')
    assert b"DOCTYPE" not in clean


def test_notes_in_styles_of_a_drawing_go() -> None:
    """What a comment of CSS tells is not published; what looks like one in a string stays."""
    css = 'a/* C:\\Users\\rojda */.b{content:"/* kept */"}'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><style>{css}</style><rect style="fill:red/* rojda */"/></svg>'
    clean = clean_data(drawing.encode())
    assert b"rojda" not in clean
    assert b'a/**/.b{content:"/* kept */"}' in clean


@pytest.mark.parametrize("name", [b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"cICP", b"acTL", b"IEND"])
def test_a_chunk_with_more_than_its_values_goes(name: bytes) -> None:
    """What shows has one size: words that stand in such a chunk of a PNG show nothing, and are not published."""
    plain = makers.written("PNG")
    at = plain.index(b"IDAT") - 4 if name != b"IEND" else plain.index(b"IEND") - 4
    chunk = len(SECRET).to_bytes(4) + name + SECRET + zlib.crc32(name + SECRET).to_bytes(4)
    clean = clean_data(plain[:at] + chunk + (plain[at:] if name != b"IEND" else b""))
    assert SECRET not in clean
    assert pixels(clean) == pixels(plain)
