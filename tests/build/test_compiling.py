"""Templates written as leaner Python say what Jinja's own say."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from jisr.build.templates.component_cache import ComponentCache, ThemeEnvironment

COMPONENTS = {
    "components/words.html": (
        "{% macro words(text, around='p', last=None) -%}<{{ around }}>{{ text }}{{ last }}</{{ around }}>{%- endmacro %}"
    ),
    "components/outer.html": (
        '{% from "components/words.html" import words with context %}'
        "{% macro outer() -%}"
        "{{ words(page.title) }}{{ words(page.body, last=_('Bridge %(name)s', name=page.title)) }}"
        "{%- endmacro %}"
    ),
    "layout.html": "<main>{% block main %}{% endblock %}{{ self.main()|length }}</main>",
}
IMPORTS = (
    '{% from "components/words.html" import words with context %}'
    '{% from "components/outer.html" import outer as whole with context %}'
)
PAGES = [
    "{{ page.title }} {{ page.body }} {{ page.number }} {{ page.nothing }}",
    "{{ words(page.title) }}{{ words('<b>') }}{{ words(page.body, 'q') }}{{ words(text=page.title, around='i') }}",
    "{{ whole() }}{{ _('Read') }}{{ _('By %(name)s', name='<b>') }}",
    "{% for one in page.names if one %}{{ loop.index }} {{ words(one) }}{% else %}none{% endfor %}",
    "{% set said %}<i>{{ page.title }}</i>{% endset %}{{ said }}{{ words(said) }}{% set words = page.title %}{{ words }}",
    "{% macro own(a) %}{{ caller() }}{{ a }}{% endmacro %}{% call own(page.title) %}{{ words('x') }}{% endcall %}",
    "{{ page.given['a'] }}{{ page.given.items()|list|length }}{{ 'abc'.upper() }}{{ (page.number + 1).bit_length() }}",
    '{% extends "layout.html" %}{% block main %}{{ words(page.title) }}{{ page.title|upper }}{% endblock %}',
    "{% with page = page.inner %}{{ page.title }}{% endwith %}{{ page.title ~ page.body }}",
]


BODY = Markup("<p>Daxuyanî</p>")


@dataclass(frozen=True, slots=True)
class View:
    """A page, as small as it can be."""

    title: str = 'بيان <"أربيل"> & co'
    body: Markup = BODY
    number: int = 3
    nothing: None = None
    names: tuple[str, ...] = ("ئاشتی", "", "Paix & droits")
    given: Any = None
    inner: Any = None


@pass_context
def said(context: Context, message: str, **values: object) -> Markup:
    """Return a word of the interface in the language of the page."""
    return Markup(f"{message} ({context['page'].number})") % values


def environment(kind: type[Environment], page: str) -> Environment:
    """Return an environment with a page and its components."""
    sources = COMPONENTS | {"page.html": page if page.startswith("{% extends") else IMPORTS + page}
    if page.startswith("{% extends"):
        sources["page.html"] = page.replace("%}", "%}" + IMPORTS, 1)
    made = kind(loader=DictLoader(sources), autoescape=True, undefined=StrictUndefined)
    made.globals["_"] = said
    return made


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_what_it_said(page: str) -> None:
    """Whatever a template does, its page is the one that Jinja's own Python gives, the first as well as the next."""
    ours, stock = environment(ThemeEnvironment, page), environment(Environment, page)
    made = ComponentCache(ours)
    for number, title in enumerate(("بيان <1>", "ڕاگەیاندن & 2")):
        view = View(title, number=number, given={"a": title}, inner=SimpleNamespace(title="<inner>"))
        made.shared_globals["page"] = view
        found = ours.get_template("page.html").render(page=view, _components=made)
        assert found == stock.get_template("page.html").render(page=view)


@pytest.mark.parametrize(
    "page",
    [
        "{{ page.unknown }}",
        "{{ unknown }}",
        "{{ unknown.field }}",
        "{{ words(unknown) }}",
        "{{ words(page.title, nothing=1) }}",
    ],
)
def test_what_is_not_there_is_an_error(page: str) -> None:
    """A field that a view lacks, and a name that nothing has, end a page as they did."""
    ours = environment(ThemeEnvironment, page)
    made = ComponentCache(ours)
    made.shared_globals["page"] = view = View()
    with pytest.raises((UndefinedError, AttributeError, TypeError)):
        ours.get_template("page.html").render(page=view, _components=made)
