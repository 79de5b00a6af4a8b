"""Adds the findings in texts, pictures and the glossary to the problems of ``inv check``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jisr.checks.hidden_code import find_hidden_code
from jisr.checks.lint import LintContext, lint_file
from jisr.checks.phrases import load_phrases
from jisr.checks.rules.glossary import GLOSSARY_FILE, Glossary, parse_glossary
from jisr.checks.source_files import ContentFolder
from jisr.content.attachments.formats.location import has_location
from jisr.content.settings.template_overrides import check_overrides, record_new
from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output
from jisr.core.diagnostics.problems import Problem, SourceLocation

_PHOTO_LOCATION = (
    '"{value}" tells where it was made. Readers do not get that, but whoever sees the repository: take it out with '
    "inv check --fix before it is sent."
)


class ChecksGenerator(Output):
    """Lints the source files in a check; a build that is not strict notes new templates of the site alone."""

    def read(self, context: BuildContext) -> None:
        """Add warnings to the problems, but for what is an error of the build, and errors where the glossary cannot be read."""
        run = context.run
        folder = Path(run.settings_path).absolute().parent
        if run.strict:
            context.problems.add(*find_hidden_code(run), *check_overrides(context.settings, folder))
        else:
            record_new(context.settings, folder)
        if run.strict and context.has_site:
            site = context.site
            content = ContentFolder(Path(context.settings["PATH"]), run.content_path, site.languages, site.kinds)
            told = {(one.place, one.code) for one in context.problems.problems if one.severity == "error"}
            context.problems.add(*(one for one in find_problems(content) if (one.place, one.code) not in told))


def find_problems(content: ContentFolder) -> Iterator[Problem]:
    """Return the problems of all texts and pictures of a content folder."""
    glossary, problems = _load_glossary(content)
    yield from problems
    context = LintContext(load_phrases(), glossary)
    for folder in content.folders():
        for page in folder.pages.values():
            for finding in lint_file(page, context, folder.pages.get(page.scalars.get("translation.of", ""))):
                yield Problem.warning(page.file.place_at(finding.offset), finding.code, finding.text, **finding.values)
    for file in content.media():
        try:
            located = has_location(file.read_bytes())
        except OSError:
            continue
        if located:
            yield Problem.warning(SourceLocation(content.display_path_of(file)), "photo", _PHOTO_LOCATION, value=file.name)


def _load_glossary(content: ContentFolder) -> tuple[Glossary, list[Problem]]:
    file = content.root / GLOSSARY_FILE
    if not file.is_file():
        return Glossary(), []
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):
        text = 'The file cannot be read. Save it as "UTF-8".'
        return Glossary(), [Problem.error(SourceLocation(content.display_path_of(file)), "glossary", text)]
    return parse_glossary(text, content.display_path_of(file), content.languages)
