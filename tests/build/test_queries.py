"""What an output asks decides whether it is made again: of the site, of the catalogues, of templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jisr.core.build.queries import Queries, QueryTable, find_query, query, query_name
from jisr.core.model import events
from pelicanconf import LANGUAGES

if TYPE_CHECKING:
    from tests.build.conftest import Workplace


@query
def marked(_site: object) -> str:
    """Return a word."""
    return "ماء"


def files_of(workplace: Workplace) -> dict[str, int]:
    """Return which file on the disk each file of the output is."""
    return {
        path.relative_to(workplace.output).as_posix(): path.stat().st_ino
        for path in workplace.output.rglob("*")
        if path.is_file()
    }


def written(workplace: Workplace, before: dict[str, int]) -> set[str]:
    """Return the files that are others than before."""
    return {path for path, inode in files_of(workplace).items() if before.get(path) != inode}


@pytest.mark.parametrize(
    "name",
    [
        "os:system",
        "builtins:exec",
        "jisr.core.model.events:event_state",
        "jisr.core.model.events:datetime",
        "jisr.build.build:build",
        "jisr.nowhere:marked",
        f"{__name__}:marked",
        "jisr.core.model.events:",
        "",
    ],
)
def test_a_name_in_a_cache_is_a_marked_function_or_nothing(name: str) -> None:
    """Whoever can write to a cache chooses among the queries of this package, and calls nothing else."""
    with pytest.raises(LookupError):
        find_query(name)


def test_a_query_is_found_by_its_name() -> None:
    """The next build asks again what the last one asked."""
    assert find_query(query_name(events.find_source_conferences)) is events.find_source_conferences


def test_what_an_answer_looked_at_counts_for_nobody() -> None:
    """An output that asks how many texts there are is not made again because one of them has another title."""
    queries = Queries()
    table = QueryTable("title", {"a": "ماء", "b": "نهر"}, queries)

    count, asked = queries.trace(lambda: queries.ask(("count",), lambda: len([table[key] for key in table])))

    assert (count, asked) == (2, {("count",)})


def test_what_a_shared_value_asked_counts_for_each_that_shows_it() -> None:
    """A value is made once, and whatever it asked is asked by every output that has it."""
    queries = Queries()
    table = QueryTable("title", {"a": "ماء"}, queries)
    made = [queries.trace(lambda: queries.once("frame", lambda: table["a"])) for _ in range(2)]

    assert made == [("ماء", {("title", "a")})] * 2


def test_a_rare_template_changes_its_pages_alone(workplace: Workplace) -> None:
    """Where a template changed, pages of others stay the files that they are."""
    templates = workplace.own_theme()
    workplace.command("build")
    before = files_of(workplace)
    file = templates / "timeline.html"
    file.write_text(file.read_text("utf-8").replace("{% block main %}", "{% block main %}<!-- x -->"), "utf-8")

    assert workplace.command("build").returncode == 0

    assert written(workplace, before) == {f"{tag}/timeline/index.html" for tag in LANGUAGES}


def test_a_message_changes_what_shows_it(workplace: Workplace) -> None:
    """Where a catalogue says something else of one place, pages that do not show it stay the files that they are."""
    folder = Path(__file__).resolve().parents[2] / "translations"
    copy = workplace.folder / "translations"
    for file in folder.rglob("*.po*"):
        target = copy / file.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    workplace.state('TRANSLATIONS = "translations"')
    workplace.command("build")
    before = files_of(workplace)
    catalogue = copy / "fr" / "LC_MESSAGES" / "messages.po"
    text = catalogue.read_text("utf-8")
    message = 'msgid "Many feeds at once"'
    assert message in text, "choose another message that the page of feeds alone shows"
    start = text.index('msgstr "', text.index(message)) + len('msgstr "')
    catalogue.write_text(f"{text[:start]}x{text[start:]}", "utf-8")

    assert workplace.command("build").returncode == 0

    assert written(workplace, before) == {"fr/subscribe/index.html"}


def test_a_new_text_moves_no_older_page_of_a_listing(workplace: Workplace) -> None:
    """Older pages of a listing are the same files after a text came."""
    workplace.state("PAGE_SIZE = 2")
    news = workplace.folder / "content" / "news"
    for number in range(1, 10):
        (news / f"day-{number}").mkdir(parents=True)
        (news / f"day-{number}" / "index.ar.md").write_text(
            f"---\ntitle: خبر {number}\ndate: 2026-03-0{number}\n---\n\nنص.\n", "utf-8"
        )
    workplace.command("build")
    before = files_of(workplace)
    (news / "day-x").mkdir()
    (news / "day-x" / "index.ar.md").write_text("---\ntitle: خبر\ndate: 2026-04-01\n---\n\nنص.\n", "utf-8")

    assert workplace.command("build").returncode == 0

    moved = {path for path in written(workplace, before) if path.startswith("ar/news/") and "/page/" in path}
    assert "ar/news/index.html" in written(workplace, before)
    assert "ar/news/page/2/index.html" in before
    assert "ar/news/page/3/index.html" in before
    assert moved <= {"ar/news/page/5/index.html", "ar/news/page/4/index.html"}, "the newest of them gets a neighbour"


def test_a_text_changes_the_pages_of_its_year_and_letter(workplace: Workplace) -> None:
    """Where texts are many, timeline, topic and index have a page a year or letter: each text is on one, and moves no other."""
    workplace.state("PAGE_SIZE = 2")
    topic = workplace.folder / "content" / "topics" / "rivers"
    topic.mkdir(parents=True)
    (topic / "index.fr.md").write_text("---\ntitle: Rivières\n---\n\nL’eau des villes.\n", "utf-8")
    news = workplace.folder / "content" / "news"
    texts = ((2020, "Bread"), (2021, "« Bridges »"), (2021, "7 rivers"), (2022, "École"), (2023, "Dates"))
    for number, (year, title) in enumerate(texts):
        _write_news(news / f"{year}-{number}", year, title)
    assert workplace.command("build").returncode == 0
    before = files_of(workplace)
    years = {path.split("/")[3] for path in before if path.startswith("fr/timeline/page/")}
    letters = {path.split("/")[3] for path in before if path.startswith("fr/search/page/")}
    assert {"2020", "2021", "2022", "2023"} <= years
    assert {str(ord(letter)) for letter in "B0ED"} <= letters
    pages = {path: (workplace.folder / "output" / path).read_text("utf-8") for path in before if path.endswith(".html")}
    shown = [path for path in pages if path.startswith("fr/timeline/page/") and "/news/2021-2/" in pages[path]]
    assert shown == ["fr/timeline/page/2021/index.html"]
    assert 'href="page/2021/"' in pages["fr/timeline/index.html"]
    first, later = pages["fr/topics/rivers/index.html"], pages["fr/topics/rivers/page/2021/index.html"]
    assert [('href="page/2021/"' in one, "L’eau" in one, "/news/2020-0/" in one) for one in (first, later)] == [
        (True, True, False),
        (False, False, False),
    ]
    assert "/news/2021-1/" in later
    assert '<a href="../../">Rivières</a>' in later, "the way back to all of them"
    assert 'href="../../feed.atom"' in later
    assert f'href="../{ord("B")}/"' in pages[f"fr/search/page/{ord('E')}/index.html"]

    _write_news(news / "2021-x", 2021, "Barrages")
    assert workplace.command("build").returncode == 0

    lists = ("fr/timeline/page/", "fr/topics/rivers/page/", "fr/search/page/")
    moved = {path for path in written(workplace, before) if path.startswith(lists)}
    named = {f"fr/search/page/{ord(letter)}/index.html" for letter in "BR"}  # beside Rivières stands how many texts it has
    assert moved == {"fr/timeline/page/2021/index.html", "fr/topics/rivers/page/2021/index.html", *named}


def _write_news(folder: Path, year: int, title: str) -> None:
    folder.mkdir(parents=True)
    (folder / "index.fr.md").write_text(f"---\ntitle: {title}\ndate: {year}-03-01\ntopics: [rivers]\n---\n\nTexte.\n", "utf-8")
