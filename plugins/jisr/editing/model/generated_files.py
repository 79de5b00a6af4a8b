"""``inv model``: everything in the repository that is made from the content model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jisr.core.build.build_context import BuildContext
from jisr.editing.editing_context import EditingContext, create_context
from jisr.editing.file_writer import replace_file, write_new_file
from jisr.editing.model import field_tables, schema_associations, snippets
from jisr.editing.new.new_text import PendingFile


def generated_files(at: EditingContext, folder: Path) -> Iterator[PendingFile]:
    """Return each file that is made from the content model: tables beside the texts, the rest in the folder of the settings."""
    for language in at.site.languages:
        table, snippet = field_tables.table_file_name(language), snippets.snippet_file_name(language)
        yield PendingFile(at.root / table, f"{at.display_path}/{table}", field_tables.build_tables(at.site, language))
        yield PendingFile(folder / ".vscode" / snippet, f".vscode/{snippet}", snippets.build_snippets(at.site, language))
    yield PendingFile(
        folder / schema_associations.ASSOCIATIONS_FILE,
        schema_associations.ASSOCIATIONS_FILE,
        schema_associations.schema_associations(at.site),
    )


def write_model_files(context: BuildContext) -> int:
    """Write what is not as the model says it, and name it. Raises ProblemsError where a file cannot be written."""
    for page in generated_files(create_context(context), Path(context.run.settings_path).parent):
        if not page.file.is_file():
            write_new_file(page.file, page.path, page.text)
        elif page.file.read_bytes() != page.text.encode():
            replace_file(page.file, page.path, page.text)
        else:
            continue
        print(page.path)
    return 0
