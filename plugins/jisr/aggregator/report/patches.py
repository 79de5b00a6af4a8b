"""Changes of members' files that are proposed and not made: the new text of a file, and all of them as one patch."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from jisr.aggregator.store.front_matter_edit import quote_yaml

_PLAIN_URL = re.compile(r"https?://[\w./?=&%~+-]+(?::\d+[\w./?=&%~+-]*)?", re.ASCII)
_FRONT_MATTER = re.compile(r"(\ufeff?---[ \t]*\r?\n)(.*?\n)(---[ \t]*(?:\r?\n|\Z))", re.DOTALL)


def set_feed_field(text: str, url: str) -> str:
    """Return a member's file with another address of the feed, and everything else as it was; as it is where that cannot be.

    >>> print(set_feed_field("---\\ntitle: پێنووس\\nfeed: http://a.org/  # RSS\\n---\\n", "https://b.org/feed"), end="")
    ---
    title: پێنووس
    feed: https://b.org/feed  # RSS
    ---
    """
    front = _FRONT_MATTER.match(text)
    if not front:
        return text
    said = url if _PLAIN_URL.fullmatch(url) else quote_yaml(url)
    line = re.compile(r"^(feed:[ \t]*)(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s#\"'][^\s]*)?(?=[ \t]*(?:\r?$|#))", re.MULTILINE)
    fields, count = line.subn(lambda found: f"{found[1].rstrip()} {said}", front[2], count=1)
    if not count:
        fields = f"{front[2]}feed: {said}\n"
    return f"{front[1]}{fields}{front[3]}{text[front.end() :]}"


def make_patch(changes: Iterable[tuple[str, str, str]]) -> str:
    """Return changes of files (path, text before, text after) in the form that ``git apply`` takes."""
    lines: list[str] = []
    for path, before, after in sorted(changes):
        if before != after:
            found = difflib.unified_diff(before.splitlines(True), after.splitlines(True), f"a/{path}", f"b/{path}")
            lines += [one if one.endswith("\n") else f"{one}\n\\ No newline at end of file\n" for one in found]
    return "".join(lines)
