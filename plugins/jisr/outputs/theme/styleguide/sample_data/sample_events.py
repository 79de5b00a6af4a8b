"""A conference as components ask for it, in each state that it and its registration may have."""

from __future__ import annotations

from datetime import date

from jisr.outputs.theme.styleguide.examples import Example
from jisr.outputs.theme.styleguide.sample_data.sample_rows import here, link, row, words
from jisr.outputs.theme.styleguide.views import Part

START, END = date(2018, 8, 10), date(2018, 8, 11)
OPENS, CLOSES = date(2018, 7, 1), date(2018, 8, 1)


def event(example: Example, state: str, registration: str = "") -> Part:
    """Give the conference of an example."""
    language, said = example.language, example["conference"]
    programme = tuple(
        Part(
            "ProgrammeLine",
            {
                "title": words(item["title"], language),
                "time": words(item["time"], language),
                "speakers": tuple(link(name, language) for name in item["speakers"]),
            },
        )
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
            "rounded": state != "past",
            "registration": registration,
            "registration_url": here(language) if registration == "open" else "",
            "registration_email": "post@example.org" if registration == "open" else "",
            "opens": OPENS,
            "closes": CLOSES,
            "calendar_url": here(language),
            "programme": programme,
            "supporters": tuple(link(one, language) for one in said["supporters"]),
        },
    )


def hub(example: Example) -> Part:
    """Give the texts around the conference of an example."""
    statement, report = row(example, "statements"), row(example, "conferences")
    return Part("HubView", {"statements": (statement,), "reports": (report,), "posts": (), "references": (statement,)})


def attachments(example: Example) -> tuple[Part, ...]:
    """Give a document in two versions, a small one and a draft that is large."""
    language = example.language
    said = {
        "title": words(example["conference"]["title"], language),
        "url": here(language),
        "type": "PDF",
        "language": language,
    }
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    small = Part("AttachmentView", {**said, "size": 120, "unit": "kB", "digest": digest, "draft": False})
    large = Part("AttachmentView", {**said, "type": "", "size": 2.4, "unit": "MB", "digest": digest, "draft": True})
    return small, large
