"""Files at well-known addresses that describe the site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.i18n.languages import build_languages
from jisr.core.model.mirrors import fingerprint, is_onion
from jisr.outputs.wellknown.security_txt import parse_security_setting
from tests.build.conftest import Workplace, workplace_in
from tests.site.pages import Site

__all__ = ["workplace_in"]
KEY = "RWQAAQIDBAUGBwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
ONION = "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaam2dqd.onion"
STATED = f"""
SIGNED_BY = "{KEY}"
MIRRORS = ("https://mirror.example.net", "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi")
ONION = "{ONION}/"
SECURITY = {{"contact": ["mailto:security@example.org", "https://example.org/report"], "expires": "2027-06-30"}}
"""
MAIL = {"contact": "mailto:a@example.org"}
TODAY = date(2026, 12, 1)
HERE = SourceLocation("publishconf.py", 4)


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory, workplace_in: Callable[[Path], Workplace]) -> Path:
    """Return the output of a site that states all that can be stated."""
    place = workplace_in(tmp_path_factory.mktemp("stated"))
    place.state(STATED)
    done = place.command("build")
    assert (done.returncode, done.stderr) == (0, "")
    return place.output


def page(folder: Path, path: str) -> LexborHTMLParser:
    """Return a built page."""
    return LexborHTMLParser((folder / path).read_text("utf-8"))


def test_the_list_of_mirrors_names_all_that_proves_a_copy(stated: Path) -> None:
    """Programs find every address, the key and where the sums are, without asking a page."""
    said = json.loads((stated / ".well-known/mirrors.json").read_text("utf-8"))
    assert said["mirrors"][0] == "https://mirror.example.net/"
    assert said["onion"] == f"{ONION}/"
    assert said["key"] == {"public": KEY, "sha256": "".join(fingerprint(KEY)), "form": "minisign"}
    assert said["site"] == "https://example.org/"


def test_security_txt_has_the_form_of_the_standard(stated: Path) -> None:
    """Contacts, one day of expiry in UTC, the site's languages, its own address: RFC 9116, 2.5."""
    assert (stated / ".well-known/security.txt").read_text("utf-8").splitlines() == [
        "Contact: mailto:security@example.org",
        "Contact: https://example.org/report",
        "Expires: 2027-06-30T00:00:00Z",
        "Preferred-Languages: en, ar, ckb, kmr, fr",
        "Canonical: https://example.org/.well-known/security.txt",
    ]


def test_every_language_has_the_page_on_copies(stated: Path, language: str) -> None:
    """The page shows the key, its fingerprint and every other address, in the language and its direction."""
    html = page(stated, f"{language}/verify/index.html")
    text = html.body.text() if html.body else ""
    assert "".join(node.text() for node in html.css(".groups span")) == "".join(fingerprint(KEY))
    assert f"minisign -Vm SHA256SUMS -P {KEY}" in text
    assert {node.attributes["href"] for node in html.css("main li a")} >= {"https://mirror.example.net/", f"{ONION}/"}
    (root,) = html.css("html")
    assert (root.attributes["lang"], root.attributes["dir"]) == (language, build_languages((language,))[language].direction)
    assert all(node.attributes.get("dir") == "ltr" for node in html.css("pre, main code:not(pre code)"))


def test_a_page_names_its_place_in_the_tor_network(stated: Path) -> None:
    """Tor Browser is led to the same page; a page for what is not there leads nowhere."""
    found = page(stated, "ckb/statements/2026-water/index.html").css('meta[http-equiv="onion-location"]')
    assert [node.attributes["content"] for node in found] == [f"{ONION}/ckb/statements/2026-water/"]
    assert not page(stated, "ckb/404.html").css('meta[http-equiv="onion-location"]')


def test_a_manifest_speaks_its_language(site: Site, language: str) -> None:
    """Each page names the manifest of its language, whose words, direction, icon and start are that language's."""
    folder = site.folder / language
    (link,) = site.pages[f"{language}/index.html"].values('link[rel="manifest"]', "href")
    said = json.loads((folder / link).read_text("utf-8"))
    assert (said["lang"], said["dir"]) == (language, build_languages((language,))[language].direction)
    assert said["name"] in (folder / "index.html").read_text("utf-8")
    assert (folder / said["start_url"] / "index.html").is_file()
    assert (folder / said["icons"][0]["src"]).is_file()


def test_the_front_door_names_no_manifest(site: Site) -> None:
    """What belongs to no language installs none."""
    assert site.pages["index.html"].values('link[rel="manifest"]', "href") == []


def test_humans_are_named(site: Site) -> None:
    """The file names the network in each of its languages, and every translator of a listed text."""
    said = (site.folder / "humans.txt").read_text("utf-8")
    names = {node.text() for one in site.pages.values() for node in one.tree.css(".footer-who strong bdi, .footer-who strong")}
    assert all(name in said for name in names)
    assert "Mohammed Amir" in said


def test_an_unsigned_site_promises_no_signature(site: Site, language: str) -> None:
    """Where nothing is signed, the page shows no key and no command that needs one."""
    text = (site.folder / language / "verify/index.html").read_text("utf-8")
    assert "minisign" not in text
    assert "sha256sum -c" in text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("x", '"x" names nobody to tell of faults'),
        ({"contact": "security@example.org", "expires": "2027-06-30"}, '"security@example.org" is no address for contact'),
        ({"expires": "2027-06-30"}, 'SECURITY has no "contact"'),
        (MAIL, 'SECURITY expires on "", which is no day'),
        (MAIL | {"expires": "30.6.2027"}, 'SECURITY expires on "30.6.2027", which is no day'),
        (MAIL | {"expires": "2026-12-01"}, 'error[setting]: SECURITY expired on "2026-12-01"'),
        (
            {"contact": "mailto:a@example.org", "expires": "2026-12-09"},
            'warning[setting]: SECURITY expires on "2026-12-09", 8 days',
        ),
        (MAIL | {"expires": "2029-01-01"}, "more than a year from now"),
        (MAIL | {"expires": "2027-06-30", "polcy": "x"}, 'Did you mean "policy"?'),
    ],
)
def test_a_wrong_setting_of_security_is_told(given: object, told: str) -> None:
    """Each problem is reported with its value and valid ones; an expired contact is an error where it would be published."""
    said, problems = parse_security_setting(given, TODAY, HERE, strict=True)
    assert any(told in str(one) for one in problems), problems
    assert (said is None) == any(one.severity == "error" for one in problems)


def test_wrong_copies_are_told(tmp_path: Path, workplace_in: Callable[[Path], Workplace]) -> None:
    """A key, mirror or onion address that cannot be one is an error with its line, its value and what to write."""
    place = workplace_in(tmp_path)
    place.state('SIGNED_BY = "RWQkey"\nMIRRORS = ("mirror.example.net", "https://mirror.example.net/a b")')
    place.state(f'ONION = "{ONION.replace("m2dqd", "m2dqe")}"')
    told = place.command("check").stderr
    found = re.findall(r"^network\.py:(\d+):\d+: error\[setting\]: \"(\S+)", told, re.MULTILINE)
    assert {(int(line), value) for line, value in found} == {
        (8, 'RWQkey"'),
        (9, 'mirror.example.net"'),
        (9, "https://mirror.example.net/a"),
        (11, f'{ONION.replace("m2dqd", "m2dqe")}"'),
    }
    assert "Traceback" not in told


@pytest.mark.parametrize("address", [ONION, f"{ONION}x", "https://example.org", "http://short.onion", "ftp" + ONION[4:]])
def test_an_onion_address_proves_itself(address: str) -> None:
    """An address of the Tor network holds a checksum: one wrong letter, and it is none."""
    assert is_onion(address) == (address == ONION)
