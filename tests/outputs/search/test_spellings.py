"""Words are found as people type them: the index in Python and the page in JavaScript compare the same."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jisr.core.build import resources
from jisr.core.i18n.folding import fold, strip_prefixes
from jisr.outputs.search.word_index import index_words

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
SCRIPT = (resources.THEME / "static/js/search/fold.js").read_text("utf-8")
LETTERS = (
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآةىئؤپچژگکیەھۀۆێڕڵڤٱ\u200c\u200d\u0640\u064e\u064b\u0651\u0654\u0655"
    "٠١٢۳۴۵ 0123abcçêîûşıİœæßéøÉ'’.,،-\u2066\u2069\u00ad"
)
STARTS = ("", "و", "ف", "ب", "ك", "ل", "ال", "وال", "بال", "لل", "فلل", "وب", "ئا", "ئە")
RANGES = ((0x20, 0x17F), (0x300, 0x36F), (0x370, 0x3FF), (0x600, 0x6FF), (0x750, 0x77F), (0x1E00, 0x1EFF), (0xFB50, 0xFEFF))
FINDS = """(pairs) => pairs.map(([words, typed]) => readQuery(typed).length > 0
    && readQuery(typed).every((forms) => words.some((word) => forms.some((form) => fits(word, form)))))"""


def read_pairs(name: str) -> list[list[str]]:
    """Return the language, what stands and what is typed of each line of a file."""
    return [line.split("\t") for line in (HERE / name).read_text("utf-8").splitlines()]


def run(browser: Browser, function: str, argument: object) -> Any:
    """Return what a function says in a browser that has read the script of the theme."""
    tab = browser.new_page()
    answer = tab.evaluate(f"(argument) => {{ {SCRIPT}\nreturn ({function})(argument); }}", argument)
    tab.close()
    return answer


def find(browser: Browser, name: str) -> list[bool]:
    """Return for each pair of a file whether what is typed finds what stands."""
    pairs = read_pairs(name)
    indexed = [[list(index_words(stands.split(), tag == "ar")), typed] for tag, stands, typed in pairs]
    found: list[bool] = run(browser, FINDS, indexed)
    return found


def generate(count: int) -> list[str]:
    """Return so many texts of letters that languages share, and of any others."""
    chance = random.Random(count)
    return [
        chance.choice(STARTS) + "".join(chance.choices(LETTERS, k=chance.randrange(1, 12)))
        if chance.random() < 0.7
        else "".join(chr(chance.randint(*chance.choice(RANGES))) for _ in range(chance.randrange(1, 9)))
        for _ in range(count)
    ]


def test_what_is_typed_finds_what_stands(browser: Browser) -> None:
    """Of 400 spellings in five languages at least 97 of 100 find the word, on whatever keyboard they were typed."""
    found = find(browser, "pairs.tsv")
    assert len(found) >= 250
    missed = [pair for pair, is_found in zip(read_pairs("pairs.tsv"), found, strict=True) if not is_found]
    assert len(missed) <= len(found) * 0.03, missed


def test_other_words_are_not_found(browser: Browser) -> None:
    """Words that differ by a letter which is no spelling of the other stay apart."""
    found = find(browser, "apart.tsv")
    assert [pair for pair, is_found in zip(read_pairs("apart.tsv"), found, strict=True) if is_found] == []


@pytest.mark.parametrize("count", [2_000, pytest.param(100_000, marks=pytest.mark.thorough)])
def test_both_languages_of_the_program_agree(browser: Browser, count: int) -> None:
    """Python and JavaScript fold every text to the same words, and take the same prefixes from them."""
    texts = [*generate(count), *(text for pair in read_pairs("pairs.tsv") for text in pair[1:])]
    said = run(browser, "(texts) => texts.map((text) => [fold(text), fold(text).split(' ').map(strip)])", texts)
    for text, (folded, stripped) in zip(texts, said, strict=True):
        assert folded == fold(text), ascii(text)
        assert stripped == [list(strip_prefixes(word)) for word in fold(text).split(" ")], ascii(text)


def test_folding_twice_changes_nothing() -> None:
    """A folded word is folded: who compares two of them needs no third form."""
    texts = [*generate(500), *(text for pair in read_pairs("pairs.tsv") for text in pair[1:])]
    assert [ascii(text) for text in texts if fold(fold(text)) != fold(text)] == []
