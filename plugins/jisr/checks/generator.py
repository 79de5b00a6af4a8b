"""Adds the findings in texts, pictures and the glossary to the problems of ``inv check``."""

from __future__ import annotations

from pathlib import Path

from jisr.content.settings.template_overrides import check_overrides, record_new
from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output


class ChecksGenerator(Output):
    """Lints the source files in a check; a build that is not strict notes new templates of the site alone."""

    def read(self, context: BuildContext) -> None:
        """Add warnings to the problems, but for what is an error of the build, and errors where the glossary cannot be read."""
        run = context.run
        folder = Path(run.settings_path).absolute().parent
        if not run.strict:
            record_new(context.settings, folder)
            return
        # Imported here, since builds that are not strict do without them.
        from jisr.checks.hidden_code import find_hidden_code
        from jisr.checks.lint import find_problems
        from jisr.checks.source_files import ContentFolder

        context.problems.add(*find_hidden_code(run), *check_overrides(context.settings, folder))
        if context.has_site:
            site = context.site
            content = ContentFolder(Path(context.settings["PATH"]), run.content_path, site.languages, site.kinds)
            told = {(one.place, one.code) for one in context.problems.problems if one.severity == "error"}
            context.problems.add(*(one for one in find_problems(content) if (one.place, one.code) not in told))
