"""Examples of the theme, one file for each language: fields are data of components, the body is running text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language, Languages
from jisr.core.model.body import Body, BodyRenderer, MarkdownSource, resolve_references


@dataclass(frozen=True, slots=True)
class Example:
    """The example of a language: its fields, its running text as HTML, and its resolutions as in a statement."""

    language: Language
    fields: Mapping[str, Any]
    prose: Markup
    resolutions: tuple[tuple[int, str, str], ...]
    resolutions_html: Markup

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]


@dataclass(frozen=True, slots=True)
class ExampleContext:
    """Context of context examples: the renderer of bodies, display paths for messages, and the image of the examples."""

    render: BodyRenderer
    display_path: Callable[[Path], str]
    picture: str


def list_examples(folder: Path, languages: Languages) -> list[tuple[Language, Path]]:
    """Return the languages of a site that have an example, in their order, each with its file."""
    files = ((language, folder / f"{language.tag}.md") for language in languages)
    return [(language, file) for language, file in files if file.is_file()]


def read_examples(folder: Path, languages: Languages, context: ExampleContext) -> tuple[Example, ...]:
    """Return the example of each language that has one, in the order of the site.

    Raises ProblemsError where a file is invalid.
    """
    return tuple(_read_example(language, file, context) for language, file in list_examples(folder, languages))


def _read_example(language: Language, file: Path, context: ExampleContext) -> Example:
    path = context.display_path(file)
    head, _, body = file.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
    try:
        fields = yaml.safe_load(head)
        markdown = "\n".join(f"{number}. {text}" for number, text in enumerate(fields["statement"]["resolutions"], 1))
    except (yaml.YAMLError, KeyError, TypeError) as error:
        text = "The example cannot be read: {reason}. Write it as the examples of other languages are."
        reason = str(error).replace("\n", " ")
        raise ProblemsError(Problem.error(SourceLocation(path), "example", text, reason=reason)) from None
    prose = context.render(MarkdownSource(body, language, "pages", path, head.count("\n") + 4))
    statement = context.render(MarkdownSource(markdown, language, "statements", path))
    if prose.problems or statement.problems:
        raise ProblemsError(*prose.problems, *statement.problems)
    resolutions = tuple((one.number, one.anchor, one.html) for one in statement.resolutions)
    prose_html, statement_html = (_render_body(one, language, context) for one in (prose, statement))
    return Example(language, fields, prose_html, resolutions, statement_html)


def _render_body(body: Body, language: Language, context: ExampleContext) -> Markup:
    """Return the HTML of a body: its images are those of the theme, its links lead to the section of the language."""

    def attributes(number: int) -> str:
        return f'src="{context.picture}"' if body.references[number].embedded else f'href="#{language.tag}"'

    return Markup(resolve_references(body.html, attributes, lambda _: ""))  # noqa: S704 (rendered by this program)
