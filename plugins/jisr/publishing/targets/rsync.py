"""Publishing to a machine by rsync over ssh: the releases of ``releases.py``, on a machine elsewhere.

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

# Gives the name for the release, and what is served. One that somebody changed is left, and another name taken.
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
# What came is checked against its own list before anybody sees it; the link is switched by one rename.
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


def publish(output: Path, where: PublishTarget, place: SourceLocation) -> str:
    """Publish a built site to another machine and give the name of its release.

    Raises ProblemsError where a program is missing or fails; what was served is then served still.
    """
    wanted = checksums.site_digest(checksums.compute_checksums(output))
    name, *served = _run_remote(_PREPARE_SCRIPT.format(folder=shlex.quote(where.folder), name=wanted), where, place).split()
    # Neither times nor owners travel: they differ with each build. A file that is alike becomes another name of the last one.
    command = ["rsync", "-rl", "--checksum", "--delete", "--perms", "--chmod=D755,F644", "-e", shlex.join(_ssh_command(where))]
    command += [f"--link-dest=../{Path(served[0]).name}"] if served else []
    run_program([*command, "--", f"{output}/", f"{where.host}:{where.folder}/releases/.new-{name}/"], place, _FAILURE_NOTE)
    _run_remote(_SWITCH_SCRIPT.format(folder=shlex.quote(where.folder), name=name, keep=where.keep), where, place)
    return name


def roll_back(where: PublishTarget, place: SourceLocation) -> str:
    """Serve the release that was published before the one that is served, and give its name. Raises ProblemsError."""
    return _run_remote(_ROLL_BACK_SCRIPT.format(folder=shlex.quote(where.folder)), where, place).strip()


def _run_remote(script: str, where: PublishTarget, place: SourceLocation) -> str:
    """Return what a script prints that the other machine runs, in one command."""
    return run_program([*_ssh_command(where), where.host, script], place, _FAILURE_NOTE)


def _ssh_command(where: PublishTarget) -> list[str]:
    """Return the command that leads to the other machine. It asks nothing, and trusts no machine it does not know."""
    command = ["ssh", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-p", str(where.port)]
    if where.identity:
        command += ["-i", str(Path(where.identity).expanduser()), "-o", "IdentitiesOnly=yes"]
    if where.known_hosts:
        command += ["-o", f"UserKnownHostsFile={Path(where.known_hosts).expanduser()}"]
    return command
