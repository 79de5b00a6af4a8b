"""The generator of the web editor's pages and program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import FileCopy, Output, Page, Writer
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.i18n.languages import Language
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.editing.web import install
from jisr.editing.web.admin_pages import PROGRAM, admin_view, program_page
from jisr.editing.web.configuration import TEST_BACKEND, build_configuration, parse_backend


class EditorGenerator(Output):
    """Writes ``/admin/`` where the settings want the editor and ``inv editor`` has built its program."""

    def offer_hooks(self, context: BuildContext) -> None:
        """Offer the editor to those who translate, where what they write there is kept."""
        try:
            backend = parse_backend(context.settings.get("EDITOR"), SourceLocation(context.run.settings_path))
        except ProblemsError:
            return  # told where the editor is written
        context.hooks.has_web_editor = backend is not None and backend["name"] != TEST_BACKEND and not _opens_from_disk(context)

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
        if run.strict and backend["name"] == TEST_BACKEND:  # it saves nothing, so it is not published
            return
        folder = install.find_program(install.program_home(run.settings_path))
        if folder is None:
            if run.strict:
                text = "EDITOR is set, and the program of the web editor is not here. Run `inv editor`, or take EDITOR out."
                problems.add(Problem.error(place, "editor", text))
            return
        _write_editor(context, writer, folder, backend)


def _opens_from_disk(context: BuildContext) -> bool:
    return bool(context.settings.get("FROM_DISK", False))


def _write_editor(context: BuildContext, writer: Writer, program: Path, backend: Mapping[str, Any]) -> None:
    site, assets = context.site, context.assets
    writer.write(paths.ADMIN, lambda: Page("admin.html", admin_view(site, assets)))
    for language in site.languages:
        folder = f"{paths.ADMIN}{language.tag}/"
        writer.write(f"{folder}index.html", partial(program_page, site, language, assets.icon))
        writer.write(f"{folder}config.json", partial(_render_configuration, site, language, backend))
    for file in sorted(program.rglob("*")):
        if file.is_file():
            writer.write(f"{PROGRAM}{file.relative_to(program).as_posix()}", partial(FileCopy, str(file)))


def _render_configuration(site: Site, language: Language, backend: Mapping[str, Any]) -> bytes:
    return (json.dumps(build_configuration(site, language, backend), ensure_ascii=False, indent=1) + "\n").encode()
