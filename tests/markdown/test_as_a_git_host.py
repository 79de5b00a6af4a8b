"""Lists and their content, compared with the library that a large git host previews with."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from cmarkgfm import markdown_to_html_with_extensions
from cmarkgfm.cmark import Options
from selectolax.lexbor import LexborHTMLParser, LexborNode

from jisr.markdown.blocks.block_parser import BodyParser
from tests.markdown.case_files import read_cases, render

_OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
_PIECES = ["- ", "* ", "+ ", "1. ", "2. ", "3) ", "1) ", "10. ", "-", "1.", "> ", ">", "  ", "    ", "   ", " ", "      "]
_PIECES += ["a", "b c", "سطر", "\n", "\n", "\n\n", "```\n", "# ", "===", "- - ", "-\n", "1.\n"]
_WORDS = ["*", "**", "_", "__", "`", "``", "[", "]", "(", "!", "](x)", "](</y z>)", "a", "b", " ", "\n", "\\", "&amp;", "&lt;"]
_WORDS += ["<irc://x.y>", "(t)", "[a]", "***", "،", ".", ' "t")', "  \n"]

SHAPES = [
    "a\n- b",
    "a\n1. b",
    "a\n2. b",
    "a\n-\nb",
    "a\n\n2. b\n3. c",
    "- a\n\n- b",
    "- a\n- b\n\n- c",
    "- a\n\n  b\n- c",
    "- a\n  - b\n\n  - c\n- d",
    "- a\n    - b\n        - c",
    "- a\n   - b\n     - c\n- d",
    "1. a\n   - b",
    "1. a\n    - b",
    "10. a\n    - b\n- c",
    "0. a\n1. b",
    "007. a",
    "3. a\n1. b\n7. c",
    "1. a\n1) b",
    "- a\n* b\n+ c",
    "-a\n1.a",
    "- ```\n  code\n\n  code\n  ```\n- b",
    "- > a\n  > b\n\n  c",
    "-     code\n\n  a",
    "- \n  a\n-\n\n  b",
    "- # a\n- b\n  ===\n- ---",
    "> - a\n> b\n\n- c",
    "* * *\n- * a",
    "- 1. - 2. a",
    "- a\n\n\n\n- b\n\n      code",
    "1. a\n\n   b\n\n2. c\n   lazy\nlazier",
    "- [x](y)\n- *a*\n  **b**",
]


ADDRESSES = [
    "see (https://a.org/x_(y)) and",
    "http://localhost:8000/a?b=c&d=e#f.",
    "https://a.org/~x/*b*, *https://a.org/a_b_c*",
    "https://a.org/a; https://a.org/&copy; https://a.org/'x'.",
    "ftp://a.org! mailto:a@b.org? xhttps://a.org",
    "a+b@c.org, a.b-c_d@a.be. a@b",
    "**www.a.org/b** *www.a.org* (www.a.org)",
    "`https://a.org` [b](https://a.org) <https://a.org>",
    "HTTPS://A.ORG/ 100@200 https:// javascript://a.org",
    "- www.a.org\n\n## https://a.org\n\n> a@b.org",
]


def _structure(html: str) -> str:
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", "".join(_walk(LexborHTMLParser(html, is_fragment=True).root)))


def _walk(node: LexborNode | None) -> Iterator[str]:
    """Return the elements of a tree, with what a list begins with, and its words."""
    child = node.child if node else None
    while child is not None:
        if child.tag == "-text":
            yield re.sub(r"\s+", " ", child.text(deep=False))
        elif child.tag in ("bdi", "bdo"):  # a git host leaves the order of mixed words to the reader's luck
            yield from _walk(child)
        else:
            tag = {"h1": "h2"}.get(child.tag or "", child.tag)  # the title of the page is its h1
            yield f"<{tag} {(child.attributes or {}).get('start')}>"
            yield from _walk(child)
            yield f"</{tag}>"
        child = child.next


def _previewed(markdown: str) -> str:
    return _structure(markdown_to_html_with_extensions(markdown, options=_OPTIONS, extensions=["table", "autolink"]))


def _uncut(structure: str) -> str:
    """Return a structure with emphasis in one piece that isolation cut in two."""
    return re.sub(r"</(em|strong)><\1 None>", "", structure)


def _without_sublists_by_indent(markdown: str) -> str:
    """Return the structure where items below a number nest by the rule of a git host alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BodyParser, "_begins_sublist", lambda *_: False)
        return _structure(render(markdown).html)


@pytest.mark.parametrize("number", ["1.", "9)", "10.", " 99.", "> ١٠.", "۹."])
@pytest.mark.parametrize("indent", ["  ", "   ", "    "])
@pytest.mark.parametrize("below", ["-", "*", "1.", "١."])
def test_items_nest_by_two_to_four_spaces(number: str, indent: str, below: str) -> None:
    """Below a number of one or two digits, items that are indented by two to four spaces are its own."""
    lead = number.removesuffix(number.lstrip("> "))
    markdown = f"{number} first\n{lead}{indent}{below} b\n{lead}{indent}{below} c\n{number} last"
    tree = LexborHTMLParser(render(markdown, "en").html)

    assert len(tree.css(":is(body, blockquote) > ol > li")) == 2
    assert [item.text().strip() for item in tree.css("ol > li:first-child > :is(ul, ol) > li")] == ["b", "c"]


@pytest.mark.parametrize("markdown", SHAPES)
def test_shape(markdown: str) -> None:
    """A list is the list that a git host shows."""
    assert _structure(render(markdown).html) == _previewed(markdown)


@pytest.mark.parametrize("markdown", ADDRESSES)
def test_address(markdown: str) -> None:
    """An address typed as such is a link where a git host makes one, with the same words."""
    assert _structure(render(markdown).html) == _previewed(markdown)


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
@pytest.mark.parametrize("markdown", [shape for shape in SHAPES if re.search(r"\d[.)]", shape)])
def test_shape_in_other_digits(markdown: str, digits: str) -> None:
    """A number in Arabic-Indic or Persian digits begins what it would in others."""
    other = re.sub(r"\d(?=\d*[.)])", lambda found: digits[int(found[0])], markdown)

    assert _structure(render(other).html).translate({ord(d): str(n) for n, d in enumerate(digits)}) == _previewed(markdown)


@pytest.mark.parametrize("case", read_cases("lists.txt"), ids=str)
def test_case_in_ascii_digits(case: object) -> None:
    """The cases of lists hold for a git host too, once their numbers are in ASCII digits."""
    markdown = case.markdown.translate({ord("\u200f"): None})  # type: ignore[attr-defined]
    if re.search(r"^[٠-٩۰-۹]", markdown, re.M):
        pytest.skip("a git host does not know these digits")

    assert _structure(render(markdown).html) == _previewed(markdown)


@pytest.mark.parametrize("seed", range(20))
def test_shapes_from_a_seed(seed: int) -> None:
    """Whatever lists, quotes, code and headings are mixed, a git host shows them the same."""
    choose = random.Random(seed)
    for _ in range(60):
        markdown = "".join(choose.choice(_PIECES) for _ in range(choose.randint(2, 14)))

        if _structure(render(markdown).html) != _previewed(markdown):
            assert _without_sublists_by_indent(markdown) == _previewed(markdown), markdown


@pytest.mark.parametrize("seed", range(10))
def test_words_from_a_seed(seed: int) -> None:
    """Whatever marks are mixed, a git host shows the same emphasis, code and links."""
    choose = random.Random(seed)
    for _ in range(60):
        markdown = "".join(choose.choice(_WORDS) for _ in range(choose.randint(2, 14)))
        ours, theirs = (_uncut(structure) for structure in (_structure(render(markdown).html), _previewed(markdown)))
        if "<strong None><strong None>" in ours or "](\n" in markdown:
            continue  # it joins doubled emphasis, and lets an address end in an open bracket

        assert ours == theirs, markdown
