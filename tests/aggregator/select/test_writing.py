"""Files that the site's own reader takes back exactly, and folders that nothing else is written into."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisr.aggregator.model import MemberPosts, Post, PostSelection, Tombstone
from jisr.aggregator.select.slugs import MAX_SLUG_LENGTH, make_post_id
from jisr.aggregator.store.post_serializer import normalize_post, parse_post, render_post
from jisr.aggregator.store.post_writer import read_member_posts, write_posts
from jisr.aggregator.store.tombstones import append_tombstones
from jisr.aggregator.store.tombstones import parse_tombstones as read_stones
from jisr.content.read.file_encoding import decode
from jisr.content.read.front_matter import parse_front_matter
from jisr.content.read.source_file import parse_source_file
from jisr.core.schema.raw_values import RawList, RawNode, RawScalar
from jisr.core.urls.paths import RESERVED_SEGMENTS
from tests.aggregator.select.blog import Desk, item

WHEN = datetime(2026, 8, 31, 12, 30, tzinfo=timezone(timedelta(hours=3)))
POST = Post("penus", "x", "ckb", "ناونیشان", "دەق", True, WHEN, "guid", "https://example.org/x", fetched=WHEN)
HOSTILE = (
    "One: two",
    'She said "no" and left',
    "it's 'quoted'",
    "#hashtag first",
    "a #comment",
    "---",
    "--- title",
    "...",
    "- item",
    "? key",
    "& anchor",
    "*alias",
    "!!python/object:os.system",
    "[list]",
    "{a: b}",
    "| pipe",
    "> fold",
    "% directive",
    "@at",
    "`tick`",
    "yes",
    "No",
    "null",
    "~",
    "true",
    "1",
    "1.0",
    "0x1F",
    "2012-02-09",
    "12:30:45",
    "=",
    "<<",
    "😀 👩‍👩‍👧 🇮🇶",
    "backslash \\ \\n \\u0041",
    "tab\tinside",
    "two\nlines",
    "next\u0085line\u2028and\u2029more",
    "override \u202e here \u2066x",
    "bell \x07 and nul \0",
    "می‌شود",
    "لەبەر «ڕووبار»: ٢٠١٢",
    "title: x\ndate: 1999-01-01",
    "x" * 1000,
    "<script>alert(1)</script>",
    "{{ config }}",
)
FIRST, LAST = datetime.fromisoformat("1991-08-07"), datetime.fromisoformat("2199-01-01")
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.timezones())
ANY = st.text(st.characters(codec="utf-8") | st.sampled_from("\r\n\t:#'\"-[]{}\u202e\u2066\u0085\u2028\ufeff\0 "), max_size=40)


def taken_back(post: Post) -> dict[str, RawNode]:
    """Return the fields of a post's file as the site reads them."""
    file = parse_source_file(decode(render_post(post).encode("utf-8"), "a.md"), "a.md")
    assert file.body.strip("\n") == post.body
    return {key.text: value for key, value in parse_front_matter(file.front_matter, "a.md")}


def value(node: RawNode) -> str | tuple[str, ...]:
    if isinstance(node, RawList):
        return tuple(one.text for one in node.items if isinstance(one, RawScalar))
    assert isinstance(node, RawScalar)
    return "" if node.empty else node.text


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_taken_back(title: str) -> None:
    """Whatever stands in a title, a guid, a licence or a name, the site reads what was written, and no other field."""
    post = normalize_post(replace(POST, title=title, guid=title, licence=title, authors=(title, "ب"), body=title))
    fields = taken_back(post)
    assert list(fields) == ["title", "date", "authors", "member", "original", "guid", "licence", "fetched"]
    assert (value(fields["title"]), value(fields["guid"]), value(fields["licence"])) == (post.title, post.guid, post.licence)
    assert value(fields["authors"]) == post.authors
    assert "\n" not in post.title and len(post.title) <= 300


@settings(max_examples=300, deadline=None)
@given(ANY, ANY, ANY, st.lists(ANY, max_size=3), MOMENTS)
def test_any_post_is_taken_back(title: str, body: str, guid: str, names: list[str], date: datetime) -> None:
    """What is settled stays settled; our reader and the site's give back each field and the body, and bytes are the same."""
    post = normalize_post(Post("penus", "x", "ar", title, body, False, date, guid, guid, tuple(names), fetched=date))
    assert normalize_post(post) == post
    again, translates = parse_post(render_post(post), "penus", "x", "ar")
    assert (again, translates, render_post(again)) == (post, False, render_post(post))
    fields = taken_back(post)
    assert value(fields["title"]) == post.title
    assert value(fields.get("authors", RawList((), fields["title"].place))) == post.authors


def test_a_file_reads_well() -> None:
    """A field has a line, a list has a line, and a change of one thing changes one line."""
    full = replace(
        POST, authors=("Ali", "سارا"), topics=("women", "youth"), licence="CC BY 4.0", sources=("insm",), modified=WHEN
    )
    assert render_post(full).split("\n") == [
        "---",
        'title: "ناونیشان"',
        "date: 2026-08-31T12:30:00+03:00",
        "modified: 2026-08-31T12:30:00+03:00",
        'authors: ["Ali", "سارا"]',
        "topics: [women, youth]",
        "member: penus",
        'original: "https://example.org/x"',
        'guid: "guid"',
        'licence: "CC BY 4.0"',
        "sources: [insm]",
        "fetched: 2026-08-31T12:30:00+03:00",
        "---",
        "",
        "دەق",
        "",
    ]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://", "ftp://x/", "https:///x", "x", ""])
def test_an_address_that_is_none_is_not_written(link: str) -> None:
    """Only web addresses can be the original of a post."""
    assert normalize_post(replace(POST, original=link)).original == ""


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", ">>>>>>> other"])
def test_marks_of_a_merge_are_text(line: str) -> None:
    """A post about git is no conflict for the site."""
    assert decode(render_post(normalize_post(replace(POST, body=f"a\n\n{line}\n\nb"))).encode("utf-8"), "a.md")


@settings(max_examples=300)
@given(ANY, ANY, st.sets(st.sampled_from(["x", "x-2", "2012-02-09"])))
def test_any_post_has_an_id(link: str, title: str, taken: set[str]) -> None:
    """An id is a folder's name that the site takes, short, free, and the same each time."""
    found = make_post_id(f"https://example.org/{link}", title, "2012-02-09", taken)
    assert found == make_post_id(f"https://example.org/{link}", title, "2012-02-09", taken)
    assert found not in taken | RESERVED_SEGMENTS and len(found) <= MAX_SLUG_LENGTH + 15
    assert all(one in "abcdefghijklmnopqrstuvwxyz0123456789-" for one in found) and found.strip("-") == found != ""


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://kanal.example/watch?v=9zQ", "gotara-yekem"),
        ("https://rojname.example/haber.php?haberid=12", "gotara-yekem"),
        ("https://rojname.example/article.cfm?id=4&lang=ku", "gotara-yekem"),
        ("https://cih.example/u/zin_b/884421", "gotara-yekem"),
        ("https://cih.example/@zin/884421", "gotara-yekem"),
        ("https://cih.example/p/8f14e45fceea167a", "gotara-yekem"),
        ("https://cih.example/aVx93kQz", "gotara-yekem"),
        ("https://pod.example/files/beş-3.mp3", "gotara-yekem"),
        ("https://pod.example/files/ava-sar.mp3", "ava-sar"),
        ("https://blog.example/2026/03/ava-sar.html?m=1", "ava-sar"),
        ("https://blog.example/ava-sar/884421", "ava-sar"),
        ("https://blog.example/covid19", "covid19"),
    ],
)
def test_an_id_is_made_of_words(link: str, expected: str) -> None:
    """An address without words gives way to the title: the name of a program, an author or a section, or a code is none."""
    assert make_post_id(link, "Gotara yekem", "2012-02-09", ()) == expected


@pytest.mark.parametrize("word", sorted(RESERVED_SEGMENTS))
def test_names_of_the_site_are_no_ids(word: str) -> None:
    """A post never takes an address that the site itself has."""
    assert make_post_id(f"https://example.org/{word}", word, "2012-02-09", ()) not in RESERVED_SEGMENTS


def test_posts_with_one_name_have_two_ids(desk: Desk) -> None:
    """Two addresses that end alike, or that differ in Arabic letters only, do not meet."""
    links = [f"https://blog.example.org/{year}/بيان/" for year in (2024, 2025)] + ["https://blog.example.org/2026/بیان/"]
    chosen = desk.choose([item(number, link=link) for number, link in enumerate(links)])
    assert len({post.id for post in chosen.posts}) == 3


def test_an_editor_who_was_quicker_wins(desk: Desk) -> None:
    """A file that changed between reading and writing is left as it is."""
    desk.run([item(1)])
    chosen = desk.choose([item(1, body="Other words are here.")])
    shelf = read_member_posts(desk.content, "penus", desk.traces["penus"])
    desk.file().write_text("---\ntitle: Mine\n---\n", "utf-8")
    assert write_posts(chosen, shelf, desk.content).changes == ()
    assert desk.file().read_text("utf-8") == "---\ntitle: Mine\n---\n"


def test_links_out_of_the_folder_are_not_followed(desk: Desk, tmp_path: Path) -> None:
    """Whatever a symbolic link of the content leads to, it is not written to."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (desk.content / "posts").mkdir(parents=True)
    (desk.content / "posts" / "penus").symlink_to(outside)
    desk.run([item(1)])
    assert list(outside.iterdir()) == []


def test_a_choice_for_one_member_writes_to_no_other(desk: Desk) -> None:
    """A post of another member in a choice is not written at all."""
    write_posts(PostSelection("aaa", (POST,)), MemberPosts("aaa"), desk.content)
    assert desk.files() == {}


def test_what_a_killed_run_left_is_no_content(desk: Desk) -> None:
    """A file that was being written has a name that nobody takes for a text, and the next run ends the work."""
    desk.run([item(1)])
    before = desk.files()
    desk.file().with_name(".index.en.md.new").write_text("---\nti", "utf-8")
    desk.traces.clear()
    assert [known.path for known in read_member_posts(desk.content, "penus").existing_posts] == [
        "posts/penus/post-1/index.en.md"
    ]
    desk.run([item(1), item(2)])
    assert before.items() <= desk.files().items()


def test_files_that_cannot_be_read_are_an_editor_s(desk: Desk) -> None:
    """A file with a slip in it is never written over, and its post does not come a second time."""
    desk.run([item(1), item(2)])
    desk.file().write_text("---\ntitle: [\n", "utf-8")
    before = desk.files()
    desk.run([item(1, body="Other words are here."), item(2)])
    assert desk.files() == before


def test_tombstones_are_added_below_what_editors_wrote() -> None:
    """Comments and entries stay; what is there is not added again; a title in any script is taken back."""
    text = "# Ours\n- guid: a\n  reason: spam # really\n"
    stone = Tombstone("b", "https://example.org/b", 'بيان: "1" #2', "2012-02-09", "Its file was removed.")
    added = append_tombstones(text, [stone])
    assert added.startswith(text)
    assert read_stones(added) == (Tombstone("a", reason="spam"), stone)
    assert append_tombstones(added, [stone]) == added


@pytest.mark.parametrize("text", ["a: b", "- x", "- [", "x", "- {a: b}\n- y"])
def test_a_list_that_is_none_is_refused(text: str) -> None:
    """What is no list of posts is told, never written over."""
    with pytest.raises(ValueError, match="it is not"):
        read_stones(text)


def test_translations_beside_a_post_are_not_the_aggregator_s(desk: Desk) -> None:
    """A translation that an editor put beside a post is no post of the feed, and the original is still followed."""
    desk.run([item(1)])
    beside = desk.file(language="fr")
    beside.write_text("---\ntitle: Le fleuve\ntranslation: {of: en}\n---\n\nTexte.\n", "utf-8")
    _, changes = desk.run([item(1, body="Other words are here.")])
    assert [change.kind for change in changes] == ["updated"]
    assert beside.read_text("utf-8").endswith("Texte.\n")
    assert desk.traces["penus"][0].first_seen <= datetime.now(UTC)
