"""The ids of entries: an id stands for one text, and stays with the text that had it first."""

from __future__ import annotations

from pathlib import Path

import pytest

from jisr.build.options import Options
from jisr.cli.commands import run_with_site
from jisr.outputs.feeds.ids import EntryIdentity, assign_identities
from tests.content.conftest import NOVEMBER_2026, SITES

OWN = "tag:example.org,2009:"


@pytest.fixture
def identities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Return a function that gives the ids of texts by kind and id, of a site of two members and these texts."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOVEMBER_2026)
    monkeypatch.chdir(tmp_path)

    def write(path: str, text: str) -> None:
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{text}\n---\nText.\n", "utf-8")

    def assign(texts: dict[str, str], tag: str = "en") -> dict[str, EntryIdentity]:
        for member in ("aaa", "zzz"):
            write(f"members/{member}/index.{tag}.md", f"title: {member}\nfeed: https://{member}.example.net/feed")
        for key, fields in texts.items():
            write(f"{key}/index.{tag}.md", f"title: X\n{fields}")
        found: dict[str, EntryIdentity] = {}

        def collect(context) -> int:  # type: ignore[no-untyped-def]
            assert context.has_site, context.problems
            for path, identity in assign_identities(context.site).items():
                found[path.removeprefix("content/").rpartition("/")[0]] = identity
            return 0

        assert run_with_site(Options(settings=str(SITES / "settings.py"), content="content"), collect) == 0
        return found

    return assign


def post(guid: str, fetched: str, date: str = "2020-01-01") -> str:
    return f'date: {date}\nguid: "{guid}"\nfetched: {fetched}'


@pytest.mark.parametrize("tag", ["en", "ar", "ckb", "kmr", "fr"])
@pytest.mark.parametrize("guid", ["https://old.example.org/?p=1", "urn:x:1", "1"])
@pytest.mark.parametrize(("first", "second"), [("aaa", "zzz"), ("zzz", "aaa")])
def test_the_post_that_was_fetched_first_keeps_its_guid(identities, tag, guid, first, second) -> None:  # type: ignore[no-untyped-def]
    """The order of folders, and the date that a feed states, decide nothing; what comes later gets its tag URI."""
    ids = identities(
        {
            f"posts/{first}/one": post(guid, "2026-10-01T08:00:00+00:00"),
            f"posts/{second}/two": post(guid, "2026-10-02T08:00:00+00:00", "1999-01-01"),
        },
        tag,
    )
    own = f"{OWN}posts/{second}/two/{tag}"
    assert ids[f"posts/{first}/one"].guid == guid
    assert ids[f"posts/{second}/two"] == EntryIdentity(own, own)


def test_nobody_has_a_guid_that_two_members_had_at_once(identities) -> None:  # type: ignore[no-untyped-def]
    """Where no moment tells who had it first, the member of its address has it, else none: an id stands for one post."""
    moment = "2026-10-01T08:00:00+00:00"
    ids = identities(
        {
            "posts/aaa/one": post("1", moment),
            "posts/zzz/one": post("1", moment),
            "posts/aaa/two": post("https://zzz.example.net/?p=2", moment),
            "posts/zzz/two": post("https://zzz.example.net/?p=2", moment),
        }
    )
    assert [ids[f"posts/{member}/one"].guid for member in ("aaa", "zzz")] == [
        f"{OWN}posts/{member}/one/en" for member in ("aaa", "zzz")
    ]
    assert ids["posts/zzz/two"].guid == "https://zzz.example.net/?p=2"
    assert ids["posts/aaa/two"].guid == f"{OWN}posts/aaa/two/en"


@pytest.mark.parametrize(("day", "keeps"), [("2012-02-09", "statements/2012-x"), ("2026-10-20", "posts/aaa/one")])
def test_a_text_written_here_has_its_guid_since_its_date(identities, day, keeps) -> None:  # type: ignore[no-untyped-def]
    """A post takes nothing from an older text of this site, and a later text nothing from a post."""
    guid = "https://old.example.org/?p=1"
    ids = identities(
        {"statements/2012-x": f"date: {day}\nguid: {guid}", "posts/aaa/one": post(guid, "2026-10-01T08:00:00+00:00")}
    )
    assert [key for key, identity in ids.items() if identity.guid == guid] == [keeps]


@pytest.mark.parametrize(
    "guid",
    [
        f"{OWN}statements/2012-x/en",
        f"{OWN}posts/zzz/one/en",
        f"{OWN}feed/en",
        f"{OWN}statements/2013-gone/en",
        OWN.upper() + "x",
    ],
)
def test_an_id_of_this_site_is_no_post_s_guid(identities, guid) -> None:  # type: ignore[no-untyped-def]
    """The tag URI of another text, of a feed, or of a text that is gone or to come is never taken over."""
    ids = identities(
        {
            "statements/2012-x": "date: 2012-02-09",
            "posts/zzz/one": post("9", "2026-10-01"),
            "posts/aaa/one": post(guid, "2026-09-01"),
        }
    )
    assert ids["posts/aaa/one"].guid == f"{OWN}posts/aaa/one/en"
    assert ids["statements/2012-x"].iri == f"{OWN}statements/2012-x/en"
    assert len({identity.iri for identity in ids.values()}) == len(ids)
