"""The rules of the layout (layers, sizes, names), read from the code itself."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "plugins" / "jisr"
FILES = sorted(file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py"))
LAYERS = (
    ("core",),
    ("markdown",),
    ("ingest",),
    ("content",),
    ("pages",),
    ("outputs", "checks", "editing", "aggregator", "importing", "publishing"),
    ("build",),
    ("cli",),
)
MEETS_PELICAN = {"__init__.py", "pelican_run.py", "settings_file.py", "files/writer.py"}
CALLING_OUT = {"urllib.request", "http.client", "socket", "ssl", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "urllib3"}
MAY_CALL_OUT = ("ingest/fetch/", "publishing/")
DATA = {"jisr", "jisr.theme", "jisr.translations"}  # packages of files: what is imported of them is where they are
CORE_NEEDS = sys.stdlib_module_names | {"babel", "slugify", "markupsafe"}
MOST_ENTRIES = 13
ROLES = {"__init__.py", "__main__.py", "generator.py"}
POSSESSIVE = re.compile(r"(?<![\\(])\)(?:[*+?]|\{\{?[0-9,]+\}\}?)\+")
MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)


@cache
def tree(file: str) -> ast.Module:
    """Return the syntax tree of a file of the package."""
    return ast.parse((PACKAGE / file).read_text("utf-8"))


@cache
def imports(file: str) -> list[str]:
    """Return the dotted names of all that a file imports, within functions too."""
    return list(_imports(file))


def _imports(file: str) -> Iterator[str]:
    package = ["jisr", *Path(file).parent.parts]
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


def layer(name: str) -> tuple[int, str]:
    """Return the number of the layer of a dotted name and what it may share with others of that layer: its feature."""
    first, _, rest = name.removeprefix("jisr.").partition(".")
    number = next((number for number, folders in enumerate(LAYERS) if first in folders), len(LAYERS))
    return number, f"{first}.{rest.partition('.')[0]}" if first == "outputs" else first


def test_a_layer_imports_those_before_it() -> None:
    """Imports go one way, and neither outputs nor features import each other: what two need lies in a layer before them."""
    wrong = []
    for file in (one for one in FILES if "/" in one):
        number, feature = layer(".".join(Path(file).with_suffix("").parts))
        targets = [name for name in imports(file) if within(name, ("jisr",)) and name not in DATA]
        wrong += [(file, name) for name in targets if layer(name)[0] >= number and layer(name)[1] != feature]
    assert wrong == []


def test_folders_stay_small() -> None:
    """A folder has up to 13 entries, apart from ``__init__.py`` and its README."""
    folders: dict[str, set[str]] = {}
    for file in FILES:
        *parts, name = Path(file).parts
        for depth, part in enumerate(parts):
            folders.setdefault("/".join(parts[:depth]), set()).add(part)
        folders.setdefault("/".join(parts), set()).update({name} - {"__init__.py"})
    assert {folder: len(entries) for folder, entries in folders.items() if len(entries) > MOST_ENTRIES} == {}


def test_a_name_means_one_thing() -> None:
    """A base name occurs once but for roles that many folders have, and a class name is defined once."""
    modules = Counter(Path(file).name for file in FILES)
    classes = Counter(node.name for file in FILES for node in tree(file).body if isinstance(node, ast.ClassDef))
    assert [name for name, count in modules.items() if count > 1 and name not in ROLES] == []
    assert [name for name, count in classes.items() if count > 1 and not name.startswith("_")] == []


def test_the_core_needs_little() -> None:
    """Core imports the standard library, Babel, slugify, markupsafe and itself; it starts no program and listens to nobody."""
    core = [(file, name) for file in FILES if file.startswith("core/") for name in imports(file) if name not in DATA]
    assert core
    assert [(file, name) for file, name in core if not within(name, CORE_NEEDS | {"jisr.core"})] == []
    assert [(file, name) for file, name in core if within(name, CALLING_OUT | {"subprocess", "http.server"})] == []


def test_the_import_root_needs_pelican_on_demand_alone() -> None:
    """Importing ``jisr`` imports no part of it: the class that runs a build comes when it is asked for."""
    top = [node for node in tree("__init__.py").body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not [node for node in top if "jisr" in ast.unparse(node)]
    assert {name for name in imports("__init__.py") if within(name, ("jisr",))} == {"jisr.build.Jisr"}


def test_pelican_and_the_network_are_met_in_few_files() -> None:
    """Pelican is imported in few files, the network is asked in three places, and the dev server alone listens."""
    found = [(file, name) for file in FILES for name in imports(file)]
    pelican = [(file, name) for file, name in found if within(name, ("pelican",))]
    network = [(file, name) for file, name in found if within(name, CALLING_OUT)]
    servers = [(file, name) for file, name in found if within(name, ("http.server", "socketserver"))]
    assert [(file, name) for file, name in pelican if not file.endswith(tuple(MEETS_PELICAN))] == []
    assert [(file, name) for file, name in network if not file.startswith(MAY_CALL_OUT)] == []
    assert [(file, name) for file, name in servers if file != "build/dev_server/http.py"] == []


def code_lines(node: ast.AST, source: list[str]) -> int:
    """Return the lines of code of a function: no docstring, no comment, no empty line."""
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    first = node.body[0]
    said = range(first.lineno, (first.end_lineno or 0) + 1) if ast.get_docstring(node, clean=False) is not None else range(0)
    lines = {number for number in range(node.lineno, (node.end_lineno or 0) + 1) if number not in said}
    return sum(1 for number in lines if source[number - 1].strip() and not source[number - 1].lstrip().startswith("#"))


def test_functions_and_files_stay_small() -> None:
    """A function has up to 40 lines of code, a file up to 400 lines."""
    wrong: dict[str, int] = {}
    for file in FILES:
        source = (PACKAGE / file).read_text("utf-8").splitlines()
        functions = [node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        lines = {f"{file}: {node.name}": code_lines(node, source) for node in functions}
        wrong |= {name: count for name, count in lines.items() if count > 40}
        wrong |= {file: len(source)} if len(source) > 400 else {}
    assert wrong == {}


def test_the_commands_stay_small() -> None:
    """The commands are names with a few lines each: all of them fit into a file like any other."""
    assert len((ROOT / "tasks.py").read_text("utf-8").splitlines()) <= 400


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


def test_every_layer_has_a_readme() -> None:
    """Each folder of the package has a README.md that says what it is for."""
    texts = {folder: PACKAGE / folder / "README.md" for folders in LAYERS for folder in folders if (PACKAGE / folder).is_dir()}
    wrong = [name for name, file in texts.items() if not (file.is_file() and file.read_text("utf-8").startswith("# "))]
    assert wrong == []
