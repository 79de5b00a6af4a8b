"""The renderer of bodies, as a build calls it."""

from __future__ import annotations

from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output
from jisr.markdown.extensions import body_renderer


class MarkdownGenerator(Output):
    """Offers the renderer of bodies; it writes no file."""

    def offer_hooks(self, context: BuildContext) -> None:
        """Let texts be rendered."""
        context.hooks.render_body = body_renderer(context.settings)
