"""A disk that is full is named where it is full: a copy that fails names the file that it read, which has no fault."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from jisr.build.guarded_run import run_with_settings
from jisr.build.options import Options
from jisr.build.pelican_run import Jisr

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)


def problem(error: OSError, folder: Path, check_only: bool = False) -> str:
    """Return what a run says of an error while it wrote."""
    run = SimpleNamespace(check_only=check_only, display_path=lambda path: Path(path).name)
    jisr = SimpleNamespace(path=str(folder / "content"), theme=str(folder / "theme"), run_context=run)
    return str(Jisr._io_problem(jisr, error, folder / "output"))  # type: ignore[arg-type]


@pytest.mark.parametrize("number", FULL)
def test_a_full_disk_is_that_of_the_output(number: int, tmp_path: Path) -> None:
    """Whatever file was copied, what could not be written is the output, or in a check the folder for temporary files."""
    source = str(tmp_path / "content/news/a/film.mp4")
    for error in (OSError(number, os.strerror(number), source), OSError(number, os.strerror(number))):
        assert problem(error, tmp_path).startswith(f'output:1:1: error[output]: "{tmp_path}/output" cannot be written: ')
        place = tempfile.gettempdir()
        assert f'error[output]: "{place}" cannot be written: ' in problem(error, tmp_path, check_only=True)


def test_a_source_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Any other error of a file of the texts is that of this file."""
    source = str(tmp_path / "content/news/a/film.mp4")
    assert problem(OSError(errno.EIO, "Input/output error", source), tmp_path).startswith("film.mp4:1:1: error[file]: ")


@pytest.mark.parametrize("number", FULL)
def test_a_full_disk_is_no_fault_of_the_program(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever a command finds it full, its message says so, and what to do."""
    monkeypatch.chdir(tmp_path)

    def work(_: object) -> int:
        raise OSError(number, os.strerror(number), "a", None, ".cache/texts")

    assert run_with_settings(Options("nowhere.py"), None, work) == 1
    told = capsys.readouterr().err
    assert told.startswith('.cache/texts:1:1: error[file]: ".cache/texts" cannot be written: ')
    assert "Make room there, and run the command again." in told
