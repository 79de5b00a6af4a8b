"""What the commands of this room know: the site as it is, drafts among it, and where its texts lie."""

from __future__ import annotations

from pathlib import Path

from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document
from jisr.core.model.site import Site


@dataclass(frozen=True, slots=True)
class EditingContext:
    """The site, its content folder and how the editor calls it, every error in texts now, and the voice to speak with."""

    site: Site
    root: Path
    display_path: str
    errors: tuple[Problem, ...] = ()
    voice: MessageFormatter = ENGLISH

    def folder(self, kind: str, identity: str) -> Path:
        """Return the folder of a text."""
        return self.root / kind / identity

    def display_path_of(self, kind: str, identity: str, tag: str = "") -> str:
        """Return what an editor calls the folder of a text, or its version in a language."""
        folder = f"{self.display_path}/{kind}/{identity}"
        return f"{folder}/index.{tag}.md" if tag else folder

    def file(self, document: Document) -> Path:
        """Return where a version of a text lies."""
        return self.folder(document.kind, document.id) / f"index.{document.language.tag}.md"


def create_context(context: BuildContext) -> EditingContext:
    """Return the desk of a site that was read. Raises ProblemsError where its settings allow no site."""
    errors = tuple(problem for problem in context.problems if problem.severity == "error")
    if not context.has_site:
        raise ProblemsError(*errors)
    root = Path(context.settings["PATH"])
    return EditingContext(context.site, root, context.run.content_path, errors, context.formatter)
