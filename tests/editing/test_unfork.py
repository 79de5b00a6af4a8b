"""A fork of the program's repository becomes a site: its texts and its own words stay, the program goes, the rest is told."""

from __future__ import annotations

import io
import os
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from jisr.content.settings.template_overrides import RECORD, check_overrides
from jisr.core.build.resources import THEME
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError
from jisr.editing.sites.fork.fork_conversion import UnforkOptions, convert_fork
from jisr.editing.sites.fork.settings_conversion import convert_settings
from tests import running
from tests.conftest import ROOT

pytestmark = pytest.mark.process  # git has the history of a fork

FOOTER, TOKENS = ((THEME / one).read_text("utf-8") for one in ("templates/components/footer.html", "static/css/tokens.css"))
SAMPLE = '''"""The settings of this site. plugins/README.md describes them."""

import sys
from pathlib import Path

HERE = str(Path(__file__).resolve().parent)
sys.path.insert(0, HERE)

SITENAME = "SAMPLE"
SITEURL = "http://localhost:8000"
TIMEZONE = "Asia/Baghdad"
TAG_AUTHORITY = "sample.example.org,2009"
LANGUAGES = ("en", "ar")
MIRRORS = ("https://mirror.example.net/",)
NETWORK_NAMES = {"en": "Sample", "ar": "نموذج"}
NETWORK_PURPOSES = NETWORK_NOTES = {"en": "A sample.", "ar": "نموذج."}

PATH = "content"
OUTPUT_PATH = "output"
THEME = f"{HERE}/themes/jisr"
PELICAN_CLASS = "plugins.Jisr"
PLUGINS = ["plugins.feeds"]

# Pelican's own pages are made of originals only.
ARTICLE_PATHS: list[str] = []
'''
CATALOG = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Statements"
msgstr "بيانات"

msgid "Gone"
msgstr "ذهب"
"""
PROGRAM = {
    "pelicanconf.py": SAMPLE,
    "publishconf.py": 'from pelicanconf import *\n\nSITEURL = "https://sample.example.org"\n',
    "tasks.py": "from plugins.engine import build\n",
    "README.md": "# Jisr\n\nA static site generator.\n",
    "CHANGELOG.md": "# Changelog\n",
    ".gitignore": "output/\n",
    ".github/workflows/site.yml": "run: inv test\n",
    ".github/workflows/tests.yml": "run: inv test\n",
    "plugins/feeds/atom.py": "SIZE = 20\n",
    "plugins/__init__.py": "",
    "tests/test_feeds.py": "",
    "themes/jisr/templates/components/footer.html": FOOTER,
    "themes/jisr/templates/gone.html": "<p>\n",
    "themes/jisr/static/css/tokens.css": TOKENS,
    "themes/jisr/static/css/base.css": "p { color: red }\n",
    "translations/ar/LC_MESSAGES/messages.po": CATALOG,
    "content/README.md": "# Content\n",
    "content/news/first/index.en.md": "---\ntitle: First\ndate: 2026-01-01\n---\n\nWords.\n",
}
NAMES = (
    ('"SAMPLE"', '"WATER"'),
    ("sample.example.org,2009", "water.test,2026"),
    ("A sample.", "Water."),
    ("Sample", "Water"),
    ("نموذج", "ماء"),
)
LAST_LINE = FOOTER.rstrip("\n").rsplit("\n", 1)[-1]


def commit(folder: Path, files: Mapping[str, str | None], author: str) -> None:
    """Write and commit files; one of None is deleted."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            (folder / path).unlink()
        else:
            (folder / path).write_text(text, "utf-8")
    git(folder, "add", "--force", "--all")
    git(folder, "-c", f"user.name={author}", "-c", f"user.email={author}@water.test", "commit", "-q", "-m", f"By {author}")


def git(folder: Path, *words: str) -> str:
    """Run git; return what it prints."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(["git", *words], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def renamed(settings: str) -> str:
    """Return settings with the names of another network."""
    for old, new in NAMES:
        settings = settings.replace(old, new)
    return settings


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """Return a fork: a commit of the program, and one with names of its own."""
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, PROGRAM, "program")
    commit(tmp_path, {"pelicanconf.py": renamed(SAMPLE)}, "fork")
    return tmp_path


@pytest.fixture
def convert(fork: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Return a function that makes a site of the fork, and returns what is told of it."""
    wheels = {"jisr-1.0.0-py3-none-any.whl": b"one"}
    monkeypatch.setattr("jisr.editing.sites.fork.fork_conversion.vendored_wheels", lambda: wheels)

    def run(base: str = "", write: bool = True) -> list[str]:
        told: list[Problem] = []

        def report(problems: Iterable[Problem], _: MessageFormatter) -> None:
            told.extend(problems)

        assert convert_fork(UnforkOptions(str(fork), base, write), date(2026, 11, 30), report, ENGLISH) is write
        return [str(one) for one in told]

    return run


def test_a_fork_is_a_site_without_the_program(fork: Path, convert: Callable[..., list[str]]) -> None:
    """What the program had is gone, what a site has is there, and the texts are the same bytes."""
    text = (fork / "content/news/first/index.en.md").read_bytes()
    told = convert()

    there = {one.relative_to(fork).as_posix() for one in fork.rglob("*") if one.is_file() and ".git" not in one.parts}
    assert {
        "requirements.txt",
        "vendor/jisr-1.0.0-py3-none-any.whl",
        ".ci/install",
        "CONTRIBUTING.md",
        "content/README.ar.md",
    } <= there
    assert not {path for path in there if path.startswith(("plugins", "tests", "themes"))}
    assert not {"CHANGELOG.md", ".github/workflows/tests.yml"} & there
    assert (fork / "content/news/first/index.en.md").read_bytes() == text
    assert "site_tasks" in (fork / "tasks.py").read_text()
    assert "content/news/first/index.en.md" in (fork / "README.md").read_text()
    assert sorted(re.findall(r'"([A-Z_]+)', " ".join(told))) == ["MIRRORS", "SITEURL"]
    assert git(fork, "log", "--oneline").count("\n") == 1


def test_settings_keep_what_is_the_networks_own(fork: Path, convert: Callable[..., list[str]]) -> None:
    """Lines and comments of a fork's settings stay as they are; folders of the program and the sample's addresses go."""
    own = renamed(SAMPLE) + '\n# Our colours.\nPAGE_SIZE = 20  # as we like it\nREPORT = f"{HERE}/report.json"\n'
    commit(fork, {"pelicanconf.py": own}, "fork")
    convert()

    text = (fork / "pelicanconf.py").read_text("utf-8")
    settings: dict[str, object] = {"__file__": str(fork / "pelicanconf.py")}
    exec(text, settings)
    assert settings["PELICAN_CLASS"] == "jisr.Jisr"
    assert settings["REPORT"] == f"{fork}/report.json"
    assert not {"THEME", "PLUGINS", "ARTICLE_PATHS", "MIRRORS", "sys"} & settings.keys()
    assert '# Our colours.\nPAGE_SIZE = 20  # as we like it\nREPORT = f"{HERE}/report.json"\n' in text
    assert "originals only" not in text
    assert "\n\n\n" not in text


def test_changes_of_the_theme_become_those_of_a_site(fork: Path, convert: Callable[..., list[str]]) -> None:
    """A changed template is an override whose original is noted, own colours are COLORS, own words a small catalogue."""
    own = FOOTER.replace(LAST_LINE, f"{LAST_LINE}\n<p>Our own.</p>")
    files = {
        "themes/jisr/templates/components/footer.html": own,
        "themes/jisr/templates/ours.html": "<p>Ours.</p>",
        "themes/jisr/templates/gone.html": "<p>Changed.</p>\n",
        "themes/jisr/static/css/tokens.css": TOKENS.replace("--link: #0f4d63", "--link: #205020"),
        "translations/ar/LC_MESSAGES/messages.po": CATALOG.replace("بيانات", "نداءات").replace("ذهب", "رحل"),
    }
    commit(fork, files, "fork")
    told = convert()

    templates = fork / "themes/templates"
    assert (templates / "components/footer.html").read_text("utf-8").rstrip("\n") == own.rstrip("\n")
    assert (templates / "ours.html").read_text("utf-8") == "<p>Ours.</p>"
    settings: dict[str, object] = {}
    exec((fork / "pelicanconf.py").read_text("utf-8"), settings)
    assert settings["COLORS"] == {"link": ("#205020", "#8fcadf")}
    (catalog,) = (fork / "translations").rglob("*.po")
    words = {one.id: one.string for one in read_po(io.BytesIO(catalog.read_bytes())) if one.id}
    assert words == {"Statements": "نداءات"}
    assert list(check_overrides({"THEME": str(THEME), "THEME_TEMPLATES_OVERRIDES": [str(templates)]}, fork)) == []
    assert (fork / RECORD).is_file()
    places = {one.split(":")[0] for one in told} - {"content", "pelicanconf.py", "publishconf.py"}
    assert places == {"themes/jisr/templates/gone.html", "translations/ar/LC_MESSAGES/messages.po"}


def test_what_is_not_understood_is_told(fork: Path, convert: Callable[..., list[str]]) -> None:
    """Each change that a site has no place for is named with the command that shows it; own files stay."""
    files = {
        "plugins/feeds/atom.py": "SIZE = 50\n",
        "plugins/ours.py": "OWN = 1\n",
        "themes/jisr/static/css/base.css": "p { color: blue }\n",
        ".github/workflows/site.yml": "run: inv test and more\n",
        ".github/workflows/ours.yml": "run: true\n",
        "themes/jisr/templates/components/footer.html": FOOTER.replace(FOOTER[:40], "<!-- all is other -->"),
        "NOTES.md": "Ours.\n",
        "README.md": "# Water\n\nOurs.\n",
        "pelicanconf.py": renamed(SAMPLE).replace('["plugins.feeds"]', '["plugins.feeds", "plugins.ours"]'),
    }
    commit(fork, files, "fork")
    told = "\n".join(convert())

    for path in ("plugins/feeds/atom.py", "themes/jisr/static/css/base.css", ".github/workflows/site.yml"):
        assert re.search(
            rf"^{re.escape(path)}:1:1: warning\[fork\]: .* git diff \w+ \w+ -- {re.escape(path)}$", told, re.MULTILINE
        )
        commands = re.findall(rf"git (diff \w+ \w+ -- {re.escape(path)})", told)
        assert git(fork, *commands[0].split()) != ""
    for path in ("plugins/ours.py", ".github/workflows/ours.yml"):
        assert (fork / path).is_file()
        assert f"{path}:1:1: warning[fork]" in told
    assert '"PLUGINS" was changed here' in told
    assert (fork / "README.md").read_text("utf-8") == "# Water\n\nOurs.\n"
    assert "jisr serve" in (fork / "README.md.new").read_text("utf-8")
    assert "README.md.new" in told
    assert (fork / "NOTES.md").is_file()
    assert not (fork / "plugins/feeds").exists()


def test_where_a_fork_began_is_found(fork: Path, convert: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    """A change by its people before they named the network is theirs; a merged commit of the program is the program's."""
    began = git(fork, "rev-parse", "HEAD~1")
    commit(fork, {"pelicanconf.py": SAMPLE, "plugins/feeds/atom.py": "SIZE = 50\n"}, "fork")
    commit(fork, {"pelicanconf.py": renamed(SAMPLE)}, "fork")
    assert "plugins/feeds/atom.py" in " ".join(convert(write=False))
    assert f"The fork began at {began[:12]}" in capsys.readouterr().out
    git(fork, "checkout", "-q", "-b", "program", began)
    commit(fork, {"plugins/feeds/atom.py": "SIZE = 99\n"}, "program")
    git(fork, "checkout", "-q", "main")
    git(fork, "-c", "user.name=f", "-c", "user.email=fork@water.test", "merge", "-q", "-X", "theirs", "-m", "Merge", "program")
    told = " ".join(convert(write=False))
    assert "plugins/feeds/atom.py" not in told
    convert(base=began, write=False)
    assert capsys.readouterr().out.count(f"The fork began at {began[:12]}") == 1


def test_nothing_is_lost_or_guessed(fork: Path, convert: Callable[..., list[str]]) -> None:
    """Nothing changes without the word to write; work that is not committed, an unknown commit and a site are refused."""
    before = {file: file.read_bytes() for file in fork.rglob("*") if file.is_file() and ".git" not in file.parts}
    convert(write=False)
    assert {file: file.read_bytes() for file in before} == before
    with pytest.raises(ProblemsError, match="is no commit of this clone"):
        convert(base="--output=x")
    (fork / "requirements.txt").write_text("ours\n")  # not known to git
    convert()
    assert (fork / "requirements.txt").read_text() == "ours\n"
    with pytest.raises(ProblemsError, match="not committed"):
        convert()
    git(fork, "add", "-A")
    git(fork, "-c", "user.name=f", "-c", "user.email=fork@water.test", "commit", "-q", "-m", "A site")
    with pytest.raises(ProblemsError, match="is no fork"):
        convert()


@pytest.mark.parametrize(
    ("own", "base", "expected"),
    [
        ("A = 1\nTHEME = 'x'\n", "THEME = 'x'\n", 'PELICAN_CLASS = "jisr.Jisr"\n\nA = 1\n'),
        ("import os\n\nA = os.sep\n", "import os\n", 'PELICAN_CLASS = "jisr.Jisr"\n\nimport os\n\nA = os.sep\n'),
        ("import os\n\nA = 1\n", "import os\n", 'PELICAN_CLASS = "jisr.Jisr"\n\nA = 1\n'),
        ("import ours\n\nA = 1\n", "", 'PELICAN_CLASS = "jisr.Jisr"\n\nimport ours\n\nA = 1\n'),
        ("'''Ours.'''\nA = 1; THEME = 'x'\n", "", "'''Ours.'''\n\nPELICAN_CLASS = \"jisr.Jisr\"\n\nA = 1; THEME = 'x'\n"),
        ("A = 1\r\nTHEME = (\r\n    'x'\r\n)\r\n", "", 'PELICAN_CLASS = "jisr.Jisr"\n\nA = 1\r\n'),
        ("", "", 'PELICAN_CLASS = "jisr.Jisr"\n\n'),
    ],
)
def test_statements_of_settings(own: str, base: str, expected: str) -> None:
    """Whole statements go, whatever lines they have; one that shares a line with another stays."""
    assert convert_settings("pelicanconf.py", own, base).text == expected


@pytest.mark.thorough  # forks of this repository, where its history is at hand
@pytest.mark.parametrize("age", [0.0, 0.3, 0.6, 0.9])
def test_forks_of_this_repository_are_sites_that_check_clean(tmp_path: Path, age: float) -> None:
    """Whenever it was forked: with names of its own and a text, what comes of it has no error, and none of the program."""
    if git(ROOT, "rev-parse", "--is-shallow-repository") == "true" or not (ROOT / ".git").exists():
        pytest.skip("The history of this repository is not here.")
    began = git(
        ROOT, "log", "--reverse", "--format=%H", "--diff-filter=AM", "--", "publishconf.py", "tasks.py", ".ci/run"
    ).split()
    fork = tmp_path / "fork"
    git(tmp_path, "clone", "-q", "--shared", "--no-checkout", str(ROOT), str(fork))
    git(fork, "checkout", "-q", "-B", "main", began[int(age * len(began))])
    settings = (fork / "pelicanconf.py").read_text("utf-8")
    own = re.sub(r'^(SITENAME|TAG_AUTHORITY) = ".*"', r'\1 = "water.test,2026"', settings, flags=re.MULTILINE)
    text = "---\ntitle: Ours\ndate: 2026-01-02\n---\n\nWords.\n"
    commit(fork, {"pelicanconf.py": own, "content/news/2026-ours/index.en.md": text}, "fork")

    done = running.inv("--search-root", str(ROOT), "unfork", str(fork), "--yes", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    checked = running.engine("check", folder=fork)
    assert (checked.returncode, "error[" in checked.stderr) == (0, False), checked.stderr
    assert not [one for one in ("plugins", "tests", "themes/jisr", "pyproject.toml") if (fork / one).exists()]
    assert (fork / "content/news/2026-ours/index.en.md").read_text("utf-8") == text
