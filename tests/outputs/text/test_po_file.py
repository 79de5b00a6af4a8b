"""The texts that wait for a translator, as files for the programs of translators."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jisr.core.build.build_context import BuildContext
from jisr.core.translation.po_format import format_po, parse_po, untranslated_po
from jisr.core.urls import paths
from jisr.editing.editing_context import create_context
from jisr.editing.translate.po_exchange import build_po_document
from jisr.outputs.text.po_file import find_blocks
from tests.outputs.offline.test_bundles import sample
from tests.site.pages import Site

__all__ = ["sample"]


@pytest.mark.parametrize("tag", ["ar", "ckb", "kmr"])
def test_each_text_that_waits_has_its_file_beside_it(site: Site, tag: str) -> None:
    """The page for translators links a file for each text that its language lacks, and the file lies there."""
    page = site.pages[f"{tag}/translate/index.html"]
    rows = page.values(".row[id]", "id")
    links = page.values(".row[id] a[download]", "href")
    assert len(links) == len(rows) > 0
    assert all((site.folder / tag / "translate" / link).is_file() for link in links)


def test_a_published_file_is_the_one_that_the_command_writes(sample: BuildContext) -> None:
    """But for the path of the site on the machine of an editor, inv po writes the same, which inv merge takes back."""
    site, editing = sample.site, create_context(sample)
    waiting = [one for _, documents in site.indexes["translate", "kmr"].values() for one in documents][:12]
    assert waiting
    for one in waiting:
        name = f"{one.kind}/{one.id}/index.{one.language.tag}.md"
        published = untranslated_po(name, "kmr", find_blocks(site, one))
        written = build_po_document(one, site.sets[one.key], site.languages["kmr"], editing)
        assert published.path == written.path == name
        assert [replace(entry, place="") for entry in published.entries] == [
            replace(entry, place="") for entry in written.entries
        ]
        read = parse_po(format_po(published).encode())
        assert [entry.key for entry in read.entries] == [entry.key for entry in published.entries]


def test_nothing_is_kept_for_translators_of_a_text_that_all_languages_have(sample: BuildContext) -> None:
    """A build of many texts would hold the words of each twice."""
    site = sample.site
    complete = [texts for texts in site.sets.values() if len(texts.versions) == len(site.languages)]
    assert complete
    assert not [one.path for texts in complete for one in texts.versions if site.bodies[one.path].markdown]


def test_the_address_of_a_file_is_in_no_ledger(sample: BuildContext) -> None:
    """A file goes when its text is translated, so that nobody is told of an address that was published and is gone."""
    from jisr.publishing.checks.url_ledger import lasting_addresses

    assert lasting_addresses([paths.po_file("ar", "posts", "dijla/mapping"), "ar/translate/index.html"]) == ["/ar/translate/"]
    assert Path(paths.po_file("ar", "posts", "dijla/mapping")).suffix == ".po"
