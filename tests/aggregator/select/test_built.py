"""Written posts, built by the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from jisr.aggregator.model import SiteContext
from jisr.build.build import build_site as build
from jisr.build.options import Options
from tests.aggregator.select.blog import LANGUAGES, TITLES, Desk, item, source
from tests.aggregator.select.test_writing import HOSTILE
from tests.content.conftest import NOVEMBER_2026, SITES

MEMBER = "---\ntitle: {name}\nsite: https://{name}.example.org/\n---\n\nA blog.\n"


def test_written_posts_are_built(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Posts in all languages, with hostile titles and names, build without a word, and are where they should be."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOVEMBER_2026)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    desk.network = SiteContext(desk.network.now, LANGUAGES, member_ids=frozenset({"penus", "insm"}), max_new_posts=1000)
    names = ("Ali Hasan", "ALI hasan", "علي", "penu", "☀", "ali@example.org (Ali Hasan)", "penus", "A: b #c")
    feeds = {
        source("penus"): [item(number, tongue, authors=(names[number],)) for number, tongue in enumerate(LANGUAGES)],
        source("insm", full_text=False): [
            item(
                number,
                guid=title,
                title=title,
                authors=names,
                link=f"https://insm.example.org/{number}",
                body=f"{TITLES['en'][1]}\n\n{title}",
            )
            for number, title in enumerate(HOSTILE)
        ],
    }
    desk.run_all(feeds)  # type: ignore[arg-type]
    for member in ("penus", "insm"):
        file = desk.content / "members" / member / "index.en.md"
        file.parent.mkdir(parents=True)
        file.write_text(MEMBER.format(name=member), "utf-8")
    monkeypatch.chdir(desk.content.parent)
    output = Path("output")
    code = build(Options(settings=str(SITES / "settings.py"), content="content", output=str(output)))
    lines = [line for line in capsys.readouterr().err.splitlines() if "[catalogue]" not in line]
    assert lines == []
    assert code == 0
    assert len(desk.files()) > len(HOSTILE) - 6
    for number, tongue in enumerate(LANGUAGES):
        assert (output / tongue / "posts" / "penus" / f"post-{number}" / "index.html").is_file()
