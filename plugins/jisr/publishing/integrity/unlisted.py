"""The files of hidden texts: they are published, and no public list names them."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.core.frozen import dataclass
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.site import Site
from jisr.core.urls import paths


@dataclass(frozen=True, slots=True)
class UnlistedFiles:
    """The addresses of hidden texts: those with all that lies below them, and single files."""

    folders: tuple[str, ...] = ()
    files: frozenset[str] = frozenset()

    def __contains__(self, path: str) -> bool:
        """Whether a file of the output, or a compressed copy of one, belongs to a hidden text.

        >>> files = UnlistedFiles(("ar/news/x/",), frozenset(["old.html"]))
        >>> [path in files for path in ("ar/news/x/index.txt", "old.html.br", "ar/news/xy/index.html", "old.htm")]
        [True, True, False, False]
        """
        return path.startswith(self.folders) or path in self.files or path.rpartition(".")[0] in self.files


def find_unlisted_files(site: Site) -> UnlistedFiles:
    """Return the files of all hidden texts of a site."""
    addresses = {address for texts in site.sets.values() for address in _hidden_addresses(texts, site)}
    folders = {one for one in addresses if one.endswith("/")}
    return UnlistedFiles(tuple(sorted(folders)), frozenset(addresses - folders))


def _hidden_addresses(texts: TranslationSet, site: Site) -> Iterator[str]:
    hidden = [one for one in texts.versions if one.status == "hidden"]
    if hidden and len(hidden) == len(texts.versions):
        yield paths.bundle_file_path(texts.kind, texts.id, "")
    for version in hidden:
        yield from _version_addresses(version)
        for other in site.languages:
            family = paths.side_by_side_family(paths.family(*version.key), version.language.tag)
            yield paths.collection_path(other.tag, family)


def _version_addresses(version: Document) -> Iterator[str]:
    """Return the addresses of a version: present, old and short ones."""
    tag, (kind, identity) = version.language.tag, version.key
    yield paths.text(tag, kind, identity)
    for address in (*map(paths.legacy_address, version.aliases), *paths.short_paths(tag, kind, identity, version.aliases)):
        yield paths.output_path(address)
