"""What a workflow shows of a run: everything that somebody should know of the site, on one page."""

from __future__ import annotations

import json

import pytest
from cmarkgfm import github_flavored_markdown_to_html as render

from jisr.publishing.site_summary import SearchResult, read_search_results, review_search_results
from tests.publishing.conftest import Office

REPORT = {
    "version": 1,
    "at": "2026-11-30T12:00:00+00:00",
    "members": [
        {"member": "penus", "url": "https://penus.example.org/feed", "outcome": "new", "held": [], "proposals": []},
        {
            "member": "dijla",
            "url": "https://dijla.example.org/a|b",
            "outcome": "gone",
            "failures": 4,
            "held": [],
            "proposals": [],
        },
    ],
}
HOSTILE = "```\n# <script>alert(1)</script> [x](javascript:x)"


def summary(office: Office, *words: str) -> str:
    """Run the task, which is never the one that fails a workflow."""
    done = office.inv("summary", *words)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    return done.stdout


def test_a_summary_has_all_that_matters(office: Office) -> None:
    """Pages and what is left to do by language, weight, blogs that are silent, titles, problems: each is there."""
    (office.place.folder / "report.json").write_text(json.dumps(REPORT), "utf-8")
    office.place.state('FETCH_REPORT = "report.json"')
    text = office.place.text("ckb").read_text("utf-8")
    office.place.text("ckb").write_text(text.replace("title: ", "title: " + "ئاو و ڕووبار " * 8, 1), "utf-8")
    assert office.place.command("build").returncode == 0
    said = summary(office)
    html = render(said)
    assert html.count("<table>") == 3
    assert said.count("| العربية (ar) |") == 1
    assert "dijla" in html
    assert "penus" not in html
    assert "ckb/statements/2026-water/index.html" in said.split("###")[2]
    assert "letters; results show about 70" in said
    assert "0 errors" in said


@pytest.mark.parametrize("tongue", ["ar", "ckb", "kmr", "fr"])
def test_a_summary_speaks_every_language(office: Office, tongue: str) -> None:
    """The texts of the summary are in the catalogues of the tools; without a built site, it states so."""
    said = summary(office, "--say", tongue)
    assert "What was built" not in said
    assert "No site is built" not in said
    assert "output" in said


def test_what_is_wrong_is_shown_and_harmless(office: Office) -> None:
    """Problems are in a block of code, so that no text becomes markup of the page."""
    text = office.place.text().read_text("utf-8")
    office.place.text().write_text(text.replace("title: ", f'date: "{HOSTILE.splitlines()[1]}"\ntitle: ', 1), "utf-8")
    said = summary(office)
    assert "error[" in said
    html = render(said)
    assert "<script" not in html
    assert "<a " not in html


def test_titles_are_told_apart() -> None:
    """Two pages of one language with the same title are reported; pages of two languages are not."""
    pages = [
        SearchResult(f"{tag}/{name}/index.html", tag, "ltr", "POINT", "x")
        for tag, name in (("en", "a"), ("en", "b"), ("fr", "a"))
    ]
    assert [path for path, _ in review_search_results(pages, frozenset())] == ["en/b/index.html"]


def test_a_page_that_leads_on_has_no_headline() -> None:
    """Old and short addresses are in no search results, so that there are no remarks on their titles."""
    page = '<html lang="ar" dir="rtl"><link rel="canonical" href="x">{}<meta property="og:title" content="بيان">'
    files = {"ar/x/index.html": page.format("").encode(), "s/x/index.html": page.format('<meta http-equiv="refresh">').encode()}
    assert [one.path for one in read_search_results(files)] == ["ar/x/index.html"]
