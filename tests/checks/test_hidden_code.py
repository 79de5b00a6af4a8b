"""What would run where a repository is checked out, and no git host shows, is refused: by a check, and before it by CI."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jisr.build.options import Options
from jisr.checks.git_index import UnreadableIndexError, find_repository, list_tracked_paths
from jisr.checks.hidden_code import HIDDEN_CODE, find_hidden_code
from jisr.cli.commands import check
from jisr.core.build.run_context import RunContext
from tests.conftest import ROOT

HIDDEN = """
__pycache__/x.cpython-311.pyc
themes/jisr/__pycache__/404.html.cpython-311.jinja
plugins/jisr/checks/lint.pyc
tasks.cpython-311-x86_64-linux-gnu.so
plugins/jisr/core.PYD
content/بيان/a.pyo
tools.dll
tools.dylib
themes/jisr/templates/base.jinja
__jinja2_0123456789.cache
.cache/__jinja2_0123456789.cache
jisr.pth
python311._pth
sitecustomize.py
plugins/usercustomize/__init__.py
.venv/bin/pip
sub/.venv/x.txt
.editor/main.js
.cache/build-0bdcf1d0b544e4d6/manifest
site/.cache/cards/a.png
.cache/pictures/a.webp
node_modules/left-pad/index.js
plugins/jisr.egg-info/entry_points.txt
jisr-1.dist-info/RECORD
lib.egg
lib.egg-link
lib.whl
""".split()
SHOWN = """
tasks.py
.ci/run
.cache/fetch/a.json
.vscode/jisr.code-snippets
content/news/2026-pycache/index.en.md
content/news/2026-x/paper.pdf
content/posts/site/sitecustomize-explained/index.ar.md
plugins/jisr/build/templates/bytecode_cache.py
themes/jisr/templates/base.html
themes/jisr/static/jinja.css
content/news/2026-path/route.pth.txt
content/news/a.solar/index.en.md
""".split()


def track(folder: Path, *paths: str) -> None:
    """Make a repository of a folder, and let git track files there, whatever .gitignore says."""
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", "utf-8")
    for command in (["init", "-q"], ["add", "--force", "--", *paths]):
        subprocess.run(["git", "-C", folder, *command], check=True, timeout=30)


@pytest.mark.parametrize("path", HIDDEN)
def test_hidden_code_is_known_by_its_path(path: str) -> None:
    """Byte code, compiled templates, files that Python obeys, installed packages and what builds keep are hidden code."""
    assert HIDDEN_CODE.search(path)


@pytest.mark.parametrize("path", SHOWN)
def test_what_hosts_show_is_no_hidden_code(path: str) -> None:
    """A text, a picture, a template or a module is none, whatever it is about."""
    assert not HIDDEN_CODE.search(path)


def test_this_repository_tracks_none() -> None:
    """Nothing hidden is in this repository, where there is one: a wheel or an archive has no index."""
    repository = find_repository(ROOT)
    tracked = list_tracked_paths(repository) if repository else []
    assert [path for path in tracked if HIDDEN_CODE.search(path)] == []
    assert not repository or ".ci/run" in tracked


@pytest.mark.process  # only git writes the index of a repository
@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_the_index_is_read_as_git_writes_it(version: str, tmp_path: Path) -> None:
    """Every form of the index gives the paths that git tracks; a work tree has its own; a broken one gives none."""
    paths = sorted([*HIDDEN, *SHOWN], key=str.encode)
    track(tmp_path / "one", *paths)
    git = ["git", "-C", str(tmp_path / "one"), "-c", "user.name=Shno", "-c", "user.email=shno@example.org"]
    flag = ["--skip-worktree"] if version == "3" else []  # git writes version 3 where an entry has such a flag
    for command in (
        ["commit", "-q", "-m", "One"],
        ["update-index", "--index-version", version],
        ["update-index", *flag, paths[0]],
        ["worktree", "add", "-q", "../two"],
    ):
        subprocess.run([*git, *command], check=True, timeout=30)
    assert list_tracked_paths(tmp_path / "one") == paths
    assert list_tracked_paths(tmp_path / "two") == paths
    index = tmp_path / "one/.git/index"
    for broken in (index.read_bytes()[:200], b""):
        index.write_bytes(broken)
        with pytest.raises(UnreadableIndexError):
            list_tracked_paths(tmp_path / "one")
    index.unlink()
    assert list_tracked_paths(tmp_path / "one") == []


@pytest.mark.process  # only git writes the index of a repository
def test_an_index_of_long_digests_is_read(tmp_path: Path) -> None:
    """A repository may name its objects by SHA-256."""
    subprocess.run(["git", "init", "-q", "--object-format=sha256", tmp_path], check=True, timeout=30)
    track(tmp_path, *HIDDEN)
    assert list_tracked_paths(tmp_path) == sorted(HIDDEN, key=str.encode)


@pytest.mark.process  # only git writes the index of a repository
@pytest.mark.parametrize(
    "commands",
    [
        ["update-index --split-index"],
        ["commit -qm One", "sparse-checkout init --cone --sparse-index", "sparse-checkout set kept"],
    ],
    ids=["split", "sparse"],
)
def test_an_index_that_hides_files_is_an_error(commands: list[str], tmp_path: Path) -> None:
    """Where files are tracked that the index does not name, a check says so, with the command that writes it whole."""
    track(tmp_path, "kept/a.md", "b/__pycache__/x.pyc", "b/c.md")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=Shno", "-c", "user.email=shno@example.org"]
    for command in commands:
        subprocess.run([*git, *command.split()], check=True, timeout=30)
    with pytest.raises(UnreadableIndexError):
        list_tracked_paths(tmp_path)
    subprocess.run([*git, "update-index", "--no-split-index"], check=True, timeout=30)
    subprocess.run([*git, "sparse-checkout", "disable"], check=True, timeout=30)
    assert "b/__pycache__/x.pyc" in list_tracked_paths(tmp_path)


@pytest.mark.process  # only git writes the index of a repository
def test_a_check_names_tracked_byte_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A check fails where byte code is tracked, and passes once the command of its message has run; untracked it is none."""
    shutil.copytree(ROOT / "tests/sites/good/sorani-original", tmp_path, dirs_exist_ok=True)
    settings = tmp_path / "settings.py"
    settings.write_text("from tests.checks.settings import *  # noqa: F403\n", "utf-8")
    track(tmp_path, "__pycache__/settings.cpython-311.pyc")
    monkeypatch.chdir(tmp_path)
    options = Options("settings.py", "content")
    assert check(options) == 1
    (line,) = [one for one in capsys.readouterr().err.splitlines() if "hidden-code" in one]
    assert line.startswith("__pycache__/settings.cpython-311.pyc:1:1: error[hidden-code]: ")
    subprocess.run(["bash", "-c", line.partition("Take it out: ")[2]], cwd=tmp_path, check=True, timeout=30)
    assert (tmp_path / "__pycache__/settings.cpython-311.pyc").is_file()
    assert check(options) == 0


HIDING = ["*.py -diff", "tasks.py binary", "*.py linguist-generated=true", "[attr]x -diff", "*.md filter=x", "sub/*.py\tdiff=x"]


@pytest.mark.process  # only git writes the index of a repository, and the first step of CI is a script
@pytest.mark.parametrize("lines", [HIDING, ["*.png binary", "* text=auto eol=lf", "# *.py -diff"]], ids=["hiding", "fine"])
def test_what_keeps_hosts_from_showing_files_is_an_error(lines: list[str], tmp_path: Path) -> None:
    """A line of .gitattributes that hides changes of code is refused by a check and by CI; pictures have no lines to show."""
    track(tmp_path, "settings.py", "sub/.gitattributes")
    (tmp_path / "sub/.gitattributes").write_text("\n".join(lines), "utf-8")
    run = RunContext(datetime(2026, 1, 1, tzinfo=UTC), tmp_path, "content", str(tmp_path / "settings.py"))
    found = [(one.place.path, one.place.line, one.code) for one in find_hidden_code(run)]
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/byte-code", tmp_path / ".ci")
    done = subprocess.run(["bash", tmp_path / ".ci/byte-code"], capture_output=True, timeout=30, check=False)
    wrong = range(1, len(lines) + 1) if lines is HIDING else ()
    assert found == [("sub/.gitattributes", number, "hidden-code") for number in wrong]
    assert done.returncode == (1 if wrong else 0)


@pytest.mark.process  # the first step of CI is a script
def test_ci_refuses_the_same(tmp_path: Path) -> None:
    """The first step of CI looks for what a check looks for: the pattern is the same, each such file fails, and no other."""
    script = tmp_path / ".ci/byte-code"
    script.parent.mkdir()
    shutil.copy(ROOT / ".ci/byte-code", script)
    (pattern,) = re.findall("^pattern='(.*)'$", script.read_text("utf-8"), re.MULTILINE)
    assert pattern == HIDDEN_CODE.pattern
    for paths, code in ((SHOWN, 0), (HIDDEN, 1)):
        track(tmp_path, *paths)
        done = subprocess.run(["bash", script], capture_output=True, text=True, encoding="utf-8", timeout=30, check=False)
        assert done.returncode == code, done.stderr
    assert [path for path in HIDDEN if path not in done.stderr.splitlines()] == []
    assert [path for path in SHOWN if path in done.stderr.splitlines()] == []
