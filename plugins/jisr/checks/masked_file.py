"""A source file with its words: the file as typed, and the same text with everything masked that is not a word."""

from __future__ import annotations

from jisr.checks.masking import OPAQUE, SYNTAX, mask, mask_body, mask_plain_text
from jisr.content.read.source_file import FieldValue, SourceFile, parse_source_file
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.schema.kinds import Kind

_QUOTES = ("'", '"')


@dataclass(frozen=True, slots=True)
class MaskedFile:
    """A source file, its text with all characters masked that are not words, and the values of its text fields."""

    file: SourceFile
    kind: Kind
    language: Language
    masked: str
    values: tuple[FieldValue, ...]

    @property
    def text(self) -> str:
        """The file as typed."""
        return self.file.text

    @property
    def body_start(self) -> int:
        """The offset of the body."""
        return self.file.body_start

    @property
    def scalars(self) -> dict[str, str]:
        """The text of each field that is a single value, by its dotted name."""
        return self.file.scalars

    def field_text(self, name: str) -> str:
        """Return the text of a field, or nothing."""
        return next((value.text for value in self.values if value.name == name), "")

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft, which readers do not see and which may be unfinished."""
        return self.scalars.get("status") == "draft"

    @property
    def lines(self) -> list[tuple[int, str, str]]:
        """The lines of the body without their ends: the offset of each, the line as typed, and masked."""
        starts = [start for start in self.file.line_starts if self.body_start <= start < len(self.text)]
        return [
            (start, self.text[start:end].rstrip("\r\n"), self.masked[start:end].rstrip("\r\n"))
            for start, end in zip(starts, (*starts[1:], len(self.text)), strict=False)
        ]


def parse_masked_file(text: str, path: str, kind: Kind, language: Language) -> MaskedFile:
    """Parse a file, and mask everything that is not a word. Raises ProblemsError where its front matter cannot be read.

    >>> from jisr.core.schema.kinds import Kinds
    >>> from jisr.core.i18n.languages import build_languages
    >>> page = parse_masked_file("---\\ntitle: ناو\\n---\\nدەق", "a.md", Kinds().get("pages"), build_languages(["ckb"])["ckb"])
    >>> page.field_text("title"), page.file.place_at(page.body_start).line
    ('ناو', 4)
    """
    file = parse_source_file(text, path)
    values = file.text_values(kind.fields)
    front_matter = mask(text[: file.body_start], OPAQUE)
    for value in values:
        words = mask_plain_text(text[value.start : value.end])
        if text[value.end : value.end + 1] in _QUOTES:
            words += SYNTAX  # so that the end of a value is one for its words, too
        front_matter = front_matter[: value.start] + words + front_matter[value.start + len(words) :]
    return MaskedFile(file, kind, language, front_matter + mask_body(file.body), values)
