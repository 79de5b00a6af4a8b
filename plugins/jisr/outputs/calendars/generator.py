"""The generator of calendars."""

from __future__ import annotations

from functools import partial

from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output, Writer
from jisr.core.model.events import has_listed_conferences
from jisr.core.urls import paths


class CalendarGenerator(Output):
    """Writes the calendar of each language, and a file for each version of each conference."""

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write every calendar; a site whose conferences state no day has none."""
        site, messages = context.site, context.messages
        conferences = list(site.of_kind("conferences"))
        if not conferences:
            return
        from jisr.outputs.calendars.calendar import render_calendar, render_event_file  # icalendar takes long to load

        for texts in conferences:
            for version in texts.versions:
                if version.event:
                    address = paths.event_calendar(version.language.tag, version.id)
                    writer.write(address, partial(render_event_file, site, version.id, version.language.tag))
        if has_listed_conferences(site):
            for language in site.languages:
                writer.write(paths.calendar(language.tag), partial(render_calendar, language, site, messages))
