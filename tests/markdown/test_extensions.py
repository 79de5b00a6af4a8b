"""Extensions of Python-Markdown that a site names run beside our parser, as far as they can."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from jisr.core.model.body import Body, MarkdownSource
from jisr.markdown.extensions import body_renderer, is_foreign, remap_lines, usable_extensions
from jisr.markdown.source_map import build_source_map
from tests.markdown.case_files import LANGUAGES

STATEMENT = "## الماء\n\n1. لا سدود.\n2. [رابط](../2012/)\n\n[^x] ناقص\n"


class Head(Preprocessor):
    """Adds lines before the text and after it."""

    def run(self, lines: list[str]) -> list[str]:
        return ["Before *all*.", "", *(line.replace("WATER", "**ئاو**") for line in lines), "", "After all."]


class Classes(Treeprocessor):
    """Gives every item a class."""

    def run(self, root: Element) -> None:
        for item in root.iter("li"):
            item.set("class", "demand")


class Signature(Postprocessor):
    """Adds HTML at the end."""

    def run(self, text: str) -> str:
        return f'{text}\n<p id="signed">✓</p>'


class Aside(Preprocessor):
    """Puts HTML aside, as extensions do with what must not be read as Markdown."""

    def run(self, lines: list[str]) -> list[str]:
        return [self.md.htmlStash.store("<aside>*</aside>") if line == "ASIDE" else line for line in lines]


class Network(Extension):
    """An extension of a site, with some processors."""

    def __init__(self, *parts: tuple[str, type[Any]]) -> None:
        super().__init__()
        self.parts = parts

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        for registry, part in self.parts:
            getattr(md, registry).register(part(md), part.__name__, 15)


def body(text: str, *extensions: Extension | str, kind: str = "statements", **configs: Any) -> Body:
    """Return a body that was rendered with extensions."""
    settings = {"MARKDOWN": {"extensions": list(extensions), "extension_configs": configs}}
    return body_renderer(settings)(MarkdownSource(text, LANGUAGES["ckb"], kind, "index.ckb.md", 5))


def errors(setting: object) -> list[str]:
    """Return what is wrong with a setting."""
    found: list[str] = []
    usable_extensions(setting, lambda text, **values: found.append(text.format(**values)))
    return found


def test_lines_of_a_preprocessor_are_read() -> None:
    """What a preprocessor writes is Markdown; problems name the line and column of the file, also after lines that it added."""
    made = body('WATER\n\n[^x] ناقص\n\n<b onclick="x">a</b>\n', Network(("preprocessors", Head)))

    assert "<em>all</em>" in made.html
    assert "<strong>ئاو</strong>" in made.html
    assert made.html.index("all</em>") < made.html.index("ئاو") < made.html.index("After all.")
    assert [(one.place.line, one.place.column, one.code) for one in made.problems] == [(7, 1, "footnote"), (9, 4, "script")]
    assert made.part_lines[1] == 5


def test_a_tree_processor_changes_the_tree() -> None:
    """Pages and the list of resolutions show what a tree processor did; anchors and links are as ever."""
    plain, made = body(STATEMENT), body(STATEMENT, Network(("treeprocessors", Classes)))

    assert made.html.count('class="demand"') == 2
    assert [one.anchor for one in made.resolutions] == [one.anchor for one in plain.resolutions] == ["r1", "r2"]
    assert made.references == plain.references
    assert made.anchors == plain.anchors
    assert made.html.replace(' class="demand"', "") == plain.html


def test_a_postprocessor_changes_the_html() -> None:
    """What a postprocessor adds is on the page."""
    assert body("ئاو", Network(("postprocessors", Signature))).html.endswith('<p id="signed">✓</p>')


def test_html_that_is_put_aside_comes_back() -> None:
    """Where an extension keeps HTML away from the parser, the page has it in its place."""
    html = body("یەک\n\nASIDE\n\nدوو\n", Network(("preprocessors", Aside))).html

    assert "<aside>*</aside>" in html
    assert html.index("یەک") < html.index("<aside>") < html.index("دوو")


def test_extensions_of_python_markdown_run() -> None:
    """By name, with a configuration, or by a configuration alone, as in Pelican."""
    text = "[TOC]\n\n## Water\n\n## Air\n"

    assert '<div class="toc">' in body(text, "markdown.extensions.toc", kind="news").html
    assert '<span class="toctitle">Content</span>' in body(text, kind="news", toc={"title": "Content"}).html
    assert "[TOC]" in body(text, kind="news").html


def test_without_extensions_nothing_is_different() -> None:
    """A site that states none has the renderer itself, and pays nothing."""
    from jisr.markdown.render import render_body

    assert body_renderer({}) is render_body
    assert body_renderer({"MARKDOWN": {"extensions": ["markdown.extensions.tables"]}}) is render_body


@pytest.mark.parametrize(
    ("name", "processor"),
    [("tables", "TableProcessor"), ("nl2br", "SubstituteTagInlineProcessor"), ("extra", "FootnoteBlockProcessor")],
)
def test_what_reads_blocks_or_words_is_an_error_that_names_it(name: str, processor: str) -> None:
    """A block or inline processor would read Markdown in the place of our parser: the extension is refused by its name."""
    (error,) = errors({"extensions": [f"markdown.extensions.{name}"]})

    assert f'"markdown.extensions.{name}"' in error
    assert processor in error


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("toc", "does not describe extensions"),
        ({"extensions": "toc"}, "does not describe extensions"),
        ({"extensions": [3]}, "does not describe extensions"),
        ({"extension_configs": ["toc"]}, "does not describe extensions"),
        ({"extensions": ["network.nothing"]}, "ModuleNotFoundError"),
        ({"extensions": ["markdown.util"]}, "AttributeError"),
        ({"extension_configs": {"toc": {"colour": "red"}}}, "KeyError"),
    ],
)
def test_a_setting_that_cannot_be_used_is_an_error(setting: object, words: str) -> None:
    """What names no extension is said, and bodies are rendered without it."""
    (error,) = errors(setting)
    assert words in error
    assert body_renderer({"MARKDOWN": setting})(MarkdownSource("a", LANGUAGES["en"], "news", "a.md")).html == "<p>a</p>"


def test_foreign_extensions_are_known() -> None:
    """An object, a module of a site and a function in a configuration are code that no version of a package tells of."""
    assert not is_foreign({"extensions": ["toc"], "extension_configs": {"markdown.extensions.meta": {}}})
    assert is_foreign({"extensions": [Network()]})
    assert is_foreign({"extensions": ["network.signs"]})
    assert is_foreign({"extension_configs": {"toc": {"slugify": str}}})


def test_each_line_knows_where_it_comes_from() -> None:
    """Unchanged lines keep number and column, changed ones their number, new ones that of the line before them or after."""
    source = MarkdownSource("یەک\nدوو\nسێ", LANGUAGES["ckb"], "news", "a.md", 10)
    lines = remap_lines(build_source_map(source), ("new", "یەک", "two", "سێ", "last"))

    assert [(lines.location_at(number, 2).line, lines.location_at(number, 2).column) for number in range(5)] == [
        (10, 1),
        (10, 3),
        (11, 1),
        (12, 3),
        (12, 1),
    ]
