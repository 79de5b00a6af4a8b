"""Templates are compiled once, and what is kept is believed only where it is of the same source, and this user's own."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import Environment, FileSystemLoader

from jisr.build.templates import bytecode_cache
from jisr.build.templates.bytecode_cache import open_bytecode_cache
from jisr.build.templates.component_cache import ThemeEnvironment

if TYPE_CHECKING:
    from tests.build.conftest import Workplace

BOTH = ["text.html", "components/row.html"]


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the templates that were compiled."""
    names: list[str] = []
    compile_source: Any = Environment.compile

    def noted(self: Environment, source: str, name: str, *more: Any) -> Any:
        names.append(name)
        return compile_source(self, source, name, *more)

    monkeypatch.setattr(Environment, "compile", noted)
    return names


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of byte code, of a user whose Python keeps it."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    return tmp_path / "user/jisr"


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """Return a theme of one template and one component."""
    (tmp_path / "site/theme/components").mkdir(parents=True)
    (tmp_path / "site/theme/text.html").write_text('{% include "components/row.html" %}!', "utf-8")
    (tmp_path / "site/theme/components/row.html").write_text("{{ page }}", "utf-8")
    return tmp_path / "site/theme"


def said(theme: Path, **options: Any) -> str:
    """Render the page of a theme, with an environment of its own."""
    cache = open_bytecode_cache(options, [theme.parent])
    return ThemeEnvironment(loader=FileSystemLoader(theme), bytecode_cache=cache, **options).render("text.html", "بيان")


def test_a_template_is_compiled_once(theme: Path, kept: Path, compiled: list[str]) -> None:
    """The next build takes what the first one compiled, from a folder of the user's cache that others cannot write into."""
    assert [said(theme), said(theme)] == ["بيان!"] * 2
    assert compiled == BOTH
    assert len(list(kept.iterdir())) == len(BOTH)
    assert kept.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("change", ["source", "options", "Jinja"])
def test_what_changed_is_compiled_again(
    theme: Path, kept: Path, compiled: list[str], change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the words of a template that count, not its time; options, and versions."""
    options = {}
    said(theme)
    if change == "source":
        (theme / "text.html").write_text('{% include "components/row.html" %}!!', "utf-8")
        (theme / "components/row.html").write_text("{{  page }}", "utf-8")
    elif change == "options":
        options = {"trim_blocks": True}
    else:
        monkeypatch.setattr(bytecode_cache, "version", lambda package: f"{package} 9")

    assert said(theme, **options) == said(theme, **options)
    assert compiled == BOTH * 2


def test_a_copy_of_a_theme_is_not_compiled_again(theme: Path, kept: Path, compiled: list[str]) -> None:
    """The same template elsewhere, as in another checkout, is the same code; what fails in it is told with its own file."""
    (theme / "components/row.html").write_text("{{ page }}\n{{ page.nothing.more }}", "utf-8")
    copy = shutil.copytree(theme, theme.parent / "copy")
    for folder in (theme, copy):
        with pytest.raises(AttributeError) as told:
            said(folder)
        last = told.traceback[-1]
        assert (str(last.path), last.lineno + 1) == (str(folder / "components/row.html"), 2)
    assert compiled == BOTH


@pytest.mark.parametrize("size", [0, 30, 200], ids=["empty", "without its digest", "cut short"])
def test_what_cannot_be_read_is_compiled_again(theme: Path, kept: Path, compiled: list[str], size: int) -> None:
    """A broken file costs time only."""
    said(theme)
    for file in kept.iterdir():
        file.write_bytes(file.read_bytes()[:size])

    assert said(theme) == "بيان!"
    assert compiled == BOTH * 2


@pytest.mark.parametrize("state", ["no folder", "in the site", "of another", "open to others", "none wanted", "no key"])
def test_what_is_not_safe_is_done_without(
    theme: Path, kept: Path, compiled: list[str], state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where byte code cannot be kept safely, or Python was asked to keep none, templates are compiled each time."""
    options: dict[str, Any] = {}
    if state == "no folder":
        kept.parent.write_text("a file", "utf-8")
    elif state == "in the site":
        monkeypatch.setenv("XDG_CACHE_HOME", str(theme.parent / ".cache"))
    elif state == "of another":
        monkeypatch.setattr(os, "getuid", lambda: 12345)
    elif state == "open to others":
        kept.mkdir(parents=True)
        kept.chmod(0o777)
    elif state == "none wanted":
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    else:
        options = {"finalize": lambda value: value}

    assert [said(theme, **options), said(theme, **options)] == ["بيان!"] * 2
    assert compiled == BOTH * 2
    assert not (theme.parent / ".cache").exists()
    assert not kept.is_dir() or not list(kept.iterdir())


def test_nothing_of_a_site_is_run(workplace: Workplace, kept: Path) -> None:
    """After a build and an edit nothing in the folder of a site is byte code of a template, in ``.cache/`` least of all."""
    workplace.own_theme()
    shutil.rmtree(workplace.folder / "theme/__pycache__", ignore_errors=True)  # earlier versions kept theirs there
    for sentence in ("جملة.", "جملة أخرى."):
        with workplace.text().open("a", encoding="utf-8") as text:
            text.write(f"\n\n{sentence}\n")
        assert workplace.command("build", PYTHONDONTWRITEBYTECODE="").returncode == 0
        assert sentence in workplace.page()

    assert {file.suffix for file in (workplace.folder / ".cache").rglob("*")} <= {"", ".pickle", ".bin", ".bodies"}
    assert list(workplace.folder.rglob("*.jinja")) == []
    assert list(kept.glob("*.jinja"))
