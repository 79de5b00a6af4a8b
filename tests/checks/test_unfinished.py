"""What a translation lacks is told once it is no draft, and nothing that only looks so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jisr.checks.lint import lint_file
from jisr.core.translation.blocks import format_pin, version_blocks
from tests.checks.case_files import TITLES, lint_context, masked_file, whole

CASES = (Path(__file__).parent / "cases" / "unfinished.txt").read_text("utf-8").split("\n=== ")[1:]
CONTEXT = lint_context()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.partition(" |")[0])
def test_what_a_translation_lacks_is_told_at_its_place(case: str) -> None:
    """A part without counterpart, an empty cell and a title of the original are a warning each, at the line where to write."""
    head, *parts = re.split(r"\n--- (?:translation|found)\n?", f"{case}\n")
    (name, _, body), found = head.partition("\n"), parts[1].split("\n")
    source, target = name.rpartition("| ")[2].split()
    pinned = re.sub(r"\{pin of ([^}]*)\}", lambda words: format_pin(version_blocks(TITLES[source], "", words[1])), parts[0])
    page = masked_file(whole(f"{pinned}\n", target), target)
    findings = lint_file(page, CONTEXT, masked_file(whole(body, source), source))

    told = [f'{page.file.place_at(one.offset).line} "{one.values["value"]}"' for one in findings if one.code == "unfinished"]
    assert told == [line for line in found if line]
    assert all("status: draft." in one.text.format(**one.values) for one in findings if one.code == "unfinished")
