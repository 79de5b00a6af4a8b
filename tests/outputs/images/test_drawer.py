"""Smaller pictures are drawn as they are seen, light, without facts, once; and nothing else in their folder is published."""

from __future__ import annotations

import io
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw

from jisr.content.attachments.cleaner import clean_data
from jisr.content.attachments.picture_facts import image_size, read_picture
from jisr.content.drawing_cache import DrawingCache
from jisr.core.model.pictures import SHARED_SIZE, DrawnPicture, DrawnSet, PictureFile
from jisr.outputs.images import drawer
from jisr.outputs.images.drawer import KEPT_ENDINGS, Drawer, is_drawing
from jisr.outputs.images.encoder import MOST_BYTES
from tests.content.attachments import makers

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

Drawn = tuple[Path, tuple[DrawnSet, dict[DrawnPicture, bytes]]]
TALL, WIDE = (400, 560), (560, 400)


def thorough(value: str) -> ParameterSet:
    """Return a parameter of a test that is not run each time."""
    return pytest.param(value, marks=pytest.mark.thorough)


def busy(size: tuple[int, int] = WIDE, mode: str = "RGB") -> Image.Image:
    """Return a picture with much to see: red at the top, blue at the bottom."""
    picture = Image.effect_noise(size, 30).convert("RGB")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, size[0], size[1] // 4), (200, 0, 0))
    draw.rectangle((0, size[1] * 3 // 4, size[0], size[1]), (0, 0, 200))
    return picture.convert(mode)


def kept(path: Path, picture: Image.Image, **options: Any) -> Path:
    """Write a picture to a file, and return that."""
    picture.save(path, **options)
    return path


def a_drawer(folder: Path) -> Drawer:
    """Return a drawer that keeps what it draws in a folder, as one build has it."""
    return Drawer(DrawingCache(folder, datetime.now(UTC), is_drawing, KEPT_ENDINGS))


def known(file: Path) -> PictureFile:
    """Return what is known of a picture."""
    picture = read_picture(file)
    assert picture is not None
    return picture


def drawn_by(one: Drawer, file: Path) -> tuple[DrawnSet, dict[DrawnPicture, bytes]]:
    """Return what is drawn of a picture, with its bytes."""
    (found,) = one([(str(file), known(file))])
    assert found is not None
    shown = (*found.shown, *filter(None, [found.shared]))
    return found, {picture: one.read(str(file), known(file), picture) for picture in shown}


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a photo with a place, a device and an owner."""
    return kept(tmp_path_factory.mktemp("photo") / "photo.jpg", busy(), quality=97, exif=makers.facts())


@pytest.fixture(scope="module")
def drawn(photo: Path, tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    """Return a folder in which all is kept that is drawn of the photo, and that."""
    folder = tmp_path_factory.mktemp("kept")
    return folder, drawn_by(a_drawer(folder), photo)


def test_pictures_are_light_and_say_nothing(photo: Path, drawn: Drawn) -> None:
    """All that is drawn has the sides that are stated, few bytes, and no place, device or name, whatever the photo has."""
    found, data = drawn[1]
    assert makers.SECRET in photo.read_bytes()
    assert [one.width for one in found.shown if one.type == "image/webp"] == [480, 560]
    assert found.shared is None  # the photo is light enough to be shared
    for picture, one in data.items():
        assert image_size(one) == (picture.width, picture.height)
        assert len(one) == picture.size <= MOST_BYTES[480 if picture.width == 480 else 1000]
        assert makers.SECRET not in one
        assert clean_data(one) == one
        assert not Image.open(io.BytesIO(one)).getexif()


@pytest.mark.parametrize(("orientation", "ending"), [(6, "jpg"), (8, "png"), (3, "webp")])
def test_a_turned_picture_is_drawn_as_it_is_seen(orientation: int, ending: str, tmp_path: Path) -> None:
    """A phone turns no pixels but says how the picture is held: its sides and what is drawn are those that are seen."""
    turned = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    stored = busy(TALL).transpose(turned[orientation])
    file = kept(tmp_path / f"phone.{ending}", stored, quality=90, exif=makers.facts(orientation))
    assert (known(file).width, known(file).height) == TALL
    _, data = drawn_by(a_drawer(tmp_path / "kept"), file)
    for drawn in data.values():
        seen = Image.open(io.BytesIO(drawn)).convert("RGB")
        red, blue = (seen.getpixel((seen.width // 2, y)) for y in (10, seen.height - 10))
        assert isinstance(red, tuple)
        assert isinstance(blue, tuple)
        assert red[0] > 150 > red[2]
        assert blue[2] > 150 > blue[0]


@pytest.mark.parametrize("mode", ["RGBA", "CMYK", *map(thorough, ("L", "P", "I;16", "LA"))])
def test_every_kind_of_pixels_is_drawn(mode: str, tmp_path: Path) -> None:
    """Grey, colours of a table, transparent, for print, deep: each becomes pictures, and what shows through stays so."""
    stored = busy().convert("I;16") if mode == "I;16" else busy(mode=mode)
    if mode in ("RGBA", "LA"):
        stored.putalpha(40)
    file = kept(tmp_path / ("one.jpg" if mode == "CMYK" else "one.png"), stored)
    found, data = drawn_by(a_drawer(tmp_path / "kept"), file)
    webp = next(data[one] for one in found.shown if one.type == "image/webp")
    if found.shared:
        assert (found.shared.type, found.shared.size <= SHARED_SIZE) == ("image/jpeg", True)
    assert Image.open(io.BytesIO(webp)).has_transparency_data == (mode in ("RGBA", "LA"))


def test_what_moves_and_drawings_stay(tmp_path: Path) -> None:
    """Nothing is drawn of an animation, which would stand still, nor of SVG, nor of a picture that is light already."""
    frames = [busy(), busy().rotate(90)]
    kept(tmp_path / "a.gif", frames[0], save_all=True, append_images=frames[1:])
    kept(tmp_path / "a.png", frames[0], save_all=True, append_images=frames[1:])
    kept(tmp_path / "a.webp", frames[0], save_all=True, append_images=frames[1:])
    (tmp_path / "b.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 36"/>' + " " * 40_000, "utf-8")
    kept(tmp_path / "c.jpg", Image.new("RGB", WIDE))
    files = sorted(tmp_path.iterdir())
    assert [(known(one).width, known(one).height) for one in files] == [WIDE, WIDE, WIDE, (72, 36), WIDE]
    assert list(a_drawer(tmp_path / "kept")([(str(one), known(one)) for one in files])) == [DrawnSet()] * 5


def test_nothing_is_drawn_twice(photo: Path, drawn: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later build takes what is kept, also of the same photo under another name."""
    monkeypatch.setattr(drawer, "draw_picture", lambda *_: pytest.fail("drawn again"))
    other = tmp_path / "other.jpg"
    other.write_bytes(photo.read_bytes())
    assert drawn_by(a_drawer(drawn[0]), other) == drawn[1]


@pytest.mark.parametrize("harm", ["swapped", "list", *map(thorough, ("script", "cut", "facts", "gone", "link"))])
def test_a_forged_file_is_not_published(harm: str, photo: Path, drawn: Drawn, tmp_path: Path) -> None:
    """What was not drawn of a photo, whatever its name says, is drawn again in its place, with the same bytes."""
    folder = tmp_path / "kept"
    shutil.copytree(drawn[0], folder)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    webps = sorted(folder.glob("*.webp"))
    one, (listed,) = webps[0], folder.glob("*.txt")
    if harm == "script":
        one.write_bytes(b"<script>alert(1)</script>")
    elif harm == "cut":
        one.write_bytes(one.read_bytes()[:500])
    elif harm == "swapped":
        one.write_bytes(webps[1].read_bytes())
    elif harm == "gone":
        one.unlink()
    elif harm == "link":
        one.unlink()
        one.symlink_to(photo)
    elif harm == "list":  # whoever knows how names are made cannot publish what the drawer would not write
        a_drawer(folder).cache.put(listed.name[:32], b"image/webp 9 9 9 0123456789", "txt")
    else:
        a_drawer(folder).cache.put(one.name[:32], makers.webp(), "webp")
    assert drawn_by(a_drawer(folder), photo) == drawn[1]
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_folder_that_cannot_be_written_costs_time_only(photo: Path, drawn: Drawn, tmp_path: Path) -> None:
    """Without a place to keep them the pictures are the same."""
    (tmp_path / "none").touch()
    assert drawn_by(a_drawer(tmp_path / "none"), photo) == drawn[1]


def test_a_damaged_picture_is_told(photo: Path, tmp_path: Path) -> None:
    """A photo that ends in the middle is not drawn, which is known of it."""
    file = tmp_path / "cut.jpg"
    file.write_bytes(photo.read_bytes()[:30_000])
    one = a_drawer(tmp_path / "kept")
    assert list(one([(str(file), known(file))])) == [DrawnSet(is_unreadable=True)]
