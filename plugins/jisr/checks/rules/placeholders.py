"""What a template or a draft left behind: placeholders nobody filled, labels without a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Finding
from jisr.checks.masking import LINKED, OPAQUE, SYNTAX
from jisr.checks.phrases import Phrases, normalize_phrase
from jisr.checks.source_text_positions import MaskedFile

_PLACEHOLDER = re.compile(
    r"(?<![\d%])%(?:\(\w+\)|\d\$)?[sd](?!\w)|\$?\{\{?\s*[A-Za-z_0-9.]*\s*\}?\}|\b(?:TODO|FIXME|TBD|TBA|XXX+)\b"
    r"|\blorem ipsum\b|\[(?:insert|title|name|date|your)\b[^\[\]]*\](?![(\[])",
    re.IGNORECASE,
)
_UPPERCASE_ONLY = frozenset("TODO FIXME TBD TBA".split())
_MASKS = re.compile(f"[{SYNTAX}-{LINKED}]")
_LABEL = re.compile(rf"[{SYNTAX}\s]*(?P<label>[^\W\d_][^:؛;،,.\r\n{OPAQUE}]{{0,40}}?)[{SYNTAX}\s]*[:：][{SYNTAX}\s]*")
_MAX_WORDS = 3
_YAML_COMMENT = re.compile(r"[ \t]+(?P<word>#[^\s#][^\r\n]*)")
_ITEM = re.compile(r"\s*(?:[-+*|>`~<]|\d{1,9}[.)]\s)")
_CONTACT_VALUE = re.compile(r"[@\d]|https?:|\w\.\w|\]\(")

PLACEHOLDER = '"{value}" was to be replaced. Write what stands in its place, or take it out.'
LOST_HASHTAG = '"{value}" is lost: behind a space, # begins a note that nobody sees. Put the whole value in quotes.'
EMPTY_LABEL = '"{value}" has nothing behind it. Add what belongs there, or take the label out.'


def placeholders(page: MaskedFile) -> Iterator[Finding]:
    """Return each word that stands for one still to be written."""
    for found in _PLACEHOLDER.finditer(page.masked):
        word = found[0]
        if not word.isupper() and (word.upper() in _UPPERCASE_ONLY or word.casefold().startswith("xxx")):
            continue
        yield Finding(found.start(), "placeholder", PLACEHOLDER, {"value": word})


def lost_hashtags(page: MaskedFile) -> Iterator[Finding]:
    """Return what stands behind a value as a hashtag does, and is a comment to YAML; a note behind "# " is meant as one."""
    for one in page.values:
        found = _YAML_COMMENT.match(page.text, one.end)
        if found is not None:
            yield Finding(found.start("word"), "comment", LOST_HASHTAG, {"value": found["word"].rstrip()})


def empty_labels(page: MaskedFile, phrases: Phrases) -> Iterator[Finding]:
    """Return each label, as of an address, that nothing follows: neither on its line nor below it."""
    lines = page.lines
    for place, (begin, _, words) in enumerate(lines):
        found = _LABEL.fullmatch(words)
        if found is None:
            continue
        label = _MASKS.sub("", found["label"]).strip()
        known = (
            "contact"
            if normalize_phrase(label) in phrases.contacts
            else "label"
            if normalize_phrase(label) in phrases.labels
            else ""
        )
        below = next((one for one in lines[place + 1 :] if one[1].strip()), None)
        if (known or len(label.split()) <= _MAX_WORDS) and _is_empty(words, below, known):
            yield Finding(begin + found.start("label"), "label", EMPTY_LABEL, {"value": f"{label}:"})


def _is_empty(words: str, below: tuple[int, str, str] | None, known: str) -> bool:
    """Whether what stands below a label is not its value: nothing, a heading, or another label."""
    if below is None or below[1].startswith("#"):
        return True
    _, line, next_words = below
    another = _LABEL.match(next_words) is not None
    if words.startswith(SYNTAX) and _ITEM.match(line):
        return bool(known) or another
    if _ITEM.match(line) or line[:1] in " \t":
        return False
    return bool(known) and (another or (known == "contact" and not _CONTACT_VALUE.search(line)))
