"""How people are reached: as their page shows it, and as a card that address books read (RFC 6350)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import vobject

from jisr.content.attachments.key_files import read_fingerprints
from tests.conftest import ROOT
from tests.site.pages import Site

Build = Callable[..., Any]
REEDS = "organisations/reeds/reeds.vcf"
KEEPERS = "organisations/river-keepers"
FINGERPRINT = "1186E2284D7110000D0C68E9548947161D15250E"  # as GnuPG shows it
OLD_FINGERPRINT = "39FD339AA123A325EE78357640ABAE30A8D66E29"
ADDRESS = "https://example.org"


def read_card(data: bytes) -> Any:
    """Return a card as a program reads it that others wrote."""
    return vobject.readOne(data.decode(), validate=False)


def in_languages(card: Any, name: str) -> dict[str, Any]:
    """Return the values of a name by language; all but a single one are alternatives of each other."""
    lines = card.contents[name]
    if len(lines) > 1:
        assert len({one.params["ALTID"][0] for one in lines}) == 1
    return {one.params["LANGUAGE"][0]: one.value for one in lines}


def plain(card: Any, name: str) -> list[tuple[str, dict[str, list[str]]]]:
    """Return values and parameters of a name."""
    return [(one.value, one.params) for one in card.contents[name]]


def test_a_card_has_the_form_of_its_standard(good: Build) -> None:
    """It is UTF-8 in lines of up to 75 bytes that end in CR and LF, its version stands first, and no letter is cut in two."""
    data: bytes = (good("records").output / REEDS).read_bytes()
    lines = data.split(b"\r\n")
    assert lines[:2] == [b"BEGIN:VCARD", b"VERSION:4.0"]
    assert lines[-2:] == [b"END:VCARD", b""]
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") and line.decode() for line in lines)


def test_a_card_names_whom_it_is_of_in_each_language(good: Build) -> None:
    """Name and place stand once a language, the original first, with every sign as it was written."""
    card = read_card((good("records").output / REEDS).read_bytes())
    names = {"ckb": "قامیشەکان؛ ڕێکخراوێک، بۆ \\ ئاو", "en": "Reeds: an organisation, for water; and more"}
    assert list(in_languages(card, "fn").items()) == list(names.items())
    assert in_languages(card, "org") == {tag: [name] for tag, name in names.items()}
    assert plain(card, "nickname") == [("Reeds; and, more", {})]
    places = {tag: (one.street, one.city, one.country) for tag, one in in_languages(card, "adr").items()}
    assert places == {"ckb": ("شەقامی سالم, 7", "سلێمانی", "عێراق"), "en": ("Salim Street, 7", "Sulaymaniyah", "Iraq")}
    assert "; و پێکەوە" in in_languages(card, "note")["ckb"]


def test_a_card_has_every_way_to_reach_them_but_lists(good: Build) -> None:
    """Number, username, key and addresses have the form that programs open; a mailing list is none of them."""
    card = read_card((good("records").output / REEDS).read_bytes())
    assert plain(card, "kind") == [("org", {})]
    assert plain(card, "email") == [("reeds@example.org", {})]
    assert plain(card, "tel") == [("tel:+9647708866150", {"VALUE": ["uri"], "TYPE": ["voice"]})]
    assert plain(card, "socialprofile") == [("reeds_net.42", {"SERVICE-TYPE": ["Signal"], "VALUE": ["text"]})]
    assert [value for value, _ in plain(card, "url")] == ["https://reeds.example.org/", f"{ADDRESS}/ckb/organisations/reeds/"]
    assert plain(card, "key") == [
        (f"{ADDRESS}/organisations/reeds/key.asc", {"MEDIATYPE": ["application/pgp-keys"]}),
        (f"openpgp4fpr:{FINGERPRINT}", {}),
    ]
    assert plain(card, "geo") == [("geo:35.56,45.43", {})]
    assert plain(card, "rev") == [("20260131T210000Z", {})]
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", plain(card, "uid")[0][0])


def test_who_can_be_reached_has_a_card_and_no_one_else(good: Build) -> None:
    """Organisations, workgroups and people with an address, site or city have one, which their page links."""
    outcome = good("records")
    cards = {file.relative_to(outcome.output).as_posix() for file in outcome.output.rglob("*.vcf")}
    assert cards == {REEDS, "organisations/karibu/karibu.vcf", "people/mirza/mirza.vcf"}
    linked = {link.get("href").removeprefix("../../../") for link in outcome.page("en/people/mirza/").iterfind(".//aside//a")}
    assert "people/mirza/mirza.vcf" in linked
    person = read_card((outcome.output / "people/mirza/mirza.vcf").read_bytes())
    assert in_languages(person, "org") == {"en": ["Karibu Foundation"], "ar": ["مؤسسة كاريبو"]}
    assert {name.given for name in in_languages(person, "n").values()} == {"Tamkinat Mirza", "تمكينات ميرزا"}


def test_a_page_shows_key_and_accounts_from_left_to_right(site: Site, language: str) -> None:
    """The fingerprint is in groups of four, number and account open their programs, and key and card lie beside."""
    page = site.pages[f"{language}/{KEEPERS}/index.html"]
    shown = {one.text(): one.attributes.get("dir") for one in page.tree.css(".facts dd bdi")}
    groups = " ".join(FINGERPRINT[at : at + 4] for at in range(0, 40, 4))
    assert {groups, "+44 7700 900123", "+44 7700 900124"} <= shown.keys()
    assert set(shown.values()) == {"ltr"}
    links = set(page.values(".facts a", "href"))
    assert {"tel:+447700900123", "https://signal.me/#p/+447700900124"} <= links
    assert {f"../../../{KEEPERS}/key.asc", f"../../../{KEEPERS}/river-keepers.vcf"} <= links


def test_fingerprints_of_keys_are_read_as_other_programs_show_them() -> None:
    """Of a key file those of its keys are read, not of keys below them; what is cut off, changed or no key has none."""
    own, old = ((ROOT / path).read_bytes() for path in (f"content/{KEEPERS}/key.asc", "tests/content/cases/old-key.txt"))
    assert read_fingerprints(own) == (FINGERPRINT,)
    assert read_fingerprints(old) == (OLD_FINGERPRINT,)
    assert read_fingerprints(own.replace(b"\n", b"\r\n") + old) == (FINGERPRINT, OLD_FINGERPRINT)
    for wrong in (own[:200], own.replace(b"mDME", b"mD?E"), b"", b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n-----END PGP"):
        assert read_fingerprints(wrong) == ()
