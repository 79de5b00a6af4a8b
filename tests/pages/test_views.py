"""Views and templates agree: a template asks for fields that views have, and a view has no field that no template asks for."""

from __future__ import annotations

import unicodedata
from dataclasses import fields
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from jisr.core.schema.kinds import COLLECTION_KINDS, DEFAULT_KINDS
from jisr.pages.document import text_page
from jisr.pages.rows import initial
from jisr.pages.views import page_views
from jisr.pages.views.page_views import PageView, ProfileView, RedirectView, TextView

TEMPLATES = Path(__file__).parents[2] / "themes" / "jisr" / "templates"
ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"])
VIEWS = [one for one in vars(page_views).values() if isinstance(one, type) and issubclass(one, PageView | RedirectView)]
STYLEGUIDE = ("styleguide.html", "styleguide_header.html", "styleguide_language.html")


def page_fields(template: str) -> set[str]:
    """Return the fields that a template and its components ask of the page."""
    tree = ENVIRONMENT.parse((TEMPLATES / template).read_text("utf-8"))
    names = {node.attr for node in tree.find_all(nodes.Getattr) if node.node == nodes.Name("page", "load")}
    imports = {node.template.value for node in tree.find_all(nodes.FromImport) if isinstance(node.template, nodes.Const)}
    return names.union(*map(page_fields, imports))


def subclasses(view: type) -> set[type]:
    """Return a view and those that add fields to it."""
    return {one for one in VIEWS if issubclass(one, view)}


@pytest.mark.parametrize(("template", "view"), [("text.html", TextView), ("profile.html", ProfileView)])
def test_a_template_asks_for_fields_of_its_views(template: str, view: type) -> None:
    """A name that no view of a kind has would end a build on the first page of that kind."""
    known = {field.name for one in subclasses(view) for field in fields(one)}

    assert page_fields(template) | page_fields("layout.html") <= known


def test_a_view_has_no_field_that_no_template_asks_for() -> None:
    """Work is done for what is shown alone."""
    asked: set[str] = set()
    for file in TEMPLATES.rglob("*.html"):
        if file.name not in STYLEGUIDE:
            asked |= page_fields(file.relative_to(TEMPLATES).as_posix())

    assert {(one.__name__, field.name) for one in VIEWS for field in fields(one) if field.name not in asked} == set()


def test_every_kind_of_text_has_its_view() -> None:
    """A kind has a view of texts unless its page is a profile."""
    assert set(text_page._VIEWS) == {kind.name for kind in DEFAULT_KINDS} - set(COLLECTION_KINDS)
    assert len(set(text_page._VIEWS.values())) == len(text_page._VIEWS)


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("ßab", "ß"),
        ("ﬁlm", "ﬁ"),
        ("ŉ", "ŉ"),
        ("ǰ", "ǰ"),
        ("2026", "2"),
        ("★ ★", "★"),
        ("ڕووبار", "ڕ"),
        ("çiya", "Ç"),
        ("الماء", "م"),
    ],
)
def test_a_face_is_one_letter(title: str, letter: str) -> None:
    """A member has one letter: small where its capital would be two; of a name without letters, its first sign."""
    assert initial(title) == letter
    unicodedata.name(letter)  # which knows single signs alone
