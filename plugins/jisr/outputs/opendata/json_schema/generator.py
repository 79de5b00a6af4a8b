"""The generator of the schemas of front matter."""

from __future__ import annotations

import json
from functools import partial

from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output, Writer
from jisr.core.model.site import Site
from jisr.core.schema.field_types import Kind
from jisr.outputs.opendata.json_schema.front_matter_schema import build_kind_schema


class SchemasGenerator(Output):
    """Writes ``data/schema/<kind>.json`` for each kind of the site."""

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write a schema for each kind."""
        site = context.site
        for kind in site.kinds:
            writer.write(f"data/schema/{kind.name}.json", partial(_render_schema, kind, site))


def _render_schema(kind: Kind, site: Site) -> bytes:
    return (json.dumps(build_kind_schema(kind, site), ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
