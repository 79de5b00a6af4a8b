"""What browsers are told of builds, and which pages they show."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Collection, Generator
from dataclasses import dataclass, field
from functools import partial

from jisr.build.dev_server.site_files import is_loaded_by_pages, page_address
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter
from jisr.core.diagnostics.problems import phrase

_PATIENCE = 1  # second, until a browser that left is noticed


@dataclass(slots=True)
class ReloadEvents:
    """Whether a build runs, how the last one ended, and the browsers that wait for the next.

    Builds are numbered from the time of the start on, so that a page that an earlier preview served is known to be old.
    """

    formatter: MessageFormatter = ENGLISH
    build_number: int = field(default_factory=lambda: int(time.time()))
    problems: str = ""
    is_building: bool = False
    stopped: bool = False
    condition: threading.Condition = field(default_factory=threading.Condition)
    _all_changed: int = 0  # the last build that may have changed every page
    _changed: dict[str, int] = field(default_factory=dict)  # address of a page: the last build after that one that changed it
    _pages: dict[object, str | None] = field(default_factory=dict)  # of each browser that waits, in order of their coming

    def __post_init__(self) -> None:
        self._all_changed = self.build_number

    def announce_building(self) -> None:
        """Tell browsers that a build runs, until ``publish`` says how it ended."""
        with self.condition:
            self.is_building = True
            self.condition.notify_all()

    def publish(self, problems: str, changed: Collection[str] | None = None) -> None:
        """Tell browsers that a build ended: well, or with these problems.

        ``changed`` are addresses of pages and files that are new, changed or gone; None stands for all. The browser of a page
        that is not among them stays as it is, unless a file changed that pages load.
        """
        with self.condition:
            self.build_number += 1
            self.problems, self.is_building = problems, False
            if not problems and (changed is None or any(map(is_loaded_by_pages, changed))):
                self._all_changed, self._changed = self.build_number, {}
            elif not problems and changed:
                self._changed |= dict.fromkeys(map(page_address, changed), self.build_number)
            self.condition.notify_all()

    def stop(self) -> None:
        """Release every waiting browser."""
        with self.condition:
            self.stopped = True
            self.condition.notify_all()

    def open_pages(self) -> tuple[str, ...]:
        """Return the addresses of pages that browsers show now, the one that was opened last first."""
        with self.condition:
            return tuple(dict.fromkeys(page for page in reversed(self._pages.values()) if page is not None))

    def shown_number(self) -> int:
        """Return the number of the build that a page shows that is served now: one that failed is still to be told."""
        with self.condition:
            return self.build_number - bool(self.problems)

    def stream(self, page: str | None, seen: int, has_left: Callable[[], bool]) -> Generator[bytes, None, None]:
        """Yield what a browser is told, as server-sent events, until it leaves.

        It shows a page as of the build ``seen``; a page of no address is told of every build.
        """
        browser, is_told = object(), False  # whether it is told that a build runs
        with self.condition:
            self._pages[browser] = page
        try:
            yield b"retry: 1000\n\n"
            while not self.stopped and not has_left():
                with self.condition:
                    self.condition.wait_for(partial(self._has_news, seen, is_told), _PATIENCE)
                    event = self._result_event(page, seen) if seen != self.build_number else b""
                    seen, is_building = self.build_number, self.is_building
                if event:
                    yield event
                if is_building and (event or not is_told):
                    yield self._format_event("building", seen, text=self.formatter.format(phrase("Building…")))
                is_told = is_building
        finally:
            with self.condition:
                del self._pages[browser]

    def _has_news(self, seen: int, is_told: bool) -> bool:
        return self.stopped or (self.build_number, self.is_building) != (seen, is_told)

    def _result_event(self, page: str | None, seen: int) -> bytes:
        """Return how the last build ended for the browser of a page."""
        number = self.build_number
        if self.problems:
            return self._format_event("failed", number, problems=self.problems, close=self.formatter.format(phrase("Close")))
        changed = max(self._all_changed, number if page is None else self._changed.get(page, 0))
        return self._format_event("built" if changed > seen or seen > number else "unchanged", number, problems="")

    def _format_event(self, name: str, number: int, **data: str) -> bytes:
        """Return an event as a browser reads it (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
        data |= {"lang": self.formatter.tag, "dir": self.formatter.direction}
        return f"id: {number}\nevent: {name}\ndata: {json.dumps(data)}\n\n".encode()
