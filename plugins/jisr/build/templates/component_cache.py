"""Templates whose components are made once: a macro of ``components/`` serves all pages, and looks ``page`` up at each call."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from functools import cache
from typing import Any

from jinja2 import Environment, Template
from jinja2.environment import TemplateModule

COMPONENTS = "components/"


class ThemeTemplate(Template):
    """A template of a theme."""

    environment: ThemeEnvironment

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 (the names are Jinja's)
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> TemplateModule:
        """Return the macros of a template that another one imports; those of a component are made once for all pages."""
        environment, name = self.environment, self.name or ""
        page = environment.variables.get("page")
        if not name.startswith(COMPONENTS) or page is None or not vars or vars.get("page") is not page:
            return super().make_module(vars, shared, locals)
        module = environment.components.get(name)
        if module is None:
            module = environment.components[name] = super().make_module(environment.variables, shared=True)
        return module


class ThemeEnvironment(Environment):
    """The Jinja environment of a build. ``variables`` are those of all components: the globals, and the page."""

    template_class = ThemeTemplate
    getattr = staticmethod(getattr)  # type: ignore[assignment]  # views are values: x.name is a field, and no item

    def __init__(self, **options: Any) -> None:
        super().__init__(auto_reload=False, **options)
        self.load_once = cache(super().get_template)
        self.variables: dict[str, Any] = {}
        self.components: dict[str, TemplateModule] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        """Return a template, which each import asks for: at once where it was loaded before."""
        return self.load_once(name, parent) if globals is None else super().get_template(name, parent, globals)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> dict[str, Any]:
        """Return the globals of a template: a dictionary, since each page copies it."""
        return {**self.globals, **(d or {})}

    def render(self, template: str, page: object) -> str:
        """Return a page as text."""
        if not self.variables:
            self.variables.update(self.globals)
        self.variables["page"] = page
        return self.get_template(template).render(page=page)
