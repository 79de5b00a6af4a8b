"""Publishing to a remote machine: a real sshd and rsync on the loopback address, with keys created for the test."""

from __future__ import annotations

import getpass
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jisr.core.diagnostics.problems import ProblemsError, SourceLocation
from jisr.publishing.integrity.seal import seal
from jisr.publishing.targets import rsync
from jisr.publishing.targets.target import PublishTarget
from tests.conftest import lacking

pytestmark = pytest.mark.process  # ssh, rsync and a server for them are programs

HERE = SourceLocation("publishconf.py")
SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")


def site(folder: Path, words: str) -> Path:
    """Write a small site that is sealed, in which one file is always the same."""
    for path, text in {"index.html": words, "ckb/index.html": words, "theme/style.css": "a{}", "ckb/بڕیار.pdf": words}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    seal(folder, "https://network.example", "", None)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by path."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def free_port() -> int:
    """Return a port of the loopback address on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishTarget]:
    """Return a machine that accepts a new key, and whose own key is known."""
    if SSHD is None or not all(map(shutil.which, ("ssh", "ssh-keygen", "rsync"))):
        lacking("sshd, ssh or rsync")
    folder = tmp_path_factory.mktemp("machine")
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True, timeout=30)
    port = free_port()
    (folder / "known").write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text('utf-8')}", "utf-8")
    lines = [
        f"Port {port}",
        "ListenAddress 127.0.0.1",
        f"HostKey {folder / 'host'}",
        f"AuthorizedKeysFile {folder / 'user.pub'}",
        "StrictModes no",
        "UsePAM no",
        "PidFile none",
        "PasswordAuthentication no",
        "PermitRootLogin prohibit-password",
    ]
    (folder / "config").write_text("\n".join(lines) + "\n", "utf-8")
    if getpass.getuser() == "root":
        Path("/run/sshd").mkdir(exist_ok=True)  # where sshd confines itself before it knows who comes
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([SSHD, "-D", "-e", "-f", str(folder / "config")], stderr=log)
    try:
        wait_for(port, folder / "log")
        yield PublishTarget(
            kind="rsync",
            host=f"{getpass.getuser()}@127.0.0.1",
            folder=str(folder / "www"),
            port=port,
            identity=str(folder / "user"),
            known_hosts=str(folder / "known"),
            keep=2,
        )
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(port: int, log: Path) -> None:
    """Wait until somebody listens."""
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"sshd does not start:\n{log.read_text('utf-8')}")


def test_a_site_is_published_to_another_machine_and_back(machine: PublishTarget, tmp_path: Path) -> None:
    """Each release arrives whole; what did not change is stored once; the oldest goes; going back works until the oldest."""
    where = replace(machine, folder=str(tmp_path / "www"))
    served = tmp_path / "www" / "current"
    names = []
    for words in ("ئاو ١", "ئاو ٢", "ئاو ٣"):
        output = site(tmp_path / words, words)
        names.append(rsync.publish(output, where, HERE))
        assert files(served) == files(output)
        assert served.stat().st_mode & 0o777 == 0o755
    releases = tmp_path / "www" / "releases"
    assert {one.name for one in releases.iterdir()} == set(names[1:])
    assert (releases / names[1] / "theme/style.css").samefile(releases / names[2] / "theme/style.css")

    assert rsync.publish(site(tmp_path / "ئاو ٣", "ئاو ٣"), where, HERE) == names[2]
    assert rsync.roll_back(where, HERE) == names[1]
    assert (served / "index.html").read_text("utf-8") == "ئاو ٢"
    with pytest.raises(ProblemsError, match="is the oldest release that is kept"):
        rsync.roll_back(where, HERE)


def test_a_release_that_somebody_changed_is_made_anew(machine: PublishTarget, tmp_path: Path) -> None:
    """The content of the remote machine is verified: a release that was changed is uploaded again, next to it."""
    where, output = replace(machine, folder=str(tmp_path / "www")), site(tmp_path / "site", "ئاو ١")
    first = rsync.publish(output, where, HERE)
    page = tmp_path / "www" / "current" / "index.html"
    page.unlink()
    page.write_text("changed", "utf-8")
    assert rsync.publish(output, where, HERE) == f"{first}-2"
    assert files(tmp_path / "www" / "current") == files(output)


def test_what_arrives_broken_is_not_served(machine: PublishTarget, tmp_path: Path) -> None:
    """A site whose list does not fit its files is sent and not served: the last release still is."""
    where = replace(machine, folder=str(tmp_path / "www"))
    good = site(tmp_path / "good", "ئاو ١")
    rsync.publish(good, where, HERE)
    bad = site(tmp_path / "bad", "ئاو ٢")
    (bad / "index.html").write_text("half", "utf-8")
    with pytest.raises(ProblemsError, match="What was served before is still served"):
        rsync.publish(bad, where, HERE)
    assert files(tmp_path / "www" / "current") == files(good)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"known_hosts": "/dev/null"}, "Host key verification failed"),
        ({"port": 1}, "Connection refused"),
    ],
)
def test_a_machine_that_cannot_be_reached_is_told(
    machine: PublishTarget, tmp_path: Path, changed: dict[str, str | int], told: str
) -> None:
    """The message of ssh is reported for an unknown machine, or one that does not answer."""
    where = replace(machine, folder=str(tmp_path / "www"), **changed)  # type: ignore[arg-type]
    with pytest.raises(ProblemsError, match=told):
        rsync.publish(site(tmp_path / "site", "ئاو ١"), where, HERE)


def test_a_folder_that_is_served_is_not_removed(machine: PublishTarget, tmp_path: Path) -> None:
    """If ``current`` is a folder on the remote machine, publishing reports it and does not change it."""
    (tmp_path / "www" / "current").mkdir(parents=True)
    with pytest.raises(ProblemsError, match="is no link to a release"):
        rsync.publish(site(tmp_path / "site", "ئاو ١"), replace(machine, folder=str(tmp_path / "www")), HERE)
