"""``inv new``: a file that passes the check, says what may stand in it, and takes nobody's place."""

from __future__ import annotations

import re
import shutil

import pytest

from jisr.content.read.front_matter import parse_front_matter
from jisr.content.read.source_file import parse_source_file
from jisr.core.i18n.languages import build_languages
from jisr.core.schema.field_types import Kind
from jisr.core.schema.kinds import DEFAULT_KINDS
from jisr.core.schema.validation import validate
from jisr.core.schema.validation_context import FrontMatterValidation
from jisr.editing.new.field_help import FIELD_HELP_FOLDER, load_field_help
from pelicanconf import KINDS, LANGUAGES
from tests.editing.conftest import Office

REFUSED = [
    (("statements", "Bad_Id", "ar"), 'content/statements/Bad_Id:1:1: error[name]: "Bad_Id" cannot be an id', '"bad-id"'),
    (("statements", "بيان", "ar"), "content/statements/بيان:1:1: error[name]", 'Use a-z, 0-9 and "-" only.'),
    (("statements", "../../x", "ar"), 'error[name]: "../../x" has a "/"', "Leave it out."),
    (("statements", "page", "ar"), 'error[address]: "page" is taken', "Choose another id."),
    (("statements", "con", "ar"), 'error[name]: "con" cannot be a folder on every computer:', "Choose another id."),
    (("statements", "2026-water", "en"), 'error[taken]: "2026-water" is taken: index.ar.md is there.', "inv translate"),
    (("statments", "x", "ar"), 'error[kind]: "statments" is not a kind of text.', 'Did you mean "statements"?'),
    (("news", "x", "ku"), 'error[language]: "ku" is not a language of this site.', "ckb (Sorani) or kmr (Kurmanji)"),
    (("posts", "x", "ar"), 'error[member]: "x" says no member.', "<member>/<id>"),
    (("posts", "nobody/x", "ar"), 'error[member]: "nobody" is not a member.', "content/members"),
    (("posts", "../x", "ar"), 'error[member]: ".." is not a member.', "content/members"),
]


@pytest.mark.parametrize(("asked", "said", "remedy"), REFUSED, ids=[" ".join(asked) for asked, _, _ in REFUSED])
def test_what_cannot_be_is_refused_with_a_remedy(office: Office, asked: tuple[str, str, str], said: str, remedy: str) -> None:
    """A wrong kind, id or language ends with exit code 1 and one message; nothing is written."""
    kind, identity, tag = asked
    before = office.place.files(office.place.folder / "content")
    (message,) = office.refused("new", kind, identity, "--lang", tag).splitlines()

    assert said in message
    assert remedy in message
    assert office.place.files(office.place.folder / "content") == before


def test_the_first_text_makes_the_content_folder(office: Office) -> None:
    """A site whose texts were all removed has no content folder in git: what is begun makes it."""
    shutil.rmtree(office.place.folder / "content")

    office.done("new", "news", "first", "--lang", "ar")

    assert office.place.files(office.place.folder / "content").keys() == {"news/first/index.ar.md"}


def test_a_language_that_is_not_stated_is_asked_for(office: Office) -> None:
    """Who leaves --lang out is told which languages there are."""
    (message,) = office.refused("new", "statements", "first").splitlines()

    assert "error[language]: The language of the text is not stated." in message
    assert "--lang: en, ar, ckb, kmr, fr." in message


@pytest.mark.parametrize("tag", ["ckb", *(pytest.param(one, marks=pytest.mark.thorough) for one in ("en", "ar", "kmr", "fr"))])
def test_a_new_text_of_every_kind_passes_the_check(office: Office, tag: str) -> None:
    """Whatever is begun is whole: the check has nothing to say, and the title, whatever is in it, is kept."""
    title = ("کوردی : " if tag == "fr" else "کوردی: ") + '"x" #1 [a] \\ {'
    office.done("new", "member", "dijla", "--lang", tag)
    for number, kind in enumerate(KINDS):
        identity = "dijla/first" if kind == "posts" else "first"
        path = f"{kind}/{identity}/index.{tag}.md"
        assert office.done("new", kind, identity, "--lang", tag, "--title", f"{title}{number}") == f"content/{path}\n"
        text = office.file(path).read_text("utf-8")
        assert load_field_help(build_languages([tag])[tag])["body"] in text
        assert ("\ndate: 2026-12-01\n" in text) == next(one.dated for one in DEFAULT_KINDS if one.name == kind)
    office.check()
    shown = office.page(tag, "statements/first").css("h1")[0].text(strip=False).strip()
    assert (
        re.sub(r"\s", " ", shown) == f"{title}{KINDS.index('statements')}"
    )  # French keeps its space before a colon from a line's end


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_words_are_complete_in_every_language(tag: str) -> None:
    """Every field of every kind has a sentence in every language, and no sentence is without use."""
    fields = {field.name for kind in DEFAULT_KINDS for field in kind.fields} - {"translation"}
    words = load_field_help(build_languages([tag])[tag])

    assert set(words) == fields | {"needed", "body", "to_translate", "draft", "by", "beside"}
    assert (FIELD_HELP_FOLDER / f"{tag}.yaml").is_file()
    assert all("\n" not in sentence and "-->" not in sentence for sentence in words.values())


@pytest.mark.parametrize("tag", ["ar", "ckb", "kmr"])
def test_the_words_are_of_the_language(tag: str) -> None:
    """No sentence of a language stands there in English."""
    english, own = load_field_help(build_languages(["en"])["en"]), load_field_help(build_languages([tag])[tag])

    assert [name for name, sentence in own.items() if sentence == english[name]] == []
    if tag != "kmr":
        words = " ".join(own.values())
        folders = {"content", "topics", "workgroups", "organisations"}
        values = {"draft", "hidden", "alt", "full", "open", "false", "true", "until"}
        assert set(re.findall(r"[A-Za-z]{2,}", words)) <= values | folders


@pytest.mark.parametrize("kind", DEFAULT_KINDS, ids=[kind.name for kind in DEFAULT_KINDS])
def test_what_stands_behind_a_mark_could_stand_there(office: Office, kind: Kind) -> None:
    """With every # taken away, each value is one that its field may have."""
    office.done("new", "member", "dijla", "--lang", "ckb")
    identity = "dijla/first" if kind.name == "posts" else "first"
    office.done("new", kind.singular, identity, "--lang", "ckb")
    text = office.file(f"{kind.name}/{identity}/index.ckb.md").read_text("utf-8")
    tongues = build_languages(LANGUAGES)
    form = FrontMatterValidation(tongues["ckb"], tongues)
    validate(
        kind,
        parse_front_matter(
            re.sub(r"^#(?! )", "", parse_source_file(text, "x").front_matter, flags=re.M).replace("\n#  ", "\n  "), "x"
        ),
        form,
    )

    assert [str(problem) for problem in form.problems] == []
    assert set(form.values) == set(kind.names) - {"translation"}


def test_a_file_in_a_folder_without_a_text_stays(office: Office) -> None:
    """Pictures that lie in a folder already do not stand in the way, and a file is never written over."""
    photo = office.file("news/first/photo.jpg")
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"photo")
    office.done("new", "news", "first", "--lang", "fr")
    office.refused("new", "news", "first", "--lang", "fr")

    assert photo.read_bytes() == b"photo"


def test_a_text_can_be_begun_beside_broken_ones(office: Office) -> None:
    """An error in another text keeps nobody from writing."""
    office.file("pages/about/index.fr.md").write_text("---\ntitle: [\n---\n", "utf-8")

    assert office.inv("new", "news", "first", "--lang", "fr").returncode == 0
