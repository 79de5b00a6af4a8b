"""Publishing as a maintainer does it: one command, whole or not at all."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import PIPE

import pytest

from jisr.core.build.build_context import CommandContext
from jisr.core.diagnostics.message_formatter import ENGLISH
from jisr.core.diagnostics.problems import ProblemsError, SourceLocation
from jisr.publishing import publish
from jisr.publishing.checks import url_ledger
from jisr.publishing.integrity import checksums, minisign
from jisr.publishing.integrity.seal import read_signing_key
from jisr.publishing.targets.subprocesses import run_program
from jisr.publishing.targets.target import parse_publish_setting
from tests.build.conftest import ROOT, WATER, Workplace, moments
from tests.publishing.conftest import PUBLIC, Office, unmeasured

HERE = SourceLocation("publishconf.py", 3)


def test_a_site_is_published_whole_and_back(office: Office) -> None:
    """A published site is the output, byte by byte; the next takes its place; ``--rollback`` serves the first again."""
    told = office.done("publish")
    assert "Published release " in told
    first = office.place.files(office.served)
    assert first == office.place.files()
    assert checksums.parse_checksums(first[checksums.SUMS_NAME].decode()) == checksums.compute_checksums(office.served)
    assert f"/ckb/{WATER}" in url_ledger.parse_ledger(office.ledger.read_text("utf-8"))

    text = office.place.text()
    text.write_text(text.read_text("utf-8").replace("بيانات", "معلومات"), "utf-8")
    office.done("publish")
    second = office.place.files(office.served)
    assert second != first

    assert "again" in office.done("publish", "--rollback")
    assert office.place.files(office.served) == first


@pytest.mark.process  # what is killed is a process
@pytest.mark.thorough
def test_a_killed_command_leaves_what_is_served(office: Office) -> None:
    """Killed at random moments (50 with JISR_KILLS=50), the command leaves a whole release served; the next one completes."""
    started = time.monotonic()
    office.done("publish")
    whole = time.monotonic() - started
    first = office.place.files(office.served)
    text = office.place.text()
    text.write_text(text.read_text("utf-8").replace("بيانات", "معلومات"), "utf-8")
    command = [sys.executable, "-m", "invoke", "--search-root", str(ROOT), "publish", "--settings", "network.py"]
    for part in moments(3):
        environment = unmeasured(office.place.environment())
        process = subprocess.Popen(command, cwd=office.place.folder, env=environment, stdout=PIPE, stderr=PIPE)
        time.sleep(whole * part)
        process.kill()
        process.communicate(timeout=60)
        served = office.place.files(office.served)
        assert served == first or checksums.compute_checksums(office.served) == checksums.parse_checksums(
            served[checksums.SUMS_NAME].decode()
        )
    office.done("publish")
    assert office.place.files(office.served) == office.place.files()


def test_an_address_is_never_lost(office: Office) -> None:
    """A published address that vanishes is an error with its line and remedy, nothing is published; a redirect heals it."""
    office.done("publish")
    before, standing = office.place.files(office.served), office.place.files()
    moved = office.place.folder / "content" / "statements" / "2026-rivers"
    office.place.text().parent.rename(moved)

    told = office.refused("publish")
    assert f'error[published-address]: "/ar/{WATER}" was published and is gone' in told
    assert 'Give the text that takes its place "aliases: [' in told
    assert told.startswith("published.txt:")
    assert office.place.files(office.served) == before
    assert office.place.files() == standing

    for tag in ("ar", "ckb"):
        text = moved / f"index.{tag}.md"
        text.write_text(text.read_text("utf-8").replace("\n---\n", f'\naliases: ["/{tag}/{WATER}"]\n---\n', 1), "utf-8")
    office.ledger.write_text(office.ledger.read_text("utf-8").replace(f"/{WATER}programme.pdf\n", ""), "utf-8")
    office.done("publish")
    assert 'http-equiv="refresh"' in (office.served / "ckb" / WATER / "index.html").read_text("utf-8")
    twins = [office.served / "ckb" / folder / "index.txt" for folder in (WATER, "statements/2026-rivers")]
    assert twins[0].read_bytes() == twins[1].read_bytes()  # a file of text can't lead on: it is there again


def test_what_is_incomplete_is_not_published(office: Office) -> None:
    """A missing message of a catalogue is a warning for a build, and an error for publishing."""
    office.place.state('NETWORK_PURPOSES = {"en": "We link people."}')
    assert office.inv("build").returncode == 0
    assert "error[" in office.refused("publish")
    assert not office.served.exists()


def test_a_fault_of_the_output_leaves_it_as_it_was(office: Office) -> None:
    """Problems of the built pages are reported with all their paths, and neither output nor published site is changed."""
    templates = office.place.own_theme()
    layout = templates / "components" / "head.html"
    layout.write_text(layout.read_text("utf-8").replace('rel="canonical"', 'rel="none"'), "utf-8")
    told = office.refused("publish")
    assert "output/ckb/index.html:1:1: error[page-canonical]" in told
    assert not office.place.output.exists()
    assert not office.served.exists()


def test_drafts_are_refused(office: Office) -> None:
    """Settings that show drafts publish nothing."""
    office.place.state("DRAFTS = True")
    assert "error[setting]: DRAFTS is set" in office.refused("publish")


def test_a_place_that_cannot_be_written_is_told(office: Office) -> None:
    """If the folder cannot be created, the command reports the reason, and the ledger is unchanged."""
    (office.place.folder / "www").write_text("a file", "utf-8")
    assert "error[publish]: " in office.refused("publish")
    assert not office.ledger.exists()


@pytest.mark.process  # a program is what fails
def test_a_program_that_fails_is_told() -> None:
    """A missing program is reported by its name; a failure without a message, by its exit status."""
    with pytest.raises(ProblemsError, match='"no-such-program" is not installed'):
        run_program(["no-such-program"], HERE, "")
    with pytest.raises(ProblemsError, match=r"ended with 3: it says nothing\. All is as it was\."):
        run_program([sys.executable, "-c", "raise SystemExit(3)"], HERE, "All is as it was.")


def test_only_some_targets_go_back() -> None:
    """A rollback is refused where no releases are kept, and so is a snippet for an unknown server."""
    settings = {"SETTINGS_SHOWN": str(ROOT / "publishconf.py"), "PUBLISH": {"target": "rclone", "remote": "s3:bucket"}}
    context = CommandContext({**settings, "LANGUAGES": ("ar",)}, ENGLISH, lambda _: 1)
    with pytest.raises(ProblemsError, match='"rclone" keeps no releases'):
        publish.roll_back(context)
    with pytest.raises(ProblemsError, match='"iis" is no server that is known here'):
        publish.print_snippet(context, "iis")


@pytest.mark.parametrize("line", ["jisr-secret-x", "-----BEGIN"])
def test_a_variable_that_holds_no_key_is_told(line: str) -> None:
    """An invalid key is refused, and not shown."""
    with pytest.raises(ProblemsError, match="holds no secret key") as raised:
        read_signing_key({minisign.KEY_VARIABLE: line}, "", HERE)
    assert line not in str(raised.value)
    assert read_signing_key({}, "", HERE) is None


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_snippets_are_printed(office: Office, server: str) -> None:
    """The headers for a server are printed, and nothing is built."""
    assert "default-src 'self'" in office.done("publish", "--snippets", server)
    assert not office.place.output.exists()


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("folder", 'PUBLISH is "folder". Write it as {"target": "folder", "folder": "/srv/www"}.'),
        ({"target": "foldr"}, '"foldr". It may be "output", "folder", "rsync", "rclone". Did you mean "folder"?'),
        ({"target": "folder"}, 'needs "folder"'),
        ({"target": "folder", "folder": "www", "kep": 3}, '"kep", which the target "folder" does not know'),
        ({"target": "folder", "folder": "www", "keep": 0}, 'PUBLISH has "0" for keep. Write a number above 0.'),
        ({"target": "folder", "folder": 3}, 'PUBLISH has "3" for folder. Write a text'),
        ({"target": "rsync", "folder": "/srv", "host": "-oProxyCommand=x"}, "Write user@host or host."),
        ({"target": "rclone", "remote": "bucket"}, "Write a place of rclone, as s3:bucket/site."),
    ],
)
def test_a_wrong_setting_is_told(stated: object, told: str) -> None:
    """Each problem of PUBLISH is reported with its place, its value and the valid ones."""
    with pytest.raises(ProblemsError) as raised:
        parse_publish_setting(stated, HERE)
    assert any(told in str(problem) for problem in raised.value.problems)
    assert all(problem.place == HERE for problem in raised.value.problems)


@pytest.mark.process  # a hash seed and a locale are those of a process
def test_two_publishings_of_one_commit_are_equal(
    tmp_path: Path, workplace_in: Callable[[Path], Workplace], published: Path
) -> None:
    """Published in another folder with another hash seed and time zone, the output has the same bytes, sums included."""
    office = Office(workplace_in(tmp_path))
    office.place.state(PUBLIC)
    command = ("-m", "invoke", "--search-root", str(ROOT), "publish", "--settings", "network.py")
    done = office.place.python(*command, PYTHONHASHSEED="7", TZ="Pacific/Auckland", LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert office.place.files() == office.place.files(published)
