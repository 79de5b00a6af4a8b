"""An export of WordPress comes whole: languages, groups, topics, files, replies, addresses; and nothing that is private."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from jisr.core.diagnostics.problems import ProblemsError
from jisr.importing.store.file_record import ImportRecord
from jisr.importing.wordpress.post_content import PostPicture, to_html
from jisr.importing.wordpress.wxr_reader import WxrReader
from tests.importing.conftest import CASES, Mover, assert_counts

EXPORTS = CASES / "wordpress"
POLYLANG = EXPORTS / "polylang.xml"
UPLOADS = EXPORTS / "uploads"
SECRETS = re.compile(rb"secret\.example|203\.0\.113|letmein|33\.31|hidden words|private words")


def test_polylang_comes_whole_and_nothing_private(move: Mover, capsys: pytest.CaptureFixture[str]) -> None:
    """Three languages are one text, four replies a thread; what stays behind is named, and check and build are green."""
    moved = move("wordpress", POLYLANG, media=UPLOADS)
    files, report = moved.files, moved.report

    text = "statements/2012-bayan"
    assert {name for name in files if name.startswith(text)} == {
        f"{text}/index.ar.md",
        f"{text}/index.ckb.md",
        f"{text}/index.en.md",
        f"{text}/replies/501.ar.md",
        f"{text}/replies/502.en.md",
        f"{text}/replies/506.ckb.md",
    }
    assert "date: 2012-02-10T00:30:00+03:00" in files[f"{text}/index.ar.md"]  # the day of its address, not that of UTC
    assert 'cover: {file: river.jpg, alt: "A wide river"}' in files[f"{text}/index.ar.md"]
    assert "translation: {of: ar}" in files[f"{text}/index.ckb.md"]
    assert 'answers: "501"' in files[f"{text}/replies/502.en.md"]
    assert (report["read"]["texts"], report["written"]["texts"]) == (8, 5)
    assert (report["read"]["replies"], report["written"]["replies"]) == (7, 4)
    left = {one["what"]: one["why"] for one in report["left_out"]}
    assert left["post 13 (Secret)"] == "it has a password"
    assert left["comment 505"] == "it is a note of another site, no reply"
    assert sum(name.startswith(("post ", "page ")) for name in left) == 3
    assert sum(name.startswith("comment ") for name in left) == 3
    assert moved.check(capsys) == []
    page = (moved.build() / "en/statements/2012-bayan/index.html").read_text("utf-8")
    assert re.search(
        r'<[^<>]+id="reply-501"[^<>]*>.*?dir="rtl"[^<>]*>\s*<p>هذا بيان مهم', page, re.DOTALL
    )  # below an English text
    found = [one for one in moved.folder.rglob("*") if one.is_file() and SECRETS.search(one.read_bytes())]
    assert found == []


def test_a_second_run_changes_nothing_and_an_editors_work_stays(move: Mover) -> None:
    """The same export again writes no file; what was edited, deleted or changed in redirects.yaml stays as it is."""
    moved = move("wordpress", POLYLANG, media=UPLOADS)
    before = moved.files
    assert move("wordpress", POLYLANG, media=UPLOADS).report["written"]["files_written"] == 0
    assert moved.files == before

    edited = moved.content / "statements/2012-bayan/index.en.md"
    edited.write_text(edited.read_text("utf-8").replace("A quotation.", "An edit."), "utf-8")
    (moved.content / "statements/2012-bayan/replies/502.en.md").unlink()
    redirects = moved.content / "redirects.yaml"
    redirects.write_text(redirects.read_text("utf-8").replace('"/?p=17": "/fr/news/2012-bonjour/"\n', ""), "utf-8")
    now = moved.files
    report = move("wordpress", POLYLANG, media=UPLOADS).report
    assert moved.files == now
    assert report["written"]["files_kept"] == ["statements/2012-bayan/index.en.md", "statements/2012-bayan/replies/502.en.md"]


def test_a_lost_record_or_a_kill_doubles_nothing(move: Mover, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that was killed goes on; where the record is lost the texts are known by their old addresses, and stay."""
    real, calls = ImportRecord.write, []

    def write(record: ImportRecord, path: str, data: bytes) -> bool:
        calls.append(path)
        if len(calls) == 12:
            raise KeyboardInterrupt
        return real(record, path, data)

    monkeypatch.setattr(ImportRecord, "write", write)
    with pytest.raises(KeyboardInterrupt):
        move("wordpress", POLYLANG, media=UPLOADS)
    moved = move("wordpress", POLYLANG, media=UPLOADS)
    names = set(moved.files)
    assert moved.report["written"]["files_kept"] == []
    shutil.rmtree(moved.folder / ".cache" / "import")
    edited = moved.content / "statements/2012-bayan/index.en.md"
    edited.write_text(edited.read_text("utf-8").replace("A quotation.", "An edit."), "utf-8")
    report = move("wordpress", POLYLANG, media=UPLOADS).report
    assert set(moved.files) == names
    assert report["written"]["files_written"] == 0
    assert report["written"]["files_kept"] == ["statements/2012-bayan/index.en.md"]


def test_a_dry_run_writes_nothing(move: Mover) -> None:
    """What would be written is said, and no file is there."""
    moved = move("wordpress", POLYLANG, media=UPLOADS, dry_run=True)
    assert moved.report["written"]["files_written"] > 10
    assert moved.files == {}


def test_classic_text_is_cleaned(move: Mover) -> None:
    """Paragraphs, captions, lists and links are as people would write them; words in brackets are words."""
    moved = move("wordpress", POLYLANG, media=UPLOADS)
    body = moved.files["statements/2012-bayan/index.en.md"].split("---\n")[2]
    assert "First paragraph with a **strong** word.\\\nA second line.\n\n> A quotation." in body
    assert '![A wide river](river.jpg "The river in March")\n' in body
    assert (
        "[the statement](../../statements/2012-bayan/index.ar.md), [the same in English](../../statements/2012-bayan/)" in body
    )
    assert "[the report](report.pdf)" in body
    assert "- one\n- two\n\nkept words" in body
    assert r"\[sic\] and \[1\]" in body
    arabic = moved.files["statements/2012-bayan/index.ar.md"].split("---\n")[2]
    assert "بيان الأنهار" not in arabic
    assert arabic.endswith("[التقرير](report.pdf)\n")
    doubts = {one["what"]: one["why"] for one in moved.report["doubts"]}
    assert doubts["post 11"].startswith('the code "[unknown-code]" is not known')


def test_languages_in_one_post_are_versions(move: Mover) -> None:
    """Marks of qTranslate split titles, words and names of topics, also where the title is no CDATA."""
    files = move("wordpress", EXPORTS / "qtranslate.xml").files
    assert 'title: "أهلًا"' in files["news/2012-hello/index.ar.md"]
    assert "كلمات بالعربية" in files["news/2012-hello/index.ar.md"]
    assert 'title: "Hello"' in files["news/2012-hello/index.en.md"]
    assert 'title: "أحاديث"' in files["topics/talks/index.ar.md"]
    assert '"/2012/02/10/hello/?lang=ar": "/ar/news/2012-hello/"' in files["redirects.yaml"]


def test_a_table_says_languages_and_groups(move: Mover) -> None:
    """What WPML keeps in a table of its own comes from it; two posts of one name stay two; Kurdish is told by letters."""
    files = move("wordpress", EXPORTS / "wpml.xml", languages=EXPORTS / "wpml.tsv").files
    assert {name for name in files if name.endswith(".md")} == {
        "news/2012-alone/index.kmr.md",
        "news/2012-x/index.ar.md",
        "news/2012-x/index.en.md",
    }
    alone = move("wordpress", EXPORTS / "wpml.xml").report
    assert alone["read"]["language ar"] == 1


def test_drafts_come_as_drafts_where_they_are_asked_for(move: Mover) -> None:
    """With ``drafts`` an unfinished text comes and readers do not see it; what is private never does."""
    moved = move("wordpress", POLYLANG, drafts=True)
    (draft,) = [text for text in moved.files.values() if "a draft" in text]
    assert "status: draft" in draft
    assert not any("private words" in text or "hidden words" in text for text in moved.files.values())


def test_a_map_says_kinds(move: Mover, tmp_path: Path) -> None:
    """A category, a type or a slug becomes the kind that the map names, or stays behind."""
    (tmp_path / "map.yaml").write_text("water: conferences\ntype:page: skip\n")
    moved = move("wordpress", POLYLANG, map=tmp_path / "map.yaml")
    assert "conferences/2012-bonjour/index.fr.md" in moved.files
    assert {"what": "page 14 (A page)", "why": "the map says to leave it out"} in moved.report["left_out"]


def test_broken_xml_loses_what_is_named(tmp_path: Path) -> None:
    """Controls cost nothing; of a file that is cut off the whole items come, and the half one is named with its line."""
    text = POLYLANG.read_text("utf-8")
    whole = tmp_path / "controls.xml"
    whole.write_text(text.replace("A page", "A \x01page\x0b"), "utf-8")
    reader = WxrReader(whole)
    assert "A page" in [one.get("title") for one in reader.elements()]
    assert reader.lost == []

    cut = tmp_path / "cut.xml"
    cut.write_text(text[: text.index("About the network")], "utf-8")
    reader = WxrReader(cut)
    ids = [one.get("wp:post_id") for one in reader.elements() if one.name == "item"]
    assert ids == ["10", "11", "12", "13"]
    assert {name for name, _ in reader.lost} <= {"cut.xml"}


@pytest.mark.parametrize("head", ['<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', ""])
def test_what_is_no_export_is_told(head: str, tmp_path: Path) -> None:
    """A document type is refused before anything is read, and so is a file of another kind."""
    file = tmp_path / "x.xml"
    file.write_text(f"<?xml version='1.0'?>{head}{'<rss><channel/></rss>' if head else '<html/>'}")
    with pytest.raises(ProblemsError):
        list(WxrReader(file).elements())


def test_codes_and_blocks_become_html() -> None:
    """Galleries are pictures, films addresses; code keeps its brackets; a text with blocks has its paragraphs already."""
    unknown: Counter[str] = Counter()
    pictures = {"1": PostPicture("https://x.org/a.jpg", "A", "Cap")}
    assert "<img src=" in to_html('[gallery ids="1"]', pictures, Counter(), unknown)
    assert "watch?v=abc" in to_html("[youtube abc]", {}, Counter(), unknown)
    assert "[caption]" in to_html("<pre>[caption]x[/caption]</pre>", {}, Counter(), unknown)
    assert to_html("[[gallery]] and [sic]", {}, Counter(), unknown) == "<p>[gallery] and [sic]</p>"
    assert to_html("<!-- wp:paragraph -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->", {}, Counter(), unknown).count("<p>") == 1
    assert unknown == Counter()


def test_a_hostile_export_is_harmless(move: Mover, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names, slugs, addresses and replies that would break a file, leave the folder or run something come over as words."""
    text = POLYLANG.read_text("utf-8")
    changed = text.replace("https://old.example.org/en/about/", "https://old.example.org/ar/news/").replace(
        "[CDATA[about]]", "[CDATA[../../feed]]"
    )
    changed = changed.replace("[CDATA[old-bayan]]", "[CDATA[../../../etc/passwd]]").replace(
        "[CDATA[Ann]]", "[CDATA[---\na: b]]"
    )
    changed = changed.replace("<wp:comment_parent>0</wp:comment_parent>", "<wp:comment_parent>501</wp:comment_parent>", 1)
    changed = changed.replace("Nice page indeed", "# Nice ![x](y.jpg) &lt;script&gt; page {: .x} ---")
    (tmp_path / "hostile.xml").write_text(changed.replace("[CDATA[A page]]", "[CDATA['\"{{ x }}: # \u202e]]"), "utf-8")

    moved = move("wordpress", tmp_path / "hostile.xml", media=UPLOADS)

    assert moved.check(capsys) == []
    assert all(one.is_relative_to(moved.content) for one in moved.content.rglob("*"))
    assert "answers" not in moved.files["statements/2012-bayan/replies/501.ar.md"]
    whys = [one["why"] for one in moved.report["doubts"]]
    assert "/ar/news/ is an address of this site, or can be none: it does not lead on" in whys


@pytest.mark.parametrize("name", ["polylang.xml", "qtranslate.xml", "wpml.xml", "files.xml"])
def test_counts_are_equal_or_each_difference_is_named(name: str, move: Mover) -> None:
    """Of texts, topics, replies, files and addresses as many are here as there were, but for those that the report names."""
    assert_counts(move("wordpress", EXPORTS / name, media=UPLOADS).report)


def test_two_old_sites_become_one(move: Mover, tmp_path: Path) -> None:
    """Posts of two sites that have one number stay two texts; an address that both had leads to the first, and is named."""
    other = tmp_path / "other.xml"
    text = POLYLANG.read_text("utf-8").replace("old.example.org", "other.example.org").replace("First paragraph", "Other words")
    other.write_text(text, "utf-8")
    before = move("wordpress", POLYLANG, media=UPLOADS).files
    moved = move("wordpress", other, media=UPLOADS)
    assert {name: moved.files[name] for name in before if name != "redirects.yaml"} == {
        name: text for name, text in before.items() if name != "redirects.yaml"
    }
    assert "Other words" in moved.files["statements/2012-bayan-2/index.en.md"]
    assert any(one["what"] == "redirects.yaml" and "/?p=10 was" in one["why"] for one in moved.report["doubts"])
    assert_counts(moved.report)
