"""What is found in a text, and what is mended without asking."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jisr.checks.lint import fix_file, lint_file
from jisr.checks.masking import mask_body
from jisr.core.diagnostics.problems import ProblemsError
from tests.bidi.case_files import cases as direction_cases
from tests.checks.case_files import LANGUAGES, TITLES, Case, lint_context, masked_file, read_cases

CASES = read_cases()
CONTEXT = lint_context()
TAGS = LANGUAGES.tags


def told(case: Case) -> tuple[str, ...]:
    """Return what is found in a case, as its file writes it."""
    page = case.page()
    found = []
    for one in lint_file(page, CONTEXT):
        place = page.file.place_at(one.offset)
        value = f' "{one.values["value"]}"' if "value" in one.values else ""
        found.append(f"{place.line}:{place.column} {one.code}{value}")
    return tuple("\n".join(found).split("\n")) if found else ()


def test_there_are_cases_for_every_language() -> None:
    """No language has less than fifteen cases and a page of an old web site."""
    counted = {tag: sum(case.language == tag for case in CASES) for tag in TAGS}

    assert min(counted.values()) >= 15
    assert sorted(case.language for case in CASES if "dumped" in case.rule) == sorted(TAGS)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_fault_is_found_and_nothing_else(case: Case) -> None:
    """A finding has the line and column of what was typed, its code, and the value in quotes."""
    assert told(case) == case.found


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_certain_is_mended_and_all_else_stays(case: Case) -> None:
    """Mending gives the text of the case, and changes nothing a second time."""
    page, mends = fix_file(case.page())

    assert page.text == case.mended
    assert bool(mends) == (case.mended != case.typed)
    assert fix_file(page) == (page, [])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_message_says_what_is_wrong_in_quotes_and_what_to_do(case: Case) -> None:
    """Every finding quotes its value, fills all its gaps and ends in an advice."""
    for one in lint_file(case.page(), CONTEXT):
        assert one.text.format(**one.values).count("{") <= sum(str(value).count("{") for value in one.values.values())
        assert '"{value}"' in one.text or "value" not in one.values
        assert re.search(r"\. [A-Z][^.]*|\. inv check", one.text)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_line_ends_are_no_words(case: Case) -> None:
    """A file of another system has the same findings at the same places, and keeps its line ends."""
    page = case.page(case.typed.replace("\n", "\r\n"))
    plain = case.page()

    assert [(page.file.place_at(one.offset), one.code) for one in lint_file(page, CONTEXT)] == [
        (plain.file.place_at(one.offset), one.code) for one in lint_file(plain, CONTEXT)
    ]
    assert fix_file(page)[0].text == case.mended.replace("\n", "\r\n")


@pytest.mark.parametrize("case", direction_cases(), ids=lambda case: case.id)
@pytest.mark.parametrize("tag", TAGS)
def test_words_of_another_script_are_no_fault(case: object, tag: str) -> None:
    """Texts that mix scripts, as people write them, have no fault of typography, and none is made in them."""
    typed = case.source(tag) if tag in case.languages else ""  # type: ignore[attr-defined]
    if not typed:
        return
    kind = case.kind.partition("/")[0]  # type: ignore[attr-defined]
    page = masked_file(typed, tag, kind)
    other = {"title", "tongue"}  # these cases say the same in several languages, and "Text" in a text called so

    assert [
        (one.code, one.values["value"])
        for one in lint_file(page, CONTEXT)
        if one.code not in other and not known(tag, one.values)
    ] == []


def known(tag: str, values: object) -> bool:
    """Whether a fault is one: a word with an Arabic letter, and an Arabic quotation after French words of another language."""
    return (tag, dict(values)["value"]) in {("ckb", "كۆبوونەوە"), ("fr", "got:")}  # type: ignore[call-overload]


TYPED = (
    "نص بيان كوردی کوردستان ڕۆژ ئه\u200cو ى mot quoi nav word , ; ? ، ؛ ؟ . : ! « » ( ) [ ] ` ``` * ** _ # ## > - | < > "
    "& &nbsp; 1. 2) ٣. {: {x} http://a.b/c, <b> </b> <!-- --> ![ ]( ) --- === \\ \" ' 12 • – ##نص -نص 1.نص 2- أ) ب) (a) (b)"
)
FRAGMENTS = st.sampled_from([*TYPED.split(), " ", "  ", "\u00a0", "\u202f", "\n", "\n\n", "\r\n", "    ", "\t"])
TEXTS = st.lists(FRAGMENTS, max_size=40).map("".join)


@example(body="1.»", tag="fr")  # a space that is put there makes the figure the number of an item
@settings(max_examples=400, deadline=None)
@given(body=TEXTS, tag=st.sampled_from(TAGS))
def test_mending_twice_changes_nothing(body: str, tag: str) -> None:
    """Whatever was typed, a second time there is nothing to do, and no fault that could be mended is left."""
    page, _ = fix_file(masked_file(f"---\ntitle: {TITLES[tag]}\n---\n{body}", tag))

    assert fix_file(page) == (page, [])


@settings(max_examples=300, deadline=None)
@given(body=TEXTS, tag=st.sampled_from(TAGS))
def test_mending_adds_and_loses_no_word(body: str, tag: str) -> None:
    """Letters and figures stay in their order; only Sorani letters, numbers of lists and a title that stands twice differ."""
    typed = f"---\ntitle: {TITLES[tag]}\n---\n{body}"
    page, mends = fix_file(masked_file(typed, tag))

    if not {one.code for one in mends} & {"letter", "numbering", "title"}:
        assert letters(page.text) == letters(typed)


def letters(text: str) -> list[str]:
    """Return letters and figures of a text; the name of an entity is none."""
    return re.findall(r"[^\W_]", text.replace("&nbsp;", ""))


@settings(max_examples=300, deadline=None)
@given(title=TEXTS.filter(lambda text: "\n" not in text and "\r" not in text), tag=st.sampled_from(TAGS))
def test_any_title_is_mended_or_left(title: str, tag: str) -> None:
    """A front matter that reads as YAML reads as YAML afterwards, with the same fields."""
    try:
        page = masked_file(f"---\ntitle: {title}\nstatus: draft\n---\nنص\n", tag)
    except ProblemsError:
        return
    better, _ = fix_file(page)

    assert better.scalars.keys() == page.scalars.keys()
    assert better.scalars.get("status") == page.scalars.get("status")
    assert fix_file(better) == (better, [])


@settings(max_examples=300, deadline=None)
@given(body=TEXTS)
def test_words_stay_where_they_were_typed(body: str) -> None:
    """Covering what is no word moves nothing: the words have the length of the text, and its lines."""
    words = mask_body(body)

    assert len(words) == len(body)
    assert [at for at, one in enumerate(body) if one in "\r\n"] == [at for at, one in enumerate(words) if one in "\r\n"]


@pytest.mark.parametrize(
    "typed", ["> ", "`` ` ", "<!-- ", "<code>", "](", "a.", "نص ، ", "&nbsp;", "1. a\n", "نننن", "<i lang=x>"]
)
def test_a_mark_a_thousand_times_takes_no_time(typed: str) -> None:
    """What is opened again and again and never closed is read in a moment, and not in a time that grows with its square."""
    before = time.process_time()
    lint_file(masked_file(f"---\ntitle: x\n---\n{typed * 3000}", "ar"), CONTEXT)

    assert time.process_time() - before < 30  # under coverage, on a busy machine; a square would take minutes
