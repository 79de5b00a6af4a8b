"""Authors of one slug: two people with two addresses, or one with two names where a text of the site says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jisr.build.options import Options
from jisr.cli.commands import run_with_site
from tests.content.conftest import NOVEMBER_2026, SITES

LATIN, ARABIC = "Mona Aziz", "منى عزيز"  # of another slug
ONE, OTHER = "Sara Hadi", "سارة هادي"  # of one slug


@pytest.fixture
def author_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that gives the ids of the authors of texts, by their folder, and the authors."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOVEMBER_2026)
    monkeypatch.chdir(tmp_path)

    def find(texts: dict[str, str]) -> tuple[dict[str, tuple[str, ...]], Any]:
        for path, fields in {"members/aaa/en": "title: A", "members/zzz/en": "title: Z", **texts}.items():
            folder, _, tag = path.rpartition("/")
            file = tmp_path / "content" / folder / f"index.{tag}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"---\n{fields}\n---\nText.\n", "utf-8")
        found: list[Any] = []

        def collect(context: Any) -> int:
            assert context.has_site, context.problems
            found.append(context.site)
            return 0

        assert run_with_site(Options(settings=str(SITES / "settings.py"), content="content"), collect) == 0
        site = found[0]
        ids = {path.removeprefix("content/").rpartition("/")[0]: one for path, one in site.author_ids.items() if one}
        return ids, site.authors

    return find


def post(name: str, day: int) -> str:
    return f'title: X\ndate: 2026-01-0{day}\nauthors: ["{name}"]\nfetched: 2026-10-0{day}T08:00:00+00:00'


@pytest.mark.parametrize(("first", "second"), [("aaa", "zzz"), ("zzz", "aaa")])
def test_namesakes_in_posts_are_two_people(author_ids: Any, first: str, second: str) -> None:
    """The one who was fetched first has the plain address, whatever the folders are called; nobody loses a name."""
    ids, authors = author_ids({f"posts/{first}/x/ar": post(OTHER, 1), f"posts/{second}/y/en": post(ONE, 2)})
    assert ids == {f"posts/{first}/x": ("sara-hadi",), f"posts/{second}/y": ("sara-hadi-2",)}
    assert {key: dict(author.names) for key, author in authors.items()} == {
        "sara-hadi": {"ar": OTHER},
        "sara-hadi-2": {"en": ONE},
    }


def test_a_person_of_the_network_has_two_names(author_ids: Any) -> None:
    """Where a text under people/ has both names, also of two slugs, one person wrote all of it."""
    ids, authors = author_ids(
        {
            "people/mona/en": f'title: {LATIN}\nnames: ["{ARABIC}"]',
            "posts/aaa/x/ar": post(ARABIC, 1),
            "posts/zzz/y/en": post(LATIN, 2),
            "people/sara/ar": f"title: {OTHER}",
            "people/sara/en": f"title: {ONE}\ntranslation: {{of: ar}}",
            "posts/aaa/z/ar": post(OTHER, 1),
            "news/2026-x/en": f"title: X\ndate: 2026-01-01\nauthors: [{ONE}]",
        }
    )
    assert ids["posts/aaa/x"] == ids["posts/zzz/y"]
    assert ids["posts/aaa/z"] == ids["news/2026-x"] == ("sara-hadi",)
    assert dict(authors["sara-hadi"].names) == {"en": ONE, "ar": OTHER}


def test_a_text_written_here_keeps_the_address_of_its_author(author_ids: Any) -> None:
    """An editor's author has the slug of the name, also where a member's namesake was there before; a member, too."""
    ids, _ = author_ids(
        {
            "posts/aaa/x/ar": post(OTHER, 1),
            "posts/aaa/y/en": post("SARA  HADI", 2),
            "posts/aaa/z/en": post("Zzz", 3),
            "news/2026-x/en": f"title: X\ndate: 2026-10-30\nauthors: [{ONE}]",
        }
    )
    assert ids["news/2026-x"] == ids["posts/aaa/y"] == ("sara-hadi",)
    assert (ids["posts/aaa/x"], ids["posts/aaa/z"]) == (("sara-hadi-2",), ("zzz-2",))
