import random

import pytest
from selectolax.lexbor import LexborHTMLParser

from jisr.core.bidi.control_characters import find_controls
from jisr.core.model.body import resolve_references
from tests.markdown.case_files import LANGUAGES, render

_PIECES = [
    "<",
    ">",
    "/",
    "script",
    "<script>",
    "</script>",
    "<svg>",
    "<math>",
    "<img ",
    "onerror=",
    "x",
    '"',
    "'",
    "`",
    "=",
    " ",
]
_PIECES += [
    "<a ",
    "href=",
    "javascript:",
    "alert(1)",
    "&#x6A;",
    "\n",
    "\n\n",
    "<div ",
    "<!--",
    "-->",
    "--!>",
    "<![CDATA[",
    "]]>",
]
_PIECES += [
    "](",
    "[",
    ")",
    "{: ",
    "}",
    "style",
    "<p ",
    "<table>",
    "<td>",
    "<title>",
    "</title>",
    "<style>",
    "</p>",
    "title=",
    "\t",
]


@pytest.mark.parametrize("seed", range(20))
def test_nothing_runs(seed: int) -> None:
    """Whatever is typed, what is written holds no program: that does not rest on the messages."""
    choose = random.Random(seed)
    for _ in range(100):
        markdown = "".join(choose.choice(_PIECES) for _ in range(choose.randint(3, 20)))
        parser = LexborHTMLParser(render(markdown).html)
        for node in parser.css("*"):
            assert node.tag not in {"script", "style", "iframe", "object", "embed", "base", "meta", "link", "form"} or (
                node.parent is not None and node.parent.tag in {"html", "head"}
            ), markdown
            for name, value in node.attributes.items():
                assert not name.startswith("on"), markdown
                assert name != "style", markdown
                assert not (value or "").strip().lower().startswith("javascript:") or name not in ("href", "src"), markdown


@pytest.mark.parametrize("language", LANGUAGES.tags)
def test_plain(language: str) -> None:
    """The first paragraph is there as plain words, without the marks of notes."""
    body = render("# عنوان\n\n- بند\n\nنص **مهم**\nو[رابط](../x/)[^1] & <b>آخر</b>.\n\nثان\n\n[^1]: حاشية", language)

    assert body.first_paragraph == "نص مهم ورابط & آخر."


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("[IMG_7.JPG](https://b.example/i.jpg)\n\nاجتمعنا أمس.", "اجتمعنا أمس."),
        ("[قارب](https://b.example/q.webp?w=9)\\\n[dengbêj.mp3](https://b.example/d.mp3)\n\n***\n\nPaşê çûn.", "Paşê çûn."),
        ("![](b.jpg)\n\n٢٠٢٦\n\n> وتەیەک\n\nدەق", "دەق"),
        ("[youtube.com](https://www.youtube.com/watch?v=1)\n\n- Premier point\n- Second", "Premier point"),
        ("[رسم الطفلة](https://b.example/r.png)", "رسم الطفلة"),
        ("[r.png](https://b.example/r.png)", ""),
        ("[Report](https://b.example/r) of the year", "Report of the year"),
    ],
)
def test_a_first_paragraph_is_words(markdown: str, expected: str) -> None:
    """Neither the name of a file or host nor the caption of a picture is the first paragraph where there are other words."""
    assert render(markdown).first_paragraph == expected


def test_resolutions_hold_what_their_items_hold() -> None:
    """A resolution is the whole HTML of its item, with its links still references."""
    body = render("نطالب:\n\n1. *أولا* [هنا](../x/)\n2. ثانيا\n   - فرع", kind="statements")

    assert body.resolutions[0].html == '<em>أولا</em> <a href="jisr-ref:0">هنا</a>'
    assert body.resolutions[1].html == "ثانيا\n<ul>\n<li>فرع</li>\n</ul>"


def test_resolutions_beside_tags() -> None:
    """Tags elsewhere in a text leave its resolutions as they are."""
    body = render("<div>x</div>\n\n1. أولا <b>غامق\n2. ثانيا", kind="statements")

    assert [one.html for one in body.resolutions] == ["أولا <b>غامق</b>", "ثانيا"]


def test_references_are_linked_up() -> None:
    """Each reference stands in the HTML where ``resolve_references`` finds it, in a tag of the author's too."""
    body = render('[a](../x/ "t") <a class="b" href="../y/">c</a> ![d](e.jpg) <img src="f.jpg">')
    linked = resolve_references(
        body.html, lambda number: f'{"src" if body.references[number].embedded else "href"}="{number}"', lambda _: ""
    )

    assert "jisr-ref" not in linked
    assert sorted(one.target for one in body.references) == ["../x/", "../y/", "e.jpg", "f.jpg"]


def test_anchors_are_all_ids() -> None:
    """Anchors are the ids of headings, resolutions, paragraphs, notes, and those that authors give."""
    body = render('## بيان\n\n1. أولا[^n]\n\n<a id="here"></a>\n\nx\n{: #there }\n\n[^n]: y', kind="statements")

    assert body.anchors == {"بيان", "r1", "fn-1", "fnref-1", "here", "there", "p1"}


def test_an_empty_body() -> None:
    """A body of nothing is nothing, with no problem."""
    body = render("\n \n")

    assert (body.html, body.first_paragraph, body.problems) == ("", "", ())


def test_tabs_in_code_stay() -> None:
    """Code keeps its tabs, and a tab indents what belongs to an item."""
    assert "<code>a:\n\tb\n</code>" in render("```\na:\n\tb\n```").html
    assert "<li>أ\n<ul>" in render("- أ\n\t- ب").html


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("نص \u200f و\u2066x\u2069", []),
        ("\u2067نص\n\u2069", [0, 4]),
        ("a\u202eb\u0000", [1, 3]),
        ("a\tb\r\nc\r", []),
        ("a\rb", [1]),
    ],
)
def test_find_controls(text: str, found: list[int]) -> None:
    """Marks and balanced isolates may stand in a text; overrides, open isolates and controls may not."""
    assert [offset for offset, _, _ in find_controls(text)] == found


def test_parts_know_their_lines() -> None:
    """Each part of a body, an item of a list among them, knows the line it begins on; notes at the end have none."""
    body = render("## بيان\n\nأولا[^n].\n\n1. نطالب\n   بهذا\n2. وبهذا\n\n> نقول\n\n[^n]: هنا", kind="statements")

    assert body.part_lines == (5, 7, 9, 11, 13, 0)


def test_a_list_that_goes_on_is_linked_by_both_ids() -> None:
    """A link that was published with the id by the order of its list leads there still, and a citation has the words alone."""
    body = render("1. First\n\n![River](a.png)\n\n2. Second\n\n   More\n", "en", "statements")

    assert {"r1", "r2", "r2-2"} <= body.anchors
    assert [(one.anchor, "span" in one.html) for one in body.resolutions] == [("r1", False), ("r2", False)]
    assert '<p><span id="r2-2"></span>Second</p>' in body.html


@pytest.mark.parametrize("name", ["attributionsrc", "referrerpolicy", "browsingtopics", "attributionsourceid"])
def test_a_link_tells_nobody_of_its_reader(name: str) -> None:
    """What would tell another host who follows a link, and from where, is taken out with a warning."""
    body = render(
        f'<a href="https://x.example" {name}="https://t.example">x</a> and [y](https://x.example){{: {name}="a" }}', "en"
    )
    assert name not in body.html
    assert [one.code for one in body.problems] == ["html", "html"]


def test_a_file_keeps_its_name() -> None:
    """A link cannot give a file the name of a program."""
    assert 'download=""' in render('[x](https://x.example/a.txt){: download="a.bat" }', "en").html
