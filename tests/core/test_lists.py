"""Lists with the commas and the conjunction of a language."""

import pytest
from markupsafe import Markup

from jisr.core.i18n.languages import Language, build_languages
from jisr.core.i18n.lists import format_list

ALL = build_languages(["en", "ar", "ckb", "kmr", "fr", "tr", "fa"])


@pytest.mark.parametrize(
    ("tag", "two", "three", "four"),
    [
        ("en", "A and B", "A, B and C", "A, B, C and D"),
        ("ar", "A و\u00a0B", "A و\u00a0B و\u00a0C", "A و\u00a0B و\u00a0C و\u00a0D"),
        ("ckb", "A و B", "A، B و C", "A، B، C و D"),
        ("kmr", "A û B", "A, B û C", "A, B, C û D"),
        ("fr", "A et B", "A, B et C", "A, B, C et D"),
        ("tr", "A ve B", "A, B ve C", "A, B, C ve D"),
        ("fa", "A و B", "A، B، و C", "A، B، C، و D"),
    ],
)
def test_items_are_joined_as_in_a_sentence(tag: str, two: str, three: str, four: str) -> None:
    """Two items have another joint than three, and the last another than the first."""
    assert [format_list("ABCD"[:count], ALL[tag]) for count in (2, 3, 4)] == [two, three, four]


@pytest.mark.parametrize("language", ALL, ids=lambda language: language.tag)
def test_none_and_one_need_no_joint(language: Language) -> None:
    """An empty list is an empty string, and one item stands as it is, markup or not."""
    assert format_list([], language) == ""
    assert format_list(["{0} & %s"], language) == "{0} & %s"
    assert format_list([Markup("<b>x</b>")], language) == Markup("<b>x</b>")


@pytest.mark.parametrize("language", ALL, ids=lambda language: language.tag)
def test_markup_among_items_escapes_the_others(language: Language) -> None:
    """A list with markup is markup, in which what is not markup stands as text."""
    joined = format_list(["<script>", Markup("<bdi>B</bdi>"), "{0}"], language)

    assert isinstance(joined, Markup)
    assert "&lt;script&gt;" in joined
    assert "<bdi>B</bdi>" in joined
    assert "{0}" in joined


def test_plain_items_are_left_plain() -> None:
    """A list without markup is a plain string, for the template to escape."""
    joined = format_list(["R&D", "<x>"], ALL["fr"])

    assert joined == "R&D et <x>"
    assert not isinstance(joined, Markup)
