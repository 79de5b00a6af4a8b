"""The files of a language as a ZIM archive, which Kiwix shows and searches (https://wiki.openzim.org/wiki/ZIM_file_format).

Two archives of the same site have the same entries; their bytes differ, since libzim gives each a number of its own.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

from jisr.content.write.reproducible_zip import sort_names
from jisr.core.model.site import Site
from jisr.core.urls.media_types import media_type
from jisr.outputs.offline.bundles.language_files import FIRST_PAGE, LanguageFiles
from jisr.outputs.offline.bundles.zim_icon import draw_icon

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
# ISO 639-3 of the languages that are not named by it already; Kiwix knows no other.
_THREE_LETTERS = {"ar": "ara", "en": "eng", "fr": "fra", "fa": "fas", "tr": "tur", "de": "deu", "es": "spa", "it": "ita"}
_DESCRIPTION_LENGTH = 80  # characters: https://wiki.openzim.org/wiki/Metadata


def write_archive(target: Path, files: LanguageFiles, site: Site) -> None:
    """Write the archive of a language with a full-text index. Raises OSError."""
    from libzim.writer import Creator, Hint

    language = files.language
    with tempfile.TemporaryDirectory(prefix=".zim-", dir=target.parent) as folder:
        temporary = Path(folder) / target.name
        creator: Any = Creator(temporary)
        creator.config_verbose(False).config_indexing(True, _language_code(language.tag))
        creator.set_mainpath(f"{language.tag}/{FIRST_PAGE}")
        with _quiet(), creator:
            for name in sort_names(set(files.names()) - {FIRST_PAGE}):
                creator.add_item(_create_item(name, files.read(name), Hint))
            for name, value in sorted(_metadata(files, site).items()):
                creator.add_metadata(name, value)
            creator.add_illustration(48, draw_icon())
        temporary.replace(target)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the library says of its steps from the output of the command; it writes past Python."""
    sys.stdout.flush()
    kept = os.dup(1)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _metadata(files: LanguageFiles, site: Site) -> dict[str, str]:
    language = files.language
    name = site.network_name(language)
    purpose = site.network.text_in(site.network.purposes, language, site.languages).text or name
    if len(purpose) > _DESCRIPTION_LENGTH:
        purpose = purpose[: _DESCRIPTION_LENGTH - 1].rpartition(" ")[0] + "…"
    return {
        "Title": name,
        "Description": purpose,
        "Language": _language_code(language.tag),
        "Creator": name,
        "Publisher": name,
        "Name": f"{site.policy.tag_authority.partition(',')[0]}_{language.tag}",
        "Date": site.today.isoformat(),
        "Source": f"{site.url}/{language.tag}/",
    }


def _language_code(tag: str) -> str:
    base = tag.partition("-")[0]
    return _THREE_LETTERS.get(base, base)


def _create_item(name: str, data: bytes, hint: Any) -> Any:
    from libzim.writer import Item, StringProvider

    is_page = name.endswith(".html")
    match = _TITLE.search(data.decode("utf-8", "replace")) if is_page else None
    title = unescape(match[1]) if match else ""

    class FileItem(Item):
        def get_path(self) -> str:
            return name

        def get_title(self) -> str:
            return title

        def get_mimetype(self) -> str:
            return media_type(name)

        def get_contentprovider(self) -> Any:
            return StringProvider(data)

        def get_hints(self) -> dict[Any, bool]:
            return {hint.FRONT_ARTICLE: is_page, hint.COMPRESS: not media_type(name).startswith(("image/", "font/"))}

    return FileItem()
