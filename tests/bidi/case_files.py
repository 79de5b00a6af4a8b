"""Files of test cases: a text as an editor writes it, and the blocks that a reader must see, in visual order.

A file of ``cases/`` begins with its languages (``in: ar ckb``), its ``kind`` where it is no news, who translated it
(``by``), and the fields of its front matter; an empty line and the body follow, in which an invisible character is written
as an escape. After ``---- seen ----`` each line is a block of the page::

    rtl: الهاتف ⟦00 964 770 88 66 150⟧، بغداد
    h1 rtl: مؤتمر ⟦Code for Iraq⟧

The words are in the order of reading and begin at the edge of the block that its direction names. What stands in ⟦ and ⟧
reads in the other direction, and such spans may lie in each other. A figure (``2012``, ``1,500.50``, ``10:30``) reads from
the left wherever it stands. ``#4`` after the direction is the number of a list item; ``(en)`` the language that the block
states. Words that begin with ``~`` follow some of the page's own, as after a label. A place before the direction is one of
``PLACES`` (in conftest.py) or ``MARKS``; without one the block is in the body.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CASES = Path(__file__).parent / "cases"
OPEN, CLOSE = "⟦", "⟧"
OWN_FIELDS = ("in: ", "kind: ", "by: ")
PLAIN_TITLES = {"en": "Text", "ar": "نص", "ckb": "دەق", "kmr": "Nivîs", "fr": "Texte"}
MARKS = ("title", "og:title", "description", "og:description", "alt", "feed", "og:image:alt")
"""Places where no markup can go."""

_SEEN = re.compile(
    r"(?:(?P<place>[a-z:\-]+\d?) )?(?P<direction>rtl|ltr)(?: #(?P<number>\d+))?(?: \((?P<language>\w+)\))?: (?P<words>.*)"
)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
_FIGURE = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9]+(?:[.,:/\u066b\u066c][0-9\u0660-\u0669\u06f0-\u06f9]+)*")


@dataclass(frozen=True, slots=True)
class Seen:
    """A block as it must be seen: where it is, its direction, and its words with spans of the other direction marked."""

    place: str
    direction: str
    words: str
    number: str = ""
    language: str = ""

    @property
    def text(self) -> str:
        """Return what is seen, without marks and spaces."""
        return shown(self.words.replace(OPEN, "").replace(CLOSE, "").removeprefix("~"))

    def is_in(self, text: str) -> bool:
        """Whether a block says this."""
        return text == self.text or (self.words.startswith("~") and text.endswith(self.text))

    @property
    def is_mark(self) -> bool:
        """Whether this is plain text."""
        return self.place in MARKS

    def order(self, text: str) -> list[int]:
        """Return the places in a text of its characters from left to right; what it says besides reads as its block."""
        before, _, after = text.partition(self.text)
        return from_the_left(before + self.words.removeprefix("~") + after, self.direction)


@dataclass(frozen=True, slots=True)
class Case:
    """A text in some languages, and what is seen of it."""

    name: str
    languages: tuple[str, ...]
    kind: str
    translators: str
    fields: str
    body: str
    seen: tuple[Seen, ...]

    @property
    def id(self) -> str:
        """The folder of the text."""
        return self.name.replace("/", "-")

    def source(self, language: str) -> str:
        """Return the file of the text in a language."""
        fields = self.fields
        if not re.search("^title:", fields, re.MULTILINE):
            fields += f"\ntitle: {PLAIN_TITLES[language]}"
        if language != self.languages[0]:
            by = f", by: {self.translators}" if self.translators else ""
            fields += f"\ntranslation: {{of: {self.languages[0]}{by}}}"
        elif self.kind.partition("/")[0] not in ("members", "pages", "topics"):
            in_feed = any(one.place == "feed" for one in self.seen)
            fields += f"\ndate: {'2026-10-01' if in_feed else '2020-01-01'}"
        return f"---\n{fields.strip()}\n---\n\n{self.body}\n"

    def lay_out(self, content: Path) -> None:
        """Write the text and the picture that it names."""
        folder = content / self.kind / self.id
        folder.mkdir(parents=True)
        for language in self.languages:
            (folder / f"index.{language}.md").write_text(self.source(language), "utf-8")
        if "photo.svg" in self.fields + self.body:
            picture = '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>'
            (folder / "photo.svg").write_text(picture, "utf-8")


def shown(text: str) -> str:
    """Return the characters of a text that take space on a line: no spaces, invisible characters or combining marks."""
    kept = (character for character in unicodedata.normalize("NFC", text) if not character.isspace())
    return "".join(one for one in kept if unicodedata.category(one) not in ("Cf", "Mn"))


def from_the_left(words: str, direction: str) -> list[int]:
    """Return the places of characters, spaces and marks not counted, in the order in which they stand from left to right.

    >>> from_the_left("ab ⟦اب⟧ c", "ltr"), from_the_left("اب 12 ⟦ab⟧", "rtl")
    ([0, 1, 3, 2, 4], [4, 5, 2, 3, 1, 0])
    """
    tokens = list(_tokens(unicodedata.normalize("NFC", words)))
    order, rest = _ordered(tokens, 0, direction)
    assert rest == len(tokens), f"{CLOSE} without {OPEN}: {words}"
    return order


def _tokens(words: str) -> Iterator[tuple[str, list[int]]]:
    """Return marks, figures and single characters, each with the places it takes among those that are shown."""
    at = number = 0
    while at < len(words):
        figure = _FIGURE.match(words, at)
        token = figure[0] if figure else words[at]
        length = 0 if token in (OPEN, CLOSE) else len(shown(token))
        yield token, list(range(number, number + length))
        number += length
        at += len(token)


def _ordered(tokens: list[tuple[str, list[int]]], at: int, direction: str) -> tuple[list[int], int]:
    """Return the places of a span from left to right, and where it ends."""
    parts: list[list[int]] = []
    while at < len(tokens) and tokens[at][0] != CLOSE:
        token, places = tokens[at]
        if token == OPEN:
            places, at = _ordered(tokens, at + 1, "ltr" if direction == "rtl" else "rtl")
            assert at < len(tokens), f"{OPEN} without {CLOSE}"
        parts.append(places)
        at += 1
    return [place for part in (parts if direction == "ltr" else reversed(parts)) for place in part], at


def read(file: Path) -> Case:
    """Return the case of a file."""
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), file.read_text("utf-8"))
    typed, _, seen = text.partition("---- seen ----\n")
    head, _, body = typed.partition("\n\n")
    lines = head.splitlines()
    stated = dict(line.split(": ", 1) for line in lines if line.startswith(OWN_FIELDS))
    fields = "\n".join(line for line in lines if not line.startswith(OWN_FIELDS))
    found = [_SEEN.fullmatch(line) for line in seen.splitlines() if line]
    name = file.relative_to(CASES).with_suffix("").as_posix()
    assert found and all(found), f"{name}: each line after the rule is 'rtl: words' or 'place rtl: words'"
    blocks = tuple(
        Seen(one["place"] or "body", one["direction"], one["words"], one["number"] or "", one["language"] or "")
        for one in found
        if one
    )
    languages, kind = tuple(stated["in"].split()), stated.get("kind", "news")
    return Case(name, languages, kind, stated.get("by", ""), fields, body.strip("\n"), blocks)


@cache
def cases() -> tuple[Case, ...]:
    """Return all cases."""
    return tuple(read(file) for file in sorted(CASES.rglob("*.md")))
