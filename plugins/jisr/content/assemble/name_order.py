"""The language of a name, which is not always that of the text that states it."""

from __future__ import annotations

from jisr.core.bidi.base_direction import base_direction
from jisr.core.i18n.languages import Language
from jisr.core.i18n.script_detection import detect_language
from jisr.core.model.site import Site


def name_language(name: str, language: Language, site: Site) -> Language:
    """Return the language a name is shown as: the page's, unless its letters tell another that reads the other way."""
    turns = base_direction(name, language.direction) != language.direction
    tag = detect_language(name) if turns else ""
    return site.languages[tag] if tag in site.languages else language  # noqa: SIM401 (Languages is no mapping)
