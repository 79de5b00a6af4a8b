"""Templates are compiled once, as modules are, and what is kept of them is believed only where it is of the same source."""

from __future__ import annotations

import marshal
import shutil
import sys
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

import pytest
from jinja2 import FileSystemLoader, nodes
from jinja2.compiler import Frame

from jisr.build.templates.bytecode_cache import Bytecode
from jisr.build.templates.component_cache import TemplateCodeGenerator, ThemeEnvironment

if TYPE_CHECKING:
    from tests.build.conftest import Workplace


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the templates that were compiled, in a Python that keeps byte code."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    names: list[str] = []
    visit = TemplateCodeGenerator.visit_Template

    def noted(self: TemplateCodeGenerator, node: nodes.Template, frame: Frame | None = None) -> None:
        names.append(str(self.name))
        visit(self, node, frame)

    monkeypatch.setattr(TemplateCodeGenerator, "visit_Template", noted)
    return names


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """Return a theme of one template and one component."""
    (tmp_path / "theme/templates/components").mkdir(parents=True)
    (tmp_path / "theme/templates/text.html").write_text('{% include "components/row.html" %}!', "utf-8")
    (tmp_path / "theme/templates/components/row.html").write_text("{{ page }}", "utf-8")
    return tmp_path / "theme"


def said(theme: Path) -> str:
    """Render the page of a theme, with an environment of its own."""
    templates = theme / "templates"
    environment = ThemeEnvironment(loader=FileSystemLoader(templates), bytecode_cache=Bytecode(templates))
    return environment.get_template("text.html").render(page="بيان")


def test_a_template_is_compiled_once(theme: Path, compiled: list[str]) -> None:
    """The next build takes what the first one compiled, from a folder in which no template is looked for."""
    assert [said(theme), said(theme)] == ["بيان!"] * 2
    assert compiled == ["text.html", "components/row.html"]
    assert sorted(file.name for file in (theme / "__pycache__").iterdir()) == [
        f"{name}.{sys.implementation.cache_tag}.jinja" for name in ("components.row.html", "text.html")
    ]
    assert ThemeEnvironment(loader=FileSystemLoader(theme / "templates")).list_templates() == [
        "components/row.html",
        "text.html",
    ]


def test_a_changed_template_is_compiled_again(theme: Path, compiled: list[str]) -> None:
    """It is its words that count, not its time; what was kept of the old ones is replaced."""
    said(theme)
    (theme / "templates/text.html").write_text("{{ page }}?", "utf-8")

    assert [said(theme), said(theme)] == ["بيان?"] * 2
    assert compiled == ["text.html", "components/row.html", "text.html"]


def test_a_copied_theme_is_its_own(theme: Path, compiled: list[str], tmp_path: Path) -> None:
    """What was compiled names its file, for messages; so it isn't taken for a file elsewhere."""
    said(theme)
    shutil.copytree(theme, tmp_path / "copy")
    said(tmp_path / "copy")

    assert compiled == ["text.html", "components/row.html"] * 2


@pytest.mark.parametrize("left", [b"", b"\0" * 99, None], ids=["empty", "strange", "cut short"])
def test_what_cannot_be_read_is_compiled_again(theme: Path, compiled: list[str], left: bytes | None) -> None:
    """A broken file costs time only."""
    said(theme)
    for file in (theme / "__pycache__").iterdir():
        file.write_bytes(file.read_bytes()[:60] if left is None else left)

    assert said(theme) == "بيان!"
    assert compiled == ["text.html", "components/row.html"] * 2


def test_a_folder_that_takes_nothing_is_done_without(theme: Path, compiled: list[str]) -> None:
    """Where byte code cannot be kept, or Python was asked to keep none, templates are compiled each time."""
    (theme / "__pycache__").write_text("no folder", "utf-8")
    assert [said(theme), said(theme)] == ["بيان!"] * 2
    (theme / "__pycache__").unlink()

    sys.dont_write_bytecode = True
    assert said(theme) == "بيان!"
    assert compiled == ["text.html", "components/row.html"] * 3
    assert not (theme / "__pycache__").exists()


def test_nothing_of_a_cache_is_run(workplace: Workplace) -> None:
    """After a build and an edit nothing in ``.cache/`` is byte code: it lies beside the theme, as that of Python does."""
    workplace.own_theme()
    assert workplace.command("build", PYTHONDONTWRITEBYTECODE="").returncode == 0
    with workplace.text().open("a", encoding="utf-8") as text:
        text.write("\n\nجملة أخرى.\n")
    assert workplace.command("build", PYTHONDONTWRITEBYTECODE="").returncode == 0

    assert "جملة أخرى" in workplace.page()
    assert {file.suffix for file in (workplace.folder / ".cache").rglob("*")} <= {".pickle", ".json", ".sqlite"}
    kept = [marshal.loads(file.read_bytes()[32:]) for file in (workplace.folder / "theme/__pycache__").glob("*.jinja")]
    assert kept
    assert {type(one) for one in kept} == {CodeType}
