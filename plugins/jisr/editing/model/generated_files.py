"""``inv model``: everything in the repository that is made from the content model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jisr.editing.editing_context import Desk, desk
from jisr.editing.file_writer import rewrite, write_new
from jisr.editing.model import field_tables, schema_associations, snippets
from jisr.editing.new.new_text import Page


def pages(at: Desk, folder: Path) -> Iterator[Page]:
    """Give each file that is made from the content model: tables beside the texts, the rest in the folder of the settings."""
    for language in at.site.languages:
        table, snippet = field_tables.name(language), snippets.name(language)
        yield Page(at.root / table, f"{at.shown}/{table}", field_tables.tables(at.site, language))
        yield Page(folder / ".vscode" / snippet, f".vscode/{snippet}", snippets.snippets(at.site, language))
    yield Page(folder / schema_associations.NAME, schema_associations.NAME, schema_associations.associations(at.site))


def write(context: Mapping[str, Any]) -> int:
    """Write what is not as the model says it, and name it. Raises ProblemsError where a file cannot be written."""
    for page in pages(desk(context), Path(context["run"].settings_shown).parent):
        if not page.file.is_file():
            write_new(page.file, page.path, page.text)
        elif page.file.read_bytes() != page.text.encode():
            rewrite(page.file, page.path, page.text)
        else:
            continue
        print(page.path)
    return 0
