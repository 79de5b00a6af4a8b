"""The generator of the program that shows kept pages, and of what publishing lays out to take away."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from markupsafe import Markup, escape

from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import FileCopy, Output, Writer
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import SENTENCES
from jisr.core.model.site import Site
from jisr.core.urls import paths

_WORDS = {"title": "not kept", "text": "no network", "kept": "kept pages"}


class OfflineGenerator(Output):
    """Writes ``sw.js``, and the bundles that publishing made."""

    def offer_hooks(self, context: BuildContext) -> None:
        """Let readers have pages kept."""
        context.hooks.keeps_pages = True

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write everything."""
        site = context.site
        writer.write(paths.WORKER, partial(render_worker, site, context.messages))
        for file in site.bundles.values():
            writer.write(file.address, partial(FileCopy, file.source))


def render_worker(site: Site, messages: Catalogs) -> bytes:
    """Return the program, which says in each language that a page is not kept."""
    words = {one.tag: {"dir": one.direction, **_translate(one, messages)} for one in site.languages}
    source = (Path(__file__).parent / "worker.js").read_text("utf-8")
    lines = (line.strip() for line in source.splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith("//"))
    return f'"use strict";\nconst WORDS = {json.dumps(words, ensure_ascii=False, sort_keys=True)};\n{code}\n'.encode()


def _translate(language: Language, messages: Catalogs) -> dict[str, str]:
    """Return the sentences as HTML; one without translation is marked as English."""
    catalog = messages.for_language(language)
    found = {name: catalog.gettext(SENTENCES[key]) for name, key in _WORDS.items()}
    return {name: str(text if isinstance(text, Markup) else escape(text)) for name, text in found.items()}
