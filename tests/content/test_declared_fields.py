"""Each field says where it is shown, or why not, and the outputs show it there."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from jisr.core.schema.field_types import Either, Field, FieldGroup, FieldType, Kind, ListOf, Outputs
from jisr.core.schema.kinds import DEFAULT_KINDS
from tests import running
from tests.conftest import ROOT, Once
from tests.site.pages import Site

NETWORK = Path(__file__).parent / "declared"
TEMPLATES = ROOT / "themes" / "jisr" / "templates"
CLOCK = "1796083200"  # 1 December 2026
PLACES = {"page", "json_ld", "data", "feed"}  # the outputs that a field is shown in, or that it says why it is not
IN_LAYOUT = {"byline", "menu", "profile", "places"}  # parts of pages that are no component with a file of that name
TEXTS = {
    "statements": "statements/water",
    "conferences": "conferences/erbil",
    "news": "news/flood",
    "posts": "posts/dijla/dam",
    "pages": "pages/about-us",
    "members": "members/dijla",
    "topics": "topics/rivers",
    "workgroups": "workgroups/rivers",
    "organisations": "organisations/nature",
    "people": "people/azad",
}


def walk(fields: tuple[Field, ...], above: str = "") -> Iterator[tuple[str, Field]]:
    """Return all fields with their path, those within groups too."""
    for field in fields:
        yield above + field.name, field
        if group := inner_group(field.type):
            yield from walk(group.fields, f"{above}{field.name}.")


def inner_group(type_: FieldType) -> FieldGroup | None:
    """Return the group that a field holds, in a list or as one of two shapes too."""
    if isinstance(type_, ListOf):
        return inner_group(type_.item)
    if isinstance(type_, Either):
        return inner_group(type_.structured)
    return type_ if isinstance(type_, FieldGroup) else None


DECLARED = sorted(
    {(f"{kind.name}: {path}", field) for kind in DEFAULT_KINDS for path, field in walk(kind.fields)}, key=lambda one: one[0]
)


@pytest.fixture(scope="module")
def declared(built_once: Once) -> Site:
    """Return the built site of this folder, whose texts state every field."""

    def build(folder: Path) -> None:
        shutil.copytree(NETWORK, folder / "network")
        settings = ("--settings", str(ROOT / "tests" / "sites" / "settings.py"))
        options = ("--content", str(folder / "network"), "--output", str(folder / "output"))
        environment = running.clean_environment(SOURCE_DATE_EPOCH=CLOCK)
        done = running.engine("build", *settings, *options, folder=ROOT, environment=environment)
        assert done.returncode == 0, done.stderr

    return Site.read(built_once("declared", build) / "output")


def stated(kind: Kind) -> dict[str, Any]:
    """Return what the two versions of the text of a kind state."""
    folder = NETWORK / TEXTS[kind.name]
    versions = [yaml.safe_load((folder / f"index.{tag}.md").read_text("utf-8").split("---\n")[1]) for tag in ("en", "ar")]
    return dict(versions[1] | versions[0])


def shown(kind: Kind, output: str) -> list[tuple[str, str]]:
    """Return the fields of a kind with the name that they declare for an output."""
    return [(field.name, name) for field in kind.fields if (name := getattr(field.outputs, output))]


def test_each_field_says_where_it_is_shown_or_why_not() -> None:
    """A field names a place in each output; where it leaves one out, it gives the reason."""
    wrong = []
    for name, field in DECLARED:
        outputs = field.outputs
        places = {place for place in PLACES if getattr(outputs, place)} | ({"data"} if outputs.record else set())
        if places != PLACES and not outputs.why:
            wrong.append((name, sorted(PLACES - places)))
    assert wrong == []


def test_a_component_that_a_field_names_is_there() -> None:
    """The page of a field is a component of the theme, or a part of pages that is known here."""
    names = {(name, field.outputs.page) for name, field in DECLARED if field.outputs.page}
    assert [
        one for one in sorted(names) if one[1] not in IN_LAYOUT and not (TEMPLATES / "components" / f"{one[1]}.html").is_file()
    ] == []


@pytest.mark.parametrize("kind", DEFAULT_KINDS, ids=lambda kind: str(kind.name))
def test_the_text_of_these_tests_states_every_field(kind: Kind) -> None:
    """What is asked of outputs below is asked of every field: a new one has its value here, too."""
    assert set(kind.names) - set(stated(kind)) == set()


@pytest.mark.parametrize("kind", DEFAULT_KINDS, ids=lambda kind: str(kind.name))
def test_open_data_has_the_declared_keys(declared: Site, kind: Kind) -> None:
    """Each field with a key in open data stands there under it, in the text or in the list of its kind."""
    data = json.loads((declared.folder / "data" / "ar.json").read_text("utf-8"))
    identity = TEXTS[kind.name].partition("/")[2]
    text = next(one for one in data["texts"] if (one["kind"], one["id"]) == (kind.name, identity))
    assert [one for one in shown(kind, "data") if one[1] not in text] == []

    records = {one["id"]: one for one in data.get(kind.name, ())}
    assert [one for one in shown(kind, "record") if one[1] not in records[identity]] == []


def test_open_data_has_the_declared_keys_of_events(declared: Site) -> None:
    """Each field of an event with a key in open data stands there under it."""
    (event,) = json.loads((declared.folder / "data" / "ar.json").read_text("utf-8"))["events"]
    conference = next(kind for kind in DEFAULT_KINDS if kind.name == "conferences")
    fields = {field.outputs.data for path, field in walk(conference.fields) if path.startswith("event.") and field.outputs.data}
    # One event has a number that was counted or a rounded one.
    assert fields - set(event) <= {"participants_about"}


@pytest.mark.parametrize("kind", DEFAULT_KINDS, ids=lambda kind: str(kind.name))
def test_json_ld_has_the_declared_properties(declared: Site, kind: Kind) -> None:
    """Each field with a property of schema.org is described by it on the page of its text."""
    address = TEXTS[kind.name].removeprefix("pages/")
    page = (declared.folder / "ar" / address / "index.html").read_text("utf-8")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    properties = set(_keys(json.loads(found[1])))
    wanted = {outputs.json_ld.partition(":")[0] for outputs in _outputs(kind) if outputs.json_ld}
    # What has a name has no headline; entities have no authors and days of their own.
    if kind.is_entity or not kind.listed:
        wanted -= {"headline"} | ({"author", "dateModified", "translator", "translationOfWork"} if kind.is_entity else set())
        assert "name" in properties
    assert wanted - properties == set()


def _keys(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield from one
            for inner in one.values():
                yield from _keys(inner)


def _outputs(kind: Kind) -> Iterator[Outputs]:
    return (field.outputs for _, field in walk(kind.fields))


@pytest.mark.parametrize("kind", [kind for kind in DEFAULT_KINDS if kind.dated], ids=lambda kind: str(kind.name))
def test_entries_have_the_declared_elements(declared: Site, kind: Kind) -> None:
    """Each field with an element of feeds stands in it in the entry of its text, in Atom, RSS and JSON Feed as they have it."""
    folder = declared.folder / "ar" / kind.name
    entry = etree.parse(folder / "feed.atom").find("{*}entry")
    assert entry is not None
    elements = {etree.QName(element).localname for element in entry.iter("*")}
    wanted = {outputs.feed.rpartition(":")[2] for outputs in _outputs(kind) if outputs.feed}
    assert wanted - elements == set()
    extended = {outputs.feed for outputs in _outputs(kind) if ":" in outputs.feed}
    item = json.loads((folder / "feed.json").read_text("utf-8"))["items"][0]
    assert {name for name in extended if name.partition(":")[2] not in item.get(f"_{name.partition(':')[0]}", {})} == set()
    assert {name for name in extended if f"<{name}>" not in (folder / "feed.rss").read_text("utf-8")} == set()


@pytest.mark.parametrize("kind", ["statements", "news", "conferences"])
def test_the_words_below_a_picture_stand_wherever_it_is_shown(declared: Site, kind: str) -> None:
    """Caption and credit of cover and photos are below them on the page and in feeds, in their own language, and in data."""
    page = declared.pages[f"ar/{TEXTS[kind]}/index.html"]
    below = [" ".join(one.text().split()) for one in page.tree.css(".cover figcaption")]
    assert below == ["After the rain الصورة: Network"] * 2
    assert {one.attributes.get("lang") for one in page.tree.css(".cover figcaption bdi")} == {"en"}

    entry = next(iter(json.loads((declared.folder / "ar" / kind / "feed.json").read_text("utf-8"))["items"]))
    figures = re.findall(r"<figure>(.*?)</figure>", entry["content_html"], re.DOTALL)
    assert [re.search(r'width="\d+" height="\d+"', one) is not None for one in figures] == [True, True]
    assert all('<bdi lang="en" dir="ltr">\u2066After the rain\u2069</bdi>' in one and "Network" in one for one in figures)

    texts = json.loads((declared.folder / "data" / "ar.json").read_text("utf-8"))["texts"]
    text = next(one for one in texts if f"{one['kind']}/{one['id']}" == TEXTS[kind])
    picture = {"alt": "A river", "caption": "After the rain", "credit": "Network"}
    assert text["photos"] == [text["cover"]] == [{**picture, "url": f"{declared.address}/{TEXTS[kind]}/photo.png"}]


def test_a_resolution_is_called_as_its_statement_says(declared: Site) -> None:
    """The word of a version for one resolution stands before its number wherever that is named; else it is a resolution."""
    pages = (f"en/{TEXTS['statements']}/", f"ar/{TEXTS['statements']}/", "en/statements/earlier/")
    named = [declared.pages[f"{page}index.html"].one(".numeral").attributes["aria-label"] for page in pages]
    assert named == ["Demand 1", "المطلب 1", "Resolution 1"]
    cited = declared.pages[f"en/{TEXTS['statements']}/index.html"].one(".citations p").text()
    assert " ".join(cited.split()) == "Water, 2026, demand 1"
    for list_ in ("resolutions", "commitments"):
        (number,) = declared.pages[f"en/{list_}/index.html"].tree.css(f'.numeral[href$="{TEXTS["statements"]}/#r1"]')
        assert number.attributes["aria-label"] == "Demand 1"
