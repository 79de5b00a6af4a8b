"""The language of short posts: texts of ours, one a line, under texts/<tag>.txt."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from py3langid.langid import LanguageIdentifier

from jisr.ingest.language import identification, model_file
from jisr.ingest.language.identification import detect_language, identify

TEXTS = Path(__file__).parent / "texts"
TAGS = ("ar", "ckb", "en", "fa", "fr", "kmr")


def lines(name: str) -> list[str]:
    return (TEXTS / f"{name}.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("tag", TAGS)
def test_short_posts_are_told(tag: str) -> None:
    """At least 98 of 100 posts of 5 to 40 words are told right, and none that is wrong is told otherwise than by silence."""
    told = [detect_language(line, "", ()) for line in lines(tag)]
    assert len(set(lines(tag))) >= 60
    assert told.count(tag) >= 0.98 * len(told)


@pytest.mark.parametrize("hint", ["en", "ku", "fa-IR", "tr", "x y"])
@pytest.mark.parametrize("tag", TAGS)
def test_a_wrong_label_changes_little(tag: str, hint: str) -> None:
    """What a feed says of its language is not believed against the text."""
    told = [detect_language(line, hint, ()) for line in lines(tag)]
    assert told.count(tag) >= 0.98 * len(told)


@pytest.mark.parametrize("tag", TAGS)
def test_letters_and_words_tell_most_without_the_model(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package is not installed, nine of ten are told, and the others stay unknown."""
    monkeypatch.setattr(identification, "_load_model", lambda: None)
    told = [detect_language(line, "", ()) for line in lines(tag)]
    assert told.count(tag) >= 0.9 * len(told)
    assert set(told) <= {tag, ""}


@pytest.mark.parametrize("line", lines("undecidable"))
def test_what_cannot_be_told_stays_unknown(line: str) -> None:
    """Too little text, another script, another language, two languages at once: nothing is guessed."""
    assert detect_language(line, "", ()) == ""


@pytest.mark.parametrize(
    ("text", "hint", "allowed", "tag"),
    [
        ("بغداد", "", ("ar",), "ar"),
        ("کتاب", "", ("ckb", "fr"), "ckb"),
        ("کتاب", "fa", ("ckb", "fa"), "fa"),
        ("کتاب", "", ("ckb", "fa"), ""),
        ("بغداد", "", ("fr", "en"), ""),
        ("☀", "", ("ar",), ""),
        ("Em li ber çem civiyan û me belem hejmartin.", "fr", ("fr",), "kmr"),
    ],
)
def test_a_member_s_languages_are_evidence(text: str, hint: str, allowed: tuple[str, ...], tag: str) -> None:
    """They decide where a text says nothing and its script fits, and never against what it says."""
    assert detect_language(text, hint, allowed) == tag


def test_markup_is_no_text() -> None:
    """Addresses, code and the targets of links do not count as words."""
    assert (
        detect_language("[نووسینی ئەم هەفتەیە](https://example.org/this-is-the-way-of-the-words) `and so on and so on`", "", ())
        == "ckb"
    )


MIXED = [[part.strip() for part in line.split("|", 2)] for line in lines("mixed") if not line.startswith("#")]


@pytest.mark.parametrize(("member", "found", "text"), MIXED)
def test_a_text_in_several_languages_is_in_one(member: str, found: str, text: str) -> None:
    """A good part in the member's language decides, else most letters; what is no text counts for none, and doubts are true."""
    languages = tuple(tag.strip() for tag in member.split(",") if tag.strip())
    result = identify(text.replace(" / ", "\n\n"), "", languages)
    assert (result.tag or result.doubt) == found


def test_the_tables_of_the_model_stay_in_their_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is mapped and says what it says where it is loaded; in another form it is loaded as its package does."""
    model = identification._load_model()
    assert isinstance(model.tk_nextmove, memoryview)
    assert [model.classify(lines(tag)[0])[0] for tag in ("ar", "fa", "fr", "en")] == ["ar", "fa", "fr", "en"]

    def otherwise(*_: object) -> None:
        raise KeyError("nextmove")

    loaded = SimpleNamespace(set_languages=lambda _: None)
    monkeypatch.setattr(LanguageIdentifier, "from_model_file", lambda *_, **__: loaded)
    monkeypatch.setattr(model_file, "_map_identifier", otherwise)
    assert model_file.load_identifier(("ar",)) is loaded
