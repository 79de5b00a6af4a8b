"""Lines of plain text about a site in one language, each with the marks of its direction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from markupsafe import Markup

from jisr.core.bidi.marks import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK, add_direction_marks
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.dates import format_date, format_range
from jisr.core.i18n.languages import Language
from jisr.core.i18n.lists import format_list
from jisr.core.model.document import Day, Document, Venue
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.outputs.text.text_lines import isolate, mark_line


class LineWriter:
    """Lines in a language; messages are those of the page's templates."""

    def __init__(self, language: Language, site: Site, messages: Catalogs) -> None:
        self.language, self.direction, self.site = language, language.direction, site
        self.catalog = messages.for_language(language)

    def words(self, message: str, **values: str) -> str:
        """Return a message as a line; its values have their marks."""
        text = self.catalog.gettext(message)
        is_foreign = isinstance(text, Markup)  # without a translation: English
        words = (message if is_foreign else text) % values if values else message if is_foreign else text
        return self.mark_line(isolate(words, "ltr") if is_foreign and self.direction == "rtl" else words)

    def mark_line(self, line: str) -> str:
        """Return a line, whose parts have their marks, with those of the line."""
        return mark_line(line, self.direction, self.direction)

    def text(self, words: str, language: Language | None = None) -> str:
        """Return words of a value as part of a line: those of another direction are one isolate."""
        own = language or self.language
        marked = add_direction_marks(words, own).lstrip(LEFT_TO_RIGHT_MARK + RIGHT_TO_LEFT_MARK)
        return marked if own.direction == self.direction else isolate(marked, own.direction)

    def line(self, words: str, language: Language | None = None) -> str:
        """Return words of a value as a line."""
        return self.mark_line(self.text(words, language))

    def fact(self, label: str, value: str, **values: str) -> str:
        """Return a line of a name, with its ``values``, and a value, which has its marks."""
        name = self.words(label, **values).strip(RIGHT_TO_LEFT_MARK)
        colon = "\u00a0:" if self.language.tag == "fr" else ":"
        return self.mark_line(f"{name}{colon} {value}")

    def day(self, day: Day) -> str:
        """Return a day as pages show it."""
        return format_date(self.local_day(day), self.language)

    def local_day(self, day: Day) -> date:
        """Return the date of a day in the time zone of the site."""
        if isinstance(day, datetime):
            return (day.astimezone(self.site.timezone) if day.tzinfo else day).date()
        return day

    def absolute_url(self, address: str) -> str:
        """Return the whole URL of an address in the site."""
        return paths.absolute_url(self.site.url, address)

    def url(self, address: str) -> str:
        """Return a whole URL as a part of a line."""
        url = self.absolute_url(address)
        if not url.isascii():
            return self.text(url)
        return isolate(url, "ltr") if self.direction == "rtl" else url

    def when_and_where(self, document: Document) -> Iterator[str]:
        """Return the days and the place of a conference, the day and the place of any other text."""
        event = document.event
        if event is not None:
            start, end = self.local_day(event.start), self.local_day(event.end or event.start)
            yield self.fact("When", format_range(start, max(start, end), self.language))
            yield from self.where(event.place)
        elif document.date:
            yield self.line(self.day(document.date))
        if document.place:
            yield self.line(document.place.text, document.place.language)

    def where(self, place: Venue) -> Iterator[str]:
        """Return a place by its name, city and country, if any is known."""
        parts = [one for one in (place.name, place.city, place.country) if one]
        if parts:
            comma = "\u060c " if self.language.script == "Arab" else ", "
            yield self.fact("Where", comma.join(self.text(one.text, one.language) for one in parts))

    def byline(self, document: Document) -> Iterator[str]:
        """Return by whom a text is, if it says that."""
        ids = self.site.author_ids.get(document.path, ())
        if ids:
            names = format_list([self.text(self.site.author_name(one, self.language)) for one in ids], self.language)
            yield self.words("By %(names)s", names=names)
