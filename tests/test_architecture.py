"""The rules that keep the rooms apart, read from the code itself."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PLUGINS = Path(__file__).resolve().parents[1] / "plugins"
FILES = sorted(file.relative_to(PLUGINS).as_posix() for file in PLUGINS.rglob("*.py"))
ROOMS = sorted(room.name for room in PLUGINS.iterdir() if (room / "__init__.py").is_file())
MEETS_PELICAN = {"__init__.py", "generator.py", "reader.py", "writer.py"}
CALLING_OUT = {"urllib.request", "http.client", "socket", "ssl", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "urllib3"}
MAY_CALL_OUT = ("aggregate/fetching.py", "importing/", "publishing/", "bench/previewing.py")
CORE_NEEDS = sys.stdlib_module_names | {"babel", "slugify", "markupsafe"}
POSSESSIVE = re.compile(r"(?<![\\(])\)(?:[*+?]|\{\{?[0-9,]+\}\}?)\+")
MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)


@cache
def tree(file: str) -> ast.Module:
    """Give the syntax tree of a file of plugins/."""
    return ast.parse((PLUGINS / file).read_text("utf-8"))


@cache
def imports(file: str) -> list[str]:
    """Give the dotted name of everything that a file imports, wherever in it that stands."""
    return list(_imports(file))


def _imports(file: str) -> Iterator[str]:
    package = ["plugins", *Path(file).parent.parts]
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{module}.{name.name}" for name in node.names)


def within(name: str, modules: set[str] | frozenset[str] | tuple[str, ...]) -> bool:
    """Whether a dotted name is one of these modules or lies in one."""
    return any(f"{name}.".startswith(f"{module}.") for module in modules)


def test_a_room_imports_the_core_and_itself_alone() -> None:
    """Imports go one way: what two rooms need is a value in core."""
    wrong = []
    for file in (one for one in FILES if "/" in one):
        room = file.split("/", maxsplit=1)[0]
        ours = [name for name in imports(file) if within(name, ("plugins",))]
        wrong += [(file, name) for name in ours if not within(name, ("plugins.core", f"plugins.{room}"))]
    assert wrong == []


def test_the_core_needs_little() -> None:
    """Core imports the standard library, Babel, slugify, markupsafe and itself; it starts no program and listens to nobody."""
    core = [(file, name) for file in FILES if file.startswith("core/") for name in imports(file)]
    assert core
    assert [(file, name) for file, name in core if not within(name, CORE_NEEDS | {"plugins.core"})] == []
    assert [(file, name) for file, name in core if within(name, CALLING_OUT | {"subprocess", "http.server"})] == []


def test_the_import_root_needs_pelican_on_demand_alone() -> None:
    """Importing ``plugins`` imports no room: the class that runs a build comes when it is asked for."""
    top = [node for node in tree("__init__.py").body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not [node for node in top if "plugins" in ast.unparse(node)]
    assert {name for name in imports("__init__.py") if within(name, ("plugins",))} == {"plugins.engine.Jisr"}


def test_pelican_and_the_network_are_met_in_few_files() -> None:
    """Pelican is imported in four names of files, the network is asked in three places, and the preview alone listens."""
    found = [(file, name) for file in FILES for name in imports(file)]
    pelican = [(file, name) for file, name in found if within(name, ("pelican",))]
    network = [(file, name) for file, name in found if within(name, CALLING_OUT)]
    servers = [(file, name) for file, name in found if within(name, ("http.server", "socketserver"))]
    assert [(file, name) for file, name in pelican if Path(file).name not in MEETS_PELICAN] == []
    assert [(file, name) for file, name in network if not file.startswith(MAY_CALL_OUT)] == []
    assert [(file, name) for file, name in servers if file != "engine/serving.py"] == []


def code_lines(node: ast.AST, source: list[str]) -> int:
    """Give the lines of code of a function: no docstring, no comment, no empty line."""
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    first = node.body[0]
    said = range(first.lineno, (first.end_lineno or 0) + 1) if ast.get_docstring(node, clean=False) is not None else range(0)
    lines = {number for number in range(node.lineno, (node.end_lineno or 0) + 1) if number not in said}
    return sum(1 for number in lines if source[number - 1].strip() and not source[number - 1].lstrip().startswith("#"))


def test_functions_and_files_stay_small() -> None:
    """A function has up to 40 lines of code, a file up to 300 lines."""
    wrong: dict[str, int] = {}
    for file in FILES:
        source = (PLUGINS / file).read_text("utf-8").splitlines()
        functions = [node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        lines = {f"{file}: {node.name}": code_lines(node, source) for node in functions}
        wrong |= {name: count for name, count in lines.items() if count > 40}
        wrong |= {file: len(source)} if len(source) > 300 else {}
    assert wrong == {}


def test_the_commands_stay_small() -> None:
    """The commands are names with a few lines each: all of them fit into a file like any other."""
    assert len((PLUGINS.parent / "tasks.py").read_text("utf-8").splitlines()) <= 300


def test_no_module_holds_state() -> None:
    """A list, dict or set of a module is a constant, so in capitals: autoreload would keep anything else alive."""
    wrong = []
    for file in FILES:
        for node in tree(file).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, MUTABLE):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                wrong += [(file, ast.unparse(target)) for target in targets if not ast.unparse(target).isupper()]
        wrong += [(file, ast.unparse(node)) for node in ast.walk(tree(file)) if isinstance(node, ast.Global)]
    assert wrong == []


def test_no_group_is_possessive() -> None:
    """A group that gives nothing back is atomic: ``(?>(?:x|y)*)``, never ``(?:x|y)*+``.

    Python before 3.11.5 takes too much with the latter (https://github.com/python/cpython/issues/106052); Debian 12 has 3.11.2.
    """
    nodes = [(file, node) for file in FILES for node in ast.walk(tree(file)) if isinstance(node, ast.Constant)]
    texts = [(file, node.value) for file, node in nodes if isinstance(node.value, str)]
    assert [(file, text) for file, text in texts if POSSESSIVE.search(text)] == []


def test_every_room_says_what_it_is_for() -> None:
    """A room has a README.md."""
    texts = {room: PLUGINS / room / "README.md" for room in ROOMS}
    assert [room for room, file in texts.items() if not (file.is_file() and file.read_text("utf-8").startswith("# "))] == []
