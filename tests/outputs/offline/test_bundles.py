"""What readers take away: archives, books and single pages of the sample site."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from jisr.build.guarded_run import run_with_settings
from jisr.build.options import Options
from jisr.build.pelican_run import Jisr
from jisr.core.build.build_context import BuildContext
from jisr.core.model.site import BUNDLE_FORMS
from jisr.outputs.offline.bundle_command import has_zim, write_forms
from jisr.outputs.offline.bundles.page_links import list_links, parse_link, replace_links
from jisr.outputs.offline.bundles.single_page import render_single_page
from jisr.outputs.offline.bundles.zip_bundle import REMOVED_LIST
from tests.build.conftest import WATER, Workplace, workplace, workplace_in
from tests.conftest import CLOCK, ROOT, lacking
from tests.site.pages import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["workplace", "workplace_in"]
TAGS = ("ckb", "kmr")
BOTH = pytest.mark.parametrize("language", TAGS)
BLOGGERS = "statements/2012-first-bloggers-conference"


@pytest.fixture(scope="module")
def sample(site: Site) -> BuildContext:
    """Return what the built sample site was made from."""
    read: list[BuildContext] = []

    def work(settings: dict[str, Any]) -> int:
        read.append(Jisr(settings).read())
        return 0

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("SOURCE_DATE_EPOCH", CLOCK)
        run_with_settings(Options(siteurl=site.address), {}, work)
    return read[0]


@pytest.fixture(scope="module")
def bundles(site: Site, sample: BuildContext, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bundles of the sample site, in one language of each direction."""
    target = tmp_path_factory.mktemp("bundles")
    for tag in TAGS:
        list(write_forms(sample, sample.site.languages[tag], site.folder, target, BUNDLE_FORMS[: 3 if has_zim() else 2]))
    return target


def contents(file: Path) -> dict[str, bytes]:
    """Return the files of an archive."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def apply_delta(old: dict[str, bytes], delta: dict[str, bytes]) -> dict[str, bytes]:
    """Do what the handbook says: write the files of the difference over the old ones, then delete what the list names."""
    new = old | delta
    for name in new[REMOVED_LIST].decode().splitlines():
        del new[name]
    return new


@BOTH
def test_each_language_has_its_bundles(bundles: Path, language: str) -> None:
    """A ZIP with the home of the language, and a book; the archive for Kiwix where its library is."""
    assert {one.name for one in bundles.iterdir()} >= {f"{language}.zip", f"{language}.epub"}
    files = contents(bundles / f"{language}.zip")
    assert {"index.html", f"{language}/index.html", f"{language}/search/index.html"} <= files.keys()
    others = {"en", "ar", "ckb", "kmr", "fr"} - {language}
    assert not [name for name in files if name.split("/")[0] in others]


@BOTH
def test_every_link_of_a_bundle_is_in_it_or_whole(bundles: Path, language: str) -> None:
    """Nothing in the ZIP leads to a file that is not in it, and folders are named by their index.html: a disk has no server."""
    files = contents(bundles / f"{language}.zip")
    pages = {name: data.decode() for name, data in files.items() if name.endswith(".html")}
    links = [(name, link.path) for name, html in pages.items() for link in list_links(name, html)]
    assert len(links) > 300
    assert [one for one in links if one[1] not in files] == []
    assert not [name for name, html in pages.items() if re.search(r'href="(?![a-z]+:)[^"#]*/["#]', html)]


def test_two_runs_give_the_same_bytes(bundles: Path, site: Site, sample: BuildContext, tmp_path: Path) -> None:
    """ZIP and EPUB are equal byte for byte, and so are the entries of the ZIM."""
    for file in write_forms(sample, sample.site.languages["ckb"], site.folder, tmp_path, BUNDLE_FORMS[: 3 if has_zim() else 2]):
        if file.suffix == ".zim":
            assert zim_entries(file) == zim_entries(bundles / file.name)
        else:
            assert file.read_bytes() == (bundles / file.name).read_bytes(), file.name


def zim_entries(file: Path) -> dict[str, bytes]:
    """Return the entries of an archive of Kiwix, without the index of its words."""
    archive = pytest.importorskip("libzim.reader").Archive(file)
    entries = (archive._get_entry_by_id(number) for number in range(archive.entry_count))
    return {one.path: bytes(one.get_item().content) for one in entries if not one.is_redirect}


def test_kiwix_finds_words_in_the_archive(bundles: Path) -> None:
    """The ZIM opens at the home of its language, and its full-text search finds a text."""
    reader, search = pytest.importorskip("libzim.reader"), pytest.importorskip("libzim.search")
    archive = reader.Archive(bundles / "ckb.zim")
    assert archive.main_entry.get_item().path == "ckb/index.html"
    found = search.Searcher(archive).search(search.Query().set_query("بلۆگنووسانی")).getResults(0, 5)
    assert f"ckb/{BLOGGERS}/index.html" in list(found)


def test_a_book_has_its_contents_by_kind_and_year(bundles: Path) -> None:
    """The contents name kinds, years and texts; from right to left, so do the pages."""
    files = contents(bundles / "ckb.epub")
    assert next(iter(files)) == "mimetype"
    package = files["book/package.opf"].decode()
    assert 'page-progression-direction="rtl"' in package
    assert 'page-progression-direction="ltr"' in contents(bundles / "kmr.epub")["book/package.opf"].decode()
    (kind,) = re.findall(r"بەیاننامەکان</span>.*?\n</ol>\n</li>\n</ol>", files["book/contents.xhtml"].decode(), re.DOTALL)
    assert re.search(r'<li><span>2012</span>\s<ol>\s<li><a href="statements-2012-first', kind)
    for name, data in files.items():
        if name.endswith((".xhtml", ".opf")):
            ElementTree.fromstring(data)


def book_links(files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Return the links of the pages of a book to its own files."""
    for name, data in files.items():
        if name.endswith(".xhtml"):
            for link in list_links(name, data.decode()):
                yield name, link.path


@BOTH
def test_links_of_a_book_lead_to_its_files(bundles: Path, language: str) -> None:
    """A text leads to another text of the book, else to the site."""
    files = contents(bundles / f"{language}.epub")
    links = list(book_links(files))
    assert len(links) > 50
    assert [one for one in links if one[1] not in files] == []


@BOTH
@pytest.mark.thorough
@pytest.mark.process  # a program of others, in Java
def test_books_keep_to_their_standard(bundles: Path, language: str) -> None:
    """EPUBCheck finds nothing wrong."""
    program = shutil.which("epubcheck")
    if program is None or shutil.which("java") is None:
        lacking("epubcheck")
    command = ["java", "-jar", program, str(bundles / f"{language}.epub")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("tag", ["en", "ar", "ckb"])
def test_a_text_is_one_file_with_its_pictures(site: Site, tag: str) -> None:
    """A single page loads nothing, in any language of the text; its links are whole."""
    html = render_single_page(f"{tag}/{BLOGGERS}/index.html", site.folder, site.address)
    assert not re.search(r'<(?:link[^>]* rel="(?:stylesheet|icon|manifest)"|script(?! type="application/ld))', html)
    assert not re.search(r'\ssrc="(?!data:)', html)
    assert "url(" not in html.partition("<style>")[2].partition("</style>")[0].replace("url(data:", "")
    assert list(list_links("x.html", html)) == []
    assert 'id="r5"' in html


def bundle(place: Workplace, folder: Path, *options: str) -> list[str]:
    """Write bundles of a small site into a folder, and return their names."""
    done = place.inv("bundle", "--output", str(folder), *options)
    assert (done.returncode, done.stderr) == (0, "")
    return [Path(line).name for line in done.stdout.splitlines() if line.startswith(str(folder))]


def test_a_bundle_and_the_difference_are_the_new_bundle(workplace: Workplace, tmp_path: Path) -> None:
    """After a text changed and one went, old ZIP and difference have the files of the new one, and no word of what went."""
    folder = workplace.folder / "content" / "statements"
    for name, field in (("2026-gone", "modified: 2026-03-02"), ("2026-hidden", "status: hidden")):
        (folder / name).mkdir(parents=True)
        words = f"---\ntitle: خبر\ndate: 2026-03-01\n{field}\n---\n\nكلمات {name}.\n"
        (folder / name / "index.ar.md").write_text(words, "utf-8")
    bundle(workplace, tmp_path / "old")
    old = contents(tmp_path / "old" / "ar.zip")
    assert "ar/statements/2026-gone/index.html" in old
    assert not [name for name, data in old.items() if b"2026-hidden" in data]

    shutil.rmtree(folder / "2026-gone")
    text = workplace.text("ar")
    text.write_text(f"{text.read_text('utf-8')}\nفقرة جديدة.\n", "utf-8")
    names = bundle(workplace, tmp_path / "new", "--since", str(tmp_path / "old" / "ar.zip"))
    assert {"ar.zip", "ar.delta.zip"} <= set(names)
    assert not [one for one in names if one.startswith("ckb")]
    new, delta = contents(tmp_path / "new" / "ar.zip"), contents(tmp_path / "new" / "ar.delta.zip")
    assert apply_delta(old, delta) == new
    assert f"ar/{WATER}index.html" in delta
    assert "ar/verify/index.html" not in delta
    assert not [name for name, data in (new | delta).items() if "كلمات 2026-gone".encode() in data]


def test_a_text_that_is_named_is_written_in_each_of_its_languages(workplace: Workplace, tmp_path: Path) -> None:
    """A folder gives all versions, a file its own, and what is no text is a message."""
    assert bundle(workplace, tmp_path / "all", "--page", WATER) == ["2026-water.ar.html", "2026-water.ckb.html"]
    done = workplace.inv("bundle", "--page", "statements/none")
    assert done.stderr.startswith("statements/none:1:1: error[bundle]: ")


@pytest.mark.parametrize("path", ["nowhere.zip", "network.py"])
def test_what_is_no_bundle_is_told(workplace: Workplace, path: str) -> None:
    """An earlier bundle that cannot be read, or is none, is a message with its path."""
    done = workplace.inv("bundle", "--since", path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{path}:1:1: error[bundle]: ")


def test_links_are_replaced_where_they_are_links() -> None:
    """Words that look like a link stay; queries, fragments, folders and addresses of other hosts are kept apart."""
    html = '<p>href="../x/"</p><a href="../x/#p2">x</a><a href="https://a.example/">y</a><img src="/f%20g.jpg" srcset="f 2x">'
    made = replace_links("ar/y/index.html", html, lambda link: f"[{link.path}{link.fragment}]")
    assert made == (
        '<p>href="../x/"</p><a href="[ar/x/index.html#p2]">x</a><a href="https://a.example/">y</a><img src="[f g.jpg]">'
    )
    assert parse_link("ar/index.html", "./") == parse_link("ar/x/index.html", "..")


@pytest.mark.thorough  # publishes
def test_publishing_offers_what_is_taken_away(workplace: Workplace) -> None:
    """The page on it has sizes and checksums of the files that are there, its copy in a bundle none; no ledger has them."""
    workplace.state('BUNDLES = ("zip", "epub")\nCHECK_HTML = False')
    done = workplace.inv("publish")
    assert done.returncode == 0, done.stderr
    files = workplace.files()
    page = files["ckb/offline/index.html"].decode()
    for form in ("zip", "epub"):
        assert f'href="../../bundles/ckb.{form}"' in page
        assert hashlib.sha256(files[f"bundles/ckb.{form}"]).hexdigest() in page
    copy = contents(workplace.output / "bundles" / "ckb.zip")["ckb/offline/index.html"].decode()
    assert "bundles/" not in copy
    ledger = (workplace.folder / "published.txt").read_text("utf-8")
    assert "/ckb/offline/" in ledger
    assert "bundles" not in ledger
    assert "  bundles/ckb.zip" in files["SHA256SUMS"].decode()


@pytest.mark.costly
def test_a_bundle_from_a_disk_searches(browser: Browser, bundles: Path, tmp_path: Path) -> None:
    """Opened from its folder, without a network, the ZIP finds a word as another keyboard types it, and opens the text."""
    with zipfile.ZipFile(bundles / "ckb.zip") as archive:
        archive.extractall(tmp_path)
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    page.wait_for_url("**/ckb/index.html")
    page.locator("input[type=search]").fill("بلۆگنوس")
    page.locator("input[type=search]").press("Enter")
    page.locator(".findings h3 a").first.click()
    page.wait_for_url("**/2012-first-bloggers-conference/index.html")
    assert page.locator("html").get_attribute("dir") == "rtl"
    context.close()
