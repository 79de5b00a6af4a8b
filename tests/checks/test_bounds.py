"""The work of a check grows with the length of a text, not with its square: counted in characters that are looked at."""

from __future__ import annotations

import pytest

from jisr.checks import masking
from jisr.core.bidi.control_characters import find_controls
from jisr.markdown import render as rendering
from tests.markdown.case_files import render


@pytest.mark.parametrize("marker", ["- ", "* ", "+ ", "1. ", "١. ", "۱) ", "-\t", "> - "])
def test_a_line_of_list_markers_is_measured_once(marker: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many items begin in one line, each character of it is measured a few times at most."""
    measured: list[int] = []
    measure = masking._indent_width

    def count(text: str, column: int = 0) -> int:
        measured.append(len(text))
        return measure(text, column)

    monkeypatch.setattr(masking, "_indent_width", count)
    line = marker * 500 + "سطر\n"
    masked = masking.mask_body(line)
    assert masked.endswith("سطر\n")
    assert len(masked) == len(line)
    assert sum(measured) <= 3 * len(line)


def test_tabs_count_from_the_beginning_of_their_line() -> None:
    """The indentation that a marker leads to is the same, whether it is measured in one step or in several."""
    line = " \t-\t1.  \t> "
    for step in range(len(line)):
        begun = masking._indent_width(line[:step])
        assert masking._indent_width(line[step:], begun) == masking._indent_width(line) == len(line.expandtabs(4))


def test_controls_are_looked_for_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The place of a control is found in its line, without a count of all lines before it; each is named."""
    asked: list[str] = []

    def find(text: str) -> list[tuple[int, str, str]]:
        asked.append(text)
        return find_controls(text)

    monkeypatch.setattr(rendering, "find_controls", find)
    body = render("سطر\u202e ١\n\n" * 300 + "\x01")
    assert max(map(len, asked)) < 10
    places = [(one.place.line, one.place.column) for one in body.problems]
    assert places == [(5 + 2 * number, 4) for number in range(300)] + [(605, 1)]
