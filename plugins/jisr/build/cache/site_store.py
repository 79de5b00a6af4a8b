"""The site as the last build assembled it, in a file of ``.cache/``: for a build after which words alone changed.

Documents are not in it, but their paths: they are those of the texts that are kept, as they are now.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from jisr.build.cache.named_files import read_named, write_named
from jisr.build.cache.serialization import ValuePickler, load_value
from jisr.build.cache.text_store import UNREADABLE, TextStore
from jisr.core.diagnostics.problems import Problem
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Languages
from jisr.core.model.site import Site


@dataclass(frozen=True, slots=True)
class AssembledSite:
    """A site without its bodies, and what was found wrong while it was assembled."""

    site: Site
    problems: Sequence[Problem]


def save_site(assembled: AssembledSite, texts: TextStore, folder: Path) -> str:
    """Write a site under a name of its own, which this returns."""
    paths = {id(one): path for path, one in texts.documents().items()}
    data = ValuePickler(assembled.site.languages, paths).dumps((assembled.site, assembled.problems))
    return write_named(folder, "site", data, ".pickle").name


def load_site(folder: Path, name: str, texts: TextStore, languages: Languages) -> AssembledSite | None:
    """Return the site in a file; None where there is none or it cannot be read."""
    try:
        data = read_named(folder, name)
        return AssembledSite(*load_value(io.BytesIO(data), languages, documents=texts.documents()))
    except UNREADABLE:
        return None
