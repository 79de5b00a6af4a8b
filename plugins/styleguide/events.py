"""A conference as components ask for it, in each state that it and its registration may have."""

from __future__ import annotations

from datetime import date

from plugins.core.documents import ProgrammeItem
from plugins.styleguide.examples import Example
from plugins.styleguide.rows import here, link, row, words
from plugins.styleguide.views import Part

START, END = date(2018, 8, 10), date(2018, 8, 11)
OPENS, CLOSES = date(2018, 7, 1), date(2018, 8, 1)


def event(example: Example, state: str, registration: str = "") -> Part:
    """Give the conference of an example."""
    language, said = example.language, example["conference"]
    programme = tuple(
        ProgrammeItem(words(item["title"], language), words(item["time"], language), tuple(item["speakers"]))
        for item in said["programme"]
    )
    return Part(
        "EventView",
        {
            "start": START,
            "end": END,
            "state": state,
            "name": words(said["hall"], language),
            "city": words(said["city"], language),
            "country": words(said["country"], language),
            "participants": 100,
            "registration": registration,
            "registration_url": here(language) if registration == "open" else "",
            "opens": OPENS,
            "closes": CLOSES,
            "programme_url": here(language),
            "programme": programme,
            "supporters": tuple(link(one, language) for one in said["supporters"]),
            "documents": (row(example, "statements"),),
        },
    )
