"""Generator of the calendars."""

from __future__ import annotations

from typing import Any

from jisr.core.build.outputs import FileOutput
from jisr.core.model.events import listed_conferences
from jisr.core.urls import paths
from jisr.outputs.calendars.calendar import render_calendar, render_event_file


class CalendarGenerator:
    """Writes the calendar of each language, and a file for each version of each conference."""

    def __init__(self, context: dict[str, Any], **_: Any) -> None:
        self.context = context

    def generate_output(self, writer: Any) -> None:
        """Write every calendar; a site without dated conferences has none."""
        site, messages = self.context["site"], self.context["messages"]
        for texts in site.of_kind("conferences"):
            for version in texts.versions:
                if version.event:
                    writer.write(
                        FileOutput(paths.event_calendar(version.language.tag, version.id), render_event_file(version, site))
                    )
        if listed_conferences(site):
            for language in site.languages:
                writer.write(FileOutput(paths.calendar(language.tag), render_calendar(language, site, messages)))
