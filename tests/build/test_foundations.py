"""What a build stands on is on its path: Pelican with its signals and writer, Python-Markdown, feedgen, python-slugify."""

from __future__ import annotations

from typing import Any

import pytest
from feedgen.feed import FeedGenerator
from markdown import Markdown
from pelican import Pelican
from pelican.plugins import signals
from pelican.writers import Writer

from jisr.core.i18n import transliteration
from tests.build.conftest import Workplace

SIGNALS = ("initialized", "get_generators", "all_generators_finalized", "finalized")
AUTHOR = "نوور {number} شبكة"


class BrokenError(Exception):
    """What is raised in the place of a call that a build must make."""


def broken(*_: Any, **__: Any) -> None:
    """Raise in the place of a function."""
    raise BrokenError


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (Pelican, "__init__"),
        (Pelican, "init_plugins"),
        (Pelican, "_get_generator_classes"),
        (Writer, "__init__"),
        (Markdown, "convert"),
        (FeedGenerator, "atom_str"),
        (FeedGenerator, "rss_str"),
        (transliteration, "slugify"),
        *((getattr(signals, name), "send") for name in SIGNALS),
    ],
    ids=lambda one: getattr(one, "__name__", getattr(one, "name", str(one))),
)
def test_a_build_cannot_do_without(workplace: Workplace, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
    """A build that writes all pages fails where one of these calls does: it makes each of them."""
    text = workplace.text()
    author = AUTHOR.format(number=id(workplace))  # slugs are remembered as long as a process lives
    text.write_text(text.read_text("utf-8").replace("date:", f"authors: [{author}]\ndate:"), "utf-8")
    workplace.state("PROCESSES = 1")
    monkeypatch.setattr(owner, name, broken)
    done = workplace.command("build")

    assert done.returncode == 1
    assert "BrokenError" in done.stderr
    assert not workplace.output.exists()


def test_signals_of_pelican_come_in_its_order(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin hears of a build what it hears of Pelican's own, in the order of ``Pelican.run``."""
    heard = []
    for name in SIGNALS:
        signal = getattr(signals, name)

        def send(*words: Any, name: str = name, send: Any = signal.send, **more: Any) -> Any:
            heard.append(name)
            return send(*words, **more)

        monkeypatch.setattr(signal, "send", send)
    assert workplace.command("build").returncode == 0
    assert tuple(heard) == SIGNALS


def test_each_body_is_converted_by_python_markdown(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of every version of every text pass ``Markdown.convert``, once."""
    converted: list[str] = []
    convert = Markdown.convert

    def listening(self: Markdown, source: str) -> str:
        converted.append(source.strip())
        return convert(self, source)

    monkeypatch.setattr(Markdown, "convert", listening)
    workplace.state("PROCESSES = 1")
    assert workplace.command("build").returncode == 0
    bodies = [file.read_text("utf-8").split("---\n", 2)[2].strip() for file in workplace.folder.rglob("index.*.md")]
    assert bodies
    assert [converted.count(one) for one in bodies] == [1] * len(bodies)
