"""The handbooks of editors say the same in every language, and nothing that is not so."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from cmarkgfm import markdown_to_html_with_extensions
from cmarkgfm.cmark import Options

from jisr.core.schema.kinds import Kinds
from pelicanconf import LANGUAGES
from tests.test_docs import tasks

ROOT = Path(__file__).resolve().parents[1]
BOOKS = ("CONTRIBUTING", "MOVING", "content/README")
TRANSLATED = tuple(tag for tag in LANGUAGES if tag != "en")
NAMES = {"Poedit", "Weblate", "CC", "Kurd", "Kurmanc", "Fran", "ais", "English"}  # of programs, a licence, languages
ENGLISH = set("the and with from for this that what your you text which who where says begins".split())
LONGEST_LINES = 45
CODE = re.compile(r'`([^`\n]+)`|<code dir="ltr">([^<]+)</code>(?!</pre>)')


def book(name: str, tag: str) -> str:
    """Return a handbook in a language."""
    return (ROOT / f"{name}{'' if tag == 'en' else f'.{tag}'}.md").read_text("utf-8")


def headings(text: str) -> list[int]:
    """Return the depths of the headings."""
    return [len(found) for found in re.findall(r"^(#+) ", text, re.MULTILINE)]


def codes(text: str) -> set[str]:
    """Return what is typed as it is, but for what differs: words of a picture, the language of messages."""
    typed = (html.unescape(first or second) for first, second in CODE.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL)))
    found = (re.sub(r"!\[[^\]]*\]", "![]", one) for one in typed)
    return {re.sub(r"(?<=--say )\w+", "…", one) for one in found}


def as_a_git_host(text: str) -> str:
    """Return a handbook as HTML, as the web page of a git host shows it."""
    shown: str = markdown_to_html_with_extensions(text, Options.CMARK_OPT_UNSAFE, ["table", "tagfilter"])
    return shown


def plain(text: str) -> str:
    """Return the words of a handbook: no code, no addresses."""
    text = re.sub(r"```.*?```|<pre.*?</pre>", "", text, flags=re.DOTALL)
    return re.sub(r"\]\([^)]*\)|<[^>]*>", "", CODE.sub("", text))


@pytest.mark.parametrize("tag", TRANSLATED)
@pytest.mark.parametrize("name", BOOKS)
def test_a_handbook_says_the_same_in_every_language(name: str, tag: str) -> None:
    """It has the headings, the items and rows, the commands and the fields of the English one."""
    english, own = book(name, "en"), book(name, tag)

    assert headings(own) == headings(english)
    for item in (r"^\d\. ", r"^- ", r"^\|"):
        assert len(re.findall(item, own, re.MULTILINE)) == len(re.findall(item, english, re.MULTILINE)), item
    assert codes(own) == codes(english)


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("name", BOOKS)
def test_a_handbook_fits_a_screen_and_links_the_others(name: str, tag: str) -> None:
    """It has at most 45 lines of words, and links itself in every other language on top, in that language."""
    text = book(name, tag)
    (top,) = (line for line in text.splitlines()[:3] if " · " in line)

    assert len([line for line in text.splitlines() if line.strip() and not line.startswith("<!--")]) <= LONGEST_LINES
    assert re.findall(r"\]\((.*?)\)", top) == [
        f"{Path(name).name}{'' if other == 'en' else f'.{other}'}.md" for other in LANGUAGES if other != tag
    ]


@pytest.mark.parametrize("tag", ["ar", "ckb"])
@pytest.mark.parametrize("name", BOOKS)
def test_no_english_is_left_in_arabic_script(name: str, tag: str) -> None:
    """Beyond names, commands and fields, no word is in Latin letters; the whole text runs from right to left."""
    text = book(name, tag)
    shown = as_a_git_host(text)

    assert set(re.findall(r"[A-Za-z]{2,}", plain(text))) - NAMES == set()
    assert text.startswith(f'<div lang="{tag}" dir="rtl">\n\n')
    assert text.endswith("\n\n</div>\n")
    assert shown.count("<div") == 1
    assert headings(text)
    assert shown.count("<h") == len(headings(text))


@pytest.mark.parametrize("tag", ["ar", "ckb"])
@pytest.mark.parametrize("name", BOOKS)
def test_what_is_typed_is_shown_in_its_order(name: str, tag: str) -> None:
    """In a text from right to left, code that does not begin and end with a Latin letter states its own direction."""
    shown = re.sub(r'<pre dir="ltr">.*?</pre>', "", as_a_git_host(book(name, tag)), flags=re.DOTALL)
    bare = re.findall(r"<code>([^<]*)</code>", shown)

    assert bare
    assert [one for one in bare if not re.fullmatch("[A-Za-z](?:.*[A-Za-z])?", one)] == []
    assert "<pre" not in shown
    assert "<img" not in shown


@pytest.mark.parametrize("tag", ["kmr", "fr"])
@pytest.mark.parametrize("name", BOOKS)
def test_no_english_is_left_in_latin_script(name: str, tag: str) -> None:
    """No small word of English stands in a Kurdish or French handbook."""
    assert set(re.findall(r"[^\W\d_]+", plain(book(name, tag)).casefold())) & ENGLISH == set()


@pytest.mark.parametrize("name", BOOKS)
def test_a_handbook_names_what_there_is(name: str) -> None:
    """Each command is a task, each folder a kind, and no kind is left out."""
    text = book(name, "en")
    commands = set(re.findall(r"`inv ([\w-]+)", text))
    folders = set(re.findall(r"`(\w+)/<(?:id|member)>/", text))

    assert commands <= set(tasks())
    assert bool(commands) == (name != "content/README")
    assert folders == ({kind.name for kind in Kinds()} if name == "content/README" else set())


def test_every_host_has_the_form_for_proposals() -> None:
    """What is asked of a proposal is the same on each git host, short, and in every language."""
    paths = (
        ".github/pull_request_template.md",
        ".forgejo/pull_request_template.md",
        ".gitlab/merge_request_templates/Default.md",
    )
    forms = {(ROOT / path).read_text("utf-8") for path in paths}
    (form,) = forms

    assert len(form.splitlines()) < 12
    assert [(ROOT / file).is_file() for file in re.findall(r"CONTRIBUTING[.\w]*md", form)] == [True] * len(LANGUAGES)
