"""Text twins: what a page says, as plain text that shows its directions without markup."""

from __future__ import annotations

from pathlib import Path

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from jisr.core.i18n.languages import build_languages
from jisr.outputs.text.short_message import OTHER_LENGTH, SEVEN_BIT_LENGTH, is_seven_bit, message_length, shorten
from jisr.outputs.text.text_lines import render_plain_text
from jisr.publishing.checks.url_ledger import lasting_addresses
from tests.build.conftest import Workplace, workplace, workplace_in
from tests.site.pages import Site

__all__ = ["workplace", "workplace_in"]
CASES = Path(__file__).parent / "cases"
LANGUAGES = build_languages(["en", "ar", "ckb", "kmr", "fr"])
RTL_MARK, ISOLATES, POP = "\u200f", "\u2066\u2067\u2068", "\u2069"
BLOGGERS = "statements/2012-first-bloggers-conference/index"


def twins(site: Site) -> dict[str, str]:
    """Return all twins of a site by path."""
    files = site.folder.rglob("index.txt")
    return {one.relative_to(site.folder).as_posix(): one.read_text("utf-8") for one in sorted(files)}


@pytest.mark.parametrize("case", sorted(CASES.glob("*.html")), ids=lambda one: one.stem)
def test_html_becomes_the_lines_that_a_reader_expects(case: Path) -> None:
    """Lists, notes, tables, quotations, code, pictures and addresses are shown as plain text shows them."""
    direction = "rtl" if case.stem.endswith("-rtl") else "ltr"
    shown = render_plain_text(case.read_text("utf-8"), direction)  # type: ignore[arg-type]
    names = {"\u200f": "{R}", "\u200e": "{L}", "\u2066": "{LRI}", "\u2067": "{RLI}", "\u2068": "{FSI}", "\u2069": "{P}",
             "\u202d": "{LRO}", "\u202c": "{PDF}"}  # fmt: skip
    for character, name in names.items():
        shown = shown.replace(character, name)
    assert shown == case.with_suffix(".txt").read_text("utf-8").rstrip("\n")


def test_every_page_of_a_text_links_its_twin(site: Site) -> None:
    """The head and the end of each page of a text lead to a twin, and each twin has such a page."""
    linked = set()
    for path, page in site.pages.items():
        if hrefs := page.values('link[rel="alternate"][type="text/plain"]', "href"):
            assert hrefs == ["index.txt"]
            assert page.values('main a[type="text/plain"]', "href") == hrefs
            linked.add(path.replace("index.html", "index.txt"))
    assert {path.split("/")[1] for path in linked} >= {"statements", "conferences", "news", "posts", "members", "topics"}
    assert linked == twins(site).keys()


def test_lines_from_right_to_left_say_so_and_isolates_are_closed(site: Site) -> None:
    """In a twin from right to left every line begins with U+200F; in all of them each isolate ends in its line."""
    for path, text in twins(site).items():
        is_rtl = LANGUAGES[path.split("/")[0]].direction == "rtl"
        for line in filter(None, text.splitlines()):
            assert not is_rtl or line.startswith(RTL_MARK) or "\u2066" in line, (path, line)
            assert sum(one in ISOLATES for one in line) == line.count(POP), (path, line)


def test_a_telephone_number_is_read_in_its_order(site: Site) -> None:
    """After Arabic and Kurdish words a number is drawn as it is dialled."""
    for tag in ("ar", "ckb"):
        line = next(one for one in twins(site)[f"{tag}/{BLOGGERS}.txt"].splitlines() if "964" in one)
        for base in ("R", "L"):
            assert "00 964 770 88 66 150" in get_display(line, base_dir=base)


def test_a_twin_has_the_numbers_of_resolutions_and_whole_addresses(site: Site) -> None:
    """Each resolution stands under its number, and links are whole URLs."""
    for tag in ("ar", "ckb", "en"):
        text = twins(site)[f"{tag}/{BLOGGERS}.txt"]
        assert all(f"{number}. " in text for number in range(1, 9))
        assert f"{site.address}/{tag}/members/insm/" in text
        assert "../" not in text


@given(words=st.text("abcê€ا،٣بپە’ 1(+", min_size=1, max_size=300), tag=st.sampled_from(["en", "ar", "ckb", "kmr"]))
def test_a_short_message_is_never_longer_than_one(words: str, tag: str) -> None:
    """It takes at most 160 places of seven bits, or 70 of any other, marks included, and closes its isolates."""
    message = shorten(words, LANGUAGES[tag])
    assert message_length(message) <= (SEVEN_BIT_LENGTH if is_seven_bit(message) else OTHER_LENGTH)
    assert sum(one in ISOLATES for one in message) == message.count(POP)


def test_the_alphabet_decides_how_much_a_message_holds() -> None:
    """English with a typographic quote has 160 characters, Kurmanji, Arabic and French with an ê have 70."""
    sentence = {"en": "the network’s “bloggers” met ", "kmr": "şebekeya me civiya ", "ar": "التقى المدوّنون "}
    lengths = {tag: message_length(shorten(words * 20, LANGUAGES[tag])) for tag, words in sentence.items()}
    assert 150 < lengths["en"] <= 160
    assert 60 < lengths["kmr"] <= 70
    assert 55 < lengths["ar"] <= 70


def test_twins_are_addresses_that_last() -> None:
    """The ledger of addresses has the twin of a text beside its page."""
    assert lasting_addresses(["ar/news/x/index.html", "ar/news/x/index.txt"]) == ["/ar/news/x/", "/ar/news/x/index.txt"]


def test_a_site_says_what_has_twins_and_whether_words_are_found(workplace: Workplace) -> None:
    """Kinds that TEXT_TWINS leaves out have none and link none; without SEARCH there is no index and no script for it."""
    workplace.state('TEXT_TWINS = ("news",)\nSEARCH = False')
    done = workplace.inv("build")
    assert done.returncode == 0, done.stderr
    files = workplace.files()

    assert {path.split("/")[1] for path in files if path.endswith("index.txt")} <= {"news"}
    assert not [
        path for path, data in files.items() if path.endswith(".html") and "/statements/" in path and b"index.txt" in data
    ]
    assert not [path for path in files if path.startswith("search/")]
    assert b"<script" not in files["ckb/search/index.html"]

    workplace.state('TEXT_TWINS = ("nothing",)')
    done = workplace.inv("build")
    assert (done.returncode, "TEXT_TWINS" in done.stderr) == (1, True)
