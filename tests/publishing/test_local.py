"""A folder that is published to serves a whole release at every moment."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jisr.core.diagnostics.problems import ProblemsError
from jisr.publishing.targets.local import Release, list_releases, previous_release, publish, releases_to_delete, roll_back
from tests.build.conftest import ROOT
from tests.publishing.conftest import unmeasured

MOMENTS = 15
FILES = 150
PUBLISH = """
import sys
from pathlib import Path
from jisr.publishing.targets.local import publish

publish(Path(sys.argv[1]), Path(sys.argv[2]), 1)
"""


def site(folder: Path, words: str) -> Path:
    """Write a site whose every file holds the same words."""
    for number in range(FILES):
        file = folder / f"ckb/{number % 7}/{number}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{words}\n" * 200, "utf-8")
    return folder


def served(folder: Path) -> set[str]:
    """Return the different files that a reader finds; a whole release has all of them, and they are alike."""
    found = [file.read_text("utf-8") for file in (folder / "current").rglob("*.html")]
    assert len(found) == FILES
    return {text.partition("\n")[0] for text in found}


def publishing(output: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Begin to publish, as a process."""
    return subprocess.Popen([sys.executable, "-c", PUBLISH, str(output), str(folder)], cwd=ROOT, env=unmeasured(os.environ))


@pytest.mark.process  # what is killed is a process
@pytest.mark.thorough
def test_a_killed_publishing_never_leaves_a_mixed_site(tmp_path: Path) -> None:
    """Killed at any of 15 moments, what is served is one release, whole, and the next publishing completes."""
    folder = tmp_path / "www"
    sites = {words: site(tmp_path / words, words) for words in ("ئاو ١", "ئاو ٢")}
    started = time.monotonic()
    assert publishing(sites["ئاو ١"], folder).wait(timeout=60) == 0
    whole = time.monotonic() - started
    for number in range(MOMENTS):
        words = "ئاو ١" if number % 2 else "ئاو ٢"
        before = served(folder)
        process = publishing(sites[words], folder)
        time.sleep(whole * (0.3 + 0.8 * number / MOMENTS))
        process.kill()
        process.wait(timeout=60)
        assert served(folder) in (before, {words})
        publish(sites[words], folder, 1)
        assert served(folder) == {words}
    assert [one.name for one in (folder / "releases").iterdir()] == [(folder / "current").readlink().name]


@pytest.mark.process  # a limit of the size of files holds for a process
def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    """Where a file cannot be written, what was served still is, and nothing of the new release stays."""
    folder = tmp_path / "www"
    name = publish(site(tmp_path / "one", "ئاو ١"), folder, 3)
    output = site(tmp_path / "two", "ئاو ٢")
    (output / "ckb/0/large.pdf").write_bytes(bytes(100_000))
    limited = f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)){PUBLISH}"
    command = [sys.executable, "-c", limited, str(output), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert "OSError" in done.stderr
    assert served(folder) == {"ئاو ١"}
    assert [one.name for one in (folder / "releases").iterdir()] == [name]


def test_the_last_releases_are_kept(tmp_path: Path) -> None:
    """The newest releases are kept, as many as the setting states; each rollback goes one further, down to the oldest."""
    folder = tmp_path / "www"
    names = [publish(site(tmp_path / f"site-{number}", f"ئاو{number}"), folder, 3) for number in range(4)]
    assert {one.name for one in list_releases(folder)} == set(names[1:])

    assert roll_back(folder) == names[2]
    assert served(folder) == {"ئاو2"}
    assert roll_back(folder) == names[1]
    with pytest.raises(ProblemsError, match="is the oldest release that is kept"):
        roll_back(folder)


def test_the_same_site_is_the_same_release(tmp_path: Path) -> None:
    """A site that is published again, unchanged, is no second release; an older one that is, becomes the newest."""
    folder = tmp_path / "www"
    one, two = site(tmp_path / "one", "ئاو ١"), site(tmp_path / "two", "ئاو ٢")
    first = publish(one, folder, 3)
    assert publish(two, folder, 3) != first
    assert publish(one, folder, 3) == first
    assert list_releases(folder)[0].name == first
    assert len(list_releases(folder)) == 2


def test_a_release_that_somebody_changed_is_not_served_again(tmp_path: Path) -> None:
    """If the release of a site was changed from outside, a correct one is written next to it."""
    folder, output = tmp_path / "www", site(tmp_path / "one", "ئاو ١")
    first = publish(output, folder, 3)
    (folder / "current" / "ckb/0/0.html").write_text("changed", "utf-8")
    assert publish(output, folder, 3) == f"{first}-2"
    assert served(folder) == {"ئاو ١"}


def test_a_folder_that_is_served_is_not_removed(tmp_path: Path) -> None:
    """If ``current`` is a folder, publishing reports it and does not change it."""
    folder = tmp_path / "www"
    (folder / "current").mkdir(parents=True)
    with pytest.raises(ProblemsError, match="is no link to a release"):
        publish(site(tmp_path / "one", "ئاو ١"), folder, 3)
    assert (folder / "current").is_dir()
    with pytest.raises(ProblemsError, match="holds no published site"):
        roll_back(folder)


def test_two_never_publish_at_once(tmp_path: Path) -> None:
    """A second publisher at the same time is refused."""
    folder = tmp_path / "www"
    output = site(tmp_path / "one", "ئاو ١")
    publish(output, folder, 3)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ProblemsError, match="by somebody else"):
            publish(output, folder, 3)


@pytest.mark.parametrize("keep", [1, 2, 3, 9])
def test_what_is_served_is_always_kept(keep: int) -> None:
    """The served release is always kept, and the newest others."""
    releases = [Release(name, 9 - number) for number, name in enumerate("edcba")]
    for current in "abcde":
        gone = releases_to_delete(releases, current, keep)
        assert current not in gone
        assert 5 - len(gone) == min(keep, 5)
    assert previous_release(releases, "a") is None


def test_a_release_can_be_read_by_a_server(tmp_path: Path) -> None:
    """A web server of another user may read a release."""
    folder = tmp_path / "www"
    name = publish(site(tmp_path / "one", "ئاو ١"), folder, 3)
    assert (folder / "releases" / name).stat().st_mode & 0o777 == 0o755
