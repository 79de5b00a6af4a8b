"""Signs of other programs: told in a post that was written here, and spared in one that was fetched from a blog."""

from __future__ import annotations

from pathlib import Path

import pytest

from jisr.content.read.discovery import Bundle, VersionFile
from jisr.content.read.version_parser import parse_version
from jisr.core.i18n.languages import build_languages
from jisr.core.schema.kinds import DEFAULT_KINDS
from jisr.markdown.render import render_body

LANGUAGES = build_languages(["en", "ar"])


@pytest.mark.parametrize(("field", "told"), [("", ["leftover"]), ("fetched: 2026-11-01\n", [])])
def test_a_fetched_post_is_another_s_words(field: str, told: list[str], tmp_path: Path) -> None:
    """A converter wrote the signs of a fetched post, and its editor is its blog's; a post written here has ours."""
    file = tmp_path / "index.en.md"
    file.write_text(f"---\ntitle: A post\ndate: 2026-10-01\n{field}---\nIt is ~~gone~~.\n", "utf-8")
    version = VersionFile(LANGUAGES["en"], str(file), "index.en.md")
    (posts,) = (kind for kind in DEFAULT_KINDS if kind.name == "posts")

    parsed = parse_version(Bundle(posts, "insm/x", "content/posts/insm/x", (version,), {}), version, LANGUAGES, render_body)

    assert [one.code for one in parsed.problems] == told
