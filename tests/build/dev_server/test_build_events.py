"""A browser is told of the builds that concern its page, and the builder which pages are open."""

from __future__ import annotations

from itertools import count
from unittest import mock

from jisr.build.dev_server.build_events import ReloadEvents
from tests.build.dev_server.conftest import Event, Served
from tests.waiting import wait_for


def parts(event: Event) -> tuple[str, dict[str, str]]:
    """Return the name and the data."""
    return event.name, event.data


def test_a_build_is_told_from_its_begin_to_its_end(served: Served) -> None:
    """A browser that waits, and one that comes during a build, hear that it runs, and then how it ended."""
    with served.browser() as first:
        served.events.announce_building()
        with served.browser("?page=/en/") as second:
            for browser in (first, second):
                assert parts(browser.told()) == ("building", {"text": "Building…", "lang": "en", "dir": "ltr"})
            served.events.publish("")
            assert [first.told().name, second.told().name] == ["built", "built"]
            served.events.announce_building()
            served.events.publish("content/x.md:1:1: error[x]: bad.")
            for browser in (first, second):
                told = browser.told()
                told = browser.told() if told.name == "building" else told  # it may not have been awake while it ran
                assert told.name == "failed"
                assert told.data["problems"] == "content/x.md:1:1: error[x]: bad."


def test_a_build_that_begins_at_the_end_of_another_is_told_as_well(served: Served) -> None:
    """Who hears late how a build ended hears too that the next one runs."""
    with served.browser() as browser:
        with served.events.condition:
            served.events.publish("")
            served.events.announce_building()
        assert [browser.told().name, browser.told().name] == ["built", "building"]


def test_a_page_that_stays_is_told_so(served: Served) -> None:
    """The browsers of changed pages hear ``built``, the others ``unchanged``, and one without a page ``built`` each time."""
    with served.browser("?page=/en/") as changed, served.browser("?page=/ar/") as same, served.browser() as any_page:
        for address in ("/en/", "en/", "en/index.html"):
            served.events.publish("", frozenset([address, "feed.atom", "en/news/card.png"]))
            assert [one.told().name for one in (changed, same, any_page)] == ["built", "unchanged", "built"]
        served.events.publish("", frozenset())
        assert [one.told().name for one in (changed, same, any_page)] == ["unchanged", "unchanged", "built"]


def test_what_pages_load_reloads_all(served: Served) -> None:
    """A changed style, script, picture or font may be on any page, and so may what a build changed that doesn't say what."""
    with served.browser("?page=/ar/") as browser:
        for changed in (["theme/x.css"], ["theme/x.js"], ["news/photo.WEBP"], ["theme/a.woff2"], ["icon.svg"], None):
            served.events.publish("", changed)
            assert browser.told().name == "built"


def test_a_page_is_told_what_it_missed(served: Served) -> None:
    """A page that connects late, or again, hears whether it changed since the build that it shows."""
    begin = served.events.build_number
    served.events.publish("", ["ar/"])
    served.events.publish("", ["en/"])
    for page, seen, name in (("/ar/", begin, "built"), ("/ar/", begin + 1, "unchanged"), ("/en/", begin + 1, "built")):
        with served.browser(f"?page={page}&build={seen}") as browser:
            told = browser.told()
            assert (told.name, told.number) == (name, begin + 2)
        with served.browser(f"?page={page}&build=1", Last_Event_ID=str(seen)) as browser:
            assert browser.told().name == name


def test_a_page_of_an_earlier_preview_is_old(served: Served) -> None:
    """A page that was open when the preview ended is loaded again by the next, whatever it showed."""
    for seen in (served.events.build_number - 1, served.events.build_number + 1):
        with served.browser(f"?page=/en/&build={seen}") as browser:
            assert browser.told().name == "built"


def test_problems_are_told_once_to_each_page(served: Served) -> None:
    """A page that is opened after a failed build hears it; one that heard it, and connects again, does not."""
    served.events.publish("bad")
    for query in ("", "?page=/en/", f"?page=/en/&build={served.events.shown_number()}", "?page=/en/&build=x"):
        with served.browser(query) as browser:
            failed = browser.told()
            assert parts(failed) == ("failed", {"problems": "bad", "close": "Close", "lang": "en", "dir": "ltr"})
    with served.browser(f"?page=/en/&build={failed.number}") as browser:
        served.events.publish("", ["ar/"])
        assert browser.told().name == "unchanged"


def test_open_pages_are_known(served: Served) -> None:
    """The builder knows the pages that browsers show, the last one first and each once, until they leave."""
    with served.browser("?page=/en/"), served.browser():
        with served.browser("?page=/ar/%D8%A7/"), served.browser("?page=/"), served.browser("?page=/en/index.html"):
            assert served.events.open_pages() == ("en/", "", "ar/ا/")
        wait_for(lambda: served.events.open_pages() == ("en/",))
    wait_for(lambda: served.events.open_pages() == ())


def test_builds_are_numbered_from_the_time_on() -> None:
    """A preview that is started later counts from a higher number."""
    with mock.patch("time.time", side_effect=count(1_800_000_000, 60)):
        assert ReloadEvents().build_number < ReloadEvents().build_number
