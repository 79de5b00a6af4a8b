"""Names of languages in a sentence of each other language."""

from pathlib import Path

import pytest

from jisr.core.i18n.language_names import in_language_phrase, language_name
from jisr.core.i18n.languages import Language, build_languages

SYRIAC = {"aii": {"own_name": "ܣܘܪܝܬ", "locale": "ar_IQ"}}
ALL = build_languages(["en", "ar", "ckb", "kmr", "fr", "tr", "fa", "kmr-Arab", "fr-CA", "aii"], SYRIAC)
LINES = (Path(__file__).parent / "cases" / "language_names.tsv").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("within", "of", "name", "phrase"), [line.split("\t") for line in LINES if not line.startswith("#")])
def test_a_language_is_called_as_readers_call_it(within: str, of: str, name: str, phrase: str) -> None:
    """The table of cases has all pairs of the shipped languages."""
    assert language_name(ALL[of], ALL[within]) == name
    assert in_language_phrase(ALL[of], ALL[within]) == phrase


@pytest.mark.parametrize("within", ALL, ids=lambda language: language.tag)
def test_no_two_languages_share_a_name(within: Language) -> None:
    """A reader can tell all languages of a site apart, also where CLDR has one word for two."""
    names = [language_name(of, within) for of in ALL if of.tag != "fr-CA"]

    assert len(set(names)) == len(names)
    assert all(
        name in in_language_phrase(of, within) for of, name in zip([o for o in ALL if o.tag != "fr-CA"], names, strict=True)
    )
