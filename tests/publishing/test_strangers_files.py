"""Nothing that a stranger hands in runs, reads what the browser keeps, or asks another host, with our headers and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jisr.content.attachments.attachment_checks import find_file_problems
from jisr.content.attachments.cleaner import clean_data
from jisr.core.urls import content_policies
from jisr.publishing.server_config.headers import FILE_HEADERS, headers_for
from tests.markdown.case_files import render
from tests.publishing.strangers import ELEMENTS, EVIL, FILES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

SITE = "https://site.example"
PAGE = f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{content_policies.PAGE}"><title>x</title>'


class Tab:
    """A tab of a reader who has a token, and what it was asked for of another host."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.answers: dict[str, tuple[dict[str, str], bytes]] = {}
        self.strays: list[str] = []
        tab.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        url = route.request.url
        if url.startswith(SITE):
            headers, body = self.answers.get(url.removeprefix(SITE), ({"Content-Type": "text/html"}, b""))
            route.fulfill(headers=headers, body=body)
        else:
            self.strays.append(url)
            route.abort()

    def open(self, path: str, answers: dict[str, tuple[dict[str, str], bytes]]) -> tuple[str | None, list[str]]:
        """Open an address, touch what it has, and return what ran, and which other hosts were asked."""
        self.answers, self.strays = answers, []
        self.tab.goto(f"{SITE}/plain/")
        self.tab.evaluate("localStorage.clear(); localStorage.token = 'secret'")
        self.tab.goto(f"{SITE}{path}")
        self.tab.wait_for_timeout(60)
        self.tab.goto(f"{SITE}/plain/")
        return self.tab.evaluate("localStorage.run ?? null"), [one for one in self.strays if one.startswith(EVIL)]


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Tab]:
    """Return a tab."""
    context = browser.new_context(accept_downloads=True)
    yield Tab(context.new_page())
    context.close()


def published(folder: Path, name: str, data: bytes) -> bytes | None:
    """Return what is published of a file, or None where its proposal is refused."""
    (folder / name).write_bytes(data)
    refused = any(one.severity == "error" for one in find_file_problems(name, folder / name, name))
    return None if refused else clean_data(data)


def test_only_what_is_harmless_passes_the_check(tmp_path: Path) -> None:
    """Each of these files alone is refused, but for those without anything that runs or loads."""
    passed = {name for name, (_, data) in FILES.items() if published(tmp_path, name, data) is not None}
    assert passed == {"sheet.svg", "harmless.svg", "harmless.txt"}
    assert len(FILES) + len(ELEMENTS) >= 60


def test_the_tab_sees_what_runs(reader: Tab) -> None:
    """Without a policy a page runs its program and asks the other host: the tests below would see it."""
    ran, strays = reader.open("/doc.html", {"/doc.html": ({"Content-Type": "text/html"}, FILES["doc.html"][1])})
    assert ran == "1"
    assert f"{EVIL}/secret" in strays


@pytest.mark.thorough
@pytest.mark.parametrize("name", FILES)
def test_no_file_runs_under_our_headers(reader: Tab, name: str) -> None:
    """Even a file that no check has seen runs nothing and asks nobody, opened or shown, where our headers are sent."""
    kind, data = FILES[name]
    path = f"/news/2026-x/{name}"
    headers = {**headers_for(path), "Content-Type": kind}
    assert headers["Content-Security-Policy"].startswith("sandbox")
    shown = PAGE + f'<img src="{name}"><p>'
    answers = {path: ({**FILE_HEADERS, "Content-Type": kind}, data), "/news/2026-x/a.js": (headers, FILES["a.js"][1])}
    answers["/en/"] = ({**headers_for("/en/"), "Content-Type": "text/html"}, shown.replace(name, path).encode())
    for address in ("/en/", *([] if kind in ("text/javascript", "multipart/related") else [path])):
        assert reader.open(address, answers) == (None, []), address


@pytest.mark.thorough
@pytest.mark.parametrize("name", FILES)
def test_no_published_file_runs_without_headers(reader: Tab, tmp_path: Path, name: str) -> None:
    """What passes the check is harmless wherever it is published: where no headers are sent, too."""
    kind, data = FILES[name]
    if (cleaned := published(tmp_path, name, data)) is not None:
        path = f"/news/2026-x/{name}"
        assert reader.open(path, {path: ({"Content-Type": kind}, cleaned)}) == (None, [])


@pytest.mark.thorough
@pytest.mark.parametrize("guarded", [True, False])
@pytest.mark.parametrize("number", range(len(ELEMENTS)))
def test_no_element_of_a_text_runs(reader: Tab, number: int, guarded: bool) -> None:
    """What is left of an element in a page runs nothing and asks nobody, whether servers send headers or not."""
    body = render(f"x\n\n{ELEMENTS[number]}\n", "en").html
    headers = headers_for("/en/x/") if guarded else {}
    answers = {"/en/x/": ({**headers, "Content-Type": "text/html"}, f"{PAGE}{body}".encode())}
    assert reader.open("/en/x/", answers) == (None, [])


@pytest.mark.thorough
@pytest.mark.parametrize("number", range(len(ELEMENTS)))
def test_no_element_runs_without_any_policy(reader: Tab, number: int) -> None:
    """What is rendered of an element runs nothing even where a page had no policy."""
    body = render(f"x\n\n{ELEMENTS[number]}\n", "en").html
    ran, _ = reader.open("/en/x/", {"/en/x/": ({"Content-Type": "text/html"}, body.encode())})
    assert ran is None
