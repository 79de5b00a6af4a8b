"""Plain text keeps its direction where markup cannot go."""

import pytest

from jisr.core.bidi.marks import add_direction_marks
from jisr.core.i18n.languages import build_languages

ALL = build_languages(["ar", "ckb", "kmr", "en"])


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("ar", "هاتف +964 770 886 6150", "\u200fهاتف \u2066+964 770 886 6150\u2069"),
        ("ar", "هاتف 00 964 770 88 66 150", "\u200fهاتف \u206600 964 770 88 66 150\u2069"),
        ("ar", "هاتف ٠٧٧٠ ٨٨٦ ٦١٥٠", "\u200fهاتف \u2066\u202d٠٧٧٠ ٨٨٦ ٦١٥٠\u202c\u2069"),
        ("ar", "يوم 2012-02-09", "\u200fيوم \u20662012-02-09\u2069"),
        ("ar", "10-12 آب 2018", "\u200f10-12 آب 2018"),
        ("ckb", "بڵاوکراوەی (I.N.S.M.)", "\u200fبڵاوکراوەی (\u2066I.N.S.M.\u2069)"),
        ("ckb", "لەگەڵ @dijla", "\u200fلەگەڵ \u2066@dijla\u2069"),
        ("ar", "\u200fبيان \u2066C++\u2069", "\u200fبيان \u2066C++\u2069"),
        ("kmr", "بيان: wergera kurdî", "\u200eبيان: wergera kurdî"),
        ("en", "2012: بيان", "\u200e\u20672012: بيان\u2069"),
        ("en", "Statement بيان", "Statement بيان"),
    ],
)
def test_runs_of_the_other_direction_are_isolated(tag: str, text: str, expected: str) -> None:
    """A right-to-left text begins with its mark; phone numbers, dates and names are isolated, ranges are not."""
    assert add_direction_marks(text, ALL[tag]) == expected
