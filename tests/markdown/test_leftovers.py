"""What a message says to write in place of a sign that is left over works when it is written."""

from __future__ import annotations

import pytest

from jisr.markdown.inline.leftovers import may_have_leftovers
from tests.markdown.case_files import LANGUAGES, render

TYPED = [
    "نص ** غامق ** ونص",
    "و**غامق **، ثم *مائل *",
    "![نهر](صورة من واتساب.jpg)",
    "[plan](plan (final).pdf) et [page] (../2012-x/)",
    "(ڕاپۆرت)[https://example.org/ڕاپۆرت] [https://example.org/b دەق]",
    "[le plan](plan du quartier.pdf “Plan”) [x](https://example.org/a b)",
    "~~çû~~ ==dît== H~2~O x^2^ '''stûr'''",
    "== Sernav ==",
    "h2. Titre",
    '[rapor->../2012-x/] "deq":https://example.org/a',
    "[x](https://example.org/a",
    "2011. كان عاما.",
    "+ 964 770 123 4567",
    "7*4*9 و٢*٥*٨. 3**2**4 *115*2# **6*2*3**, [8*1*2](https://example.org/a)",
    "une table de 4*2 m, une autre de 5*3 m",
    "> 300 mirov",
    "a<br/ >b < b>c</ b> ++d++ [e]<https://example.org/e> (f)(https://example.org/f)",
    "[x](mailto: a@example.org) [y](https://exam ple.org/y) [z](+964 770 886 6150)",
    "https://example.org/g[h] <https://example.org/i|j> ![k.png] ! [l](m.png)",
    "*نهر ثم جسر* وماء*",
]


@pytest.mark.parametrize("tag", LANGUAGES.tags)
@pytest.mark.parametrize("typed", TYPED)
def test_what_a_message_says_to_write_is_right(typed: str, tag: str) -> None:
    """Each value that is replaced by what its message names is shown as it was meant, and is reported no more."""
    problems = [one for one in render(typed, tag).problems if "right" in dict(one.values)]
    assert problems

    mended = typed
    for problem in problems:
        mended = mended.replace(str(dict(problem.values)["value"]), str(dict(problem.values)["right"]))

    again = [one for one in render(mended, tag).problems if one.code in ("leftover", "list")]
    assert again == []


def test_signs_that_a_backslash_escapes_are_meant() -> None:
    """A backslash before the first sign of a command is enough, as its message says."""
    for typed in (
        "[gallery]",
        "{{< video >}}",
        "{% x %}",
        '[caption id="a"]x[/caption]',
        ":::note",
        ":smile:",
        "[TOC]",
        ":+1:",
        "||x||",
    ):
        assert [one.code for one in render(typed, "en").problems] == ["leftover"]
        assert render(f"\\{typed}", "en").problems == ()


def test_sentences_are_read_in_one_look() -> None:
    """A paragraph of sentences with simple marks has nothing to look for; a line that may be a heading of Textile has."""
    plain = "جملة أولى. جملة ثانية: هنا! Hin peyv. Û hin peyvên din; in 2011. A last one?"
    assert not may_have_leftovers(plain)
    assert all(map(may_have_leftovers, ("h2. Titre", "x\nH3. Titre", f"{plain} ~~çû~~", ":smile:", "![k](l)", "a!(k.png)")))
