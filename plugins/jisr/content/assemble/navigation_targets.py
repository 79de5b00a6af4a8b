"""The texts that the menu, the footer and the home name in the settings: each is there, or will be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jisr.content.loaded_texts import LoadedTexts
from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.model.site import Navigation, NavigationEntry
from jisr.core.schema.validation_context import suggest_word


def navigation_problems(navigation: Navigation, places: Mapping[str, SourceLocation], texts: LoadedTexts) -> Iterator[Problem]:
    """Return a problem for each text that a setting names and that is not in the content folder; drafts may be named before."""
    names = {
        "MENU": navigation.menu or (),
        "FOOTER": tuple(entry for group in navigation.footer for entry in group.entries),
        "HOME": tuple(map(NavigationEntry, navigation.home)),
    }
    for setting, entries in names.items():
        for entry in entries:
            kind, identity = entry.text
            if kind and (kind, identity) not in texts.bundles:
                known = [f"{kind}/{one}" for other, one in texts.bundles if other == kind]
                text = '"{value}" is no text. {hint}Write the kind and the folder of one, as it stands in the content folder.'
                yield Problem.error(
                    places[setting], "setting", text, value=entry.target, hint=suggest_word(entry.target, known)
                )
