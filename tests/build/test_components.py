"""Components are made once for all pages, and say what Jinja's own would."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from jisr.build.templates.component_cache import ThemeEnvironment

COMPONENTS = {
    "components/words.html": (
        "{% set made = note() %}"
        "{% macro words(text, around='p', last=None) -%}<{{ around }}>{{ text }}{{ last }}</{{ around }}>{%- endmacro %}"
    ),
    "components/outer.html": (
        '{% from "components/words.html" import words with context %}'
        "{% macro outer() -%}"
        "{{ words(page.title) }}{{ words(page.body, last=_('Bridge %(name)s', name=page.title)) }}"
        "{%- endmacro %}"
    ),
    "layout.html": '<main>{% block main %}{% endblock %}{{ self["main"]()|length }}</main>',
    "part.html": '{% from "components/outer.html" import outer with context %}{{ outer() }}',
}
IMPORTS = (
    '{% from "components/words.html" import words with context %}'
    '{% from "components/outer.html" import outer as whole with context %}'
)
PAGES = [
    "{{ page.title }} {{ page.body }} {{ page.number }} {{ page.nothing }}",
    "{{ words(page.title) }}{{ words('<b>') }}{{ words(page.body, 'q') }}{{ words(text=page.title, around='i') }}",
    "{{ whole() }}{{ _('Read') }}{{ _('By %(name)s', name='<b>') }}",
    "{% set said %}<i>{{ page.title }}</i>{% endset %}{{ said }}{{ words(said) }}{% set words = page.title %}{{ words }}",
    "{% macro own(a) %}{{ caller() }}{{ a }}{% endmacro %}{% call own(page.title) %}{{ words('x') }}{% endcall %}",
    "{{ page.given['a'] }}{{ page.given.items()|list|length }}{{ 'abc'.upper() }}{{ (page.number + 1).bit_length() }}",
    '{% extends "layout.html" %}{% block main %}{{ words(page.title) }}{{ page.title|upper }}{% endblock %}',
    '{% with page = page.inner %}{{ page.title }}{% include "part.html" %}{% endwith %}{{ page.title }}{{ whole() }}',
]


BODY = Markup("<p>Daxuyanî</p>")


@dataclass(frozen=True, slots=True)
class View:
    """A page, as small as it can be."""

    title: str = 'بيان <"أربيل"> & co'
    body: Markup = BODY
    number: int = 3
    nothing: None = None
    given: Any = None
    inner: Any = None


@pass_context
def said(context: Context, message: str, **values: object) -> Markup:
    """Return a word of the interface in the language of the page."""
    return Markup(f"{message} ({context['page'].number})") % values


def environment(kind: type[Environment], page: str, notes: list[str]) -> Any:
    """Return an environment with a page and its components, one of which notes when its macros are made."""
    sources = COMPONENTS | {"page.html": page if page.startswith("{% extends") else IMPORTS + page}
    if page.startswith("{% extends"):
        sources["page.html"] = page.replace("%}", "%}" + IMPORTS, 1)
    made = kind(loader=DictLoader(sources), autoescape=True, undefined=StrictUndefined)
    made.globals |= {"_": said, "note": lambda: notes.append("made")}
    return made


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_what_it_said(page: str) -> None:
    """Whatever a template does, its page is the one that Jinja's own environment gives, the first as well as the next."""
    ours, stock = environment(ThemeEnvironment, page, []), environment(Environment, page, [])
    for number, title in enumerate(("بيان <1>", "ڕاگەیاندن & 2")):
        inner = View("<inner>", number=number + 10)
        view = View(title, number=number, given={"a": title}, inner=inner)
        assert ours.render("page.html", view) == stock.get_template("page.html").render(page=view)


def test_a_component_is_made_once() -> None:
    """Macros are made for the first page that imports them, whatever imports them; the page is the one that calls them."""
    notes: list[str] = []
    ours = environment(ThemeEnvironment, PAGES[2] + "{{ words(page.title) }}", notes)
    first, second = (
        ours.render("page.html", SimpleNamespace(title=title, body="", number=1)) for title in ("بيان", "Daxuyanî")
    )

    assert notes == ["made"]
    assert second == first.replace("بيان", "Daxuyanî") != first


@pytest.mark.parametrize(
    "page",
    [
        "{{ page.unknown }}",
        "{{ page.given.a }}",
        "{{ unknown }}",
        "{{ unknown.field }}",
        "{{ words(unknown) }}",
        "{{ words(page.title, nothing=1) }}",
    ],
)
def test_what_is_not_there_is_an_error(page: str) -> None:
    """A field that a view lacks, though an item has its name, and a name that nothing has, end a page."""
    with pytest.raises((UndefinedError, AttributeError, TypeError)):
        environment(ThemeEnvironment, page, []).render("page.html", View(given={"a": "item"}))
