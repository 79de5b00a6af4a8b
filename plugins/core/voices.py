"""Messages in the language of whoever reads them, as they can stand in the lines of a terminal or a log."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from babel.support import NullTranslations

from plugins.core.languages import Direction
from plugins.core.marks import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE, RIGHT_TO_LEFT_ISOLATE
from plugins.core.problems import Phrase, Problem, Values, filled, is_quoted, shown

CODE = "`"  # in a translation: what stands between two of these is typed as it is, and runs from left to right
_GAP = re.compile(r"\{[^}]*\}")
_LETTER = re.compile(r"[^\W\d_]")
_ISOLATES = dict.fromkeys(map(ord, (LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE, POP_ISOLATE)))


@dataclass(frozen=True, slots=True)
class Voice:
    """A language that messages are told in, with their translations.

    The head of a message is the same in every language. What follows is one isolate where it runs from right to left, and in it
    each value and each passage of code is one (https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates): otherwise
    the sentence would be torn apart at each Latin word, since the line begins with a path.
    """

    tag: str
    direction: Direction
    catalogue: NullTranslations

    def line(self, problem: Problem) -> str:
        """Give the line of a problem."""
        return problem.head + self.message(problem)

    def message(self, problem: Problem) -> str:
        """Give what a problem says."""
        return self.say(Phrase(problem.text, problem.values))

    def say(self, said: Phrase) -> str:
        """Give words as they can stand in a line whose direction is unknown."""
        words = self._said(said)
        return f"{RIGHT_TO_LEFT_ISOLATE}{words}{POP_ISOLATE}" if self.direction == "rtl" else words

    def _said(self, said: Phrase) -> str:
        known = self._translated(said)
        if known is None:
            own = filled(said.text, said.values)
            return own if self.direction == "ltr" or not own.strip() else _isolated(own, "ltr")
        before = said.text[: len(said.text) - len(said.text.lstrip())]
        after = said.text[len(said.text.rstrip()) :]
        passages = known.split(CODE)
        told = [self._filled(one, said.values, code=bool(number % 2)) for number, one in enumerate(passages)]
        return f"{before}{''.join(told)}{after}"

    def _translated(self, said: Phrase) -> str | None:
        """Give the translation of a text, or None where there is none."""
        text = said.text.strip()
        if not _LETTER.search(_GAP.sub("", text)):
            return text
        count = dict(said.values).get("count")
        if isinstance(count, str) and count.isdecimal() and "{count}" in text:
            found = self.catalogue.ngettext(text, text, int(count))
        else:
            found = self.catalogue.gettext(text)
        return None if found == text else found

    def _filled(self, text: str, values: Values, code: bool) -> str:
        """Give a part of a translation with its values."""
        found: dict[str, str] = {}
        for key, value in values:
            quoted = is_quoted(key, text)
            if isinstance(value, Phrase):
                found[key] = self._said(value)
            elif self.direction == "ltr" or code:
                found[key] = shown(value, quoted)
            else:
                found[key] = _as_value(shown(value, quoted), quoted)
                text = text.replace(f'"{{{key}}}"', f"{{{key}}}") if quoted else text
        told = text.format(**found)
        return _isolated(told, "ltr") if code and told and self.direction == "rtl" else told


def _as_value(value: str, quoted: bool) -> str:
    """Give a value with its quotes as it stands in a sentence from right to left; a figure needs no isolate there."""
    told = f'"{value}"' if quoted else value
    return told if not told or re.fullmatch(r"[\d.]+", told) else _isolated(told, _first_direction(told))


def _first_direction(text: str) -> Direction:
    """Give the direction that the first letter of a text states; a text without letters is code."""
    classes = (unicodedata.bidirectional(character) for character in text)
    first = next((one for one in classes if one in {"L", "R", "AL"}), "L")
    return "ltr" if first == "L" else "rtl"


def _isolated(text: str, direction: Direction) -> str:
    isolate = LEFT_TO_RIGHT_ISOLATE if direction == "ltr" else RIGHT_TO_LEFT_ISOLATE
    return f"{isolate}{text}{POP_ISOLATE}"


def without_isolates(text: str) -> str:
    r"""Give words as they were before they were isolated: for their width on a screen.

    >>> without_isolates("\u2067\u0628\u064a\u0627\u0646\u2069") == "بيان"
    True
    """
    return text.translate(_ISOLATES)


ENGLISH = Voice("en", "ltr", NullTranslations())
