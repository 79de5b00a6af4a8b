"""A preview is one file: unpacked anywhere, its pages open in a browser as on the site, and ask no server for anything."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from jisr.publishing.preview_archive import portable_files, write_archive
from tests import running
from tests.conftest import CLOCK, ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

OUTSIDE = ("http:", "https:", "mailto:", "tel:", "sgnl:", "#")
LEFT = "net::ERR_ABORTED"  # of what the page that was left had not yet loaded
STATEMENT = "statements/2012-first-bloggers-conference/index.html"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a preview of the sample site, unpacked from the archive of ``inv preview``."""
    made = tmp_path_factory.mktemp("made") / "preview"
    environment = running.clean_environment(SOURCE_DATE_EPOCH=CLOCK)
    done = running.inv("preview", "--output", str(made), "--say", "ar", folder=ROOT, environment=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "preview.zip" in done.stdout
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "مجلد جديد"
    with zipfile.ZipFile(made.with_name("preview.zip")) as archive:
        assert archive.testzip() is None
        archive.extractall(elsewhere)
    assert [one.name for one in elsewhere.iterdir()] == ["preview"]
    return elsewhere / "preview"


def test_every_link_names_a_file_of_the_preview(preview: Path) -> None:
    """No link of any page leads to a folder, to the root of a host, or to a file that was not packed."""
    lost = []
    for file in sorted(preview.rglob("*.html")):
        tree = LexborHTMLParser(file.read_text("utf-8"))
        for node in tree.css("a[href], img[src], script[src], link[rel=stylesheet], link[rel=icon], link[rel=preload]"):
            address = node.attributes.get("href") or node.attributes.get("src") or ""
            if not address.startswith(OUTSIDE) and not (file.parent / address.partition("#")[0]).is_file():
                lost.append((file.relative_to(preview).as_posix(), address))
    assert lost == []
    assert not list(preview.rglob("404.html"))


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """Return a tab that records its requests and errors as ``tab.said``."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("tag", ["ar", "ckb", "en"])
def test_a_preview_opens_from_disk_as_the_site(preview: Path, tab: Tab, tag: str) -> None:
    """Links lead to texts in other languages, styles and fonts are there, and no request leaves the disk."""
    asked: list[str] = []
    faults: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("requestfailed", lambda request: faults.append(request.url) if request.failure != LEFT else None)
    tab.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)

    tab.goto((preview / "index.html").as_uri())
    tab.click(f'main a[hreflang="{tag}"]')
    tab.goto((preview / tag / STATEMENT).as_uri())
    other = "ar" if tag != "ar" else "ckb"
    tab.click(f'a[hreflang="{other}"][href$="{STATEMENT}"]')

    assert tab.url == (preview / other / STATEMENT).as_uri()
    assert tab.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [other, "rtl"]
    assert tab.evaluate("document.fonts.ready.then(() => [...document.fonts].some((one) => one.status === 'loaded'))")
    assert "Vazirmatn" in tab.evaluate("getComputedStyle(document.body).fontFamily")
    assert faults == []
    assert {url.partition(":")[0] for url in asked} == {"file"}


def test_the_same_site_gives_the_same_archive(tmp_path: Path) -> None:
    """Neither times of files nor the order of a folder are in an archive: two of one site are equal, byte for byte."""
    folder = tmp_path / "preview"
    (folder / "ckb").mkdir(parents=True)
    archives = []
    for day in (1_000_000_000, 1_700_000_000):
        for path in ("ckb/index.html", "404.html", "a.css") if day % 3 else ("a.css", "ckb/index.html"):
            (folder / path).write_text("بەیان", "utf-8")
            os.utime(folder / path, (day, day))
        write_archive(tmp_path / "one.zip", folder, portable_files(folder))
        archives.append((tmp_path / "one.zip").read_bytes())
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["preview/a.css", "preview/ckb/index.html"]
    assert archives[0] == archives[1]
