"""Cases: a text as an editor typed it, what is found in it, and the text after it was mended.

A case begins with ``=== rule | language``; the text follows: a whole file where it begins with ``---``, else a body, which then
begins on line 4. ``--- found`` has a line for each finding: its place, its code, the value in quotes. ``--- mended`` has the
text afterwards; without it nothing changes. ⟨U+00A0⟩ stands for a character that cannot be seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from jisr.checks.lint import LintContext
from jisr.checks.masked_file import MaskedFile, parse_masked_file
from jisr.checks.phrases import load_phrases
from jisr.checks.rules.glossary import parse_glossary
from jisr.core.i18n.languages import build_languages
from jisr.core.schema.kinds import Kinds

FOLDER = Path(__file__).parent / "cases"
LANGUAGES = build_languages(["en", "ar", "ckb", "kmr", "fr"])
TITLES = {"en": "A title", "ar": "عنوان", "ckb": "سەردێڕ", "kmr": "Sernav", "fr": "Un titre"}
_PART = re.compile(r"^--- (found|mended)$", re.MULTILINE)
_HIDDEN = re.compile("⟨U\\+([0-9A-F]{4})⟩")


@dataclass(frozen=True)
class Case:
    rule: str
    language: str
    typed: str
    found: tuple[str, ...]
    mended: str

    def __str__(self) -> str:
        return f"{self.language}: {self.rule}"

    def page(self, text: str | None = None) -> MaskedFile:
        """Return the text, or another one in its place, with its words."""
        return masked_file(self.typed if text is None else text, self.language)


def masked_file(text: str, language: str, kind: str = "news") -> MaskedFile:
    """Return a file with its words."""
    declared = Kinds().get(kind)
    assert declared is not None
    return parse_masked_file(text, "a.md", declared, LANGUAGES[language])


def whole(text: str, language: str) -> str:
    """Return a file: a body alone gets a title."""
    return text if text.lstrip("\ufeff").startswith("---\n") else f"---\ntitle: {TITLES[language]}\n---\n{text}"


def lint_context() -> LintContext:
    """Return what the rules know, with the names of the cases."""
    glossary, problems = parse_glossary((FOLDER / "glossary.yaml").read_text("utf-8"), "glossary.yaml", LANGUAGES)
    assert problems == []
    return LintContext(load_phrases(), glossary)


def read_cases() -> list[Case]:
    """Return all cases."""
    return [case for file in sorted(FOLDER.rglob("*.md")) for case in _of(file)]


def _of(file: Path) -> list[Case]:
    cases = []
    text = _HIDDEN.sub(lambda found: chr(int(found[1], 16)), file.read_text("utf-8"))
    for written in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, _, rest = written.partition("\n")
        rule, _, language = head.partition(" | ")
        typed, *parts = _PART.split(rest)
        named = dict(zip(parts[::2], parts[1::2], strict=True))
        found = tuple(line for line in named.get("found", "").splitlines() if line)
        body = whole(_text(typed), language)
        mended = whole(_text(named["mended"]), language) if "mended" in named else body
        cases.append(Case(rule, language, body, found, mended))
    return cases


def _text(written: str) -> str:
    return written.strip("\n") + "\n"
