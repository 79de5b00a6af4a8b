"""What is valid until a day is listed until that day is over, and stays where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.build.conftest import Workplace

TAGS = ("en", "ar", "ckb", "kmr", "fr")
CALLED = {"en": "Valid until", "ar": "صالح حتى", "ckb": "بەکارە هەتا", "kmr": "Derbasdar heta", "fr": "Valable jusqu’au"}
LAST_HOUR = "1796155200"  # 2026-12-01, 23 o'clock in Baghdad
NEXT_DAY = "1796158800"


@pytest.fixture
def calls(workplace: Workplace) -> Workplace:
    """Return a site with a call in each language, valid until the first of December; each is an original."""
    for tag in TAGS:
        text = workplace.folder / "content" / "news" / f"call-{tag}" / f"index.{tag}.md"
        text.parent.mkdir(parents=True)
        text.write_text(f"---\ntitle: Call {tag}\ndate: 2026-11-01\nexpires: 2026-12-01\n---\n\nText.\n", "utf-8")
    return workplace


def listed(workplace: Workplace, tag: str) -> set[str]:
    """Return the files that name a call and are not its own page or twin."""
    own = [f"{tag}/news/call-{tag}/index.{ending}" for ending in ("html", "txt")]
    found = workplace.files()
    return {path for path, data in found.items() if f"call-{tag}/".encode() in data and path not in (*own, "status/index.html")}


def test_a_call_leaves_all_lists_when_its_day_is_over(calls: Workplace) -> None:
    """The day counts as a whole where the network is; the page stays, says until when it is valid, and is not indexed."""
    assert calls.command("build", SOURCE_DATE_EPOCH=LAST_HOUR).returncode == 0
    for tag in TAGS:
        assert {"sitemap.xml", f"{tag}/feed.atom", f"{tag}/news/index.html"} <= listed(calls, tag)
        page = (calls.output / tag / "news" / f"call-{tag}" / "index.html").read_text("utf-8")
        assert CALLED[tag] in page
        assert 'datetime="2026-12-01"' in page
        assert "noindex" not in page

    assert calls.command("build", SOURCE_DATE_EPOCH=NEXT_DAY).returncode == 0
    for tag in TAGS:
        assert listed(calls, tag) == set()
        assert "noindex" in (calls.output / tag / "news" / f"call-{tag}" / "index.html").read_text("utf-8")
