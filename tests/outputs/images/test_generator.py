"""Pages show pictures in the widths there are, and play sound and films of their own; nothing asks another host."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from tests.build.conftest import WATER, Workplace, workplace_in
from tests.content.attachments import makers
from tests.outputs.images.test_drawer import busy
from tests.site.pages import Page, Site

__all__ = ["workplace_in"]
FOLDER = f"content/{WATER}"
BODY = """
![نهر في الربيع](photo.jpg "النهر عند الظهر")

![حديث](talk.mp3)

![](film.webm "فيلم اليوم")

![](https://www.youtube.com/watch?v=aB-1_x) ![نقاش](https://tube.example.org/w/kXn4ZNPAqL)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, workplace_in: Callable[[Path], Workplace]) -> Workplace:
    """Return a small site, built, whose statement shows a picture, sound and films."""
    made = workplace_in(tmp_path_factory.mktemp("media"))
    folder = made.folder / FOLDER
    busy().save(folder / "photo.jpg", quality=97, exif=makers.facts())
    busy((640, 360)).save(folder / "film.jpg", quality=97)
    Image.new("RGB", (300, 200), "navy").save(folder / "aB-1_x.png")
    (folder / "talk.mp3").write_bytes(makers.mp3())
    (folder / "film.webm").write_bytes(makers.webm())
    for name in ("talk.ar.txt", "talk.ckb.txt"):
        (folder / name).write_text("الكلام كله", "utf-8")
    for name in ("film.vtt", "film.ckb.vtt"):
        (folder / name).write_text("WEBVTT\n", "utf-8")
    text = made.text()
    head, _, body = text.read_text("utf-8").partition("\n---\n")
    text.write_text(f'{head}\ncover: {{file: photo.jpg, alt: "نهر", credit: "سارة"}}\n---\n{BODY}{body}', "utf-8")
    done = made.command("build")
    assert (done.returncode, done.stderr) == (0, "")
    return made


@pytest.fixture(scope="module")
def page(place: Workplace) -> Page:
    """Return the page of the statement."""
    return Page(f"ar/{WATER}index.html", LexborHTMLParser(place.page()))


def test_a_cover_comes_first_and_others_wait(page: Page) -> None:
    """The cover is loaded before all else, any other picture when a reader comes near; each has its sides and its words."""
    cover, *others = pictures = page.tree.css("main img")
    assert (cover.attributes["loading"], cover.attributes["fetchpriority"]) == ("eager", "high")
    assert {(one.attributes["loading"], one.attributes["decoding"]) for one in others} == {("lazy", "async")}
    sides = [(one.attributes["width"], one.attributes["height"]) for one in pictures]
    assert sides == [("560", "400"), ("560", "400"), ("300", "200")]
    assert [one.attributes["alt"] for one in pictures] == ["نهر", "نهر في الربيع", ""]
    assert page.one("main > article > figure.cover figcaption").text().split() == ["الصورة:", "سارة"]
    assert page.one(".prose figcaption").text() == "النهر عند الظهر"


def test_a_picture_is_there_in_several_widths(page: Page, place: Workplace) -> None:
    """Newer types come before the photo itself, each in its widths, and for those who save data the smallest; all are there."""
    first, *sources = page.tree.css("figure.cover source")
    assert (first.attributes["media"], sources[-1].attributes["type"]) == ("(prefers-reduced-data: reduce)", "image/webp")
    for source in (first, *sources):
        candidates = [one.split() for one in (source.attributes["srcset"] or "").split(",")]
        assert [width for _, width in candidates] == (["480w"] if source is first else ["480w", "560w"])
        assert source.attributes["sizes"]
        for url, width in candidates:
            with Image.open((place.output / page.path).parent / url) as picture:
                assert f"{picture.width}w" == width
    assert page.one("figure.cover img").attributes["src"] == f"../../../{WATER}photo.jpg"


def test_sound_and_films_are_played_with_their_words(page: Page, place: Workplace) -> None:
    """Nothing is loaded before a reader plays it; subtitles and transcripts of its name belong to it, with their languages."""
    assert '<audio controls preload="none" ' in place.page()
    assert '<video controls preload="none" ' in place.page()
    tracks = [(one.attributes["srclang"], "default" in one.attributes) for one in page.tree.css("track[kind=captions]")]
    assert tracks == [("ar", True), ("ckb", False)]
    links = [(one.text(), one.attributes.get("hreflang")) for one in page.tree.css("a.transcript")]
    assert links == [("النصّ المكتوب", None), ("النصّ المكتوب (الكردية (السورانية))", "ckb")]
    film = page.one("video").attributes
    assert (film["width"], film["height"], (film["poster"] or "").endswith(".webp")) == ("640", "360", True)


def test_a_film_of_another_host_is_a_link(page: Page) -> None:
    """It has the picture of its name where that lies beside the text; no frame, and nothing that asks its host."""
    films = page.tree.css("a.film")
    addresses = ["https://www.youtube.com/watch?v=aB-1_x", "https://tube.example.org/w/kXn4ZNPAqL"]
    assert [one.attributes["href"] for one in films] == addresses
    assert [len(one.css("img")) for one in films] == [1, 0]
    assert not page.tree.css("iframe, object, embed")
    loaded = [value for name in ("src", "srcset", "poster") for value in page.values(f"[{name}]", name)]
    assert loaded
    assert not [one for one in loaded if "//" in one]


def test_no_published_picture_says_where_and_by_whom(place: Workplace) -> None:
    """No file of the output has a place, a device or a name."""
    files = place.files()
    assert sum(path.startswith("theme/pictures/") for path in files) >= 4
    assert [path for path, data in files.items() if makers.SECRET in data] == []


def test_a_second_build_draws_nothing(place: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another output folder takes all from what is kept, and is the same."""
    folder = place.folder / ".cache" / "pictures"
    kept = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    monkeypatch.setattr("jisr.outputs.images.drawer.draw_picture", lambda *_: pytest.fail("drawn again"))
    assert place.command("build", "--output", str(tmp_path / "out")).returncode == 0
    assert place.files(tmp_path / "out") == place.files()
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == kept


def test_what_is_shared_is_light(site: Site) -> None:
    """The picture of a shared page is at most 1,200 pixels wide and 300 KB, and its sides, type and words are said."""
    covers = [page for page in site.pages.values() if page.tree.css("figure.cover img[loading=eager]")]
    assert {page.language for page in covers} >= {"en", "ar", "ckb", "kmr", "fr"} or site.folder.name != "output"
    for page in covers:
        names = ("", ":width", ":height", ":type", ":alt")
        url, width, height, kind, alt = (page.one(f'meta[property="og:image{name}"]').attributes["content"] for name in names)
        file = site.folder / str(url).removeprefix(f"{site.address}/")
        with Image.open(file) as picture:
            assert (str(picture.width), str(picture.height)) == (width, height)
            assert picture.width <= 1200
            assert f"image/{(picture.format or '').lower()}" == kind
        assert file.stat().st_size <= 300_000
        assert alt


@pytest.mark.process  # a process that imports nothing of Pillow
@pytest.mark.thorough
def test_without_pillow_pictures_go_out_as_they_are(place: Workplace, tmp_path: Path) -> None:
    """A machine without Pillow shows the photo with its sides, and warns of one that is heavy."""
    folder = tmp_path / "network"
    shutil.copytree(place.folder, folder, ignore=shutil.ignore_patterns(".cache", "output"))
    other = Workplace(folder)
    Image.effect_noise((1400, 900), 90).convert("RGB").save(folder / FOLDER / "photo.jpg", quality=97)
    other.state('import sys\nsys.modules["PIL"] = None')
    done = other.command("build")
    assert (done.returncode, done.stderr.count("warning[picture]")) == (0, 1), done.stderr
    assert 'photo.jpg:1:1: warning[picture]: "photo.jpg" has ' in done.stderr
    assert 'width="1400" height="900" loading="eager"' in other.page()
    assert "og:image" not in other.page()
