"""The generator of text twins."""

from __future__ import annotations

from functools import partial

from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output, Writer
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.outputs.text.twin import render_twin


class TextTwinGenerator(Output):
    """Writes ``index.txt`` beside the page of every version of every text, and at the addresses that it had before."""

    splits_work = True

    def offer_hooks(self, context: BuildContext) -> None:
        """Let the pages of texts link their twins."""
        context.hooks.has_text_twins = True

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write every twin; an old address of the text answers as the new one does, since files can't redirect."""
        site, messages = context.site, context.messages
        for texts in writer.claim(tuple(site.sets.values())):
            for version in texts.versions:
                tag, (kind, identity) = version.language.tag, version.key
                for address in dict.fromkeys(paths.published_paths(tag, kind, identity, version.aliases)):
                    if address in site.routes:
                        make = partial(_render, site, messages, kind, identity, tag)
                        writer.write(address + paths.TEXT_TWIN, make)


def _render(site: Site, messages: Catalogs, kind: str, identity: str, tag: str) -> bytes:
    return render_twin(site.version(kind, identity, tag), site, messages).encode()
