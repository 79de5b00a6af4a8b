"""The generator of the web editor's pages and program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jisr.core.build.outputs import CopyOutput, FileOutput, PageOutput
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.urls import paths
from jisr.editing.web import install
from jisr.editing.web.admin_pages import PROGRAM, admin_view, program_page
from jisr.editing.web.configuration import TEST_BACKEND, build_configuration, parse_backend


class EditorGenerator:
    """Writes ``/admin/`` where the settings want the editor and ``inv editor`` has built its program."""

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], **_: Any) -> None:
        self.context = context
        self.settings = settings

    def generate_output(self, writer: Any) -> None:
        """Write the pages, their configurations, and the program; it cannot run from a folder on disk."""
        site, problems, run = self.context["site"], self.context["problems"], self.context["run"]
        place = SourceLocation(run.settings_path)
        try:
            backend = parse_backend(self.settings.get("EDITOR"), place)
        except ProblemsError as error:
            problems.add(*error.problems)
            return
        if backend is None or site.policy.from_disk or self.settings.get("CHECK_ONLY"):
            return
        if run.strict and backend["name"] == TEST_BACKEND:  # it saves nothing, so it is not published
            return
        folder = install.find_program(install.program_home(run.settings_path))
        if folder is None:
            if run.strict:
                text = "EDITOR is set, and the program of the web editor is not here. Run `inv editor`, or take EDITOR out."
                problems.add(Problem.error(place, "editor", text))
            return
        self._write(writer, folder, backend)

    def _write(self, writer: Any, folder: Path, backend: Any) -> None:
        site, assets = self.context["site"], self.context["assets"]
        writer.write(PageOutput(paths.ADMIN, "admin.html", admin_view(site, assets["stylesheet"], assets["icon"])))
        for language in site.languages:
            here = f"{paths.ADMIN}{language.tag}/"
            configuration = json.dumps(build_configuration(site, language, backend), ensure_ascii=False, indent=1)
            writer.write(FileOutput(f"{here}index.html", program_page(site, language, assets["icon"]).encode()))
            writer.write(FileOutput(f"{here}config.json", (configuration + "\n").encode()))
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                writer.write(CopyOutput(f"{PROGRAM}{file.relative_to(folder).as_posix()}", str(file)))
