"""Plugins of Pelican that are not ours: they hear of what they would hear of in any other site."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.build.conftest import Workplace

LISTENING = """from pathlib import Path
from pelican import signals

heard = []

def count(path, context):
    heard.append(Path(path).read_text("utf-8").count("</html>"))
    assert context["SITEURL"] and path.endswith(context["output_file"])

def whole(pelican):
    pages = [page for page in Path(pelican.output_path).rglob("*.html")]
    for page in pages:
        page.write_text(page.read_text("utf-8").replace("</html>", "<!-- seen --></html>"), "utf-8")
    (Path(pelican.output_path) / "heard.txt").write_text(f"{sum(heard)} of {len(pages)}", "utf-8")

def register():
    signals.content_written.connect(count)
    signals.finalized.connect(whole)
"""
FAILING = """from pelican import signals

def fail(pelican):
    raise RuntimeError("no")

def register():
    signals.finalized.connect(fail)
"""


def test_a_plugin_hears_of_every_page_and_of_the_end(workplace: Workplace) -> None:
    """``content_written`` is sent for each page, ``finalized`` when all are there; what a plugin then changes is published."""
    (workplace.folder / "listening.py").write_text(LISTENING, "utf-8")
    workplace.state('from tests.sites.settings import PLUGINS\nPLUGINS = [*PLUGINS, "listening"]')
    for _ in range(2):
        done = workplace.command("build")
        assert done.returncode == 0, done.stderr
        pages = len(list(workplace.output.rglob("*.html")))
        assert (workplace.output / "heard.txt").read_text("utf-8") == f"{pages} of {pages}"
        assert workplace.page().count("<!-- seen -->") == 1


def test_a_plugin_that_fails_leaves_the_output_as_it_was(workplace: Workplace) -> None:
    """Pages that another plugin touched before it failed are those of the build that failed, not those that stand."""
    (workplace.folder / "listening.py").write_text(LISTENING, "utf-8")
    (workplace.folder / "failing.py").write_text(FAILING, "utf-8")
    workplace.command("build")
    before = workplace.files()
    workplace.state('from tests.sites.settings import PLUGINS\nPLUGINS = [*PLUGINS, "listening", "failing"]')
    assert workplace.command("build").returncode == 1
    assert workplace.files() == before
