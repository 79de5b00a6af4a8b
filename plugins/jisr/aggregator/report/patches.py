"""Proposed changes of members' files: the new text of a file, and all of them as one patch."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from jisr.aggregator.store.post_serializer import quote_yaml

_PLAIN_URL = re.compile(r"https?://[\w./?=&%~+-]+(?::\d+[\w./?=&%~+-]*)?", re.ASCII)
_FRONT_MATTER = re.compile(r"(\ufeff?---[ \t]*\r?\n)(.*?\n)(---[ \t]*(?:\r?\n|\Z))", re.DOTALL)


def set_feed_field(text: str, url: str) -> str:
    """Return a member's file with another address of the feed; a file without front matter is returned unchanged.

    >>> print(set_feed_field("---\\ntitle: پێنووس\\nfeed: http://a.org/  # RSS\\n---\\n", "https://b.org/feed"), end="")
    ---
    title: پێنووس
    feed: https://b.org/feed  # RSS
    ---
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        return text
    value = url if _PLAIN_URL.fullmatch(url) else quote_yaml(url)
    line = re.compile(r"^(feed:[ \t]*)(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s#\"'][^\s]*)?(?=[ \t]*(?:\r?$|#))", re.MULTILINE)
    fields, count = line.subn(lambda field: f"{field[1].rstrip()} {value}", match[2], count=1)
    if not count:
        fields = f"{match[2]}feed: {value}\n"
    return f"{match[1]}{fields}{match[3]}{text[match.end() :]}"


def make_patch(changes: Iterable[tuple[str, str, str]]) -> str:
    """Return changes of files (path, old text, new text) as a patch for ``git apply``."""
    lines: list[str] = []
    for path, old, new in sorted(changes):
        if old != new:
            diff = difflib.unified_diff(old.splitlines(True), new.splitlines(True), f"a/{path}", f"b/{path}")
            lines += [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in diff]
    return "".join(lines)
