"""A compiler of templates to faster Python, for themes whose views are values, and a cache of their macros.

A field of a view is an attribute; macros of ``components/`` are called without a check; markup, and text with nothing to
escape, is not wrapped again. The rendered page is the same (``tests/build/test_compiling.py``).
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import partial
from keyword import iskeyword
from typing import Any, cast

import markupsafe
from jinja2 import Environment, Template, nodes, pass_eval_context
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

COMPONENTS = "components/"
_CONTEXT_FUNCTIONS = ("_", "gettext")  # they take the context first


class TemplateCodeGenerator(CodeGenerator):
    """The code generator of templates."""

    def write_commons(self) -> None:
        """Write the names that the generated code uses."""
        super().write_commons()
        self.writeline("inner = environment.inner")
        self.writeline("Macro = environment.macro_class")
        self.writeline("marked = environment.marked")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """Return the buffer as markup, since every part of it is."""
        if force_unescaped or frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super().return_buffer_contents(frame, force_unescaped)
        else:
            self.writeline(f"return marked(concat({frame.buffer}))")

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (the names are Jinja's)
        """Write the access to a field as that to an attribute; ``self.block`` is none."""
        owner = node.node
        if isinstance(owner, nodes.Const) or (isinstance(owner, nodes.Name) and owner.name == "self") or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.visit(owner, frame)
        self.write(f".{node.attr}")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write the call of a component or of gettext as a direct call."""
        first = "" if forward_caller else self._first_argument(node.node, frame)
        if not first:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write(f"({first}")
        self.signature(node, frame)
        self.write(")")

    def _first_argument(self, callee: nodes.Expr, frame: Frame) -> str:
        """Return the first argument of a call of a name from outside of a template, or nothing where it isn't known."""
        if not isinstance(callee, nodes.Name):
            return ""
        reference = frame.symbols.find_ref(callee.name)
        if reference and callee.name in _CONTEXT_FUNCTIONS and (frame.symbols.find_load(reference) or "")[:1] == ("resolve",):
            return "context"
        return "context.eval_ctx" if reference == f"l_0_{callee.name}" and callee.name in self._imported_components else ""

    @property
    def _imported_components(self) -> set[str]:
        """The names that the template imported from components."""
        return cast(set[str], self.__dict__.setdefault("imported", set()))

    def visit_FromImport(self, node: nodes.FromImport, frame: Frame) -> None:  # noqa: N802
        """Record the names of macros."""
        if _is_component(node):
            self._imported_components.update(name if isinstance(name, str) else name[1] for name in node.names)
        super().visit_FromImport(node, frame)

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if not _is_component(node):
            super()._import_common(node, frame)
            return
        self.write("environment.component(context, ")
        self.visit(node.template, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(v if (v := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(").__class__ is Markup else inner(v) if v.__class__ is str else escape(v))")


def _is_component(node: nodes.Import | nodes.FromImport) -> bool:
    template = node.template
    return node.with_context and isinstance(template, nodes.Const) and str(template.value).startswith(COMPONENTS)


class FastMacro(Macro):
    """A macro that is mostly called with arguments in their order."""

    @pass_eval_context
    def __call__(self, *arguments: Any, **named: Any) -> str:
        """Return the text of the macro."""
        lacking = self._argument_count + 1 - len(arguments)
        if named or lacking < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*arguments, **named)
        if not arguments or not isinstance(arguments[0], EvalContext) or not arguments[0].autoescape:
            return super().__call__(*arguments)
        text = self._func(*arguments[1:], *((missing,) * lacking))
        return text if text.__class__ is Markup else Markup(text)  # noqa: S704 (it escapes its arguments)


class ThemeEnvironment(Environment):
    """The Jinja environment of a build. It looks each template up once."""

    code_generator_class = TemplateCodeGenerator
    macro_class = FastMacro
    inner: Callable[[str], str] = staticmethod(getattr(markupsafe, "_escape_inner", escape))
    marked: Callable[[str], Markup] = staticmethod(partial(str.__new__, Markup))  # without a check whether it is markup

    def __init__(self, **options: Any) -> None:
        super().__init__(auto_reload=False, **options)
        self._template_cache: dict[str | Template, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (the names are Jinja's)
    ) -> Template:
        """Return a template, from the cache where it was loaded before."""
        template = self._template_cache.get(name)
        if template is None:
            template = self._template_cache[name] = super().get_template(name, parent, globals)
        return template

    def component(self, context: Context, name: str) -> TemplateModule:
        """Return the macros of a component, from the cache of the page where it has one."""
        cache = context.resolve_or_missing("_components")
        if cache is missing:
            return self.get_template(name).make_module(context.get_all(), True)
        module: TemplateModule | None = cache.get(name)
        if module is None:
            variables = cache.shared_globals if isinstance(cache, ComponentCache) else context.get_all()
            module = cache[name] = self.get_template(name).make_module(variables, True)
        return module


class ComponentCache(dict[str, TemplateModule]):
    """The macros of components by the names of their files, and the variables of all: the page, and the environment's globals.

    Macros are made once for all pages; ``page`` is looked up at each call.
    """

    def __init__(self, environment: Environment) -> None:
        super().__init__()
        self.shared_globals: dict[str, Any] = {**environment.globals, "_components": self}
