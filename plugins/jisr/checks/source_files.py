"""The source files of a content folder. One that the build refuses to read is skipped: the build reports it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from jisr.checks.masked_file import MaskedFile, parse_masked_file
from jisr.content.attachments.cleaner import is_cleaned
from jisr.content.read.file_encoding import MAX_TEXT_BYTES, decode
from jisr.core.diagnostics.problems import ProblemsError
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language, Languages
from jisr.core.schema.field_types import Kind
from jisr.core.schema.kinds import Kinds


@dataclass(frozen=True, slots=True)
class TextFolder:
    """The folder of a text: its versions and their files, by language."""

    pages: Mapping[str, MaskedFile]
    files: Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class ContentFolder:
    """A content folder: its path, its path in messages, and the languages and kinds of the site."""

    root: Path
    display_path: str
    languages: Languages
    kinds: Kinds

    def folders(self) -> Iterator[TextFolder]:
        """Return the folders of texts that have a readable version, sorted by path."""
        for kind in self.kinds:
            depth = "*/*" if kind.name == "posts" else "*"
            for folder in sorted((self.root / kind.name).glob(depth)):
                if not folder.is_dir() or folder.is_symlink():
                    continue
                files = {language.tag: folder / f"index.{language.tag}.md" for language in self.languages}
                versions = {language.tag: self._parse(files[language.tag], kind, language) for language in self.languages}
                pages = {tag: page for tag, page in versions.items() if page is not None}
                if pages:
                    yield TextFolder(pages, {tag: files[tag] for tag in pages})

    def _parse(self, file: Path, kind: Kind, language: Language) -> MaskedFile | None:
        """Return a version, or None where there is none or the build refuses its file."""
        path = self.display_path_of(file)
        try:
            if file.is_symlink() or file.stat().st_size > MAX_TEXT_BYTES:
                return None
            data = file.read_bytes()
            decode(data, path)
            return parse_masked_file(data.decode("utf-8"), path, kind, language)
        except (OSError, ProblemsError):
            return None

    def media(self) -> Iterator[Path]:
        """Return the pictures, films and recordings in the folders of texts, sorted by path."""
        for kind in self.kinds:
            for file in sorted((self.root / kind.name).rglob("*")):
                if is_cleaned(file.name) and file.is_file() and not file.is_symlink():
                    yield file

    def display_path_of(self, file: Path) -> str:
        """Return the path of a file for messages."""
        return f"{self.display_path}/{file.relative_to(self.root).as_posix()}"
