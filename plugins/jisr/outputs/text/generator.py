"""The generator of text twins, and of files for translators."""

from __future__ import annotations

from functools import partial

from jisr.content.settings.settings import setting_place
from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output, Writer
from jisr.core.diagnostics.problems import Problem
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.model.site import Site
from jisr.core.schema.kinds import DEFAULT_KINDS
from jisr.core.urls import paths
from jisr.outputs.text.po_file import write_po_files
from jisr.outputs.text.twin import render_twin


class TextTwinGenerator(Output):
    """Writes ``index.txt`` beside the page of every version of every text, and at the addresses that it had before."""

    splits_work = True

    def offer_hooks(self, context: BuildContext) -> None:
        """Let the pages of texts link their twins: those of all kinds, or of the ones that TEXT_TWINS names."""
        shipped = frozenset(kind.name for kind in DEFAULT_KINDS)
        value = context.settings.get("TEXT_TWINS", shipped)
        if isinstance(value, str) or not isinstance(value, tuple | list | frozenset) or not shipped.issuperset(value):
            text = '"{value}" is not a list of kinds. Write TEXT_TWINS = ("statements",), or () for none; there are: {kinds}.'
            place = setting_place("TEXT_TWINS", context.run.settings_path)
            context.problems.add(Problem.error(place, "setting", text, value=value, kinds=", ".join(sorted(shipped))))
            value = shipped
        context.hooks.text_twins = frozenset(value)

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write every twin, and files for translators; an old address has its twin, too, since files can't redirect."""
        site, messages = context.site, context.messages
        write_po_files(site, writer)
        for texts in writer.claim(tuple(one for one in site.sets.values() if one.kind in context.hooks.text_twins)):
            for version in texts.versions:
                tag, (kind, identity) = version.language.tag, version.key
                for address in dict.fromkeys(paths.published_paths(tag, kind, identity, version.aliases)):
                    if address in site.routes:
                        make = partial(_render, site, messages, kind, identity, tag)
                        writer.write(address + paths.TEXT_TWIN, make)


def _render(site: Site, messages: Catalogs, kind: str, identity: str, tag: str) -> bytes:
    return render_twin(site.version(kind, identity, tag), site, messages).encode()
