"""After a failure at any step the exit code is 1, a message names the cause, and readers see what they saw before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.conftest import ROOT, WATER
from tests.conftest import daily, lacking
from tests.publishing.conftest import PUBLIC, Office

LIMIT = 3000  # bytes of a file: pages are longer
FULL = f"""
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({LIMIT}, {LIMIT}))
sys.argv = ["inv", "--search-root", {str(ROOT)!r}, "publish", "--settings", "network.py"]
runpy.run_module("invoke", run_name="__main__")
"""
FAILING = """
from pelican import signals

class Generator:
    def __init__(self, **_): pass
    def generate_output(self, writer): raise RuntimeError("دجلة")

def _generator(pelican): return Generator

def register():
    signals.get_generators.connect(_generator)
"""
VANISHING = f"""
from pathlib import Path
from pelican import signals

def _remove(generators):
    Path("content/{WATER}programme.pdf").unlink()

def register():
    signals.all_generators_finalized.connect(_remove)
"""


def full_disk(office: Office) -> subprocess.CompletedProcess[str]:
    """Publish where no file may grow beyond a limit, as on a disk that is full."""
    # The record of what the tests cover is a file that grows, too.
    environment = {name: value for name, value in office.place.environment().items() if not name.startswith("COVERAGE_")}
    command = [sys.executable, "-c", FULL]
    return subprocess.run(
        command, cwd=office.place.folder, env=environment, capture_output=True, text=True, timeout=90, check=False
    )


def read_only(office: Office) -> subprocess.CompletedProcess[str]:
    """Publish where nothing can be written next to the output, by any user."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() == 0 and setpriv is None:
        lacking("setpriv, which takes from root the right to write everywhere")
    office.place.folder.chmod(0o555)
    before = [setpriv, "--bounding-set=-dac_override"] if os.geteuid() == 0 and setpriv else []
    command = [sys.executable, "-m", "invoke", "--search-root", str(ROOT), "publish", "--settings", "network.py"]
    environment = office.place.environment()
    try:
        return subprocess.run(
            [*before, *command],
            cwd=office.place.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
    finally:
        office.place.folder.chmod(0o755)


def broken_template(office: Office) -> subprocess.CompletedProcess[str]:
    """Publish with a template that ends in the middle of a tag."""
    footer = office.place.own_theme() / "components" / "footer.html"
    footer.write_text("{% macro footer() %}{% if %}", "utf-8")
    return office.inv("publish")


def with_plugin(name: str, code: str) -> Callable[[Office], subprocess.CompletedProcess[str]]:
    """Return what publishes with a plugin of somebody else's."""

    def publish(office: Office) -> subprocess.CompletedProcess[str]:
        (office.place.folder / f"{name}.py").write_text(code, "utf-8")
        office.place.state(f'PLUGINS = [*PLUGINS, "{name}"]')
        return office.inv("publish")

    return publish


FAILURES: dict[str, tuple[Callable[[Office], subprocess.CompletedProcess[str]], str]] = {
    "full disk": (full_disk, "error[output]"),
    "read-only": (read_only, "error[output]"),
    "template": (broken_template, "error[template]"),
    "plugin": (with_plugin("failing", FAILING), "failing.py:6:1: error[internal]: RuntimeError: دجلة."),
    "import": (with_plugin("unreadable", "raise ValueError"), 'error[plugin]: "unreadable" cannot be imported: ValueError'),
    "vanished file": (with_plugin("vanishing", VANISHING), 'programme.pdf" cannot be read: No such file'),
}


@pytest.mark.parametrize("name", daily(FAILURES, "full disk", "vanished file"))
@pytest.mark.process  # limits and rights are those of a process
def test_a_failure_leaves_what_is_served(office: Office, name: str) -> None:
    """The output, the served release and the ledger are unchanged; no partial file remains; the cause is named."""
    office.done("publish")
    served, standing, ledger = office.place.files(office.served), office.place.files(), office.ledger.read_text("utf-8")
    text = office.place.text()
    text.write_text(text.read_text("utf-8").replace("بيانات", "معلومات"), "utf-8")

    fail, told = FAILURES[name]
    done = fail(office)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert told in done.stderr
    assert office.place.files(office.served) == served
    assert office.place.files() == standing
    assert office.ledger.read_text("utf-8") == ledger
    assert list(office.place.folder.glob(".output.*")) == []
    assert len(list((office.place.folder / "www" / "releases").iterdir())) == 1


@pytest.mark.thorough
@pytest.mark.process  # a limit of the size of files holds for a process
def test_publishing_goes_on_after_a_full_disk(office: Office, published: Path) -> None:
    """What a full disk broke off is completed by the next run, as if nothing had been."""
    assert full_disk(office).returncode == 1
    office.place.state(PUBLIC)
    office.done("publish")
    assert office.place.files(office.served) == office.place.files(published)
