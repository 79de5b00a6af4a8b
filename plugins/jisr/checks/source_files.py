"""The files of a content folder as manuscripts. One that cannot be read is left to those who say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from jisr.checks.rules.exif_location import IMAGE_SUFFIXES
from jisr.checks.source_text_positions import MaskedFile, parse_masked_file
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Languages
from jisr.core.schema.kinds import Kinds

_MAX_BYTES = 2_000_000
_UNREADABLE = re.compile("[\x00-\x03]|^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TextFolder:
    """A text's folder: its versions by language, and where each lies."""

    pages: Mapping[str, MaskedFile]
    files: Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class ContentFolder:
    """A content folder: where it lies, how the editor calls it, what may stand in it."""

    root: Path
    display_path: str
    languages: Languages
    kinds: Kinds

    def folders(self) -> Iterator[TextFolder]:
        """Return the folders of texts that can be read, in the order of their paths."""
        for kind in self.kinds:
            depth = "*/*" if kind.name == "posts" else "*"
            for folder in sorted((self.root / kind.name).glob(depth)):
                if not folder.is_dir() or folder.is_symlink():
                    continue
                pages: dict[str, MaskedFile] = {}
                files: dict[str, Path] = {}
                for language in self.languages:
                    file = folder / f"index.{language.tag}.md"
                    text = _read_text(file)
                    if text is None:
                        continue
                    try:
                        pages[language.tag] = parse_masked_file(text, self.display_path_of(file), kind, language)
                        files[language.tag] = file
                    except ValueError:
                        continue
                if pages:
                    yield TextFolder(pages, files)

    def pictures(self) -> Iterator[Path]:
        """Return the pictures that lie beside texts, in the order of their paths."""
        for kind in self.kinds:
            for file in sorted((self.root / kind.name).rglob("*")):
                if file.suffix.lower() in IMAGE_SUFFIXES and file.is_file() and not file.is_symlink():
                    yield file

    def display_path_of(self, file: Path) -> str:
        """Return the path of a file as the editor knows it."""
        return f"{self.display_path}/{file.relative_to(self.root).as_posix()}"


def _read_text(file: Path) -> str | None:
    try:
        if file.is_symlink() or file.stat().st_size > _MAX_BYTES:
            return None
        text = file.read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return None
    return None if _UNREADABLE.search(text) else text
