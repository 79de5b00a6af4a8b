"""The generator of the schemas of front matter."""

from __future__ import annotations

import json

from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import FileOutput, Output, Writer
from jisr.outputs.opendata.json_schema.front_matter_schema import build_kind_schema


class SchemasGenerator(Output):
    """Writes ``data/schema/<kind>.json`` for each kind of the site."""

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write a schema for each kind."""
        site = context.site
        for kind in site.kinds:
            text = json.dumps(build_kind_schema(kind, site), ensure_ascii=False, indent=2, sort_keys=True)
            writer.write(FileOutput(f"data/schema/{kind.name}.json", (text + "\n").encode()))
