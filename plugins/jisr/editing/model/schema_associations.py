"""Which schema holds for which texts, for editors' programs that check front matter while one types: ``.remarkrc.json``."""

from __future__ import annotations

import json

from jisr.core.model.site import Site

ASSOCIATIONS_FILE = ".remarkrc.json"


def schema_associations(site: Site) -> str:
    """Return the settings of remark-lint-frontmatter-schema, which the extension unifiedjs.vscode-remark runs.

    See https://github.com/JulianCataldo/remark-lint-frontmatter-schema. The schemas are those that a build writes.
    """
    schemas = {f"./output/data/schema/{kind.name}.json": [f"./content/{kind.name}/**/index.*.md"] for kind in site.kinds}
    plugins = ["remark-frontmatter", ["remark-lint-frontmatter-schema", {"schemas": schemas}]]
    return json.dumps({"plugins": plugins}, indent=2) + "\n"
