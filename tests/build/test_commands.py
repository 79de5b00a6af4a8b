"""Commands end with a code that a workflow can go by, and say what is wrong with its place and its remedy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.build.conftest import Workplace

ROOT = Path(__file__).resolve().parents[2]


def test_a_good_build_gives_0(workplace: Workplace) -> None:
    """A build without errors ends with 0, writes the site and leaves nothing beside it."""
    before = {path.name for path in workplace.folder.iterdir()}

    done = workplace.command("build")

    assert (done.returncode, done.stderr) == (0, "")
    assert "الماء حقّ" in workplace.page("ar")
    assert {path.name for path in workplace.folder.iterdir()} - before <= {"output", ".cache", "__pycache__"}


def test_a_check_writes_nothing(workplace: Workplace) -> None:
    """A check of a good site ends with 0 and leaves no output."""
    done = workplace.command("check")

    assert (done.returncode, done.stderr) == (0, "")
    assert not workplace.output.exists()


@pytest.mark.parametrize("command", ["build", "check"])
def test_an_error_gives_1(workplace: Workplace, command: str) -> None:
    """A command that finds an error ends with 1, and says the error alone."""
    text = workplace.text("ckb").read_text("utf-8")
    workplace.text("ckb").write_text(text.replace("\ntranslation:", "\ndate: 12 Feb\ntranslation:"), "utf-8")

    done = workplace.command(command)

    assert done.returncode == 1
    assert done.stderr.startswith('content/statements/2026-water/index.ckb.md:3:7: error[date]: "12 Feb" is not a date.')
    assert len(done.stderr.splitlines()) == 1


def test_a_failed_build_leaves_the_output_as_it_was(workplace: Workplace) -> None:
    """An output is whole: the build that fails changes no byte of it and leaves nothing beside it."""
    workplace.command("build")
    before, beside = workplace.files(), {path.name for path in workplace.folder.iterdir()}
    workplace.text().write_text("no front matter", "utf-8")

    done = workplace.command("build")

    assert done.returncode == 1
    assert workplace.files() == before
    assert {path.name for path in workplace.folder.iterdir()} == beside


def test_a_failed_template_leaves_the_output_as_it_was(workplace: Workplace) -> None:
    """An error that shows only when pages are made changes no byte of the output, either."""
    template = workplace.own_theme() / "text.html"
    workplace.command("build")
    before, beside = workplace.files(), {path.name for path in workplace.folder.iterdir()}
    template.write_text("{{ page.nothing }}", "utf-8")

    done = workplace.command("build")

    assert done.returncode == 1
    assert workplace.files() == before
    assert {path.name for path in workplace.folder.iterdir()} == beside


def test_what_is_gone_from_the_content_is_gone_from_the_output(workplace: Workplace) -> None:
    """A good build replaces whatever is in the output."""
    workplace.output.mkdir()
    (workplace.output / "old.html").write_text("old", "utf-8")

    assert workplace.command("build").returncode == 0
    assert "old.html" not in workplace.files()


def test_a_settings_file_that_is_not_there_is_an_error(workplace: Workplace) -> None:
    """A settings file that does not exist is named, with the option to state another."""
    done = workplace.engine("build", "--settings", "nothing.py")

    assert done.returncode == 1
    assert done.stderr.startswith('nothing.py:1:1: error[setting]: "nothing.py" is not a settings file.')
    assert "--settings" in done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("LANGUAGES = (", "The settings are not Python"),
        ('PAGE_SIZE = int("many")', "The settings cannot be read: ValueError"),
        ("import no_such_module", "The settings cannot be read: ModuleNotFoundError"),
    ],
)
def test_settings_that_fail_are_an_error_on_their_line(workplace: Workplace, line: str, said: str) -> None:
    """What settings raise is a message with file and line, never a traceback."""
    workplace.state(line)
    number = (workplace.folder / "network.py").read_text("utf-8").splitlines().index(line) + 1

    done = workplace.command("build")

    assert done.returncode == 1
    assert done.stderr.startswith(f"network.py:{number}:")
    assert f"error[setting]: {said}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("program", [("-m", "jisr.cli"), ("-m", "invoke", "-r", str(ROOT))])
@pytest.mark.process  # the command line itself: exit code, streams, no traceback
def test_an_empty_address_is_an_error(workplace: Workplace, program: tuple[str, ...]) -> None:
    """``--siteurl ""`` is an error: feeds and canonical links need an address."""
    done = workplace.python(*program, "build", "--settings", "network.py", "--siteurl", "")

    assert done.returncode == 1
    assert "error[setting]" in done.stderr
    assert "SITEURL" in done.stderr
    assert "Traceback" not in done.stderr
    assert not workplace.output.exists()


def test_an_address_on_the_command_line_is_that_of_the_site(workplace: Workplace) -> None:
    """``--siteurl`` stands in the canonical link."""
    assert workplace.command("build", "--siteurl", "https://other.example").returncode == 0
    assert '<link rel="canonical" href="https://other.example/ar/statements/2026-water/">' in workplace.page()


@pytest.mark.skipif(sys.platform != "linux", reason="Who may read everything can only be bound on Linux: this was not tested.")
@pytest.mark.parametrize("path", ["index.ar.md", "programme.pdf", ".", "..", "../.."])
@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.process  # rights are taken from a process
def test_what_may_not_be_read_is_told_as_such(workplace: Workplace, path: str, command: str) -> None:
    """A file or folder of the content that is closed is named, and no fault of the program."""
    closed = workplace.text().parent / path
    closed.chmod(0)
    bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*bound, sys.executable, "-m", "jisr.cli", command, "--settings", "network.py"],
        cwd=workplace.folder,
        env=workplace.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    closed.chmod(0o755)

    assert done.returncode == 1
    assert "cannot be" in done.stderr
    assert "Permission denied" in done.stderr
    assert "error[file]" in done.stderr
    assert "error[internal]" not in done.stderr


@pytest.mark.parametrize("stated", ["tomorrow", "1e9", "99999999999999999999"])
def test_a_clock_that_is_no_number_is_an_error(workplace: Workplace, stated: str) -> None:
    """SOURCE_DATE_EPOCH is a number of seconds, or the build says so."""
    done = workplace.command("build", SOURCE_DATE_EPOCH=stated)

    assert done.returncode == 1
    assert f'error[setting]: SOURCE_DATE_EPOCH is "{stated}"' in done.stderr


@pytest.mark.parametrize("output", [".", "content", "content/..", "..", "content/news", ".git", ".git/x"])
@pytest.mark.parametrize("command", ["build", "clean"])
def test_an_output_that_holds_sources_is_refused(workplace: Workplace, output: str, command: str) -> None:
    """No command removes the folder that holds the texts, the theme, the settings or their history, nor one in there."""
    before = workplace.files(workplace.folder)

    done = workplace.command(command, "--output", output)

    assert done.returncode == 1
    assert "error[output]" in done.stderr
    assert {name: data for name, data in workplace.files(workplace.folder).items() if ".pyc" not in name} == before


def test_a_template_that_cannot_be_parsed_is_an_error_on_its_line(workplace: Workplace) -> None:
    """A fault of the theme is told with file and line, and nothing is written."""
    template = workplace.own_theme() / "text.html"
    lines = template.read_text("utf-8").splitlines()
    template.write_text("\n".join([*lines, "{% if %}"]), "utf-8")

    done = workplace.command("build")

    assert done.returncode == 1
    assert f"theme/templates/text.html:{len(lines) + 1}:1: error[template]: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not workplace.output.exists()


def test_a_value_that_no_view_has_is_an_error_on_its_line(workplace: Workplace) -> None:
    """A template that asks for what its page lacks is an error, not an empty place."""
    template = workplace.own_theme() / "components" / "breadcrumb.html"
    lines = template.read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if "<nav" in line or "<ol" in line)
    template.write_text("\n".join([*lines[:start], "{{ page.nothing }}", *lines[start:]]), "utf-8")

    done = workplace.command("build")

    assert done.returncode == 1
    assert f"theme/templates/components/breadcrumb.html:{start + 1}:1: error[template]: " in done.stderr
    assert "nothing" in done.stderr
    assert not workplace.output.exists()


def test_a_plugin_that_cannot_be_imported_is_an_error_on_its_line(workplace: Workplace) -> None:
    """A plugin that is not there ends the build, with the line of the settings that names it."""
    workplace.state('PLUGINS = [*PLUGINS, "jisr.nothing"]')
    number = len((workplace.folder / "network.py").read_text("utf-8").splitlines())

    done = workplace.command("build")

    assert done.returncode == 1
    assert f'network.py:{number}:1: error[plugin]: "jisr.nothing" cannot be imported: ModuleNotFoundError' in done.stderr
    assert not workplace.output.exists()


@pytest.mark.process  # the command is Pelican's own
def test_the_command_of_pelican_builds_the_same_bytes(tmp_path: Path, workplace: Workplace) -> None:
    """``pelican content -s pelicanconf.py -o DIR`` builds what our own command builds."""
    settings = str(ROOT / "pelicanconf.py")
    content = str(workplace.folder / "content")
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"

    site = replace(workplace, folder=ROOT)  # where Pelican is run: the settings, and the program of the editor, are there
    built = site.engine("build", "--settings", settings, "--content", content, "--output", str(ours))
    done = site.python("-m", "pelican", content, "-s", settings, "-o", str(theirs))

    assert built.returncode == 0, built.stderr
    assert done.returncode == 0, done.stderr
    assert workplace.files(theirs) == workplace.files(ours)
    assert workplace.files(ours)


@pytest.mark.process  # the command is Pelican's own
def test_pelican_itself_ends_with_1_where_there_is_an_error(workplace: Workplace) -> None:
    """Pelican forgives; run by its own command, this site doesn't either."""
    workplace.text().write_text("no front matter", "utf-8")

    done = workplace.python("-m", "pelican", "content", "-s", "network.py", "-o", "output")

    assert done.returncode == 1
    assert "content/statements/2026-water/index.ar.md:1:1: error[" in done.stderr
    assert "Traceback" not in done.stderr
    assert not workplace.output.exists()


def test_the_published_site_has_its_own_address(tmp_path: Path, workplace: Workplace) -> None:
    """publishconf.py builds, and its address stands on the pages."""
    content, output = str(workplace.folder / "content"), tmp_path / "published"
    arguments = ("--settings", str(ROOT / "publishconf.py"), "--content", content, "--output", str(output))

    done = workplace.engine("build", *arguments)

    assert done.returncode == 0, done.stderr
    assert "localhost" not in (output / "ar" / "index.html").read_text("utf-8")


def test_a_second_site_is_a_second_settings_file(workplace: Workplace) -> None:
    """A file that begins with ``from pelicanconf import *`` and changes a fact is a site of its own."""
    (workplace.folder / "second.py").write_text(
        'from pelicanconf import *\n\nLANGUAGES = ("ckb", "ar", "fr")\nPATH = "content"\n'
    )

    done = workplace.engine("build", "--settings", "second.py", "--output", "output")

    assert done.returncode == 0, done.stderr
    assert {path.name for path in workplace.output.iterdir() if (path / "404.html").exists()} == {"ckb", "ar", "fr"}


def test_clean_removes_the_output_and_the_cache(workplace: Workplace) -> None:
    """``clean`` removes what a build made and no source, and ends with 0 where there is nothing, too."""
    workplace.command("build")
    (workplace.folder / ".cache").mkdir(exist_ok=True)

    assert workplace.command("clean").returncode == 0
    assert not workplace.output.exists()
    assert not (workplace.folder / ".cache").exists()
    assert workplace.text().is_file()
    assert workplace.command("clean").returncode == 0


def test_a_folder_of_texts_that_is_not_there_is_an_error(workplace: Workplace) -> None:
    """Without its content a site is not built empty."""
    shutil.rmtree(workplace.folder / "content")

    done = workplace.command("build")

    assert done.returncode == 1
    assert "error[" in done.stderr
    assert "Traceback" not in done.stderr
