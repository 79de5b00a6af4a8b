"""``jisr upgrade``: another version of the program in a site, as a difference that its maintainers see before it is written.

Of each file three states are compared: what the present program writes, what the new one writes, and what is there. What the
site changed stays: git merges changes that do not touch, others are left with the new file beside them, as ``<name>.new``.
"""

from __future__ import annotations

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
from jisr.editing.sites.file_changes import Change, apply_changes, format_change, merge_versions
from jisr.editing.sites.site_folder import VENDOR, other_wheels, read_wheels, write_files
from jisr.editing.sites.wheels import WheelError, wheel_problem

_WHEEL = re.compile(r"jisr-[^-]+-py3-none-any\.whl")
_STEPS = "jisr/editing/sites/settings/site_steps.md"
_ITEM = re.compile(r"^- .*\n(?:  .*\n)*", re.MULTILINE)
_WRITE_FILES = """
import sys
from pathlib import Path
from jisr.editing.sites import site_folder
written, vendor, *tags = sys.argv[1:]
wheels = {file.name: file.read_bytes() for file in sorted(Path(vendor).glob("*.whl"))}
try:
    files = site_folder.program_files(tags, wheels)
except TypeError:  # the first program packed its wheels itself, from what is installed
    site_folder.make_wheel = lambda name: next(one for one in wheels.items() if one[0].startswith(f"{name}-"))
    site_folder.make_own_wheel = lambda: site_folder.make_wheel("jisr")
    files = site_folder.program_files(tags)
for path, data in files.items():
    (Path(written) / path).parent.mkdir(parents=True, exist_ok=True)
    (Path(written) / path).write_bytes(data)
"""
"""Run by the program of a wheel: a folder to write, one with the wheels of the site, the tags of its languages."""


@dataclass(frozen=True, slots=True)
class UpgradeOptions:
    """The wheel of the new program, whether to write, and what asks at a terminal, if there is one."""

    wheel: str
    write: bool = False
    ask: Callable[[str], str] | None = None


def upgrade_site(context: BuildContext, options: UpgradeOptions) -> int:
    """Print what a new program changes in the site, and write it where that is wanted.

    Raises ProblemsError where the wheel is none of the program, or a file cannot be written.
    """
    folder, say = Path(context.run.settings_path).absolute().parent, context.formatter.format
    tags, wheel = context.site.languages.tags, Path(options.wheel)
    wheels = read_wheels(folder / VENDOR)
    kept = {name: data for name, data in wheels.items() if not _WHEEL.fullmatch(name)}
    present = next((folder / VENDOR / name for name in wheels if name not in kept), None)
    base = _ask_program(present, kept, tags) if present else {}
    changes = list(plan_changes(folder, base, _ask_program(wheel, kept or _make_others(), tags)))
    for change in changes:
        print(format_change(change), end="")
    if not changes:
        print(say(phrase("Nothing changes: the site has this program.")))
        return 0
    if steps := new_steps(_read_steps(wheel), _read_steps(present)):
        print(say(phrase("What a site must do:")), *steps, sep="\n")
    if not options.write and not (options.ask and options.ask("[y/N] ").strip().lower() in ("y", "yes")):
        print(say(phrase("Nothing was written. To write it: jisr upgrade {wheel} --yes", wheel=options.wheel)))
        return 0
    apply_changes(folder, changes)
    text = (
        "Files written: {number}. Install what requirements.txt names, as the README says, and run jisr model and jisr check."
    )
    print(say(phrase(text, number=len(changes))))
    return 0


def _make_others() -> dict[str, bytes]:
    """Return the wheels beside the program's, for a site that has none yet. Raises ProblemsError."""
    try:
        return other_wheels()
    except WheelError as error:
        raise ProblemsError(wheel_problem(VENDOR, error)) from None


def new_steps(new: str, old: str) -> list[str]:
    """Return the items of a list of steps that an older list has not.

    >>> new_steps("# Steps\\n\\n- State A,\\n  or B.\\n- State C.\\n", "- State C.\\n")
    ['- State A,\\n  or B.']
    """
    known = set(_ITEM.findall(old))
    return [one.rstrip() for one in _ITEM.findall(new) if one not in known]


def _read_steps(wheel: Path | None) -> str:
    """Return what the program of a wheel asks of its sites; nothing where it says nothing."""
    if wheel is None:
        return ""
    with ZipFile(wheel) as archive:
        return archive.read(_STEPS).decode("utf-8") if _STEPS in archive.namelist() else ""


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
            merged = merge_versions(present, old or b"", after)
            if merged is None:
                yield Change(f"{path}.new", None, after)
            elif merged != present:
                yield Change(path, present, merged)


def _ask_program(wheel: Path, kept: Mapping[str, bytes], tags: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files that the program of a wheel writes for a site, by its own code. Raises ProblemsError."""
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
        command = [sys.executable, "-c", _WRITE_FILES, str(written), str(vendor), *tags]
        environment = {**os.environ, "PYTHONPATH": str(code), "PYTHONSAFEPATH": "1"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            text = "The new program cannot write its files: {reason}. Ask those who made it, or take another version."
            reason = (done.stderr.strip().splitlines() or ["?"])[-1]
            raise ProblemsError(Problem.error(place, "wheel", text, reason=reason))
        return {file.relative_to(written).as_posix(): file.read_bytes() for file in written.rglob("*") if file.is_file()}
