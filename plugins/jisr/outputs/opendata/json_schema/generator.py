"""Generator of the schemas of the content model."""

from __future__ import annotations

import json
from typing import Any

from jisr.core.build.outputs import FileOutput
from jisr.outputs.opendata.json_schema.front_matter_schema import build_kind_schema


class SchemasGenerator:
    """Writes ``data/schema/<kind>.json`` for each kind of the site."""

    def __init__(self, context: dict[str, Any], **_: Any) -> None:
        self.context = context

    def generate_output(self, writer: Any) -> None:
        """Write a schema for each kind."""
        site = self.context["site"]
        for kind in site.kinds:
            text = json.dumps(build_kind_schema(kind, site), ensure_ascii=False, indent=2, sort_keys=True)
            writer.write(FileOutput(f"data/schema/{kind.name}.json", (text + "\n").encode()))
