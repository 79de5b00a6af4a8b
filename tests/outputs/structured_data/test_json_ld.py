"""The structured data of pages agree with the pages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests import running
from tests.conftest import Once
from tests.outputs.structured_data.vocabulary import vocabulary
from tests.site.pages import Page, Site

NETWORK = Path(__file__).parent / "network"
TEXT = "statements/2026-script"
VERSIONS = ("ar", "en", "fr", "ckb")


@pytest.fixture(scope="module")
def described(built_once: Once) -> Site:
    """Return the built site of this folder."""

    def build(parent: Path) -> None:
        folder = parent / "network"
        shutil.copytree(NETWORK, folder, ignore=shutil.ignore_patterns("__pycache__"))
        environment = running.clean_environment(SOURCE_DATE_EPOCH="1796083200")
        done = running.engine("build", "--settings", "network.py", folder=folder, environment=environment)
        assert (done.returncode, done.stderr) == (0, "")

    return Site.read(built_once("metadata", build) / "network" / "output")


def graph(page: Page) -> list[dict[str, Any]]:
    """Return the nodes of a page's JSON-LD, all of its scripts together."""
    scripts = [node.text() for node in page.tree.css('script[type="application/ld+json"]')]
    data = [json.loads(script) for script in scripts]
    assert all(one["@context"] == "https://schema.org" for one in data)
    return [node for one in data for node in one["@graph"]]


def of_type(page: Page, name: str) -> list[dict[str, Any]]:
    """Return the nodes of a type."""
    return [node for node in graph(page) if node["@type"] == name]


def work(site: Site, tag: str) -> dict[str, Any]:
    """Return the structured data of a version of the statement."""
    return of_type(site.pages[f"{tag}/{TEXT}/index.html"], "Report")[0]


def work_id(site: Site, tag: str) -> str:
    """Return the id of a version of the statement."""
    return site.url(f"{tag}/{TEXT}/index.html")


def words(page: Page, selector: str) -> list[str]:
    """Return the words of the elements of a kind."""
    return [" ".join(node.text().split()) for node in page.tree.css(selector)]


def test_the_breadcrumb_is_the_one_on_the_page(site: Site) -> None:
    """The BreadcrumbList of each page has the steps that its readers see, in their order, and leads where they lead."""
    found = 0
    for page in site.read_pages:
        lists = of_type(page, "BreadcrumbList")
        assert len(lists) == len(page.tree.css("body > nav.breadcrumb")), page.path
        for steps in (one["itemListElement"] for one in lists):
            found += 1
            assert [" ".join(step["name"].split()) for step in steps] == words(page, "body > nav.breadcrumb li"), page.path
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
            paths = [site.target(link, page.path) for link in page.values("body > nav.breadcrumb a", "href")]
            stated = [site.target(step["item"]) for step in steps if "item" in step]
            assert stated == paths, page.path
            assert all(path in site.pages for path in stated)
    assert found


def test_a_text_is_described_on_its_own_page_alone(site: Site) -> None:
    """The id of a described text is the address of the page that describes it, canonical where it is to be found."""
    for page in site.read_pages:
        ids = {node["@id"].removesuffix("#event") for node in graph(page) if "@id" in node}
        assert ids <= set(page.values('link[rel="canonical"]', "href") or [site.url(page.path)]), page.path


def test_a_title_cannot_break_out(described: Site) -> None:
    """A title is text: it is escaped, so that no script ends early."""
    page = described.pages[f"ar/{TEXT}/index.html"]
    title = "</script><script>alert('ماء')</script> & <b>الماء</b>"
    source = (described.folder / page.path).read_text("utf-8")

    assert work(described, "ar")["headline"] == title
    assert work(described, "ar")["description"] == "</SCRIPT> <!-- \" ' \\ --> خلاصة"
    assert words(page, "h1") == [title]
    assert "<script>" not in source
    assert source.count("</script") == source.count("<script")
    assert not page.tree.css("h1 b")


def test_a_translation_is_linked_with_what_it_was_made_from(described: Site) -> None:
    """translationOfWork and workTranslation are mutual, and follow who was translated from whom."""
    made = {tag: {one["@id"] for one in work(described, tag).get("workTranslation", ())} for tag in VERSIONS}
    source = {tag: work(described, tag).get("translationOfWork", {}).get("@id") for tag in VERSIONS}
    ids = {tag: work_id(described, tag) for tag in VERSIONS}

    assert source == {"ar": None, "en": ids["ar"], "fr": ids["en"], "ckb": ids["ar"]}
    assert made == {"ar": {ids["en"], ids["ckb"]}, "en": {ids["fr"]}, "fr": set(), "ckb": set()}


def test_a_text_in_one_language_names_no_other(described: Site) -> None:
    """A text without a translation has no properties of translations."""
    (node,) = of_type(described.pages["kmr/statements/2026-alone/index.html"], "Report")
    assert not {"translationOfWork", "workTranslation", "translator"} & node.keys()


@pytest.mark.parametrize(
    ("tag", "names"),
    [("ar", None), ("en", ["Mohammed Amir", "Sarah Ali"]), ("fr", ["Jeanne Martin"]), ("ckb", None)],
)
def test_a_translator_is_named(described: Site, tag: str, names: list[str] | None) -> None:
    """The translator of a version is a property of that version, and of no other."""
    people = work(described, tag).get("translator")
    assert (people and [one["name"] for one in people]) == names


@pytest.mark.parametrize("tag", VERSIONS)
def test_a_version_says_its_language_and_its_dates(described: Site, tag: str) -> None:
    """Each version states its language and the date of its original; when it was changed is its own."""
    node = work(described, tag)
    assert (node["inLanguage"], node["datePublished"]) == (tag, "2026-02-09")
    assert node.get("dateModified") == ("2026-03-01T10:30:00+03:00" if tag == "ar" else None)


@pytest.mark.parametrize(("tag", "name"), [("ar", "كاوه علي"), ("en", "Kawa Ali")])
def test_an_author_is_named_as_the_page_names_them(described: Site, tag: str, name: str) -> None:
    """Names of people are in the script of the version; members have their title and their page."""
    person, member = work(described, tag)["author"]
    assert person == {"@type": "Person", "name": name}
    assert (member["@type"], member["name"]) == ("Organization", "مدوّنة دجلة")
    assert described.target(member["url"]) in described.pages


def test_an_event_says_when_and_where(described: Site) -> None:
    """A conference is an Event with its days and its place, each in the words of the page."""
    (node,) = of_type(described.pages["ckb/conferences/2026-erbil/index.html"], "Event")
    assert (node["name"], node["startDate"], node["endDate"]) == ("کۆنفرانسی هەولێر", "2026-10-20", "2026-10-22")
    assert node["location"]["name"] == "هۆڵی شار"
    assert node["location"]["address"]["addressLocality"] == "هەولێر"


def test_an_event_without_its_day_is_given_none(described: Site) -> None:
    """The date of a text is not that of an event: without ``event``, the node is an article, and no date is invented."""
    (node,) = of_type(described.pages["fr/conferences/2025-no-day/index.html"], "Article")
    assert not {"startDate", "endDate", "location"} & node.keys()


def test_everything_is_of_the_vocabulary(site: Site, described: Site) -> None:
    """Every type and property is in the vocabulary of schema.org, with its domain and range."""
    known = vocabulary()
    for one in (site, described):
        faults = [fault for page in one.read_pages for node in graph(page) for fault in known.faults(node, page.path)]
        assert faults == []


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": "Confrence"}, "no type"),
        ({"@type": "Event", "translationOfWork": {"@id": "x"}}, "has no translationOfWork"),
        ({"@type": "Event", "organizer": {"@type": "Place", "name": "x"}}, "is none of"),
        ({"@type": "Report", "translator": "Mohammed Amir"}, "is none of"),
    ],
)
def test_the_vocabulary_refuses_what_it_lacks(node: dict[str, Any], fault: str) -> None:
    """The check of all pages would find a wrong name, a wrong place or a wrong value."""
    assert [fault in one for one in vocabulary().faults(node, "x")] == [True]


def test_a_work_of_a_conference_and_its_event_name_each_other(site: Site) -> None:
    """What came of a conference is about it, and the event names it: news that report on it are a Report."""
    events = {node["@id"]: node for page in site.read_pages for node in of_type(page, "Event")}
    works = {node["@id"]: node for page in site.read_pages for node in graph(page) if "about" in node}
    for identity, event in events.items():
        assert works[identity.removesuffix("#event")]["about"] == [{"@id": identity}]
        for work in event.get("subjectOf", ()):
            abouts = [one["@id"] for one in works[work["@id"]]["about"]]
            assert any(family(one) == family(identity) for one in abouts)
            assert works[work["@id"]]["@type"] == "Report"
    assert any("subjectOf" in event for event in events.values())
    assert all(event["organizer"]["@type"] == "Organization" for event in events.values())


def family(address: str) -> str:
    """Return what the versions of a text share of their addresses."""
    return address.split("/", 4)[4]


def test_supporters_are_named_as_those_who_fund(site: Site, language: str) -> None:
    """Each supporter that the page of a conference names is a funder of the event."""
    page = site.pages.get(f"{language}/conferences/2017-annual-conference/index.html")
    if page is not None:
        (event,) = of_type(page, "Event")
        assert [one["name"] for one in event["funder"]] == words(page, ".supporters li")


def test_a_conference_in_several_languages_is_linked_with_its_translations(site: Site) -> None:
    """The page of a conference is a work of its own: its versions name each other."""
    (work,) = of_type(site.pages["ar/conferences/2017-annual-conference/index.html"], "Article")
    english = site.url("en/conferences/2017-annual-conference/index.html")
    (original,) = of_type(site.pages["en/conferences/2017-annual-conference/index.html"], "Article")

    assert work["translationOfWork"] == {"@id": english}
    assert {"@id": work["@id"]} in original["workTranslation"]
