"""Hands what the site says of itself to the writer."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from jisr.core.build.outputs import File
from jisr.core.diagnostics.problems import Place
from jisr.core.urls import paths
from jisr.outputs.wellknown.humans_txt import humans
from jisr.outputs.wellknown.mirror_list import mirrors
from jisr.outputs.wellknown.security_txt import Security, read_security, security
from jisr.outputs.wellknown.web_manifest import manifest


class WellKnownGenerator:
    """Writes ``humans.txt``, ``.well-known/security.txt``, ``.well-known/mirrors.json`` and a manifest for each language."""

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], **_: Any) -> None:
        self.context = context
        self.settings = settings
        self.security: Security | None = None

    def generate_context(self) -> None:
        """Read what the settings say of reports of faults; what is wrong with it goes to ``problems``."""
        run = self.context["run"]
        stated = self.settings.get("SECURITY")
        if stated:
            today = run.now.astimezone(UTC).date()
            place = Place(run.settings_shown, _line(run.settings_shown))
            self.security, problems = read_security(stated, today, place, run.strict)
            self.context["problems"].add(*problems)

    def generate_output(self, writer: Any) -> None:
        """Write all that the settings give something to say for."""
        site = self.context["site"]
        writer.write(File("humans.txt", humans(site).encode()))
        if self.security is not None:
            writer.write(File(".well-known/security.txt", security(self.security, site).encode()))
        if site.copies.named:
            writer.write(File(paths.MIRRORS, mirrors(site)))
        short, icon = str(self.settings.get("SITENAME") or ""), self.context["assets"]["icon"]
        for language in site.languages:
            writer.write(File(paths.manifest(language.tag), manifest(site, language, short, icon)))


def _line(path: str) -> int:
    """Give the line of the settings file that states SECURITY, or its first."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 (as it was named)
        return next((number for number, line in enumerate(file, 1) if line.startswith("SECURITY")), 1)
