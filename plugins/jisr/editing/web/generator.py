"""Hands the web editor to the writer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jisr.core.build.outputs import CopyOutput, FileOutput, PageOutput
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.urls import paths
from jisr.editing.web import install
from jisr.editing.web.admin_pages import PROGRAM, admin_view, program_page
from jisr.editing.web.backend import TEST_BACKEND, read_backend
from jisr.editing.web.configuration import build_configuration


class EditorGenerator:
    """Writes ``/admin/`` where the settings want the editor and ``inv editor`` has built its program."""

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], **_: Any) -> None:
        self.context = context
        self.settings = settings

    def generate_output(self, writer: Any) -> None:
        """Write the pages, what each is told, and the program; a folder that opens from disk can't run it."""
        site, problems, run = self.context["site"], self.context["problems"], self.context["run"]
        place = SourceLocation(run.settings_path)
        try:
            kept = read_backend(self.settings.get("EDITOR"), place)
        except ProblemsError as error:
            problems.add(*error.problems)
            return
        if kept is None or site.policy.from_disk or self.settings.get("CHECK_ONLY"):
            return
        if run.strict and kept["name"] == TEST_BACKEND:  # to be published it must keep what is written
            return
        folder = install.find_program(install.home(run.settings_path))
        if folder is None:
            if run.strict:
                text = "EDITOR is set, and the program of the web editor is not here. Run `inv editor`, or take EDITOR out."
                problems.add(Problem.error(place, "editor", text))
            return
        self._write(writer, folder, kept)

    def _write(self, writer: Any, folder: Path, kept: Any) -> None:
        site, assets = self.context["site"], self.context["assets"]
        writer.write(PageOutput(paths.ADMIN, "admin.html", admin_view(site, assets["stylesheet"], assets["icon"])))
        for language in site.languages:
            here = f"{paths.ADMIN}{language.tag}/"
            told = json.dumps(build_configuration(site, language, kept), ensure_ascii=False, indent=1)
            writer.write(FileOutput(f"{here}index.html", program_page(site, language, assets["icon"]).encode()))
            writer.write(FileOutput(f"{here}config.json", (told + "\n").encode()))
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                writer.write(CopyOutput(f"{PROGRAM}{file.relative_to(folder).as_posix()}", str(file)))
