"""``jisr upgrade``: another version of the program in a site, as a difference that its maintainers see before it is written.

Of each file three states are compared: what the present program writes, what the new one writes, and what is there. What the
site changed stays: git merges changes that do not touch, others are left with the new file beside them, as ``<name>.new``.
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.editing.sites.site_folder import VENDOR, program_files, read_wheels, write_files

_WHEEL = re.compile(r"jisr-[^-]+-py3-none-any\.whl")


@dataclass(frozen=True, slots=True)
class UpgradeOptions:
    """The wheel of the new program, whether to write, and what asks at a terminal, if there is one."""

    wheel: str
    write: bool = False
    ask: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A file that becomes another; one of None is not there."""

    path: str
    before: bytes | None
    after: bytes | None


def upgrade_site(context: BuildContext, options: UpgradeOptions) -> int:
    """Print what a new program changes in the site, and write it where that is wanted.

    Raises ProblemsError where the wheel is none of the program, or a file cannot be written.
    """
    folder, say = Path(context.run.settings_path).absolute().parent, context.formatter.format
    tags = context.site.languages.tags
    wheels = read_wheels(folder / VENDOR)
    kept = {name: data for name, data in wheels.items() if not _WHEEL.fullmatch(name)}
    new = _ask_new_program(Path(options.wheel), kept, tags)
    changes = list(plan_changes(folder, program_files(tags, wheels), new))
    for change in changes:
        print(_format(change), end="")
    if not changes:
        print(say(phrase("Nothing changes: the site has this program.")))
        return 0
    if not options.write and not (options.ask and options.ask("[y/N] ").strip().lower() in ("y", "yes")):
        print(say(phrase("Nothing was written. To write it: jisr upgrade {wheel} --yes", wheel=options.wheel)))
        return 0
    _apply(folder, changes)
    print(
        say(
            phrase("Files written: {number}. Now install what requirements.txt names, as the README says.", number=len(changes))
        )
    )
    return 0


def plan_changes(folder: Path, base: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[Change]:
    """Return the changes from the files of one program to those of another; what the site changed itself stays."""
    for path in sorted({*base, *new}):
        file = folder / path
        present = file.read_bytes() if file.is_file() else None
        old, after = base.get(path), new.get(path)
        if after in (present, old) or (present is None and old is not None):
            continue  # so already, the same in both programs, or taken out by the site
        if present == old:
            yield Change(path, present, after)
        elif after is not None and present is not None:
            merged = _merge(present, old or b"", after)
            if merged is None:
                yield Change(f"{path}.new", None, after)
            elif merged != present:
                yield Change(path, present, merged)


def _ask_new_program(wheel: Path, kept: Mapping[str, bytes], tags: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files that the new program writes for a site, by its own code. Raises ProblemsError."""
    place = SourceLocation(str(wheel))
    if not _WHEEL.fullmatch(wheel.name):
        text = '"{name}" is no wheel of Jisr. Name the file as it came, as jisr-1.0.0-py3-none-any.whl.'
        raise ProblemsError(Problem.error(place, "wheel", text, name=wheel.name))
    with tempfile.TemporaryDirectory() as aside:
        code, vendor, written = (Path(aside, name) for name in ("code", "vendor", "written"))
        try:
            data = wheel.read_bytes()
            with ZipFile(wheel) as archive:
                archive.extractall(code)
        except (OSError, BadZipFile) as error:
            text = '"{name}" cannot be read: {reason}. Fetch it again.'
            raise ProblemsError(Problem.error(place, "wheel", text, name=wheel.name, reason=str(error))) from None
        vendor.mkdir()
        write_files(vendor, {**kept, wheel.name: data})
        command = [sys.executable, "-m", "jisr.editing.sites.site_folder", str(written), str(vendor), *tags]
        environment = {**os.environ, "PYTHONPATH": str(code), "PYTHONSAFEPATH": "1"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            text = "The new program cannot write its files: {reason}. Ask those who made it, or take another version."
            reason = (done.stderr.strip().splitlines() or ["?"])[-1]
            raise ProblemsError(Problem.error(place, "wheel", text, reason=reason))
        return {file.relative_to(written).as_posix(): file.read_bytes() for file in written.rglob("*") if file.is_file()}


def _merge(present: bytes, base: bytes, new: bytes) -> bytes | None:
    """Return a file with the changes of the site and of the program; None where they touch, or no git is there."""
    with tempfile.TemporaryDirectory() as aside:
        files = [Path(aside, name) for name in ("present", "base", "new")]
        for file, data in zip(files, (present, base, new), strict=True):
            file.write_bytes(data)
        try:
            command = ["git", "merge-file", "-p", *map(str, files)]
            done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 (files of ours)
        except OSError:
            return None
        return done.stdout if done.returncode == 0 else None


def _format(change: Change) -> str:
    """Return a change as a unified diff; of a file that is no text its name and size."""
    before, after = change.before or b"", change.after or b""
    if b"\0" in before + after:
        size = f"{len(after) / 1000:.0f} kB" if change.after is not None else "taken out"
        return f"{change.path}: {size}\n"
    old, new = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, after))
    names = ("/dev/null" if change.before is None else change.path, "/dev/null" if change.after is None else change.path)
    shown = difflib.unified_diff(old, new, *names)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in shown)


def _apply(folder: Path, changes: list[Change]) -> None:
    """Write changes. Raises ProblemsError where a file cannot be written."""
    for change in changes:
        file = folder / change.path
        try:
            if change.after is None:
                file.unlink()
            else:
                write_files(folder, {change.path: change.after})
        except OSError as error:
            text = '"{path}" cannot be written: {reason}. Mend that, and run the command again: it goes on from there.'
            problem = Problem.error(SourceLocation(change.path), "file", text, path=change.path, reason=error.strerror)
            raise ProblemsError(problem) from None
