"""Languages of a site from their tags, the settings, our overrides and CLDR."""

import pytest

from jisr.core.i18n.languages import (
    AmbiguousTagError,
    InvalidTagError,
    LanguageEntryError,
    LanguageTagError,
    RepeatedTagError,
    UnknownLanguageError,
    build_languages,
)

SHIPPED = ("en", "ar", "ckb", "kmr", "fr")
SYRIAC = {"aii": {"own_name": "ܣܘܪܝܬ", "locale": "ar_IQ"}}


@pytest.mark.parametrize(
    ("tag", "locale", "direction", "script", "own_name", "short_name", "og_locale"),
    [
        ("en", "en_GB", "ltr", "Latn", "English", "English", "en_GB"),
        ("ar", "ar_IQ", "rtl", "Arab", "العربية", "العربية", "ar_IQ"),
        ("ckb", "ckb_IQ", "rtl", "Arab", "کوردیی ناوەندی (سۆرانی)", "کوردی", "ckb_IQ"),
        ("kmr", "ku_TR", "ltr", "Latn", "Kurdî (Kurmancî)", "Kurmancî", "ku_TR"),
        ("fr", "fr_FR", "ltr", "Latn", "Français", "Français", "fr_FR"),
        ("kmr-Arab", "ckb_IQ", "rtl", "Arab", "کوردی (کورمانجی)", "کورمانجی", "ckb_IQ"),
        ("tr", "tr_TR", "ltr", "Latn", "Türkçe", "Türkçe", "tr_TR"),
        ("fa", "fa_IR", "rtl", "Arab", "فارسی", "فارسی", "fa_IR"),
        ("it", "it_IT", "ltr", "Latn", "Italiano", "Italiano", "it_IT"),
        ("de", "de_DE", "ltr", "Latn", "Deutsch", "Deutsch", "de_DE"),
        ("es", "es_ES", "ltr", "Latn", "Español", "Español", "es_ES"),
        ("syr", "syr_IQ", "rtl", "Syrc", "ܣܘܪܝܝܐ", "ܣܘܪܝܝܐ", "syr_IQ"),
        ("ka", "ka_GE", "ltr", "Geor", "ქართული", "ქართული", "ka_GE"),
        ("fr-CA", "fr_CA", "ltr", "Latn", "Français canadien", "Français canadien", "fr_CA"),
        ("uz-Cyrl", "uz_Cyrl_UZ", "ltr", "Cyrl", "Ўзбекча", "Ўзбекча", "uz_UZ"),
    ],
)
def test_a_tag_is_enough_for_a_language(
    tag: str, locale: str, direction: str, script: str, own_name: str, short_name: str, og_locale: str
) -> None:
    """What a page must know of a language follows from its tag, for the five shipped ones and for any other."""
    language = build_languages([tag])[tag]

    assert language.locale == locale
    assert (language.direction, language.script) == (direction, script)
    assert (language.own_name, language.short_name) == (own_name, short_name)
    assert language.og_locale == og_locale
    assert language.digits == "latn"


@pytest.mark.parametrize("script", ["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"])
def test_a_script_decides_the_direction(script: str) -> None:
    """A tag with a script that runs from right to left does, whatever its language does elsewhere."""
    tag = f"kmr-{script}"

    assert build_languages([tag], {tag: {"own_name": "x"}})[tag].direction == "rtl"
    assert build_languages(["kmr"], {"kmr": {"script": script}})["kmr"].direction == "rtl"
    assert build_languages(["az-Latn"])["az-Latn"].direction == "ltr"


def test_the_order_of_the_tags_is_the_order_of_display() -> None:
    """Languages come in the order in which the site names them."""
    languages = build_languages(SHIPPED[::-1])

    assert languages.tags == SHIPPED[::-1]
    assert [language.tag for language in languages] == list(SHIPPED[::-1])
    assert len(languages) == 5
    assert "ckb" in languages
    assert "tr" not in languages


def test_settings_go_before_all_that_is_known() -> None:
    """A description in the settings changes what it states and leaves the rest."""
    ar = build_languages(["ar"], {"ar": {"digits": "arab", "locale": "ar_SY"}, "tr": {"short_name": "TR"}})["ar"]

    assert (ar.digits, ar.locale, ar.own_name, ar.direction) == ("arab", "ar_SY", "العربية", "rtl")


def test_settings_describe_a_language_that_cldr_lacks() -> None:
    """A language without a locale borrows one, and keeps its own script."""
    language = build_languages(["aii"], SYRIAC)["aii"]

    assert (language.locale, language.script, language.direction) == ("ar_IQ", "Syrc", "rtl")


@pytest.mark.parametrize(
    ("tag", "near"),
    [("ckd", "ckb"), ("kmm", "kmr"), ("aii", "ii"), ("zz", None), ("und", "nd"), ("en-XX", None)],
)
def test_a_language_nobody_knows_is_refused_with_a_near_match(tag: str, near: str | None) -> None:
    """The error keeps what was asked for and what may be meant."""
    with pytest.raises(UnknownLanguageError) as caught:
        build_languages([tag])

    assert (caught.value.identifier, caught.value.suggestion) == (tag, near)
    assert tag in str(caught.value)


def test_asking_for_a_language_the_site_lacks_names_a_near_one() -> None:
    """A site answers for its own languages only."""
    with pytest.raises(UnknownLanguageError) as caught:
        build_languages(SHIPPED)["km"]

    assert caught.value.suggestion == "kmr"


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("en_GB", "en-GB"),
        ("EN", "en"),
        ("KMR-arab", "kmr-Arab"),
        ("arabic", "ar"),
        ("Sorani", "ckb"),
        ("", None),
        ("../x", None),
    ],
)
def test_a_word_that_is_no_tag_is_refused(word: str, near: str | None) -> None:
    """Tags have one spelling, since addresses and the names of files are made of them."""
    with pytest.raises(InvalidTagError) as caught:
        build_languages([word])

    assert caught.value.suggestion == near


@pytest.mark.parametrize("tag", ["ku", "ku-Arab", "ku-TR"])
def test_ku_is_refused(tag: str) -> None:
    """It may be any Kurdish; the message says what to write."""
    with pytest.raises(AmbiguousTagError, match="ckb for Sorani, kmr for Kurmanji"):
        build_languages([tag])


def test_a_language_stands_once() -> None:
    """A tag that is repeated is an error, and an error of tags is a ValueError."""
    with pytest.raises(RepeatedTagError, match='"ar" stands twice'):
        build_languages(["ar", "fr", "ar"])
    assert issubclass(LanguageTagError, ValueError)


@pytest.mark.parametrize(
    ("tag", "description", "message"),
    [
        ("ar", {"digits": "roman"}, '"roman" is no digits'),
        ("ar", {"direction": "up"}, '"up" is no direction'),
        ("ar", {"locale": "ar_XX_YY"}, 'no locale "ar_XX_YY"'),
        ("ar", {"script": "arabic"}, '"arabic" is no script'),
        ("ar", {"own_nam": "x"}, '"own_nam" is not one of'),
        ("ar", {"own_name": ""}, '"own_name" is'),
        ("aii", {"own_name": "ܣܘܪܝܬ"}, 'Add the "locale"'),
        ("aii", {"locale": "ar_IQ"}, 'Add its "own_name"'),
    ],
)
def test_a_description_that_cannot_be_used_is_refused(tag: str, description: dict[str, str], message: str) -> None:
    """Nothing in the settings is passed over in silence."""
    with pytest.raises(LanguageEntryError, match=message):
        build_languages([tag], {tag: description})
