"""A small drawing that is endless, by parts that use each other, is refused; drawings as programs write them are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.content.attachments.test_attachment_checks import DRAWING, found

HEAVY = Path(__file__).with_name("heavy-drawings.txt").read_text("utf-8").splitlines()
LIGHT = Path(__file__).with_name("light-drawings.txt").read_text("utf-8").splitlines()


def written(pattern: str) -> str:
    """Return a drawing with its repeated parts written out: ``{3:x}`` is x three times, ``{0-2:{0}{1}}`` with numbers."""
    numbered = re.sub(
        r"\{(\d+)-(\d+):(.*?/>)\}",
        lambda match: "".join(
            match[3].replace("{0}", str(number)).replace("{1}", str(number + 1))
            for number in range(int(match[1]), int(match[2]))
        ),
        pattern,
    )
    return re.sub(r"\{(\d+):([^{}]*)\}", lambda match: match[2] * int(match[1]), numbered)


@pytest.mark.parametrize("pattern", HEAVY)
def test_a_drawing_that_multiplies_is_an_error(tmp_path: Path, pattern: str) -> None:
    """Whatever repeats what repeats something is refused at its line: uses, patterns, markers, masks, filters, styles."""
    (line,) = found(tmp_path, "a.svg", (DRAWING % written(pattern)).encode())
    assert re.fullmatch(r'[12]:1: error\[file\]: "<\w+>" is drawn so many times over, .*', line)


@pytest.mark.parametrize("pattern", LIGHT)
def test_a_drawing_of_a_program_is_light(tmp_path: Path, pattern: str) -> None:
    """Letters that are used again, shades, blurred parts, arrows, hatching, and thousands of plain parts are no danger."""
    assert found(tmp_path, "a.svg", (DRAWING % written(pattern)).encode()) == []
