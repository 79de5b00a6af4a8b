"""The wheel is all that a site needs: it is built, installed outside the repository, and makes sites there."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import CLOCK, Once, copy_repository

ROOT = Path(__file__).resolve().parents[1]
LONG_ENOUGH = 180  # seconds
SOURCES = {"jisr": ROOT / "plugins/jisr", "jisr.theme": ROOT / "themes/jisr", "jisr.translations": ROOT / "translations"}
NETWORK = """
LANGUAGES = ("ckb", "en")
NETWORK_NAMES = NETWORK_PURPOSES = NETWORK_NOTES = {"ckb": "تۆڕی ئاو", "en": "Water network"}
SITENAME = "Water"
SITEURL = "https://water.example.org"
TIMEZONE = "Asia/Baghdad"
TAG_AUTHORITY = "water.example.org,2026"
PATH = "content"
"""
STATEMENT = "---\ntitle: ئاو مافە\ndate: 2026-02-09\n---\n\n1. هیچ بەنداوێک بەبێ ڕاوێژ.\n"
# Started with the environment: fails where anything opens a file of the repository that is no package of the environment.
GUARD = """
import sys

def guard(event, arguments, root={root!r}):
    if event == "open" and str(arguments[0]).startswith(root) and "-packages" not in str(arguments[0]):
        raise RuntimeError(f"{{arguments[0]}} is a file of the checkout")

sys.addaudithook(guard)
"""


def package_names() -> set[str]:
    """Return the names of all packages: folders with Python files, the theme and the catalogues."""
    folders = {file.parent.relative_to(ROOT / "plugins") for file in SOURCES["jisr"].rglob("*.py")}
    return {".".join(folder.parts) for folder in folders} | set(SOURCES)


def test_every_folder_of_code_is_in_the_list_of_packages() -> None:
    """A wheel lacks no package: pyproject.toml names each folder that holds Python files, and no other."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]

    assert len(set(listed)) == len(listed)
    assert set(listed) == package_names()


@dataclass(frozen=True, slots=True)
class Installation:
    """An environment outside the repository that the wheel is installed in."""

    folder: Path

    def run(self, program: str, *words: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment in a folder."""
        kept = ("HOME", "LANG", "PATH", "TMPDIR")
        environment: Mapping[str, str] = {name: value for name, value in os.environ.items() if name in kept}
        return subprocess.run(
            [str(self.folder / "bin" / program), *words],
            cwd=folder,
            env={**environment, "SOURCE_DATE_EPOCH": CLOCK, **more},
            capture_output=True,
            text=True,
            timeout=LONG_ENOUGH,
            check=False,
        )

    def done(self, program: str, *words: str, folder: Path) -> str:
        """Run a program that ends well and has nothing to complain of; return what it prints."""
        done = self.run(program, *words, folder=folder)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        return done.stdout


def make(folder: Path) -> None:
    """Build the wheel from the files of a clone, and install it without dependencies: those of this environment are lent."""
    copy_repository(folder / "clone")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = [
        *pip,
        "wheel",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
        str(folder / "clone"),
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path.endswith("-packages"))}
    subprocess.run(build, env=environment, check=True, timeout=LONG_ENOUGH)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True, timeout=LONG_ENOUGH)
    (packages,) = (folder / "venv/lib").glob("python*/site-packages")
    (packages / "lent.pth").write_text("".join(f"{path}\n" for path in sys.path if path.endswith("-packages")), "utf-8")
    (packages / "sitecustomize.py").write_text(GUARD.format(root=str(ROOT) + os.sep), "utf-8")
    install = [*pip, "--python", str(folder / "venv/bin/python"), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, timeout=LONG_ENOUGH)


@pytest.fixture(scope="session")
def made(built_once: Once) -> Path:
    """Return the folder of the wheel and of an environment that it is installed in."""
    return built_once("wheel", make)


@pytest.fixture
def installed(made: Path) -> Installation:
    """Return the environment."""
    return Installation(made / "venv")


pytestmark = pytest.mark.process  # builds a wheel and runs the programs that it installs


def test_the_wheel_has_every_file(made: Path) -> None:
    """Code, templates, styles, fonts, catalogues, word lists, the program of the web editor: all, and no byte code."""
    (wheel,) = made.glob("*.whl")
    names = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    copies = {name: made / "clone" / folder.relative_to(ROOT) for name, folder in SOURCES.items()}
    files = {
        f"{name.replace('.', '/')}/{file.relative_to(folder).as_posix()}"
        for name, folder in copies.items()
        for file in folder.rglob("*")
        if file.is_file()
    }

    assert names == files
    assert {Path(name).suffix for name in names} >= {".py", ".html", ".css", ".woff2", ".po", ".yaml", ".js", ".svg"}
    assert not [name for name in names if "__pycache__" in name]
    with ZipFile(wheel) as packed:
        assert [name for name in packed.namelist() if b"icssi" in packed.read(name).lower()] == []  # of the sample network


def test_a_few_lines_make_a_site(installed: Installation, tmp_path: Path) -> None:
    """What a site doesn't state comes with the package: plugins, theme, catalogues; a checkout is never looked for."""
    text = tmp_path / "content/statements/2026-water/index.ckb.md"
    text.parent.mkdir(parents=True)
    text.write_text(STATEMENT, "utf-8")
    (tmp_path / "pelicanconf.py").write_text(NETWORK, "utf-8")
    place = installed.done("python", "-c", "import jisr; print(jisr.__file__)", folder=tmp_path)

    assert Path(place.strip()).is_relative_to(installed.folder)
    assert "0 errors, 0 warnings" in installed.done("jisr", "check", folder=tmp_path)
    installed.done("jisr", "build", folder=tmp_path)
    page = (tmp_path / "output/ckb/statements/2026-water/index.html").read_text("utf-8")
    assert '<html lang="ckb" dir="rtl"' in page
    assert 'id="r1"' in page
    assert "Nothing changed" in installed.done("jisr", "build", folder=tmp_path)


def test_a_new_site_builds_by_every_command(made: Path, installed: Installation, tmp_path: Path) -> None:
    """``jisr new-site`` writes a site that ``jisr``, ``inv`` and ``pelican`` build alike; nothing in it is of the sample."""
    words = ("--name", 'Réseau "شبكة" & <b>', "--languages", "ar en ckb kmr fr", "--url", "https://example.org")
    assert "site/" in installed.done("jisr", "new-site", "site", *words, folder=tmp_path)
    site = tmp_path / "site"

    own = {".gitignore", "README.md", "content", "pelicanconf.py", "publishconf.py", "tasks.py"}
    program = {".ci", ".forgejo", ".github", ".gitlab-ci.yml", ".woodpecker", "requirements.txt", "vendor"}
    handbooks = {
        "CONTRIBUTING.md",
        *(f"CONTRIBUTING.{tag}.md" for tag in ("en", "ckb", "kmr", "fr")),
        ".vscode",
        ".remarkrc.json",
    }
    assert {one.name for one in site.iterdir()} - {".cache"} == own | program | handbooks
    (wheel,) = (site / "vendor").glob("jisr-*.whl")
    (built,) = made.glob("*.whl")
    with ZipFile(wheel) as packed, ZipFile(built) as original:
        assert sorted(packed.namelist()) == sorted(original.namelist())
    assert "0 errors, 0 warnings" in installed.done("jisr", "check", folder=site)
    assert "0 errors, 0 warnings" in installed.done("jisr", "check", "--settings", "publishconf.py", folder=site)
    assert installed.done("jisr", "status", folder=site).count(" 0 stale, 0 not pinned, 0 words left") == 5
    outputs = []
    for number, command in enumerate((["jisr", "build"], ["python", "-m", "invoke", "build"])):
        installed.done(*command, "--output", f"../{number}", folder=site)
        outputs.append(tmp_path / str(number))
    installed.run("python", "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "../2", folder=site)
    files = [{file.relative_to(one): file.read_bytes() for file in one.rglob("*") if file.is_file()} for one in outputs]
    assert files[0] == files[1]
    pelican = {file.relative_to(tmp_path / "2"): file.read_bytes() for file in (tmp_path / "2").rglob("*") if file.is_file()}
    assert pelican == files[0]
    for tag in ("ar", "en", "ckb", "kmr", "fr"):
        assert (outputs[0] / tag / "news/welcome/index.html").is_file()
    everything = [file for file in tmp_path.rglob("*") if file.is_file() and ".cache" not in file.parts]
    assert [file for file in everything if b"icssi" in file.read_bytes().lower() or "icssi" in file.name.lower()] == []


def test_a_folder_that_holds_something_stays_as_it_is(installed: Installation, tmp_path: Path) -> None:
    """A new site takes the place of nothing: neither of files in its folder, nor of a file of its name."""
    words = ("--name", "Water", "--languages", "ar", "--url", "https://example.org")
    (tmp_path / "site").mkdir()
    assert installed.run("jisr", "new-site", "site", *words, folder=tmp_path).returncode == 0
    before = {file: file.read_bytes() for file in (tmp_path / "site").rglob("*") if file.is_file()}
    (tmp_path / "file").write_text("", "utf-8")

    for name in ("site", "file", "file/below"):
        done = installed.run("jisr", "new-site", name, *words, folder=tmp_path)
        assert done.returncode == 1
        assert done.stderr.startswith(f"{name}:1:1: error[")
        assert "Traceback" not in done.stderr
    assert {file: file.read_bytes() for file in (tmp_path / "site").rglob("*") if file.is_file()} == before


@pytest.mark.thorough
def test_a_language_without_words_of_ours_has_a_first_text(installed: Installation, tmp_path: Path) -> None:
    """In a language without a catalogue, the first text has the name of the network, and English words marked so."""
    words = ("--name", "Su ağı", "--languages", "tr", "--url", "https://example.org")
    installed.done("jisr", "new-site", "site", *words, folder=tmp_path)

    assert installed.run("jisr", "build", folder=tmp_path / "site").returncode == 0
    checked = installed.run("jisr", "check", folder=tmp_path / "site")
    assert (checked.returncode, checked.stderr.count("warning[catalogue]")) == (0, 1), checked.stderr
    page = (tmp_path / "site/output/tr/news/welcome/index.html").read_text("utf-8")
    assert "<h1" in page
    assert '<p lang="en" dir="ltr">This is the first text' in page


def renewed(wheel: Path, target: Path) -> None:
    """Write a wheel of the next program: a template, a workflow and a handbook differ, and sites have something to do."""
    changes = {
        "jisr/theme/templates/components/footer.html": lambda text: f"{text}{{# of the next program #}}\n",
        "jisr/editing/sites/program/dot-github/workflows/site.yml": lambda text: f"# Of the next program.\n{text}",
        "jisr/editing/sites/program/dot-gitlab-ci.yml": lambda text: f"# Of the next program.\n{text}",
        "jisr/editing/sites/handbooks/CONTRIBUTING.ar.md.txt": lambda text: f"{text}\nجديد.\n",
        "jisr/editing/sites/settings/site_steps.md": lambda text: f"{text}- Drink water.\n",
    }
    with ZipFile(wheel) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, changes[name](data.decode()).encode() if name in changes else data)


@pytest.mark.thorough  # makes a site, and another program for it
def test_a_site_goes_on_with_the_next_program(made: Path, installed: Installation, tmp_path: Path) -> None:
    """An upgrade shows and writes what changed but for what the site changed; the site builds, its old template is told."""
    words = ("--name", "Water", "--languages", "ar en", "--url", "https://example.org")
    installed.done("jisr", "new-site", "site", *words, folder=tmp_path)
    site, (wheel,) = tmp_path / "site", made.glob("*.whl")
    installed.done("jisr", "override", "components/footer.html", folder=site)
    own = site / ".gitlab-ci.yml"
    own.write_text(own.read_text("utf-8") + "# Ours.\n", "utf-8")
    name = "jisr-9.0.0-py3-none-any.whl"
    renewed(wheel, tmp_path / name)

    shown = installed.run("jisr", "upgrade", f"../{name}", folder=site)
    assert (shown.returncode, "- Drink water." in shown.stdout) == (0, True), shown.stderr
    assert not (site / "vendor" / name).exists()
    done = installed.run("jisr", "upgrade", f"../{name}", "--yes", folder=site)
    assert done.returncode == 0, done.stderr
    assert {one.name for one in (site / "vendor").glob("jisr-*")} == {name}
    assert f"./vendor/{name} --hash" in (site / "requirements.txt").read_text("utf-8")
    for path in (".github/workflows/site.yml", ".gitlab-ci.yml"):
        assert (site / path).read_text("utf-8").startswith("# Of the next program.\n")
    assert own.read_text("utf-8").endswith("# Ours.\n")
    assert "جديد." in (site / "CONTRIBUTING.md").read_text("utf-8")
    assert not list(site.rglob("*.new"))

    with ZipFile(tmp_path / name) as archive:
        archive.extractall(tmp_path / "next")
    checked = installed.run("python", "-m", "jisr.cli", "check", folder=site, PYTHONPATH=str(tmp_path / "next"))
    assert (checked.returncode, checked.stderr.count("warning[override]")) == (0, 1), checked.stderr
    assert "themes/templates/components/footer.html:1:1:" in checked.stderr
    assert installed.run("python", "-m", "jisr.cli", "build", folder=site, PYTHONPATH=str(tmp_path / "next")).returncode == 0
