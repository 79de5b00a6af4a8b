"""The generator of the well-known files and of web app manifests."""

from __future__ import annotations

from datetime import UTC
from functools import partial

from jisr.content.settings.settings import setting_place
from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output, Writer
from jisr.core.urls import paths
from jisr.outputs.wellknown.humans_txt import render_humans_txt
from jisr.outputs.wellknown.mirror_list import render_mirrors
from jisr.outputs.wellknown.security_txt import SecurityContact, parse_security_setting, render_security_txt
from jisr.outputs.wellknown.web_manifest import render_web_manifest


class WellKnownGenerator(Output):
    """Writes ``humans.txt``, ``.well-known/security.txt``, ``.well-known/mirrors.json`` and a manifest for each language."""

    def __init__(self) -> None:
        self.security: SecurityContact | None = None

    def offer_hooks(self, context: BuildContext) -> None:
        """Let pages name the manifest of their language."""
        context.hooks.has_web_manifest = True

    def read(self, context: BuildContext) -> None:
        """Read SECURITY of the settings, and add what is wrong with it to the problems."""
        run, setting = context.run, context.settings.get("SECURITY")
        if setting:
            today = run.now.astimezone(UTC).date()
            place = setting_place("SECURITY", run.settings_path)
            self.security, problems = parse_security_setting(setting, today, place, run.strict)
            context.problems.add(*problems)

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write the files that the settings have values for."""
        site = context.site
        writer.write("humans.txt", lambda: render_humans_txt(site).encode())
        security = self.security
        if security is not None:
            writer.write(".well-known/security.txt", lambda: render_security_txt(security, site).encode())
        if site.mirrors.has_addresses:
            writer.write(paths.MIRRORS, lambda: render_mirrors(site))
        short, assets = str(context.settings.get("SITENAME") or ""), context.assets
        for language in site.languages:
            writer.write(paths.manifest(language.tag), partial(render_web_manifest, site, language, short, assets))
