"""Right-to-left messages in a line that begins with a path."""

from __future__ import annotations

import pytest
from babel.support import NullTranslations
from bidi import get_display

from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter, strip_isolates
from jisr.core.diagnostics.problems import Problem, SourceLocation, phrase

DATE = '"{value}" is not a date. Write {name}: {example}.'
SAID = {DATE: '"{value}" ليس تاريخاً. اكتب `{name}: {example}`.', "{count} files": "{count} ملفات"}


class Known(NullTranslations):
    """Knows the messages above."""

    def gettext(self, message: str) -> str:
        """Return a translation, or the message itself."""
        return SAID.get(message, message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the translation that the count chooses."""
        return {1: "ملف واحد", 2: "ملفان"}.get(n, SAID.get(singular, singular))


ARABIC = MessageFormatter("ar", "rtl", Known())


def drawn(line: str) -> str:
    """Return a line as a terminal draws it that begins at the left (python-bidi is the algorithm of Unicode, UAX 9)."""
    return strip_isolates(get_display(line, base_dir="L"))


def test_the_head_of_a_message_is_the_same_in_every_language() -> None:
    """Path, line, column and code are read by programs."""
    problem = Problem.error(
        SourceLocation("content/x/index.ar.md", 3, 7), "date", DATE, value="12 Feb", name="date", example="2012-02-12"
    )

    assert ARABIC.format_line(problem).startswith("content/x/index.ar.md:3:7: error[date]: ")
    assert ENGLISH.format_line(problem) == str(problem)


def test_a_sentence_from_right_to_left_is_not_torn_by_what_it_quotes() -> None:
    """On the screen the value stands right of the words that follow it, and a value and a passage of code read as typed."""
    line = ARABIC.format_line(
        Problem.error(SourceLocation("a.md", 3, 7), "date", DATE, value="12 Feb", name="date", example="2012-02-12")
    )

    text = drawn(line)

    assert text.startswith("a.md:3:7: error[date]: ")
    assert text.endswith('"12 Feb"')
    assert text.index("date: 2012-02-12") < text.index(drawn("ليس")) < text.index('"12 Feb"')


@pytest.mark.parametrize("value", ["title: بيان", "12 شباط", "C++", "(964) 770", "بيان 3", "--fix", "../x/"])
def test_a_value_is_drawn_as_in_the_file(value: str) -> None:
    """What an editor looks for in the file looks the same in the message, its quotes included."""
    problem = Problem.error(SourceLocation("a.md"), "date", DATE, value=value, name="date", example="x")
    rtl = value[0] in "بش1" and value != "C++"

    quoted = f'"{value}"'

    assert get_display(quoted, base_dir="R" if rtl else "L") in drawn(ARABIC.format_line(problem))


def test_what_has_no_translation_is_told_in_english() -> None:
    """Nothing is lost where a catalogue lags behind; the sentence then runs from left to right."""
    problem = Problem.error(SourceLocation("a.md"), "x", 'No "{value}" here.', value="بيان")

    assert strip_isolates(ARABIC.format_message(problem)) == 'No "بيان" here.'
    assert ARABIC.format_message(problem) != problem.message


@pytest.mark.parametrize(("count", "words"), [(1, "ملف واحد"), (2, "ملفان"), (3, "3 ملفات")])
def test_a_count_chooses_the_form_of_its_word(count: int, words: str) -> None:
    """A phrase with a gap for a count has the plural forms of its language."""
    assert strip_isolates(ARABIC.format(phrase("{count} files", count=count))) == words
