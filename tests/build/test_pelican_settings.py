"""Settings of Pelican do here what they do there, or a warning says that they do nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pelican.settings import DEFAULT_CONFIG

from jisr.content.settings.defaults import apply_defaults
from jisr.content.settings.pelican_settings import DERIVED, HONOURED, UNLISTED, setting_problems
from tests.build.conftest import Workplace

ROOT = Path(__file__).resolve().parents[2]
NOTHING = 'warning[setting]: "{}" is a setting of Pelican that does nothing here.'
# What a site's own filter, test, global, extension and override of a template write into the page of a text.
OWN_CODE = """
def shout(text):
    return text.upper()

JINJA_FILTERS = {"shout": shout}
JINJA_TESTS = {"short": lambda text: len(text) < 9}
JINJA_GLOBALS = {"river": "دجلة"}
JINJA_ENVIRONMENT = {"extensions": ["jinja2.ext.loopcontrols"]}
THEME_TEMPLATES_OVERRIDES = ["own"]
"""
OWN_TEMPLATE = """{% extends "!theme/404.html" %}{% block main %}
<p id="own">{{ "water"|shout }} {{ river }} {{ "ten" is short }} {% for n in range(9) %}
{% if n == 2 %}{% break %}{% endif %}{{ n }}{% endfor %}</p>
{% endblock %}"""
EXTENSION = """
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

class Sign(Postprocessor):
    def run(self, text):
        return text + "<p>{word}</p>"

class Signs(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Sign(md), "sign", 1)

def makeExtension(**configs):
    return Signs(**configs)
"""


def stated(folder: Path, **more: object) -> dict[str, Any]:
    """Return Pelican's settings completed by our defaults."""
    settings = {**DEFAULT_CONFIG, **more}
    apply_defaults(settings, DEFAULT_CONFIG, folder)
    return settings


def test_each_setting_that_does_nothing_is_a_warning_at_its_line(tmp_path: Path) -> None:
    """Each setting of Pelican that is not honoured is named where a site states it, whatever its value."""
    names = sorted((DEFAULT_CONFIG.keys() | UNLISTED) - HONOURED)
    file = tmp_path / "network.py"
    file.write_text("\n".join(f"{name} = None" for name in names), "utf-8")
    problems = map(str, setting_problems(stated(tmp_path), str(file), DEFAULT_CONFIG))
    places = [f"{file}:{line}:{len(name) + 4}: {NOTHING.format(name)}" for line, name in enumerate(names, 1)]

    assert [problem.removesuffix(" Take it out.") for problem in problems] == places


def test_a_setting_of_a_condition_or_of_a_file_that_is_imported_is_found(tmp_path: Path) -> None:
    """The place is that of the assignment, in whichever file; what no file assigns is said of the settings file."""
    (tmp_path / "pelicanconf.py").write_text("if True:\n    RELATIVE_URLS = True\n", "utf-8")
    (tmp_path / "network.py").write_text("from pelicanconf import *\nTYPOGRIFY = True\n", "utf-8")
    found = setting_problems(stated(tmp_path, OUTPUT_SOURCES=True), str(tmp_path / "network.py"), DEFAULT_CONFIG)

    assert sorted((Path(one.place.path).name, one.place.line, dict(one.values)["name"]) for one in found) == [
        ("network.py", 1, "OUTPUT_SOURCES"),
        ("network.py", 2, "TYPOGRIFY"),
        ("pelicanconf.py", 2, "RELATIVE_URLS"),
    ]


def test_settings_that_pelican_sets_are_nobodys_fault(workplace: Workplace) -> None:
    """Neither the sample's settings nor those of this small site are warned of; none of DERIVED is honoured."""
    assert "[setting]" not in workplace.command("check").stderr
    assert not DERIVED & HONOURED
    for name in ("pelicanconf.py", "publishconf.py"):
        assert [str(one) for one in setting_problems(stated(ROOT), str(ROOT / name), DEFAULT_CONFIG)] == []


def test_a_build_says_it_once(workplace: Workplace) -> None:
    """A build and a check show the warning, and go on."""
    workplace.state("DISPLAY_PAGES_ON_MENU = True")
    for command in ("build", "check"):
        done = workplace.command(command)
        assert done.returncode == 0, done.stderr
        assert done.stderr.count(NOTHING.format("DISPLAY_PAGES_ON_MENU")) == 1


def test_jinja_is_passed_what_the_settings_say(workplace: Workplace) -> None:
    """Filters, tests, globals and extensions of a site are known in templates; those of its folder of overrides come first."""
    workplace.state(OWN_CODE)
    (workplace.folder / "own").mkdir()
    (workplace.folder / "own/404.html").write_text(OWN_TEMPLATE, "utf-8")
    done = workplace.command("build")

    assert done.returncode == 0, done.stderr
    page = (workplace.output / "en/404.html").read_text("utf-8")
    assert '<p id="own">WATER دجلة True 01</p>' in page
    assert page.count("<head>") == 1


@pytest.mark.thorough
def test_options_of_jinja_are_passed_on(workplace: Workplace) -> None:
    """An option that a site states takes the place of ours, at once: no template is kept as it was compiled without it."""
    pages = []
    for options in ({}, {"trim_blocks": False}, {}):
        workplace.state(f"JINJA_ENVIRONMENT = {options}")
        done = workplace.command("build")
        assert (done.returncode, done.stderr) == (0, "")
        pages.append(workplace.page())

    assert pages[0] == pages[2] != pages[1]
    assert "".join(pages[0].split()) == "".join(pages[1].split())


def test_a_changed_override_or_filter_is_seen_by_the_next_build(workplace: Workplace) -> None:
    """No page is kept that an older template or function of the site has made."""
    (workplace.folder / "own").mkdir()
    template = workplace.folder / "own/404.html"
    workplace.state('import signs\nJINJA_FILTERS = {"shout": signs.shout}\nTHEME_TEMPLATES_OVERRIDES = ["own"]')
    pages = []
    for word, code in (("one", "text.upper()"), ("two", "text.upper()"), ("two", "text + '!'")):
        (workplace.folder / "signs.py").write_text(f"def shout(text):\n    return {code}\n", "utf-8")
        template.write_text(f"<p>{{{{ '{word}'|shout }}}}</p>", "utf-8")
        done = workplace.command("build")
        assert done.returncode == 0, done.stderr
        pages.append((workplace.output / "en/404.html").read_text("utf-8"))

    assert pages == ["<p>ONE</p>", "<p>TWO</p>", "<p>two!</p>"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("JINJA_FILTERS = ['shout']", "JINJA_FILTERS cannot be used: list is no dict."),
        ('JINJA_ENVIRONMENT = {"trim": True}', "JINJA_ENVIRONMENT cannot be used: TypeError"),
        ('JINJA_ENVIRONMENT = {"extensions": ["nothing.here"]}', "JINJA_ENVIRONMENT cannot be used: "),
    ],
)
def test_settings_of_jinja_that_cannot_be_used_are_messages(workplace: Workplace, line: str, message: str) -> None:
    """What Jinja cannot take ends the build with a message, and no traceback."""
    workplace.state(line)
    done = workplace.command("build")

    assert done.returncode == 1
    assert re.search(rf"^network\.py:1:1: error\[setting\]: {re.escape(message)}", done.stderr, re.MULTILINE), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("option", ["autoescape", "loader", "bytecode_cache"])
def test_what_is_decided_here_is_said(workplace: Workplace, option: str) -> None:
    """Every page is escaped, whatever the settings of Jinja say: an option that would change that is a warning."""
    workplace.state(f'JINJA_ENVIRONMENT = {{"{option}": None}}')
    done = workplace.command("build")

    assert done.returncode == 0
    assert f'warning[setting]: "{option}" in JINJA_ENVIRONMENT does nothing here.' in done.stderr


def test_extensions_of_markdown_show_on_pages(workplace: Workplace) -> None:
    """MARKDOWN names an extension of the site: its words are on the page, after a change of it, too."""
    workplace.state('MARKDOWN = {"extensions": ["signs"]}')
    for word in ("one", "three"):
        # of other lengths: Python compares whole seconds and sizes before it takes the byte code of the first
        (workplace.folder / "signs.py").write_text(EXTENSION.format(word=word), "utf-8")
        done = workplace.command("build")
        assert done.returncode == 0, done.stderr
        assert f"<p>{word}</p>" in workplace.page()


def test_what_our_parser_cannot_run_is_an_error(workplace: Workplace) -> None:
    """An extension that reads blocks or words is an error at the line of the setting, in every command."""
    workplace.state('MARKDOWN = {"extensions": ["markdown.extensions.tables"]}')
    line = (workplace.folder / "network.py").read_text("utf-8").count("\n")
    for command in ("check", "build"):
        done = workplace.command(command)
        assert done.returncode == 1
        assert (
            f'network.py:{line}:12: error[setting]: The extension "markdown.extensions.tables" brings TableProcessor,'
            in done.stderr
        )
