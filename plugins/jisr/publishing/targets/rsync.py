"""Publishing to a remote machine with rsync over ssh: the releases of ``local.py`` on another machine.

The machine needs ssh, rsync, a POSIX shell and the coreutils of GNU or BusyBox (``mv -T``, ``sha256sum``).
"""

from __future__ import annotations

import shlex
from pathlib import Path

from jisr.core.diagnostics.problems import SourceLocation, phrase
from jisr.publishing.integrity import checksums
from jisr.publishing.targets.subprocesses import run_program
from jisr.publishing.targets.target import PublishTarget

_FAILURE_NOTE = phrase("What was served before is still served.")

# Prints the name of the release, and the served one. A release that was changed from outside is kept under its name.
_PREPARE_SCRIPT = """set -eu
mkdir -p {folder}/releases
cd {folder}
if [ -e current ] && [ ! -L current ]; then echo "current is no link to a release: move it away" >&2; exit 3; fi
name={name} number=1
while [ -e "releases/$name" ] && ! (cd "releases/$name" && sha256sum -c SHA256SUMS) >/dev/null 2>&1; do
  number=$((number + 1)); name={name}-$number
done
for left in releases/.new-*; do [ "$left" = "releases/.new-$name" ] || rm -rf "$left"; done
echo "$name"
readlink current || true
"""
_SERVE_SCRIPT = """rm -f .current-new
ln -s "releases/$name" .current-new
mv -fT .current-new current
"""
# The upload is checked against its own checksums before it is served; the link is switched by one rename.
_SWITCH_SCRIPT = (
    """set -eu
cd {folder}
name={name}
if [ ! -e "releases/$name" ]; then
  (cd "releases/.new-$name" && sha256sum -c SHA256SUMS >/dev/null)
  mv -T "releases/.new-$name" "releases/$name"
fi
rm -rf "releases/.new-$name"
touch "releases/$name"
"""
    + _SERVE_SCRIPT
    + """kept=1
ls -1t releases | while read -r old; do
  [ "$old" != "$name" ] || continue
  kept=$((kept + 1))
  [ "$kept" -gt {keep} ] || continue
  mv -T "releases/$old" "releases/.new-$old"
  rm -rf "releases/.new-$old"
done
"""
)
_ROLL_BACK_SCRIPT = (
    """set -eu
cd {folder}
served=$(basename "$(readlink current)")
name=$(ls -1t releases | sed -n "/^$served\\$/{{n;p;q;}}")
if [ -z "$name" ]; then echo "$served is the oldest release that is kept: publish an older commit" >&2; exit 4; fi
"""
    + _SERVE_SCRIPT
    + """echo "$name"
"""
)


def publish(output: Path, target: PublishTarget, place: SourceLocation) -> str:
    """Publish a built site to a remote machine and return the name of its release.

    Raises ProblemsError where a program is missing or fails; the previous release is then still served.
    """
    digest = checksums.site_digest(checksums.compute_checksums(output))
    name, *served = _run_remote(_PREPARE_SCRIPT.format(folder=shlex.quote(target.folder), name=digest), target, place).split()
    # Neither times nor owners are copied: they differ with each build. Unchanged files become hard links to the last release.
    command = ["rsync", "-rl", "--checksum", "--delete", "--perms", "--chmod=D755,F644", "-e", shlex.join(_ssh_command(target))]
    command += [f"--link-dest=../{Path(served[0]).name}"] if served else []
    run_program([*command, "--", f"{output}/", f"{target.host}:{target.folder}/releases/.new-{name}/"], place, _FAILURE_NOTE)
    _run_remote(_SWITCH_SCRIPT.format(folder=shlex.quote(target.folder), name=name, keep=target.keep), target, place)
    return name


def roll_back(target: PublishTarget, place: SourceLocation) -> str:
    """Serve the release that was published before the served one, and return its name. Raises ProblemsError."""
    return _run_remote(_ROLL_BACK_SCRIPT.format(folder=shlex.quote(target.folder)), target, place).strip()


def _run_remote(script: str, target: PublishTarget, place: SourceLocation) -> str:
    """Run a script on the remote machine, in one command, and return its output."""
    return run_program([*_ssh_command(target), target.host, script], place, _FAILURE_NOTE)


def _ssh_command(target: PublishTarget) -> list[str]:
    """Return the ssh command for the remote machine. It never prompts, and trusts no unknown host."""
    command = ["ssh", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-p", str(target.port)]
    if target.identity:
        command += ["-i", str(Path(target.identity).expanduser()), "-o", "IdentitiesOnly=yes"]
    if target.known_hosts:
        command += ["-o", f"UserKnownHostsFile={Path(target.known_hosts).expanduser()}"]
    return command
