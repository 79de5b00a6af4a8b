"""A page comes quickly over a slow line: what it weighs is counted, and a page that weighs too much is told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import brotli
import pytest

from jisr.build.console.message_languages import create_formatter
from jisr.core.diagnostics.message_formatter import ENGLISH
from jisr.core.diagnostics.problems import ProblemsError, SourceLocation
from jisr.publishing.checks.page_weight import (
    FIRST_LOAD,
    KILOBYTE,
    PageWeight,
    check_weight,
    format_weights,
    print_weights,
    weigh_pages,
)
from pelicanconf import LANGUAGES
from tests.site.pages import Site
from tests.site.visits import Visit, samples

BYTES_A_SECOND, LATENCY = 50_000 / 8, 0.4
PACKET, HEADERS, LARGEST_PICTURE = 1460, 200, 28 * KILOBYTE
STEP = 0.005  # seconds
HOMES = tuple(f"{tag}/index.html" for tag in LANGUAGES)


@pytest.fixture(scope="module")
def weighed(site: Site) -> list[PageWeight]:
    """Return what the pages of the built site weigh."""
    return weigh_pages(site.folder)


@pytest.fixture
def heavy(site: Site, tmp_path: Path) -> Path:
    """Return a folder with a page of a text and all that it needs, to be made too heavy."""
    shutil.copytree(site.folder / "theme", tmp_path / "theme")
    shutil.copy2(site.folder / "index.html", tmp_path)
    text = max((page for page in site.pages.values() if page.tree.css("main > article")), key=lambda page: len(page.path))
    (tmp_path / "ckb" / "text").mkdir(parents=True)
    html = (site.folder / text.path).read_text("utf-8")
    depth = "../" * text.path.count("/")
    (tmp_path / "ckb/text/index.html").write_text(html.replace(f'"{depth}theme/', '"../../theme/'), "utf-8")
    return tmp_path


def changed(folder: Path, old: str, new: str) -> list[str]:
    """Return the problems of the page of a folder after a change, in one line each."""
    file = folder / "ckb/text/index.html"
    html = file.read_text("utf-8")
    assert old in html
    file.write_text(html.replace(old, new, 1), "utf-8")
    return [str(problem) for one in weigh_pages(folder) for problem in check_weight(one)]


def test_no_page_is_too_heavy(weighed: list[PageWeight], site: Site) -> None:
    """Every page of a text needs at most 14 KB of HTML and styles, no script, no other host; its fonts are small."""
    assert {one.path for one in weighed} == set(site.pages)
    assert [str(problem) for one in weighed for problem in check_weight(one)] == []
    assert {one.path for one in weighed if one.is_text} >= {path for path in site.pages if path.count("/") == 4}
    assert all(one.html and one.styles for one in weighed if not site.pages[one.path].is_redirect)


def test_the_first_words_come_within_three_seconds(weighed: list[PageWeight]) -> None:
    """At 50 kbit/s, with 0.4 seconds for each of two answers, HTML and styles of the home and of a text are there in three."""
    first = [one for one in weighed if one.is_text or one.path in HOMES]
    assert [one.path for one in first if 2 * 0.4 + (one.html + one.styles) * 8 / 50_000 > 3 and "/with/" not in one.path] == []


def seconds_to_words(html: int, cover: int, styles: Iterable[int]) -> float:
    """Return when styles and the HTML before the picture (``cover`` bytes) are there if all that is under way shares the line.

    A browser asks for styles when the first packet has come, for the picture when the HTML before it has.
    """
    left, begins = {"html": float(html)}, {"html": LATENCY}
    waits = {**{f"style {number}": (PACKET, size) for number, size in enumerate(styles)}, "picture": (cover, LARGEST_PICTURE)}
    now = 0.0
    while left["html"] > html - cover or any(
        left.get(name, size) > 0 for name, (_, size) in waits.items() if name != "picture"
    ):
        for name, (after, size) in waits.items():
            if name not in left and html - left["html"] >= min(after, html):
                left[name], begins[name] = size, now + LATENCY
        sent = [name for name, size in left.items() if size > 0 and begins[name] <= now]
        for name in sent:
            left[name] -= BYTES_A_SECOND * STEP / len(sent)
        now += STEP
    return now


def compressed(data: str | bytes) -> int:
    """Return how many bytes of a file come over the line, with the lines that a server says of it."""
    return len(brotli.compress(data.encode() if isinstance(data, str) else data)) + HEADERS


def test_a_cover_does_not_keep_words_back(site: Site) -> None:
    """At 50 kbit/s, with 0.4 seconds for each answer, words of a text come in three, though a cover comes with its styles."""
    covered = {
        path: page for path, page in site.pages.items() if page.tree.css_first(".sheet > .cover") and "/with/" not in path
    }
    assert len(covered) > 10
    sheets = {file.name: compressed(file.read_bytes()) for file in (site.folder / "theme").glob("*.css")}
    late = {}
    for path, page in covered.items():
        html = (site.folder / path).read_text("utf-8")
        linked = [sheets[(one.attributes["href"] or "").rpartition("/")[2]] for one in page.tree.css('link[rel="stylesheet"]')]
        late[path] = seconds_to_words(compressed(html), compressed(html.partition("<picture")[0]), linked)
    assert {path: seconds for path, seconds in late.items() if seconds > 3} == {}


def test_a_browser_loads_what_was_counted(visit: Visit, weighed: list[PageWeight], language: str) -> None:
    """The fonts that Chromium loads for a page are among those that were counted for it, and no other file is."""
    site, counted = visit.site, {one.path: one for one in weighed}
    for page in samples(site, language)[-3:]:
        visit.to(page)
        sizes = {file: (site.folder / file).stat().st_size for file in set(visit.files)}
        fonts = sum(size for file, size in sizes.items() if file.endswith(".woff2"))
        assert 0 < fonts <= counted[page.path].fonts
        assert any(file.endswith(".js") for file in sizes) == bool(counted[page.path].scripts)


def test_a_light_page_passes(heavy: Path) -> None:
    """The page that the next tests make too heavy is not so by itself."""
    assert changed(heavy, "</main>", "</main>") == []


def test_a_long_text_is_told(heavy: Path) -> None:
    """More words than fit into the first load give one line, with the page and what to do."""
    long = "".join(f"<p>{number * 7919:x} {number * 104729:x}</p>" for number in range(4000))
    (told,) = changed(heavy, "</main>", f"{long}</main>")
    assert told.startswith("ckb/text/index.html:1:1: error[weight]: HTML and styles have ")
    assert f"{FIRST_LOAD} are allowed" in told


@pytest.mark.parametrize(
    ("path", "setting"), [("ckb/index.html", "POSTS_ON_HOME"), ("ckb/news/page/2/index.html", "PAGE_SIZE")]
)
def test_a_heavy_home_or_listing_is_told(heavy: Path, site: Site, path: str, setting: str) -> None:
    """Each kind of page has its budget: what is over it is told with the setting that makes it lighter."""
    html = (site.folder / ("ckb/index.html" if path == "ckb/index.html" else "ckb/news/index.html")).read_text("utf-8")
    words = "".join(f"<p>{number * 7919:x} {number * 104729:x}</p>" for number in range(9000))
    (heavy / path).parent.mkdir(parents=True, exist_ok=True)
    (heavy / path).write_text(html.replace("</main>", f"{words}</main>", 1), "utf-8")
    (told,) = [str(problem) for one in weigh_pages(heavy) for problem in check_weight(one) if one.path == path]
    assert told.startswith(f"{path}:1:1: error[weight]: HTML and styles have ")
    assert setting in told


def test_a_script_is_told(heavy: Path) -> None:
    """A script in the page or beside it is told, what only tells machines something is not."""
    assert changed(heavy, "</main>", '</main><script type="application/ld+json">{"name": "تۆڕ"}</script>') == []
    (heavy / "more.js").write_text("1;" * 50, "utf-8")
    (told,) = changed(heavy, "</main>", '</main><script src="../../more.js"></script><script>void 0</script>')
    assert "error[weight-scripts]: Scripts have 106 bytes" in told


@pytest.mark.parametrize(
    "element",
    [
        '<img src="https://tracker.example/x.gif" alt="">',
        '<iframe src="//tracker.example/x.gif"></iframe>',
        '<link rel="stylesheet" href="https://tracker.example/x.gif">',
    ],
)
def test_another_host_is_told(heavy: Path, element: str) -> None:
    """A picture, frame or style from elsewhere is told by its address; a link that readers may follow is not."""
    assert changed(heavy, "</main>", '<a href="https://tracker.example/">x</a></main>') == []
    (told,) = changed(heavy, "</main>", f"{element}</main>")
    assert "error[weight-host]" in told
    assert "//tracker.example/x.gif" in told


def test_heavy_fonts_are_told(heavy: Path) -> None:
    """Fonts that are too large for a script, or together, are told on each page that asks for them."""
    for file in (heavy / "theme").glob("vazirmatn-*.woff2"):
        file.write_bytes(bytes(40 * KILOBYTE))
    told = changed(heavy, "</main>", "</main>")
    assert any("The fonts of one script have 40960 bytes" in one for one in told)
    assert any("All fonts have 81920 bytes" in one for one in told)


def test_the_command_fails_for_what_is_too_heavy(heavy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints a table, and ends with 1 and a line for each page that is over."""
    assert print_weights(heavy) == 0
    assert "ckb/text/index.html" in capsys.readouterr().out

    changed(heavy, "</main>", '<img src="https://tracker.example/x.gif" alt=""></main>')
    with pytest.raises(ProblemsError, match=r"error\[weight-host\]"):
        print_weights(heavy)


def test_the_table_shows_the_ten_heaviest(weighed: list[PageWeight]) -> None:
    """The table has ten pages, the heaviest first, between its head and what is allowed."""
    lines = list(format_weights(weighed, ENGLISH))
    sums = [int(line.split()[2].replace(",", "")) for line in lines[1:-2]]
    assert len(sums) == 10
    assert sums == sorted(sums, reverse=True)


@pytest.mark.parametrize("tag", ["ar", "ckb"])
def test_the_table_is_told_in_the_language_of_its_reader(weighed: list[PageWeight], tag: str) -> None:
    """Its head and its last line hold no English word but the name of a format."""
    first, *_, last = format_weights(weighed, create_formatter(tag, SourceLocation("test")))
    assert set(re.findall(r"[A-Za-z]+", first + last)) == {"HTML"}


def test_a_folder_without_a_site_is_told(tmp_path: Path) -> None:
    """Where nothing was built, the command says what to do."""
    with pytest.raises(ProblemsError, match="inv build"):
        print_weights(tmp_path)
