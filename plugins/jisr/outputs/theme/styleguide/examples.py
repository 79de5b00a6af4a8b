"""The examples of the theme: one file a language, whose fields are what components show and whose body is running text."""

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
    """What a language's file says: its fields, its running text as HTML, and its resolutions as a statement shows them."""

    language: Language
    fields: Mapping[str, Any]
    prose: Markup
    resolutions: tuple[tuple[int, str, str], ...]
    resolutions_html: Markup

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]


@dataclass(frozen=True, slots=True)
class ExampleContext:
    """What reading an example needs: who renders bodies, how files are called in messages, and the picture that they show."""

    render: BodyRenderer
    display_path: Callable[[Path], str]
    picture: str


def read_examples(folder: Path, languages: Languages, reading: ExampleContext) -> tuple[Example, ...]:
    """Return the example of each language that has one, in the order of the site.

    Raises ProblemsError where a file isn't what it should be.
    """
    files = ((language, folder / f"{language.tag}.md") for language in languages)
    return tuple(_read_example(language, file, reading) for language, file in files if file.is_file())


def _read_example(language: Language, file: Path, reading: ExampleContext) -> Example:
    path = reading.display_path(file)
    head, _, body = file.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
    try:
        fields = yaml.safe_load(head)
        listed = "\n".join(f"{number}. {text}" for number, text in enumerate(fields["statement"]["resolutions"], 1))
    except (yaml.YAMLError, KeyError, TypeError) as error:
        text = "The example cannot be read: {reason}. Write it as the examples of other languages are."
        raise ProblemsError(
            Problem.error(SourceLocation(path), "example", text, reason=str(error).replace("\n", " "))
        ) from None
    prose = reading.render(MarkdownSource(body, language, "pages", path, head.count("\n") + 4))
    statement = reading.render(MarkdownSource(listed, language, "statements", path))
    if prose.problems or statement.problems:
        raise ProblemsError(*prose.problems, *statement.problems)
    resolutions = tuple((one.number, one.anchor, one.html) for one in statement.resolutions)
    return Example(
        language, fields, _render_body(prose, language, reading), resolutions, _render_body(statement, language, reading)
    )


def _render_body(body: Body, language: Language, reading: ExampleContext) -> Markup:
    """Return the HTML of a body: its pictures are the theme's, its links lead to the beginning of the language."""

    def attributes(number: int) -> str:
        return f'src="{reading.picture}"' if body.references[number].embedded else f'href="#{language.tag}"'

    return Markup(resolve_references(body.html, attributes, lambda _: ""))  # noqa: S704 (rendered by us)
