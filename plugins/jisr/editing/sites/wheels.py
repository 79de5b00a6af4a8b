"""Wheels of installed packages: what a site keeps in ``vendor/``, so that it is installed by hash and asks no registry.

A wheel is packed from the files that pip recorded when it installed the package, in the order of their names and without
times: the same files give the same bytes. See https://packaging.python.org/en/latest/specifications/binary-distribution-format/.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from zipfile import ZipFile

from jisr.content.write.reproducible_zip import write_zip
from jisr.core.build.resources import PACKAGE
from jisr.core.diagnostics.problems import Problem, SourceLocation

_INSTALLERS_OWN = ("INSTALLER", "RECORD", "REQUESTED", "direct_url.json")  # written by pip: no part of the wheel
_SOURCES = (
    "plugins",
    "themes",
    "translations",
    "LICENSE",
    "README.md",
    "pyproject.toml",
)  # of a checkout: what its wheel is made of


class WheelError(Exception):
    """A package that no wheel can be made of; the text says why."""


def wheel_problem(path: str, error: WheelError) -> Problem:
    """Return the problem of a site that no program can be put into."""
    text = "The wheel that the site would be built with cannot be made: {reason}. Install the program from its wheel."
    return Problem.error(SourceLocation(path), "wheel", text, reason=str(error))


def make_own_wheel() -> tuple[str, bytes]:
    """Return the name and the bytes of the wheel of this program, from a checkout as well. Raises WheelError."""
    checkout = PACKAGE.parents[1]
    return _build(checkout) if (checkout / "pyproject.toml").is_file() else make_wheel("jisr")


def make_wheel(package: str) -> tuple[str, bytes]:
    """Return the name and the bytes of the wheel of an installed package. Raises WheelError where there is none."""
    try:
        return _pack(distribution(package))
    except PackageNotFoundError:
        raise WheelError(f"{package} is not installed") from None


def _build(checkout: Path) -> tuple[str, bytes]:
    """Return the wheel of a checkout, built of a copy by its own rules, with the setuptools of this environment."""
    with tempfile.TemporaryDirectory() as folder:
        copy, wheels = Path(folder, "copy"), Path(folder, "wheels")
        for one in _SOURCES:
            if (checkout / one).is_dir():
                shutil.copytree(checkout / one, copy / one, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(checkout / one, copy / one)
        command = [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--no-deps",
            "--no-build-isolation",
            "-q",
            "-w",
            str(wheels),
            str(copy),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (of this environment, on a copy)
        if done.returncode:
            raise WheelError((done.stderr.strip().splitlines() or ["pip built nothing"])[-1])
        (wheel,) = wheels.iterdir()
        return wheel.name, _repack(wheel.read_bytes())


def _repack(wheel: bytes) -> bytes:
    """Return a wheel with the same files, without the times of its build."""
    with ZipFile(io.BytesIO(wheel)) as packed:
        return _zip({name: packed.read(name) for name in packed.namelist() if not name.endswith("/")})


def _pack(installed: Distribution) -> tuple[str, bytes]:
    """Return the wheel of a package from its recorded files."""
    recorded = installed.files or ()
    information = next((one.parent for one in recorded if one.name == "WHEEL"), None)
    if information is None:
        raise WheelError(f"{installed.metadata['Name']} was not installed from a wheel")
    files = {}
    for one in recorded:
        path = one.as_posix()
        own = one.parent == information and one.name in _INSTALLERS_OWN
        if not own and "__pycache__" not in one.parts and ".." not in one.parts:  # what lies outside is made by pip: scripts
            files[path] = Path(one.locate()).read_bytes()
    files[f"{information}/RECORD"] = _record(files, f"{information}/RECORD")
    tags = [
        line.split(":", 1)[1].strip() for line in (installed.read_text("WHEEL") or "").splitlines() if line.startswith("Tag:")
    ]
    if any(not tag.endswith("-none-any") for tag in tags):
        raise WheelError(f"{installed.metadata['Name']} has parts for this machine alone")
    pythons = ".".join(sorted({tag.split("-")[0] for tag in tags}))
    return f"{information.name.removesuffix('.dist-info')}-{pythons}-none-any.whl", _zip(files)


def _record(files: dict[str, bytes], own: str) -> bytes:
    """Return the list of the files with their digests, which is no part of itself."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for path in sorted(files):
        digest = base64.urlsafe_b64encode(hashlib.sha256(files[path]).digest()).rstrip(b"=").decode()
        writer.writerow((path, f"sha256={digest}", len(files[path])))
    writer.writerow((own, "", ""))
    return text.getvalue().encode()


def _zip(files: dict[str, bytes]) -> bytes:
    """Return files as a ZIP file; those about the package come last, as the format recommends."""
    packed = io.BytesIO()
    write_zip(packed, ((path, files[path]) for path in sorted(files, key=lambda one: (".dist-info/" in one, one))))
    return packed.getvalue()
