"""Addresses of pages and files, and links between them from any base path."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

import pytest

from jisr.core.urls import paths
from jisr.core.urls.content_policies import FILM_ENDINGS
from jisr.core.urls.file_names import FILE_TYPES
from jisr.core.urls.media_endings import MEDIA

PLACES = ["", "404.html", "ar/", "ar/404.html", "ckb/statements/", "ckb/statements/page/2/", "ar/posts/dijla/بيان/"]


@pytest.mark.parametrize("from_disk", [False, True])
@pytest.mark.parametrize("target", PLACES)
@pytest.mark.parametrize("origin", PLACES)
def test_a_link_leads_where_it_should_from_everywhere(origin: str, target: str, from_disk: bool) -> None:
    """A link, followed as a browser follows it, ends at the address, also below a folder the site knows nothing of."""
    link = paths.relative_url(origin, target + "#r5", from_disk)

    way, _, anchor = unquote(link).partition("#")
    reached = posixpath.normpath(posixpath.join("/base", posixpath.dirname(paths.output_path(origin)), way))
    expected = paths.output_path(target) if from_disk or not target.endswith("/") else target
    if target == "" and not from_disk:
        expected = ""
    assert reached == posixpath.normpath(posixpath.join("/base", expected))
    assert anchor == "r5"
    assert not link.startswith("/")
    assert way.endswith(("/", ".html"))


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("", "https://example.org/sub/"),
        ("ar/#r5", "https://example.org/sub/ar/#r5"),
        ("statements/x/صورة 1.jpg", "https://example.org/sub/statements/x/%D8%B5%D9%88%D8%B1%D8%A9%201.jpg"),
        ("statements/x/100%.pdf", "https://example.org/sub/statements/x/100%25.pdf"),
    ],
)
def test_an_absolute_address_is_a_valid_url(address: str, url: str) -> None:
    """What is no ASCII is percent-encoded, and the base path of the site stays."""
    assert paths.absolute_url("https://example.org/sub", address) == url


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/2012/02/x/", "2012/02/x/"),
        ("/2012/02/x", "2012/02/x/"),
        ("/old.html", "old.html"),
        ("/index.php", "index.php"),
        ("/x/index.html", "x/"),
        ("/index.html", ""),
        ("/%D8%A8%D9%8A%D8%A7%D9%86/", "بيان/"),
        ("/v1.2/notes", "v1.2/notes/"),
    ],
)
def test_an_old_path_is_found_as_servers_look_for_it(path: str, address: str) -> None:
    """Decoded, as a folder where its last step names no file; a named index is its folder."""
    assert paths.legacy_address(path) == address


@pytest.mark.parametrize(
    ("kind", "identity", "address"),
    [
        ("pages", "about", "ar/about/"),
        ("posts", "dijla/mapping", "ar/posts/dijla/mapping/"),
        ("statements", "2012-x", "ar/statements/2012-x/"),
        ("members", "insm", "ar/members/insm/"),
    ],
)
def test_a_text_has_the_address_it_was_promised(kind: str, identity: str, address: str) -> None:
    """Pages stand directly below the language, everything else below its kind."""
    assert paths.text("ar", kind, identity) == address


def test_there_is_one_list_of_endings() -> None:
    """What lies beside texts, is played or is offered as an enclosure is of the endings that all of the program knows."""
    known = {"JPEG", "PNG", "WebP", "AVIF", "GIF", "SVG", "PDF", "MP3", "MP4", "Ogg", "WebM", "WAV", "FLAC", "Office", "RTF"}
    admitted = {ending for ending, kind in FILE_TYPES.items() if kind in known}
    assert admitted | set(FILM_ENDINGS) <= set(MEDIA)
    assert len(set(MEDIA)) == len(MEDIA)
