"""An editor chooses the language of messages: for a command, for a terminal, or for everyone in the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from jisr.build.console.message_languages import create_formatter
from jisr.build.options import Options
from jisr.cli.commands import check
from jisr.core.diagnostics.problems import SourceLocation, phrase

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "tests" / "sites" / "broken" / "date-in-translation"
ARABIC = "ليس تاريخاً"
SORANI = "بەروار نییە"


def said(capsys: pytest.CaptureFixture[str], tmp_path: Path, say: str | None = None, setting: str = "") -> tuple[int, str]:
    """Check a site with a wrong date; give the exit code and what was said."""
    file = tmp_path / "network.py"
    file.write_text(f"from tests.sites.settings import *\n{setting}\n", "utf-8")
    code = check(Options(settings=str(file), content=str(CASE / "content"), output=str(tmp_path / "output"), say=say))
    return code, capsys.readouterr().err


def test_a_language_is_chosen_by_option_then_environment_then_setting(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is nearer counts; the setting serves those who have no shell, annotations included."""
    monkeypatch.delenv("MESSAGES_LANG", raising=False)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    code, by_setting = said(capsys, tmp_path, setting='MESSAGES_LANG = "ar"')
    assert code == 1
    assert by_setting.count(ARABIC) == 2
    assert "::error file=" in by_setting
    monkeypatch.setenv("MESSAGES_LANG", "ckb")
    assert SORANI in said(capsys, tmp_path, setting='MESSAGES_LANG = "ar"')[1]
    assert "is not a date" in said(capsys, tmp_path, say="en", setting='MESSAGES_LANG = "ar"')[1]


@pytest.mark.parametrize(("tag", "hint"), [("xx", ""), ("ku", "Kurdish is ckb (Sorani) or kmr (Kurmanji). ")])
def test_a_language_without_messages_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path, tag: str, hint: str) -> None:
    """Nobody guesses why messages come in another language."""
    text = f'error[language]: "{tag}" is not a language that messages are told in. {hint}Choose one of: en, ar, ckb, fr, kmr.\n'
    assert said(capsys, tmp_path, say=tag) == (1, f"--say:1:1: {text}")
    code, by_setting = said(capsys, tmp_path, setting=f'MESSAGES_LANG = "{tag}"')
    assert (code, by_setting.endswith(text)) == (1, True)


@pytest.mark.parametrize(("count", "words"), [(0, "0 new posts"), (1, "1 new post"), (2, "2 new posts")])
def test_english_counts_one_as_one(count: int, words: str) -> None:
    """The code states the plural, and the English catalogue the singular."""
    posts = phrase("{count} new posts", count=count)
    english = create_formatter("en", SourceLocation("test"))

    assert english.format(posts) == words
    assert english.format(phrase("In {folder}: {posts}.", folder="x", posts=posts)) == f"In x: {words}."
