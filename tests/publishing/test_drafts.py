"""What readers must not see yet, and pages that are no valid HTML, stop a publishing."""

from __future__ import annotations

from pathlib import Path

import pytest

from jisr.publishing.checks.html_validity import check_html, find_checker
from tests.conftest import lacking
from tests.publishing.conftest import Office

EMBARGOED = """---
title: بيان عن السدود
date: 2027-01-05
---

تطالب الشبكة بوقف بناء السد الجديد على نهر دجلة قبل أن يُسمع رأي سكان القرى التي سيغمرها الماء، وبنشر كل الدراسات.
"""
SPOILT = "<!doctype html><html lang=ckb dir=rtl><title>ئاو</title><p><ul><li>یەک<li>دوو</ul></p><b>"


def test_no_word_of_a_draft_is_published(office: Office) -> None:
    """A text under embargo is not published; if another file has a line of it, in any markup, nothing is published."""
    draft = office.place.folder / "content/statements/2027-dams/index.ar.md"
    draft.parent.mkdir()
    draft.write_text(EMBARGOED, "utf-8")
    office.done("publish")
    assert not list(office.served.rglob("*2027-dams*"))

    footer = office.place.own_theme() / "components" / "footer.html"
    leak = EMBARGOED.split("---")[2].strip().replace("السد الجديد", "<b>السد</b> الجديد")
    footer.write_text(footer.read_text("utf-8").replace("</footer>", f"<p>{leak}</p></footer>"), "utf-8")
    told = office.refused("publish")
    assert 'output/ar/index.html:1:1: error[published-draft]: "content/statements/2027-dams/index.ar.md" is a draft' in told

    draft.write_text(EMBARGOED.replace("2027-01-05", "2026-11-05"), "utf-8")
    office.done("publish")


@pytest.mark.process  # the checker is a program
def test_a_page_that_is_no_html_is_told(tmp_path: Path) -> None:
    """The messages of the checker have path, line and column; files of bundles and an onion address are not checked."""
    command = find_checker()
    if not command:
        lacking("The Nu HTML checker or Java")
    (tmp_path / "ckb").mkdir()
    (tmp_path / "ckb/index.html").write_text(SPOILT, "utf-8")
    (tmp_path / "ckb/programme.html").write_text(SPOILT, "utf-8")
    onion = (
        '<!doctype html><html lang=ar dir=rtl><title>ماء</title><meta http-equiv="onion-location" content="http://x.onion/">'
    )
    (tmp_path / "index.html").write_text(onion, "utf-8")
    told = [str(one) for one in check_html(tmp_path, command)]
    assert told
    assert all(one.startswith("ckb/index.html:1:") and "error[page-html]" in one for one in told), told


@pytest.mark.process  # a program is what fails
def test_a_checker_that_fails_is_told(tmp_path: Path) -> None:
    """A checker that cannot be run is a warning: publishing does not wait for a program that is not ours."""
    for command in (["no-such-checker"], ["true"]):
        (told,) = check_html(tmp_path, command)
        assert str(told).startswith("index.html:1:1: warning[page-html]")
