"""The glossary is read with its mistakes told, and names are compared as people write them."""

from __future__ import annotations

import pytest

from jisr.checks.rules.glossary import discouraged_names, parse_glossary
from tests.checks.case_files import LANGUAGES, masked_file

WRONG = {
    "no list": ("- insm", '1:1: error[glossary]: "…" is no list of names.'),
    "no languages": ("insm: الشبكة", '1:7: error[glossary]: "الشبكة" is no list of names.'),
    "an empty list": ("insm:\n  ar: []", '2:7: error[glossary]: "…" is no list of names.'),
    "an empty name": ('insm:\n  ar: [""]', '2:7: error[glossary]: "…" is no list of names.'),
    "a list in a list": ("insm:\n  ar: [[شبكة]]", '2:7: error[glossary]: "…" is no list of names.'),
    "another language": ("insm:\n  ku: [تۆڕ]", '2:3: error[glossary]: "ku" is not a language of this site.'),
    "one name for two": (
        "a: {ar: [شبكة]}\nb: {ar: [تجمّع, شبكة]}",
        '2:17: error[glossary]: "شبكة" stands for two organisations',
    ),
    "no yaml": ("insm: [", "1:8: error[glossary]: The names cannot be read:"),
    "an alias": ("insm: &a {ar: [شبكة]}\nx: *a", "2:4: error[glossary]: The names cannot be read: a value begins with *."),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_in_the_glossary_is_told_at_its_place(case: str) -> None:
    """A glossary is written by editors: each mistake has its line and column, and the rest is used."""
    text, expected = WRONG[case]

    _, problems = parse_glossary(text, "content/glossary.yaml", LANGUAGES)

    assert [str(one).startswith(f"content/glossary.yaml:{expected}") for one in problems] == [True]


@pytest.mark.parametrize("text", ["", "\n", "# names\n", "insm: {}\n"])
def test_an_empty_glossary_is_none(text: str) -> None:
    """A glossary may be begun without a name."""
    glossary, problems = parse_glossary(text, "g.yaml", LANGUAGES)

    assert problems == [] or text.strip() == ""
    assert list(discouraged_names(masked_file("---\ntitle: شبكة\n---\nشبكة", "ar"), glossary)) == []


def test_a_name_alone_is_a_list_of_one() -> None:
    """Where there is one name, brackets may be left out, and it is the one to use."""
    glossary, problems = parse_glossary("insm: {ckb: تۆڕی ئێمە}", "g.yaml", LANGUAGES)

    assert problems == []
    assert dict(glossary.names["ckb"]) == {"تۆڕی ئێمە": ("insm", "تۆڕی ئێمە")}
