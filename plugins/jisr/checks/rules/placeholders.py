"""Rules on leftovers of a template or draft: placeholders, labels without a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Finding
from jisr.checks.masked_file import MaskedFile
from jisr.checks.masking import LINKED, OPAQUE, SYNTAX
from jisr.checks.phrases import Phrases, normalize_phrase

_PLACEHOLDER = re.compile(
    r"(?<![\d%])%(?:\(\w+\)|\d\$)?[sd](?!\w)|\$?\{\{?\s*[A-Za-z_0-9.]*\s*\}?\}|\b(?:TODO|FIXME|TBD|TBA|XXX+)\b"
    r"|\blorem ipsum\b|\[(?:insert|title|name|date|your)\b[^\[\]]*\](?![(\[])",
    re.IGNORECASE,
)
_UPPERCASE_ONLY = frozenset("TODO FIXME TBD TBA".split())
_MASKS = re.compile(f"[{SYNTAX}-{LINKED}]")
_LABEL = re.compile(rf"[{SYNTAX}\s]*(?P<label>[^\W\d_][^:؛;،,.\r\n{OPAQUE}]{{0,40}}?)[{SYNTAX}\s]*[:：][{SYNTAX}\s]*")
_MAX_WORDS = 3
_ITEM = re.compile(r"\s*(?:[-+*|>`~<]|\d{1,9}[.)]\s)")
_CONTACT_VALUE = re.compile(r"[@\d]|https?:|\w\.\w|\]\(")

PLACEHOLDER = '"{value}" was to be replaced. Write what stands in its place, or take it out.'
EMPTY_LABEL = '"{value}" has nothing behind it. Add what belongs there, or take the label out.'


def placeholders(page: MaskedFile) -> Iterator[Finding]:
    """Find each placeholder."""
    for match in _PLACEHOLDER.finditer(page.masked):
        word = match[0]
        if not word.isupper() and (word.upper() in _UPPERCASE_ONLY or word.casefold().startswith("xxx")):
            continue
        yield Finding(match.start(), "placeholder", PLACEHOLDER, {"value": word})


def empty_labels(page: MaskedFile, phrases: Phrases) -> Iterator[Finding]:
    """Find each label, as of an address, without a value on its line or below it."""
    lines = page.lines
    for index, (start, _, words) in enumerate(lines):
        match = _LABEL.fullmatch(words)
        if match is None:
            continue
        label = _MASKS.sub("", match["label"]).strip()
        phrase = normalize_phrase(label)
        category = "contact" if phrase in phrases.contacts else "label" if phrase in phrases.labels else ""
        below = next((one for one in lines[index + 1 :] if one[1].strip()), None)
        if (category or len(label.split()) <= _MAX_WORDS) and _is_empty(words, below, category):
            yield Finding(start + match.start("label"), "label", EMPTY_LABEL, {"value": f"{label}:"})


def _is_empty(words: str, below: tuple[int, str, str] | None, category: str) -> bool:
    """Whether a label has no value below it, but nothing, a heading, or another label."""
    if below is None or below[1].startswith("#"):
        return True
    _, line, next_words = below
    is_label = _LABEL.match(next_words) is not None
    if words.startswith(SYNTAX) and _ITEM.match(line):
        return bool(category) or is_label
    if _ITEM.match(line) or line[:1] in " \t":
        return False
    return bool(category) and (is_label or (category == "contact" and not _CONTACT_VALUE.search(line)))
