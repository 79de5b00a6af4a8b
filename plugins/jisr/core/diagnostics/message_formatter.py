"""Formatting of messages in a language, for lines of a terminal or a log, and for pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from string import Formatter

from babel.support import NullTranslations
from markupsafe import Markup, escape

from jisr.core.bidi.base_direction import first_strong_direction
from jisr.core.bidi.control_characters import POP_ISOLATE
from jisr.core.bidi.marks import LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE
from jisr.core.bidi.runs import isolate_as_html
from jisr.core.diagnostics.problems import Phrase, PhraseValues, Problem, fill_gaps, format_value, is_quoted
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Direction, Language
from jisr.core.i18n.punctuation import add_no_break_spaces

CODE_DELIMITER = "`"  # in a translation: text between two of these is code, verbatim and from left to right
_GAP = re.compile(r"\{[^}]*\}")
_LETTER = re.compile(r"[^\W\d_]")
_FIGURE = re.compile(r"[\d.]*")
_ISOLATES = dict.fromkeys(map(ord, (LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE, POP_ISOLATE)))


@dataclass(frozen=True, slots=True)
class MessageFormatter:
    """Formats messages in one language, with its catalogue of translations.

    The head of a message is the same in every language. A right-to-left text after it is one isolate, and so is each value and
    each passage of code in it (https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates): otherwise the sentence
    would be reordered around each Latin word, since the line begins with a path.
    """

    tag: str
    direction: Direction
    catalogue: NullTranslations

    def format_line(self, problem: Problem) -> str:
        """Return a problem as one line."""
        return problem.head + self.format_message(problem)

    def format_message(self, problem: Problem) -> str:
        """Return the text of a problem, without its head."""
        return self.format(Phrase(problem.text, problem.values))

    def format(self, message: Phrase) -> str:
        """Return a phrase for a line whose direction is unknown."""
        text = self._format_phrase(message)
        return f"{RIGHT_TO_LEFT_ISOLATE}{text}{POP_ISOLATE}" if self.direction == "rtl" else text

    def format_html(self, message: Phrase) -> Markup:
        """Return a phrase as HTML: each value is isolated by an element, and a phrase without translation is marked as English.

        So is a value that is the whole phrase, as an unknown reason of the system.
        """
        translation = self._translate(message)
        if translation is None and self.tag != ENGLISH.tag:
            return _mark_english(ENGLISH.format_html(message))
        passages = [message.text.strip()] if translation is None else translation.split(CODE_DELIMITER)
        parts = [self._passage_html(passage, message, code=bool(number % 2)) for number, passage in enumerate(passages)]
        before, after = _outer_spaces(message.text)
        return Markup("").join((before, *parts, after))

    def _passage_html(self, passage: str, message: Phrase, code: bool) -> Markup:
        """Return a passage of a translation as HTML."""
        pieces: list[Markup | str] = []
        values = dict(message.values)
        for words, gap, _, _ in Formatter().parse(passage):
            pieces.append(words if code else isolate_as_html(add_no_break_spaces(words, self.tag), self.direction))
            value = values[gap] if gap else ""
            if isinstance(value, Phrase):
                pieces.append(self.format_html(value))
            elif gap:
                text = format_value(value, is_quoted(gap, passage))
                pieces.append(text if code else self._value_html(text, in_sentence=_has_words(message.text)))
        html = Markup("").join(pieces)
        return Markup('<code dir="ltr">{}</code>').format(html) if code and html else html

    def _value_html(self, value: str, in_sentence: bool) -> Markup:
        """Return a value as HTML: a number needs no isolate, and a value outside a sentence is English."""
        if not in_sentence:
            html = isolate_as_html(value, ENGLISH.direction)
            return html if self.tag == ENGLISH.tag or not value else _mark_english(html)
        if _FIGURE.fullmatch(value):
            return escape(value)
        return Markup('<bdi dir="{}">{}</bdi>').format(first_strong_direction(value), value)

    def _format_phrase(self, message: Phrase) -> str:
        translation = self._translate(message)
        if translation is None and self.tag == ENGLISH.tag:
            return self._fill_passage(message.text, message.values, code=False)
        if translation is None:
            english = fill_gaps(message.text, message.values)
            return english if self.direction == "ltr" or not english.strip() else _isolate(english, "ltr")
        before, after = _outer_spaces(message.text)
        passages = translation.split(CODE_DELIMITER)
        parts = [self._fill_passage(passage, message.values, code=bool(number % 2)) for number, passage in enumerate(passages)]
        return f"{before}{''.join(parts)}{after}"

    def _translate(self, message: Phrase) -> str | None:
        """Return the translation of a phrase, or None where there is none."""
        text = message.text.strip()
        if not _has_words(text):
            return text
        count = dict(message.values).get("count")
        if isinstance(count, str) and count.isdecimal() and "{count}" in text:
            translation = self.catalogue.ngettext(text, text, int(count))
        else:
            translation = self.catalogue.gettext(text)
        return None if translation == text else translation

    def _fill_passage(self, text: str, values: PhraseValues, code: bool) -> str:
        """Return a passage of a translation with its gaps filled."""
        fields: dict[str, str] = {}
        for key, value in values:
            quoted = is_quoted(key, text)
            if isinstance(value, Phrase):
                fields[key] = self._format_phrase(value)
            elif self.direction == "ltr" or code:
                fields[key] = format_value(value, quoted)
            else:
                fields[key] = _isolate_value(format_value(value, quoted), quoted)
                text = text.replace(f'"{{{key}}}"', f"{{{key}}}") if quoted else text
        passage = text.format(**fields)
        return _isolate(passage, "ltr") if code and passage and self.direction == "rtl" else passage


def _isolate_value(value: str, quoted: bool) -> str:
    """Return a value, with its quotes, for a right-to-left sentence; a number needs no isolate there."""
    text = f'"{value}"' if quoted else value
    return text if _FIGURE.fullmatch(text) else _isolate(text, first_strong_direction(text))


def _outer_spaces(text: str) -> tuple[str, str]:
    """Return the spaces before and after a text, which separate it from others and are not part of translations."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _has_words(text: str) -> bool:
    return bool(_LETTER.search(_GAP.sub("", text)))


def _mark_english(html: Markup) -> Markup:
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(ENGLISH.tag, ENGLISH.direction, html)


def _isolate(text: str, direction: Direction) -> str:
    isolate = LEFT_TO_RIGHT_ISOLATE if direction == "ltr" else RIGHT_TO_LEFT_ISOLATE
    return f"{isolate}{text}{POP_ISOLATE}"


def strip_isolates(text: str) -> str:
    r"""Return a text without isolates, to measure its width on a screen.

    >>> strip_isolates("\u2067\u0628\u064a\u0627\u0646\u2069") == "بيان"
    True
    """
    return text.translate(_ISOLATES)


ENGLISH = MessageFormatter("en", "ltr", NullTranslations())

PhraseRenderer = Callable[[Phrase, Language], Markup]  # formats a phrase as HTML for pages of a language


def render_untranslated(message: Phrase, language: Language) -> Markup:
    """Return a phrase as HTML in English, marked as such, for a page without translations of phrases."""
    return MessageFormatter(language.tag, language.direction, NullTranslations()).format_html(message)
