"""``Site``: order of texts, texts of other languages, and pages that are one page in several languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from jisr.core.i18n.dates import parse_date
from jisr.core.i18n.languages import build_languages
from jisr.core.model.body import Outline
from jisr.core.model.document import Day, Document, Translation, TranslationSet
from jisr.core.model.site import NetworkSettings, Route, Site, SitePolicy, sort_newest_first, to_datetime
from jisr.core.schema.kinds import Kinds

LANGUAGES = build_languages(["en", "ar", "ckb"])
BAGHDAD = ZoneInfo("Asia/Baghdad")


def document(identity: str, tag: str = "ar", day: Day | None = None, of: str = "") -> Document:
    translation = Translation(of) if of else None
    return Document("news", identity, LANGUAGES[tag], f"{identity}.{tag}", identity, Outline(), day, translation=translation)


def site(*sets: TranslationSet, routes: tuple[Route, ...] = ()) -> Site:
    collections = {
        ("news", tag): tuple(sort_newest_first([v for one in sets if (v := one.get(tag))], BAGHDAD)) for tag in LANGUAGES.tags
    }
    return Site(
        url="https://example.org",
        timezone=BAGHDAD,
        now=datetime(2026, 10, 31, 21, 30, tzinfo=UTC),
        languages=LANGUAGES,
        kinds=Kinds(),
        network=NetworkSettings({"ckb": "تۆڕ"}),
        policy=SitePolicy(),
        sets={(one.kind, one.id): one for one in sets},
        collections=collections,
        authors={},
        author_ids={},
        targets={},
        routes={route.address: route for route in routes},
        routes_by_family={"news": tuple(route for route in routes if route.indexed)},
    )


def test_texts_are_sorted_by_moment_whatever_order_they_came_in() -> None:
    """A day begins where the network is; texts of one moment go by id; those without a day come last."""
    texts = [
        document("d", day=datetime(2012, 2, 8, 22, 0, tzinfo=UTC)),
        document("b", day=date(2012, 2, 9)),
        document("c", day=date(2012, 2, 9)),
        document("a", day=parse_date("2012-02-09 00:30")),
        document("e"),
    ]

    for shuffled in permutations(texts):
        assert [one.id for one in sort_newest_first(shuffled, BAGHDAD)] == ["d", "a", "b", "c", "e"]


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2012, 2, 9), "2012-02-08T21:00:00+00:00"),
        (parse_date("2012-02-09 10:00"), "2012-02-09T07:00:00+00:00"),
        (datetime(2012, 2, 9, 10, 0, tzinfo=UTC), "2012-02-09T10:00:00+00:00"),
    ],
)
def test_a_date_stands_for_a_moment(day: Day, moment: str) -> None:
    """The first of its day in the network's time zone, unless it says another."""
    assert to_datetime(day, BAGHDAD) == datetime.fromisoformat(moment)


def test_today_is_the_day_where_the_network_is() -> None:
    """Half past nine in the evening of UTC is tomorrow in Baghdad."""
    assert site().today == date(2026, 11, 1)


def test_what_exists_elsewhere_is_offered_in_its_original() -> None:
    """Texts a language has are not offered; each other one once, the original before translations, newest first."""
    both = TranslationSet("news", "both", (document("both", "en", date(2012, 1, 1)), document("both", "ar", of="en")), "en")
    early, late = date(2011, 1, 1), date(2013, 1, 1)
    sorani = TranslationSet("news", "sorani", (document("sorani", "en", late, "ckb"), document("sorani", "ckb", late)), "ckb")
    english = TranslationSet("news", "english", (document("english", "en", early),), "en")

    offered = site(both, sorani, english).in_other_languages("news", LANGUAGES["ar"])

    assert [(one.id, one.language.tag) for one in offered] == [("sorani", "ckb"), ("english", "en")]


def test_the_best_version_is_the_readers_or_the_original() -> None:
    """No language but the reader's own and the original's is preferred; a draft original leaves the first there is."""
    versions = (document("x", "en", of="ckb"), document("x", "ckb"))
    texts = TranslationSet("news", "x", versions, "ckb")

    assert texts.best_for(LANGUAGES["en"]).language.tag == "en"
    assert texts.best_for(LANGUAGES["ar"]).language.tag == "ckb"
    assert replace(texts, versions=versions[:1]).best_for(LANGUAGES["ar"]).language.tag == "en"
    assert texts.tags == ("en", "ckb")


def test_a_page_that_is_not_indexed_has_no_alternates() -> None:
    """Hidden texts and later pages of a listing are named by no other page."""
    indexed = tuple(Route(f"{tag}/news/", LANGUAGES[tag], "news") for tag in ("en", "ar"))
    hidden = Route("ckb/news/", LANGUAGES["ckb"], "news", indexed=False)
    built = site(routes=(*indexed, hidden))

    assert built.alternates(indexed[0]) == indexed
    assert built.alternates(hidden) == ()
    assert built.family_address("news", LANGUAGES["ckb"]) == "ckb/news/"
    assert built.family_address("news/x", LANGUAGES["ckb"]) is None


def test_a_network_that_has_no_name_in_a_language_shows_one_in_another() -> None:
    """The words say which language they are in; none at all are no error here."""
    network = NetworkSettings({"ckb": "تۆڕ"})

    assert network.text_in(network.names, LANGUAGES["en"], LANGUAGES).language.tag == "ckb"
    assert network.text_in({}, LANGUAGES["en"], LANGUAGES).text == ""
