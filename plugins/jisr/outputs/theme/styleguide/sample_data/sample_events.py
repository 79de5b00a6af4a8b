"""Sample conferences, in each state of the conference and of its registration."""

from __future__ import annotations

from datetime import date

from jisr.outputs.theme.styleguide.examples import Example
from jisr.outputs.theme.styleguide.sample_data.sample_rows import language_anchor, make_words, sample_link, sample_row
from jisr.outputs.theme.styleguide.views import SampleView

START, END = date(2018, 8, 10), date(2018, 8, 11)
OPENS, CLOSES = date(2018, 7, 1), date(2018, 8, 1)


def sample_event(example: Example, state: str, registration: str = "") -> SampleView:
    """Return the conference of an example in a state."""
    language, data = example.language, example["conference"]
    programme = tuple(
        SampleView(
            "ProgrammeLine",
            title=make_words(item["title"], language),
            time=make_words(item["time"], language),
            speakers=tuple(sample_link(name, language) for name in item["speakers"]),
        )
        for item in data["programme"]
    )
    return SampleView(
        "EventView",
        start=START,
        end=END,
        state=state,
        name=make_words(data["hall"], language),
        city=make_words(data["city"], language),
        country=make_words(data["country"], language),
        participants=100,
        rounded=state != "past",
        registration=registration,
        registration_url=language_anchor(language) if registration == "open" else "",
        registration_email="post@example.org" if registration == "open" else "",
        opens=OPENS,
        closes=CLOSES,
        calendar_url=language_anchor(language),
        programme=programme,
        supporters=tuple(sample_link(one, language) for one in data["supporters"]),
    )


def sample_hub(example: Example) -> SampleView:
    """Return the texts that are related to the conference of an example."""
    statement, report = sample_row(example, "statements"), sample_row(example, "conferences")
    return SampleView("HubView", statements=(statement,), reports=(report,), posts=(), references=(statement,))


def sample_attachments(example: Example) -> tuple[SampleView, ...]:
    """Return a document in two versions, a small one and a draft that is large."""
    language = example.language
    title = make_words(example["conference"]["title"], language)
    data = {"title": title, "url": language_anchor(language), "language": language}
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    small = data | {"type": "PDF", "size": 120, "unit": "kB", "draft": False}
    large = data | {"type": "", "size": 2.4, "unit": "MB", "draft": True}
    return tuple(SampleView("AttachmentView", digest=digest, **one) for one in (small, large))
