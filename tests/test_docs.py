"""What is written for people is true of the code."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest
from invoke import Collection

from jisr.cli import site_tasks
from jisr.content.settings.pelican_settings import HONOURED
from tests import running

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SET_UP = "python3 -m venv .venv && .venv/bin/pip install"
CONSTRAINED = " -e '.[dev]' -c constraints.txt"
OF_THE_COMMAND_LINE = {
    "SETTINGS_SHOWN",
    "CONTENT_SHOWN",
    "CHECK_ONLY",
    "STRICT",
    "DRAFTS",
}  # set by a command, in no file


def tasks() -> list[str]:
    """Return the names of all tasks: those of every site, and those of this repository."""
    trees = [ast.parse((ROOT / file).read_text("utf-8")) for file in ("plugins/jisr/cli/site_tasks.py", "tasks.py")]
    functions = [node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [
        node.name.rstrip("_").replace("_", "-")  # a task may be called as a word of Python is
        for node in functions
        if any(ast.unparse(one).startswith("task") for one in node.decorator_list)
    ]


def read_settings() -> list[str]:
    """Return the settings that plugins read: named beside ``settings``, or anywhere in what reads most of them."""
    found: set[str] = set()
    for file in (ROOT / "plugins").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            name: ast.expr | None = None
            if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("settings"):
                name = node.slice
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("settings.get") and node.args:
                name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                found.add(name.value)
    stated = (ROOT / "plugins/jisr/content/settings/settings.py").read_text("utf-8")
    found.update(re.findall(r'"([A-Z]{4,}(?:_[A-Z]+)*)"', stated))
    return sorted(found - OF_THE_COMMAND_LINE)


def shipped_settings() -> list[str]:
    """Return the names that pelicanconf.py states."""
    tree = ast.parse((ROOT / "pelicanconf.py").read_text("utf-8"))
    names = [ast.unparse(node.targets[0]) for node in tree.body if isinstance(node, ast.Assign)]
    return [name for name in names if name != "HERE"]


@pytest.mark.parametrize("command", ["serve", "test"])
def test_the_two_commands_set_up_what_they_need(command: str) -> None:
    """Each of the two commands is one line, with the set-up in it: copied into a fresh clone, it works."""
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert len(lines) == 2
    (line,) = (line for line in lines if line.endswith(f" && .venv/bin/inv {command}"))
    assert line.startswith(SET_UP)
    assert CONSTRAINED in line


def test_every_task_is_in_the_readme() -> None:
    """Who reads the README knows what the project can do."""
    assert tasks()
    assert [task for task in tasks() if f"`inv {task}`" not in README] == []


def test_every_task_of_the_readme_is_there() -> None:
    """The README promises no command that does not exist."""
    promised = re.findall(r"^\| `inv ([\w-]+)` \|", README, re.MULTILINE)
    assert promised
    assert set(promised) - set(tasks()) == set()


def test_every_option_explains_itself() -> None:
    """``inv --help`` says what each task does and each of its options means."""
    for task in tasks():
        done = running.inv("--help", task, folder=ROOT)
        assert done.returncode == 0, done.stderr
        options = re.findall(r"^  -[^\n]*--[\w-]+(?:=STRING|\[=STRING\]|=INT)?(.*)$", done.stdout, re.MULTILINE)
        assert all(re.search(r"\w", said) for said in options), done.stdout


def test_every_setting_is_described() -> None:
    """A setting that is read, shipped or honoured is described in the README.md of a folder."""
    texts = "\n".join(file.read_text("utf-8") for file in (ROOT / "plugins").rglob("README.md"))
    names = {*read_settings(), *shipped_settings(), *HONOURED}
    assert read_settings()
    assert shipped_settings()
    assert [name for name in sorted(names) if f"`{name}`" not in texts] == []


def test_a_site_has_the_commands_of_the_program() -> None:
    """``jisr`` offers the tasks of a site, and ``inv`` in a site or here the same ones."""
    program = Collection.from_module(site_tasks)
    here = Collection.from_module(importlib.import_module("tasks"))
    assert set(program.task_names) < set(here.task_names)
    assert set(here.task_names) == set(tasks())


def test_the_readme_is_short() -> None:
    """Who arrives reads at most 160 lines, a third of them the table of commands."""
    assert len(README.splitlines()) <= 160


def written() -> list[Path]:
    """Return what is written for people, but not the texts of the sample site."""
    folders = ("", "plugins/**/", "tests/bench/", "themes/**/", "content/", ".github/")
    return sorted({file for folder in folders for file in ROOT.glob(f"{folder}*.md")})


def test_links_lead_to_files_that_are_there() -> None:
    """A link to a file of this repository leads to one."""
    lost = []
    for file in written():
        text = re.sub(r"```.*?```|`[^`\n]*`", "", file.read_text("utf-8"), flags=re.DOTALL)
        links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
        paths = [link for link in links if link and not re.match(r"[a-z]+:", link)]
        lost += [(file.relative_to(ROOT).as_posix(), path) for path in paths if not (file.parent / path).exists()]
    assert lost == []
