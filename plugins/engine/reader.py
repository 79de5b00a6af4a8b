"""Pelican's settings, read when a command needs them: importing Pelican costs more than reading them."""

from __future__ import annotations

from typing import Any

from plugins.core.problems import Place, Problem, ProblemsError


def read_pelican_settings(path: str, override: dict[str, Any]) -> dict[str, Any]:
    """Give the settings of a file completed by Pelican's defaults, with ``override`` in their place.

    Raises ProblemsError where there is no content folder, and whatever the file itself raises.
    """
    from pelican.settings import read_settings

    try:
        return dict(read_settings(path, override=override))
    except ValueError as error:
        if "containing the content" not in str(error):
            raise
        shown = override.get("CONTENT_SHOWN") or "content"
        text = '"{path}" is not a folder. Name the folder of the texts with --content.'
        raise ProblemsError(Problem.error(Place(shown), "content", text, path=shown)) from None
