"""The process of the preview builds what a clean build builds, whatever is saved, and says what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jisr.build.build import Builder
from jisr.build.dev_server.build_process import build_in_memory
from jisr.build.options import Options
from tests import running

if TYPE_CHECKING:
    from tests.build.conftest import Workplace

OPTIONS = Options(settings="network.py", content="content", output="kept")


def test_what_is_saved_is_built_with_the_site_in_memory(workplace: Workplace) -> None:
    """After words, a title, a new text, an error and its end, and a text less, the output is that of a clean build."""
    steps: list[tuple[int, list[str] | None]] = []
    shown: list[list[str]] = []
    text, new = workplace.text("ckb"), workplace.folder / "content/news/2026-new/index.ar.md"

    def save() -> int:
        builder, own = Builder(OPTIONS), str(text)
        builder.open_pages = ("ckb/statements/2026-water/",)
        builder.on_open_pages = shown.append
        steps.append(build_in_memory(builder, ()))
        text.write_text(text.read_text("utf-8") + "\n\nڕستەیەکی نوێ.\n", "utf-8")
        steps.append(build_in_memory(builder, (own,)))
        text.write_text(text.read_text("utf-8").replace("title: ", "title: نوێ ", 1), "utf-8")
        steps.append(build_in_memory(builder, (own,)))
        new.parent.mkdir(parents=True)
        new.write_text("---\ntitle: خبر\ndate: 2026-02-30\n---\n\nنص.\n", "utf-8")
        steps.append(build_in_memory(builder, (str(new),)))
        new.write_text("---\ntitle: خبر\ndate: 2026-02-20\n---\n\nنص.\n", "utf-8")
        steps.append(build_in_memory(builder, (str(new),)))
        steps.append(build_in_memory(builder, (str(new) + "~",)))
        new.unlink()
        new.parent.rmdir()
        steps.append(build_in_memory(builder, (str(new),)))
        return 0

    done = running.call(["preview"], save, workplace.folder, workplace.environment())
    kept = workplace.files(workplace.folder / "kept")

    assert done.returncode == 0, done.stderr
    assert [code for code, _ in steps] == [0, 0, 0, 1, 0, 0, 0]
    _, words, title, wrong, added, unchanged, less = (set(changed or ()) for _, changed in steps)
    page, new_page = "ckb/statements/2026-water/index.html", "ar/news/2026-new/index.html"
    assert (page in words, "ckb/index.html" in words) == (True, False)
    assert {page, "ckb/index.html"} <= title
    assert (new_page in added, new_page in less) == (True, True)
    assert wrong == unchanged == set()
    assert shown[:2] == [[page], [page]], "the page that is open comes first"
    assert workplace.command("build", "--output", "clean").returncode == 0
    assert kept == workplace.files(workplace.folder / "clean")
