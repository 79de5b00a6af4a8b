"""The files of a content folder as manuscripts. One that cannot be read is left to those who say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from jisr.checks.rules.exif_location import SUFFIXES
from jisr.checks.source_text_positions import Manuscript, take_apart
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Languages
from jisr.core.schema.kinds import Kinds

_LARGEST = 2_000_000
_UNFIT = re.compile("[\x00-\x03]|^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Folder:
    """A text's folder: its versions by language, and where each lies."""

    pages: Mapping[str, Manuscript]
    files: Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class Content:
    """A content folder: where it lies, how the editor calls it, what may stand in it."""

    root: Path
    shown: str
    languages: Languages
    kinds: Kinds

    def folders(self) -> Iterator[Folder]:
        """Give the folders of texts that can be read, in the order of their paths."""
        for kind in self.kinds:
            depth = "*/*" if kind.name == "posts" else "*"
            for folder in sorted((self.root / kind.name).glob(depth)):
                if not folder.is_dir() or folder.is_symlink():
                    continue
                pages: dict[str, Manuscript] = {}
                files: dict[str, Path] = {}
                for language in self.languages:
                    file = folder / f"index.{language.tag}.md"
                    text = _text(file)
                    if text is None:
                        continue
                    try:
                        pages[language.tag] = take_apart(text, self.path(file), kind, language)
                        files[language.tag] = file
                    except ValueError:
                        continue
                if pages:
                    yield Folder(pages, files)

    def pictures(self) -> Iterator[Path]:
        """Give the pictures that lie beside texts, in the order of their paths."""
        for kind in self.kinds:
            for file in sorted((self.root / kind.name).rglob("*")):
                if file.suffix.lower() in SUFFIXES and file.is_file() and not file.is_symlink():
                    yield file

    def path(self, file: Path) -> str:
        """Give the path of a file as the editor knows it."""
        return f"{self.shown}/{file.relative_to(self.root).as_posix()}"


def _text(file: Path) -> str | None:
    try:
        if file.is_symlink() or file.stat().st_size > _LARGEST:
            return None
        text = file.read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return None
    return None if _UNFIT.search(text) else text
