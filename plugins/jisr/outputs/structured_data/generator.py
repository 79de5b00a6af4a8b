"""The description of a page as JSON-LD, as pages ask for it."""

from __future__ import annotations

from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output
from jisr.outputs.structured_data.json_ld import describe


class StructuredDataGenerator(Output):
    """Offers the description of a page; it writes no file."""

    def offer_hooks(self, context: BuildContext) -> None:
        """Let pages be described."""
        context.hooks.describe = describe
