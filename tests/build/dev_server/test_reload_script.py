"""A page in a browser shows that a build runs and what is wrong, and is loaded again only where it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.build.dev_server.conftest import Served
from tests.conftest import daily
from tests.waiting import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext
    from playwright.sync_api import Page as Tab

BADGE, BOX, PROBLEMS = "[role=status]", "section", "#jisr-problems"
HIDING = "Object.defineProperty(document, 'hidden', { get: () => window.isHidden ?? false })"  # as a tab behind another is
Open = Callable[[str], "Tab"]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a window whose tabs a test can hide."""
    context = browser.new_context(viewport={"width": 800, "height": 600})
    context.add_init_script(HIDING)
    yield context
    context.close()


@pytest.fixture
def opened(context: BrowserContext, served: Served) -> Open:
    """Return what opens a page and waits until it is connected."""

    def open_page(address: str) -> Tab:
        tab = context.new_page()
        tab.goto(f"http://localhost:{served.port}/{address}")
        wait_for(lambda: served.events.open_pages()[:1] == (address,))
        return tab

    return open_page


def set_hidden(tab: Tab, hidden: bool) -> None:
    """Let a tab be behind another, or come to the front."""
    tab.evaluate("(hidden) => { isHidden = hidden; document.dispatchEvent(new Event('visibilitychange')); }", hidden)


def has_heard(served: Served, tab: Tab) -> None:
    """Wait until a tab that is not loaded again was told of the last build."""
    tab.wait_for_function("document.querySelector('jisr-preview').dataset.build == " + repr(str(served.events.build_number)))


BUILDING = [
    ("ar", "يجري البناء…", "rtl"),
    ("ckb", "دروست دەکرێت…", "rtl"),
    ("en", "Building…", "ltr"),
    ("fr", "Construction en cours…", "ltr"),
    ("kmr", "Tê çêkirin…", "ltr"),
]


@pytest.mark.parametrize(("message_language", "text", "direction"), daily(BUILDING, BUILDING[1], BUILDING[2]))
def test_a_page_says_that_a_build_runs(served: Served, opened: Open, message_language: str, text: str, direction: str) -> None:
    """While a build runs a page says so, in the language of messages and its direction, also one that is opened meanwhile."""
    early = opened("en/")
    served.events.announce_building()
    late = opened("ar/العراق/")
    for tab in (early, late):
        badge = tab.locator(BADGE)
        badge.filter(has_text=text).wait_for()
        assert badge.text_content() in (text, f"\u2067{text}\u2069")
        assert (badge.get_attribute("lang"), badge.get_attribute("dir")) == (message_language, direction)
        box = badge.bounding_box()
        assert box
        assert box["height"] < 30
        assert box["width"] < 200
        assert box["y"] + box["height"] == 600
        assert (box["x"] == 0) == (direction == "rtl")
    served.events.publish("", ["feed.atom"])
    for tab in (early, late):
        tab.locator(BADGE).filter(has_not_text=text).wait_for(state="attached")
        assert tab.locator(BADGE).bounding_box() == {"x": 0 if direction == "rtl" else 800, "y": 600, "width": 0, "height": 0}


def test_the_badge_lets_a_click_through(served: Served, opened: Open) -> None:
    """What lies under the badge can be clicked while a build runs, and the badge is not printed."""
    served.write(
        "en/index.html", "en", '<button style="position:fixed;inset:auto 0 0 auto;inline-size:99px" onclick="clicked = 1">'
    )
    tab = opened("en/")
    served.events.announce_building()
    tab.locator(BADGE).filter(has_text="Building").wait_for()
    tab.mouse.click(795, 595)
    assert tab.evaluate("window.clicked") == 1
    tab.emulate_media(media="print")
    assert not tab.locator(BADGE).is_visible()


def test_a_changed_page_is_loaded_again(served: Served, opened: Open) -> None:
    """A page that a build changed shows the change by itself, at the place to which its reader had scrolled."""
    served.write("ar/العراق/index.html", "before", '<p style="block-size:3000px">')
    tab = opened("ar/العراق/")
    tab.evaluate("scrollTo(0, 700)")
    served.write("ar/العراق/index.html", "after", '<p style="block-size:3000px">')
    served.events.publish("", ["ar/العراق/"])
    tab.wait_for_function("document.title == 'after' && scrollY == 700")


def test_a_page_that_did_not_change_is_not_loaded_again(served: Served, opened: Open) -> None:
    """What was typed on another page stays, and so does its scroll; when a style changes it is loaded again."""
    tab = opened("en/")
    tab.fill("input", "water")
    tab.evaluate("stays = true")
    served.events.publish("", ["ar/العراق/"])
    has_heard(served, tab)
    assert tab.input_value("input") == "water"
    assert tab.evaluate("window.stays")
    served.events.publish("", ["style.css"])
    tab.wait_for_function("!window.stays")


def test_the_editor_is_never_loaded_again(served: Served, opened: Open, context: BrowserContext) -> None:
    """What is typed in the editor stays whatever builds do, and no problem is laid over it."""
    editor = context.new_page()
    editor.goto(f"http://localhost:{served.port}/admin/")
    editor.fill("input", "water")
    other = opened("en/")
    for problems, shown in (("bad", PROBLEMS), ("", BADGE)):
        other.evaluate("old = true")
        served.events.publish(problems)
        other.locator(shown).wait_for(state="attached")
    other.wait_for_function("!window.old")
    assert editor.input_value("input") == "water"
    assert editor.locator("jisr-preview").count() == 0


@pytest.mark.parametrize("way", daily(["Escape", "Enter", "click"], "Escape"))
def test_problems_can_be_closed(served: Served, opened: Open, way: str) -> None:
    """Problems are shown as text, closed by keyboard or pointer, and stay closed until the next build fails."""
    tab = opened("en/")
    served.events.publish("<b>content/x.md:1:1: error[x]")
    assert tab.locator(PROBLEMS).text_content() == "<b>content/x.md:1:1: error[x]"
    assert (tab.locator(PROBLEMS).get_attribute("role"), tab.locator(PROBLEMS).get_attribute("dir")) == ("alert", "ltr")
    button = tab.get_by_role("button", name="Close")
    if way == "click":
        button.click()
    elif way == "Enter":
        button.press("Enter")
    else:
        tab.keyboard.press("Escape")
    assert tab.locator(BOX).count() == 0
    set_hidden(tab, True)
    opened("ar/العراق/")
    wait_for(lambda: served.events.open_pages() == ("ar/العراق/",))
    set_hidden(tab, False)
    wait_for(lambda: served.events.open_pages()[0] == "en/")
    assert tab.locator(BOX).count() == 0
    served.events.publish("another")
    tab.locator(PROBLEMS).filter(has_text="another").wait_for()


def test_problems_go_with_the_next_good_build(served: Served, opened: Open) -> None:
    """When a build is good again, a changed page is loaded and another one is as it was, both without problems."""
    same, changed = opened("en/"), opened("ar/العراق/")
    for tab in (same, changed):
        tab.evaluate("old = true")
    served.events.publish("bad")
    for tab in (same, changed):
        tab.locator(PROBLEMS).wait_for()
    opened("").locator(PROBLEMS).wait_for()  # one that is opened after it failed
    served.events.announce_building()
    same.locator(BADGE).filter(has_text="Building").wait_for()
    assert same.locator(PROBLEMS).is_visible()
    served.events.publish("", ["ar/العراق/"])
    changed.wait_for_function("!window.old")
    for tab in (same, changed):
        tab.locator(BOX).wait_for(state="detached")
    assert same.evaluate("old")


@pytest.mark.thorough
def test_many_tabs_are_open(served: Served, opened: Open) -> None:
    """More tabs than a browser has connections work; one that was hidden shows what changed when it comes to the front."""
    tabs: list[Tab] = []
    for number in range(9):
        for tab in tabs[-1:]:
            set_hidden(tab, True)
        served.write(f"{number}/index.html", "before")
        tabs.append(opened(f"{number}/"))
    wait_for(lambda: served.events.open_pages() == ("8/",))
    for number in range(9):
        served.write(f"{number}/index.html", "after")
    served.events.publish("", ["0/"])
    has_heard(served, tabs[8])
    for number in (0, 1):
        set_hidden(tabs[number], False)
    tabs[0].wait_for_function("document.title == 'after'")
    has_heard(served, tabs[1])
    assert [tab.title() for tab in tabs] == ["after"] + ["before"] * 8


def test_a_site_that_is_not_built_yet_is_shown_when_it_is(served: Served, context: BrowserContext) -> None:
    """A page that is opened before the first build ends, or before it exists, comes by itself."""
    moved = served.folder.rename(served.folder.with_name("later"))
    unbuilt, missing = context.new_page(), context.new_page()
    unbuilt.goto(f"http://localhost:{served.port}/en/")
    served.events.announce_building()
    unbuilt.locator(BADGE).filter(has_text="Building").wait_for()
    moved.rename(served.folder)
    missing.goto(f"http://localhost:{served.port}/{quote('ar/new/')}")
    served.write("ar/new/index.html", "new")
    served.events.publish("", ["ar/new/"])
    unbuilt.wait_for_function("document.title == 'en/index.html'")
    missing.wait_for_function("document.title == 'new'")


def test_a_script_of_a_page_is_its_own(served: Served, opened: Open) -> None:
    """The script of the preview leaves no name in a page and no mark on its layout, light or dark."""
    served.write("en/index.html", "en", "<script>const events = 1, source = 2, host = 3; function connect() {}</script>")
    tab = opened("en/")
    assert tab.evaluate("[events, source, host]") == [1, 2, 3]
    assert tab.evaluate("document.documentElement.scrollHeight") == 600
