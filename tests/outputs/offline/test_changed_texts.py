"""What a proposal changes is one page that opens anywhere: from nothing but a file, without a server, script or archive."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jisr.core.diagnostics.problems import ProblemsError
from jisr.outputs.offline.changed_texts import ChangedPage, find_changed, join_pages, list_changes, write_changed_texts
from tests.outputs.offline.test_bundles import BLOGGERS, sample
from tests.site.pages import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from jisr.core.build.build_context import BuildContext

__all__ = ["sample"]


@pytest.mark.process  # git says what changed
def test_what_changed_is_asked_of_git(tmp_path: Path) -> None:
    """Changed, new and renamed files count, deleted ones do not; names are those below the folder of the texts."""
    git = ["git", "-C", str(tmp_path), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    content = tmp_path / "content"
    for name in ("news/a/index.ar.md", "news/b/index.ar.md", "news/c/index.ar.md"):
        (content / name).parent.mkdir(parents=True)
        (content / name).write_text(name, "utf-8")
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "First"]):
        subprocess.run([*git, *words], check=True, timeout=30)
    (content / "news/a/index.ar.md").write_text("other", "utf-8")
    (content / "news/a/صورة.jpg").write_bytes(b"new")
    (content / "news/b/index.ar.md").unlink()
    (content / "news/c").rename(content / "news/d")
    (tmp_path / "README.md").write_text("no text", "utf-8")

    assert list_changes(content, "HEAD") == ["news/a/index.ar.md", "news/a/صورة.jpg", "news/d/index.ar.md"]
    for wrong in ("no-such", "--output=x"):
        with pytest.raises(ProblemsError, match="is no commit of this clone"):
            list_changes(content, wrong)
    assert not (tmp_path / "x").exists()


def test_a_file_belongs_to_a_text(sample: BuildContext) -> None:
    """A version counts as itself, what lies beside it as the original, once; what is no text counts for nothing."""
    names = [
        f"{BLOGGERS}/index.ckb.md",
        f"{BLOGGERS}/photo.jpg",
        f"{BLOGGERS}/replies/sara.ar.md",
        "glossary.yaml",
        "news/no/index.ar.md",
    ]
    found = [(version.id, version.language.tag, version.language.tag == "ckb") for version in find_changed(sample.site, names)]
    original = sample.site.get(*BLOGGERS.split("/"))
    assert original is not None
    assert found == sorted([("2012-first-bloggers-conference", "ckb", True), (original.id, original.origin, False)])


@pytest.mark.process  # git says what changed
def test_the_page_of_a_proposal(site: Site, sample: BuildContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One changed version is its page; several stand in frames, each in its language; where no text changed, the homes do."""
    changes: list[str] = []
    monkeypatch.setattr("jisr.outputs.offline.changed_texts.list_changes", lambda content, since: changes)
    target = tmp_path / "preview.html"
    shown = []
    for names in ([f"{BLOGGERS}/index.ckb.md"], [f"{BLOGGERS}/index.{tag}.md" for tag in ("ar", "ckb")], []):
        changes[:] = names
        assert write_changed_texts(sample, site.folder, target, "HEAD") == 0
        shown.append(target.read_text("utf-8"))

    assert re.search(r'<html lang="ckb" dir="rtl"', shown[0])
    assert "<iframe" not in shown[0]
    assert re.findall(r'<iframe id="\d" title="[^"]+" lang="(\w+)" dir="(\w+)"', shown[1]) == [("ar", "rtl"), ("ckb", "rtl")]
    assert shown[2].count("<iframe") == len(sample.site.languages)
    for html in shown:
        own = re.sub(r'srcdoc="[^"]*"', "", html)
        assert re.findall(r"""(?:src|href)=["']((?!https?:|mailto:|tel:|data:|#)[^"']*)""", own) == []


def test_frames_show_pages_on_a_phone(site: Site, sample: BuildContext, browser: Browser, tmp_path: Path) -> None:
    """Opened from disk on a narrow screen each frame has its page, in its direction; nothing is refused or asked of a host."""
    titles = ('A <b> & "c"', "ئەوە")
    html = (
        '<!doctype html>\n<html lang="{0}" dir="{1}"><head><meta charset="utf-8"><title>t</title></head><body>{2}</body></html>'
    )
    pages = [
        (
            ChangedPage("a", titles[0], "en", "ltr"),
            html.format("en", "ltr", '<a href="https://example.org/">x</a> "quoted" &amp; more'),
        ),
        (ChangedPage("b", titles[1], "ckb", "rtl"), html.format("ckb", "rtl", titles[1])),
    ]
    file = tmp_path / "پیش.html"
    file.write_text(join_pages(sample.site, pages), "utf-8")
    context = browser.new_context(viewport={"width": 360, "height": 740})
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("request", lambda request: said.append(request.url) if not request.url.startswith(("file:", "about:")) else None)
    tab.goto(file.as_uri())
    frames = [frame for frame in tab.frames if frame.parent_frame]

    assert [frame.evaluate("[document.documentElement.lang, document.dir]") for frame in frames] == [
        ["en", "ltr"],
        ["ckb", "rtl"],
    ]
    assert frames[0].inner_text("body") == 'x "quoted" & more'
    assert tab.locator("nav a").all_inner_texts() == list(titles)
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    assert said == []
    context.close()
