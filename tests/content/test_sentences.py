"""Everything that the tools tell is there in five languages, whole."""

from __future__ import annotations

import ast
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from jisr.content.catalogs.extraction import PLURALS, extract_problems, plural_messages

ROOT = Path(__file__).resolve().parents[2]
TRANSLATED = ("ar", "ckb", "kmr", "fr")
NAMES = {
    "SPIP",
    "Pelican",
    "YAML",
    "UTF",
    "CLDR",
    "HTML",
    "Markdown",
    "Python",
}  # of formats and programs, which no language translates
GAP = re.compile(r"\{\{|\}\}|\{[a-z_]+:?\}")


def kept(name: str) -> Catalog:
    """Read a catalogue below translations/."""
    return read_po(io.BytesIO((ROOT / "translations" / name).read_bytes()), abort_invalid=True)


def messages(tag: str) -> list[Message]:
    """Return the messages of a language."""
    return [message for message in kept(f"{tag}/LC_MESSAGES/problems.po") if message.id]


def forms(message: Message) -> tuple[str, ...]:
    """Return what stands for a message, in all its plural forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def stated(message: Message) -> str:
    """Return a message as the code states it."""
    return message.id if isinstance(message.id, str) else message.id[0]


def test_the_template_holds_what_the_code_says() -> None:
    """problems.pot has every message, no more and no less: inv messages brings it up to date."""
    assert {str(one.id) for one in extract_problems(ROOT)} == {str(one.id) for one in kept("problems.pot")}


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_message_is_translated(tag: str) -> None:
    """None is missing, none is fuzzy, and a plural has all forms of the language."""
    count = int(PLURALS[tag].removeprefix("nplurals=")[0])
    found = messages(tag)

    assert {str(one.id) for one in found} == {str(one.id) for one in kept("problems.pot") if one.id}
    assert [one.id for one in found if one.fuzzy or not all(forms(one))] == []
    assert [one.id for one in found if len(forms(one)) != (1 if isinstance(one.id, str) else count)] == []


def test_what_counts_has_a_singular_in_english() -> None:
    """The code states the plural; the English catalogue has both, whole, and nothing that needs no forms."""
    found = messages("en")

    assert {str(one.id) for one in found} == {str(one.id) for one in plural_messages(kept("problems.pot")) if one.id}
    assert [one.id for one in found if one.fuzzy or len(forms(one)) != 2 or forms(one)[1] != stated(one)] == []
    assert [one.id for one in found if GAP.findall(forms(one)[0]) != GAP.findall(stated(one))] == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_translation_has_the_gaps_of_its_message(tag: str) -> None:
    """A value that a translation loses is not told, one that it invents is a traceback; words may stand for a count."""
    found = [(one, form) for one in messages(tag) for form in forms(one)]
    free = {"{{", "}}", "{count}"}

    assert [form for one, form in found if (set(GAP.findall(form)) ^ set(GAP.findall(stated(one)))) - free] == []
    without_fences = [form.replace("```", "") for _, form in found]
    assert [form for form in without_fences if form.count("`") % 2] == []
    for passage in (passage for form in without_fences for passage in form.split("`")):
        passage.format_map(defaultdict(str))


@pytest.mark.parametrize("tag", ["ar", "ckb"])
def test_no_english_is_left_in_arabic_script(tag: str) -> None:
    """Latin letters stand in gaps and in code alone, but for a few names."""
    left = {
        word
        for one in messages(tag)
        for form in forms(one)
        for word in re.findall(r"[A-Za-z]+", re.sub(r"`[^`]*`|\{[a-z_]+:?\}|\"UTF-8\"", "", form))
    }

    assert left - NAMES == set()


@pytest.mark.parametrize("tag", ["ar", "ckb"])
def test_code_in_a_translation_is_that_of_its_message(tag: str) -> None:
    """No English hides between backticks: what stands there stands in the message, or is a command, a language or a key."""
    left = {
        word
        for one in messages(tag)
        for form in forms(one)
        for passage in re.findall(r"`([^`]*)`", form)
        if not passage.startswith("inv ")
        for word in re.findall(r"[A-Za-z]+", re.sub(r"\{[a-z_]+:?\}", "", passage))
        if word not in re.findall(r"[A-Za-z]+", stated(one))
    }

    assert left - {tag, "Tab"} == set()


@pytest.mark.parametrize("tag", ["ar", "ckb"])
def test_no_english_is_left_on_pages_in_arabic_script(tag: str) -> None:
    """The words of the interface have Latin letters in gaps and markup alone."""
    shown = [form for one in kept(f"{tag}/LC_MESSAGES/messages.po") if one.id for form in forms(one)]

    assert len(shown) > 200
    assert [form for form in shown if re.search("[A-Za-z]", re.sub(r"%\([a-z_]+\)[sd]|\{[a-z]+\}|<[^>]*>", "", form))] == []


def told(tree: ast.AST) -> Iterator[ast.expr]:
    """Return what fills the gaps of messages, and what is printed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name == "phrase" or name.endswith((".error", ".warning")):
                yield from (one.value for one in node.keywords)
            elif name == "print":
                yield from node.args


def spelled(node: ast.AST) -> Iterator[str]:
    """Return the strings of an expression that are no phrase; a gap is a figure."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "phrase":
        return
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(one.value) if isinstance(one, ast.Constant) else "7" for one in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from spelled(child)


def test_what_fills_a_gap_is_no_english() -> None:
    """Words that fill the gap of a message, or are printed, are phrases: else no language could tell them."""
    files = [file for file in sorted((ROOT / "plugins").rglob("*.py")) if file.parent.name != "bench"]
    values = [(file, one) for file in files for one in told(ast.parse(file.read_text("utf-8")))]
    english = re.compile(r"[A-Za-z]{3,} (?:7 )?[A-Za-z]{3,}")

    assert len(values) > 500
    assert [(file.name, said) for file, one in values for said in spelled(one) if english.search(said)] == []


@pytest.mark.parametrize("tag", ["kmr", "fr"])
def test_no_message_is_left_in_english(tag: str) -> None:
    """A sentence is the same in two languages only where it is code."""
    assert [one.id for one in messages(tag) if stated(one) in forms(one) and re.search(r"[a-z]{3} [a-z]{3}", stated(one))] == []


def test_no_french_preposition_stands_before_an_owner() -> None:
    """An owner may be "un dossier du site": what would be joined to its article (de un, à le) does not stand before it."""
    found = [form for one in messages("fr") for form in forms(one) if re.search(r"\b(?:de|à|que) \{owner\}", form)]

    assert found == []
