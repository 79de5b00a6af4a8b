"""Several processes build what one builds, whatever becomes of those that help."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jisr.build.cache.trace_store import decode, load_trace_store

if TYPE_CHECKING:
    from tests.build.conftest import Workplace

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere one process builds: this was not tested."),
    pytest.mark.process,  # a build divides its work where it is the only thread of its process
]

# In the settings of a site: what its helpers do as soon as they live, or some milliseconds later.
FAILS_AT_ONCE = "import os; os.register_at_fork(after_in_child=lambda: os._exit(1))"
MAY_NOT_BE = """
import os

def fork():
    raise BlockingIOError(11, "Resource temporarily unavailable")

os.fork = fork
"""
KILLED_AFTER = """
import os, signal
os.register_at_fork(after_in_child=lambda: signal.setitimer(signal.ITIMER_REAL, {seconds}))
"""
# Once it is bound to its parent (PR_GET_PDEATHSIG is 2) a helper writes its number, and sleeps.
SLEEPS = """
import ctypes, os, pathlib, signal, time

def sleep(*_):
    bound = ctypes.c_int()
    ctypes.CDLL(None).prctl(2, ctypes.byref(bound))
    if bound.value:
        signal.setitimer(signal.ITIMER_REAL, 0)
        pathlib.Path("asleep").write_text(str(os.getpid()))
        time.sleep(60)

signal.signal(signal.SIGALRM, sleep)
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background ignores it
os.register_at_fork(after_in_child=lambda: signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001))
"""
# A build in which a feature of the site takes the address of another.
TAKEN = """
from jisr.build.build import build
from jisr.build.options import Options
from jisr.outputs.opendata.json_schema.generator import SchemasGenerator

SchemasGenerator.write = lambda self, context, writer: writer.write("ckb/", lambda: b"")
raise SystemExit(build(Options("network.py")))
"""


def built(workplace: Workplace) -> dict[str, bytes]:
    """Build, and give the files of the output."""
    done = workplace.process("build")
    assert (done.returncode, done.stderr) == (0, "")
    return workplace.files()


def alive(pid: int) -> bool:
    """Whether a process runs: one that has ended and waits to be asked how does not."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    return False


def becomes_true(told: Iterator[bool], seconds: float = 30) -> bool:
    """Whether something that is asked again and again is true in time."""
    until = time.monotonic() + seconds
    for true in told:
        if true or time.monotonic() > until:
            return true
        time.sleep(0.01)
    return False


@pytest.mark.parametrize("count", [2, *(pytest.param(one, marks=pytest.mark.thorough) for one in (3, 7))])
def test_several_processes_build_what_one_builds(workplace: Workplace, count: int) -> None:
    """However many processes write a site, and whatever they remember of the last build, its bytes are the same."""
    alone = built(workplace)
    workplace.process("clean")
    workplace.state(f"PROCESSES = {count}")
    assert built(workplace) == alone

    workplace.state('SITENAME = "Another network"')
    together = built(workplace)
    workplace.process("clean")
    workplace.state("PROCESSES = 1")
    assert built(workplace) == together != alone


def test_what_helpers_did_is_remembered(workplace: Workplace) -> None:
    """The next build knows what helpers asked as what one process asked, and which texts they read."""
    known = []
    for count in (1, 3):
        workplace.state(f"PROCESSES = {count}")
        built(workplace)
        (folder,) = (workplace.folder / ".cache").glob("build-*")
        (file,) = folder.glob("traces-*")
        traces = load_trace_store(file.parent, file.name)
        assert traces is not None
        asked = {path: {traces.queries[one] for one in decode(numbers)} for path, (numbers, _) in traces.outputs.items()}
        known.append((asked, sorted(file.stem.rpartition("-")[0] for file in folder.glob("texts-*"))))
        workplace.process("clean")

    assert known[0] == known[1]
    assert all(known[0])


@pytest.mark.parametrize("count", [1, 2])
def test_an_address_is_written_once(workplace: Workplace, count: int) -> None:
    """A file that stands where a page does is an error, whichever processes write them."""
    workplace.state(f"PROCESSES = {count}")

    done = workplace.python("-c", TAKEN)

    assert done.returncode == 1
    assert '"/ckb/" is written twice. Two features of the site use one address.' in done.stderr
    assert not workplace.output.exists()


@pytest.mark.parametrize(
    "state", [MAY_NOT_BE, FAILS_AT_ONCE, *(KILLED_AFTER.format(seconds=part) for part in (0.005, 0.02, 0.05, 0.1))]
)
@pytest.mark.thorough
def test_a_build_does_without_a_helper_that_is_lost(workplace: Workplace, state: str) -> None:
    """Where a helper cannot begin, fails or is killed, one process does all of it: the site is whole, and nothing is said."""
    alone = built(workplace)
    workplace.process("clean")
    workplace.state(f"PROCESSES = 3\n{state}")

    assert built(workplace) == alone
    assert [path.name for path in workplace.folder.iterdir() if path.name.startswith(".output")] == []


@pytest.mark.parametrize("tag", ["ar", *(pytest.param(one, marks=pytest.mark.thorough) for one in ("en", "ckb", "kmr", "fr"))])
def test_several_processes_say_what_one_says(workplace: Workplace, tag: str) -> None:
    """Everything that is wrong with texts and templates is said once, in one order, and the output stays as it was."""
    files = built(workplace)
    workplace.text(tag).write_text("---\ntitle: x\ntopics: [nowhere]\ndate: 40\n---\n[link](gone.md)\n", "utf-8")
    (workplace.own_theme() / "text.html").write_text("{{ page.nothing }}", "utf-8")
    said = []
    for count in (1, 3):
        workplace.state(f"PROCESSES = {count}")
        done = workplace.process("build")
        assert done.returncode == 1
        said.append(done.stderr)

    assert said[0] == said[1] != ""
    assert workplace.files() == files


@pytest.mark.thorough
def test_a_template_that_fails_in_several_processes_is_said_once(workplace: Workplace) -> None:
    """What is wrong with a template is found by every process, and said as one would say it."""
    (workplace.own_theme() / "text.html").write_text("{{ page.nothing }}", "utf-8")
    said = []
    for count in (1, 3):
        workplace.state(f"PROCESSES = {count}")
        said.append(workplace.process("build").stderr)

    assert said[0] == said[1]
    assert "text.html" in said[0]


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.thorough
def test_no_helper_outlives_a_build(workplace: Workplace, end: signal.Signals) -> None:
    """Whatever ends a build ends those that help it, and the output stays as it was."""
    files = built(workplace)
    workplace.state(f"PROCESSES = 2\n{SLEEPS}")
    command = [sys.executable, "-m", "jisr.cli", "build", "--settings", "network.py"]
    build = subprocess.Popen(command, cwd=workplace.folder, env=workplace.environment(), stderr=subprocess.DEVNULL)
    asleep = workplace.folder / "asleep"
    try:
        assert becomes_true(asleep.is_file() and bool(asleep.read_text("ascii")) for _ in iter(int, 1))
        helper = int(asleep.read_text("ascii"))
        assert alive(helper)

        os.kill(build.pid, end)

        assert build.wait(30) != 0
        assert becomes_true(not alive(helper) for _ in iter(int, 1))
    finally:
        build.kill()
        build.wait()
    assert workplace.files() == files
