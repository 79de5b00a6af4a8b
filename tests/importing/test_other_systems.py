"""Dumps of SPIP, saved pages and blogs of Pelican come as clean texts, with their languages, replies and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from jisr.core.diagnostics.problems import ProblemsError
from jisr.importing.spip.dump_reader import read_tables
from tests.importing.conftest import CASES, ROOT, Mover, assert_counts
from tests.importing.spip_dumps import write_sql, write_sqlite, write_xml

SECRETS = re.compile("secret.example|203.0.113|5f4dcc3b|do-not-tell|entre nous|pas encore")
MEETING = "news/2012-deuxieme-rencontre"


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    """Return a folder of uploads with a picture."""
    (tmp_path / "uploads" / "jpg").mkdir(parents=True)
    (tmp_path / "uploads" / "jpg" / "river.jpg").write_bytes((ROOT / "tests/sites/photo.jpg").read_bytes())
    return tmp_path / "uploads"


@pytest.mark.parametrize("write", [write_xml, write_sqlite, write_sql], ids=["xml", "sqlite", "sql"])
def test_each_form_of_a_dump_gives_the_same_texts(
    write: Callable[[Path], Path], move: Mover, tmp_path: Path, uploads: Path
) -> None:
    """A backup in ISO 8859-1, a database and a dump have one content: groups, words in several languages, forum, addresses."""
    moved = move("spip", write(tmp_path / "dump"), media=uploads)
    files = moved.files
    assert sorted(name for name in files if name.startswith("news/")) == [
        "news/2012-article/index.ar.md",
        "news/2012-article/index.en.md",
        "news/2012-article/index.fr.md",
        f"{MEETING}/index.ar.md",
        f"{MEETING}/index.fr.md",
        f"{MEETING}/replies/7.fr.md",
        f"{MEETING}/replies/8.ar.md",
    ]
    text = files[f"{MEETING}/index.fr.md"]
    assert 'title: "Deuxième rencontre"' in text
    assert "authors: [Souad Ali]" in text
    assert 'guid: "https://old.example.org/spip.php?article12"' in text
    assert (
        "Les rivières[^1] sont à nous, dit **Souad**. Voir [la suite](../../news/2012-deuxieme-rencontre/index.ar.md)" in text
    )
    assert "- un\n- deux\n  - dedans" in text
    assert '![Le fleuve](river.jpg "En mars")\n' in text
    assert "| **A** | **B** |\n| --- | --- |\n| 1 | 2 |" in text
    assert "C'est l'heure d'écouter; et \\\\ de lire." in text
    assert "[^1]: Une note." in text
    assert "translation: {of: fr}" in files[f"{MEETING}/index.ar.md"]
    assert "date: 2012-01-01\n" in files["news/2012-article/index.fr.md"]
    assert 'answers: "7"' in files[f"{MEETING}/replies/8.ar.md"]
    assert '"/spip.php?article12": "/fr/news/2012-deuxieme-rencontre/"' in files["redirects.yaml"]
    assert '"/Deuxieme-rencontre,12"' in text
    assert not SECRETS.search("".join(files.values()))
    left = [one["what"] for one in moved.report["left_out"]]
    assert left == ["article 15 (Brouillon)", "mot 4", "forum 9"]


def test_a_site_of_spip_is_green(move: Mover, tmp_path: Path, uploads: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What came over has no error, a second run writes nothing, and every old address of the redirects leads somewhere."""
    dump = write_sqlite(tmp_path / "dump")
    moved = move("spip", dump, media=uploads)
    assert moved.check(capsys) == []
    assert_counts(moved.report)
    assert move("spip", dump, media=uploads).report["written"]["files_written"] == 0


def test_what_is_no_dump_is_told(tmp_path: Path) -> None:
    """A file of another kind, a database that is none, and a document type are messages."""
    for data in (b"hello", b"SQLite format 3\0" + b"x" * 200, b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><SPIP/>"):
        (tmp_path / "dump").write_bytes(data)
        with pytest.raises(ProblemsError):
            read_tables(tmp_path / "dump")


def test_saved_pages_are_texts(move: Mover, capsys: pytest.CaptureFixture[str]) -> None:
    """The text of a page comes with title, day and author; menus, buttons and replies stay behind, as does an empty page."""
    moved = move("html", CASES / "html")
    files = moved.files
    statement = files["news/2012-bayan/index.ar.md"]
    assert 'title: "بيان الأنهار"\ndate: 2012-02-09T10:00:00+03:00\nauthors: [سارة أحمد]' in statement
    assert "![النهر](river.jpg)\n\n1. الأول\n2. الثاني\n" in statement
    assert "شارك" not in statement
    assert '"/2012/02/bayan/"' in statement
    assert "date: 2012-02-20\nauthors: [Souad]" in files["news/2012-spip/index.fr.md"]
    assert "الماء حق للجميع" in files["pages/old/index.ar.md"]  # Windows-1256
    assert "- One\n- Two" in files["news/2013-blog/index.en.md"]
    assert {"what": "empty.html", "why": "no text was found in it"} in moved.report["left_out"]
    assert_counts(moved.report)
    assert moved.check(capsys) == []


def test_a_blog_of_pelican_comes_with_its_links(move: Mover, capsys: pytest.CaptureFixture[str]) -> None:
    """Both markups, versions by slug, links in braces, files and addresses come; nothing of it is run or included."""
    moved = move("pelican", CASES / "pelican")
    files = moved.files
    water = files["news/2012-water/index.en.md"]
    assert "authors: [Ahmed Sara, John Doe]" in water
    assert "[link](../../news/2013-second/), a [page](../../pages/about/) and a picture:\n\n![The river](river.jpg)" in water
    assert '"/2012/water/"' in water
    assert 'guid: "tag:old.example.org,2012-02-10:/2012/water/"' in water
    arabic = files["news/2012-water/index.ar.md"]
    assert "date: 2012-02-11\n" in arabic  # of the name of its file
    assert "translation: {of: en, by: [Sara Ahmed]}" in arabic
    assert '"/2012/water-ar/"' in arabic
    second = files["news/2013-second/index.en.md"]
    assert 'title: "A second text"' in second
    assert "## A part" in second
    assert "root:" not in second
    assert "alert" not in second
    assert "What a directive held that is not known.\n\nA line of a poem\\\nand the next one, by NGO (organisation)" in second
    assert "Water is life[^1] for all." in second
    assert "[^1]: Said in the _first_ statement." in second
    page = files["news/2012-a-page-of-html/index.en.md"]
    assert 'title: "A page of HTML"\ndate: 2012-03-04T10:00:00\nauthors: [Sara Ahmed]\n' in page
    assert "topics: [topic-news, water, river]" in page
    assert "[link to the text](../../news/2012-water/)" in page
    assert any(one["why"].endswith(": .. strange:: words") for one in moved.report["doubts"])
    assert {"what": "news/draft.md", "why": "its status is draft"} in moved.report["left_out"]
    assert_counts(moved.report)
    assert moved.check(capsys) == []
