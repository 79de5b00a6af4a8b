"""Messages in the language of whoever reads them, as they can stand in the lines of a terminal or a log, or on a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from string import Formatter

from babel.support import NullTranslations
from markupsafe import Markup, escape

from jisr.core.bidi.marks import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE, RIGHT_TO_LEFT_ISOLATE
from jisr.core.bidi.runs import isolate_as_html
from jisr.core.diagnostics.problems import Phrase, PhraseValues, Problem, fill_gaps, format_value, is_quoted
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Direction, Language
from jisr.core.i18n.punctuation import add_no_break_spaces

CODE_DELIMITER = "`"  # in a translation: what stands between two of these is typed as it is, and runs from left to right
_GAP = re.compile(r"\{[^}]*\}")
_LETTER = re.compile(r"[^\W\d_]")
_FIGURE = re.compile(r"[\d.]*")
_ISOLATES = dict.fromkeys(map(ord, (LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE, POP_ISOLATE)))


@dataclass(frozen=True, slots=True)
class MessageFormatter:
    """A language that messages are told in, with their translations.

    The head of a message is the same in every language. What follows is one isolate where it runs from right to left, and in it
    each value and each passage of code is one (https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates): otherwise
    the sentence would be torn apart at each Latin word, since the line begins with a path.
    """

    tag: str
    direction: Direction
    catalogue: NullTranslations

    def format_line(self, problem: Problem) -> str:
        """Return the line of a problem."""
        return problem.head + self.format_message(problem)

    def format_message(self, problem: Problem) -> str:
        """Return what a problem says."""
        return self.format(Phrase(problem.text, problem.values))

    def format(self, said: Phrase) -> str:
        """Return words as they can stand in a line whose direction is unknown."""
        words = self._format_phrase(said)
        return f"{RIGHT_TO_LEFT_ISOLATE}{words}{POP_ISOLATE}" if self.direction == "rtl" else words

    def format_html(self, said: Phrase) -> Markup:
        """Return words as HTML: each value is isolated by an element, and what has no translation is marked as English.

        So is what others said, where it stands without words of ours: a reason of the system.
        """
        known = self._translate(said)
        if known is None and self.tag != ENGLISH.tag:
            return _mark_english(ENGLISH.format_html(said))
        passages = [said.text.strip()] if known is None else known.split(CODE_DELIMITER)
        told = [self._passage_html(one, said, code=bool(number % 2)) for number, one in enumerate(passages)]
        before, after = _outer_spaces(said.text)
        return Markup("").join((before, *told, after))

    def _passage_html(self, passage: str, said: Phrase, code: bool) -> Markup:
        """Return a part of a sentence as HTML."""
        pieces: list[Markup | str] = []
        values = dict(said.values)
        for words, gap, _, _ in Formatter().parse(passage):
            pieces.append(words if code else isolate_as_html(add_no_break_spaces(words, self.tag), self.direction))
            value = values[gap] if gap else ""
            if isinstance(value, Phrase):
                pieces.append(self.format_html(value))
            elif gap:
                told = format_value(value, is_quoted(gap, passage))
                pieces.append(told if code else self._value_html(told, ours=_has_words(said.text)))
        told = Markup("").join(pieces)
        return Markup('<code dir="ltr">{}</code>').format(told) if code and told else told

    def _value_html(self, value: str, ours: bool) -> Markup:
        """Return a value as HTML; a figure needs no isolate, and one that is no part of a sentence of ours is English."""
        if not ours:
            told = isolate_as_html(value, ENGLISH.direction)
            return told if self.tag == ENGLISH.tag or not value else _mark_english(told)
        if _FIGURE.fullmatch(value):
            return escape(value)
        return Markup('<bdi dir="{}">{}</bdi>').format(_first_strong_direction(value), value)

    def _format_phrase(self, said: Phrase) -> str:
        known = self._translate(said)
        if known is None and self.tag == ENGLISH.tag:
            return self._fill_passage(said.text, said.values, code=False)
        if known is None:
            own = fill_gaps(said.text, said.values)
            return own if self.direction == "ltr" or not own.strip() else _isolate(own, "ltr")
        before, after = _outer_spaces(said.text)
        passages = known.split(CODE_DELIMITER)
        told = [self._fill_passage(one, said.values, code=bool(number % 2)) for number, one in enumerate(passages)]
        return f"{before}{''.join(told)}{after}"

    def _translate(self, said: Phrase) -> str | None:
        """Return the translation of a text, or None where there is none."""
        text = said.text.strip()
        if not _has_words(text):
            return text
        count = dict(said.values).get("count")
        if isinstance(count, str) and count.isdecimal() and "{count}" in text:
            found = self.catalogue.ngettext(text, text, int(count))
        else:
            found = self.catalogue.gettext(text)
        return None if found == text else found

    def _fill_passage(self, text: str, values: PhraseValues, code: bool) -> str:
        """Return a part of a translation with its values."""
        found: dict[str, str] = {}
        for key, value in values:
            quoted = is_quoted(key, text)
            if isinstance(value, Phrase):
                found[key] = self._format_phrase(value)
            elif self.direction == "ltr" or code:
                found[key] = format_value(value, quoted)
            else:
                found[key] = _isolate_value(format_value(value, quoted), quoted)
                text = text.replace(f'"{{{key}}}"', f"{{{key}}}") if quoted else text
        told = text.format(**found)
        return _isolate(told, "ltr") if code and told and self.direction == "rtl" else told


def _isolate_value(value: str, quoted: bool) -> str:
    """Return a value with its quotes as it stands in a sentence from right to left; a figure needs no isolate there."""
    told = f'"{value}"' if quoted else value
    return told if _FIGURE.fullmatch(told) else _isolate(told, _first_strong_direction(told))


def _first_strong_direction(text: str) -> Direction:
    """Return the direction that the first letter of a text states; a text without letters is code."""
    classes = (unicodedata.bidirectional(character) for character in text)
    first = next((one for one in classes if one in {"L", "R", "AL"}), "L")
    return "ltr" if first == "L" else "rtl"


def _outer_spaces(text: str) -> tuple[str, str]:
    """Return the spaces before and after a text: they part it from others, and no translation has them."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _has_words(text: str) -> bool:
    return bool(_LETTER.search(_GAP.sub("", text)))


def _mark_english(told: Markup) -> Markup:
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(ENGLISH.tag, ENGLISH.direction, told)


def _isolate(text: str, direction: Direction) -> str:
    isolate = LEFT_TO_RIGHT_ISOLATE if direction == "ltr" else RIGHT_TO_LEFT_ISOLATE
    return f"{isolate}{text}{POP_ISOLATE}"


def strip_isolates(text: str) -> str:
    r"""Return words as they were before they were isolated: for their width on a screen.

    >>> strip_isolates("\u2067\u0628\u064a\u0627\u0646\u2069") == "بيان"
    True
    """
    return text.translate(_ISOLATES)


ENGLISH = MessageFormatter("en", "ltr", NullTranslations())

PhraseRenderer = Callable[[Phrase, Language], Markup]  # gives a phrase as HTML for pages of a language


def render_untranslated(said: Phrase, language: Language) -> Markup:
    """Return a phrase for a page where nobody tells it in the page's language: in English, marked as such."""
    return MessageFormatter(language.tag, language.direction, NullTranslations()).format_html(said)
