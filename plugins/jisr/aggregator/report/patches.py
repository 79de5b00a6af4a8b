"""Proposed changes of members' files: the new text of a file, and all of them as one patch."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from jisr.aggregator.store.post_serializer import quote_yaml
from jisr.content.read.source_file import parse_source_file
from jisr.core.diagnostics.problems import ProblemsError

_PLAIN_URL = re.compile(r"https?://[\w./?=&%~+-]+(?::\d+[\w./?=&%~+-]*)?", re.ASCII)


def set_feed_field(text: str, url: str) -> str:
    """Return a member's file with another address of the feed; a file without front matter is returned unchanged.

    >>> print(set_feed_field("---\\ntitle: پێنووس\\nfeed: http://a.org/  # RSS\\n---\\n", "https://b.org/feed"), end="")
    ---
    title: پێنووس
    feed: https://b.org/feed  # RSS
    ---
    """
    try:
        file = parse_source_file(text, "")
        node = file.field("feed")
    except ProblemsError:
        return text
    value = url if _PLAIN_URL.fullmatch(url) else quote_yaml(url)
    if node is None:
        end = file.front_matter_end
        return f"{text[:end]}feed: {value}{file.newline}{text[end:]}"
    start, end = file.span(node)
    return f"{text[:start].removesuffix(' ')} {value}{text[end:]}"


def make_patch(changes: Iterable[tuple[str, str, str]]) -> str:
    """Return changes of files (path, old text, new text) as a patch for ``git apply``."""
    lines: list[str] = []
    for path, old, new in sorted(changes):
        if old != new:
            diff = difflib.unified_diff(old.splitlines(True), new.splitlines(True), f"a/{path}", f"b/{path}")
            lines += [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in diff]
    return "".join(lines)
