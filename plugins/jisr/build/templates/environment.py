"""The Jinja environment of the theme: its filters, globals and messages, and the problems of templates."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError, pass_context
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from jisr.build.files.snapshot import hash_bytes
from jisr.build.templates.jinja_settings import create_environment, extend_environment
from jisr.core.bidi.marks import mark_title
from jisr.core.bidi.runs import isolate_as_html
from jisr.core.build.queries import Queries
from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, SourceLocation, phrase
from jisr.core.i18n.catalogs import SOURCE_LANGUAGE, Catalogs
from jisr.core.i18n.dates import DateStyle, format_date, format_range
from jisr.core.i18n.language_names import in_language_phrase, language_name
from jisr.core.i18n.languages import Language, build_languages
from jisr.core.i18n.lists import format_list
from jisr.core.i18n.numbers import format_number
from jisr.core.i18n.punctuation import add_no_break_spaces
from jisr.core.model.document import Day
from jisr.core.model.resolutions import link_item_numbers
from jisr.core.model.site import Site

_TEMPLATE_NAME = re.compile(r"""["']([^"'\s]+\.html)["']""")
_NAMED_BY_VARIABLE = re.compile(r"""\{%[-+]?\s*(?:include|extends|import|from)\s+[^"'\s]""")
CACHE_SIZE = 10_000  # results of a filter: enough for the names and titles that pages near each other share


class Templates:
    """Renders templates from views. Words come from the catalogue of the page's language, every day in its grammar."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        site: Site,
        messages: Catalogs,
        display_path: Callable[[Path], str],
        queries: Queries,
    ) -> None:
        """Load the templates of the theme that the settings name. Raises ProblemsError where they cannot be used."""
        self.queries = queries
        self._sources: dict[str, tuple[str, list[str]]] = {}
        queries.define("template", self.source_digests)
        self.folder = Path(settings["THEME"]) / "templates"
        self.display_path = display_path
        self.environment = create_environment(settings)
        _install_messages(self.environment, messages, queries)
        _install_filters(self.environment, site)
        extend_environment(self.environment, settings)
        self.environment.globals["kept"] = self._render_once

    def _render_once(self, macro: Macro, frame: object, *arguments: object) -> str:
        """Return the text of a macro that shows the page's ``frame`` and its arguments, and nothing else of the page."""
        return self.queries.once((macro, frame, arguments), lambda: macro(*arguments))

    def source_digests(self, name: str) -> list[str]:
        """Return the digests of a template and of all that it names, whichever of them a page shows.

        Raises LookupError where one is not there.
        """
        digests: dict[str, str] = {}
        names = [name]
        while names:
            if (current := names.pop()) not in digests:
                digests[current], named = self._read_source(current)
                names += named
        return [f"{one} {digests[one]}" for one in sorted(digests)]

    def _read_source(self, name: str) -> tuple[str, list[str]]:
        """Return the digest of a template and the templates that it names; all where it names one by a variable."""
        if name not in self._sources:
            try:
                source = self.environment.loader.get_source(self.environment, name)[0]  # type: ignore[union-attr]
            except TemplateError as error:
                raise LookupError(name) from error
            named = self.environment.list_templates() if _NAMED_BY_VARIABLE.search(source) else _TEMPLATE_NAME.findall(source)
            self._sources[name] = (hash_bytes(source.encode()), named)
        return self._sources[name]

    def compile_all(self) -> None:
        """Compile all templates, so that copies of this process need not; errors are reported where one is rendered."""
        for name in self.environment.list_templates():
            with suppress(TemplateError):
                self.environment.get_template(name)

    def render(self, template: str, view: object) -> str:
        """Return a page as HTML. Raises ProblemsError where the template is wrong, with its file and line."""
        self.queries.asked.add(("template", template))
        try:
            return self.environment.render(template, view)
        except TemplateSyntaxError as error:
            raise ProblemsError(self._problem(error, error.filename or template, error.lineno)) from None
        except (TemplateError, TypeError, AttributeError, KeyError, ValueError) as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
            if not frames and not isinstance(error, TemplateError):
                raise
            file, line = (frames[-1].filename, frames[-1].lineno or 1) if frames else (template, 1)
            raise ProblemsError(self._problem(error, file, line)) from None

    def _problem(self, error: Exception, file: str, line: int) -> Problem:
        text = "The template cannot be rendered: {reason}. Mend it, or undo its last change."
        reason: str | Phrase = str(error).rstrip(".") or type(error).__name__
        if isinstance(error, TemplateNotFound):
            reason = phrase('there is no template "{name}"', name=error.name)
        return Problem.error(SourceLocation(self.display_path(self.folder / file), line), "template", text, reason=reason)


class _LanguageWords(str):
    """The name of a language in that of the page, or a phrase with it; ``in_english`` is the same for English sentences."""

    in_english: str


def _name_in(name: Callable[[Language, Language], str]) -> Callable[[Language, Language], str]:
    """Return a function of a language and that of the page, which remembers its results."""
    english = build_languages([SOURCE_LANGUAGE])[SOURCE_LANGUAGE]

    @lru_cache
    def find(of: Language, within: Language) -> str:
        words = _LanguageWords(name(of, within))
        words.in_english = name(of, english)
        return words

    return find


def _page_language(context: Context) -> Language:
    language: Language = context["page"].language
    return language


def _install_messages(environment: Environment, messages: Catalogs, queries: Queries) -> None:
    @lru_cache(CACHE_SIZE)
    def markup(language: Language, message: str) -> Markup:
        return Markup(messages.for_language(language).gettext(message))  # noqa: S704 (words of our catalogues)

    @lru_cache(CACHE_SIZE)
    def is_fallback(language: Language, message: str) -> bool:
        return isinstance(messages.for_language(language).gettext(message), Markup)

    def fill(language: Language, message: str, values: dict[str, object]) -> Markup:
        if is_fallback(language, message):  # an English sentence with a name of a language in it, which is English there, too
            values = {name: value.in_english if isinstance(value, _LanguageWords) else value for name, value in values.items()}
        return markup(language, message) % values

    @lru_cache(CACHE_SIZE)
    def constant(language: Language, message: str) -> Markup:
        return markup(language, message) % {}

    def gettext_in(language: Language, message: str, /, **values: object) -> str:
        queries.asked.add(("message", language.tag, "gettext", message))
        return fill(language, message, values) if values else constant(language, message)

    @pass_context
    def gettext(context: Context, message: str, **values: object) -> str:
        return gettext_in(_page_language(context), message, **values)

    @pass_context
    def ngettext(context: Context, singular: str, plural: str, n: int) -> str:
        return messages.for_language(_page_language(context)).ngettext(singular, plural, n)

    @pass_context
    def pgettext(context: Context, kind: str, message: str) -> str:
        return cast(str, messages.for_language(_page_language(context)).pgettext(kind, message))

    @pass_context
    def npgettext(context: Context, kind: str, singular: str, plural: str, n: int) -> str:
        return messages.for_language(_page_language(context)).npgettext(kind, singular, plural, n)

    environment.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)  # type: ignore[attr-defined]
    environment.globals |= {"_": gettext, "gettext": gettext, "gettext_in": gettext_in}


def _install_filters(environment: Environment, site: Site) -> None:
    """Add the filters. Their results are cached: titles, names and days occur on many pages."""

    def date_filter(style: DateStyle) -> Callable[[Context, Day], str]:
        @pass_context
        def filter_(context: Context, day: Day) -> str:
            return format_date(_local_date(day, site), _page_language(context), style)

        return filter_

    @pass_context
    def range_of(context: Context, start: Day, end: Day) -> str:
        return format_range(_local_date(start, site), _local_date(end, site), _page_language(context))

    @lru_cache(CACHE_SIZE, typed=True)
    def isolate(text: str, language: Language) -> Markup:
        return isolate_as_html(add_no_break_spaces(text, language.tag), language.direction)

    cached_name, cached_phrase = _name_in(language_name), _name_in(in_language_phrase)
    cached_number = lru_cache(CACHE_SIZE, typed=True)(format_number)
    styles: dict[str, DateStyle] = {"day": "long", "day_month": "day_month", "full_day": "full", "month_year": "month_year"}
    environment.filters.update({name: date_filter(style) for name, style in styles.items()})
    environment.globals["range_of"] = range_of
    environment.filters.update(
        numbered=link_item_numbers,
        iso=lambda day: day.isoformat(),
        isolated=isolate,
        titled=mark_title,
        number=pass_context(lambda context, number: cached_number(number, _page_language(context))),
        joined=pass_context(lambda context, items: format_list(list(items), _page_language(context))),
        language_name=pass_context(lambda context, language: cached_name(language, _page_language(context))),
        in_language=pass_context(lambda context, language: cached_phrase(language, _page_language(context))),
    )


def _local_date(day: Day, site: Site) -> date:
    """Return the day of a moment where the network is."""
    if isinstance(day, datetime):
        return (day.astimezone(site.timezone) if day.tzinfo else day).date()
    return day
