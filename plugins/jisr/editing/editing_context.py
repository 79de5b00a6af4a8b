"""The context of the commands for editors: the site with its drafts, and the files of its texts."""

from __future__ import annotations

from pathlib import Path

from jisr.content.read.source_file import SourceFile, parse_source_file
from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document
from jisr.core.model.site import Site
from jisr.core.translation.blocks import TextBlock, version_blocks


@dataclass(frozen=True, slots=True)
class EditingContext:
    """The site, its content folder and the path of that in messages, the errors in its texts, and the message formatter."""

    site: Site
    root: Path
    display_path: str
    errors: tuple[Problem, ...] = ()
    formatter: MessageFormatter = ENGLISH

    def folder(self, kind: str, identity: str) -> Path:
        """Return the folder of a text."""
        return self.root / kind / identity

    def display_path_of(self, kind: str, identity: str, tag: str = "") -> str:
        """Return the path of a text's folder in messages, or of its version in a language."""
        folder = f"{self.display_path}/{kind}/{identity}"
        return f"{folder}/index.{tag}.md" if tag else folder

    def file(self, document: Document) -> Path:
        """Return the file of a version."""
        return self.folder(document.kind, document.id) / f"index.{document.language.tag}.md"

    def source_file(self, document: Document) -> SourceFile:
        """Return the file of a version as typed. Raises ProblemsError where it cannot be read."""
        try:
            return parse_source_file(self.file(document).read_bytes().decode("utf-8"), document.path)
        except (OSError, ValueError, ProblemsError):
            text = "The file cannot be read. Mend what inv check says of it."
            raise ProblemsError(Problem.error(SourceLocation(document.path), "file", text)) from None

    def blocks(self, document: Document) -> tuple[TextBlock, ...]:
        """Return the blocks of a version, with the lines of its file. Raises ProblemsError where that cannot be read."""
        source = self.source_file(document)
        return version_blocks(document.title, document.summary, source.body, source.body_line)


def create_context(context: BuildContext) -> EditingContext:
    """Return the editing context of a site. Raises ProblemsError where its settings allow no site."""
    errors = tuple(problem for problem in context.problems if problem.severity == "error")
    if not context.has_site:
        raise ProblemsError(*errors)
    root = Path(context.settings["PATH"])
    return EditingContext(context.site, root, context.run.content_path, errors, context.formatter)
