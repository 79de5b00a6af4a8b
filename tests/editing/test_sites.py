"""A new site has the program, its workflows and handbooks; an upgrade exchanges them, and leaves what the site changed."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from jisr.content.catalogs.catalog_loader import CatalogFolder, load_messages
from jisr.content.settings.colors import LEAST_CONTRAST, choose_colors, contrast_ratio, read_scheme, write_rules
from jisr.content.settings.template_overrides import RECORD, check_overrides, read_record, record_new
from jisr.core.build.resources import PACKAGE, THEME
from jisr.core.diagnostics.message_formatter import ENGLISH
from jisr.core.diagnostics.problems import Problems, ProblemsError
from jisr.core.i18n.languages import build_languages
from jisr.editing.sites.file_changes import Change
from jisr.editing.sites.handbooks import handbook_files
from jisr.editing.sites.new_site import NewSiteOptions, ask_missing, create_site, find_missing_entry
from jisr.editing.sites.site_folder import SiteOptions, own_files, program_files
from jisr.editing.sites.upgrade import new_steps, plan_changes
from jisr.editing.sites.wheels import make_wheel
from tests.conftest import ROOT

WHEELS = {"jisr-1.0.0-py3-none-any.whl": b"one", "feedgen-1.0.0-py3-none-any.whl": b"two"}
SETS = ["ar en ckb kmr fr", "ar", "de fa tr", "he ur zh", "zza syr", "fr ar"]
OWN_PROGRAM = {".ci/install"}  # a checkout installs itself, a site what lies in vendor/
TOKENS = (THEME / "static/css/tokens.css").read_text("utf-8")


@pytest.mark.parametrize("languages", SETS)
def test_handbooks_are_those_of_a_site(languages: str) -> None:
    """A site has handbooks in its languages, else in English, whose links lead to files it has, and none of this repository."""
    tags = languages.split()
    files = handbook_files(tags)
    shown = {tag for tag in tags if (ROOT / ("CONTRIBUTING.md" if tag == "en" else f"CONTRIBUTING.{tag}.md")).is_file()}
    there = {*files, "README.md", *(f"content/FIELDS.{tag}.md" for tag in tags)}

    assert len(files) == 2 * max(len(shown), 1)
    assert {"CONTRIBUTING.md", "content/README.md"} <= set(files)
    for path, text in files.items():
        links = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL))
        targets = {Path(path).parent.joinpath(link).as_posix().replace("content/../", "") for link in links if ":" not in link}
        assert targets <= there
        assert not re.search(r"plugins/jisr|dijla|penus|CC0|<!--", text), path
        assert all(f"`{tag}`" in text for tag in tags) or "content/" in path
        assert set(re.findall(r"\{of: (\w+)", text)) <= set(tags)
        assert not any(f"`{tag}`" in text for tag in {"ckb", "kmr", "fr"} - set(tags) if "content/" not in path)


def test_the_package_has_the_handbooks_and_workflows_of_this_repository() -> None:
    """What a new site gets is what this repository runs and shows, byte for byte."""
    folder = PACKAGE / "editing/sites/handbooks"
    for file in folder.iterdir():
        name = file.name.removesuffix(".txt")
        assert file.read_bytes() == (ROOT / ("content" if name.startswith("README") else "") / name).read_bytes(), name
    for path, data in program_files(["en"], {}).items():
        own = ROOT / path
        if path.startswith((".ci/", ".github/", ".forgejo/", ".woodpecker/")) and path not in OWN_PROGRAM:
            assert own.read_bytes() == data, path
    assert own_start(".gitlab-ci.yml").startswith(program_files(["en"], {})[".gitlab-ci.yml"])


def own_start(path: str) -> bytes:
    """Return a file of this repository."""
    return (ROOT / path).read_bytes()


def test_everything_is_installed_by_hash() -> None:
    """The list of packages names each wheel of vendor/ with its digest, and each other one with a version and hashes."""
    files = program_files(["ar"], WHEELS)
    text = files["requirements.txt"].decode()
    for name, data in WHEELS.items():
        assert files[f"vendor/{name}"] == data
        assert f"./vendor/{name} --hash=sha256:{hashlib.sha256(data).hexdigest()}\n" in text
    entries = re.split(r"\n(?=\S)", text.strip().split("\n", 1)[1])
    assert all("--hash=sha256:" in entry for entry in entries)
    pinned = dict(re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", text, re.MULTILINE))
    listed = (ROOT / "constraints.txt").read_text("utf-8").lower().replace("_", "-")
    constraints = dict(re.findall(r"^([\w.-]+)==(\S+)", listed, re.MULTILINE))
    assert {"pelican", "lxml", "aiohttp", "pillow", "cryptography", "brotli"} <= set(pinned)
    assert {name: version for name, version in pinned.items() if constraints.get(name) != version} == {}
    assert "feedgen" not in pinned


def test_a_wheel_is_packed_of_what_is_installed() -> None:
    """It has every file of the package with its digest, nothing of this machine, and the same bytes each time."""
    name, data = make_wheel("feedgen")
    with ZipFile(io.BytesIO(data)) as wheel:
        names = set(wheel.namelist())
        record = next(one for one in names if one.endswith(".dist-info/RECORD"))
        rows = {path: digest for path, digest, _ in csv.reader(io.StringIO(wheel.read(record).decode()))}
        for path in names - {record}:
            digest = base64.urlsafe_b64encode(hashlib.sha256(wheel.read(path)).digest()).rstrip(b"=").decode()
            assert rows[path] == f"sha256={digest}"
    assert re.fullmatch(r"feedgen-[\d.]+-py[\w.]+-none-any\.whl", name)
    assert {"feedgen/feed.py", "feedgen/__init__.py"} <= names
    assert not [one for one in names if re.search(r"__pycache__|direct_url|INSTALLER|REQUESTED|^/|\.\.", one)]
    assert make_wheel("feedgen") == (name, data)


LINES = b"one\ntwo\nthree\nfour\nfive\nsix\nseven\n"


@pytest.mark.parametrize(
    ("present", "base", "new", "expected"),
    [
        (b"old", b"old", b"new", Change("a", b"old", b"new")),
        (None, None, b"new", Change("a", None, b"new")),
        (b"old", b"old", None, Change("a", b"old", None)),
        (b"own", b"old", b"old", None),  # the program did not change it
        (b"new", b"old", b"new", None),  # so already
        (None, b"old", b"new", None),  # taken out by the site
        (b"own", b"old", None, None),  # the site's own by now
        (b"own\n", b"old\n", b"new\n", Change("a.new", None, b"new\n")),
        (b"own\n", None, b"new\n", Change("a.new", None, b"new\n")),
        (
            LINES.replace(b"one", b"ONE"),
            LINES,
            LINES.replace(b"seven", b"SEVEN"),
            Change("a", LINES.replace(b"one", b"ONE"), LINES.replace(b"one", b"ONE").replace(b"seven", b"SEVEN")),
        ),
    ],
)
@pytest.mark.process  # git merges
def test_an_upgrade_leaves_what_the_site_changed(
    tmp_path: Path, present: bytes | None, base: bytes | None, new: bytes | None, expected: Change | None
) -> None:
    """A file is exchanged where the site has it as the program wrote it, merged where changes do not touch, else kept."""
    if present is not None:
        (tmp_path / "a").write_bytes(present)

    def files(data: bytes | None) -> Mapping[str, bytes]:
        return {} if data is None else {"a": data}

    assert list(plan_changes(tmp_path, files(base), files(new))) == ([expected] if expected else [])


def test_what_a_site_must_do_is_in_the_changelog() -> None:
    """The steps that an upgrade prints are those of the changelog, in its order."""
    item = re.compile(r"^- .*$", re.MULTILINE)
    sections = re.findall(
        r"^### What a site must do\n(.*?)(?=^##|\Z)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    steps = (PACKAGE / "editing/sites/settings/site_steps.md").read_text("utf-8")

    assert item.findall(steps) == [line for section in sections for line in item.findall(section)]
    assert len(new_steps(steps, "")) == len(item.findall(steps)) > 0
    assert new_steps(steps, steps) == []


def test_an_own_template_is_told_when_its_original_changed(tmp_path: Path) -> None:
    """One made by hand is noted; one whose original is another than the one noted is a warning, as is one that is not noted."""
    own = tmp_path / "themes/templates/components/footer.html"
    own.parent.mkdir(parents=True)
    own.write_text("<p>Our own.</p>", "utf-8")
    (own.parent / "new.html").write_text("", "utf-8")  # takes the place of none
    settings = {"THEME": str(THEME), "THEME_TEMPLATES_OVERRIDES": [str(tmp_path / "themes/templates")]}

    (unknown,) = check_overrides(settings, tmp_path)
    assert (unknown.place.path, unknown.code, unknown.severity) == (
        "themes/templates/components/footer.html",
        "override",
        "warning",
    )
    record_new(settings, tmp_path)
    assert list(read_record(tmp_path)) == ["components/footer.html"]
    assert list(check_overrides(settings, tmp_path)) == []
    record = tmp_path / RECORD
    record.write_text(record.read_text("utf-8").replace("sha256:", "sha256:0"), "utf-8")
    (changed,) = check_overrides(settings, tmp_path)
    assert "has changed since" in str(changed)
    record_new(settings, tmp_path)
    assert list(check_overrides(settings, tmp_path)) == [changed]  # only a person says that it was seen
    for broken in ("", "[", "[1]", "null"):
        record.write_text(broken, "utf-8")
        assert read_record(tmp_path) == {}


@pytest.mark.parametrize(
    ("setting", "light", "faults"),
    [
        ({}, {}, 0),
        ({"link": "#0f4d63"}, {"link": "#0f4d63"}, 0),
        ({"link": ("#0F4D63", "#8fcadf"), "line": "#ccc0b0"}, {"link": "#0f4d63", "line": "#ccc0b0"}, 0),
        ({"link": "#ffff00"}, {"link": "#ffff00"}, 1),
        ({"link": ("#0f4d63", "#0f4d63")}, {"link": "#0f4d63"}, 1),
        ({"paper": ("#777777", "#777777")}, {"paper": "#777777"}, 6),
        ({"link": "blue"}, {}, 1),
        ({"link": ("#000000",)}, {}, 1),
        ({"colour": "#000000"}, {}, 1),
        ("#000000", {}, 1),
    ],
)
def test_a_colour_that_cannot_be_read_is_an_error(setting: object, light: Mapping[str, str], faults: int) -> None:
    """Each text has a contrast of 4.5 on each ground, on light and dark pages; the colour that a message names can be read."""
    scheme = read_scheme(TOKENS)
    chosen, found = choose_colors(setting, scheme)

    assert dict(chosen.light) == light
    assert len(found) == faults or (faults > 1 and len(found) > 1)
    for one in found:
        if (named := dict(one.values).get("better")) and isinstance(setting, dict) and "link" in setting:
            grounds = scheme.light if "light" in str(dict(one.values)["page"]) else scheme.dark
            assert min(contrast_ratio(str(named), grounds[ground]) for ground in ("paper", "tint", "warm")) >= LEAST_CONTRAST
    if not found:
        rules = write_rules(chosen)
        assert all(f"--{role}:{value}" in rules for role, value in light.items())
        assert not light or "prefers-color-scheme:dark" in rules


@pytest.mark.parametrize(
    ("stated", "places"),
    [
        ({"languages": "ar xx"}, ["--languages"]),
        ({"languages": " "}, ["--languages"]),
        ({"languages": "ar ar"}, ["--languages"]),
        ({"url": "example.org"}, ["--url"]),
        ({"url": "https://[x"}, ["--url"]),
        ({"kinds": "newz"}, ["--kinds"]),
        ({"kinds": "pages members"}, ["--kinds"]),
        ({"color": "#ffff00"}, ["--color"]),
        ({"color": "blue"}, ["--color"]),
        ({"name": " "}, ["--name"]),
        ({"name": "", "url": "ftp://a"}, ["--name", "--url"]),
    ],
)
def test_a_wrong_option_is_a_message(tmp_path: Path, stated: Mapping[str, str], places: list[str]) -> None:
    """What no site can be made of is said with its option, all of it at once, and nothing is written."""
    options = {"name": "Water", "languages": "ar", "url": "https://example.org", **stated}

    with pytest.raises(ProblemsError) as raised:
        create_site(NewSiteOptions(folder=str(tmp_path / "site"), **options), date(2026, 11, 30), ENGLISH)
    assert [problem.place.path for problem in raised.value.problems] == places
    assert list(tmp_path.iterdir()) == []


def test_missing_options_are_asked_for() -> None:
    """At a terminal what was not typed is asked for, and nothing else."""
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return "ar ckb"

    options = ask_missing(NewSiteOptions("site", "Water", "", "https://example.org"), answer)
    assert (options.name, options.languages, options.url) == ("Water", "ar ckb", "https://example.org")
    assert len(asked) == 1


PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Statements"
msgstr "{words}"
"""


def test_catalogues_of_a_site_go_before_those_of_the_package(tmp_path: Path) -> None:
    """What a site's catalogue says is shown, the package says the rest, and nothing of a shipped language is missing."""
    languages = build_languages(["ckb", "de"])
    for tag, words in (("ckb", "بانگەواز"), ("de", "Aufrufe")):
        file = tmp_path / tag / "LC_MESSAGES/messages.po"
        file.parent.mkdir(parents=True)
        file.write_text(PO.replace("{words}", words), "utf-8")
    problems = Problems()
    catalogs = load_messages(CatalogFolder(tmp_path, "translations"), languages, problems, strict=True)

    ckb, german = (catalogs.for_language(one) for one in languages)
    assert (ckb.gettext("Statements"), german.gettext("Statements")) == ("بانگەواز", "Aufrufe")
    assert ckb.gettext("Conferences") not in ("", "Conferences")
    assert german.gettext("Conferences") == '<span lang="en" dir="ltr">Conferences</span>'
    assert [(one.place.path, one.severity) for one in problems] == [("translations/de/LC_MESSAGES/messages.po", "warning")]


def test_a_site_without_catalogues_has_those_of_the_package(tmp_path: Path) -> None:
    """A language that the package does not ship is one warning, with the command that begins its catalogue."""
    problems = Problems()
    catalogs = load_messages(CatalogFolder(tmp_path, "translations"), build_languages(["ckb", "de"]), problems, strict=True)

    assert catalogs.for_language(build_languages(["ckb"])["ckb"]).gettext("Statements") != "Statements"
    (warning,) = problems
    assert (warning.severity, "inv messages de" in str(warning)) == ("warning", True)


@pytest.mark.parametrize(("tags", "entries"), [("ar ckb", {}), ("zza syr", {"zza": ("Zaza", "tr_TR", "Latn")})])
def test_a_language_that_cldr_barely_knows_is_described(tags: str, entries: Mapping[str, tuple[str, str, str]]) -> None:
    """A new site has an entry of LANGUAGE_REGISTRY for it, to complete, and none for any other."""
    missing = {tag: entry for tag in tags.split() if (entry := find_missing_entry(tag))}
    assert {tag: (one["own_name"], one["locale"], one["script"]) for tag, one in missing.items()} == entries
    files = own_files(SiteOptions("Water", tags.split(), "https://example.org", entries=missing), date(2026, 11, 30))
    settings: dict[str, Any] = {}
    exec(files["pelicanconf.py"], settings)
    assert settings.get("LANGUAGE_REGISTRY", {}) == missing
    assert len(build_languages(settings["LANGUAGES"], settings.get("LANGUAGE_REGISTRY"))) == 2
