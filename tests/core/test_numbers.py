"""Numbers in the digits and the grouping of a language."""

import pytest

from jisr.core.i18n.languages import Language, build_languages
from jisr.core.i18n.numbers import format_number, localize_digits, to_ascii_digits

ALL = build_languages(["en", "ar", "ckb", "kmr", "fr", "tr", "fa"])


@pytest.mark.parametrize(
    ("tag", "digits", "expected"),
    [
        ("en", "latn", "1,234,567.5"),
        ("ar", "latn", "1,234,567.5"),
        ("ar", "arab", "١٬٢٣٤٬٥٦٧٫٥"),
        ("ckb", "latn", "1,234,567.5"),
        ("ckb", "arab", "١٬٢٣٤٬٥٦٧٫٥"),
        ("kmr", "latn", "1.234.567,5"),
        ("fr", "latn", "1\u202f234\u202f567,5"),
        ("tr", "latn", "1.234.567,5"),
        ("fa", "arabext", "۱٬۲۳۴٬۵۶۷٫۵"),
    ],
)
def test_numbers_are_grouped_as_readers_group_them(tag: str, digits: str, expected: str) -> None:
    """Grouping, decimal sign and digits are those of the language and its setting."""
    language = build_languages([tag], {tag: {"digits": digits}})[tag]

    assert expected == format_number(1234567.5, language)


@pytest.mark.parametrize("language", ALL, ids=lambda language: language.tag)
def test_small_numbers_are_the_same_everywhere(language: Language) -> None:
    """Digits are ASCII unless a setting says otherwise, and no mark of direction comes with a minus."""
    assert [format_number(number, language) for number in (0, 70, 999)] == ["0", "70", "999"]
    assert not set(format_number(-5, language)) & set("\u200e\u200f\u061c")


@pytest.mark.parametrize(("digits", "expected"), [("latn", "8–9 r1"), ("arab", "٨–٩ r١"), ("arabext", "۸–۹ r۱")])
def test_digits_change_and_nothing_else(digits: str, expected: str) -> None:
    """Digits go over into those of a language and back."""
    language = build_languages(["ar"], {"ar": {"digits": digits}})["ar"]

    assert localize_digits("8–9 r1", language) == expected
    assert to_ascii_digits(expected) == "8–9 r1"
