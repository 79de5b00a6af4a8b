"""Titles are broken into lines of similar length, in the largest size that fits."""

from __future__ import annotations

import pytest

from jisr.core.i18n.languages import build_languages
from jisr.outputs.social_cards.line_breaking import MIN_SIZE, TextBox, fit_text, split_words
from pelicanconf import LANGUAGES

TONGUES = build_languages(LANGUAGES)
TITLES = {
    "en": "Civil society from Iraq and abroad calls for water as a right of all who live along the two rivers",
    "ar": "المجتمع المدني في العراق والعالم يدعو إلى الماء حقاً لكل من يعيش على ضفاف النهرين",
    "ckb": "کۆمەڵگەی مەدەنی لە عێراق و جیهان داوای ئاو دەکات وەک مافێک بۆ هەموو ئەوانەی لە کەناری دوو ڕووبارەکە دەژین",
    "kmr": "Civaka sivîl li Iraqê û li cîhanê avê wek mafekî hemû kesên li kêleka her du çeman dijîn dixwaze",
    "fr": "La société civile d’Irak et d’ailleurs demande que l’eau soit un droit pour tous ceux qui vivent près des fleuves",
}
SPACE = TextBox(600, 300, (60, 50, 40, 30), 1.2)


def width(word: str) -> float:
    """Half the size a letter, as in a font whose letters are all alike."""
    return len(word) / 2


@pytest.mark.parametrize("tag", TITLES)
def test_lines_are_balanced(tag: str) -> None:
    """Every word is there in its order, no line is wider than its place, and none is much shorter than the others."""
    said = split_words(TITLES[tag], TONGUES[tag])
    setting = fit_text(SPACE, said, width)
    assert " ".join(setting.lines).split(" ") == said
    widths = [width(line) * setting.size for line in setting.lines]
    assert max(widths) <= SPACE.width
    assert min(widths) > 0.6 * max(widths)
    assert len(setting.lines) * setting.size * SPACE.leading <= SPACE.height


def test_the_largest_size_that_fits_is_taken() -> None:
    """A short title is larger than a long one."""
    short, long = (fit_text(SPACE, split_words(text, TONGUES["ar"]), width) for text in ("ماء", TITLES["ar"]))
    assert (short.lines, short.size) == (("ماء",), 60)
    assert long.size < 60


def test_too_much_is_cut_at_a_word() -> None:
    """A text that fits in no size is truncated after a whole word, with an ellipsis."""
    said = split_words(TITLES["ckb"] * 5, TONGUES["ckb"])
    setting = fit_text(SPACE, said, width)
    shown = " ".join(setting.lines)
    assert shown.endswith(" …")
    assert said[: len(shown.split(" ")) - 1] == shown.split(" ")[:-1]
    assert all(width(line) * setting.size <= SPACE.width for line in setting.lines)


@pytest.mark.parametrize("letters", [100, 3000])
def test_a_word_wider_than_its_place_is_made_smaller(letters: int) -> None:
    """One word that is too long in every size is not cut off at the edge; where it could not be read any more, it is cut."""
    setting = fit_text(SPACE, ["ا" * letters], width)
    assert width(setting.lines[0]) * setting.size <= SPACE.width
    assert setting.size >= MIN_SIZE or letters < 1000
    assert setting.lines[0].endswith("…") == (letters > 1000)


@pytest.mark.parametrize("whole", ["00 964 770 88 66 150", "https://example.org/a", "info@example.org"])
def test_a_number_is_never_broken(whole: str) -> None:
    """Phone numbers and addresses stay on one line, in a text of either direction."""
    for tag, text in (("ar", f"اتصلوا بنا {whole} اليوم"), ("en", f"Call us {whole} today")):
        assert whole.replace(" ", "\u00a0") in split_words(text, TONGUES[tag])
