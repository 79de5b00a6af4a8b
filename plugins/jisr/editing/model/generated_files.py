"""``inv model``: the files of the repository that are generated from the content model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from jisr.core.build.build_context import BuildContext
from jisr.core.model.site import Site
from jisr.editing.editing_context import EditingContext, create_context
from jisr.editing.file_writer import PendingFile, write_if_changed
from jisr.editing.model import field_tables, snippets

ASSOCIATIONS_FILE = ".remarkrc.json"


def generated_files(context: EditingContext, folder: Path) -> Iterator[PendingFile]:
    """Return the generated files: field tables in the content folder, the others in the folder of the settings."""
    site = context.site
    for language in site.languages:
        table = field_tables.table_file_name(language)
        yield PendingFile(context.root / table, f"{context.display_path}/{table}", field_tables.build_tables(site, language))
    snippets_path = f".vscode/{snippets.SNIPPETS_FILE}"
    yield PendingFile(folder / snippets_path, snippets_path, snippets.build_snippets(site))
    yield PendingFile(folder / ASSOCIATIONS_FILE, ASSOCIATIONS_FILE, schema_associations(site))


def schema_associations(site: Site) -> str:
    """Return the settings of remark-lint-frontmatter-schema: which schema validates which texts while one types.

    The extension unifiedjs.vscode-remark runs it, with the schemas that a build writes. See
    https://github.com/JulianCataldo/remark-lint-frontmatter-schema.
    """
    schemas = {f"./output/data/schema/{kind.name}.json": [f"./content/{kind.name}/**/index.*.md"] for kind in site.kinds}
    plugins = ["remark-frontmatter", ["remark-lint-frontmatter-schema", {"schemas": schemas}]]
    return json.dumps({"plugins": plugins}, indent=2) + "\n"


def write_model_files(context: BuildContext) -> int:
    """Write the generated files that differ, and print their paths. Raises ProblemsError where one cannot be written."""
    for page in generated_files(create_context(context), Path(context.run.settings_path).parent):
        if write_if_changed(page):
            print(page.path)
    return 0
