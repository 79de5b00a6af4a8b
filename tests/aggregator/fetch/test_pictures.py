"""Pictures of posts: linked, or fetched and drawn anew, never shown from elsewhere."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from jisr.aggregator.model import CurationRule
from jisr.aggregator.store.images import download
from jisr.content.atomic_write import write_durably
from tests.aggregator.fetch import blogs as web
from tests.aggregator.fetch.blogs import Behave, Blogs, answer, feed
from tests.aggregator.fetch.network import Desks

pytestmark = pytest.mark.process  # feeds are read by processes of their own, as plugins/jisr/aggregator/README.md says

SECRET = b"33.3152N 44.3661E"


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), turned: int = 0, clear: bool = False) -> bytes:
    """Return a picture with what cameras and programs note."""
    file = io.BytesIO()
    drawn = Image.new("RGBA" if clear else "RGB", size, (200, 30, 30, 90) if clear else (200, 30, 30))
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()  # ImageDescription
    if turned:
        exif[0x0112] = turned  # Orientation
    drawn.save(file, form, exif=exif)
    return file.getvalue() + SECRET


def post(blogs: Blogs, *names: str) -> bytes:
    """Return a feed with one post that shows pictures."""
    shown = "".join(f'<p><img src="{blogs.url(name)}" alt="قارب (1) [x]"></p>' for name in names)
    return feed(1).replace(b"&lt;/p&gt;", b"&lt;/p&gt;" + shown.replace("<", "&lt;").encode(), 1) if names else feed(1)


def text(desks: Desks) -> str:
    """Return the one post that was written."""
    (data,) = (data for path, data in desks.posts().items() if path.endswith(".md"))
    return data.decode("utf-8")


def run(desks: Desks, pictures: bool = True) -> None:
    """Fetch everything, with pictures or without."""
    site_context = replace(desks.desk().site_context, fetch_pictures=pictures)
    desks.run(site_context=site_context)


def files(desks: Desks) -> dict[str, bytes]:
    """Return the pictures beside posts."""
    return {path: data for path, data in desks.posts().items() if not path.endswith((".md", ".yaml"))}


def test_as_shipped_pictures_are_links(desks: Desks, blogs: Blogs) -> None:
    """Nobody is asked for a picture unless a maintainer wants it."""
    blogs.at |= {"/feed": answer(post(blogs, "/a.jpg")), "/a.jpg": answer(picture(), Content_Type="image/jpeg")}
    desks.join("penus", "/feed")
    run(desks, pictures=False)

    assert f"[قارب (1) \\[x\\]]({blogs.url('/a.jpg')})" in text(desks)
    assert "![" not in text(desks)
    assert not blogs.requests("/a.jpg")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_drawn_anew(desks: Desks, blogs: Blogs, form: str) -> None:
    """What is kept has the picture's dots, and nothing of what was noted in or behind it; a second run changes nothing."""
    blogs.at |= {"/feed": answer(post(blogs, "/a")), "/a": answer(picture(form))}
    desks.join("penus", "/feed")
    run(desks)
    ((path, data),) = files(desks).items()
    name = path.rpartition("/")[2]

    assert f"![قارب (1) \\[x\\]]({name})" in text(desks)
    assert SECRET not in data
    with Image.open(io.BytesIO(data)) as drawn:
        assert (drawn.size, dict(drawn.getexif())) == ((60, 40), {})
    before = desks.posts()
    blogs.asked.clear()
    desks.later(days=1)
    run(desks)
    assert desks.posts() == before
    assert not blogs.requests("/a")


def test_a_picture_is_upright_and_no_larger_than_a_page(desks: Desks, blogs: Blogs) -> None:
    """A photograph of a phone that was held upright stays so without its note; a large one is made smaller."""
    blogs.at |= {"/feed": answer(post(blogs, "/a")), "/a": answer(picture(size=(3200, 1600), turned=6))}
    desks.join("penus", "/feed")
    run(desks)
    ((_, data),) = files(desks).items()

    with Image.open(io.BytesIO(data)) as drawn:
        assert drawn.size == (800, 1600)


def test_transparent_parts_stay(desks: Desks, blogs: Blogs) -> None:
    """A drawing that lets the page shine through is kept as PNG."""
    blogs.at |= {"/feed": answer(post(blogs, "/a")), "/a": answer(picture("PNG", clear=True))}
    desks.join("penus", "/feed")
    run(desks)

    assert [path.rpartition(".")[2] for path in files(desks)] == ["png"]


BOMB = picture("PNG", size=(9000, 9000))
BAD: dict[str, Behave] = {
    "no picture": answer(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Content_Type="image/svg+xml"),
    "a page": answer(b"<html>", Content_Type="image/jpeg"),
    "a dot": answer(picture(size=(1, 1))),
    "too many dots": answer(BOMB),
    "cut short": answer(picture()[:80]),
    "missing": answer(b"", status=404),
    "hanging": web.hang,
    "private": web.redirect("http://10.0.0.1/a.jpg"),
}


@pytest.mark.parametrize("bad", BAD)
def test_what_is_no_picture_is_linked(desks: Desks, blogs: Blogs, bad: str) -> None:
    """A picture that cannot be had costs neither its post nor other pictures."""
    blogs.at |= {"/feed": answer(post(blogs, "/bad", "/good")), "/bad": BAD[bad], "/good": answer(picture())}
    if bad == "hanging":
        desks.seconds = 2
    desks.join("penus", "/feed")
    run(desks)

    assert len(files(desks)) == 1
    assert f"\n[قارب (1) \\[x\\]]({blogs.url('/bad')})" in text(desks)
    assert "![قارب (1) \\[x\\]](source-" in text(desks)


def test_an_excerpt_has_no_pictures(desks: Desks, blogs: Blogs) -> None:
    """Where a member allows an excerpt alone, nothing of its pictures is kept."""
    blogs.at |= {"/feed": answer(post(blogs, "/a")), "/a": answer(picture())}
    desks.join("penus", "/feed", full_text=False)
    run(desks)

    assert files(desks) == {}
    assert not blogs.requests("/a")


def test_a_hidden_post_takes_its_pictures_along(desks: Desks, blogs: Blogs) -> None:
    """What was fetched for a post goes with it."""
    blogs.at |= {"/feed": answer(post(blogs, "/a")), "/a": answer(picture())}
    desks.join("penus", "/feed")
    run(desks)
    assert len(desks.posts()) == 2
    desks.sources[0] = replace(desks.sources[0], rules=(CurationRule("hide", "https://blog.example.org/2026/post-1/"),))
    desks.later(days=1)
    run(desks)

    assert desks.posts() == {}


LOOKS_LIKE_ONE = {
    "a link behind a mark": ('Look!<a href="{url}">here</a>', "Look\\![here]({url})"),
    "code": ("<code>![x]({url})</code>", "`![x]({url})`"),
    "a link with a picture": (
        '<a href="https://blog.example.org/">x <img src="{url}" alt="z"> y</a>',
        "[x z y](https://blog.example.org/)",
    ),
}


@pytest.mark.parametrize("what", LOOKS_LIKE_ONE)
def test_only_pictures_are_pictures(desks: Desks, blogs: Blogs, what: str) -> None:
    """What looks like a picture stays what it is, and a picture in a link that cannot be had is its words."""
    html, markdown = LOOKS_LIKE_ONE[what]
    url = blogs.url("/a.svg")
    escaped = html.format(url=url).replace("<", "&lt;").encode()
    blogs.at |= {"/feed": answer(feed(1).replace(b"&lt;/p&gt;", b" " + escaped + b"&lt;/p&gt;", 1))}
    desks.join("penus", "/feed")
    run(desks)

    assert markdown.format(url=url) in text(desks)
    assert len(blogs.requests("/a.svg")) == (what == "a link with a picture")


def test_a_deep_picture_keeps_its_greys(desks: Desks, blogs: Blogs) -> None:
    """A picture of 16 bits a dot is as dark as it was."""
    file = io.BytesIO()
    Image.new("I;16", (60, 40), 0x8000).save(file, "PNG")
    blogs.at |= {"/feed": answer(post(blogs, "/a")), "/a": answer(file.getvalue())}
    desks.join("penus", "/feed")
    run(desks)
    ((_, data),) = files(desks).items()

    with Image.open(io.BytesIO(data)) as drawn:
        assert drawn.convert("L").getpixel((30, 20)) == pytest.approx(128, abs=2)


def test_a_picture_that_is_no_longer_shown_goes(desks: Desks, blogs: Blogs) -> None:
    """Where a source shows another picture, the one before goes from beside its post; the post says when it changed."""
    blogs.at |= {"/feed": answer(post(blogs, "/a")), "/a": answer(picture()), "/b": answer(picture())}
    desks.join("penus", "/feed")
    run(desks)
    (before,) = files(desks)
    blogs.at["/feed"] = answer(post(blogs, "/b"))
    desks.later(days=1)
    run(desks)
    (after,) = files(desks)

    assert after != before
    assert after.rpartition("/")[2] in text(desks)
    assert "\nmodified: 2026-11-02" in text(desks)


def test_a_setting_changes_no_date(desks: Desks, blogs: Blogs) -> None:
    """Where it is we who show a post otherwise, it does not say that its source changed it."""
    blogs.at |= {"/feed": answer(post(blogs, "/a")), "/a": answer(picture())}
    desks.join("penus", "/feed")
    run(desks)
    desks.later(days=1)
    run(desks, pictures=False)

    assert files(desks) == {}
    assert f"[قارب (1) \\[x\\]]({blogs.url('/a')})" in text(desks)
    assert "modified" not in text(desks)


def test_an_editor_is_never_proposed_a_foreign_picture(desks: Desks, blogs: Blogs) -> None:
    """What is proposed for a post that an editor changed could be taken over as it is: its pictures are links."""
    blogs.at |= {"/feed": answer(post(blogs, "/a")), "/a": answer(picture()), "/b": answer(picture())}
    desks.join("penus", "/feed")
    run(desks)
    file = next((desks.root / "content" / "posts").rglob("*.md"))
    file.write_text(f"{file.read_text('utf-8')}\nOurs.\n", "utf-8")
    blogs.at["/feed"] = answer(post(blogs, "/b"))
    desks.later(days=1)
    run(desks)

    (asked,) = desks.last["penus"].review_items
    assert "](http" in asked.content
    assert "![" not in asked.content
    assert "Ours." in text(desks)
    assert len(files(desks)) == 1


def test_no_member_takes_the_pictures_of_others(desks: Desks, blogs: Blogs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a run has room for few pictures, members have their turn one after the other."""
    monkeypatch.setattr(download, "MAX_IMAGES_OF_RUN", 2)
    blogs.at |= {f"/{name}": answer(picture()) for name in ("a", "b", "c", "good")}
    blogs.at |= {
        "/many": answer(post(blogs, "/a", "/b", "/c")),
        "/few": answer(post(blogs, "/good").replace(b"/2026/", b"/x/")),
    }
    desks.join("many", "/many")
    desks.join("other", "/few")
    run(desks)

    assert sorted(path.partition("/")[0] for path in files(desks)) == ["many", "other"]


def test_a_killed_run_leaves_no_pictures_without_a_text(desks: Desks, blogs: Blogs, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new post comes with its pictures at once: they alone would end the build; the next run gives it its own name."""
    blogs.at |= {"/feed": answer(post(blogs, "/a")), "/a": answer(picture())}
    desks.join("penus", "/feed")
    with monkeypatch.context() as killed:
        killed.setattr("jisr.aggregator.store.post_writer.write_durably", _until("index.ar.md"))
        with pytest.raises(KeyboardInterrupt):
            run(desks)
    assert [path for path in desks.posts() if not path.startswith("penus/.")] == []
    run(desks)

    assert sorted(path.rpartition("/")[0] for path in desks.posts()) == ["penus/post-1"] * 2


def _until(name: str) -> Callable[[Path, bytes], None]:
    """Return what writes files until one of that name is to be written."""
    write = write_durably

    def end(file: Path, data: bytes) -> None:
        if file.name == name:
            raise KeyboardInterrupt
        write(file, data)

    return end
