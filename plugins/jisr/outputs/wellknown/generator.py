"""Generator of the files at well-known addresses."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from jisr.core.build.outputs import FileOutput
from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.urls import paths
from jisr.outputs.wellknown.humans_txt import render_humans_txt
from jisr.outputs.wellknown.mirror_list import render_mirrors
from jisr.outputs.wellknown.security_txt import SecurityContact, parse_security_setting, render_security_txt
from jisr.outputs.wellknown.web_manifest import render_web_manifest


class WellKnownGenerator:
    """Writes ``humans.txt``, ``.well-known/security.txt``, ``.well-known/mirrors.json`` and a manifest for each language."""

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], **_: Any) -> None:
        self.context = context
        self.settings = settings
        self.security: SecurityContact | None = None

    def generate_context(self) -> None:
        """Parse the setting SECURITY; its problems are added to ``problems``."""
        run = self.context["run"]
        setting = self.settings.get("SECURITY")
        if setting:
            today = run.now.astimezone(UTC).date()
            place = SourceLocation(run.settings_path, _find_setting_line(run.settings_path))
            self.security, problems = parse_security_setting(setting, today, place, run.strict)
            self.context["problems"].add(*problems)

    def generate_output(self, writer: Any) -> None:
        """Write each file for which the settings hold values."""
        site = self.context["site"]
        writer.write(FileOutput("humans.txt", render_humans_txt(site).encode()))
        if self.security is not None:
            writer.write(FileOutput(".well-known/security.txt", render_security_txt(self.security, site).encode()))
        if site.mirrors.has_addresses:
            writer.write(FileOutput(paths.MIRRORS, render_mirrors(site)))
        short_name, icon = str(self.settings.get("SITENAME") or ""), self.context["assets"]["icon"]
        for language in site.languages:
            writer.write(FileOutput(paths.manifest(language.tag), render_web_manifest(site, language, short_name, icon)))


def _find_setting_line(path: str) -> int:
    """Return the line number of SECURITY in the settings file, or 1."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 (the path as the command got it)
        return next((number for number, line in enumerate(file, 1) if line.startswith("SECURITY")), 1)
