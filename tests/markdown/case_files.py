"""Readable files of test cases: Markdown, and the body it is rendered to.

A case begins with ``=== rule | language kind``; then come the Markdown and, after ``--- html``, the HTML; where there are
any, ``--- references``, ``--- resolutions`` and ``--- problems`` follow. ⟨U+202E⟩ stands for a character that cannot be seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from jisr.core.i18n.languages import build_languages
from jisr.core.model.body import Body, MarkdownSource
from jisr.markdown.render import render_body

FOLDER = Path(__file__).parent / "cases"
LANGUAGES = build_languages(["en", "ar", "ckb", "kmr", "fr"])
_PART = re.compile(r"^--- (html|references|resolutions|problems)$", re.M)
_HIDDEN = re.compile("⟨U\\+([0-9A-F]{4})⟩")


@dataclass(frozen=True)
class Case:
    rule: str
    language: str
    kind: str
    markdown: str
    parts: dict[str, str]

    def __str__(self) -> str:
        return self.rule


def read_cases(name: str) -> list[Case]:
    """Return the cases of a file."""
    cases = []
    text = _HIDDEN.sub(lambda found: chr(int(found[1], 16)), (FOLDER / name).read_text("utf-8"))
    for written in re.split(r"^=== ", text, flags=re.M)[1:]:
        head, _, rest = written.partition("\n")
        rule, _, about = head.partition(" | ")
        language, kind = about.split()
        markdown, *parts = _PART.split(rest)
        named = {key: value.strip("\n") for key, value in zip(parts[::2], parts[1::2], strict=True)}
        cases.append(Case(rule, language, kind, markdown.removesuffix("\n"), named))
    return cases


def render(markdown: str, language: str = "ar", kind: str = "pages") -> Body:
    """Return the body of a text that begins on line 5 of its file."""
    return render_body(MarkdownSource(markdown, LANGUAGES[language], kind, "a.md", 5))
