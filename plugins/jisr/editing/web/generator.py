"""The generator of the web editor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import CopyOutput, FileOutput, Output, PageOutput, Writer
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.urls import paths
from jisr.editing.web import install
from jisr.editing.web.admin_pages import PROGRAM, admin_view, program_page
from jisr.editing.web.configuration import TEST_BACKEND, build_configuration, parse_backend


class EditorGenerator(Output):
    """Writes ``/admin/`` where the settings want the editor and ``inv editor`` has built its program."""

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write the pages, the configuration of each, and the program; a folder that opens from disk can't run it."""
        problems, run = context.problems, context.run
        place = SourceLocation(run.settings_path)
        try:
            backend = parse_backend(context.settings.get("EDITOR"), place)
        except ProblemsError as error:
            problems.add(*error.problems)
            return
        if backend is None or context.site.policy.from_disk or run.check_only:
            return
        if run.strict and backend["name"] == TEST_BACKEND:  # a published editor must keep the texts that it saves
            return
        folder = install.find_program(install.program_home(run.settings_path))
        if folder is None:
            if run.strict:
                text = "EDITOR is set, and the program of the web editor is not here. Run `inv editor`, or take EDITOR out."
                problems.add(Problem.error(place, "editor", text))
            return
        _write_editor(context, writer, folder, backend)


def _write_editor(context: BuildContext, writer: Writer, program: Path, backend: Mapping[str, Any]) -> None:
    site, assets = context.site, context.assets
    writer.write(PageOutput(paths.ADMIN, "admin.html", admin_view(site, assets.stylesheet, assets.icon)))
    for language in site.languages:
        folder = f"{paths.ADMIN}{language.tag}/"
        configuration = json.dumps(build_configuration(site, language, backend), ensure_ascii=False, indent=1)
        writer.write(FileOutput(f"{folder}index.html", program_page(site, language, assets.icon).encode()))
        writer.write(FileOutput(f"{folder}config.json", (configuration + "\n").encode()))
    for file in sorted(program.rglob("*")):
        if file.is_file():
            writer.write(CopyOutput(f"{PROGRAM}{file.relative_to(program).as_posix()}", str(file)))
